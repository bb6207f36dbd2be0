//! A slider beside a number's text.

use super::frame::label_id;
use super::slider_scale::SliderScale;
use crate::browser::dom::{El, el};
use crate::domain::input::{Input, Value};
use crate::state::store;

/// A slider for the sensible part of a number's range.
pub fn slider(record: &'static Input, scale: SliderScale) -> El {
    let store = store();
    let position = move || match store.value_of(record) {
        Value::Number(number) => scale.position(number),
        _ => 0,
    };
    el("input")
        .attrs(&[
            ("type", "range"),
            ("class", "slider"),
            ("min", "0"),
            ("max", &scale.steps().to_string()),
            ("step", "1"),
            ("aria-label", &format!("{}, slider", record.label)),
            ("aria-describedby", &label_id(record)),
        ])
        .live_attr("aria-valuetext", move || Some(store.text_of(record)))
        .live_value(move || position().to_string())
        .on_value("input", move |position| {
            if let Ok(position) = position.parse::<u32>() {
                store.put(record, &Value::Number(scale.value(position)));
            }
        })
}
