//! The decision as a chain of steps that can be opened.

mod compared;

use super::verdict::money;
use super::{chance, rule_of_thumb};
use crate::domain::decide::{Assessment, Choice, Comparison, Decision, MarginFrom, Pilot, margin_of};
use crate::domain::rules::Fired;
use crate::domain::strategy::{Exclusion, RuleRole, StrategyId};
use crate::domain::units::words::{capital, count_exact, counted, few, lower_first, percent};

/// One step of the choice: a short statement, and what a reader opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Screen, reference, use now, replace or pilots.
    pub stage: &'static str,
    /// What came of it, in a few words.
    pub summary: String,
    /// What that rests on; empty where the statement says it all.
    pub text: String,
    /// What was compared: a strategy or a figure, and what was found of it.
    pub compared: Vec<(String, String)>,
    /// Rules that decided, by id.
    pub rules: Vec<String>,
}

/// Every step from screen to the tests.
pub fn steps(decision: &Decision) -> Vec<Step> {
    let Decision { comparison, choice, trials } = decision;
    let mut steps = vec![screen(comparison)];
    steps.push(reference(comparison, choice));
    if choice.reference.is_some() {
        steps.push(use_now(comparison, choice));
        steps.push(replace(comparison, choice));
        steps.push(pilot_step(comparison, choice, &trials.pilots));
        let rule_of_thumb = rule_of_thumb::sentence(comparison);
        steps.extend(rule_of_thumb.map(|(summary, text)| step("Break-even", summary, text, Vec::new())));
    }
    steps
}

fn step(stage: &'static str, summary: String, text: String, compared: Vec<(String, String)>) -> Step {
    Step { stage, summary, text, compared, rules: Vec::new() }
}

/// A small number in words, as a sentence begins with it.
fn number(count: usize) -> String {
    if count == StrategyId::ALL.len() { "All twelve".to_owned() } else { capital(&few(count)) }
}

fn screen(comparison: &Comparison) -> Step {
    let out: Vec<&Assessment> = comparison.assessments.iter().filter(|one| !one.survives()).collect();
    let mut rules: Vec<&str> = out.iter().filter_map(|one| one.out.first()).map(Exclusion::rule).collect();
    rules.sort();
    rules.dedup();
    let summary = match out.len() {
        0 => "All twelve fit.".to_owned(),
        1 => "One of twelve does not fit.".to_owned(),
        12 => "None of twelve fits.".to_owned(),
        n => format!("{} of twelve do not fit.", number(n)),
    };
    let rules = rules.into_iter().map(str::to_owned).collect();
    Step { rules, ..step("Screen", summary, reasons_out(&out), compared::screen(comparison)) }
}

/// Why each is out; several that are out for one reason are named together.
fn reasons_out(out: &[&Assessment]) -> String {
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for one in out {
        let Some(exclusion) = one.out.first() else { continue };
        let reason = exclusion.to_string().trim_end_matches('.').to_owned();
        let name = one.name.as_str();
        match told.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) => names.push(name),
            None => told.push((reason, vec![name])),
        }
    }
    let lines =
        told.into_iter().map(|(reason, names)| format!("{}: {}.", names.join("; "), lower_first(&reason)));
    lines.collect::<Vec<_>>().join(" ")
}

fn reference(comparison: &Comparison, choice: &Choice) -> Step {
    let left = comparison.assessments.iter().filter(|one| one.survives()).count();
    let compared = compared::ladder(comparison, choice);
    let Some(id) = choice.reference else {
        return step("Reference", "Nothing is left to start from.".to_owned(), String::new(), compared);
    };
    let noun = id.noun_for(comparison.name(id));
    let summary = match left {
        0 | 1 => format!("Start from {noun}."),
        _ => format!("Of the {} left, {noun} is the lowest step.", number(left).to_lowercase()),
    };
    let text = match id {
        StrategyId::Prompt if is_one_of_two(comparison) => one_rung(comparison, id, StrategyId::Rag),
        StrategyId::Rag if is_one_of_two(comparison) => one_rung(comparison, id, StrategyId::Prompt),
        _ => "The guide says: start with pretrained models. Everything else is held against it.".to_owned(),
    };
    step("Reference", summary, text, compared)
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
        "The knowledge fits the prompt, so {} and {} are one step. First comes {}, {why}. Everything else is held against it.",
        name(StrategyId::Prompt),
        name(StrategyId::Rag),
        name(reference),
    )
}

fn use_now(comparison: &Comparison, choice: &Choice) -> Step {
    let Some(reference) = choice.reference.and_then(|id| comparison.get(id)) else {
        return step("Use now", "Nothing fits.".to_owned(), String::new(), Vec::new());
    };
    let first = choice.replaced.first().copied().or(choice.use_now);
    let (summary, text) = match comparison.todays_holder() {
        Some(today) => (
            "What is in use today stays, unless evidence speaks against it.".to_owned(),
            format!("{}: {}.", today.name, known(comparison, today)),
        ),
        None if comparison.reference_holds() => held(comparison, reference, first),
        None => failed(comparison, choice, reference, first),
    };
    let decides = |fired: &&Fired| matches!(fired.role, Some(RuleRole::MeetsBar | RuleRole::FailsBar));
    let rules = reference.fired.iter().filter(decides).map(|fired| fired.rule.clone()).collect();
    Step { rules, ..step("Use now", summary, text, compared::proven(comparison)) }
}

/// What is known of the quality of a strategy.
fn known(comparison: &Comparison, one: &Assessment) -> String {
    one.quality.sentence(comparison.inputs.quality.bar_of(one.id))
}

/// The lowest step is not ruled out by a measurement.
fn held(comparison: &Comparison, reference: &Assessment, first: Option<StrategyId>) -> (String, String) {
    let sentence = known(comparison, reference);
    if let Some(proven) = first.filter(|id| *id != reference.id) {
        return (
            format!("{} is proven at much the same cost.", comparison.name(proven)),
            format!(
                "The lowest step is what the constraints left, and {sentence}, so what is proven comes before it."
            ),
        );
    }
    let bar = percent(comparison.inputs.quality.bar_of(reference.id));
    if reference.quality.meets() {
        return (format!("It is measured to meet {bar}."), capital(&format!("{sentence}.")));
    }
    let hours = comparison.inputs.team.prompt_effort_before_evidence;
    let after = match reference.id.strategy().is_prompted() {
        true => format!(", after {} of prompting", counted(&count_exact(hours), "hour")),
        false => String::new(),
    };
    (
        "No measurement rules it out.".to_owned(),
        format!("One clearly under {bar} would{after}. Known of it: {sentence}."),
    )
}

/// The lowest step is measured to fail.
fn failed(
    comparison: &Comparison,
    choice: &Choice,
    reference: &Assessment,
    first: Option<StrategyId>,
) -> (String, String) {
    let text = capital(&format!("{}.", known(comparison, reference)));
    let summary = match (first, choice.later) {
        (Some(first), _) => {
            format!(
                "It fails, and {} is the cheapest that is proven.",
                first.noun_for(comparison.name(first))
            )
        }
        (None, Some(later)) => {
            format!("It fails, and {} is not ready by the launch.", later.noun_for(comparison.name(later)))
        }
        (None, None) => "It fails, and nothing else is proven.".to_owned(),
    };
    (summary, text)
}

fn replace(comparison: &Comparison, choice: &Choice) -> Step {
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else {
        return step("Replace", "There is nothing to replace yet.".to_owned(), String::new(), Vec::new());
    };
    let (summary, text) = match (choice.replaced.last(), holder.tco()) {
        (Some(before), _) => {
            let saving = comparison
                .get(*before)
                .and_then(|before| comparison.costs(before, holder))
                .map_or(0.0, |(before, own)| before - own);
            let known = if holder.quality.meets() { "measured" } else { "assumed" };
            (
                format!("{} replaces it, and saves {}.", holder.name, money(saving)),
                format!("It is {known} to meet the bar, and that is more than a move takes."),
            )
        }
        (None, Some(tco)) => (
            "Nothing proven beats it.".to_owned(),
            format!(
                "A move takes a strategy measured to meet the bar that saves more than {}, at the dear end of its estimate too.",
                margin_words(tco, comparison)
            ),
        ),
        (None, None) => ("Its cost is not known, so no saving can be reckoned.".to_owned(), String::new()),
    };
    step("Replace", summary, text, compared::savings(comparison, holder))
}

/// The saving that a move takes, and what sets it.
fn margin_words(tco: f64, comparison: &Comparison) -> String {
    let lean = &comparison.inputs.economics;
    let (usd, from) = margin_of(tco, comparison.inputs);
    let from = match from {
        MarginFrom::Share => format!("{} of the cost", percent(lean.replace_margin)),
        MarginFrom::Most => "the most that is asked of a saving".to_owned(),
        MarginFrom::Tie => format!("{} of the cost, within which costs are a tie", percent(lean.tie_share)),
        MarginFrom::Floor => "the least that is asked of a saving".to_owned(),
    };
    format!("{}, {from}", money(usd))
}

fn pilot_step(comparison: &Comparison, choice: &Choice, pilots: &[Pilot]) -> Step {
    let threshold = percent(comparison.inputs.economics.pilot_threshold);
    let compared = compared::trials(comparison, pilots);
    let summary = match pilots.len() {
        0 => "Nothing is worth a test.".to_owned(),
        1 => "One is worth a test, so test it.".to_owned(),
        n => format!("{} are worth a test, so test them.", number(n)),
    };
    let text = if pilots.is_empty() {
        format!("No unmeasured strategy would change the answer at a chance of {threshold} or less.")
    } else if choice.use_now.is_none() && choice.later.is_none() {
        "Nothing is proven, so what a reason of quality speaks for is tested, whatever it costs.".to_owned()
    } else {
        first_odds(pilots).unwrap_or_default()
    };
    step("Pilots", summary, text, compared)
}

/// From which odds the first test pays.
fn first_odds(pilots: &[Pilot]) -> Option<String> {
    let first = pilots.first()?;
    Some(format!(
        "At {} for the first and {} to win, a test {}.",
        money(first.cost),
        money(first.saving?),
        chance::pays_from(first.break_even_chance?)
    ))
}
