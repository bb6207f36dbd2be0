//! The story of the chosen preset, with what it assumes and where its numbers come from.

use leptos::prelude::*;

use crate::components::disclosure::Disclosure;
use crate::domain::presets::{PRESETS, Preset};
use crate::state::store;

/// The chosen preset, told in place.
#[component]
pub fn PresetStory() -> impl IntoView {
    let chosen = store().preset();
    let story = move || {
        let preset = PRESETS.iter().find(|preset| Some(preset.id) == chosen.get())?;
        Some(view! { <Story preset /> })
    };
    view! { <div class="story-place">{story}</div> }
}

#[component]
fn Story(preset: &'static Preset) -> impl IntoView {
    let scenario = store().scenario();
    let is_edited =
        Memo::new(move |_| scenario.with(|scenario| scenario.answers != preset.scenario().answers));
    let assumptions = preset.assumptions.len();
    let summary = match (assumptions, preset.sources.len()) {
        (0, _) => "Its sources",
        (_, 0) => "Its assumptions",
        _ => "Its assumptions and sources",
    };
    view! {
        <section class="story" aria-label="The example">
            <p>
                <b>{preset.name}</b>
                {move || is_edited.get().then_some(", edited")}
                ". "
                {preset.story}
            </p>
            <Disclosure summary=move || summary>
                <ul>{preset.assumptions.iter().map(|text| view! { <li>"Assumed: " {*text}</li> }).collect_view()}</ul>
                <ul>
                    {preset
                        .sources
                        .iter()
                        .map(|(title, url)| {
                            let is_address = url.starts_with("http");
                            let title = *title;
                            if is_address {
                                view! { <li><a href=*url rel="noreferrer">{title}</a></li> }.into_any()
                            } else {
                                view! { <li>{title} ", " {*url}</li> }.into_any()
                            }
                        })
                        .collect_view()}
                </ul>
            </Disclosure>
        </section>
    }
}
