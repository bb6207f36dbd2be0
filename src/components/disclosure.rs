//! Something that opens in place; its content is built when it is first opened.

use leptos::children::{ChildrenFn, ViewFn};
use leptos::prelude::*;

/// A summary line with content that opens below it.
#[component]
pub fn Disclosure(
    /// The line that is always there.
    #[prop(into)]
    summary: ViewFn,
    /// Class of the whole.
    #[prop(optional)]
    class: &'static str,
    /// Open it, as long as this says so; the reader may still close it.
    #[prop(optional, into)]
    open: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let was_opened = RwSignal::new(false);
    let children = StoredValue::new(children);
    view! {
        <details class=class prop:open=move || open.get() on:toggle=move |_| was_opened.set(true)>
            <summary>{summary.run()}</summary>
            <Show when=move || was_opened.get() || open.get()>{move || children.with_value(|children| children())}</Show>
        </details>
    }
}
