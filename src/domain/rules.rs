//! The decision table: conditions are data, effects gate or explain (method §10).
//!
//! The rows stand in `rules/rules.json`, one a line, in the form that a policy file may use too.
//! Only excludes, prefers, needs and evidence gate; strengths order and explain.

pub mod analysis;
mod facts;
mod fired;
mod read;
mod region;
mod rule;
mod subject;
mod text;

pub use facts::{FACTS, Fact, FactValue, Range};
pub use fired::{FindingEffect, Fired};
pub use read::{parse, rule};
pub use rule::{Condition, Effect, FactRef, Rule, Selection, Test, Word, members};
pub use subject::{CostFacts, OnDemand, ProviderLatency, ReferenceFacts, Subject, TaskFacts};

use std::sync::LazyLock;

use super::effort::in_use;
use super::strategy::{Exclusion, RuleExclusion, StrategyId};

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

/// The rules that fire for a subject, in the order in which they speak; those about building it are silent on what is
/// in use today.
pub fn fired<'a>(rules: &'a [Rule], subject: &Subject) -> Vec<&'a Rule> {
    let id = subject.strategy.id;
    let is_built = in_use(subject.inputs) == Some(id);
    let fires = |rule: &&Rule| rule.speaks_of(id) && !(rule.building && is_built) && rule.fires(subject);
    rules.iter().filter(fires).collect()
}

/// Where a rule of the table speaks: its group, then its id.
fn place(rule: &Rule) -> (Option<usize>, &str) {
    (GROUPS.find(|letter| rule.id.starts_with(letter)), rule.id.as_str())
}

#[cfg(test)]
mod tests;
