//! The rows of one author as they lie over what is below them.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::overlay::{laid, unfilled};
use super::{Author, OwnRow, Table};
use crate::domain::catalog::{Catalog, table};

/// Columns of prices whose announced changes such a row overrules.
const CHANGING: [&str; 3] = ["input_usd_per_m", "cached_input_usd_per_m", "output_usd_per_m"];

/// The rows of one author, all of them valid, and the catalogue with them in it.
#[derive(Clone)]
pub struct Layer {
    author: Author,
    rows: Vec<OwnRow>,
    /// The key of each.
    ids: Vec<String>,
    /// None without rows: what is below holds then, and is not copied.
    catalog: Option<Arc<Catalog>>,
}

impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

impl PartialEq for Layer {
    fn eq(&self, other: &Self) -> bool {
        self.author == other.author && self.rows == other.rows
    }
}

impl Layer {
    /// Rows that were checked, each with its key, over a layer or over the built-in rows.
    pub(super) fn of(author: Author, rows: Vec<(String, OwnRow)>, below: Option<&Layer>) -> Layer {
        let (ids, rows) = rows.into_iter().unzip();
        let mut layer = Layer { author, rows, ids, catalog: None };
        layer.catalog = (!layer.rows.is_empty()).then(|| Arc::new(layer.over(below)));
        layer
    }

    /// The catalogue with these rows in it.
    fn over(&self, below: Option<&Layer>) -> Catalog {
        let under = below.and_then(Layer::catalog).map_or(Catalog::builtin(), Arc::as_ref);
        let mut catalog = under.clone();
        for table in Table::ALL.into_iter().filter(|table| self.rows.iter().any(|row| row.table == *table)) {
            let cells = self.cells(table, cells_with(table, below));
            match table {
                Table::ApiModels => catalog.api_models = read(table, &cells),
                Table::HostedTuning => catalog.hosted_tuning = read(table, &cells),
                Table::OpenModels => catalog.open_models = read(table, &cells),
                Table::Gpus => catalog.gpus = read(table, &cells),
            }
        }
        for (id, row) in self.rows_by_id() {
            let is_changed = row.table == Table::ApiModels && row.like.as_deref() == Some(id);
            if is_changed && CHANGING.iter().any(|column| row.get(column).is_some()) {
                catalog.price_changes.retain(|change| change.model_id != id);
            }
        }
        catalog
    }

    /// The cells of all rows of a table: those below, with these laid over them.
    pub fn cells(&self, table: Table, below: Vec<Vec<String>>) -> Vec<Vec<String>> {
        laid(table, &self.author, &self.rows, below)
    }

    /// Who entered them.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// The rows, in the order in which they were entered.
    pub fn rows(&self) -> &[OwnRow] {
        &self.rows
    }

    /// Each row with its key.
    pub fn rows_by_id(&self) -> impl Iterator<Item = (&str, &OwnRow)> {
        self.ids.iter().map(String::as_str).zip(&self.rows)
    }

    /// The catalogue with these rows in it, if there are any.
    pub fn catalog(&self) -> Option<&Arc<Catalog>> {
        self.catalog.as_ref()
    }

    /// The row of this key.
    pub fn get(&self, table: Table, id: &str) -> Option<&OwnRow> {
        self.place(table, id).and_then(|place| self.rows.get(place))
    }

    /// Place of the row of this key, in the order in which they were entered.
    pub fn place(&self, table: Table, id: &str) -> Option<usize> {
        self.rows_by_id().position(|(own, row)| row.table == table && own == id)
    }

    /// Whether the row of this key is a further one, not one that it changes.
    pub(super) fn adds(&self, table: Table, id: &str) -> bool {
        self.get(table, id).is_some_and(|row| row.like.as_deref() != Some(id))
    }
}

/// The cells of all rows of a table: the built-in ones, with those of a layer laid over them.
pub fn cells_with(table: Table, layer: Option<&Layer>) -> Vec<Vec<String>> {
    let builtin = table.builtin().rows.clone();
    match layer {
        Some(layer) => layer.cells(table, builtin),
        None => builtin,
    }
}

/// The cells of a row of the user before anything is filled in, over the row of this key or over none; the rows are
/// those of a layer or the built-in ones.
pub fn unfilled_over(layer: Option<&Layer>, table: Table, like: Option<&str>) -> Vec<String> {
    unfilled(table, &Author::User, like, &cells_with(table, layer))
}

/// The rows of a table from their cells, all of which were checked.
fn read<Row: DeserializeOwned>(table: Table, cells: &[Vec<String>]) -> Vec<Row> {
    let columns = &table.builtin().columns;
    cells.iter().filter_map(|cells| table::row(columns, cells).ok()).collect()
}
