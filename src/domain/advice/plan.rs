//! Now, next and later, with the events that should reopen the decision (method §11.7).

use super::words::{count, money};
use super::{Case, Decision, cheaper_from};
use crate::domain::breakeven::month_reached;
use crate::domain::cost::price_path;
use crate::domain::evaluation::{Pilot, PlanStep};
use crate::domain::evidence::QualityState;
use crate::domain::workload::api_model;

/// The plan.
pub fn steps(case: &Case, decision: &Decision, pilots: &[Pilot]) -> Vec<PlanStep> {
    let mut steps = Vec::new();
    let mut add = |when: &'static str, text: String| steps.push(PlanStep { when, text });
    now(case, decision, &mut add);
    for pilot in pilots.iter().take(3) {
        let worth = pilot
            .saving
            .map_or_else(String::new, |saving| format!(", saves {} if it meets the bar", money(saving)));
        add(
            "Next",
            format!(
                "Test {} ({}{worth}). If it passes: {}. If not: {}.",
                pilot.strategy.noun_for(&pilot.name),
                money(pilot.cost),
                pilot.if_passed,
                pilot.if_failed
            ),
        );
    }
    volume_triggers(case, decision, &mut add);
    retirement_trigger(case, decision, &mut add);
    if let Some(share) =
        decision.use_now.and_then(|id| case.get(id)).and_then(|holder| holder.quality.share())
    {
        let bar = case.inputs.quality.required_quality * 100.0;
        add(
            "Later",
            format!(
                "Reopen this if quality in production falls below {bar:.0} % (measured now: {:.1} %).",
                share * 100.0
            ),
        );
    }
    if case.study.workload.retrieval || case.inputs.data.knowledge_tokens > 0.0 {
        add(
            "Later",
            "Reopen this if knowledge starts to change faster than it is indexed or than you retrain."
                .to_owned(),
        );
    }
    steps
}

fn now(case: &Case, decision: &Decision, add: &mut impl FnMut(&'static str, String)) {
    let Some(holder) = decision.use_now.and_then(|id| case.get(id)) else {
        add(
            "Now",
            "Nothing is proven: measure the first pilot on your own examples before you build anything."
                .to_owned(),
        );
        return;
    };
    match holder.quality {
        QualityState::Untested | QualityState::Stated(_) => add(
            "Now",
            format!(
                "Use {} and measure it on 200 or more of your own examples.",
                holder.id.noun_for(&holder.name)
            ),
        ),
        QualityState::Unclear { further_examples: Some(n), .. } => add(
            "Now",
            format!(
                "Use {} and extend the evaluation by about {n} examples.",
                holder.id.noun_for(&holder.name)
            ),
        ),
        _ => add("Now", format!("Use {}.", holder.id.noun_for(&holder.name))),
    }
}

fn volume_triggers(case: &Case, decision: &Decision, add: &mut impl FnMut(&'static str, String)) {
    let today = case.inputs.work.requests_per_month;
    if decision.use_now != decision.reference {
        return;
    }
    let mut triggers: Vec<(f64, String)> = case
        .assessments
        .iter()
        .filter(|assessment| assessment.survives())
        .filter_map(|assessment| {
            let name = assessment.id.noun_for(&assessment.name);
            Some((cheaper_from(assessment.break_even.as_ref(), today)?, name))
        })
        .collect();
    crate::order::sort_by(&mut triggers, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (volume, name) in triggers.into_iter().take(2) {
        let when = match month_reached(volume, today, &case.study.months) {
            Some(month) => format!("reached in month {month} at this growth"),
            None => "not reached within the horizon at this growth".to_owned(),
        };
        add("Later", format!("At {} requests a month {} costs less ({when}).", count(volume), name));
    }
}

fn retirement_trigger(case: &Case, decision: &Decision, add: &mut impl FnMut(&'static str, String)) {
    let uses_api = decision.use_now.is_some_and(|id| id.strategy().uses_api_model());
    let Some(row) = api_model(case.inputs).filter(|_| uses_api) else { return };
    let Ok(path) = price_path(row, &case.study.months, case.inputs) else { return };
    if let Some(month) = path.migrations.first() {
        let calendar = case.study.months.calendar(*month);
        let known = if row.retires_on.is_some() { "retires" } else { "is taken to retire" };
        add(
            "Later",
            format!("{} {known} in {calendar}: budget the migration and look at prices again.", row.model_id),
        );
    }
}
