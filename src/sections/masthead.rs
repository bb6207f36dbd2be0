//! Name, purpose, presets, and what can be done with the whole scenario.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};
use wasm_bindgen_futures::spawn_local;

use crate::browser::clipboard::{Copied, copy};
use crate::browser::dom::{El, button, el, follow};
use crate::browser::location;
use crate::browser::timing::Debounce;
use crate::codec;
use crate::domain::presets::PRESETS;
use crate::state::store;

/// Milliseconds for which "Copied" stands.
const COPIED_MS: i32 = 2_500;

/// The head of the page.
pub fn masthead() -> El {
    let store = store();
    let start_over =
        button("link").attr("id", "start-over").text("Start over").on("click", move |_| store.start_over());
    el("header")
        .class("masthead")
        .child(el("p").class("name").text("Tunewise"))
        .child(
            el("p").class("purpose").text("Prompt, retrieve, route, tune or train? Answered for your task."),
        )
        .child(el("div").class("tools").child(preset_select()).child(copy_link()).child(start_over))
}

fn preset_select() -> El {
    let store = store();
    let chosen = store.preset();
    let choose = move |id: String| {
        if let Some(preset) = PRESETS.iter().find(|preset| preset.id == id) {
            store.choose(preset);
        }
    };
    let option = |id: &'static str, name: &str| {
        el("option")
            .attr("value", id)
            .text(name)
            .live_state("selected", move || chosen.get().unwrap_or_default() == id)
    };
    let select = el("select")
        .attr("id", "preset")
        .child(option("", "Choose one…"))
        .children(PRESETS.iter().map(|preset| option(preset.id, preset.name)))
        .on_value("change", choose);
    el("span").class("preset").child(el("label").attr("for", "preset").text("Example")).child(select)
}

/// Where copying stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    Refused(String),
}

fn copy_link() -> El {
    let store = store();
    let copying = RwSignal::new(Copying::Idle);
    let scenario = store.scenario();
    // A link that was shown for copying by hand goes stale with the next edit.
    follow(move || {
        scenario.with(|_| ());
        copying.set(Copying::Idle);
    });
    let rest = Debounce::new(COPIED_MS);
    let copy_now = move |_| {
        let text = scenario.with_untracked(|scenario| codec::encode(scenario, &store.headline_untracked()));
        let link = location::link(&text);
        let rest = rest.clone();
        spawn_local(async move {
            let outcome = match copy(&link).await {
                Copied::Done => Copying::Done,
                Copied::Refused => Copying::Refused(link),
            };
            copying.set(outcome);
            rest.run(move || {
                if copying.get_untracked() == Copying::Done {
                    copying.set(Copying::Idle);
                }
            });
        });
    };
    let said = move |done: &'static str, else_: &'static str| {
        move || if copying.get() == Copying::Done { done } else { else_ }.to_owned()
    };
    el("span")
        .class("copying")
        .child(button("link").attr("id", "copy-link").live(said("Copied", "Copy link")).on("click", copy_now))
        .child(
            el("span")
                .attrs(&[("class", "unseen"), ("role", "status")])
                .live(said("The link is in the clipboard.", "")),
        )
        .swap(move || copying.get(), by_hand)
}

fn by_hand(copying: &Copying) -> Vec<El> {
    let Copying::Refused(link) = copying else { return Vec::new() };
    let field =
        el("input").attrs(&[("type", "text"), ("id", "link-text"), ("readonly", ""), ("value", link)]);
    let words = "The browser does not allow copying; here is the link:";
    vec![el("label").class("by-hand").text(words).child(field)]
}
