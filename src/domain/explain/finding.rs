//! Rules that fired, in words.

use crate::domain::rules::{FindingEffect, Rule, Subject};
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

impl Finding {
    /// What a rule says of a subject for which it fires.
    pub fn of(rule: &Rule, subject: &Subject) -> Finding {
        let fired = rule.as_fired();
        Finding {
            rule: fired.rule,
            role: fired.role,
            effect: fired.effect,
            text: rule.reason_for(subject),
            condition: rule.condition(),
            compared: rule.compared_for(subject),
            source: rule.source.clone(),
        }
    }
}

impl FindingEffect {
    /// What a rule does, in words: "excludes it", "for, strong".
    pub fn words(self) -> String {
        match self {
            FindingEffect::Excludes => "excludes it".to_owned(),
            FindingEffect::PrefersAnother => "prefers another".to_owned(),
            FindingEffect::Needs => "needs".to_owned(),
            FindingEffect::For(strength) => format!("for, {}", strength_words(strength)),
            FindingEffect::Against(strength) => format!("against, {}", strength_words(strength)),
            FindingEffect::Warns => "warning".to_owned(),
            FindingEffect::Notes => "note".to_owned(),
        }
    }
}

/// How strongly a rule speaks, of three, in a word.
pub const fn strength_words(strength: u8) -> &'static str {
    match strength {
        0 | 1 => "weak",
        2 => "clear",
        _ => "strong",
    }
}
