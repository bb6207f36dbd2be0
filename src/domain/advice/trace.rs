//! The decision as a chain of steps that can be opened.

mod compared;

use super::words::money;
use super::{Assessed, Decision, margin, rule_of_thumb};
use crate::domain::evaluation::{Pilot, Step};
use crate::domain::rules::Finding;
use crate::domain::strategy::{Exclusion, RuleRole};
use crate::domain::units::words::lower_first;

/// Every step from screen to verdict.
pub fn steps(case: &Assessed, decision: &Decision, pilots: &[Pilot], verdict: &str) -> Vec<Step> {
    let mut steps = vec![screen(case)];
    steps.push(reference(case, decision));
    if decision.reference.is_some() {
        steps.push(use_now(case, decision));
        steps.push(replace(case, decision));
        steps.push(pilot_step(case, decision, pilots));
        steps.extend(rule_of_thumb::step(case));
    }
    steps.push(step("Verdict", verdict.to_owned(), Vec::new(), &[]));
    steps
}

fn step(stage: &'static str, text: String, compared: Vec<(String, String)>, rules: &[&str]) -> Step {
    Step { stage, text, compared, rules: rules.iter().map(|rule| (*rule).to_owned()).collect() }
}

fn screen(case: &Assessed) -> Step {
    let out: Vec<_> = case.assessments.iter().filter(|assessment| !assessment.survives()).collect();
    let mut rules: Vec<&str> = out.iter().filter_map(|a| a.out.first()).map(Exclusion::rule).collect();
    rules.sort();
    rules.dedup();
    let names: Vec<String> = out.iter().map(|assessment| lower_first(&assessment.name)).collect();
    let text = match names.len() {
        0 => "All twelve strategies survive the constraints.".to_owned(),
        n => format!("{} of 12 strategies survive the constraints. Out: {}.", 12 - n, names.join("; ")),
    };
    step("Screen", text, compared::screen(case), &rules)
}

fn reference(case: &Assessed, decision: &Decision) -> Step {
    let text = match decision.reference {
        Some(id) => format!(
            "{} is the lowest strategy on the ladder that the constraints allow, evidence disregarded. Everything else is held against it.",
            case.name(id)
        ),
        None => "No strategy survives the constraints.".to_owned(),
    };
    step("Reference", text, compared::ladder(case, decision), &[])
}

fn use_now(case: &Assessed, decision: &Decision) -> Step {
    let bar = case.inputs.quality.required_quality;
    let Some(reference) = decision.reference.and_then(|id| case.get(id)) else {
        return step("Use now", "Nothing fits.".to_owned(), Vec::new(), &[]);
    };
    let sentence = reference.quality.sentence(bar);
    let text = if let Some(today) = case.todays_holder() {
        format!(
            "{} is in use today, and leaving it takes evidence. Its quality: {}.",
            today.name,
            today.quality.sentence(bar)
        )
    } else if case.reference_holds() {
        format!("The reference is used unless it is clearly measured to fail. Its quality: {sentence}.")
    } else {
        match decision.replaced.first().copied().or(decision.use_now) {
            Some(first) => format!(
                "The reference fails: {sentence}. {} is the cheapest strategy measured to meet the bar.",
                case.name(first)
            ),
            None => {
                format!("The reference fails: {sentence}. No other strategy is measured to meet the bar.")
            }
        }
    };
    let decides = |finding: &&Finding| matches!(finding.role, Some(RuleRole::MeetsBar | RuleRole::FailsBar));
    let decided = reference.findings.iter().filter(decides).map(|finding| finding.rule.as_str());
    step("Use now", text, compared::proven(case), &decided.collect::<Vec<_>>())
}

fn replace(case: &Assessed, decision: &Decision) -> Step {
    let Some(holder) = decision.use_now.and_then(|id| case.get(id)) else {
        return step("Replace", "There is nothing to replace yet.".to_owned(), Vec::new(), &[]);
    };
    let text = match (decision.replaced.last(), holder.tco()) {
        (Some(before), _) => {
            let saving = case
                .get(*before)
                .and_then(|before| case.costs(before, holder))
                .map_or(0.0, |(its, own)| its - own);
            format!(
                "{} is measured to meet the bar and saves {} over the horizon, more than the margin: it replaces {}.",
                holder.name,
                money(saving),
                lower_first(case.name(*before))
            )
        }
        (None, Some(tco)) => format!(
            "A move needs a strategy measured to meet the bar that saves more than {}, the margin, with its sizing band at the expensive end. None does.",
            money(margin(tco, case.inputs))
        ),
        (None, None) => "The holder's cost is not known, so no saving can be reckoned.".to_owned(),
    };
    step("Replace", text, compared::savings(case, holder), &[])
}

fn pilot_step(case: &Assessed, decision: &Decision, pilots: &[Pilot]) -> Step {
    let threshold = case.inputs.economics.pilot_threshold * 100.0;
    let text = if pilots.is_empty() {
        format!(
            "No unmeasured strategy would both replace the holder if it met the bar and be worth the trial at a chance of {threshold:.0} % or less."
        )
    } else if decision.use_now.is_none() {
        let names: Vec<String> = pilots.iter().map(|pilot| lower_first(&pilot.name)).collect();
        format!(
            "Nothing is proven, so what a reason of quality speaks for is worth a trial, whatever it costs: {}.",
            names.join("; ")
        )
    } else {
        let names: Vec<String> = pilots.iter().map(|pilot| lower_first(&pilot.name)).collect();
        format!(
            "Unmeasured strategies that would change the answer if they met the bar, and are worth trying at a chance of {threshold:.0} % or less: {}.",
            names.join("; ")
        )
    };
    step("Pilots", text, compared::trials(pilots), &[])
}
