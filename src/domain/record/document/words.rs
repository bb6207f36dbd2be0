//! Words that stand in several places of the document.

use crate::domain::record::data::Record;
use crate::domain::units::words::{capital, counted, share_exact};

/// What the record was made with.
pub fn versions(record: &Record) -> String {
    let versions = &record.versions;
    format!(
        "Tunewise, inputs version {}, catalogue version {} of {}, method version {}",
        versions.inputs, versions.catalogue, versions.catalogue_date, versions.method
    )
}

/// What every sum of money is.
pub fn money_terms(record: &Record) -> String {
    let terms = &record.terms;
    format!(
        "US dollars without taxes; totals are present values over {} from {}, discounted by {} a year; what falls due before launch is not discounted",
        counted(&terms.horizon_months.to_string(), "month"),
        terms.start,
        share_exact(terms.discount_rate_a_year)
    )
}

/// A phrase as a sentence.
pub fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}
