//! Own rows laid over the built-in ones.

use super::{OwnRow, Table};
use crate::domain::catalog::table::{rows, rows_of};
use crate::domain::catalog::{Catalog, EFFORT_DEFAULTS, PRICE_CHANGES, PriceChange};

/// Cells that a row without one below it has, unless they are filled in.
const STARTING: [(Table, &[(&str, &str)]); 4] = [
    (Table::ApiModels, &[("kind", "chat"), ("generation", "current")]),
    (Table::HostedTuning, &[("availability", "open")]),
    (Table::OpenModels, &[("attention", "GQA"), ("tied_embeddings", "0")]),
    (Table::Gpus, &[("bf16_native", "true")]),
];

/// Cells that every own row has, whatever the row below says: what was computed of that row no longer holds. Nor do
/// its date and its note.
const STAMPED: [(Table, &[(&str, &str)]); 4] = [
    (Table::ApiModels, &[("confidence", "own")]),
    (Table::HostedTuning, &[("confidence", "own"), ("training_confidence", ""), ("serving_confidence", "")]),
    (
        Table::OpenModels,
        &[
            ("arch_confidence", "own"),
            ("params_confidence", "own"),
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
    (Table::Gpus, &[("spec_confidence", "own"), ("price_points", "")]),
];

/// Columns of prices whose announced changes a row of the user overrules.
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

    const fn note_column(self) -> &'static str {
        if matches!(self, Table::Gpus) { "spec_note" } else { "note" }
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

    /// The cells of an own row before anything is filled in, over the built-in row of this key or over none;
    /// `None` where there is no such row.
    fn cells_below(self, like: Option<&str>, builtin: &[Vec<String>]) -> Option<Vec<String>> {
        let mut cells = match like {
            Some(like) => builtin.iter().find(|cells| self.id(cells) == like)?.clone(),
            None => vec![String::new(); self.names().len()],
        };
        if like.is_none() {
            self.write_all(&mut cells, &STARTING);
        }
        self.write_all(&mut cells, &STAMPED);
        self.write(&mut cells, self.date_column(), "");
        self.write(&mut cells, self.note_column(), "");
        Some(cells)
    }

    /// The cells of an own row before anything is filled in.
    pub fn unfilled(self, like: Option<&str>) -> Vec<String> {
        let builtin = self.builtin();
        self.cells_below(like, &builtin).or_else(|| self.cells_below(None, &builtin)).unwrap_or_default()
    }
}

/// All cells of an own row; `None` where the row below is not there.
pub(super) fn cells_of(row: &OwnRow, builtin: &[Vec<String>]) -> Option<Vec<String>> {
    let table = row.table;
    let mut cells = table.cells_below(row.like.as_deref(), builtin)?;
    let source = source(row, table.cell(&cells, table.source_column()));
    for (column, text) in &row.set {
        table.write(&mut cells, column, text);
    }
    table.write(&mut cells, table.source_column(), &source);
    Some(cells)
}

/// Who says so, and for a row that rests on another what of it is not the user's.
fn source(row: &OwnRow, below: &str) -> String {
    let columns = row.table.columns().iter().filter(|column| row.get(column.name).is_some());
    let about_source = [row.table.note_column(), row.table.date_column()];
    let labels: Vec<&str> =
        columns.filter(|column| !about_source.contains(&column.name)).map(|column| column.label).collect();
    let note = row.get(row.table.note_column()).filter(|note| !note.is_empty());
    let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
    match &row.like {
        None => format!("entered by you{note}"),
        Some(_) if labels.len() > MOST_NAMED => {
            format!("entered by you: {} columns{note}; the rest: {below}", labels.len())
        }
        Some(_) => format!("entered by you: {}{note}; the rest: {below}", labels.join("; ")),
    }
}

/// The cells of all rows of a table, own ones in the place of those that they change and the others behind.
pub(super) fn cells(table: Table, rows: &[OwnRow]) -> Vec<Vec<String>> {
    let builtin = table.builtin();
    let own: Vec<Vec<String>> =
        rows.iter().filter(|row| row.table == table).filter_map(|row| cells_of(row, &builtin)).collect();
    let mut all = builtin;
    for cells in own {
        let id = table.id(&cells);
        match all.iter_mut().find(|other| table.id(other) == id) {
            Some(place) => *place = cells,
            None => all.push(cells),
        }
    }
    all
}

/// The catalogue with these rows in it, all of which are valid.
pub(super) fn catalog(own: &[OwnRow]) -> Catalog {
    let of = |table: Table| cells(table, own).into_iter();
    let mut price_changes: Vec<PriceChange> = rows(PRICE_CHANGES);
    for row in own.iter().filter(|row| row.table == Table::ApiModels && row.get("model_id").is_none()) {
        if CHANGING.iter().any(|column| row.get(column).is_some()) {
            price_changes.retain(|change| Some(&change.model_id) != row.like.as_ref());
        }
    }
    Catalog {
        api_models: rows_of(of(Table::ApiModels)),
        price_changes,
        hosted_tuning: rows_of(of(Table::HostedTuning)),
        open_models: rows_of(of(Table::OpenModels)),
        gpus: rows_of(of(Table::Gpus)),
        efforts: rows(EFFORT_DEFAULTS),
    }
}
