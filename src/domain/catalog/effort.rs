//! People and process defaults: hours, labels, lead times, with their ranges.

use serde::{Deserialize, Serialize};

use super::table::filled;
use super::{Confidence, Provenance};
use crate::domain::units::YearMonth;
use crate::domain::units::words::{count_exact, share_exact};

/// What a default rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// Assumed for this tool, the user's to change.
    #[serde(rename = "assumption")]
    Assumption,
    /// Derived from a secondary source.
    #[serde(rename = "secondary source")]
    SecondarySource,
}

impl Basis {
    /// Words for the page and the report.
    pub const fn label(self) -> &'static str {
        match self {
            Basis::Assumption => "assumption",
            Basis::SecondarySource => "secondary source",
        }
    }
}

/// One default with its range, `low` ≤ `likely` ≤ `high` in `unit`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Key; unique in the table.
    #[serde(deserialize_with = "filled")]
    pub id: String,
    /// Part of a strategy that needs it.
    #[serde(deserialize_with = "filled")]
    pub part: String,
    /// Low end.
    pub low: f64,
    /// Default.
    pub likely: f64,
    /// High end.
    pub high: f64,
    /// Unit in words.
    #[serde(deserialize_with = "filled")]
    pub unit: String,
    /// What it rests on.
    pub basis: Basis,
    /// Where it was read; blank for assumptions without a document.
    pub source: Option<String>,
    /// How the figure was derived.
    pub note: Option<String>,
}

impl Effort {
    /// A value of it in words: shares as percentages, the rest as it is.
    pub fn number_words(&self, number: f64) -> String {
        if self.unit.starts_with("share") { share_exact(number) } else { count_exact(number) }
    }

    /// Its unit in words.
    pub fn unit_words(&self) -> String {
        self.unit.replace("usd_per", "$ per").replace("share_of", "share of").replace('_', " ")
    }
}

impl Provenance for Effort {
    fn source(&self) -> &str {
        self.source.as_deref().unwrap_or("assumption of this tool")
    }

    fn as_of(&self) -> Option<YearMonth> {
        None
    }

    /// An assumption counts as the weakest support, even with a document beside it.
    fn confidence(&self) -> Confidence {
        match self.basis {
            Basis::Assumption => Confidence::Recall,
            Basis::SecondarySource => Confidence::Secondary,
        }
    }
}
