//! Yes or no.

use leptos::prelude::*;

use super::frame::{FieldFrame, Labelling, error_id, input_id, label_id};
use crate::domain::input::{Input, Value};
use crate::state::store;

/// A flag.
#[component]
pub fn FlagField(record: &'static Input) -> impl IntoView {
    let store = store();
    let text = store.text_of(record);
    let error = store.error_of(record.id);
    let control = move || {
        view! {
            <label class="flag" id=label_id(record) for=input_id(record)>
                <input
                    type="checkbox"
                    id=input_id(record)
                    aria-describedby=move || error.get().map(|_| error_id(record))
                    prop:checked=move || text.get() == "yes"
                    on:change=move |event| store.put(record, &Value::Flag(event_target_checked(&event)))
                />
                <span>{record.label}</span>
            </label>
        }
    };
    view! { <FieldFrame record labelling=Labelling::Own beside=control /> }
}
