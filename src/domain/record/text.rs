//! Texts of a record: what people read, without what could hide or turn it.

use crate::domain::units;
pub use crate::domain::units::one_line as said;

/// The name of a record as the name of a file, without its ending.
pub fn file_stem(name: &str) -> String {
    match units::file_stem(name) {
        stem if stem.is_empty() => "decision-record".to_owned(),
        stem => format!("decision-record-{stem}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_named_by_the_letters_of_its_scenario() {
        assert_eq!(file_stem("Your scenario: 2/3 “x”"), "decision-record-your-scenario-2-3-x");
        assert_eq!(file_stem("\u{202e}//"), "decision-record");
    }
}
