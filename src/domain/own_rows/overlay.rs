//! The rows of an author laid over those below: the built-in ones, or those with a policy's rows among them.

use super::{Author, Layer, OwnRow, Table};
use serde::de::DeserializeOwned;

use crate::domain::catalog::Catalog;
use crate::domain::catalog::table;

/// Cells that a row without one below it has, unless they are filled in.
const STARTING: [(Table, &[(&str, &str)]); 4] = [
    (Table::ApiModels, &[("kind", "chat"), ("generation", "current")]),
    (Table::HostedTuning, &[("availability", "open")]),
    (Table::OpenModels, &[("attention", "GQA"), ("tied_embeddings", "0")]),
    (Table::Gpus, &[("bf16_native", "true")]),
];

/// Cells that every such row has, whatever the row below says: what was computed of that row no longer holds. Nor do
/// its date and its note.
const STAMPED: [(Table, &[(&str, &str)]); 3] = [
    (Table::HostedTuning, &[("training_confidence", ""), ("serving_confidence", "")]),
    (
        Table::OpenModels,
        &[
            ("picker", "true"),
            ("superseded_by", ""),
            ("computed_total_b", ""),
            ("computed_active_b", ""),
            ("computed_active_matmul_b", ""),
            ("err_total_pct", ""),
            ("kv_kib_per_tok_bf16_at_4k", ""),
            ("kv_kib_per_tok_bf16_at_32k", ""),
            ("kv_naive_kib_per_tok", ""),
            ("bf16_weights_gb", ""),
        ],
    ),
    (Table::Gpus, &[("price_points", "")]),
];

/// Columns of prices whose announced changes such a row overrules.
const CHANGING: [&str; 3] = ["input_usd_per_m", "cached_input_usd_per_m", "output_usd_per_m"];
/// More labels than this are counted instead of named.
const MOST_NAMED: usize = 4;

impl Table {
    /// Column of the month of a row, if it has one.
    const fn date_column(self) -> &'static str {
        match self {
            Table::ApiModels | Table::HostedTuning => "as_of",
            Table::OpenModels => "",
            Table::Gpus => "price_as_of",
        }
    }

    const fn source_column(self) -> &'static str {
        if matches!(self, Table::Gpus) { "spec_source" } else { "source" }
    }

    /// Column of what the author has to say about the row.
    pub const fn note_column(self) -> &'static str {
        if matches!(self, Table::Gpus) { "spec_note" } else { "note" }
    }

    /// Columns that say how well a row is supported.
    const fn support_columns(self) -> &'static [&'static str] {
        match self {
            Table::ApiModels | Table::HostedTuning => &["confidence"],
            Table::OpenModels => &["arch_confidence", "params_confidence"],
            Table::Gpus => &["spec_confidence"],
        }
    }

    fn write(self, cells: &mut [String], column: &str, text: &str) {
        if let Some(cell) = self.place(column).and_then(|place| cells.get_mut(place)) {
            text.clone_into(cell);
        }
    }

    fn write_all(self, cells: &mut [String], texts: &[(Table, &[(&str, &str)])]) {
        let own = texts.iter().filter(|(table, _)| *table == self);
        for (column, text) in own.flat_map(|(_, texts)| *texts) {
            self.write(cells, column, text);
        }
    }

    /// The cells of an author's row before anything is filled in, over the row of this key or over none;
    /// `None` where there is no such row.
    fn cells_below(self, author: &Author, like: Option<&str>, below: &[Vec<String>]) -> Option<Vec<String>> {
        let mut cells = match like {
            Some(like) => below.iter().find(|cells| self.id(cells) == like)?.clone(),
            None => vec![String::new(); self.builtin().columns.len()],
        };
        if like.is_none() {
            self.write_all(&mut cells, &STARTING);
        }
        self.write_all(&mut cells, &STAMPED);
        for column in self.support_columns() {
            self.write(&mut cells, column, author.support());
        }
        self.write(&mut cells, self.date_column(), "");
        self.write(&mut cells, self.note_column(), "");
        Some(cells)
    }
}

/// The cells of a row of the user before anything is filled in, over a policy's layer or none.
pub(super) fn unfilled(table: Table, like: Option<&str>, policy: Option<&Layer>) -> Vec<String> {
    let below = cells_with(table, policy);
    let cells = |like: Option<&str>| table.cells_below(&Author::User, like, &below);
    cells(like).or_else(|| cells(None)).unwrap_or_default()
}

/// All cells of an author's row; `None` where the row below is not there.
pub(super) fn cells_of(author: &Author, row: &OwnRow, below: &[Vec<String>]) -> Option<Vec<String>> {
    let table = row.table;
    let mut cells = table.cells_below(author, row.like.as_deref(), below)?;
    let source = source(author, row, table.cell(&cells, table.source_column()));
    for (column, text) in &row.set {
        table.write(&mut cells, column, text);
    }
    table.write(&mut cells, table.source_column(), &source);
    Some(cells)
}

/// Who says so, and for a row that rests on another what of it is not the author's.
fn source(author: &Author, row: &OwnRow, below: &str) -> String {
    let columns = row.table.columns().iter().filter(|column| row.get(column.name).is_some());
    let about_source = [row.table.note_column(), row.table.date_column()];
    let labels: Vec<&str> =
        columns.filter(|column| !about_source.contains(&column.name)).map(|column| column.label).collect();
    let note = row.get(row.table.note_column()).filter(|note| !note.is_empty());
    let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
    let says = author.source();
    match &row.like {
        None => format!("{says}{note}"),
        Some(_) if labels.len() > MOST_NAMED => {
            format!("{says}: {} columns{note}; the rest: {below}", labels.len())
        }
        Some(_) => format!("{says}: {}{note}; the rest: {below}", labels.join("; ")),
    }
}

/// The cells of all rows of a table: the built-in ones, with those of a layer laid over them.
pub(super) fn cells_with(table: Table, layer: Option<&Layer>) -> Vec<Vec<String>> {
    match layer {
        Some(layer) => laid(table, layer.author(), layer.rows(), table.builtin().rows.clone()),
        None => table.builtin().rows.clone(),
    }
}

/// Rows over those below, in the place of those that they change and the others behind.
pub(super) fn laid(
    table: Table,
    author: &Author,
    rows: &[OwnRow],
    below: Vec<Vec<String>>,
) -> Vec<Vec<String>> {
    let rows = rows.iter().filter(|row| row.table == table);
    let rows: Vec<Vec<String>> = rows.filter_map(|row| cells_of(author, row, &below)).collect();
    let mut all = below;
    for cells in rows {
        let id = table.id(&cells);
        match all.iter_mut().find(|other| table.id(other) == id) {
            Some(place) => *place = cells,
            None => all.push(cells),
        }
    }
    all
}

/// The catalogue with these rows in it, all of which are valid, over a layer or over the built-in rows.
pub(super) fn catalog(author: &Author, rows: &[OwnRow], ids: &[String], below: Option<&Layer>) -> Catalog {
    let under = below.and_then(Layer::catalog).map_or_else(|| Catalog::builtin(), |catalog| &**catalog);
    let mut catalog = under.clone();
    for table in Table::ALL.into_iter().filter(|table| rows.iter().any(|row| row.table == *table)) {
        let cells = laid(table, author, rows, cells_with(table, below));
        match table {
            Table::ApiModels => catalog.api_models = read(table, &cells),
            Table::HostedTuning => catalog.hosted_tuning = read(table, &cells),
            Table::OpenModels => catalog.open_models = read(table, &cells),
            Table::Gpus => catalog.gpus = read(table, &cells),
        }
    }
    for (id, row) in ids.iter().zip(rows) {
        let is_changed = row.table == Table::ApiModels && row.like.as_ref() == Some(id);
        if is_changed && CHANGING.iter().any(|column| row.get(column).is_some()) {
            catalog.price_changes.retain(|change| change.model_id != *id);
        }
    }
    catalog
}

/// The rows of a table from their cells, all of which were checked.
fn read<Row: DeserializeOwned>(table: Table, cells: &[Vec<String>]) -> Vec<Row> {
    let columns = &table.builtin().columns;
    cells.iter().filter_map(|cells| table::row(columns, cells).ok()).collect()
}
