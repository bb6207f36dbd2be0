//! Every ledger a second time, on paper: month by month and line by line, in plain loops that share no code with the
//! engine. What the engine says of cards (which, how many to a replica, how fast, how long a run takes) is taken from
//! it; everything else comes from the inputs, the tables and the method, whose section stands at each formula.

mod amounts;
mod engine;
mod hardware;
mod hosted;
mod knowledge;
mod ledger;
mod meanwhile;
mod months;
mod people;
mod prices;
mod quality;
mod tables;
mod tokens;
mod ways;

use tunewise::domain::case::Case;
use tunewise::domain::cost::Setting;
use tunewise::domain::decide::{Assessment, Candidate, Decision};

use amounts::Month;
use ledger::Question;
use months::Plain;

/// A cent; beyond a hundred million dollars a month, where rounding decides about one card among a hundred million, as
/// little of it.
fn tolerance(usd: f64) -> f64 {
    if usd.abs() < 1e8 { 0.005 } else { usd.abs() * 1e-8 }
}

/// Where the engine and the paper differ in one strategy; nothing if they agree.
fn compared(
    plain: &Plain,
    decision: &Decision,
    assessment: &Assessment,
    candidate: &Candidate,
) -> Option<String> {
    let question = Question {
        id: assessment.id,
        reference: decision.comparison.reference.map(|reference| reference.id),
        own: &engine::own(candidate),
        before: &engine::before(decision, candidate),
        base_stands_in: decision.comparison.setting.base_stands_in(),
    };
    let paper = ledger::ledger(plain, &question);
    match (&assessment.cost, paper) {
        (Err(_), Err(_)) => None,
        (Ok(cost), Err(why)) => Some(format!("the engine says {:.2}, paper says unknown: {why}", cost.tco)),
        (Err(why), Ok(_)) => Some(format!("paper knows a cost, the engine says unknown: {why}")),
        (Ok(cost), Ok(paper)) => difference(plain, cost, &paper),
    }
}

fn difference(plain: &Plain, cost: &tunewise::domain::answer::Cost, paper: &[Month]) -> Option<String> {
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
    let tco = amounts::present_value(plain, paper, 1..=plain.horizon());
    let off = (tco - cost.tco).abs() > tolerance(tco);
    off.then(|| format!("TCO: the engine says {:.4}, paper says {tco:.4}", cost.tco))
}

/// Every strategy of a case on which the engine and the paper differ.
pub fn differences(case: &Case) -> Vec<String> {
    let plain = Plain { inputs: &case.inputs, catalog: &case.catalog };
    let decision = Decision::of(Setting::new(case));
    let both = decision.comparison.assessments.iter().zip(&decision.comparison.candidates);
    both.filter_map(|(assessment, candidate)| {
        let found = compared(&plain, &decision, assessment, candidate)?;
        Some(format!("{}: {found}", assessment.id.key()))
    })
    .collect()
}

#[test]
fn the_default_ledgers_are_those_on_paper() {
    assert_eq!(differences(&Case::default()), Vec::<String>::new());
}

/// Hold so many random scenarios, as `case` makes them, against the paper.
#[track_caller]
fn hold(scenarios: u64, case: impl Fn(u64) -> Case) {
    let mut found = Vec::new();
    for seed in 0..scenarios {
        for difference in differences(&case(seed)) {
            found.push(format!("scenario {seed}, {difference}"));
        }
    }
    let first: Vec<&String> = found.iter().take(60).collect();
    assert!(found.is_empty(), "{} differences, such as {first:#?}", found.len());
}

#[test]
fn ledgers_of_random_scenarios_are_those_on_paper() {
    hold(2_000, crate::random::case);
}

#[test]
fn ledgers_under_other_tables_are_those_on_paper() {
    hold(2_000, |seed| tables::shaken(&crate::random::case(seed), seed));
}
