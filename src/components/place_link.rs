//! A link to a place of the page that leaves the address alone: there stands the scenario.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::browser::places;

/// Scrolls to a place and gives its heading the focus. With a key held down it is a link as any other.
#[component]
pub fn PlaceLink(
    /// Id of the place.
    to: &'static str,
    /// Id of what must be open for the place to be there.
    #[prop(optional)]
    within: Option<&'static str>,
    /// Class of the link.
    #[prop(optional)]
    class: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let go = move |click: MouseEvent| {
        if places::is_plain_click(&click) {
            click.prevent_default();
            places::go(to, within);
        }
    };
    view! {
        <a href=format!("#{to}") class=class on:click=go>
            {children()}
        </a>
    }
}
