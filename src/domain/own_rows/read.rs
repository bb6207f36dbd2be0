//! The table and the cells of a row as links, files and policies hold them: `"gpus"` and
//! `{"usd_hr_neocloud": 1.9, "name": "Lab card"}`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Number;

use super::Table;

/// Cells of one row that are looked at: more than any table has columns.
const MOST_CELLS: usize = 100;

impl TryFrom<String> for Table {
    type Error = String;

    fn try_from(key: String) -> Result<Table, String> {
        let table = Table::ALL.into_iter().find(|table| table.key() == key);
        table.ok_or_else(|| format!("its table must be one of: {}", Table::ALL.map(Table::key).join(", ")))
    }
}

impl From<Table> for &'static str {
    fn from(table: Table) -> &'static str {
        table.key()
    }
}

/// One cell as it is written.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a value must be a number, a text, true, false or null")]
enum Cell {
    Blank,
    Flag(bool),
    Number(Number),
    Text(String),
}

impl Cell {
    fn into_text(self) -> String {
        match self {
            Cell::Blank => String::new(),
            Cell::Flag(flag) => flag.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text,
        }
    }
}

/// Read the cells by column as texts; what they hold is checked when the row is laid over the catalogue.
///
/// # Errors
/// Where a cell is a list or an object.
pub(super) fn cells<'de, D: Deserializer<'de>>(json: D) -> Result<BTreeMap<String, String>, D::Error> {
    let cells = BTreeMap::<String, Cell>::deserialize(json)?;
    Ok(cells.into_iter().take(MOST_CELLS).map(|(column, cell)| (column, cell.into_text())).collect())
}
