//! One of a few options: side by side where they are few and short, else in a list.

use leptos::prelude::*;

use super::bound::{Bound, input_id, label_id};
use super::frame::{FieldFrame, Labelling};

type Options = &'static [(&'static str, &'static str)];

/// More options than this stand in a list.
const MOST_SEGMENTS: usize = 5;
/// Options longer than this stand in a list.
const LONGEST_SEGMENT: usize = 24;

/// A choice.
#[component]
pub fn ChoiceField(field: Bound, options: Options) -> impl IntoView {
    let is_short = options.iter().all(|(_, label)| label.chars().count() <= LONGEST_SEGMENT);
    if options.len() <= MOST_SEGMENTS && is_short {
        return view! {
            <FieldFrame field labelling=Labelling::Group>
                <Segments field options />
            </FieldFrame>
        }
        .into_any();
    }
    let options = move || {
        let option =
            |(id, label): &(&'static str, &'static str)| choice(field, (*id).into(), (*label).into());
        options.iter().map(option).collect_view()
    };
    view! {
        <FieldFrame field labelling=Labelling::Control>
            <Select field>{options()}</Select>
        </FieldFrame>
    }
    .into_any()
}

#[component]
fn Segments(field: Bound, options: Options) -> impl IntoView {
    let record = field.record;
    let segment = move |(id, label): &(&'static str, &'static str)| {
        let (id, label) = (*id, *label);
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=record.id
                    id=format!("{}-{id}", input_id(record))
                    value=id
                    prop:checked=move || field.text.with(|text| text == id)
                    on:change=move |_| field.type_in(id)
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
            aria-describedby=move || field.error_id()
        >
            {options.iter().map(segment).collect_view()}
        </div>
    }
}

/// A list to choose from; its children are options.
#[component]
pub fn Select(field: Bound, children: Children) -> impl IntoView {
    view! {
        <select
            id=input_id(field.record)
            aria-describedby=move || field.error_id()
            on:change=move |event| field.type_in(&event_target_value(&event))
        >
            {children()}
        </select>
    }
}

/// An option of such a list.
pub fn choice(field: Bound, id: String, label: String) -> AnyView {
    let value = id.clone();
    let is_chosen = move || field.text.with(|text| *text == id);
    view! { <option value=value prop:selected=is_chosen>{label}</option> }.into_any()
}
