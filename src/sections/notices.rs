//! What the page has to say beside the answer.

use leptos::prelude::*;

use crate::state::{Notice, store};

/// All notices; the region is always there, so that what appears in it is read out.
#[component]
pub fn NoticeList() -> impl IntoView {
    let notices = store().notices();
    view! {
        <div class="notices" role="status" data-testid="notice">
            {move || notices.all().get().into_iter().map(|notice| view! { <NoticeLine notice /> }).collect_view()}
        </div>
    }
}

#[component]
fn NoticeLine(notice: Notice) -> impl IntoView {
    let store = store();
    let kind = notice.kind;
    let undo = notice.undo.map(|before| {
        view! {
            <button type="button" class="link" id="undo" on:click=move |_| store.undo(&before)>
                "Undo"
            </button>
        }
    });
    view! {
        <p class="notice">
            <span>{notice.text}</span>
            {undo}
            <button type="button" class="link" on:click=move |_| store.notices().withdraw(kind)>
                "Dismiss"
            </button>
        </p>
    }
}
