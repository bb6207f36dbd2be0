//! A row of the catalogue, chosen from a list with its price.

use super::choice::{option, select};
use super::frame::{Labelling, field_frame};
use super::row_options::{RowOption, grouped_options};
use crate::browser::dom::{El, el};
use crate::domain::input::{Input, RowTable};
use crate::domain::own_rows::OwnRows;
use crate::state::store;

/// A catalogue row.
pub fn row_field(record: &'static Input, table: RowTable) -> El {
    let store = store();
    // A row that was removed stays in the list as long as it is chosen: nothing else must seem to be.
    let missing = move || store.is_wrong(record.id).then(|| store.text_of(record));
    let list = select(record).swap(
        move || (store.rows().get(), missing()),
        move |(rows, missing)| options(record, table, rows, missing.as_deref()),
    );
    field_frame(record, Labelling::Control, None, vec![list])
}

fn options(record: &'static Input, table: RowTable, rows: &OwnRows, missing: Option<&str>) -> Vec<El> {
    let mut shown: Vec<El> =
        missing.iter().map(|id| option(record, id, &format!("{id} · not in the catalogue"))).collect();
    for (group, options) in grouped_options(table, rows) {
        let options = options.into_iter().map(|row: RowOption| option(record, &row.id, &row.label));
        match group {
            Some(name) => shown.push(el("optgroup").attr("label", &name).children(options)),
            None => shown.extend(options),
        }
    }
    shown
}
