//! What stands in a cell of a table.

use super::words::NONE;

/// A text for people with the number it writes, if it writes one: tables are ordered by the number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What is shown and searched.
    pub text: String,
    /// The number before it was rounded to be written, in the unit of its column; always finite.
    pub number: Option<f64>,
}

impl Cell {
    /// A number in one of the forms of [`super::words`]; one that is not finite is unknown.
    pub fn number(number: f64, write: impl Fn(f64) -> String) -> Cell {
        if number.is_finite() { Cell { text: write(number), number: Some(number) } } else { Cell::from(NONE) }
    }

    /// The same of a number that may be unknown.
    pub fn known(number: Option<f64>, write: impl Fn(f64) -> String) -> Cell {
        number.map_or_else(|| Cell::from(NONE), |number| Cell::number(number, write))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, number: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::from(text.to_owned())
    }
}
