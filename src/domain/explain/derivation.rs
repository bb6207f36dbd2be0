//! How the amounts of a ledger came about.

/// How one amount of the ledger came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// Which line it explains.
    pub line: crate::domain::cost::Line,
    /// The computation in words with the user's numbers.
    pub text: String,
    /// The formula's name in the method, such as "method §4".
    pub formula: &'static str,
    /// Title, date and confidence of the prices used.
    pub source: String,
}
