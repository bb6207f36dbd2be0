//! The rows of an author laid over those below: the built-in ones, or those with a policy's rows among them.

use super::{Author, OwnRow, Table};

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

/// The cells of an author's row before anything is filled in, over one of the rows below or, where there is no such
/// row, over none.
pub(super) fn unfilled(
    table: Table,
    author: &Author,
    like: Option<&str>,
    below: &[Vec<String>],
) -> Vec<String> {
    let cells = |like: Option<&str>| table.cells_below(author, like, below);
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
