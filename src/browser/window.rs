//! What belongs to the window: its title, its scrolling, and paper.

/// Name the page in tabs, bookmarks and the history.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// How far the page is scrolled down, CSS pixels.
pub fn scrolled() -> f64 {
    web_sys::window().and_then(|window| window.scroll_y().ok()).unwrap_or(0.0)
}

/// Scroll the page so far down, CSS pixels.
pub fn scroll_to(y: f64) {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, y);
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
    in_words(&js_sys::Date::new_0(), &[("day", "numeric"), ("month", "long"), ("year", "numeric")])
}

/// A moment by the reader's clock and place: `28 Nov 2026, 14:03`. Milliseconds since 1970.
pub fn moment(ms: u64) -> String {
    let date = js_sys::Date::new(&(ms as f64).into());
    let parts = [
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
    ];
    in_words(&date, &parts)
}

fn in_words(date: &js_sys::Date, parts: &[(&str, &str)]) -> String {
    let options = js_sys::Object::new();
    for (part, form) in parts {
        // It throws for frozen objects only.
        let _ = js_sys::Reflect::set(&options, &(*part).into(), &(*form).into());
    }
    date.to_locale_string("en-GB", &options).into()
}
