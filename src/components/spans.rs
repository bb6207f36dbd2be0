//! A run of text whose parts have roles.

use leptos::prelude::*;

use crate::domain::evaluation::{Role, Span};

/// Text with its numbers of the verdict and of the rival in their colours.
#[component]
pub fn Spans(#[prop(into)] spans: Signal<Vec<Span>>) -> impl IntoView {
    move || spans.get().into_iter().map(span_view).collect_view()
}

fn span_view(span: Span) -> AnyView {
    match span.role {
        Role::Plain => span.text.into_any(),
        Role::Verdict => view! { <strong class="of-verdict">{span.text}</strong> }.into_any(),
        Role::Rival => view! { <strong class="of-rival">{span.text}</strong> }.into_any(),
        Role::Strong => view! { <strong>{span.text}</strong> }.into_any(),
    }
}
