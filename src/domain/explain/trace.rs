//! The decision as a chain of steps that can be opened.

mod compared;

use super::rule_of_thumb;
use super::verdict::money;
use crate::domain::decide::{Assessment, Choice, Comparison, Decision, Pilot, margin};
use crate::domain::rules::Fired;
use crate::domain::strategy::{Exclusion, RuleRole, StrategyId};
use crate::domain::units::words::lower_first;

/// One step of the choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Screen, reference, use now, replace or pilots.
    pub stage: &'static str,
    /// What came of it.
    pub text: String,
    /// What was compared: a strategy or a figure, and what was found of it.
    pub compared: Vec<(String, String)>,
    /// Rules that decided, by id.
    pub rules: Vec<String>,
}

/// Every step from screen to verdict.
pub fn steps(decision: &Decision, verdict: &str) -> Vec<Step> {
    let Decision { comparison, choice, trials } = decision;
    let mut steps = vec![screen(comparison)];
    steps.push(reference(comparison, choice));
    if choice.reference.is_some() {
        steps.push(use_now(comparison, choice));
        steps.push(replace(comparison, choice));
        steps.push(pilot_step(comparison, choice, &trials.pilots));
        let rule_of_thumb = rule_of_thumb::sentence(comparison);
        steps.extend(rule_of_thumb.map(|text| step("Break-even", text, Vec::new(), &[])));
    }
    steps.push(step("Verdict", verdict.to_owned(), Vec::new(), &[]));
    steps
}

fn step(stage: &'static str, text: String, compared: Vec<(String, String)>, rules: &[&str]) -> Step {
    Step { stage, text, compared, rules: rules.iter().map(|rule| (*rule).to_owned()).collect() }
}

fn screen(comparison: &Comparison) -> Step {
    let out: Vec<_> = comparison.assessments.iter().filter(|assessment| !assessment.survives()).collect();
    let mut rules: Vec<&str> = out.iter().filter_map(|a| a.out.first()).map(Exclusion::rule).collect();
    rules.sort();
    rules.dedup();
    let names: Vec<String> = out.iter().map(|assessment| lower_first(&assessment.name)).collect();
    let text = match names.len() {
        0 => "All twelve strategies survive the constraints.".to_owned(),
        n => format!("{} of 12 strategies survive the constraints. Out: {}.", 12 - n, names.join("; ")),
    };
    step("Screen", text, compared::screen(comparison), &rules)
}

fn reference(comparison: &Comparison, choice: &Choice) -> Step {
    let text = match choice.reference {
        Some(StrategyId::Prompt) if is_one_of_two(comparison) => {
            one_rung(comparison, StrategyId::Prompt, StrategyId::Rag)
        }
        Some(StrategyId::Rag) if is_one_of_two(comparison) => {
            one_rung(comparison, StrategyId::Rag, StrategyId::Prompt)
        }
        Some(id) => format!(
            "{} is the lowest strategy on the ladder that the constraints allow, evidence disregarded. Everything else is held against it.",
            comparison.name(id)
        ),
        None => "No strategy survives the constraints.".to_owned(),
    };
    step("Reference", text, compared::ladder(comparison, choice), &[])
}

/// Whether the reference is chosen between the prompt with knowledge in it and retrieval.
fn is_one_of_two(comparison: &Comparison) -> bool {
    let survives = |id: StrategyId| comparison.get(id).is_some_and(Assessment::survives);
    comparison.setting.knowledge_fits_prompt() && survives(StrategyId::Prompt) && survives(StrategyId::Rag)
}

/// Why of two strategies on one rung this one is the reference.
fn one_rung(comparison: &Comparison, reference: StrategyId, other: StrategyId) -> String {
    let (Some(one), Some(second)) = (comparison.get(reference), comparison.get(other)) else {
        return String::new();
    };
    let why = if one.quality.meets() && !second.quality.meets() {
        "the one that is measured to meet the bar"
    } else if one.clearly_fails || second.clearly_fails {
        "since a measured failure is no reason to use the other one unmeasured"
    } else if comparison.in_time(one) && !comparison.in_time(second) {
        "the one that is ready by the launch"
    } else {
        "the cheaper one"
    };
    let name = |id: StrategyId| lower_first(comparison.name(id));
    format!(
        "The knowledge fits the prompt, so {} and {} are one rung, the lowest that the constraints allow. The reference is {}, {why}. Everything else is held against it.",
        name(StrategyId::Prompt),
        name(StrategyId::Rag),
        name(reference),
    )
}

fn use_now(comparison: &Comparison, choice: &Choice) -> Step {
    let bar = |id| comparison.inputs.quality.bar_of(id);
    let Some(reference) = choice.reference.and_then(|id| comparison.get(id)) else {
        return step("Use now", "Nothing fits.".to_owned(), Vec::new(), &[]);
    };
    let sentence = reference.quality.sentence(bar(reference.id));
    let text = if let Some(today) = comparison.todays_holder() {
        format!(
            "{} is in use today, and leaving it takes evidence. Its quality: {}.",
            today.name,
            today.quality.sentence(bar(today.id))
        )
    } else if let Some(proven) = choice
        .replaced
        .first()
        .copied()
        .or(choice.use_now)
        .filter(|id| comparison.reference_holds() && *id != reference.id)
    {
        format!(
            "The reference is what the constraints left, and unmeasured: {sentence}. {} is measured to meet the bar at much the same cost, and comes before it.",
            comparison.name(proven)
        )
    } else if comparison.reference_holds() {
        format!("The reference is used unless it is clearly measured to fail. Its quality: {sentence}.")
    } else {
        match choice.replaced.first().copied().or(choice.use_now) {
            Some(first) => format!(
                "The reference fails: {sentence}. {} is the cheapest strategy measured to meet the bar.",
                comparison.name(first)
            ),
            None => match choice.later {
                Some(later) => format!(
                    "The reference fails: {sentence}. {} is measured to meet the bar, but not ready by the launch.",
                    comparison.name(later)
                ),
                None => {
                    format!("The reference fails: {sentence}. No other strategy is measured to meet the bar.")
                }
            },
        }
    };
    let decides = |fired: &&Fired| matches!(fired.role, Some(RuleRole::MeetsBar | RuleRole::FailsBar));
    let decided = reference.fired.iter().filter(decides).map(|fired| fired.rule.as_str());
    step("Use now", text, compared::proven(comparison), &decided.collect::<Vec<_>>())
}

fn replace(comparison: &Comparison, choice: &Choice) -> Step {
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else {
        return step("Replace", "There is nothing to replace yet.".to_owned(), Vec::new(), &[]);
    };
    let text = match (choice.replaced.last(), holder.tco()) {
        (Some(before), _) => {
            let saving = comparison
                .get(*before)
                .and_then(|before| comparison.costs(before, holder))
                .map_or(0.0, |(before, own)| before - own);
            let known = if holder.quality.meets() { "measured" } else { "assumed" };
            format!(
                "{} is {known} to meet the bar and saves {} over the horizon, more than the margin: it replaces {}.",
                holder.name,
                money(saving),
                lower_first(comparison.name(*before))
            )
        }
        (None, Some(tco)) => format!(
            "A move needs a strategy measured to meet the bar that saves more than {}, the margin, with its sizing band at the expensive end. None does.",
            money(margin(tco, comparison.inputs))
        ),
        (None, None) => "The holder's cost is not known, so no saving can be reckoned.".to_owned(),
    };
    step("Replace", text, compared::savings(comparison, holder), &[])
}

fn pilot_step(comparison: &Comparison, choice: &Choice, pilots: &[Pilot]) -> Step {
    let threshold = comparison.inputs.economics.pilot_threshold * 100.0;
    let text = if pilots.is_empty() {
        format!(
            "No unmeasured strategy would both replace the holder if it met the bar and be worth the trial at a chance of {threshold:.0} % or less."
        )
    } else if choice.use_now.is_none() && choice.later.is_none() {
        let names: Vec<String> =
            pilots.iter().map(|pilot| lower_first(&comparison.pilot_name(pilot))).collect();
        format!(
            "Nothing is proven, so what a reason of quality speaks for is worth a trial, whatever it costs: {}.",
            names.join("; ")
        )
    } else {
        let names: Vec<String> =
            pilots.iter().map(|pilot| lower_first(&comparison.pilot_name(pilot))).collect();
        format!(
            "Unmeasured strategies that would change the answer if they met the bar, and are worth trying at a chance of {threshold:.0} % or less: {}.",
            names.join("; ")
        )
    };
    step("Pilots", text, compared::trials(comparison, pilots), &[])
}
