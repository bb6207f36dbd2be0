//! A row of the catalogue, chosen from a list with its price.

use super::choice::{option, select};
use super::frame::{Labelling, field_frame};
use super::row_options::{RowOption, grouped_options};
use crate::browser::dom::{El, el};
use crate::domain::input::{Input, RowTable};

/// A catalogue row.
pub fn row_field(record: &'static Input, table: RowTable) -> El {
    let option = |row: RowOption| option(record, &row.id, &row.label);
    let mut list = select(record);
    for (group, options) in grouped_options(table) {
        let options = options.into_iter().map(option);
        list = match group {
            Some(name) => list.child(el("optgroup").attr("label", &name).children(options)),
            None => list.children(options),
        };
    }
    field_frame(record, Labelling::Control, None, vec![list])
}
