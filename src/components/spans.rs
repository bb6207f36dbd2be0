//! A run of text whose parts have roles.

use leptos::prelude::*;

use crate::domain::answer::{Role, Span};

/// Text with its numbers of the verdict and of the rival in their colours.
#[component]
pub fn Spans(#[prop(into)] spans: Signal<Vec<Span>>) -> impl IntoView {
    move || spans.get().into_iter().map(span).collect_view()
}

fn span(span: Span) -> AnyView {
    let class = match span.role {
        Role::Plain => return view! { <span prop:textContent=span.text /> }.into_any(),
        Role::Verdict => Some("of-verdict"),
        Role::Rival => Some("of-rival"),
        Role::Strong => None,
    };
    view! { <strong class=class prop:textContent=span.text /> }.into_any()
}
