//! The decision table: conditions are data, effects gate or explain (method §10).
//!
//! The rows stand in `rules/rules.json`, one a line, in the form that a policy file may use too.
//! Only excludes, prefers, needs and evidence gate; strengths order and explain.

pub mod analysis;
mod facts;
mod fired;
mod read;
mod region;
mod text;

pub use facts::{CostFacts, FACTS, Fact, FactValue, Range, ReferenceFacts, Subject, tier};
pub use fired::{FindingEffect, Fired};
pub use read::{parse, rule};

use std::sync::LazyLock;

use serde::Deserialize;

use super::strategy::{Exclusion, RuleExclusion, RuleOrigin, RuleRole, Serving, StrategyId};

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
    /// Who wrote it; a file does not say it.
    #[serde(skip)]
    pub origin: RuleOrigin,
}

/// A comparison of a fact.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "read::WrittenCondition")]
pub struct Condition {
    /// The fact.
    pub fact: FactRef,
    /// The comparison.
    pub test: Test,
}

/// A fact by its name; a name that does not exist is refused when the table is read.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct FactRef(&'static Fact);

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
    members: Vec<StrategyId>,
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
    For(#[serde(deserialize_with = "read::strength")] u8),
    /// Speaks against them, strength 1–3.
    Against(#[serde(deserialize_with = "read::strength")] u8),
    /// A warning.
    Warns,
    /// Shown for information.
    Notes,
}

static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| ordered(parse(include_str!("rules/rules.json")).unwrap_or_default()));

/// Rules of the built-in table in the order in which they speak, whatever the order of the table.
pub fn ordered(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| place(a).cmp(&place(b)));
    rules
}

/// The built-in table.
pub fn builtin() -> &'static [Rule] {
    &RULES
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

impl Rule {
    /// Whether it speaks of a strategy.
    pub fn speaks_of(&self, id: StrategyId) -> bool {
        self.on.contains(id)
    }

    /// Whether its conditions hold for a subject.
    pub fn fires(&self, subject: &Subject) -> bool {
        self.when.iter().all(|condition| condition.test.holds((condition.fact.0.read)(subject)))
    }

    /// Whether it can keep a strategy out.
    pub const fn gates(&self) -> bool {
        matches!(self.effect, Effect::Excludes | Effect::Prefers(_))
    }

    /// All its conditions as one sentence.
    pub fn condition(&self) -> String {
        text::conditions(&self.when)
    }

    /// Its reason without anyone's values: facts stand in brackets by their names in words.
    pub fn reason_unfilled(&self) -> String {
        text::unfilled(&self.reason)
    }

    /// What would lift it, in the same form.
    pub fn relax_unfilled(&self) -> Option<String> {
        self.relax.as_ref().map(|relax| text::unfilled(relax))
    }

    /// Its reason with the values of a subject.
    pub fn reason_for(&self, subject: &Subject) -> String {
        text::filled(&self.reason, subject)
    }

    /// What each part of its condition compares: the fact, the user's value, and what that is held against.
    pub fn compared_for(&self, subject: &Subject) -> Vec<String> {
        text::compared(&self.when, subject)
    }

    /// The rule as the decision weighs it, where it fires.
    pub fn as_fired(&self) -> Fired {
        let effect = match &self.effect {
            Effect::Excludes => FindingEffect::Excludes,
            Effect::Prefers(_) => FindingEffect::PrefersAnother,
            Effect::Needs => FindingEffect::Needs,
            Effect::For(strength) => FindingEffect::For(*strength),
            Effect::Against(strength) => FindingEffect::Against(*strength),
            Effect::Warns => FindingEffect::Warns,
            Effect::Notes => FindingEffect::Notes,
        };
        Fired { rule: self.id.clone(), role: self.role, effect }
    }

    /// Why a subject is out by this rule.
    pub fn exclusion(&self, subject: &Subject) -> Exclusion {
        Exclusion::Rule(RuleExclusion {
            id: self.id.clone(),
            role: self.role,
            origin: self.origin,
            text: text::filled(&self.reason, subject),
            relax: self.relax.as_ref().map(|relax| text::wish(relax, subject)),
        })
    }
}

/// Order of the groups of the built-in table, by the first letter of an id: the order of reasons.
const GROUPS: &str = "PFMHLTDUSXABQE";

/// The rules that fire for a subject, in the order in which they speak.
pub fn fired<'a>(rules: &'a [Rule], subject: &Subject) -> Vec<&'a Rule> {
    let id = subject.built.strategy.id;
    let fires = |rule: &&Rule| rule.speaks_of(id) && rule.fires(subject);
    rules.iter().filter(fires).collect()
}

/// Where a rule of the table speaks: its group, then its id.
fn place(rule: &Rule) -> (Option<usize>, &str) {
    (GROUPS.find(|letter| rule.id.starts_with(letter)), rule.id.as_str())
}

#[cfg(test)]
mod tests;
