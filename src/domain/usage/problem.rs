//! Why a file cannot be read, or a row of it.

use std::fmt;

use super::limits::{
    MOST_BYTES, MOST_COLUMNS, MOST_MODELS, MOST_MONTHS, MOST_RECORD_BYTES, MOST_ROW_BYTES, MOST_ROWS,
};

/// Why a file holds no usage that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No row at all.
    Empty,
    /// Longer than [`MOST_BYTES`].
    TooLarge,
    /// Binary, or not UTF-8.
    NotText,
    /// A row or record that never ends.
    RowTooLong,
    /// More columns than any export.
    TooManyColumns,
    /// More rows than are added up.
    TooManyRows,
    /// More names of models than a table can show.
    TooManyModels,
    /// More months than there are exports of.
    TooManyMonths,
    /// CSV whose columns are not known: their names, for the user to say what they are.
    UnknownColumns(Vec<String>),
    /// JSON that is cut off or wrong in a record, counted from 1.
    BadJson(usize),
    /// Readable, but no row counts tokens; why the first row was left out, if any was.
    NoUsage(Option<RowProblem>),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Empty => f.write_str("The file is empty."),
            Problem::TooLarge => {
                let most = MOST_BYTES >> 20;
                write!(
                    f,
                    "The file is larger than {most} MB. Export fewer months, or by day instead of by request."
                )
            }
            Problem::NotText => {
                f.write_str("This is not a text in UTF-8. Save the export as CSV (UTF-8) or JSON.")
            }
            Problem::RowTooLong => {
                let (row, record) = (MOST_ROW_BYTES >> 10, MOST_RECORD_BYTES >> 20);
                write!(f, "A row is longer than any row of usage ({row} kB as CSV, {record} MB as JSON).")
            }
            Problem::TooManyColumns => write!(f, "A row has more than {MOST_COLUMNS} columns."),
            Problem::TooManyRows => {
                let most = MOST_ROWS / 1_000_000;
                write!(f, "The file has more than {most} million rows. Export by day instead of by request.")
            }
            Problem::TooManyModels => {
                write!(f, "The file names more than {MOST_MODELS} models. Is this the column of the model?")
            }
            Problem::TooManyMonths => {
                write!(f, "The file covers more than {MOST_MONTHS} months. Is this the column of the date?")
            }
            Problem::UnknownColumns(_) => {
                f.write_str("The columns are not those of a known export. Say what they hold.")
            }
            Problem::BadJson(record) => {
                write!(f, "Record {record} is not valid JSON, or the file is cut off.")
            }
            Problem::NoUsage(None) => f.write_str("No row counts tokens."),
            Problem::NoUsage(Some(first)) => write!(f, "No row can be used. The first one: {first}."),
        }
    }
}

impl std::error::Error for Problem {}

/// Why one row does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowProblem {
    /// A count that is not a number.
    NotANumber,
    /// A count below zero.
    Negative,
    /// A count beyond all sense.
    TooLarge,
    /// More cached tokens than tokens.
    MoreCachedThanInput,
    /// A name that is too long or not UTF-8.
    BadName,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RowProblem::NotANumber => "a count is not a number",
            RowProblem::Negative => "a count is negative",
            RowProblem::TooLarge => "a count is too large",
            RowProblem::MoreCachedThanInput => "more tokens are cached than there are",
            RowProblem::BadName => "the name of the model cannot be read",
        })
    }
}
