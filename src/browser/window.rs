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
