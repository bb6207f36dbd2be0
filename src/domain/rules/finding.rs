//! What a rule says of a strategy for which it fires.

use crate::domain::strategy::RuleRole;

/// A rule that fired.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Id of the rule.
    pub rule: String,
    /// What code knows the rule by, if it speaks of it.
    pub role: Option<RuleRole>,
    /// What it does.
    pub effect: FindingEffect,
    /// The reason with the user's numbers.
    pub text: String,
    /// The condition in words.
    pub condition: String,
    /// What each part of it compares: the fact, the user's value, and what that is held against.
    pub compared: Vec<String>,
    /// Where the rule comes from.
    pub source: String,
}

/// What a fired rule does to a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingEffect {
    /// It is out.
    Excludes,
    /// Another one is preferred to it while that one survives.
    PrefersAnother,
    /// It needs something money can buy, which is costed.
    Needs,
    /// Speaks for it, strength 1–3.
    For(u8),
    /// Speaks against it, strength 1–3.
    Against(u8),
    /// A warning.
    Warns,
    /// Shown for information: an advantage or a fact of the guide.
    Notes,
}
