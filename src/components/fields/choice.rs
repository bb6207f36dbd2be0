//! One of a few options: side by side where they are few and short, else in a list.

use leptos::prelude::*;

use super::frame::{FieldFrame, Labelling, error_id, input_id, label_id};
use crate::domain::input::Input;
use crate::state::store;

type Options = &'static [(&'static str, &'static str)];

/// More options than this stand in a list.
const MOST_SEGMENTS: usize = 5;
/// Options longer than this stand in a list.
const LONGEST_SEGMENT: usize = 24;

/// A choice.
#[component]
pub fn ChoiceField(record: &'static Input, options: Options) -> impl IntoView {
    let is_short = options.iter().all(|(_, label)| label.chars().count() <= LONGEST_SEGMENT);
    if options.len() <= MOST_SEGMENTS && is_short {
        view! {
            <FieldFrame record labelling=Labelling::Group>
                <Segments record options />
            </FieldFrame>
        }
        .into_any()
    } else {
        view! {
            <FieldFrame record>
                <OptionList record options />
            </FieldFrame>
        }
        .into_any()
    }
}

#[component]
fn Segments(record: &'static Input, options: Options) -> impl IntoView {
    let store = store();
    let chosen = store.text_of(record);
    let error = store.error_of(record.id);
    let segment = move |(id, label): (&'static str, &'static str)| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=record.id
                    id=format!("{}-{id}", input_id(record))
                    value=id
                    prop:checked=move || chosen.get() == id
                    on:change=move |_| store.type_in(record, id)
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <div
            class="segments"
            role="radiogroup"
            id=input_id(record)
            aria-labelledby=label_id(record)
            aria-describedby=move || error.get().map(|_| error_id(record))
        >
            {options.iter().copied().map(segment).collect_view()}
        </div>
    }
}

#[component]
fn OptionList(record: &'static Input, options: Options) -> impl IntoView {
    let store = store();
    let chosen = store.text_of(record);
    let error = store.error_of(record.id);
    let option = move |(id, label): (&'static str, &'static str)| {
        view! { <option value=id prop:selected=move || chosen.get() == id>{label}</option> }
    };
    view! {
        <select
            id=input_id(record)
            aria-describedby=move || error.get().map(|_| error_id(record))
            on:change=move |event| store.type_in(record, &event_target_value(&event))
        >
            {options.iter().copied().map(option).collect_view()}
        </select>
    }
}
