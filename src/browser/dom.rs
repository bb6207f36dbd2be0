//! A small builder of elements whose texts, attributes and children follow the page's state.
//!
//! It stands in place of typed views because of the download: a typed view compiles to code of its
//! own for every element, this one to calls of the few functions below. The closures run in effects
//! of reactive_graph, and end with the region of the page that they were made in.

mod follow;
mod regions;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement, Node};

use super::listener::listen;
pub use follow::follow;
pub use regions::Build;

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element under construction; where there is no document, nothing, on which nothing has an effect.
#[derive(Clone, Debug)]
pub struct El(Option<Element>);

/// An element of HTML.
pub fn el(tag: &str) -> El {
    El(document().and_then(|document| document.create_element(tag).ok()))
}

/// An element of SVG.
pub fn svg(tag: &str) -> El {
    El(document().and_then(|document| document.create_element_ns(Some(SVG), tag).ok()))
}

/// A button that submits nothing.
pub fn button(class: &str) -> El {
    el("button").attr("type", "button").class(class)
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

impl El {
    /// Set the class.
    pub fn class(self, class: &str) -> El {
        if class.is_empty() { self } else { self.attr("class", class) }
    }

    /// Set an attribute.
    pub fn attr(self, name: &str, value: &str) -> El {
        self.write_attr(name, Some(value));
        self
    }

    /// Set several attributes.
    pub fn attrs(mut self, attributes: &[(&str, &str)]) -> El {
        for (name, value) in attributes {
            self = self.attr(name, value);
        }
        self
    }

    /// Append a text.
    pub fn text(self, text: &str) -> El {
        if let (Some(element), Some(document)) = (&self.0, document()) {
            let _ = element.append_child(&document.create_text_node(text));
        }
        self
    }

    /// Append an element.
    pub fn child(self, child: El) -> El {
        if let (Some(element), Some(child)) = (&self.0, &child.0) {
            let _ = element.append_child(child);
        }
        self
    }

    /// Append elements.
    pub fn children(mut self, children: impl IntoIterator<Item = El>) -> El {
        for child in children {
            self = self.child(child);
        }
        self
    }

    /// Append a text that follows the state.
    pub fn live(self, text: impl Fn() -> String + 'static) -> El {
        self.live_text(Box::new(text))
    }

    fn live_text(self, text: Box<dyn Fn() -> String>) -> El {
        let (Some(element), Some(document)) = (&self.0, document()) else { return self };
        let node = document.create_text_node("");
        let _ = element.append_child(&node);
        let mut shown = String::new();
        follow(move || {
            let now = text();
            if now != shown {
                node.set_data(&now);
                shown = now;
            }
        });
        self
    }

    /// An attribute that follows the state; without a value it is not there.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> El {
        self.live_attribute(name, Box::new(value))
    }

    fn live_attribute(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> El {
        let element = self.clone();
        let mut shown = None;
        follow(move || {
            let now = value();
            if now != shown {
                element.write_attr(name, now.as_deref());
                shown = now;
            }
        });
        self
    }

    /// An attribute that is there or not, such as `hidden`.
    pub fn live_flag(self, name: &'static str, is_there: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || is_there().then(String::new))
    }

    /// An attribute that says "true" or "false", such as `aria-expanded`.
    pub fn live_bool(self, name: &'static str, is_true: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || Some(if is_true() { "true" } else { "false" }.to_owned()))
    }

    /// A class beside the others that is there or not.
    pub fn live_class(self, class: &'static str, is_there: impl Fn() -> bool + 'static) -> El {
        let element = self.clone();
        follow(move || {
            if let Some(element) = &element.0 {
                let _ = element.class_list().toggle_with_force(class, is_there());
            }
        });
        self
    }

    /// A property that is true or false, such as `checked`. Written at each change of the state, since
    /// the reader changes it too.
    pub fn live_state(self, name: &'static str, is_set: impl Fn() -> bool + 'static) -> El {
        let element = self.clone();
        follow(move || element.write_property(name, &JsValue::from_bool(is_set())));
        self
    }

    /// The value of a control. Written at each change of the state, since the reader changes it too.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> El {
        let element = self.clone();
        follow(move || element.write_property("value", &JsValue::from_str(&value())));
        self
    }

    /// Call `action` at each event of this name.
    pub fn on(self, event: &str, action: impl FnMut(Event) + 'static) -> El {
        self.on_event(event, Box::new(action))
    }

    fn on_event(self, event: &str, action: Box<dyn FnMut(Event)>) -> El {
        if let Some(element) = &self.0 {
            listen(element, event, action);
        }
        self
    }

    /// Call `action` with what the control holds, at each event of this name.
    pub fn on_value(self, event: &str, mut action: impl FnMut(String) + 'static) -> El {
        self.on(event, move |event| action(property_of(&event, "value").as_string().unwrap_or_default()))
    }

    /// Call `action` with whether a checkbox is checked, at each change.
    pub fn on_checked(self, mut action: impl FnMut(bool) + 'static) -> El {
        self.on("change", move |event| action(property_of(&event, "checked").is_truthy()))
    }

    /// Turn a state on and off by clicks, and say in `aria-expanded` which it is.
    pub fn toggles(self, state: RwSignal<bool>) -> El {
        self.live_bool("aria-expanded", move || state.get())
            .on("click", move |_| state.set(!state.get_untracked()))
    }

    /// Give it the focus.
    pub fn focus(&self) {
        if let Some(element) = self.0.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
            let _ = element.focus();
        }
    }

    /// Put it at the end of the document's body.
    pub fn mount(self) {
        let body = document().and_then(|document| document.body());
        if let (Some(element), Some(body)) = (&self.0, body) {
            let _ = body.append_child(element);
        }
    }

    /// Take it out of the page.
    pub fn remove(&self) {
        if let Some(element) = &self.0 {
            element.remove();
        }
    }

    /// The element itself.
    pub fn element(&self) -> Option<&Element> {
        self.0.as_ref()
    }

    fn node(&self) -> Option<&Node> {
        self.0.as_ref().map(AsRef::as_ref)
    }

    fn write_attr(&self, name: &str, value: Option<&str>) {
        if let Some(element) = &self.0 {
            let _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        }
    }

    fn write_property(&self, name: &str, value: &JsValue) {
        if let Some(element) = &self.0 {
            let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), value);
        }
    }
}

/// A property of the element that listens. Read off the event: an action that held the element would
/// keep it alive, and the element the action.
fn property_of(event: &Event, name: &str) -> JsValue {
    let target = event.current_target();
    let read = |target| js_sys::Reflect::get(&target, &JsValue::from_str(name)).ok();
    target.and_then(|target| read(target.into())).unwrap_or(JsValue::UNDEFINED)
}
