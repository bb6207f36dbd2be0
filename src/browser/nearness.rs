//! Whether a place of the page is in view, or near it.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// What lies within this distance of the view is near it.
const MARGIN: &str = "800px";
/// What lies within this distance is about to be seen.
const SOON: &str = "160px";
/// The masthead covers the top of the view.
const BELOW_MASTHEAD: &str = "-52px 0px 0px 0px";

/// Watches one element, until it is dropped.
pub struct Nearness {
    observer: IntersectionObserver,
    _on_change: Closure<dyn FnMut(Array)>,
}

impl Nearness {
    /// Call `action` whenever the element comes near the view or leaves it; `None` where the browser cannot tell.
    ///
    /// An element that is not displayed is near nothing.
    pub fn of(element: &Element, action: impl FnMut(bool) + 'static) -> Option<Nearness> {
        Nearness::within(MARGIN, element, action)
    }

    /// Call `action` whenever the element is seen, or about to be, or no longer.
    pub fn soon(element: &Element, action: impl FnMut(bool) + 'static) -> Option<Nearness> {
        Nearness::within(SOON, element, action)
    }

    /// Call `action` whenever any of the element comes into view or has left it.
    fn in_view(element: &Element, action: impl FnMut(bool) + 'static) -> Option<Nearness> {
        Nearness::within(BELOW_MASTHEAD, element, action)
    }

    /// The same for the element of an id; `None` also where there is none.
    pub fn of_id(id: &str, action: impl FnMut(bool) + 'static) -> Option<Nearness> {
        let element = web_sys::window()?.document()?.get_element_by_id(id)?;
        Nearness::in_view(&element, action)
    }

    fn within(margin: &str, element: &Element, mut action: impl FnMut(bool) + 'static) -> Option<Nearness> {
        let on_change = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            if let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() {
                action(entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margin);
        let callback = on_change.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(callback, &options).ok()?;
        observer.observe(element);
        Some(Nearness { observer, _on_change: on_change })
    }
}

impl Drop for Nearness {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
