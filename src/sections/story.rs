//! The story of the chosen preset, with what it assumes and where its numbers come from.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::scenario::presets::{PRESETS, Preset};
use crate::state::Page;

/// The chosen preset, told in place.
#[component]
pub fn PresetStory() -> impl IntoView {
    let page = Page::get();
    view! {
        <div class="story-place">
            <Anew of=move || page.preset.get() let:chosen>
                {PRESETS
                    .iter()
                    .find(|preset| Some(preset.id) == chosen)
                    .map(|preset| view! { <Story preset /> })}
            </Anew>
        </div>
    }
}

#[component]
fn Story(preset: &'static Preset) -> impl IntoView {
    let page = Page::get();
    let is_edited =
        Memo::new(move |_| page.scenario.with(|scenario| scenario.entries != preset.scenario().entries));
    let edited = move || if is_edited.get() { ", edited" } else { "" };
    let about = match (preset.assumptions.len(), preset.sources.len()) {
        (0, _) => "Its sources",
        (_, 0) => "Its assumptions",
        _ => "Its assumptions and sources",
    };
    view! {
        <section class="story" aria-label="The example">
            <p>
                <b>{preset.name}</b>
                <span prop:textContent=edited />
                {format!(". {}", preset.story)}
            </p>
            <Disclosure summary=move || about>
                <Basis preset />
            </Disclosure>
        </section>
    }
}

/// What a preset assumes, and its sources.
#[component]
fn Basis(preset: &'static Preset) -> impl IntoView {
    let assumption = |text: &&'static str| view! { <li>{format!("Assumed: {text}")}</li> };
    view! {
        <div>
            <ul>{preset.assumptions.iter().map(assumption).collect_view()}</ul>
            <ul>{preset.sources.iter().map(source).collect_view()}</ul>
        </div>
    }
}

fn source(&(title, address): &(&'static str, &'static str)) -> AnyView {
    match address.starts_with("http") {
        true => view! { <li><a href=address rel="noreferrer">{title}</a></li> }.into_any(),
        false => view! { <li>{format!("{title}, {address}")}</li> }.into_any(),
    }
}
