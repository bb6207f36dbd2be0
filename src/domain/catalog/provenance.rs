//! Where a row of the catalogue comes from, and how far it can be trusted.

use serde::{Deserialize, Serialize};

use crate::domain::units::YearMonth;

/// How well a fact is supported; ordered, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Entered by the user, in this scenario only; nobody checked it.
    Own,
    /// Stated by the policy of an organisation; nobody checked it.
    Policy,
    /// From memory, unverified.
    Recall,
    /// Quoted in a secondary source.
    Secondary,
    /// Read in the named source.
    Read,
    /// Two independent sources agree.
    ReadCrossChecked,
}

impl Confidence {
    /// Words for the page and the report.
    pub const fn label(self) -> &'static str {
        match self {
            Confidence::Own => "yours, not checked",
            Confidence::Policy => "the policy’s, not checked",
            Confidence::Recall => "from memory, unverified",
            Confidence::Secondary => "secondary source",
            Confidence::Read => "read in the source",
            Confidence::ReadCrossChecked => "two sources agree",
        }
    }

    /// Whether somebody entered it, in place of what the built-in tables say.
    pub const fn is_entered(self) -> bool {
        matches!(self, Confidence::Own | Confidence::Policy)
    }

    /// The weakest of several parts of a row; parts not stated do not count, none stated is memory.
    pub(super) fn weakest(parts: &[Option<Confidence>]) -> Confidence {
        parts.iter().flatten().min().copied().unwrap_or(Confidence::Recall)
    }
}

/// What every row of every table can say about itself.
pub trait Provenance {
    /// Title of the document the row was read in, with its version or date.
    fn source(&self) -> &str;

    /// Month in which the source showed the values.
    ///
    /// `None` where the table has no such date: the row then stands as compiled on
    /// [`CATALOG_DATE`](super::CATALOG_DATE).
    fn as_of(&self) -> Option<YearMonth>;

    /// Support of the weakest part of the row.
    fn confidence(&self) -> Confidence;
}
