//! The address of the page: the scenario in its fragment.

use leptos::ev;
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsValue;

use crate::codec::LINK_PREFIX;

/// The scenario's text in the present address, if it carries one.
pub fn scenario_text() -> Option<String> {
    let fragment = web_sys::window()?.location().hash().ok()?;
    fragment.strip_prefix(LINK_PREFIX).map(str::to_owned)
}

/// The link to this page that carries the given text.
pub fn link(text: &str) -> String {
    format!("{}{LINK_PREFIX}{text}", address_without_fragment())
}

/// Put the text into the address, or take it out, without a step in the history; whether that worked.
pub fn replace_scenario_text(text: Option<&str>) -> bool {
    let address = text.map_or_else(address_without_fragment, link);
    let history = web_sys::window().and_then(|window| window.history().ok());
    // Refused in frames without an address of their own.
    history.is_some_and(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)).is_ok())
}

/// Call `action` with the scenario's text whenever a link with one is opened in this page, for as long as the page
/// lives.
pub fn on_scenario_text(action: impl Fn(String) + 'static) {
    window_event_listener(ev::hashchange, move |_| {
        if let Some(text) = scenario_text() {
            action(text);
        }
    });
}

/// Call `action` when the page goes away.
pub fn on_leave(action: impl Fn() + 'static) {
    window_event_listener(ev::pagehide, move |_| action());
}

fn address_without_fragment() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}
