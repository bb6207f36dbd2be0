//! What `index.html` shows before the program has arrived.

/// Take it away: the page stands in its place.
pub fn remove() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(shell) = document.and_then(|document| document.get_element_by_id("shell")) {
        shell.remove();
    }
}
