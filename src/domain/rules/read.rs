//! Reading a table of rules: every word must be known, or the whole table is refused.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::{Condition, FACTS, FactRef, Rule, Selection, Test, Word, members};
use crate::domain::units::read_json;

/// Read a table: a JSON list of rules.
///
/// # Errors
/// A sentence about the first rule that cannot be read.
pub fn parse(text: &str) -> Result<Vec<Rule>, String> {
    let rules: Vec<Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    rules.iter().map(rule).collect()
}

/// Read one rule.
///
/// # Errors
/// What is wrong with it and where: `there is no fact “weather” (when[0].fact)`.
pub fn rule(json: &Value) -> Result<Rule, String> {
    read_json(json)
}

impl TryFrom<Vec<String>> for Selection {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Selection, String> {
        match names.iter().find(|name| members(name).is_empty()) {
            Some(name) => Err(format!("there is no strategy or set “{name}”")),
            None => Ok(Selection { members: names.iter().flat_map(|name| members(name)).collect() }),
        }
    }
}

impl TryFrom<String> for FactRef {
    type Error = String;

    fn try_from(name: String) -> Result<FactRef, String> {
        let fact = FACTS.iter().find(|fact| fact.id == name);
        fact.map(FactRef).ok_or_else(|| format!("there is no fact “{name}”"))
    }
}

/// A condition as it is written: a fact and one test, for example `{"fact": "labels", "below": 50}`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a condition")]
pub(super) struct WrittenCondition {
    fact: FactRef,
    is: Option<Word>,
    one_of: Option<Vec<String>>,
    at_least: Option<f64>,
    at_most: Option<f64>,
    below: Option<f64>,
    above: Option<f64>,
    known: Option<bool>,
}

impl TryFrom<WrittenCondition> for Condition {
    type Error = String;

    fn try_from(written: WrittenCondition) -> Result<Condition, String> {
        let WrittenCondition { fact, is, one_of, at_least, at_most, below, above, known } = written;
        let tests = [
            is.map(Test::Is),
            one_of.map(Test::OneOf),
            at_least.map(Test::AtLeast),
            at_most.map(Test::AtMost),
            below.map(Test::Below),
            above.map(Test::Above),
            known.map(Test::Known),
        ];
        let mut tests = tests.into_iter().flatten();
        match (tests.next(), tests.next()) {
            (Some(test), None) => Ok(Condition { fact, test }),
            _ => Err(format!("“{}” must have one test", fact.fact().id)),
        }
    }
}

/// A strength from 1 to 3.
///
/// # Errors
/// Where it is another number or none.
pub(super) fn strength<'de, D: Deserializer<'de>>(json: D) -> Result<u8, D::Error> {
    let strength = u8::deserialize(json)?;
    let is_known = (1..=3).contains(&strength);
    is_known.then_some(strength).ok_or_else(|| D::Error::custom("a strength is 1, 2 or 3"))
}
