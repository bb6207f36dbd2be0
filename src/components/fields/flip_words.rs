//! Values and flips in words, in the unit of their input.

use super::frame::number_words;
use crate::domain::flips::{Flip, Side};
use crate::domain::input::{Evidence, Input, Kind, Value};
use crate::domain::scenario::value_text;

/// A value as it is said in a sentence.
pub fn value_words(value: &Value, record: &Input) -> String {
    match (value, record.kind) {
        (Value::Blank | Value::Evidence(Evidence::Untested), _) => "not set".to_owned(),
        (Value::Number(number), _) => number_words(*number, record),
        (Value::Choice(id), Kind::Choice { options }) => {
            let label = options.iter().find(|(option, _)| option == id).map_or(*id, |(_, label)| label);
            format!("“{label}”")
        }
        (Value::Evidence(Evidence::Counted { correct, total }), _) => format!("{correct} of {total} right"),
        (Value::Names(names), _) if names.is_empty() => "any".to_owned(),
        _ => value_text(record, value),
    }
}

/// From where a flip leads: the present value, or what holds where none is set.
pub fn from_words(flip: &Flip, present: &Value, record: &Input) -> String {
    match (present, flip.from) {
        (Value::Blank, Some(held)) => format!("{} ({})", number_words(held.value, record), held.from),
        _ => value_words(present, record),
    }
}

/// A flip: its value, and whether all beyond it count.
pub fn flip_words(flip: &Flip, record: &Input) -> String {
    let value = value_words(&flip.to, record);
    let (less, more) =
        if matches!(flip.to, Value::Month(_)) { ("earlier", "later") } else { ("less", "more") };
    match flip.side {
        Side::Below => format!("{value} or {less}"),
        Side::Above => format!("{value} or {more}"),
        Side::At => value,
    }
}
