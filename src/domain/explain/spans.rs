//! Runs of text with a role, of which the verdict is made.

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

/// Dollars as a verdict says them: two or three digits with a magnitude.
pub use crate::domain::units::words::{count_words as count, usd_short as money};

/// A run of text in this role.
pub fn plain(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Plain }
}

/// A run of text in this role.
pub fn verdict_span(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Verdict }
}

/// A run of text in this role.
pub fn rival_span(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Rival }
}

/// A run of text in this role.
pub fn strong(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Strong }
}
