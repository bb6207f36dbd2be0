//! How the lines of people, labels and evaluation came about, in words.

use super::build::Built;
use super::ledger::Line;
use super::people::{self, FixedTerms};
use super::serving::grouped;
use crate::domain::evaluation::Derivation;
use crate::domain::input::Inputs;

/// How the lines of people, labels and evaluation came about.
pub fn people_derivations(terms: &FixedTerms, built: &Built, inputs: &Inputs) -> Vec<Derivation> {
    let rate = inputs.team.hourly_rate;
    let source = "effort_defaults.csv (assumptions with ranges), 2026-11".to_owned();
    let formula = "method §6, people";
    let mut derivations = Vec::new();
    let build: Vec<String> = terms
        .parts
        .iter()
        .map(|part| {
            let existing = if terms.sunk.contains(part) { ", exists already" } else { "" };
            format!("{} {} h{existing}", part.label(), grouped(part.build_hours(inputs)))
        })
        .collect();
    let runs = people::experiment_hours(terms.parts, inputs);
    let experiments = if runs > 0.0 { format!("; training runs {} h", grouped(runs)) } else { String::new() };
    derivations.push(Derivation {
        line: Line::PeopleBuild,
        text: format!("{}{experiments}; at ${rate} an hour", build.join(", ")),
        formula,
        source: source.clone(),
    });
    derivations.push(Derivation {
        line: Line::PeopleRun,
        text: format!(
            "{} h a month at ${rate} an hour{}",
            grouped(people::monthly_hours(terms.parts, inputs)),
            if terms.retrains {
                format!("; a retrain every {} months", inputs.team.retrain_interval)
            } else {
                String::new()
            }
        ),
        formula,
        source: source.clone(),
    });
    derivations.push(Derivation {
        line: Line::Evaluation,
        text: format!(
            "evaluation set {} h{}; {} h for each further candidate, retrain or migration",
            grouped(inputs.team.eval_set),
            if terms.evaluation_sunk { ", exists already" } else { "" },
            grouped(inputs.team.re_evaluation)
        ),
        formula,
        source: source.clone(),
    });
    let needed = people::labels_for(built.strategy, inputs);
    if needed > 0.0 {
        derivations.push(Derivation {
            line: Line::Labels,
            text: format!(
                "{} labels needed, {} there: {} to make for ${:.2}",
                grouped(needed),
                grouped(inputs.data.labels),
                grouped(people::labels_missing(built.strategy, inputs)),
                built.labels_usd
            ),
            formula: "method §6, labels",
            source,
        });
    }
    derivations
}
