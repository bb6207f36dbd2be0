//! Something that opens in place; its content is built when it is first opened.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};

use crate::browser::dom::{El, el, follow};

/// A summary line with content that opens below it.
pub fn disclosure(class: &str, summary: El, content: impl Fn() -> El + 'static) -> El {
    disclosure_open(class, summary, || false, content)
}

/// The same, opened whenever `open` begins to hold; the reader may still close it.
pub fn disclosure_open(
    class: &str,
    summary: El,
    open: impl Fn() -> bool + 'static,
    content: impl Fn() -> El + 'static,
) -> El {
    let was_opened = RwSignal::new(false);
    let opens = RwSignal::new(false);
    follow(move || opens.set(open()));
    el("details")
        .class(class)
        .live_state("open", move || opens.get())
        .on("toggle", move |_| {
            if !was_opened.get_untracked() {
                was_opened.set(true);
            }
        })
        .child(summary)
        .show(move || was_opened.get() || opens.get(), content)
}

/// The line that is always there.
pub fn summary(text: &str) -> El {
    el("summary").text(text)
}
