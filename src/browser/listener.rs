//! Listening to events.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Call `action` at each `event` of `target`, for as long as the target lives.
pub(super) fn listen(target: &EventTarget, event: &str, action: Box<dyn FnMut(Event)>) {
    // The closure belongs to the target from now on, and is freed with it.
    let action = Closure::wrap(action).into_js_value();
    // It throws for a dead context only; then there is nothing to listen to.
    let _ = target.add_event_listener_with_callback(event, action.unchecked_ref());
}
