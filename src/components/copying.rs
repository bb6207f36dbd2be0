//! A link, for the clipboard or for copying by hand.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clipboard::{Copied, copy};
use crate::browser::timing::Debounce;

/// Milliseconds for which "Copied" stands.
const COPIED_MS: u32 = 2_500;

/// Where copying stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    Refused(String),
}

/// Puts a link into the clipboard, or shows it.
#[component]
pub fn CopyLink(
    /// Id of the button.
    id: &'static str,
    /// Id of the field that shows the link where the clipboard is refused.
    by_hand_id: &'static str,
    /// What the button says.
    words: &'static str,
    /// Makes the link.
    link: impl Fn() -> String + 'static,
    /// Followed: once it changes, a link that was shown is no longer that of the page.
    #[prop(into)]
    stale: Signal<()>,
) -> impl IntoView {
    let copying = RwSignal::new(Copying::Idle);
    // A link that was shown for copying by hand goes stale with the next edit.
    Effect::new(move |_| {
        stale.track();
        copying.set(Copying::Idle);
    });
    let rest = Debounce::new(COPIED_MS);
    let copy_now = move |_| {
        let link = link();
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
        Copying::Refused(link) => Some(view! { <LinkByHand id=by_hand_id link /> }),
        _ => None,
    };
    view! {
        <span class="copying">
            <button
                type="button"
                class="link"
                id=id
                prop:textContent=move || if is_done() { "Copied" } else { words }
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
fn LinkByHand(id: &'static str, link: String) -> impl IntoView {
    view! {
        <label class="by-hand">
            "The browser does not allow copying; here is the link:"
            <input type="text" id=id readonly value=link />
        </label>
    }
}
