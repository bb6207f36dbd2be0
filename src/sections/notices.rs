//! What the page has to say beside the answer.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::state::{Notice, Page};

/// All notices; the region is always there, so that what appears in it is read out.
#[component]
pub fn NoticeList() -> impl IntoView {
    let notices = Page::get().notices.all();
    view! {
        <div class="notices" role="status" data-testid="notice">
            <Anew of=move || notices.get() let:notices>
                {notices.into_iter().map(|notice| view! { <NoticeLine notice /> }).collect_view()}
            </Anew>
        </div>
    }
}

#[component]
fn NoticeLine(notice: Notice) -> impl IntoView {
    let page = Page::get();
    let Notice { kind, text, undo } = notice;
    let undo = undo.map(|before| {
        view! {
            <button type="button" class="link" id="undo" on:click=move |_| page.undo(&before)>
                "Undo"
            </button>
        }
    });
    view! {
        <p class="notice">
            <span>{text}</span>
            {undo}
            <button type="button" class="link" on:click=move |_| page.notices.withdraw(kind)>
                "Dismiss"
            </button>
        </p>
    }
}
