//! The tables as files: comma-separated values, each row read into its struct by the names of the columns.
//!
//! A blank cell is unknown, never zero: only optional fields may be blank.

use csv::{ReaderBuilder, StringRecord};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

/// The rows of a table that can be read; a test proves that all of the embedded ones can.
pub fn rows<Row: DeserializeOwned>(table: &str) -> Vec<Row> {
    csv::Reader::from_reader(table.as_bytes()).into_deserialize().filter_map(Result::ok).collect()
}

/// One row from its cells, which stand under these columns.
///
/// # Errors
/// The first cell that is not what its column holds.
pub fn row<Row: DeserializeOwned>(columns: &StringRecord, cells: &[String]) -> Result<Row, csv::Error> {
    StringRecord::from(cells).deserialize(Some(columns))
}

/// A table as texts: the names of its columns and the cells of its rows, for example `["provider", "model_id", …]`
/// and `["openai", "gpt-6-astra", …]`.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Names of the columns, in order.
    pub columns: StringRecord,
    /// The cells of each row; a row may have fewer or more of them than there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Read a table; its first line names the columns.
    pub fn read(table: &str) -> Sheet {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
        let columns = reader.headers().cloned().unwrap_or_default();
        let cells = |record: StringRecord| record.iter().map(str::to_owned).collect();
        Sheet { columns, rows: reader.into_records().filter_map(Result::ok).map(cells).collect() }
    }

    /// A cell of a row by its column.
    pub fn cell<'a>(&self, cells: &'a [String], column: &str) -> &'a str {
        let place = self.columns.iter().position(|name| name == column);
        place.and_then(|place| cells.get(place)).map_or("", String::as_str)
    }

    /// The key of a row: what is filled of these columns.
    pub fn key(&self, cells: &[String], columns: &[&str]) -> String {
        let parts = columns.iter().map(|column| self.cell(cells, column));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }
}

/// A text that must not be blank.
///
/// # Errors
/// Where it is blank or no text.
pub(super) fn filled<'de, D: Deserializer<'de>>(cell: D) -> Result<String, D::Error> {
    let text = String::deserialize(cell)?;
    if text.is_empty() { Err(D::Error::custom("a text is needed")) } else { Ok(text) }
}

/// Yes or no, as a word or as 1 or 0.
///
/// # Errors
/// Where it is something else.
pub(super) fn flag<'de, D: Deserializer<'de>>(cell: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "true, false, 1 or 0 is needed")]
    enum Flag {
        Word(bool),
        Digit(u8),
    }
    match Flag::deserialize(cell)? {
        Flag::Word(flag) => Ok(flag),
        Flag::Digit(0) => Ok(false),
        Flag::Digit(1) => Ok(true),
        Flag::Digit(_) => Err(D::Error::custom("1 or 0 is needed")),
    }
}
