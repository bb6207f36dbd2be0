//! Pilots in words: what they are called, and what follows them.

use super::chance;
use crate::domain::catalog::model_name;
use crate::domain::decide::{Decision, Pilot, StrongerModel};
use crate::domain::effort::labels_missing;
use crate::domain::units::words::{count_exact, counted, months, usd_short, weeks};

/// A pilot in words.
#[derive(Clone, Debug, PartialEq)]
pub struct PilotWords {
    /// Its name, with the model where it is not the chosen one.
    pub name: String,
    /// What it takes: "$1.6 k, 16 hours".
    pub takes: String,
    /// What it gives: "Saves $18 k if it passes; it pays if its chance is better than 1 in 12."
    pub gives: String,
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
        let comparison = &decision.comparison;
        let name = comparison.pilot_name(pilot);
        let chance_note = match pilot.stronger_model {
            Some(_) => chance::of_prompting().to_owned(),
            None => chance::of(pilot.strategy.strategy(), comparison.inputs),
        };
        let if_passed = match &pilot.stronger_model {
            Some(stronger) => format!(
                "choose {} as the {}: {} over {}",
                model_name(&stronger.model),
                role_of(stronger),
                usd_short(pilot.tco),
                months(comparison.setting.months.horizon)
            ),
            None => if_passed(pilot, &name, decision),
        };
        let (takes, gives) = (takes(pilot, decision), gives(pilot, decision));
        PilotWords { name, takes, gives, if_passed, if_failed: if_failed(pilot, decision), chance_note }
    }
}

impl Pilot {
    /// What it has to show for its saving.
    pub fn condition(&self) -> String {
        match self.needs_share {
            Some(share) => format!("at least {} are right", crate::domain::units::words::percent(share)),
            None => "it passes".to_owned(),
        }
    }
}

fn takes(pilot: &Pilot, decision: &Decision) -> String {
    let hours: Option<f64> = pilot.cost_lines.iter().map(|line| line.item.hours_of_testing()).sum();
    let lead = || decision.comparison.get(pilot.strategy).map_or(0.0, |one| one.lead_weeks);
    let time = hours.map_or_else(|| weeks(lead()), |hours| counted(&count_exact(hours), "hour"));
    format!("{}, {time}", usd_short(pilot.cost))
}

fn gives(pilot: &Pilot, decision: &Decision) -> String {
    let horizon = months(decision.comparison.setting.months.horizon);
    match (pilot.saving, pilot.break_even_chance) {
        (Some(saving), Some(chance)) => {
            format!("Saves {} if {}; it {}.", usd_short(saving), pilot.condition(), chance::pays_from(chance))
        }
        (Some(saving), None) => format!("Saves {} if {}.", usd_short(saving), pilot.condition()),
        (None, _) => format!("Costs {} over {horizon} if it passes.", usd_short(pilot.tco)),
    }
}

fn if_passed(pilot: &Pilot, name: &str, decision: &Decision) -> String {
    let comparison = &decision.comparison;
    let Some(candidate) = comparison.get(pilot.strategy) else { return String::new() };
    let labels = labels_missing(candidate.id.strategy(), comparison.inputs);
    let first = if labels > 0.0 { format!("after {}, ", more_labels(labels)) } else { String::new() };
    let launch = comparison.inputs.constraints.launch_weeks.filter(|_| !comparison.in_time(candidate));
    let late = launch.map_or_else(String::new, |launch| format!("; your launch is in {}", weeks(launch)));
    format!("{first}move to {} (about {}{late})", candidate.id.noun_for(name), weeks(candidate.lead_weeks))
}

fn if_failed(pilot: &Pilot, decision: &Decision) -> String {
    let holder = decision.choice.later.or(decision.choice.use_now).filter(|_| pilot.saving.is_some());
    if let Some(holder) = holder {
        return format!("stay with {}", holder.noun_for(decision.comparison.name(holder)));
    }
    let pilots = &decision.trials.pilots;
    let next = pilots.iter().skip_while(|other| *other != pilot).nth(1);
    match next {
        Some(next) => format!("test {} next", next.strategy.noun_for(&decision.comparison.pilot_name(next))),
        None => "nothing else is left to try: look at the failures, the bar and the data".to_owned(),
    }
}

/// What a stronger model would be chosen as.
fn role_of(stronger: &StrongerModel) -> &'static str {
    match stronger.input {
        "small_api_model" => "smaller API model",
        "open_model" => "open model",
        _ => "API model",
    }
}

/// So many labels that are still to be made.
pub fn more_labels(count: f64) -> String {
    format!("{} more label{}", count_exact(count), if count == 1.0 { "" } else { "s" })
}
