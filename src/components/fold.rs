//! One of the last rows of the page: a title with a sentence, and what opens below them.

use leptos::children::ChildrenFn;
use leptos::html::Details;
use leptos::prelude::*;

use super::printing::open_on_paper;

/// A hairline row that opens; its content is built when it is first opened.
#[component]
pub fn Fold(
    /// Id, by which it is gone to.
    id: &'static str,
    /// Its title.
    title: &'static str,
    /// What opening it would tell, in a sentence.
    #[prop(into)]
    said: Signal<String>,
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
        <details class="fold" id=id node_ref=details on:toggle=move |_| toggled.set(true)>
            <summary>
                <h2>{title}</h2>
                <span prop:textContent=said />
            </summary>
            <div class="fold-body">
                <Show when=move || was_opened.get()>{children()}</Show>
            </div>
        </details>
    }
}
