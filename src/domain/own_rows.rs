//! Rows of the catalogue that the user changed or added; they belong to one scenario and travel with it.
//!
//! An own row is a few cells laid over a built-in row, or over a blank one. If its key is that of the
//! row below, it stands in its place; with any other key it is a further row. It says that it was entered
//! by the user, has no date but the one entered, and is read and checked like the tables themselves, so
//! that the engine needs not know that it is there.
//!
//! Whatever is written may be hostile: a row that is not valid never gets into the catalogue.

mod check;
mod columns;
mod overlay;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

pub use check::CellError;
pub use columns::{CellKind, Column, NumberKind};

use super::catalog::API_PRICES;
use super::catalog::table::{TableRow as _, records};
use super::catalog::{
    ApiModel, Catalog, GPUS, Gpu, HOSTED_TUNING, HostedTuning, OPEN_MODELS, OpenModel, Provenance,
};

use super::input::RowTable;

/// Most rows of a scenario.
pub const MOST_ROWS: usize = 40;

/// A table that takes own rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Models at API providers.
    ApiModels,
    /// Offers to tune and serve a base model.
    HostedTuning,
    /// Open-weight architectures.
    OpenModels,
    /// Accelerators.
    Gpus,
}

impl Table {
    /// All of them, in the order of the page.
    pub const ALL: [Table; 4] = [Table::ApiModels, Table::HostedTuning, Table::OpenModels, Table::Gpus];

    /// The table that an input chooses from.
    pub const fn of(choice: RowTable) -> Table {
        match choice {
            RowTable::ApiChat | RowTable::Embedding | RowTable::ManagedOffer => Table::ApiModels,
            RowTable::OpenModel => Table::OpenModels,
            RowTable::HostedTuning => Table::HostedTuning,
            RowTable::Gpu => Table::Gpus,
        }
    }

    /// Name in links and files.
    pub const fn key(self) -> &'static str {
        match self {
            Table::ApiModels => "api_models",
            Table::HostedTuning => "hosted_tuning",
            Table::OpenModels => "open_models",
            Table::Gpus => "gpus",
        }
    }

    /// Name on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Table::ApiModels => "Prices of API models",
            Table::HostedTuning => "Hosted tuning",
            Table::OpenModels => "Open models",
            Table::Gpus => "GPUs",
        }
    }

    /// The columns that a user may fill, in the order of form and table.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::ApiModels => columns::API_MODELS,
            Table::HostedTuning => columns::HOSTED_TUNING,
            Table::OpenModels => columns::OPEN_MODELS,
            Table::Gpus => columns::GPUS,
        }
    }

    /// All columns, as in the file.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Table::ApiModels => ApiModel::COLUMNS,
            Table::HostedTuning => HostedTuning::COLUMNS,
            Table::OpenModels => OpenModel::COLUMNS,
            Table::Gpus => Gpu::COLUMNS,
        }
    }

    /// The columns that make up the key of a row.
    const fn key_columns(self) -> &'static [&'static str] {
        match self {
            Table::ApiModels => &["model_id"],
            Table::HostedTuning => &["provider", "base_model", "method"],
            Table::OpenModels => &["model"],
            Table::Gpus => &["name"],
        }
    }

    /// Place of a column in the file.
    pub fn place(self, column: &str) -> Option<usize> {
        self.names().iter().position(|name| *name == column)
    }

    /// A cell of a row by its column.
    pub fn cell<'a>(self, cells: &'a [String], column: &str) -> &'a str {
        self.place(column).and_then(|place| cells.get(place)).map_or("", String::as_str)
    }

    /// The key of a row, by which choices refer to it.
    pub fn id(self, cells: &[String]) -> String {
        let parts = self.key_columns().iter().map(|column| self.cell(cells, column));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }

    /// The cells of all built-in rows.
    fn builtin(self) -> Vec<Vec<String>> {
        let table = match self {
            Table::ApiModels => API_PRICES,
            Table::HostedTuning => HOSTED_TUNING,
            Table::OpenModels => OPEN_MODELS,
            Table::Gpus => GPUS,
        };
        records(table).split_off(1)
    }

    /// What a row of a catalogue says of itself, by its place.
    pub fn provenance(self, catalog: &Catalog, place: usize) -> Option<&dyn Provenance> {
        fn of<Row: Provenance>(row: Option<&Row>) -> Option<&dyn Provenance> {
            row.map(|row| row as &dyn Provenance)
        }
        match self {
            Table::ApiModels => of(catalog.api_models.get(place)),
            Table::HostedTuning => of(catalog.hosted_tuning.get(place)),
            Table::OpenModels => of(catalog.open_models.get(place)),
            Table::Gpus => of(catalog.gpus.get(place)),
        }
    }
}

/// A row of the user: what differs from the row that it is laid over.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRow {
    /// The table it belongs to.
    pub table: Table,
    /// Key of the built-in row below; without one all cells are the user's.
    pub like: Option<String>,
    /// What was filled in, by column in the order of the alphabet; a blank makes a cell unknown.
    ///
    /// A list, because a map of its own would be a further 3 kB to download.
    pub set: Vec<(String, String)>,
}

impl OwnRow {
    /// What was filled in.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.set.iter().find(|(name, _)| name == column).map(|(_, text)| text.as_str())
    }

    /// Fill in a cell.
    pub fn fill(&mut self, column: &str, text: String) {
        self.clear(column);
        let place = self.set.iter().take_while(|(name, _)| name.as_str() < column).count();
        self.set.insert(place, (column.to_owned(), text));
    }

    /// Leave a cell as it is in the row below.
    pub fn clear(&mut self, column: &str) {
        self.set.retain(|(name, _)| name != column);
    }
}

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The table and what is known of the key.
    pub name: String,
    /// What is wrong with it, the most telling first.
    pub message: String,
}

/// The own rows of a scenario, all of them valid, and the catalogue with them in it.
#[derive(Clone, Default)]
pub struct OwnRows(Option<Arc<Resolved>>);

struct Resolved {
    rows: Vec<OwnRow>,
    /// The key of each.
    ids: Vec<String>,
    catalog: Catalog,
}

impl fmt::Debug for OwnRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows().fmt(f)
    }
}

impl PartialEq for OwnRows {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<Resolved>, &Arc<Resolved>)| Arc::ptr_eq(a, b);
        self.0.as_ref().zip(other.0.as_ref()).is_some_and(same) || self.rows() == other.rows()
    }
}

impl OwnRows {
    /// The valid ones of these rows, and why the others are not.
    pub fn of(rows: Vec<OwnRow>) -> (OwnRows, Vec<Refused>) {
        let mut refused = Vec::new();
        let mut kept = check::Kept::default();
        for row in rows {
            if kept.rows.len() >= MOST_ROWS {
                let message = format!("a scenario takes {MOST_ROWS} rows at most.");
                refused.push(Refused { name: "The rest".to_owned(), message });
                break;
            }
            let name = check::name_of(&row);
            if let Err(errors) = kept.add(row) {
                let message = errors.first().map_or(String::new(), CellError::in_words);
                refused.push(Refused { name, message });
            }
        }
        (OwnRows::resolved(kept), refused)
    }

    fn resolved(kept: check::Kept) -> OwnRows {
        if kept.rows.is_empty() {
            return OwnRows(None);
        }
        let catalog = overlay::catalog(&kept.rows);
        OwnRows(Some(Arc::new(Resolved { rows: kept.rows, ids: kept.ids, catalog })))
    }

    /// The rows, in the order in which they were entered.
    pub fn rows(&self) -> &[OwnRow] {
        self.0.as_ref().map_or(&[], |resolved| &resolved.rows)
    }

    /// The catalogue with these rows in it.
    pub fn catalog(&self) -> &Catalog {
        self.0.as_ref().map_or_else(|| Catalog::builtin(), |resolved| &resolved.catalog)
    }

    /// The key of the row that was taken last.
    pub fn newest(&self) -> Option<&str> {
        self.0.as_ref()?.ids.last().map(String::as_str)
    }

    /// The row of this key, if it is an own one.
    pub fn get(&self, table: Table, id: &str) -> Option<&OwnRow> {
        self.place(table, id).and_then(|place| self.rows().get(place))
    }

    fn place(&self, table: Table, id: &str) -> Option<usize> {
        let ids = self.0.as_ref().map_or(&[] as &[String], |resolved| &resolved.ids);
        self.rows().iter().zip(ids).position(|(row, own)| row.table == table && own == id)
    }

    /// The cells of every row of a table, in the order of the catalogue.
    pub fn cells(&self, table: Table) -> Vec<Vec<String>> {
        overlay::cells(table, self.rows())
    }

    /// Take a row, in place of the one of the key `was` if there is such a one.
    ///
    /// # Errors
    /// What is wrong with its cells, all of it; then nothing changes.
    pub fn put(&mut self, was: Option<&str>, row: OwnRow) -> Result<(), Vec<CellError>> {
        let before = was.and_then(|id| self.place(row.table, id));
        let mut kept = check::Kept::default();
        for (place, other) in self.rows().iter().enumerate() {
            if Some(place) != before {
                kept.add(other.clone())?;
            }
        }
        if kept.rows.len() >= MOST_ROWS {
            return Err(vec![CellError::of_row(format!(
                "A scenario takes {MOST_ROWS} rows of yours at most."
            ))]);
        }
        kept.add(row)?;
        *self = OwnRows::resolved(kept);
        Ok(())
    }

    /// Drop the row of this key.
    pub fn remove(&mut self, table: Table, id: &str) {
        let gone = self.place(table, id);
        let rows = self.rows().iter().enumerate().filter(|(place, _)| Some(*place) != gone);
        *self = OwnRows::of(rows.map(|(_, row)| row.clone()).collect()).0;
    }
}
