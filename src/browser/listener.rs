//! An event listener that is removed when its owner goes.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// A listener that listens for as long as it is kept.
#[must_use = "a dropped listener no longer listens"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Call `action` at each `event` of `target`.
    pub(super) fn new(
        target: &EventTarget,
        event: &'static str,
        action: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(action);
        // It throws for a dead context only; then there is nothing to listen to.
        let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        Listener { target: target.clone(), event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.event, self.closure.as_ref().unchecked_ref());
    }
}
