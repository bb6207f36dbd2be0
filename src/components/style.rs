//! Values for the style sheet.

/// A share as a length.
pub fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}
