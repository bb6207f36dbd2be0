//! One derivation, and how its words write rows and counts.

use crate::domain::catalog::Provenance;
use crate::domain::cost::Line;
use crate::domain::units::{Unit, format_number};

/// How one amount of the ledger came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// Which line it explains.
    pub line: Line,
    /// The computation in words with the user's numbers.
    pub text: String,
    /// The formula's name in the method, such as "method §4".
    pub formula: &'static str,
    /// Title, date and confidence of the prices used.
    pub source: String,
}

/// Title, date and confidence of a row.
pub(super) fn provenance(row: &impl Provenance) -> String {
    let as_of = row.as_of().map_or_else(|| "undated".to_owned(), |month| month.to_string());
    format!("{}, {as_of}, {}", row.source(), row.confidence().label())
}

/// A count with thousands separators and no decimals.
pub(super) fn grouped(number: f64) -> String {
    format_number(libm::round(number), Unit::Plain(""))
}
