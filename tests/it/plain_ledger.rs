//! Every ledger a second time, on paper: month by month and line by line, in plain loops that share no code with the
//! engine. What the engine says of cards (which, how many to a replica, how fast, how long a run takes) and which of two
//! ways to bring knowledge in it chose is taken from it; everything else comes from the inputs, the tables and the method, whose section stands at each formula.

#![allow(clippy::needless_range_loop, reason = "months are counted as a reader of the ledger counts them")]

mod amounts;
mod engine;
mod hardware;
mod hosted;
mod knowledge;
mod ledger;
mod meanwhile;
mod months;
mod payment;
mod people;
mod prices;
mod quality;
mod tables;
mod tokens;
mod ways;

use std::collections::BTreeMap;

use tunewise::domain::answer::Cost;
use tunewise::domain::case::Case;
use tunewise::domain::cost::{Line, Setting};
use tunewise::domain::decide::{Assessment, Candidate, Decision};
use tunewise::domain::strategy::StrategyId;

use amounts::Month;
use ledger::Question;
use months::Plain;

/// A cent; beyond a hundred million dollars a month, where rounding decides about one card among a hundred million, as
/// little of it.
fn tolerance(usd: f64) -> f64 {
    if usd.abs() < 1e8 { 0.005 } else { usd.abs() * 1e-8 }
}

fn question(plain: &Plain, decision: &Decision, candidate: &Candidate) -> Question {
    let reference = decision.comparison.reference.map(|reference| reference.id);
    let meanwhile = engine::meanwhile(decision, candidate);
    Question {
        id: candidate.costed.strategy.id,
        reference,
        meanwhile,
        own: engine::own(candidate),
        before: engine::before(decision, candidate),
        knowledge: engine::knowledge(plain, candidate),
        knowledge_before: engine::knowledge_of(plain, decision, meanwhile),
        knowledge_of_reference: engine::knowledge_of(plain, decision, reference),
        base_stands_in: decision.comparison.setting.base_stands_in(),
    }
}

/// Where the engine and the paper differ in one strategy; nothing if they agree.
fn compared(
    plain: &Plain,
    decision: &Decision,
    assessment: &Assessment,
    candidate: &Candidate,
) -> Option<String> {
    let paper = ledger::ledger(plain, &question(plain, decision, candidate));
    match (&assessment.cost, paper) {
        (Err(_), Err(_)) => None,
        (Ok(cost), Err(why)) => Some(format!("the engine says {:.2}, paper says unknown: {why}", cost.tco)),
        (Err(why), Ok(_)) => Some(format!("paper knows a cost, the engine says unknown: {why}")),
        (Ok(cost), Ok(paper)) => difference(plain, cost, &paper),
    }
}

fn difference(plain: &Plain, cost: &Cost, paper: &[Month]) -> Option<String> {
    if cost.ledger.months.len() != paper.len() {
        return Some(format!("{} months, paper has {}", cost.ledger.months.len(), paper.len()));
    }
    for (month, (engine, paper)) in cost.ledger.months.iter().zip(paper).enumerate() {
        for (line, paper, engine) in paper.beside(engine) {
            if (paper - engine).abs() > tolerance(engine) {
                return Some(format!(
                    "month {month}, {line:?}: the engine says {engine:.4}, paper says {paper:.4}"
                ));
            }
        }
    }
    let undiscounted: f64 = paper.iter().map(Month::paid).sum();
    let errors: f64 = (1..paper.len()).map(|month| paper[month].errors * plain.discount(month)).sum();
    let figures = [
        ("TCO", cost.tco, amounts::present_value(plain, paper, 1..=plain.horizon())),
        ("undiscounted", cost.undiscounted, undiscounted),
        ("wrong answers", cost.errors.unwrap_or(0.0), errors),
        ("the last month", cost.monthly_at_horizon, paper[plain.horizon()].paid()),
    ];
    let off = figures.into_iter().find(|(_, engine, paper)| (paper - engine).abs() > tolerance(*engine));
    off.map(|(what, engine, paper)| format!("{what}: the engine says {engine:.4}, paper says {paper:.4}"))
}

/// What the paper starts from.
fn plain<'a>(case: &'a Case, decision: &'a Decision) -> Plain<'a> {
    let setting = &decision.comparison.setting;
    Plain {
        inputs: &case.inputs,
        catalog: &case.catalog,
        retrieves_today: engine::retrieves_today(setting),
        standing: setting.standing_cards().map(|cards| (cards.gpu.as_str(), cards.gpus)),
        priced_until: setting.months.horizon,
    }
}

/// Every strategy of a case on which the engine and the paper differ.
fn differences(case: &Case) -> Vec<String> {
    let decision = Decision::of(Setting::new(case));
    let plain = plain(case, &decision);
    let both = decision.comparison.assessments.iter().zip(&decision.comparison.candidates);
    both.filter_map(|(assessment, candidate)| {
        let found = compared(&plain, &decision, assessment, candidate)?;
        Some(format!("{}: {found}", assessment.id.key()))
    })
    .collect()
}

/// Scenarios that are computed twice.
const SCENARIOS: u64 = 2_000;

/// Hold random scenarios, as `case` makes them, against the paper.
#[track_caller]
fn hold(case: impl Fn(u64) -> Case) {
    let mut found = Vec::new();
    for seed in 0..SCENARIOS {
        for difference in differences(&case(seed)) {
            found.push(format!("scenario {seed}, {difference}"));
        }
    }
    let first: Vec<&String> = found.iter().take(20).collect();
    assert!(found.is_empty(), "{} differences, such as {first:#?}", found.len());
}

#[test]
fn the_default_ledgers_are_those_on_paper() {
    assert_eq!(differences(&Case::default()), Vec::<String>::new());
}

#[test]
fn ledgers_of_random_scenarios_are_those_on_paper() {
    hold(crate::random::case);
}

#[test]
fn ledgers_whose_knowledge_fits_the_prompt_are_those_on_paper() {
    hold(|seed| tables::informed(&tables::measured(&crate::random::case(seed), seed), seed));
}

#[test]
fn ledgers_under_other_tables_are_those_on_paper() {
    hold(|seed| tables::shaken(&crate::random::case(seed), seed));
}

#[test]
fn ledgers_whose_wrong_answers_have_a_price_are_those_on_paper() {
    hold(|seed| tables::measured(&crate::random::case(seed), seed));
}

/// How much cheaper the other way to bring knowledge in would have been, US dollars, for a strategy that needs no cards
/// and may take either; `None` where the ways cannot be compared, as one of them is late or out of the budget.
fn saved_the_other_way(plain: &Plain, decision: &Decision, candidate: &Candidate) -> Option<f64> {
    let (id, rules) = (candidate.costed.strategy.id, &plain.inputs.constraints);
    let chosen = question(plain, decision, candidate);
    let other = Question {
        knowledge: knowledge::brought(plain, !chosen.knowledge.retrieves),
        ..question(plain, decision, candidate)
    };
    let may = knowledge::may_retrieve_and_may_carry(plain, id);
    // What is in use has the way that it has, and what serves until another way is ready is for the engine to say.
    if people::today(plain).is_some() {
        return None;
    }
    if may != (true, true) || rules.upfront_budget.is_some() || rules.monthly_budget.is_some() {
        return None;
    }
    let in_time = |question: &Question| {
        rules.launch_weeks.is_none_or(|weeks| people::lead_weeks(plain, &question.knowledge, id) <= weeks)
    };
    if in_time(&chosen) != in_time(&other) {
        return None;
    }
    let value = |question: &Question| {
        let ledger = ledger::ledger(plain, question).ok()?;
        Some(amounts::present_value(plain, &ledger, 1..=plain.horizon()))
    };
    Some(value(&chosen)? - value(&other)?)
}

#[test]
fn of_two_ways_to_bring_knowledge_in_the_cheaper_one_on_paper_is_taken() {
    let mut compared = BTreeMap::<(&str, bool), u64>::new();
    for seed in 0..SCENARIOS {
        let case = tables::informed(&crate::random::case(seed), seed);
        let decision = Decision::of(Setting::new(&case));
        let plain = plain(&case, &decision);
        for id in [StrategyId::PromptSmall, StrategyId::Route, StrategyId::OpenManaged] {
            let candidate = decision.comparison.candidate(id).unwrap();
            let Some(saved) = saved_the_other_way(&plain, &decision, candidate) else { continue };
            assert!(saved <= 0.005, "scenario {seed}: {} pays {saved} more than it must", id.key());
            *compared.entry((id.key(), candidate.costed.retrieves())).or_default() += 1;
        }
    }
    assert!(compared.len() == 6 && compared.values().all(|times| *times >= 20), "{compared:?}");
}

#[test]
fn the_scenarios_reach_every_strategy_and_every_line() {
    let mut strategies = BTreeMap::<&str, u64>::new();
    let mut lines = BTreeMap::<Line, u64>::new();
    for seed in 0..SCENARIOS {
        let case = tables::measured(&crate::random::case(seed), seed);
        for assessment in &Decision::of(Setting::new(&case)).comparison.assessments {
            let Ok(cost) = &assessment.cost else { continue };
            *strategies.entry(assessment.id.key()).or_default() += 1;
            for line in Line::ALL {
                let is_there = cost.ledger.months.iter().any(|month| month.get(line) > 0.0);
                *lines.entry(line).or_default() += u64::from(is_there);
            }
        }
    }
    assert!(strategies.len() == StrategyId::ALL.len() && strategies.values().all(|known| *known >= 200));
    assert!(lines.values().all(|known| *known >= 1_000), "{strategies:?} {lines:?}");
}
