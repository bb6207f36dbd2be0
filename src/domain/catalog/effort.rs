//! People and process defaults: hours, labels, lead times, with their ranges.

use serde::{Deserialize, Serialize};

use super::table::{table_row, word_cell};
use super::{Confidence, Provenance};
use crate::domain::quantity::YearMonth;

word_cell! {
    /// What a default rests on.
    pub enum Basis {
        /// Assumed for this tool, the user's to change.
        Assumption = "assumption",
        /// Derived from a secondary source.
        SecondarySource = "secondary source",
    }
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

table_row! {
    /// One default with its range, `low` ≤ `likely` ≤ `high` in `unit`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub struct Effort {
        /// Key; unique in the table.
        pub id: String,
        /// Part of a strategy that needs it.
        pub part: String,
        /// Low end.
        pub low: f64,
        /// Default.
        pub likely: f64,
        /// High end.
        pub high: f64,
        /// Unit in words.
        pub unit: String,
        /// What it rests on.
        pub basis: Basis,
        /// Where it was read; blank for assumptions without a document.
        pub source: Option<String>,
        /// How the figure was derived.
        pub note: Option<String>,
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
