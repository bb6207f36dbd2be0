//! Lay out the sections of the page.

use std::future::Future;
use std::pin::Pin;

use reactive_graph::owner::Owner;
use wasm_bindgen_futures::spawn_local;

use crate::browser::dom::{El, button, el};
use crate::components::fields::explain_fields;
use crate::sections::all_flips::all_flips;
use crate::sections::answer::answer;
use crate::sections::charts::charts;
use crate::sections::evidence::evidence;
use crate::sections::fit::fit;
use crate::sections::inputs::input_form;
use crate::sections::masthead::masthead;
use crate::sections::method::method;
use crate::sections::notices::notice_list;
use crate::sections::plan::plan;
use crate::sections::story::preset_story;
use crate::sections::strategies::strategy_table;
use crate::sections::why::why;
use crate::state::{start_session, store};

/// The sections that arrive after first paint, and where they belong.
///
/// The page can be cut here into two downloads: nothing else reaches what `mount` reaches.
#[derive(Clone)]
pub struct LaterSections {
    page: Owner,
    reading: El,
}

impl LaterSections {
    /// Put them into the page.
    pub fn mount(self) {
        self.page.with(|| {
            explain_fields();
            let store = store();
            store.find_reasons();
            store.flips().start(store.inputs(), store.evaluation());
            self.reading.children([charts(), fit(), why(), evidence(), all_flips(), plan(), method()]);
        });
    }
}

/// Fetches the code of the later sections and mounts them; answers whether it arrived.
pub type Fetch = fn(LaterSections) -> Pin<Box<dyn Future<Output = bool>>>;

/// Put the whole page into the document's body: first the answer and what it is computed from, then,
/// when it has arrived, the rest.
pub fn app(fetch: Fetch) {
    start_session();
    let reading = el("div").class("reading").child(strategy_table());
    masthead().mount();
    notice_list().mount();
    preset_story().mount();
    el("main").class("page").children([answer(), input_form(), reading.clone()]).mount();
    add_later(fetch, LaterSections { page: Owner::current().unwrap_or_default(), reading });
}

/// Where the rest does not arrive, say so and offer to try again.
fn add_later(fetch: Fetch, sections: LaterSections) {
    spawn_local(async move {
        if fetch(sections.clone()).await {
            return;
        }
        let reading = sections.reading.clone();
        let failed = el("p").attr("role", "alert").text("Charts, reasons and sources did not arrive. ");
        let gone = failed.clone();
        let retry = button("link").text("Try again").on("click", move |_| {
            gone.remove();
            add_later(fetch, sections.clone());
        });
        reading.child(failed.child(retry));
    });
}
