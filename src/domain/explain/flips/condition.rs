//! The condition that a flip is: one input beyond a value, or at one.

use super::phrases::{of_choice, of_evidence, of_number};
use crate::domain::case::Case;
use crate::domain::catalog::{model_name, provider_name};
use crate::domain::evidence::Evidence;
use crate::domain::input::{Input, Kind, Value, value_text};
use crate::domain::strategy::StrategyId;
use crate::domain::units::Unit;
use crate::domain::units::words::{GAP, count_exact, lower_first, share_exact, usd_rate};
use crate::domain::what_if::{Flip, Side};

/// From here on dollars carry no cents.
const WHOLE_DOLLARS: f64 = 10.0;

/// The condition, as the beginning of a sentence.
pub(super) fn condition(flip: &Flip, record: &Input, case: &Case) -> String {
    match (&flip.to, record.kind) {
        (Value::Number(number), Kind::Number { unit, .. }) => of_count(flip.side, *number, unit, record),
        (Value::Evidence(Evidence::Counted { correct, total }), _) => {
            let who = who(record, case);
            let right = format!("{correct} of {total}");
            format!("If {who} gets {right} right{}", beyond(flip.side, true))
        }
        (Value::Choice(option), Kind::Choice { options }) => chosen(record, option, options),
        (Value::Flag(true), _) => format!("If {}", lower_first(record.label)),
        (Value::Flag(false), _) => format!("Unless {}", lower_first(record.label)),
        (Value::Month(month), _) => {
            let side = match flip.side {
                Side::Below => " or earlier",
                Side::Above => " or later",
                Side::At => "",
            };
            format!("Starting in {}{side}", month.words())
        }
        (Value::Row(id), _) => of_row(record, id),
        (Value::Names(names), _) => of_names(record, names, &(record.get)(&case.inputs)),
        (value, _) => format!("With “{}” at {}", record.label, said(value, record)),
    }
}

fn of_count(side: Side, number: f64, unit: Unit, record: &Input) -> String {
    let value = bare(number, unit);
    match of_number(record.id) {
        Some(phrase) => {
            format!("{}{value}{}{}", phrase.before, phrase.behind(number), beyond(side, phrase.counts))
        }
        None => {
            let value = said(&Value::Number(number), record);
            format!("With “{}” at {value}{}", record.label, beyond(side, false))
        }
    }
}

fn beyond(side: Side, counts: bool) -> &'static str {
    match (side, counts) {
        (Side::Below, true) => " or fewer",
        (Side::Below, false) => " or less",
        (Side::Above, _) => " or more",
        (Side::At, _) => "",
    }
}

/// Whose right answers are counted.
fn who(record: &Input, case: &Case) -> String {
    let models = &case.inputs.models;
    match record.id {
        "evidence_small" => model_name(&models.small_api_model).to_owned(),
        "evidence_open" => model_name(&models.open_model).to_owned(),
        id => of_evidence(id).map_or_else(|| format!("“{}”", record.label), str::to_owned),
    }
}

fn chosen(record: &Input, option: &str, options: &[(&'static str, &'static str)]) -> String {
    let label = options.iter().find(|(id, _)| *id == option).map_or(option, |(_, label)| label);
    let in_use = StrategyId::from_key(option).filter(|_| record.id == "today");
    match of_choice(record.id, option) {
        Some(words) => words.to_owned(),
        None if record.id == "task" => format!("If the task is to {}", lower_first(label)),
        None => in_use.map_or_else(
            || format!("With “{}” set to “{label}”", record.label),
            |id| format!("If {} is in use today", id.strategy().noun),
        ),
    }
}

fn of_row(record: &Input, id: &str) -> String {
    let label = lower_first(record.label);
    match (id, label.ends_with(" at")) {
        ("auto", _) => format!("With “{}” left open", record.label),
        (_, true) => format!("With {label} {id}"),
        (_, false) => format!("With {id} as the {label}"),
    }
}

/// One name is taken in or left out.
fn of_names(record: &Input, names: &[String], before: &Value) -> String {
    let before: &[String] = if let Value::Names(before) = before { before } else { &[] };
    let added = names.iter().find(|name| !before.contains(name));
    let dropped = before.iter().find(|name| !names.contains(name));
    let (word, name) = match (added, dropped) {
        (Some(name), _) => ("With", name.as_str()),
        (None, Some(name)) => ("Without", name.as_str()),
        (None, None) => ("With", "no name"),
    };
    match record.id {
        "contracted_providers" => format!("{word} {} under contract", provider_name(name)),
        _ => format!("{word} {name} in “{}”", record.label),
    }
}

/// A number without the words of its unit.
pub(super) fn bare(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Usd(_) if number >= WHOLE_DOLLARS => format!("${}", count_exact(number)),
        Unit::Usd(_) => usd_rate(number),
        Unit::Share(_) => share_exact(number),
        Unit::Plain(_) => count_exact(number),
    }
}

/// A value with its unit, as it stands in a sentence.
pub(super) fn said(value: &Value, record: &Input) -> String {
    match (value, record.kind) {
        (Value::Number(number), Kind::Number { unit, .. }) => {
            let (bare, words) = (bare(*number, unit), unit.suffix());
            if words.is_empty() { bare } else { format!("{bare}{GAP}{words}") }
        }
        (Value::Choice(id), Kind::Choice { options }) => {
            let label = options.iter().find(|(option, _)| option == id).map_or(*id, |(_, label)| label);
            format!("“{label}”")
        }
        (Value::Blank | Value::Evidence(Evidence::Untested), _) => "not set".to_owned(),
        (Value::Evidence(Evidence::Counted { correct, total }), _) => format!("{correct} of {total} right"),
        (Value::Names(names), _) if names.is_empty() => "no name".to_owned(),
        (Value::Names(names), _) if record.id == "contracted_providers" => {
            names.iter().map(|name| provider_name(name)).collect::<Vec<_>>().join(", ")
        }
        (Value::Month(month), _) => month.words(),
        (value, _) => value_text(record, value),
    }
}
