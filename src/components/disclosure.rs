//! Something that opens in place; its content is built when it is first opened.

use leptos::children::{ChildrenFn, ViewFn};
use leptos::html::Details;
use leptos::prelude::*;

use super::printing::open_on_paper;

/// A summary line with content that opens below it.
#[component]
pub fn Disclosure(
    /// The line that is always there.
    #[prop(into)]
    summary: ViewFn,
    /// Class of the whole.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Id, by which it is gone to.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Opens it whenever this begins to hold; the reader may still close it.
    #[prop(optional, into)]
    open: Signal<bool>,
    /// Whether it lies open on paper.
    #[prop(optional)]
    on_paper: bool,
    children: ChildrenFn,
) -> impl IntoView {
    // Reference counted: the event comes in a task of its own, when the region may be gone already.
    let was_opened = ArcRwSignal::new(false);
    let toggled = was_opened.clone();
    let details = NodeRef::<Details>::new();
    if on_paper {
        open_on_paper(details, was_opened.clone());
    }
    view! {
        <details
            class=class
            id=id
            node_ref=details
            prop:open=move || open.get()
            on:toggle=move |_| toggled.set(true)
        >
            <summary>{summary.run()}</summary>
            <Show when=move || was_opened.get() || open.get()>{children()}</Show>
        </details>
    }
}
