//! Units, values, ranges and flips in words, in the unit of their input.

use crate::domain::case::Case;
use crate::domain::catalog::choice::NameTable;
use crate::domain::catalog::provider_name;
use crate::domain::evidence::Evidence;
use crate::domain::input::{Input, Kind, Value, value_text};
use crate::domain::units::words::GAP;
use crate::domain::units::{Unit, format_number};
use crate::domain::what_if::{Flip, Side, in_force};

/// The currency, in front of a number.
pub fn sign_words(record: &Input) -> Option<&'static str> {
    matches!(record.kind, Kind::Number { unit: Unit::Usd(_), .. }).then_some("$")
}

/// What stands behind a number: its unit, without the sign that is written with it.
pub fn behind_words(record: &Input) -> Option<&'static str> {
    let Kind::Number { unit, .. } = record.kind else { return None };
    Some(unit.suffix()).filter(|words| !words.is_empty())
}

/// What counts while a field is wrong.
pub fn until_words(value: &Value, record: &Input) -> String {
    match value {
        Value::Blank | Value::Evidence(Evidence::Untested) => "Until then it counts as not set.".to_owned(),
        _ => format!("Until then {} counts.", value_words(value, record)),
    }
}

/// The unit as it stands behind the label.
pub fn unit_words(record: &Input) -> Option<String> {
    let Kind::Number { unit, .. } = record.kind else { return None };
    let words = match unit {
        Unit::Plain(text) => text.to_owned(),
        Unit::Share(text) => format!("% {text}"),
        Unit::Usd(text) => format!("$ {text}"),
    };
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// A number in the unit of its input, with the currency sign.
pub fn number_words(number: f64, record: &Input) -> String {
    let text = match record.kind {
        Kind::Number { unit: unit @ Unit::Usd(_), .. } => {
            format!("${}", in_cents(format_number(number, unit)))
        }
        Kind::Number { unit, .. } => format_number(number, unit),
        _ => number.to_string(),
    };
    // In a field stands what the keyboard writes; in a sentence, a true minus, and no break before the sign.
    text.replace('-', "−").replace(" %", &format!("{GAP}%"))
}

/// An amount with a second digit behind the point where it has one: `0.10`.
fn in_cents(mut amount: String) -> String {
    if amount.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 1) {
        amount.push('0');
    }
    amount
}

/// The plausible range.
pub fn usual_words(record: &Input) -> Option<String> {
    let (low, high) = record.plausible_range()?;
    Some(format!("{} to {}", number_words(low, record), number_words(high, record)))
}

/// A default as it would be said.
pub fn default_words(value: &Value, record: &Input) -> String {
    let text = value_text(record, value);
    match record.kind {
        _ if text.is_empty() => "blank".to_owned(),
        Kind::Choice { options } => {
            options.iter().find(|(id, _)| *id == text).map_or(text, |(_, label)| format!("“{label}”"))
        }
        Kind::Number { unit: Unit::Usd(_), .. } => format!("${text}"),
        _ => text,
    }
}

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

/// The value of an input in a case, with what holds in its place where none is set.
pub fn held_words(record: &Input, case: &Case) -> String {
    let value = (record.get)(&case.inputs);
    match (&value, record.kind) {
        (Value::Blank, _) => match in_force(record.id, case) {
            Some(held) => {
                format!("not set; {} ({})", value_words(&Value::Number(held.value), record), held.from)
            }
            None => value_words(&value, record),
        },
        (Value::Names(names), Kind::Names(NameTable::Providers)) if names.is_empty() => {
            "none named".to_owned()
        }
        (Value::Names(names), Kind::Names(NameTable::Providers)) => {
            names.iter().map(|name| provider_name(name)).collect::<Vec<_>>().join(", ")
        }
        _ => value_words(&value, record),
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

/// A value with its unit, as it is spoken: "150,000 a month".
pub fn spoken_words(value: &Value, record: &Input) -> String {
    let suffix = match (value, record.kind) {
        (Value::Number(_), Kind::Number { unit, .. }) => unit.suffix(),
        _ => "",
    };
    format!("{} {suffix}", value_words(value, record)).trim_end().to_owned()
}
