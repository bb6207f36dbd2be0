//! What the page has to say beside the answer.

use leptos::prelude::*;

use crate::browser::focus;
use crate::components::anew::Anew;
use crate::sections::updating::EarlierCatalogue;
use crate::state::{Notice, NoticeKind, Page};

/// Id of the region: it takes the focus of a button that goes with its notice.
const REGION: &str = "notices";

/// All notices; the region is always there, so that what appears in it is read out.
#[component]
pub fn NoticeList() -> impl IntoView {
    let page = Page::get();
    let notices = page.notices.all();
    let is_dismissed = RwSignal::new(false);
    let is_earlier = Memo::new(move |_| page.update.with(Option::is_some));
    Effect::new(move |_| {
        is_earlier.track();
        is_dismissed.set(false);
    });
    view! {
        <div class="notices" id=REGION tabindex="-1" role="status" data-testid="notice">
            <Show when=move || is_earlier.get() && !is_dismissed.get()>
                <div class="notice">
                    <EarlierCatalogue />
                    <button type="button" class="link" on:click=move |_| {
                        is_dismissed.set(true);
                        focus::give(REGION);
                    }>
                        "Dismiss"
                    </button>
                </div>
            </Show>
            <Anew of=move || notices.get() let:notices>
                {notices.into_iter().map(|notice| view! { <NoticeLine notice /> }).collect_view()}
            </Anew>
        </div>
    }
}

#[component]
fn NoticeLine(notice: Notice) -> impl IntoView {
    let page = Page::get();
    let Notice { kind, text, can_undo } = notice;
    let undo = can_undo.then(|| {
        let undo = move |_| {
            match kind {
                NoticeKind::Forgotten => page.put_back(),
                NoticeKind::Taken => page.take_out(),
                _ => page.undo(),
            }
            focus::give(REGION);
        };
        view! {
            <button type="button" class="link" id="undo" on:click=undo>
                "Undo"
            </button>
        }
    });
    let dismiss = move |_| {
        page.notices.withdraw(kind);
        focus::give(REGION);
    };
    view! {
        <p class="notice">
            <span>{text}</span>
            {undo}
            <button type="button" class="link" on:click=dismiss>
                "Dismiss"
            </button>
        </p>
    }
}
