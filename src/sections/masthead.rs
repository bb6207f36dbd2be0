//! Name, purpose, presets, and what can be done with the whole scenario.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clipboard::{Copied, copy};
use crate::browser::location;
use crate::codec;
use crate::domain::presets::PRESETS;
use crate::state::store;

/// Milliseconds for which "Copied" stands.
const COPIED_MS: u64 = 2_500;

/// The head of the page.
#[component]
pub fn Masthead() -> impl IntoView {
    let store = store();
    view! {
        <header class="masthead">
            <p class="name">"Tunewise"</p>
            <p class="purpose">"Prompt, retrieve, route, tune or train? Answered for your task."</p>
            <div class="tools">
                <PresetSelect />
                <CopyLink />
                <button type="button" id="start-over" class="link" on:click=move |_| store.start_over()>
                    "Start over"
                </button>
            </div>
        </header>
    }
}

#[component]
fn PresetSelect() -> impl IntoView {
    let store = store();
    let chosen = store.preset();
    let choose = move |event| {
        let id = event_target_value(&event);
        if let Some(preset) = PRESETS.iter().find(|preset| preset.id == id) {
            store.choose(preset);
        }
    };
    let options = PRESETS.iter().map(|preset| {
        view! { <option value=preset.id prop:selected=move || chosen.get() == Some(preset.id)>{preset.name}</option> }
    });
    view! {
        <span class="preset">
            <label for="preset">"Example"</label>
            <select id="preset" on:change=choose>
                <option value="" prop:selected=move || chosen.get().is_none()>"Choose one…"</option>
                {options.collect_view()}
            </select>
        </span>
    }
}

/// Where copying stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    Refused(String),
}

#[component]
fn CopyLink() -> impl IntoView {
    let store = store();
    let copying = RwSignal::new(Copying::Idle);
    let scenario = store.scenario();
    // A link that was shown for copying by hand goes stale with the next edit.
    Effect::new(move |_| {
        scenario.track();
        copying.set(Copying::Idle);
    });
    let copy_now = move |_| {
        let text = scenario.with_untracked(|scenario| codec::encode(scenario, &store.headline_untracked()));
        let link = location::link(&text);
        spawn_local(async move {
            let outcome = match copy(&link).await {
                Copied::Done => Copying::Done,
                Copied::Refused => Copying::Refused(link),
            };
            let is_done = outcome == Copying::Done;
            let _ = copying.try_set(outcome);
            if is_done {
                let idle = move || {
                    if copying.try_get_untracked() == Some(Copying::Done) {
                        copying.set(Copying::Idle);
                    }
                };
                set_timeout(idle, std::time::Duration::from_millis(COPIED_MS));
            }
        });
    };
    let by_hand = move || match copying.get() {
        Copying::Refused(link) => Some(view! {
            <label class="by-hand">
                "The browser does not allow copying; here is the link:"
                <input type="text" id="link-text" readonly prop:value=link />
            </label>
        }),
        _ => None,
    };
    view! {
        <span class="copying">
            <button type="button" id="copy-link" class="link" on:click=copy_now>
                {move || if copying.get() == Copying::Done { "Copied" } else { "Copy link" }}
            </button>
            <span class="unseen" role="status">
                {move || if copying.get() == Copying::Done { "The link is in the clipboard." } else { "" }}
            </span>
            {by_hand}
        </span>
    }
}
