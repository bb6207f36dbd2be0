//! What an input holds, and what it may hold.

use crate::domain::catalog::choice::{NameTable, RowTable};
use crate::domain::units::Unit;

/// How a slider spreads the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal factors; the range starts above zero.
    Log,
}

/// Where the default of a number comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DefaultFrom {
    /// Written in the record.
    Fixed(f64),
    /// No value: unknown, or not limited, or not wanted.
    Blank,
    /// The likely value of a row of `effort_defaults.csv`.
    Effort(&'static str),
}

/// What an input holds, and what it may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number in a closed range.
    Number {
        /// What it counts.
        unit: Unit,
        /// Smallest value accepted.
        min: f64,
        /// Largest value accepted.
        max: f64,
        /// How a slider spreads the range.
        scale: Scale,
        /// Where the default comes from.
        default: DefaultFrom,
        /// May be left blank.
        optional: bool,
        /// Only whole numbers.
        whole: bool,
    },
    /// One of a few options.
    Choice {
        /// `(id, label)` in the order shown.
        options: &'static [(&'static str, &'static str)],
    },
    /// Yes or no.
    Flag,
    /// A measured quality: `172/200`, `86 %`, `assumed equal`, or blank.
    Evidence,
    /// A calendar month, `YYYY-MM`.
    Month,
    /// The id of a catalogue row.
    Row(RowTable),
    /// Names of the catalogue, any number of them, separated by commas.
    Names(NameTable),
}
