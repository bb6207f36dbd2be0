//! Rules that fired, as the decision weighs them.

use crate::domain::strategy::RuleRole;

/// A rule that fired for a strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct Fired {
    /// Id of the rule.
    pub rule: String,
    /// What code knows the rule by, if it speaks of it.
    pub role: Option<RuleRole>,
    /// What it does.
    pub effect: FindingEffect,
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
