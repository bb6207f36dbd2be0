//! The rows of one author as they lie over what is below them.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::overlay::{laid, unfilled};
use super::{Author, OwnRow, Table};
use crate::domain::catalog::{Catalog, Edition, table};

/// Columns of prices whose announced changes such a row overrules.
const CHANGING: [&str; 3] = ["input_usd_per_m", "cached_input_usd_per_m", "output_usd_per_m"];

/// What rows lie over.
#[derive(Clone, Copy, Debug)]
pub enum Below<'a> {
    /// The built-in tables of a version.
    Builtin(&'static Edition),
    /// The rows of another author, over such tables.
    Layer(&'a Layer),
}

impl<'a> Below<'a> {
    /// The built-in tables at the bottom.
    pub fn edition(self) -> &'static Edition {
        match self {
            Below::Builtin(edition) => edition,
            Below::Layer(layer) => layer.edition,
        }
    }

    /// The rows of another author, if there are any.
    pub(super) fn layer(self) -> Option<&'a Layer> {
        match self {
            Below::Builtin(_) => None,
            Below::Layer(layer) => Some(layer),
        }
    }

    /// The catalogue of it.
    pub fn catalog(self) -> &'a Arc<Catalog> {
        self.layer().and_then(Layer::catalog).unwrap_or_else(|| self.edition().catalog())
    }

    /// The cells of all rows of a table.
    pub fn cells(self, table: Table) -> Vec<Vec<String>> {
        let builtin = self.edition().sheet(table.file()).rows.clone();
        match self.layer() {
            Some(layer) => layer.cells(table, builtin),
            None => builtin,
        }
    }

    /// The cells of a row of the user before anything is filled in, over the row of this key or over none.
    pub fn unfilled(self, table: Table, like: Option<&str>) -> Vec<String> {
        unfilled(table, &Author::User, like, &self.cells(table))
    }
}

/// The rows of one author, all of them valid, and the catalogue with them in it.
#[derive(Clone)]
pub struct Layer {
    edition: &'static Edition,
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
        self.edition == other.edition && self.author == other.author && self.rows == other.rows
    }
}

impl Layer {
    /// Rows that were checked, each with its key, over what is below.
    pub(super) fn of(author: Author, rows: Vec<(String, OwnRow)>, below: Below) -> Layer {
        let (ids, rows) = rows.into_iter().unzip();
        let mut layer = Layer { edition: below.edition(), author, rows, ids, catalog: None };
        layer.catalog = (!layer.rows.is_empty()).then(|| Arc::new(layer.over(below)));
        layer
    }

    /// The catalogue with these rows in it.
    fn over(&self, below: Below) -> Catalog {
        let mut catalog = Catalog::clone(below.catalog());
        for table in Table::ALL.into_iter().filter(|table| self.rows.iter().any(|row| row.table == *table)) {
            let cells = self.cells(table, below.cells(table));
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

    /// The built-in tables that they lie over, be it with other rows between.
    pub fn edition(&self) -> &'static Edition {
        self.edition
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

/// The rows of a table from their cells, all of which were checked.
fn read<Row: DeserializeOwned>(table: Table, cells: &[Vec<String>]) -> Vec<Row> {
    let columns = &table.builtin().columns;
    cells.iter().filter_map(|cells| table::row(columns, cells).ok()).collect()
}
