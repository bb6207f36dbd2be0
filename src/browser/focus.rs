//! The keyboard focus, where the page is put in another order.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

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

/// What has the focus, if anything but the page as a whole has it.
fn focused() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    let active = document.active_element()?.dyn_into::<HtmlElement>().ok()?;
    let is_page = document.body().is_some_and(|body| body == active);
    (!is_page).then_some(active)
}
