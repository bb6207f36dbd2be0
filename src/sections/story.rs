//! Whose answer this is: an example, told when it is opened, or the reader's own.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::source::SourceText;
use crate::domain::scenario::Scenario;
use crate::domain::scenario::presets::{PRESETS, Preset};
use crate::domain::units::words::counted;
use crate::state::Page;

/// The field that a reader begins with.
const FIRST_QUESTION: &str = "specialisation";

/// Whose answer it is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Whose {
    /// The default answers.
    Default,
    /// An example as it is.
    Example(&'static Preset),
    /// The reader's own: so many answers differ from where it began.
    Own { changed: usize, from: Option<&'static Preset> },
}

impl Whose {
    fn of(scenario: &Scenario, chosen: Option<&str>) -> Whose {
        let from = PRESETS.iter().find(|preset| Some(preset.id) == chosen);
        let began = from.map_or_else(Scenario::default, Preset::scenario);
        let differs = |id: &&String| scenario.entries.get(*id) != began.entries.get(*id);
        let added = scenario.entries.keys().filter(differs).count();
        let removed = began.entries.keys().filter(|id| !scenario.entries.contains_key(*id)).count();
        let changed = added + removed + scenario.rows.rows().len();
        match (changed, from) {
            (0, None) => Whose::Default,
            (0, Some(preset)) => Whose::Example(preset),
            (changed, from) => Whose::Own { changed, from },
        }
    }

    fn words(self) -> String {
        match self {
            Whose::Default => "An example: a common task with common answers.".to_owned(),
            Whose::Example(preset) => format!("An example: {}.", preset.name),
            Whose::Own { changed, from } => {
                let answers = counted(&changed.to_string(), "answer");
                let began = from.map_or_else(String::new, |preset| format!(" from “{}”", preset.name));
                format!("Your scenario: {answers} changed{began}.")
            }
        }
    }

    fn preset(self) -> Option<&'static Preset> {
        match self {
            Whose::Default => None,
            Whose::Example(preset) => Some(preset),
            Whose::Own { from, .. } => from,
        }
    }
}

/// One line above the headline; it never changes its height, so an example does not move the headline.
#[component]
pub fn WayIn() -> impl IntoView {
    let page = Page::get();
    let whose = Memo::new(move |_| page.scenario.with(|scenario| Whose::of(scenario, page.preset.get())));
    let preset = Memo::new(move |_| whose.get().preset().map(|preset| preset.id));
    let is_own = move || matches!(whose.get(), Whose::Own { .. });
    view! {
        <div class="way-in" data-testid="way-in">
            <p>
                <span prop:textContent=move || whose.get().words() />
                " "
                <button type="button" class="link" hidden=is_own on:click=move |_| page.ask_for(FIRST_QUESTION)>
                    "Make it yours"
                </button>
            </p>
            <Anew of=move || preset.get() let:chosen>
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
    view! {
        <Disclosure class="story" summary=|| "Its story">
            <Basis preset />
        </Disclosure>
    }
}

/// The story of a preset, what it assumes, and its sources.
#[component]
fn Basis(preset: &'static Preset) -> impl IntoView {
    let assumption = |text: &&'static str| view! { <li>{format!("Assumed: {text}")}</li> };
    view! {
        <div>
            <p>{preset.story}</p>
            <ul>
                {preset.assumptions.iter().map(assumption).collect_view()}
                {preset.sources.iter().map(source).collect_view()}
            </ul>
        </div>
    }
}

fn source(&(title, address): &(&'static str, &'static str)) -> AnyView {
    match address.starts_with("http") {
        true => view! { <li><a href=address rel="noopener noreferrer">{title}</a></li> }.into_any(),
        false => view! { <li><SourceText text=format!("{title}, {address}") /></li> }.into_any(),
    }
}
