//! A link to a field of the form.

use crate::browser::dom::{El, button};
use crate::domain::input::input;
use crate::state::store;

/// Moves to the field of an input, wherever it stands; nothing where there is no such input.
pub fn field_link(id: &str, words: &str) -> Option<El> {
    let record = input(id)?;
    let go = move |_| store().attention().set(Some(record.id));
    Some(button("link").attr("data-field", record.id).text(words).on("click", go))
}
