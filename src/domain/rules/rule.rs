//! A rule as data: whom it speaks of, its conditions and its effect, and how each is written in a file.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::facts::{FACTS, Fact, FactValue};
use crate::domain::strategy::{RuleOrigin, RuleRole, Serving, StrategyId};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a rule")]
pub struct Rule {
    /// Name of the rule.
    pub id: String,
    /// Strategies it speaks of: keys, or a set such as `tuned`.
    pub on: Selection,
    /// Conditions, all of which must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// What it does.
    pub effect: Effect,
    /// The reason; `{fact}` is replaced by the user's value.
    pub reason: String,
    /// What would lift it, if anything would.
    pub relax: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// What code knows it by, if it speaks of it.
    pub role: Option<RuleRole>,
    /// Whether it speaks of building a strategy, so that it says nothing of what is in use today.
    #[serde(default)]
    pub building: bool,
    /// Who wrote it; a file does not say it.
    #[serde(skip)]
    pub origin: RuleOrigin,
}

/// A comparison of a fact.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "WrittenCondition")]
pub struct Condition {
    /// The fact.
    pub fact: FactRef,
    /// The comparison.
    pub test: Test,
}

/// A fact by its name; a name that does not exist is refused when the table is read.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct FactRef(pub(super) &'static Fact);

impl FactRef {
    /// The fact itself.
    pub const fn fact(self) -> &'static Fact {
        self.0
    }
}

impl PartialEq for FactRef {
    fn eq(&self, other: &FactRef) -> bool {
        self.0.id == other.0.id
    }
}

impl std::fmt::Debug for FactRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.id)
    }
}

/// Strategies by key or set; a name that stands for none is refused when the table is read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Selection {
    pub(super) members: Vec<StrategyId>,
}

impl Selection {
    /// One strategy.
    pub fn of(id: StrategyId) -> Selection {
        Selection { members: vec![id] }
    }

    /// Whether it holds a strategy.
    pub fn contains(&self, id: StrategyId) -> bool {
        self.members.contains(&id)
    }

    /// Each of them once, by rung.
    pub fn ids(&self) -> impl Iterator<Item = StrategyId> {
        StrategyId::ALL.into_iter().filter(|id| self.contains(*id))
    }
}

/// How a fact is compared. An unknown fact passes none but `known: false`.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Equal to a word, or yes or no.
    Is(Word),
    /// One of several words.
    OneOf(Vec<String>),
    /// At least a number.
    AtLeast(f64),
    /// At most a number.
    AtMost(f64),
    /// Less than a number.
    Below(f64),
    /// More than a number.
    Above(f64),
    /// Known at all.
    Known(bool),
}

/// A word or a yes or no.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "a word, true or false is needed")]
pub enum Word {
    /// Yes or no.
    Flag(bool),
    /// The id of a choice.
    Text(String),
}

/// What a rule does to the strategies it speaks of.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// They are out.
    Excludes,
    /// Another is preferred: they are out while it survives, unless they are measured to meet and it is not.
    Prefers(String),
    /// They need something that money buys.
    Needs,
    /// Speaks for them, strength 1–3.
    For(#[serde(deserialize_with = "strength")] u8),
    /// Speaks against them, strength 1–3.
    Against(#[serde(deserialize_with = "strength")] u8),
    /// A warning.
    Warns,
    /// Shown for information.
    Notes,
}

impl Test {
    /// Whether a value passes.
    pub fn holds(&self, value: FactValue) -> bool {
        match (self, value) {
            (Test::Known(wanted), value) => *wanted != (value == FactValue::Unknown),
            (Test::Is(Word::Flag(wanted)), FactValue::Flag(flag)) => *wanted == flag,
            (Test::Is(Word::Text(wanted)), FactValue::Text(text)) => wanted == text,
            (Test::OneOf(words), FactValue::Text(text)) => words.iter().any(|word| word == text),
            (Test::AtLeast(bound), FactValue::Number(number)) => number >= *bound,
            (Test::AtMost(bound), FactValue::Number(number)) => number <= *bound,
            (Test::Below(bound), FactValue::Number(number)) => number < *bound,
            (Test::Above(bound), FactValue::Number(number)) => number > *bound,
            _ => false,
        }
    }
}

/// Strategies that a name in [`Rule::on`] stands for.
pub fn members(name: &str) -> Vec<StrategyId> {
    let where_ = |test: fn(StrategyId) -> bool| StrategyId::ALL.into_iter().filter(|id| test(*id)).collect();
    match name {
        "all" => StrategyId::ALL.to_vec(),
        "tuned" => where_(|id| id.strategy().adaptation.is_tuned()),
        "prompted" => where_(|id| id.strategy().is_prompted()),
        "own-gpus" => where_(|id| id.strategy().serving == Serving::OwnGpus),
        "providers" => where_(|id| id.strategy().uses_provider()),
        "api" => where_(|id| id.strategy().serving == Serving::ProviderApi),
        key => StrategyId::from_key(key).into_iter().collect(),
    }
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
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a condition")]
struct WrittenCondition {
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
fn strength<'de, D: Deserializer<'de>>(json: D) -> Result<u8, D::Error> {
    let strength = u8::deserialize(json)?;
    let is_known = (1..=3).contains(&strength);
    is_known.then_some(strength).ok_or_else(|| D::Error::custom("a strength is 1, 2 or 3"))
}
