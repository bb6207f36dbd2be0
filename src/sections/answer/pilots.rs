//! The proposed trials, each to open.

use std::rc::Rc;

use crate::browser::dom::{El, el};
use crate::components::disclosure::{disclosure, summary};
use crate::domain::evaluation::Pilot;
use crate::format::{capital, percent, percent_up, usd_short};
use crate::state::store;

/// So many pilots are on the page; the rest is there on request.
const SHOWN: usize = 3;

/// All pilots in their order; an empty section is not shown.
pub fn pilot_list() -> El {
    let store = store();
    let pilots = move || store.read(|evaluation| evaluation.advice.pilots.clone());
    let is_empty = move || store.read(|evaluation| evaluation.advice.pilots.is_empty());
    el("section")
        .attrs(&[("class", "pilots"), ("aria-labelledby", "pilots-heading"), ("data-testid", "pilots")])
        .live_flag("hidden", is_empty)
        .child(el("h2").attr("id", "pilots-heading").text("Worth a trial"))
        .swap(pilots, |pilots| items(pilots))
}

fn items(pilots: &[Pilot]) -> Vec<El> {
    let (first, rest) = pilots.split_at(pilots.len().min(SHOWN));
    let mut items: Vec<El> = first.iter().map(pilot_item).collect();
    if !rest.is_empty() {
        let rest = rest.to_vec();
        let more = summary(&format!("{} more", rest.len()));
        items.push(disclosure("", more, move || el("div").children(rest.iter().map(pilot_item))));
    }
    items
}

fn pilot_item(pilot: &Pilot) -> El {
    let offer = el("span").class("offer").text(&format!(": {}", offer(pilot)));
    let summary = el("summary").child(el("b").text(&pilot.name)).child(offer);
    let pilot = Rc::new(pilot.clone());
    let content = move || {
        let lines = pilot.cost_lines.iter().map(|(what, usd)| format!("{what}: {}", usd_short(*usd)));
        let lines = capital(&lines.collect::<Vec<_>>().join("; "));
        let spent = match pilot.cost_lines.len() {
            0 => "Nothing beyond what you have.".to_owned(),
            1 => format!("{lines}."),
            _ => format!("{lines}. Together {}.", usd_short(pilot.cost)),
        };
        let parts = [
            ("To find out", &spent),
            ("Worth it", &worth(&pilot)),
            ("Known of its chance", &pilot.chance_note),
            ("If it passes", &pilot.if_passed),
            ("If it fails", &pilot.if_failed),
        ];
        el("dl")
            .children(parts.into_iter().flat_map(|(term, text)| [el("dt").text(term), el("dd").text(text)]))
    };
    disclosure("pilot", summary, content)
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
        (None, _) => cost,
    }
}
