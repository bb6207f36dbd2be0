//! Rows of the catalogue that an organisation's policy or the user changed or added; they belong to one scenario and
//! travel with it.
//!
//! Such a row is a few cells laid over another row, or over a blank one. If its key is that of the row below, it
//! stands in its place; with any other key it is a further row. It says who entered it, has no date but the one
//! entered, and is read and checked like the tables themselves, so that the engine needs not know that it is there.
//!
//! A policy's rows lie over the built-in ones, the user's over both: [`OwnRows`] holds policy and rows together, so
//! that its catalogue is always the one that follows from them.
//!
//! Whatever is written may be hostile: a row that is not valid never gets into the catalogue.

mod check;
mod columns;
mod layer;
mod overlay;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

pub use check::{CellError, Kept};
pub use columns::{CellKind, Column, NumberKind};
pub use layer::{Author, Layer};

use super::catalog::table::Sheet;
use super::catalog::{API_PRICES, Catalog, GPUS, HOSTED_TUNING, OPEN_MODELS, Provenance};
use super::input::RowTable;
use super::policy::Policy;
use super::rules::Rule;

/// Most rows of the user in a scenario.
pub const MOST_ROWS: usize = 40;
/// So many rows that were left out are told one by one, the rest counted.
const MOST_TOLD: usize = 5;

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

    /// The columns that a user may fill, in the order of form and table.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::ApiModels => columns::API_MODELS,
            Table::HostedTuning => columns::HOSTED_TUNING,
            Table::OpenModels => columns::OPEN_MODELS,
            Table::Gpus => columns::GPUS,
        }
    }

    /// The built-in table as texts, read once.
    fn builtin(self) -> &'static Sheet {
        static SHEETS: LazyLock<[Sheet; Table::ALL.len()]> =
            LazyLock::new(|| Table::ALL.map(|table| Sheet::read(table.file())));
        &SHEETS[self as usize]
    }

    const fn file(self) -> &'static str {
        match self {
            Table::ApiModels => API_PRICES,
            Table::HostedTuning => HOSTED_TUNING,
            Table::OpenModels => OPEN_MODELS,
            Table::Gpus => GPUS,
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
        self.builtin().columns.iter().position(|name| name == column)
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
    #[serde(deserialize_with = "read::cells")]
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
}

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The table and what is known of the key.
    pub name: String,
    /// What is wrong with it, the most telling first.
    pub message: String,
}

/// What to tell of rows that were left out.
pub fn left_out(refused: &[Refused]) -> Vec<String> {
    let told = refused.iter().take(MOST_TOLD);
    let mut said: Vec<String> = told
        .map(|refused| format!("A row of yours was left out. {}: {}", refused.name, refused.message))
        .collect();
    if refused.len() > MOST_TOLD {
        said.push(format!("{} more rows of yours were left out.", refused.len() - MOST_TOLD));
    }
    said
}

/// The user's rows of a scenario over those of its policy, all of them valid, and the catalogue with both in it.
#[derive(Clone, Default)]
pub struct OwnRows(Option<Arc<Resolved>>);

struct Resolved {
    policy: Option<Arc<Policy>>,
    own: Arc<Layer>,
}

impl fmt::Debug for OwnRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let policy = self.policy().map(|policy| policy.name());
        f.debug_struct("OwnRows").field("policy", &policy).field("rows", &self.rows()).finish()
    }
}

impl PartialEq for OwnRows {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<Resolved>, &Arc<Resolved>)| Arc::ptr_eq(a, b);
        self.0.as_ref().zip(other.0.as_ref()).is_some_and(same)
            || self.rows() == other.rows() && self.policy() == other.policy()
    }
}

impl OwnRows {
    /// The valid ones of these rows over those of a policy, and why the others are not.
    pub fn over(policy: Option<Arc<Policy>>, rows: Vec<OwnRow>) -> (OwnRows, Vec<Refused>) {
        let mut refused = Vec::new();
        let mut kept = Kept::new(Author::User, layer_of(policy.as_ref()));
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
        let own = Layer::of(kept);
        (OwnRows::resolved(policy, own), refused)
    }

    /// The same rows over those of another policy or of none, and which of them no longer fit.
    pub fn with_policy(&self, policy: Option<Arc<Policy>>) -> (OwnRows, Vec<Refused>) {
        OwnRows::over(policy, self.rows().to_vec())
    }

    fn resolved(policy: Option<Arc<Policy>>, own: Layer) -> OwnRows {
        let is_plain = policy.is_none() && own.rows().is_empty();
        let resolved = || Arc::new(Resolved { policy, own: Arc::new(own) });
        OwnRows((!is_plain).then(resolved))
    }

    /// The policy whose rows are below, if there is one.
    pub fn policy(&self) -> Option<&Arc<Policy>> {
        self.0.as_ref()?.policy.as_ref()
    }

    /// The rules of the policy.
    pub fn rules(&self) -> &[Rule] {
        self.policy().map_or(&[], |policy| policy.rules())
    }

    fn own(&self) -> Option<&Layer> {
        self.0.as_ref().map(|resolved| &*resolved.own)
    }

    /// The user's rows, in the order in which they were entered.
    pub fn rows(&self) -> &[OwnRow] {
        self.own().map_or(&[], Layer::rows)
    }

    /// The catalogue with the rows of both in it.
    pub fn catalog(&self) -> &Catalog {
        self.layered().map_or(Catalog::builtin(), |catalog| &**catalog)
    }

    /// The same, to be held beside others.
    pub fn shared_catalog(&self) -> Arc<Catalog> {
        self.layered().map_or_else(Catalog::shared, Arc::clone)
    }

    /// The catalogue of the uppermost layer that has rows.
    fn layered(&self) -> Option<&Arc<Catalog>> {
        let layers = [self.own(), layer_of(self.policy())];
        layers.into_iter().flatten().find_map(Layer::catalog)
    }

    /// The key of the user's row that was taken last.
    pub fn newest(&self) -> Option<&str> {
        self.own()?.rows_by_id().last().map(|(id, _)| id)
    }

    /// The row of this key, if it is one of the user's.
    pub fn get(&self, table: Table, id: &str) -> Option<&OwnRow> {
        self.own()?.get(table, id)
    }

    /// Whether the policy has a row of this key, be it under one of the user.
    pub fn is_of_policy(&self, table: Table, id: &str) -> bool {
        layer_of(self.policy()).is_some_and(|layer| layer.get(table, id).is_some())
    }

    /// Who entered the row of this key; nobody, if it is the catalogue's.
    pub fn author(&self, table: Table, id: &str) -> Option<&Author> {
        let layers = [self.own(), layer_of(self.policy())];
        layers.into_iter().flatten().find(|layer| layer.get(table, id).is_some()).map(Layer::author)
    }

    /// The cells of every row of a table, in the order of the catalogue.
    pub fn cells(&self, table: Table) -> Vec<Vec<String>> {
        let below = overlay::cells_with(table, layer_of(self.policy()));
        overlay::laid(table, &Author::User, self.rows(), below)
    }

    /// The cells of a row of the user before anything is filled in, over the row of this key or over none.
    pub fn unfilled(&self, table: Table, like: Option<&str>) -> Vec<String> {
        overlay::unfilled(table, like, layer_of(self.policy()))
    }

    /// Take a row, in place of the one of the key `was` if there is such a one.
    ///
    /// # Errors
    /// What is wrong with its cells, all of it; then nothing changes.
    pub fn put(&mut self, was: Option<&str>, row: OwnRow) -> Result<(), Vec<CellError>> {
        let before = was.and_then(|id| self.own()?.place(row.table, id));
        let policy = self.policy().cloned();
        let mut kept = Kept::new(Author::User, layer_of(policy.as_ref()));
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
        let own = Layer::of(kept);
        *self = OwnRows::resolved(policy, own);
        Ok(())
    }

    /// Drop the user's row of this key.
    pub fn remove(&mut self, table: Table, id: &str) {
        let gone = self.own().and_then(|own| own.place(table, id));
        let rows = self.rows().iter().enumerate().filter(|(place, _)| Some(*place) != gone);
        let rows = rows.map(|(_, row)| row.clone()).collect();
        *self = OwnRows::over(self.policy().cloned(), rows).0;
    }
}

/// The rows of a policy.
fn layer_of(policy: Option<&Arc<Policy>>) -> Option<&Layer> {
    policy.map(|policy| policy.catalogue())
}
