//! What a row must be to get into the catalogue: readable, complete, and possible.

use super::columns::MOST_CELL_CHARS;
use super::layer::Below;
use super::overlay::cells_of;
use super::{Author, Layer, OwnRow, Table};
use crate::domain::catalog::table::row;
use crate::domain::catalog::{ApiModel, Gpu, HostedTuning, OpenModel};
use crate::domain::units::{GB, GIB, plain_text};

/// Usable memory may exceed what is sold by so much: the two are rounded differently.
const MEMORY_SLACK: f64 = 1.1;

/// After so many errors no further column of a row is looked at.
const MOST_ERRORS: usize = 20;

/// What is wrong with one cell of a row, or with the row as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct CellError {
    /// The column's name; blank for the whole row.
    pub column: String,
    /// Its head on the page.
    label: String,
    /// A sentence for the person who typed it.
    pub message: String,
}

impl CellError {
    /// About the whole row.
    pub fn of_row(message: impl Into<String>) -> CellError {
        CellError { column: String::new(), label: String::new(), message: message.into() }
    }

    fn of_column(table: Table, column: &str, message: impl Into<String>) -> CellError {
        let label =
            table.columns().iter().find(|known| known.name == column).map_or(column, |known| known.label);
        CellError { column: column.to_owned(), label: shortened(label), message: message.into() }
    }

    /// Say of a column that was not filled in where its value is from.
    fn name_inherited(&mut self, row: &OwnRow, cells: &[String]) {
        let (Some(like), None) = (&row.like, row.get(&self.column)) else { return };
        let inherited = row.table.cell(cells, &self.column);
        if !inherited.is_empty() {
            let like = shortened(like);
            let say =
                format!(" It is {inherited} in “{like}”, on which this row rests: fill it in, or empty it.");
            self.message.push_str(&say);
        }
    }

    /// The message behind the head of its column on the page.
    pub fn in_words(&self) -> String {
        self.behind(&self.label)
    }

    /// The message behind the name of its column, for whoever writes a file.
    pub fn in_file(&self) -> String {
        self.behind(&shortened(&self.column))
    }

    fn behind(&self, column: &str) -> String {
        if column.is_empty() { self.message.clone() } else { format!("{column}: {}", self.message) }
    }
}

/// Rows of an author that passed, and what the next one is compared with.
pub struct CheckedRows<'a> {
    author: Author,
    /// What they are to lie over.
    below: Below<'a>,
    /// Each with its key.
    rows: Vec<(String, OwnRow)>,
    /// The cells below in the tables that were needed.
    cells_below: [Option<Vec<Vec<String>>>; Table::ALL.len()],
}

impl<'a> CheckedRows<'a> {
    /// None yet, to lie over something.
    pub fn new(author: Author, below: Below<'a>) -> CheckedRows<'a> {
        CheckedRows { author, below, rows: Vec::new(), cells_below: Default::default() }
    }

    /// How many were taken.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// The rows that were taken, and the catalogue with them in it.
    pub fn into_layer(self) -> Layer {
        Layer::of(self.author, self.rows, self.below)
    }

    /// Take a row, with its cells as they stand in the table.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn add(&mut self, mut row: OwnRow) -> Result<(), Vec<CellError>> {
        let table = row.table;
        let mut errors = Vec::new();
        for (name, text) in &mut row.set {
            if errors.len() >= MOST_ERRORS {
                break;
            }
            let column = table.columns().iter().find(|column| column.name == *name);
            match column.map(|column| column.read_cell(text)) {
                Some(Ok(read)) => *text = read,
                Some(Err(message)) => errors.push(CellError::of_column(table, name, message)),
                None => errors.push(CellError::of_column(
                    table,
                    name,
                    "this table has no such column to fill in.",
                )),
            }
        }
        if row.set.is_empty() && row.like.is_some() {
            errors.push(CellError::of_row("Nothing is filled in."));
        }
        let under = self.below;
        let below = &*self.cells_below[table as usize].get_or_insert_with(|| under.cells(table));
        let Some(cells) = cells_of(&self.author, &row, below) else {
            let like = shortened(row.like.as_deref().unwrap_or_default());
            errors.push(CellError::of_row(format!(
                "The row that it rests on, “{like}”, is not in the catalogue."
            )));
            return Err(errors);
        };
        let id = table.id(&cells);
        let stands_below = row.like.as_ref() == Some(&id);
        let key = table.key_columns().first().copied().unwrap_or_default();
        // A row that a policy added gives way to one of the user.
        let gives_way = under.layer().is_some_and(|layer| layer.adds(table, &id));
        if !stands_below && !gives_way && below.iter().any(|cells| table.id(cells) == id) {
            let message = "The catalogue has a row of this name. Change that one, or choose another name.";
            errors.push(CellError::of_column(table, key, message));
        }
        if self.rows.iter().any(|(own, other)| other.table == table && *own == id) {
            errors.push(CellError::of_column(table, key, "Another of these rows has this name."));
        }
        let before = errors.len();
        add_impossible(table, &cells, &mut errors);
        errors.iter_mut().skip(before).for_each(|error| error.name_inherited(&row, &cells));
        if errors.is_empty() {
            self.rows.push((id, row));
            Ok(())
        } else {
            Err(errors)
        }
    }
}

/// What is missing, unreadable, or does not go together.
fn add_impossible(table: Table, cells: &[String], errors: &mut Vec<CellError>) {
    let missing =
        table.columns().iter().filter(|column| column.needed && table.cell(cells, column.name).is_empty());
    for column in missing {
        add(table, column.name, "Needed.", errors);
    }
    let columns = &table.builtin().columns;
    let outcome = match table {
        Table::ApiModels => row(columns, cells).map(|row| api_model(&row)),
        Table::HostedTuning => row(columns, cells).map(|row| hosted_tuning(&row)),
        Table::OpenModels => row(columns, cells).map(|row| open_model(&row)),
        Table::Gpus => row(columns, cells).map(|row| gpu(&row)),
    };
    match outcome {
        Ok(wrong) => {
            let wrong = wrong.into_iter().flatten();
            wrong.for_each(|(column, message)| add(table, column, message, errors));
        }
        // Each cell was checked alone before: what cannot be read is one that was refused or is needed.
        Err(_) if !errors.is_empty() => {}
        Err(_) => errors.push(CellError::of_row("This row cannot be read.")),
    }
}

/// Note it, unless something is said of the column already.
fn add(table: Table, column: &str, message: &str, errors: &mut Vec<CellError>) {
    if errors.iter().all(|error| error.column != column) {
        errors.push(CellError::of_column(table, column, message));
    }
}

/// A column and what is wrong with it, if something is.
type Wrong = Option<(&'static str, &'static str)>;

fn wrong(is_wrong: bool, column: &'static str, message: &'static str) -> Wrong {
    is_wrong.then_some((column, message))
}

fn api_model(row: &ApiModel) -> Vec<Wrong> {
    let below = |part: Option<f64>| part.is_some_and(|price| price > row.input_usd_per_m);
    vec![
        wrong(
            below(row.cached_input_usd_per_m),
            "cached_input_usd_per_m",
            "Cached input costs no more than input.",
        ),
        wrong(
            row.batch_cached_input_usd_per_m.is_some_and(|price| price > row.input_usd_per_m),
            "batch_cached_input_usd_per_m",
            "Cached input costs no more than input.",
        ),
        wrong(
            below(row.flex_cached_input_usd_per_m),
            "flex_cached_input_usd_per_m",
            "Cached input costs no more than input.",
        ),
        wrong(
            row.provisioned_usd_per_unit_hour.is_some() && row.provisioned_tokens_per_minute.is_none(),
            "provisioned_tokens_per_minute",
            "A unit has a price, so say how many tokens it takes.",
        ),
        wrong(
            row.seat_usd_per_month.is_some() && row.seat_requests_per_month.is_none(),
            "seat_requests_per_month",
            "A seat has a price, so say what it includes.",
        ),
    ]
}

fn hosted_tuning(row: &HostedTuning) -> Vec<Wrong> {
    let (least, most) = (row.min_params_b.unwrap_or(0.0), row.max_params_b.unwrap_or(f64::MAX));
    vec![wrong(least >= most, "max_params_b", "Must be above the smallest size.")]
}

fn open_model(row: &OpenModel) -> Vec<Wrong> {
    let latent = row.mla_kv_rank.is_some();
    let mixture = row.is_mixture_of_experts();
    let at_most = |part: Option<f64>, whole: f64| part.is_some_and(|part| part > whole);
    let windowed = row.window_layers.unwrap_or(0.0);
    let needed_if_latent =
        |column, part: Option<f64>| wrong(latent && part.is_none(), column, "Needed with latent attention.");
    vec![
        wrong(row.params_active_b > row.params_total_b, "params_active_b", "No more than all parameters."),
        // Latent attention may be written as one wide head; read as ordinary heads it would cache many times too much.
        wrong(
            !latent && row.says_latent() && row.kv_heads != Some(1.0),
            "mla_kv_rank",
            "Needed with MLA; without it the cache would be counted by the heads.",
        ),
        needed_if_latent("mla_rope_dim", row.mla_rope_dim),
        needed_if_latent("mla_nope_dim", row.mla_nope_dim),
        needed_if_latent("mla_v_dim", row.mla_v_dim),
        wrong(!latent && row.kv_heads.is_none(), "kv_heads", "Needed."),
        wrong(!latent && row.head_dim.is_none(), "head_dim", "Needed."),
        wrong(at_most(row.kv_heads, row.q_heads), "kv_heads", "No more than query heads."),
        wrong(mixture && row.top_k.is_none(), "top_k", "Needed with experts."),
        wrong(mixture && row.moe_ffn.is_none(), "moe_ffn", "Needed with experts."),
        wrong(at_most(row.top_k, row.experts.unwrap_or(f64::MAX)), "top_k", "No more than the experts."),
        wrong(at_most(row.dense_layers, row.layers), "dense_layers", "No more than all layers."),
        wrong(at_most(row.linear_layers, row.layers), "linear_layers", "No more than all layers."),
        wrong(at_most(row.ffn_layers, row.layers), "ffn_layers", "No more than all layers."),
        wrong(windowed > 0.0 && row.window.is_none(), "window", "Needed with windowed layers."),
        wrong(windowed > row.layers, "window_layers", "No more than all layers."),
        wrong(
            at_most(row.full_attn_layers, row.layers - windowed),
            "full_attn_layers",
            "With the windowed layers no more than all layers.",
        ),
    ]
}

fn gpu(row: &Gpu) -> Vec<Wrong> {
    let (usable, sold) = (row.mem_gib_usable_approx * GIB, row.mem_gb_marketing * GB);
    vec![wrong(usable > sold * MEMORY_SLACK, "mem_gib_usable_approx", "No more than the memory as sold.")]
}

/// The key of a row as far as it says it, else that of the row it rests on.
pub fn key_of(row: &OwnRow) -> String {
    let key: Vec<&str> = row.table.key_columns().iter().filter_map(|column| row.get(column)).collect();
    if key.is_empty() { row.like.clone().unwrap_or_default() } else { key.join("/") }
}

/// What to call a row that may have no key.
pub fn name_of(row: &OwnRow) -> String {
    format!("{}, “{}”", row.table.label(), shortened(&key_of(row)))
}

/// Enough of a text to recognise it by.
fn shortened(text: &str) -> String {
    plain_text(text, MOST_CELL_CHARS / 2)
}
