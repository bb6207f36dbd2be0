//! What the tests share: scenarios in a few words, and figures to the cent.

use tunewise::domain::answer::{Answer, Assessment, Cost, Decided, Explanation};
use tunewise::domain::case::Case;
use tunewise::domain::cost::{Ledger, Line};
use tunewise::domain::decide;
use tunewise::domain::input::{Inputs, Value, input};
use tunewise::domain::presets::PRESETS;
use tunewise::domain::scenario::{Answer as Entry, Scenario};
use tunewise::domain::strategy::StrategyId;

/// A value that can stand as an answer.
pub trait IntoAnswer {
    /// The answer.
    fn answer(self) -> Entry;
}

impl IntoAnswer for f64 {
    fn answer(self) -> Entry {
        Entry::Number(self)
    }
}

impl IntoAnswer for bool {
    fn answer(self) -> Entry {
        Entry::Flag(self)
    }
}

impl IntoAnswer for &str {
    fn answer(self) -> Entry {
        Entry::Text(self.to_owned())
    }
}

/// Valid inputs from answers by input id; what is not said keeps its default.
macro_rules! scene {
    ($($id:ident: $value:expr),* $(,)?) => {
        $crate::support::said(vec![
            $((stringify!($id), $crate::support::IntoAnswer::answer($value)),)*
        ])
    };
}

/// What the engine can be asked.
pub trait IntoCase {
    /// The case of it.
    fn case(self) -> Case;
}

impl IntoCase for &Case {
    fn case(self) -> Case {
        self.clone()
    }
}

impl IntoCase for &Inputs {
    fn case(self) -> Case {
        Case::builtin(self.clone())
    }
}

/// The case of these inputs with the built-in tables.
pub fn case(inputs: &Inputs) -> Case {
    inputs.case()
}

/// The decision alone.
pub fn decide(asked: impl IntoCase) -> Decided {
    decide::decide(&asked.case())
}

/// The whole answer.
pub fn evaluate(asked: impl IntoCase) -> Answer {
    tunewise::domain::answer(&asked.case())
}

/// The inputs with another value of one of them.
pub fn with(inputs: &Inputs, id: &str, value: Value) -> Inputs {
    let mut changed = inputs.clone();
    (input(id).unwrap().set)(&mut changed, &value);
    changed
}

/// The inputs of these answers.
pub fn said(answers: Vec<(&str, Entry)>) -> Inputs {
    let answers = answers.into_iter().map(|(id, answer)| (id.to_owned(), answer)).collect();
    let scenario = Scenario { answers, ..Scenario::default() };
    scenario.case().unwrap_or_else(|errors| panic!("{errors:?}")).inputs
}

/// The same inputs with nobody's time, so that only what is bought is left.
pub fn without_people(mut inputs: Inputs) -> Inputs {
    let team = &mut inputs.team;
    for hours in [
        &mut team.prompt_build,
        &mut team.prompt_upkeep,
        &mut team.eval_set,
        &mut team.re_evaluation,
        &mut team.rag_build,
        &mut team.rag_upkeep,
        &mut team.routing_build,
        &mut team.routing_upkeep,
        &mut team.hosted_tuning_build,
        &mut team.hosted_tuning_per_experiment,
        &mut team.self_host_build,
        &mut team.self_host_upkeep,
        &mut team.self_host_upkeep_per_extra_node,
        &mut team.lora_build,
        &mut team.lora_per_experiment,
        &mut team.full_tuning_build,
        &mut team.full_tuning_per_experiment,
        &mut team.migration,
    ] {
        *hours = 0.0;
    }
    inputs
}

/// One strategy of an answer in words.
pub fn explained(evaluation: &Answer, id: StrategyId) -> &Explanation {
    evaluation.explanation(id).unwrap_or_else(|| panic!("{} is missing", id.key()))
}

/// One strategy of an answer.
pub fn of(evaluation: &Answer, id: StrategyId) -> &Assessment {
    evaluation.get(id).unwrap_or_else(|| panic!("{} is missing", id.key()))
}

/// The known cost of one strategy under these inputs.
pub fn cost(inputs: &Inputs, id: StrategyId) -> Cost {
    let evaluation = evaluate(inputs);
    let assessment = of(&evaluation, id);
    assessment.cost.clone().unwrap_or_else(|reason| panic!("{}: {reason} {:?}", id.key(), assessment.out))
}

/// Undiscounted dollars of one line over the horizon.
pub fn line(ledger: &Ledger, line: Line) -> f64 {
    ledger.months.iter().map(|month| month.get(line)).sum()
}

/// Dollars of one line in one ledger month.
pub fn in_month(ledger: &Ledger, month: usize, line: Line) -> f64 {
    ledger.months[month].get(line)
}

/// Equal to the cent.
#[track_caller]
pub fn to_the_cent(what: &str, engine: f64, paper: f64) {
    assert!((engine - paper).abs() < 0.005, "{what}: the engine says {engine:.4}, paper says {paper:.4}");
}

/// The inputs of every preset, with its name.
pub fn presets() -> impl Iterator<Item = (&'static str, Inputs)> {
    PRESETS.iter().map(|preset| (preset.id, preset.scenario().case().unwrap().inputs))
}
