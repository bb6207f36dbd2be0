//! The proposed trials, each to open.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::answer::{Answer, Pilot, PilotWords};
use crate::domain::units::words::{capital, few, percent, usd_short};
use crate::state::Page;

/// What each proposed test takes and gives, in their order; nothing where none is proposed.
#[component]
pub fn PilotList() -> impl IntoView {
    let pilots = Page::get().read(trials);
    view! {
        <div class="pilots" data-testid="pilots" hidden=move || pilots.with(Vec::is_empty)>
            <Anew of=move || pilots.get() let:pilots>
                <Fold pilots />
            </Anew>
        </div>
    }
}

#[component]
fn Fold(pilots: Vec<Trial>) -> impl IntoView {
    let summary = match pilots.len() {
        1 => "What the test takes, and what is known of its chance".to_owned(),
        count => format!("What the {} tests take, and what is known of their chances", few(count)),
    };
    let items = move || pilots.iter().cloned().map(|trial| view! { <PilotItem trial /> }).collect_view();
    view! {
        <Disclosure class="more" summary=move || summary.clone()>
            <div>{items()}</div>
        </Disclosure>
    }
}

/// A pilot with its words.
#[derive(Clone, Debug, PartialEq)]
struct Trial {
    pilot: Pilot,
    words: PilotWords,
}

fn trials(answer: &Answer) -> Vec<Trial> {
    answer.pilots().map(|(pilot, words)| Trial { pilot: pilot.clone(), words: words.clone() }).collect()
}

#[component]
fn PilotItem(trial: Trial) -> impl IntoView {
    let words = &trial.words;
    let (name, offer) =
        (words.name.clone(), format!(": {}. {}", words.takes.trim_end_matches('.'), words.gives));
    let summary = move || view! { <b>{name.clone()}</b> <span class="offer">{offer.clone()}</span> };
    let trial = Arc::new(trial);
    view! {
        <Disclosure class="pilot" summary>
            <PilotDetail trial=Arc::clone(&trial) />
        </Disclosure>
    }
}

#[component]
fn PilotDetail(trial: Arc<Trial>) -> impl IntoView {
    let Trial { pilot, words } = trial.as_ref();
    let parts = [
        ("To find out", spent(pilot)),
        ("Worth it", worth(pilot)),
        ("Known of its chance", words.chance_note.clone()),
        ("If it passes", words.if_passed.clone()),
        ("If it fails", words.if_failed.clone()),
    ];
    let part = |(term, text): (&'static str, String)| {
        view! {
            <dt>{term}</dt>
            <dd>{text}</dd>
        }
    };
    view! { <dl>{parts.into_iter().map(part).collect_view()}</dl> }
}

/// What it takes, line by line.
fn spent(pilot: &Pilot) -> String {
    let lines = pilot.cost_lines.iter().map(|line| format!("{}: {}", line.item, usd_short(line.usd)));
    let lines = capital(&lines.collect::<Vec<_>>().join("; "));
    match pilot.cost_lines.len() {
        0 => "Nothing beyond what you have.".to_owned(),
        1 => format!("{lines}."),
        _ => format!("{lines}. Together {}.", usd_short(pilot.cost)),
    }
}

/// The chance at which it pays, with the calculation.
fn worth(pilot: &Pilot) -> String {
    match (pilot.saving, pilot.break_even_chance) {
        (Some(saving), Some(chance)) => format!(
            "From a chance of {} that {}: {} / ({} saved + {}).",
            percent(chance),
            pilot.condition(),
            usd_short(pilot.cost),
            usd_short(saving),
            usd_short(pilot.cost)
        ),
        _ => "Nothing is proven to compare it with: the trial is the way to an answer.".to_owned(),
    }
}
