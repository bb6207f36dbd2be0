//! An entry: what stands in a field, as it is kept in a scenario, typed as a text, and read as a value.

use serde::{Deserialize, Serialize};

use super::{Input, Kind, Value};
use crate::domain::catalog::Catalog;
use crate::domain::catalog::choice::{find_names, find_row, shortened};
use crate::domain::evidence::Evidence;
use crate::domain::units::{NumberError, Unit, YearMonth, format_number, parse_number};

/// What somebody entered into a field: typed, or put there by a link, a file or a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "It must be a number, a text, true or false.")]
pub enum Entry {
    /// Yes or no.
    Flag(bool),
    /// A number in the unit of the input; shares are fractions of one.
    Number(f64),
    /// An option, a row, a month, a measurement, or a text still to be mended.
    Text(String),
}

impl Entry {
    /// A value as it is kept in a scenario.
    pub fn of(value: &Value) -> Entry {
        match value {
            Value::Number(number) => Entry::Number(*number),
            Value::Flag(flag) => Entry::Flag(*flag),
            Value::Blank => Entry::Text(String::new()),
            Value::Choice(id) => Entry::Text((*id).to_owned()),
            Value::Evidence(evidence) => Entry::Text(evidence.format()),
            Value::Month(month) => Entry::Text(month.to_string()),
            Value::Row(id) => Entry::Text(id.clone()),
            Value::Names(names) => Entry::Text(names.join(", ")),
        }
    }

    /// A typed text: a readable number becomes one, all else stays a text.
    pub fn typed(record: &Input, text: &str) -> Entry {
        match record.kind {
            Kind::Number { unit, .. } => match parse_number(text, unit) {
                // A part of one stays as it was typed, so that it can be refused.
                Ok(number) if record.counted && !is_whole(number) => Entry::Text(text.to_owned()),
                Ok(number) => Entry::Number(number),
                Err(_) => Entry::Text(text.to_owned()),
            },
            Kind::Flag => match text {
                "yes" => Entry::Flag(true),
                "no" => Entry::Flag(false),
                other => Entry::Text(other.to_owned()),
            },
            _ => Entry::Text(text.to_owned()),
        }
    }

    /// The value that it stands for, checked against kind and range of the input; rows are those of a catalogue.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence for the person who typed it.
    pub fn read(&self, record: &Input, catalog: &Catalog) -> Result<Value, String> {
        let value = self.read_in_any_range(record, catalog)?;
        check_range(record, &value)?;
        Ok(value)
    }

    /// The same for a value that may lie outside the range of the input.
    ///
    /// # Errors
    /// Why it is no value of this kind.
    pub fn read_in_any_range(&self, record: &Input, catalog: &Catalog) -> Result<Value, String> {
        match (record.kind, self) {
            (Kind::Number { .. }, Entry::Number(number)) => Ok(Value::Number(*number)),
            (Kind::Number { unit, optional, .. }, Entry::Text(text)) => match parse_number(text, unit) {
                Ok(number) if record.counted && !is_whole(number) => Err(WHOLE.to_owned()),
                Ok(number) => Ok(Value::Number(number)),
                Err(NumberError::Empty) if optional => Ok(Value::Blank),
                Err(NumberError::Unreadable) => {
                    Err(format!("“{}” is not a number. Write {}.", shortened(text), example(unit)))
                }
                Err(error) => Err(error.sentence(example(unit))),
            },
            (Kind::Flag, Entry::Flag(flag)) => Ok(Value::Flag(*flag)),
            (Kind::Choice { options }, Entry::Text(text)) => options
                .iter()
                .find(|(id, _)| id == text)
                .map(|(id, _)| Value::Choice(id))
                .ok_or_else(|| format!("“{}” is not one of the options.", shortened(text))),
            (Kind::Evidence, Entry::Text(text)) => Evidence::parse(text).map(Value::Evidence),
            (Kind::Evidence, Entry::Number(share)) => {
                Evidence::parse(&share.to_string()).map(Value::Evidence)
            }
            (Kind::Month, Entry::Text(text)) => text
                .parse::<YearMonth>()
                .map(Value::Month)
                .map_err(|_| "Write a month as 2026-12.".to_owned()),
            (Kind::Row(table), Entry::Text(text)) => find_row(table, text, catalog).map(Value::Row),
            (Kind::Names(table), Entry::Text(text)) => find_names(table, text, catalog).map(Value::Names),
            _ => Err("This kind of value does not belong here.".to_owned()),
        }
    }
}

/// A value as it is written in a field; numbers with separators, choices by id.
pub fn value_text(record: &Input, value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => format_number(*number, unit_of(record)),
        Value::Choice(id) => (*id).to_owned(),
        Value::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Value::Evidence(Evidence::Stated(share)) => format_number(*share, Unit::Share("")),
        Value::Evidence(evidence) => evidence.format(),
        Value::Month(month) => month.to_string(),
        Value::Row(id) => id.clone(),
        Value::Names(names) => names.join(", "),
    }
}

/// Said of a part of something that is only whole.
const WHOLE: &str = "Must be a whole number.";

fn is_whole(number: f64) -> bool {
    libm::floor(number) == number
}

/// Forms that would do in a field of this unit.
const fn example(unit: Unit) -> &'static str {
    match unit {
        Unit::Share(_) => "8 or 8 %",
        Unit::Usd(_) => "1.50, 60000, 60k or 1.2M",
        Unit::Plain(_) => "60000, 60k or 1.2M",
    }
}

fn unit_of(record: &Input) -> Unit {
    match record.kind {
        Kind::Number { unit, .. } => unit,
        _ => Unit::Plain(""),
    }
}

fn check_range(record: &Input, value: &Value) -> Result<(), String> {
    match (record.kind, value) {
        (Kind::Number { unit, min, max, whole, .. }, Value::Number(number)) => {
            if !(*number >= min && *number <= max) {
                return Err(format!(
                    "Must lie between {} and {}.",
                    format_number(min, unit),
                    format_number(max, unit)
                ));
            }
            if whole && !is_whole(*number) {
                return Err(WHOLE.to_owned());
            }
            Ok(())
        }
        (Kind::Month, Value::Month(month)) if !(2026..=2040).contains(&month.year) => {
            Err("Must lie between 2026-01 and 2040-12.".to_owned())
        }
        _ => Ok(()),
    }
}
