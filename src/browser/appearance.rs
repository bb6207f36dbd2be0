//! Light or dark, wide or narrow, as the browser says.

use super::listener::listen;

/// The media query of a dark page.
pub const DARK: &str = "(prefers-color-scheme: dark)";
/// The media query of a page too narrow for labels beside the lines of a chart.
pub const NARROW: &str = "(max-width: 600px)";

/// Whether a media query applies now; not where the browser cannot say.
pub fn matches(query: &str) -> bool {
    media(query).is_some_and(|list| list.matches())
}

/// Call `action` with the new state whenever a media query begins or ceases to apply.
pub fn on_change(query: &str, mut action: impl FnMut(bool) + 'static) {
    if let Some(list) = media(query) {
        let state = list.clone();
        listen(&list, "change", Box::new(move |_| action(state.matches())));
    }
}

fn media(query: &str) -> Option<web_sys::MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}
