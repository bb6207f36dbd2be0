//! A row of the catalogue, chosen from a list with its price.

use leptos::prelude::*;

use super::frame::{FieldFrame, error_id, input_id};
use super::row_options::{RowOption, grouped_options};
use crate::domain::input::{Input, RowTable};
use crate::state::store;

/// A catalogue row.
#[component]
pub fn RowField(record: &'static Input, table: RowTable) -> impl IntoView {
    let store = store();
    let chosen = store.text_of(record);
    let error = store.error_of(record.id);
    let option = move |option: RowOption| {
        let id = option.id.clone();
        view! { <option value=option.id prop:selected=move || chosen.with(|chosen| *chosen == id)>{option.label}</option> }
    };
    let groups = grouped_options(table).into_iter().map(move |(group, options)| {
        let options = options.into_iter().map(option).collect_view();
        match group {
            Some(name) => view! { <optgroup label=name>{options}</optgroup> }.into_any(),
            None => options.into_any(),
        }
    });
    view! {
        <FieldFrame record>
            <select
                id=input_id(record)
                aria-describedby=move || error.get().map(|_| error_id(record))
                on:change=move |event| store.type_in(record, &event_target_value(&event))
            >
                {groups.collect_view()}
            </select>
        </FieldFrame>
    }
}
