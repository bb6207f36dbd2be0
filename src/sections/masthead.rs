//! The head of the page: its name, the example, the verdict once that has left the screen, and what can be done with
//! the whole scenario.

mod comparing;
mod example;
mod files;
mod kept;
mod now;
mod recording;

use leptos::prelude::*;

use crate::browser::keys::{Way, on_undo_and_redo};
use crate::browser::window;
use crate::components::copying::CopyLink;
use crate::components::place_link::PlaceLink;
use crate::state::Page;
use example::Example;
use files::listen;
use now::Now;

/// The head of the page, and before it the ways past it.
#[component]
pub fn Masthead() -> impl IntoView {
    let page = Page::get();
    let (line, name) = (page.read(|answer| answer.one_line()), page.name());
    Effect::new(move |_| window::set_title(&line.with(|line| line.title(&name.get()))));
    listen(page);
    on_undo_and_redo(move |way| match way {
        Way::Undo => page.undo(),
        Way::Redo => page.redo(),
    });
    view! {
        <PlaceLink to="verdict" class="skip">
            "To the verdict"
        </PlaceLink>
        <PlaceLink to="inputs" class="skip">
            "To the inputs"
        </PlaceLink>
        <header class="masthead">
            <div class="masthead-line">
                <PlaceLink to="verdict" class="name">
                    "Tunewise"
                </PlaceLink>
                <Example />
                <Now line />
                <div class="tools">
                    <CopyLink
                        id="copy-link"
                        by_hand_id="link-text"
                        words="Copy link"
                        link=move || page.link()
                        stale=Signal::derive(move || page.scenario.track())
                    />
                    <button type="button" class="link" id="print" on:click=|_| window::print()>
                        "Print"
                    </button>
                </div>
            </div>
        </header>
    }
}
