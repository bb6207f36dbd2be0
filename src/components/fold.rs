//! One of the last rows of the page: a title with a sentence, and what opens below them.

use leptos::children::ChildrenFn;
use leptos::prelude::*;

use super::disclosure::Disclosure;

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
    let children = StoredValue::new(children);
    let summary = move || {
        view! {
            <h2>{title}</h2>
            <span prop:textContent=said />
        }
    };
    view! {
        <Disclosure class="fold" id=id summary on_paper>
            <div class="fold-body">{children.with_value(|children| children())}</div>
        </Disclosure>
    }
}
