//! Light or dark, wide or narrow, as the browser says.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The media query of a dark page.
pub const DARK: &str = "(prefers-color-scheme: dark)";
/// The media query of a page too narrow for labels beside the lines of a chart.
pub const NARROW: &str = "(max-width: 600px)";

/// Whether a media query applies now; not where the browser cannot say.
pub fn matches(query: &str) -> bool {
    media(query).is_some_and(|list| list.matches())
}

/// Call `action` with the new state whenever a media query begins or ceases to apply, for as long as the page
/// lives.
pub fn on_change(query: &str, mut action: impl FnMut(bool) + 'static) {
    let Some(list) = media(query) else { return };
    let state = list.clone();
    // The closure belongs to the list from now on, and is freed with it.
    let action = Closure::<dyn FnMut()>::new(move || action(state.matches())).into_js_value();
    // It throws for a dead context only; then there is nothing to listen to.
    let _ = list.add_event_listener_with_callback("change", action.unchecked_ref());
}

fn media(query: &str) -> Option<web_sys::MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}
