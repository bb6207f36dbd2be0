//! The link to the present scenario, for the clipboard or for copying by hand.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clipboard::{Copied, copy};
use crate::browser::timing::Debounce;
use crate::state::Page;

/// Milliseconds for which "Copied" stands.
const COPIED_MS: u32 = 2_500;

/// Where copying stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    Refused(String),
}

/// Puts the link into the clipboard, or shows it.
#[component]
pub fn CopyLink() -> impl IntoView {
    let page = Page::get();
    let copying = RwSignal::new(Copying::Idle);
    // A link that was shown for copying by hand goes stale with the next edit.
    Effect::new(move |_| {
        page.scenario.track();
        copying.set(Copying::Idle);
    });
    let rest = Debounce::new(COPIED_MS);
    let copy_now = move |_| {
        let link = page.link();
        let rest = rest.clone();
        spawn_local(async move {
            let outcome = copied(link).await;
            let _ = copying.try_set(outcome);
            rest.run(move || {
                let _ = copying.try_maybe_update(|copying| {
                    let is_done = *copying == Copying::Done;
                    if is_done {
                        *copying = Copying::Idle;
                    }
                    (is_done, ())
                });
            });
        });
    };
    let is_done = move || copying.read() == Copying::Done;
    let said = move || match *copying.read() {
        Copying::Idle => "",
        Copying::Done => "The link is in the clipboard.",
        Copying::Refused(_) => "The browser does not allow copying; the link stands beside the button.",
    };
    let by_hand = move || match copying.get() {
        Copying::Refused(link) => Some(view! { <LinkByHand link /> }),
        _ => None,
    };
    view! {
        <span class="copying">
            <button
                type="button"
                class="link"
                id="copy-link"
                prop:textContent=move || if is_done() { "Copied" } else { "Copy link" }
                on:click=copy_now
            />
            <span class="unseen" role="status" prop:textContent=said />
            {by_hand}
        </span>
    }
}

async fn copied(link: String) -> Copying {
    match copy(&link).await {
        Copied::Done => Copying::Done,
        Copied::Refused => Copying::Refused(link),
    }
}

#[component]
fn LinkByHand(link: String) -> impl IntoView {
    view! {
        <label class="by-hand">
            "The browser does not allow copying; here is the link:"
            <input type="text" id="link-text" readonly value=link />
        </label>
    }
}
