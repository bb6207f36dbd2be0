//! The contents of the page in one line.

use leptos::prelude::*;

use crate::components::place_link::PlaceLink;

/// Places of the page: id and name.
const PLACES: [(&str, &str); 9] = [
    ("path", "The path"),
    ("volume", "Volume"),
    ("money", "Money"),
    ("changes", "What would change it"),
    ("evidence", "Evidence"),
    ("why", "Why"),
    ("plan", "Plan"),
    ("hardware", "Hardware"),
    ("sources", "Sources and method"),
];

/// Links to the parts below.
#[component]
pub fn Contents() -> impl IntoView {
    let link = |(to, name): (&'static str, &'static str)| view! { <PlaceLink to>{name}</PlaceLink> };
    view! {
        <nav class="contents" aria-label="On this page">
            {PLACES.map(link).collect_view()}
        </nav>
    }
}
