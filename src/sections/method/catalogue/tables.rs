//! The rows of the catalogue as tables.

use crate::browser::timing::days_since_month;
use crate::components::table::Table;
use crate::domain::catalog::own::Author;
use crate::domain::catalog::{Catalog, Effort, Provenance, model_name, own, provider_name};
use crate::domain::input::asked_by;
use crate::domain::scenario::OwnRows;
use crate::domain::units::words::NONE;
use crate::domain::units::{Cell, YearMonth};

/// Older prices and specifications are marked.
const STALE_DAYS: i64 = 90;
/// So many first columns of each table are words.
const WORD_COLUMNS: usize = 2;

/// The columns that are shown, then those that every row has; the user's rows first, then a policy's.
pub fn table_of(table: own::Table, rows: &OwnRows) -> Table {
    let shown: Vec<_> = table.columns().iter().filter(|column| column.shown).collect();
    let (mut own, mut of_policy, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (index, cells) in rows.cells(table).into_iter().enumerate() {
        let key = table.id(&cells);
        let place = match rows.author(table, &key) {
            Some(Author::User) => &mut own,
            Some(Author::Policy(_)) => &mut of_policy,
            None => &mut others,
        };
        let mut shown: Vec<Cell> =
            shown.iter().map(|column| named(column, table.cell(&cells, column.name))).collect();
        shown.extend(table.provenance(rows.catalog(), index).map(provenance).into_iter().flatten());
        shown.push(key.into());
        place.push(shown);
    }
    own.extend(of_policy);
    own.extend(others);
    let head = shown.iter().map(|column| column.label);
    written(table.label(), head, own)
}

/// A cell as it is shown: providers and models by their names.
fn named(column: &own::Column, cell: &str) -> Cell {
    match column.name {
        "provider" => provider_name(cell).into(),
        "model_id" | "base_model" => model_name(cell).into(),
        _ => column.display(cell),
    }
}

fn written<'a>(caption: &str, columns: impl Iterator<Item = &'a str>, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: caption.to_owned(),
        head: columns.chain(["As of", "Support", "Source"]).map(str::to_owned).collect(),
        rows,
        word_columns: (WORD_COLUMNS, 3),
    }
}

/// Date, support and source of a row. What somebody entered is theirs to keep up to date.
fn provenance(row: &dyn Provenance) -> [Cell; 3] {
    let dated = |month: YearMonth| match row.confidence().is_entered() {
        true => month.to_string(),
        false => aged(month),
    };
    let as_of = row.as_of().map_or_else(|| NONE.to_owned(), dated);
    [as_of.into(), row.confidence().label().into(), row.source().into()]
}

/// A month with its age where it is stale. It may stand for its last day: no row is called older than it is.
fn aged(month: YearMonth) -> String {
    let age = days_since_month(month.year, month.month);
    if age > STALE_DAYS { format!("{month}, stale: {age} days old") } else { month.to_string() }
}

/// Hours of people and other assumptions, each by what its field asks.
pub fn efforts(catalog: &Catalog) -> Table {
    let row = |row: &Effort| {
        let number = |number: f64| Cell::number(number, |number| row.number_words(number));
        let provenance = [CATALOG_MONTH.into(), row.basis.label().into(), row.source().into()];
        let words = [Cell::from(format!("{}, {}", asked_by(row), row.unit_words()))];
        words.into_iter().chain([row.likely, row.low, row.high].map(number)).chain(provenance).collect()
    };
    let rows = catalog.efforts.iter().map(row).collect();
    Table { word_columns: (1, 3), ..written(EFFORTS, ["What", "Assumed", "Low", "High"].into_iter(), rows) }
}

/// Title of that table.
pub const EFFORTS: &str = "Hours, labels and times of people";

/// The month in which what has no date of its own was compiled.
const CATALOG_MONTH: &str = "2026-11";
