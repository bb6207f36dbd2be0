//! The plan: now, next, later, and the events that can be tried.

use super::answer::flips::flip_button;
use crate::browser::dom::{El, button, el};
use crate::components::fields::value_words;
use crate::domain::evaluation::{PlanStep, Trigger};
use crate::domain::flips::Flip;
use crate::domain::input::input;
use crate::state::{Progress, Reasons, store};

/// Prices that may change without a date; where another answer wins is found by the search for flips.
const PRICES: [&str; 3] = ["api_input_price", "api_output_price", "serving_gpu_price"];

/// Steps under the time at which they are due.
type Stages = Vec<(&'static str, Vec<PlanStep>)>;

/// Steps and the triggers to watch.
pub fn plan() -> El {
    let store = store();
    let stage = |(when, steps): (&'static str, Vec<PlanStep>)| {
        let items = steps.iter().map(step_item);
        [el("dt").text(when), el("dd").child(el("ul").children(items))]
    };
    el("section")
        .attrs(&[("class", "plan"), ("aria-labelledby", "plan-heading")])
        .child(el("h2").attr("id", "plan-heading").text("Plan"))
        .child(el("dl").attr("data-testid", "plan").anew(move || {
            store.reasons().with(|reasons| stages(reasons)).into_iter().flat_map(stage).collect()
        }))
        .child(el("div").attr("data-testid", "prices-to-watch").swap(price_flips, price_lines))
}

fn stages(reasons: &Reasons) -> Stages {
    let mut stages: Stages = Vec::new();
    for step in &reasons.plan {
        match stages.iter_mut().find(|(when, _)| *when == step.when) {
            Some((_, steps)) => steps.push(step.clone()),
            None => stages.push((step.when, vec![step.clone()])),
        }
    }
    stages
}

fn step_item(step: &PlanStep) -> El {
    let item = el("li").text(&step.text);
    match step.trigger.and_then(trial_button) {
        Some(trial) => item.text(" ").child(trial),
        None => item,
    }
}

/// Lets the event happen.
fn trial_button(trigger: Trigger) -> Option<El> {
    let store = store();
    let (id, value) = trigger.trial();
    let record = input(id)?;
    Some(
        button("flip")
            .attr("data-trial", record.id)
            .text(&format!("Try it: {} → ", record.label))
            .child(el("b").text(&value_words(&value, record)))
            .on("click", move |_| store.put(record, &value)),
    )
}

/// The nearest prices at which the answer is another; nothing while they are searched.
fn price_flips() -> Option<Vec<(&'static str, Flip)>> {
    let flips = store().flips();
    let found = |id| flips.of(id).unwrap_or_default().found.into_iter().map(move |flip| (id, flip));
    (flips.progress() == Progress::Done).then(|| PRICES.into_iter().flat_map(found).collect())
}

fn price_lines(found: &Option<Vec<(&'static str, Flip)>>) -> Vec<El> {
    let Some(found) = found else { return Vec::new() };
    if found.is_empty() {
        let none = "No price of the API model or of the serving GPU, each alone, changes the answer within its range.";
        return vec![el("p").class("hint").text(none)];
    }
    let line = |(id, flip): &(&'static str, Flip)| {
        Some(el("li").child(flip_button(id, flip)?).text(&format!(" → {}", flip.verdict)))
    };
    vec![
        el("h3").text("Reopen it when a price changes that much"),
        el("ul").class("prices").children(found.iter().filter_map(line)),
    ]
}
