//! Yes or no.

use super::frame::{Labelling, error_id, field_frame, input_id, label_id};
use crate::browser::dom::{El, el};
use crate::domain::input::{Input, Value};
use crate::state::store;

/// A flag.
pub fn flag_field(record: &'static Input) -> El {
    let store = store();
    let control = el("input")
        .attrs(&[("type", "checkbox"), ("id", &input_id(record))])
        .live_attr("aria-describedby", move || store.is_wrong(record.id).then(|| error_id(record)))
        .live_state("checked", move || store.text_of(record) == "yes")
        .on_checked(move |checked| store.put(record, &Value::Flag(checked)));
    let label = el("label")
        .attrs(&[("class", "flag"), ("id", &label_id(record)), ("for", &input_id(record))])
        .child(control)
        .child(el("span").text(record.label));
    field_frame(record, Labelling::Own, Some(label), Vec::new())
}
