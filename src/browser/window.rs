//! What belongs to the window: its title, and paper.

/// Name the page in tabs, bookmarks and the history.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Ask for a printer.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Refused in frames that may not; then nothing happens, as the reader sees.
        let _ = window.print();
    }
}

/// Today by the reader's clock and place, as one writes it: `28 November 2026`.
pub fn today() -> String {
    let options = js_sys::Object::new();
    for (part, form) in [("day", "numeric"), ("month", "long"), ("year", "numeric")] {
        // It throws for frozen objects only.
        let _ = js_sys::Reflect::set(&options, &part.into(), &form.into());
    }
    js_sys::Date::new_0().to_locale_date_string("en-GB", &options).into()
}
