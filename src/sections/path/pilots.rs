//! The proposed trials, each to open.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::answer::{Answer, Pilot, PilotWords};
use crate::domain::units::words::{capital, percent, percent_up, usd_short};
use crate::state::Page;

/// So many pilots are on the page; the rest is there on request.
const SHOWN: usize = 3;

/// All pilots in their order; an empty section is not shown.
#[component]
pub fn PilotList() -> impl IntoView {
    let pilots = Page::get().read(trials);
    view! {
        <section
            class="pilots"
            aria-labelledby="pilots-heading"
            data-testid="pilots"
            hidden=move || pilots.with(Vec::is_empty)
        >
            <h2 id="pilots-heading">"Worth a trial"</h2>
            <Anew of=move || pilots.get() let:pilots>
                {items(pilots)}
            </Anew>
        </section>
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

fn items(mut pilots: Vec<Trial>) -> AnyView {
    let rest = pilots.split_off(pilots.len().min(SHOWN));
    let first = pilots.into_iter().map(|trial| view! { <PilotItem trial /> }).collect_view();
    let rest = (!rest.is_empty()).then(|| view! { <MorePilots pilots=rest /> });
    view! {
        {first}
        {rest}
    }
    .into_any()
}

#[component]
fn MorePilots(pilots: Vec<Trial>) -> impl IntoView {
    let count = pilots.len();
    let items = move || pilots.iter().cloned().map(|trial| view! { <PilotItem trial /> }).collect_view();
    view! {
        <Disclosure summary=move || format!("{count} more")>
            <div>{items()}</div>
        </Disclosure>
    }
}

#[component]
fn PilotItem(trial: Trial) -> impl IntoView {
    let (name, offer) = (trial.words.name.clone(), format!(": {}", offer(&trial.pilot)));
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

/// Cost, saving and the chance at which it pays, in words.
fn offer(pilot: &Pilot) -> String {
    let cost = format!("{} to find out", usd_short(pilot.cost));
    match (pilot.saving, pilot.break_even_chance) {
        (Some(saving), Some(chance)) => format!(
            "{cost}, saves {} if {}; worth it if you give it a chance of {} or more",
            usd_short(saving),
            pilot.condition(),
            percent_up(chance)
        ),
        (Some(saving), None) => format!("{cost}, saves {} if {}", usd_short(saving), pilot.condition()),
        (None, _) => format!("{cost}, and {} over the horizon if it serves then", usd_short(pilot.tco)),
    }
}
