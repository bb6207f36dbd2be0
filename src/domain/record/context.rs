//! The task: what was stated, what holds where nothing was, and the policy.

use super::basis::Basis;
use super::data::{Context, ExampleWords, InputLine, PolicyLines, PolicyRule};
use super::text::said;
use crate::domain::answer::input_words::{held_words, value_words};
use crate::domain::evidence::Evidence;
use crate::domain::input::{Input, Kind, Value, YOURS, input, registry};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::presets::Preset;
use crate::domain::units::Unit;
use crate::domain::what_if::in_force;

/// The task as the user described it.
pub fn context(basis: &Basis) -> Context {
    let Basis { scenario, case, found, .. } = basis;
    let (stated, others): (Vec<&Input>, Vec<&Input>) =
        registry().partition(|input| scenario.is_changed(input.id));
    let count = others.len();
    // Where nobody looked what depends on what, every input may matter.
    let matters = |input: &&Input| found.get(input.id).is_none_or(|flips| !flips.inert);
    let is_said = |input: &&Input| !matches!((input.get)(&case.inputs), Value::Evidence(Evidence::Untested));
    let example = Preset::of(scenario);
    let defaults: Vec<InputLine> = others
        .into_iter()
        .filter(matters)
        .filter(is_said)
        .map(|input| line(basis, input, default_origin(basis, input), None))
        .collect();
    let stated = stated
        .into_iter()
        .map(|input| line(basis, input, stated_by(scenario), Some(default_words(scenario, input))));
    Context {
        example: example.map(example_words),
        stated: stated.collect(),
        without_effect: count - defaults.len(),
        defaults,
        own_rows: own_rows(scenario),
    }
}

/// Inputs that bound who may see the data and how it may run.
const BOUNDS: [&str; 6] = [
    "data_boundary",
    "contracted_providers",
    "regulated",
    "permissive_licence_only",
    "round_the_clock",
    "downtime_accepted",
];

/// What bounds who may see the data and how it may run.
pub fn bounds(basis: &Basis) -> Vec<InputLine> {
    BOUNDS.into_iter().filter_map(input).map(|input| input_line(basis, input)).collect()
}

/// One input: its value, and where it comes from.
pub fn input_line(basis: &Basis, input: &Input) -> InputLine {
    let scenario = basis.scenario;
    match scenario.is_changed(input.id) {
        true => line(basis, input, stated_by(scenario), Some(default_words(scenario, input))),
        false => line(basis, input, default_origin(basis, input), None),
    }
}

/// Who stated what differs from the defaults.
fn stated_by(scenario: &Scenario) -> String {
    match Preset::of(scenario) {
        Some(example) => format!("example “{}”", example.name),
        None => "stated in this scenario".to_owned(),
    }
}

fn default_words(scenario: &Scenario, input: &Input) -> String {
    said(&value_words(&scenario.default_of(input), input))
}

fn example_words(example: &Preset) -> ExampleWords {
    ExampleWords {
        name: said(example.name),
        story: said(example.story),
        assumptions: example.assumptions.iter().map(|text| said(text)).collect(),
        sources: example.sources.iter().map(|(title, place)| said(&format!("{title}, {place}"))).collect(),
    }
}

fn line(basis: &Basis, input: &Input, origin: String, default: Option<String>) -> InputLine {
    InputLine {
        id: input.id.to_owned(),
        label: said(input.label),
        value: said(&held_words(input, basis.case)),
        unit: unit(input),
        origin: said(&origin),
        default,
    }
}

/// The unit of a number, or what kind of answer it is.
fn unit(input: &Input) -> String {
    let words = match input.kind {
        Kind::Number { unit: Unit::Plain(""), .. } => "number".to_owned(),
        Kind::Number { unit: Unit::Plain(text), .. } => text.to_owned(),
        Kind::Number { unit: Unit::Usd(text), .. } => format!("US dollars {text}"),
        Kind::Number { unit: Unit::Share(text), .. } => format!("% {text}"),
        Kind::Choice { .. } => "choice".to_owned(),
        Kind::Flag => "yes or no".to_owned(),
        Kind::Evidence => "evaluation".to_owned(),
        Kind::Month => "month".to_owned(),
        Kind::Row(_) => "row of the catalogue".to_owned(),
        Kind::Names(_) => "names".to_owned(),
    };
    said(&words)
}

/// Whose default holds.
fn default_origin(basis: &Basis, input: &Input) -> String {
    let policy = basis.scenario.policy().filter(|policy| policy.defaults().any(|(of, _)| of.id == input.id));
    match policy {
        Some(policy) => format!("default of the policy of {}", policy.name()),
        // A blank is no example: nothing is said, or something else holds in its place.
        None if input.source == YOURS && is_unsaid(&(input.get)(&basis.case.inputs)) => {
            match in_force(input.id, basis.case) {
                Some(_) => "not stated; the value beside it holds instead".to_owned(),
                None => "not stated; nothing is assumed".to_owned(),
            }
        }
        None => format!("default: {}", input.source_line()),
    }
}

/// Whether a value is a blank, or a list without names.
fn is_unsaid(value: &Value) -> bool {
    match value {
        Value::Names(names) => names.is_empty(),
        other => *other == Value::Blank,
    }
}

fn own_rows(scenario: &Scenario) -> Vec<String> {
    let words = scenario.rows.rows().iter().map(|row| {
        let key = crate::domain::catalog::own::key_of(row);
        said(&format!("{key}: {}", row.in_words(&key)))
    });
    words.collect()
}

/// The policy in force.
pub fn policy(scenario: &Scenario) -> Option<PolicyLines> {
    scenario.policy().map(|policy| policy_lines(policy))
}

fn policy_lines(policy: &Policy) -> PolicyLines {
    let rules = policy.rules().iter().map(|rule| PolicyRule {
        rule: said(&rule.id),
        effect: said(&rule.as_fired().effect.words()),
        condition: said(&rule.condition()),
        text: said(&rule.reason_unfilled()),
    });
    let defaults = policy.defaults().map(|(input, value)| {
        said(&format!("{}: {} ({})", input.label, value_words(value, input), unit(input)))
    });
    let rows = policy.catalogue().rows_by_id().map(|(id, row)| said(&format!("{id}: {}", row.in_words(id))));
    PolicyLines {
        name: said(policy.name()),
        rules: rules.collect(),
        defaults: defaults.collect(),
        rows: rows.collect(),
    }
}
