//! One row of an author, as links, files and policies hold it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Number;

use super::Table;

/// Cells of one row that are looked at: more than any table has columns.
const MOST_CELLS: usize = 100;

/// A row of the user or of a policy: what differs from the row that it is laid over.
///
/// Links, files and policies hold it as `{"like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"},"table":"gpus"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "a row of a table")]
pub struct OwnRow {
    /// Key of the row below; without one all cells are the author's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// What was filled in, by column; a blank makes a cell unknown.
    #[serde(deserialize_with = "cells")]
    pub set: BTreeMap<String, String>,
    /// The table it belongs to.
    pub table: Table,
}

impl OwnRow {
    /// What was filled in.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.set.get(column).map(String::as_str)
    }

    /// Fill in a cell.
    pub fn fill(&mut self, column: &str, text: String) {
        self.set.insert(column.to_owned(), text);
    }

    /// Leave a cell as it is in the row below.
    pub fn clear(&mut self, column: &str) {
        self.set.remove(column);
    }

    /// The table of the row of this key, what it rests on, what it sets beside its name, and its note.
    pub fn in_words(&self, id: &str) -> String {
        let note = self.table.note_column();
        let columns = self.table.columns().iter().filter(|column| column.name != note);
        let cells = columns.filter_map(|column| Some((column, self.get(column.name)?)));
        let cells: Vec<String> = cells
            .filter(|(_, cell)| *cell != id)
            .map(|(column, cell)| format!("{}: {}", column.label, column.display(cell).text))
            .collect();
        let like = self.like.as_deref().filter(|like| *like != id);
        let like = like.map(|like| format!(", like {like}")).unwrap_or_default();
        let note = self.get(note).map(|note| format!(" ({note})")).unwrap_or_default();
        format!("{}{like}. {}{note}", self.table.label(), cells.join("; "))
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
fn cells<'de, D: Deserializer<'de>>(json: D) -> Result<BTreeMap<String, String>, D::Error> {
    let cells = BTreeMap::<String, Cell>::deserialize(json)?;
    Ok(cells.into_iter().take(MOST_CELLS).map(|(column, cell)| (column, cell.into_text())).collect())
}
