//! What the page has to say beside the answer.

use crate::browser::dom::{El, button, el};
use crate::state::{Notice, store};

/// All notices; the region is always there, so that what appears in it is read out.
pub fn notice_list() -> El {
    let notices = store().notices().all();
    el("div")
        .attrs(&[("class", "notices"), ("role", "status"), ("data-testid", "notice")])
        .swap(move || notices.get(), |notices| notices.iter().map(notice_line).collect())
}

fn notice_line(notice: &Notice) -> El {
    let store = store();
    let kind = notice.kind;
    let undo = notice.undo.clone().map(|before| {
        button("link").attr("id", "undo").text("Undo").on("click", move |_| store.undo(&before))
    });
    el("p")
        .class("notice")
        .child(el("span").text(&notice.text))
        .children(undo)
        .child(button("link").text("Dismiss").on("click", move |_| store.notices().withdraw(kind)))
}
