//! Name, purpose, presets, and what can be done with the whole scenario.

mod copying;

use leptos::prelude::*;

use crate::domain::scenario::presets::PRESETS;
use crate::state::Page;
use copying::CopyLink;

/// The head of the page.
#[component]
pub fn Masthead() -> impl IntoView {
    let page = Page::get();
    view! {
        <header class="masthead">
            <p class="name">"Tunewise"</p>
            <p class="purpose">"Prompt, retrieve, route, tune or train? Answered for your task."</p>
            <div class="tools">
                <PresetSelect />
                <CopyLink />
                <button type="button" class="link" id="start-over" on:click=move |_| page.start_over()>
                    "Start over"
                </button>
            </div>
        </header>
    }
}

#[component]
fn PresetSelect() -> impl IntoView {
    let page = Page::get();
    let choose = move |event| {
        let id = event_target_value(&event);
        if let Some(preset) = PRESETS.iter().find(|preset| preset.id == id) {
            page.choose(preset);
        }
    };
    let option = move |id: &'static str, name: &'static str| {
        let is_chosen = move || page.preset.get().unwrap_or_default() == id;
        view! { <option value=id prop:selected=is_chosen>{name}</option> }
    };
    view! {
        <span class="preset">
            <label for="preset">"Example"</label>
            <select id="preset" on:change=choose>
                {option("", "Choose one…")}
                {PRESETS.iter().map(|preset| option(preset.id, preset.name)).collect_view()}
            </select>
        </span>
    }
}
