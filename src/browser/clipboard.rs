//! Copying a text.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// What came of copying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The text is in the clipboard.
    Done,
    /// The browser refused: show the text in a read-only field, to be copied by hand.
    Refused,
}

/// Put a text into the clipboard; call it from a click, or the browser will refuse.
pub async fn copy(text: &str) -> Copied {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else {
        return Copied::Refused;
    };
    // Undefined on pages that were not loaded securely, though the binding says it is always there.
    match Reflect::get(&navigator, &JsValue::from_str("clipboard")) {
        Ok(clipboard) if clipboard.is_object() => {}
        _ => return Copied::Refused,
    }
    match JsFuture::from(navigator.clipboard().write_text(text)).await {
        Ok(_) => Copied::Done,
        Err(_) => Copied::Refused,
    }
}
