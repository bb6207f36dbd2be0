//! The tables that take rows.

use serde::{Deserialize, Serialize};

use crate::domain::catalog::choice::RowTable;
use crate::domain::catalog::table::Sheet;
use crate::domain::catalog::{Catalog, Edition, File, Provenance};

/// A table that takes rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
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

    /// The present built-in table as texts: the columns of every version.
    pub(super) fn builtin(self) -> &'static Sheet {
        Edition::current().sheet(self.file())
    }

    /// The table of the catalogue.
    pub(in crate::domain::catalog) const fn file(self) -> File {
        match self {
            Table::ApiModels => File::ApiPrices,
            Table::HostedTuning => File::HostedTuning,
            Table::OpenModels => File::OpenModels,
            Table::Gpus => File::Gpus,
        }
    }

    /// The columns that make up the key of a row.
    pub(super) const fn key_columns(self) -> &'static [&'static str] {
        self.file().key_columns()
    }

    /// Place of a column in the file.
    pub fn place(self, column: &str) -> Option<usize> {
        self.builtin().columns.iter().position(|name| name == column)
    }

    /// A cell of a row by its column.
    pub fn cell<'a>(self, cells: &'a [String], column: &str) -> &'a str {
        self.builtin().cell(cells, column)
    }

    /// The key of a row, by which choices refer to it.
    pub fn id(self, cells: &[String]) -> String {
        self.builtin().key(cells, self.key_columns())
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
