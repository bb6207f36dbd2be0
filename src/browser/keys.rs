//! The keys of undo and redo, and when they belong to the text that is being typed instead.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::{self, Event, KeyboardEvent};
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement, HtmlTextAreaElement};

/// What the keys ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Take back.
    Undo,
    /// Bring back.
    Redo,
}

/// Call `action` when Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y is pressed (with ⌘ on a Mac), for as long as the page lives.
///
/// Not while a line of text holds something that was typed and not yet taken: there the keys do what they always do
/// in text, until nothing of it is left to take back.
pub fn on_undo_and_redo(action: impl Fn(Way) + 'static) {
    let typing = Typing::follow();
    window_event_listener(ev::keydown, move |event| {
        if let Some(way) = way_of(&event)
            && !typing.has(event.target())
        {
            event.prevent_default();
            typing.forget();
            action(way);
        }
    });
}

/// What the keys of undo and of redo are called on this machine.
pub fn names() -> (&'static str, &'static str) {
    let platform = web_sys::window().and_then(|window| window.navigator().platform().ok());
    match platform.is_some_and(|platform| platform.starts_with("Mac")) {
        true => ("Cmd Z", "Shift Cmd Z"),
        false => ("Ctrl Z", "Ctrl Y"),
    }
}

fn way_of(event: &KeyboardEvent) -> Option<Way> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
        return None;
    }
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Some(Way::Undo),
        ("z", true) | ("y", false) => Some(Way::Redo),
        _ => None,
    }
}

/// The line of text that has the focus.
#[derive(Clone, Default)]
struct Typing(Rc<RefCell<Line>>);

#[derive(Default)]
struct Line {
    /// What stood in it before anything was typed.
    before: Option<String>,
    /// Whether something else stands in it.
    is_half_typed: bool,
}

impl Typing {
    fn follow() -> Typing {
        let typing = Typing::default();
        let set = |typing: &Typing, line: Line| *typing.0.borrow_mut() = line;
        let begin = |event: &Event| Line { before: text_in(event.target()), is_half_typed: false };
        let (entered, typed, taken, left) = (typing.clone(), typing.clone(), typing.clone(), typing.clone());
        window_event_listener(ev::focusin, move |event| set(&entered, begin(&event)));
        window_event_listener(ev::change, move |event| set(&taken, begin(&event)));
        window_event_listener(ev::focusout, move |_| set(&left, Line::default()));
        window_event_listener(ev::input, move |event| {
            if let Some(text) = text_in(event.target()) {
                let mut line = typed.0.borrow_mut();
                line.is_half_typed = line.before.as_ref() != Some(&text);
            }
        });
        typing
    }

    /// Whether the keys belong to the text in this element.
    fn has(&self, target: Option<EventTarget>) -> bool {
        let is_long = target.is_some_and(|target| target.has_type::<HtmlTextAreaElement>());
        is_long || self.0.borrow().is_half_typed
    }

    /// The text is about to be replaced.
    fn forget(&self) {
        *self.0.borrow_mut() = Line::default();
    }
}

/// The text of a line of text; nothing where the element is something else.
pub(super) fn text_in(target: Option<EventTarget>) -> Option<String> {
    let control = target?.dyn_into::<HtmlInputElement>().ok()?;
    let is_text = !matches!(control.type_().as_str(), "range" | "radio" | "checkbox" | "file" | "button");
    is_text.then(|| control.value())
}
