//! The keyboard focus, where the page is put in another order.

use leptos::ev::FocusEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::timing::later;

/// Give the focus back to the element that has it now, once the present work is done: an element that is moved loses
/// it. Nothing happens where it is gone, or where the reader has gone on.
pub fn keep() {
    let Some(focused) = focused() else { return };
    later(move || {
        if focused.is_connected() && self::focused().is_none() {
            // It throws for nothing that has had the focus.
            let _ = focused.focus();
        }
    });
}

/// Give the focus to the element of an id, or to the summary of what opens; nothing happens where there is none, or
/// where it takes no focus.
pub fn give(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| document.get_element_by_id(id));
    let summary = |element: &Element| element.query_selector(":scope > summary").ok().flatten();
    let element = element.map(|element| summary(&element).unwrap_or(element));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It throws for nothing that has no focus to take.
        let _ = element.focus();
    }
}

/// Whether the focus that leaves an element goes to another one within `outer`.
pub fn stays_within(outer: &Element, leaving: &FocusEvent) -> bool {
    let next = leaving.related_target().and_then(|next| next.dyn_into::<Node>().ok());
    next.is_some_and(|next| outer.contains(Some(&next)))
}

/// Give the focus to the button in the child of that place.
pub fn nth_button(list: &Element, place: usize) {
    let child = list.children().item(u32::try_from(place).unwrap_or(u32::MAX));
    let button = child.and_then(|child| child.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // It throws for nothing that has had the focus.
        let _ = button.focus();
    }
}

/// What has the focus, if anything but the page as a whole has it.
fn focused() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    let active = document.active_element()?.dyn_into::<HtmlElement>().ok()?;
    let is_page = document.body().is_some_and(|body| body == active);
    (!is_page).then_some(active)
}
