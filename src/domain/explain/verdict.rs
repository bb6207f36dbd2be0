//! The verdict in plain words: a headline, a few sentences with the two decisive numbers, one line for a phone.

mod headline;
mod lede;
mod reservations;

pub use headline::headline;

use crate::domain::decide::Decision;
use crate::domain::what_if::{Flip, FlipKind, Relaxation};

/// A run of text with a role: the page colours it, a report does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// What they are.
    pub role: Role,
}

/// The role of a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain words.
    Plain,
    /// A number or name of the verdict.
    Verdict,
    /// A number or name of its best rival.
    Rival,
    /// Stressed.
    Strong,
}

/// What is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The headline, such as "Keep prompting an API model."
    pub headline: String,
    /// The two decisive numbers and the pilots in a few sentences.
    pub lede: Vec<Span>,
    /// One line for a narrow screen.
    pub short: String,
}

/// Dollars as a verdict says them: two or three digits with a magnitude.
pub use crate::domain::units::words::{count_words as count, usd_short as money};

fn plain(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Plain }
}

fn verdict_span(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Verdict }
}

fn rival_span(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Rival }
}

fn strong(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Strong }
}

/// Put the decision into words.
pub fn verdict(decision: &Decision, relaxations: &[Relaxation]) -> Verdict {
    let named = decision.named_outcome();
    Verdict {
        headline: headline(&named),
        lede: lede::lede(decision, relaxations),
        short: headline::short(&named),
    }
}

impl FlipKind {
    /// What changes, in words.
    pub const fn label(self) -> &'static str {
        match self {
            FlipKind::Use => "changes what to use",
            FlipKind::Trial => "changes only what to try",
        }
    }
}

impl Flip {
    /// The verdict there, in a few words.
    pub fn verdict(&self) -> String {
        headline::short(&self.there)
    }
}
