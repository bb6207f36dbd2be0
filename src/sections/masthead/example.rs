//! Which example is shown, others to choose, and the steps back and forth.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::{Details, Summary};
use leptos::prelude::*;

use super::comparing::CompareWith;
use super::files::Files;
use super::kept::Kept;
use super::recording::Recording;
use crate::browser::{focus, keys, window};
use crate::domain::scenario::presets::{DEFAULT_NAME, PRESETS};
use crate::sections::record_sheet::MENU;
use crate::state::Page;

/// Key of the option that stands for what the reader has made of it.
const YOURS: &str = "yours";

/// The name of the example, which is also the choice of another, and the menu beside it.
#[component]
pub fn Example() -> impl IntoView {
    view! {
        <div class="what">
            <PresetSelect />
            <Menu />
        </div>
    }
}

#[component]
fn PresetSelect() -> impl IntoView {
    let page = Page::get();
    let name = page.name();
    let choose = move |event| {
        let id = event_target_value(&event);
        match PRESETS.iter().find(|preset| preset.id == id) {
            Some(preset) => page.choose(preset),
            None if id.is_empty() => page.start_over(),
            None => {}
        }
    };
    let option = move |id: &'static str, label: &'static str| {
        view! {
            <option value=id prop:selected=move || name.with(|name| name == label)>
                {label}
            </option>
        }
    };
    let is_yours = move || !name.with(|name| is_example(name));
    view! {
        <label class="unseen" for="preset">
            "Example"
        </label>
        <select id="preset" on:change=choose>
            {option("", DEFAULT_NAME)}
            {PRESETS.iter().map(|preset| option(preset.id, preset.name)).collect_view()}
            <Show when=is_yours>
                <option value=YOURS prop:selected=true prop:textContent=move || name.get() />
            </Show>
        </select>
    }
}

fn is_example(name: &str) -> bool {
    name == DEFAULT_NAME || PRESETS.iter().any(|preset| preset.name == name)
}

/// The steps back and forth, a fresh start, the record of the decision, and what is kept.
#[component]
fn Menu() -> impl IntoView {
    let page = Page::get();
    let (menu, summary) = (NodeRef::<Details>::new(), NodeRef::<Summary>::new());
    let is_open = RwSignal::new(false);
    let follow = move |_| is_open.set(menu.get_untracked().is_some_and(|menu| menu.open()));
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    // Once it is closed the buttons take no focus: it goes back to where it came from.
    let close_and_stay = move || {
        close();
        if let Some(summary) = summary.get_untracked() {
            // It throws for nothing that has had the focus.
            let _ = summary.focus();
        }
    };
    let start_over = move |_| {
        close_and_stay();
        page.start_over();
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close_and_stay();
        }
    };
    let on_leave = move |event: FocusEvent| {
        let menu = menu.get_untracked();
        if !menu.is_some_and(|menu| focus::stays_within(&menu, &event)) {
            close();
        }
    };
    let (undo_keys, redo_keys) = keys::names();
    view! {
        <details class="menu" id=MENU node_ref=menu on:toggle=follow on:keydown=on_key on:focusout=on_leave>
            <summary node_ref=summary aria-label="Steps, and what is kept"></summary>
            <div>
                <button
                    type="button"
                    id="step-back"
                    aria-keyshortcuts="Control+Z"
                    aria-disabled=move || (!page.can_undo()).to_string()
                    on:click=move |_| page.undo()
                >
                    "Undo "
                    <kbd>{undo_keys}</kbd>
                </button>
                <button
                    type="button"
                    id="step-forth"
                    aria-keyshortcuts="Control+Y"
                    aria-disabled=move || (!page.can_redo()).to_string()
                    on:click=move |_| page.redo()
                >
                    "Redo "
                    <kbd>{redo_keys}</kbd>
                </button>
                <button type="button" id="start-over" on:click=start_over>
                    "Start over"
                </button>
                <Recording after=close_and_stay />
                <CompareWith after=close_and_stay />
                <button type="button" class="on-phone" on:click=|_| window::print()>
                    "Print"
                </button>
                <Files after=Callback::new(move |()| close_and_stay()) />
                <Show when=move || is_open.get()>
                    <Kept close=Callback::new(move |()| close_and_stay()) />
                </Show>
            </div>
        </details>
    }
}
