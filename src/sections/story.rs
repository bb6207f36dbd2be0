//! The story of the chosen preset, with what it assumes and where its numbers come from.

use crate::browser::dom::{El, el};
use crate::components::disclosure::{disclosure, summary};
use crate::domain::presets::{PRESETS, Preset};
use crate::state::store;

/// The chosen preset, told in place.
pub fn preset_story() -> El {
    let chosen = store().preset();
    let tell = |chosen: &Option<&'static str>| {
        PRESETS.iter().filter(|preset| Some(preset.id) == *chosen).map(story).collect()
    };
    el("div").class("story-place").swap(move || chosen.get(), tell)
}

fn story(preset: &'static Preset) -> El {
    let scenario = store().scenario();
    let is_edited = move || scenario.with(|scenario| scenario.answers != preset.scenario().answers);
    let about = match (preset.assumptions.len(), preset.sources.len()) {
        (0, _) => "Its sources",
        (_, 0) => "Its assumptions",
        _ => "Its assumptions and sources",
    };
    let edited = move || if is_edited() { ", edited" } else { "" }.to_owned();
    el("section")
        .attrs(&[("class", "story"), ("aria-label", "The example")])
        .child(el("p").child(el("b").text(preset.name)).live(edited).text(&format!(". {}", preset.story)))
        .child(disclosure("", summary(about), move || basis(preset)))
}

fn basis(preset: &Preset) -> El {
    let assumption = |text: &&str| el("li").text(&format!("Assumed: {text}"));
    let source = |(title, url): &(&str, &str)| match url.starts_with("http") {
        true => el("li").child(el("a").attrs(&[("href", url), ("rel", "noreferrer")]).text(title)),
        false => el("li").text(&format!("{title}, {url}")),
    };
    el("div")
        .child(el("ul").children(preset.assumptions.iter().map(assumption)))
        .child(el("ul").children(preset.sources.iter().map(source)))
}
