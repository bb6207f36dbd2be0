//! Pilots in words: what they are called, and what follows them.

use super::chance;
use crate::domain::decide::{Decision, Pilot};
use crate::domain::effort::labels_missing;
use crate::format::{count_exact, counted};

/// A pilot in words.
#[derive(Clone, Debug, PartialEq)]
pub struct PilotWords {
    /// Its name, with the model where it is not the chosen one.
    pub name: String,
    /// What to do if it passes.
    pub if_passed: String,
    /// What to do if it fails.
    pub if_failed: String,
    /// What is known about its chance, with source.
    pub chance_note: String,
}

impl PilotWords {
    /// The words of a pilot of a decision.
    pub fn of(pilot: &Pilot, decision: &Decision) -> PilotWords {
        let name = decision.comparison.pilot_name(pilot);
        match &pilot.stronger_model {
            Some(model) => PilotWords {
                name,
                if_passed: format!("choose {model} as the API model"),
                if_failed: "then tuning or a combination is the way forward".to_owned(),
                chance_note: chance::of_prompting().to_owned(),
            },
            None => PilotWords {
                if_passed: if_passed(pilot, &name, decision),
                if_failed: if_failed(pilot, decision),
                chance_note: chance::of(pilot.strategy.strategy(), decision.comparison.inputs),
                name,
            },
        }
    }
}

impl Pilot {
    /// What it has to show for its saving.
    pub fn condition(&self) -> String {
        match self.needs_share {
            Some(share) => format!("at least {} are right", crate::format::percent(share)),
            None => "it meets the bar".to_owned(),
        }
    }
}

fn if_passed(pilot: &Pilot, name: &str, decision: &Decision) -> String {
    let comparison = &decision.comparison;
    let Some(candidate) = comparison.get(pilot.strategy) else { return String::new() };
    let labels = labels_missing(candidate.id.strategy(), comparison.inputs);
    let first = if labels > 0.0 { format!("after {}, ", more_labels(labels)) } else { String::new() };
    let launch = comparison.inputs.constraints.launch_weeks.filter(|_| !comparison.in_time(candidate));
    let late = launch.map_or_else(String::new, |weeks| format!("; your launch is in {weeks:.0}"));
    format!(
        "{first}move to {} (about {}{late})",
        candidate.id.noun_for(name),
        counted(&format!("{:.0}", candidate.lead_weeks), "week"),
    )
}

fn if_failed(pilot: &Pilot, decision: &Decision) -> String {
    let holder = decision.choice.later.or(decision.choice.use_now).filter(|_| pilot.saving.is_some());
    match holder {
        Some(holder) => format!("stay with {}", holder.noun_for(decision.comparison.name(holder))),
        None => "try the next one of this list".to_owned(),
    }
}

/// So many labels that are still to be made.
pub fn more_labels(count: f64) -> String {
    format!("{} more label{}", count_exact(count), if count == 1.0 { "" } else { "s" })
}
