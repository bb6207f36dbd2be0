//! Yes or no.

use leptos::prelude::*;

use super::bound::{Bound, input_id, label_id};
use super::frame::{FieldFrame, Labelling};
use crate::domain::input::Value;

/// A flag.
#[component]
pub fn FlagField(field: Bound) -> impl IntoView {
    let record = field.record;
    let beside = view! {
        <label class="field-label flag" id=label_id(record) for=input_id(record)>
            <input
                type="checkbox"
                id=input_id(record)
                aria-describedby=move || field.error_id()
                prop:checked=move || field.text.with(|text| text == "yes")
                on:change=move |event| field.put(&Value::Flag(event_target_checked(&event)))
            />
            <span>{record.label}</span>
        </label>
    };
    view! { <FieldFrame field labelling=Labelling::Own beside=beside.into_any() /> }
}
