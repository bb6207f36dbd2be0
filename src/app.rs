//! Lay out the sections of the page.

use leptos::prelude::*;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! { <main><h1>"Tunewise"</h1></main> }
}
