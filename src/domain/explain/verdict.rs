//! The verdict in plain words: a headline, a few sentences with the two decisive numbers, one line for a phone.

mod headline;
mod lede;
mod reservations;

pub use headline::headline;
pub use reservations::price_from_memory;

pub use super::spans::{Role, Span, count, money};
use crate::domain::decide::Decision;
use crate::domain::what_if::{Flip, FlipKind, Relaxation};

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
