//! What a later version of the catalogue holds otherwise than an earlier one: figures, not sources and notes.

use std::collections::BTreeMap;
use std::fmt;

use super::edition::{Edition, File};
use super::own::Table;
use super::{model_name, table::Sheet};

/// How the columns end that say where a row is from and how well it is supported.
const ABOUT: [&str; 5] = ["source", "confidence", "note", "as_of", "basis"];
/// Columns that are no figures of the row's own: computed from others, counted, or for lists alone.
const DERIVED: [&str; 11] = [
    "computed_total_b",
    "computed_active_b",
    "computed_active_matmul_b",
    "err_total_pct",
    "kv_kib_per_tok_bf16_at_4k",
    "kv_kib_per_tok_bf16_at_32k",
    "kv_naive_kib_per_tok",
    "bf16_weights_gb",
    "picker",
    "price_points",
    "status",
];

/// Whether a column holds a figure of the row, and not where that is from or what follows from others.
pub(super) fn is_figure(column: &str) -> bool {
    !ABOUT.iter().any(|end| column.ends_with(end)) && !DERIVED.contains(&column)
}

/// A figure of the catalogue that changed between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogChange {
    /// The table, as the page calls it.
    pub table: &'static str,
    /// The row, by its name.
    pub row: String,
    /// Table and key by which a cost names the row that it is read from; none of a default that every cost may rest on.
    pub of: Option<(Table, String)>,
    /// What of it.
    pub what: Changed,
}

/// What of a row changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// A figure: its label, and what it was and is; blank where it was or is unknown.
    Figure {
        /// Head of the column, with its unit.
        label: String,
        /// In the earlier version.
        then: String,
        /// In the later one.
        now: String,
    },
    /// The later version has the row and the earlier one has not.
    Added,
    /// The earlier version has the row and the later one has not.
    Gone,
}

impl fmt::Display for CatalogChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figure = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
        match &self.what {
            Changed::Figure { label, then, now } => {
                write!(f, "{}, {label}: {} → {}", self.row, figure(then), figure(now))
            }
            Changed::Added => write!(f, "{}: new in “{}”", self.row, self.table),
            Changed::Gone => write!(f, "{}: no longer in “{}”", self.row, self.table),
        }
    }
}

/// What changed from one version to a later one, in the order of the tables and of the later one's rows.
pub fn changes(then: &Edition, now: &Edition) -> Vec<CatalogChange> {
    File::ALL.into_iter().flat_map(|file| of_file(file, then.sheet(file), now.sheet(file))).collect()
}

fn of_file(file: File, then: &Sheet, now: &Sheet) -> Vec<CatalogChange> {
    let key = |cells: &[String]| now.key(cells, file.key_columns());
    let earlier: BTreeMap<String, &Vec<String>> = then.rows.iter().map(|cells| (key(cells), cells)).collect();
    let later: BTreeMap<String, &Vec<String>> = now.rows.iter().map(|cells| (key(cells), cells)).collect();
    let change = |cells: &[String], what| {
        let (table, row, of) = (label(file), name(file, now, cells), priced_by(file, now, cells));
        CatalogChange { table, row, of, what }
    };
    let mut found = Vec::new();
    for cells in &now.rows {
        match earlier.get(&key(cells)) {
            Some(before) => found.extend(figures(file, now, before, cells).map(|what| change(cells, what))),
            None => found.push(change(cells, Changed::Added)),
        }
    }
    let gone = then.rows.iter().filter(|cells| !later.contains_key(&key(cells)));
    found.extend(gone.map(|cells| change(cells, Changed::Gone)));
    found
}

/// The figures of a row that read otherwise.
fn figures<'a>(
    file: File,
    sheet: &'a Sheet,
    then: &'a [String],
    now: &'a [String],
) -> impl Iterator<Item = Changed> + 'a {
    let columns = sheet.columns.iter().filter(|column| is_figure(column));
    columns.filter_map(move |column| {
        let (then, now) = (sheet.cell(then, column), sheet.cell(now, column));
        let (then, now) = (then.to_owned(), now.to_owned());
        (then != now).then(|| Changed::Figure { label: column_label(file, column), then, now })
    })
}

/// The table of the page that a file is, if it takes rows.
fn table_of(file: File) -> Option<Table> {
    Table::ALL.into_iter().find(|table| table.file() == file)
}

/// The row that a cost names where it rests on these cells.
fn priced_by(file: File, sheet: &Sheet, cells: &[String]) -> Option<(Table, String)> {
    match file {
        File::PriceChanges => Some((Table::ApiModels, sheet.cell(cells, "model_id").to_owned())),
        _ => Some((table_of(file)?, sheet.key(cells, file.key_columns()))),
    }
}

fn label(file: File) -> &'static str {
    match table_of(file) {
        Some(table) => table.label(),
        None if file == File::PriceChanges => "Announced and past prices",
        None => "Effort defaults",
    }
}

fn column_label(file: File, column: &str) -> String {
    let known = table_of(file).and_then(|table| table.columns().iter().find(|known| known.name == column));
    known.map_or_else(|| column.replace('_', " "), |known| known.label.to_owned())
}

/// What a row is called: by its model where its key is one.
fn name(file: File, sheet: &Sheet, cells: &[String]) -> String {
    match file {
        File::ApiPrices => model_name(sheet.cell(cells, "model_id")).to_owned(),
        File::PriceChanges => {
            let day = sheet.cell(cells, "valid_from");
            let from = if day.is_empty() { "at launch".to_owned() } else { format!("from {day}") };
            format!("{} {from}", model_name(sheet.cell(cells, "model_id")))
        }
        File::EffortDefaults => sheet.cell(cells, "id").replace('_', " "),
        File::HostedTuning | File::OpenModels | File::Gpus => sheet.key(cells, file.key_columns()),
    }
}
