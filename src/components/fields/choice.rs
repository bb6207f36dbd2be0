//! One of a few options: side by side where they are few and short, else in a list.

use leptos::prelude::*;

use super::bound::{Bound, input_id, label_id};
use super::frame::{FieldFrame, Labelling};

/// Options, each with its id and its words.
pub type Options = &'static [(&'static str, &'static str)];

/// More letters than this, with the gaps, do not stand side by side.
const LONGEST_LINE: usize = 34;
/// Letters that a gap is worth.
const GAP_LETTERS: usize = 3;

/// A choice.
#[component]
pub fn ChoiceField(field: Bound, options: Options) -> impl IntoView {
    let letters = |(_, label): &(&'static str, &'static str)| label.chars().count();
    let line: usize = options.iter().map(|option| letters(option) + GAP_LETTERS).sum();
    if line <= LONGEST_LINE {
        return view! { <SegmentField field options /> }.into_any();
    }
    let choices = move || {
        let option =
            |(id, label): &(&'static str, &'static str)| choice(field, (*id).into(), (*label).into());
        options.iter().map(option).collect_view()
    };
    let select = view! { <Select field>{choices()}</Select> }.into_any();
    let longest = options.iter().map(letters).max().unwrap_or_default();
    if field.record.label.chars().count() + longest <= LONGEST_LINE {
        let select = view! { <span class="beside">{select}</span> }.into_any();
        return view! { <FieldFrame field labelling=Labelling::Control beside=select /> }.into_any();
    }
    view! { <FieldFrame field labelling=Labelling::Control>{select}</FieldFrame> }.into_any()
}

/// A choice of a few options side by side.
#[component]
pub fn SegmentField(
    field: Bound,
    options: Options,
    /// What is asked, where that is more than the name of the input.
    #[prop(optional)]
    question: Option<&'static str>,
) -> impl IntoView {
    view! {
        <FieldFrame field labelling=Labelling::Group question=question>
            <Segments field options />
        </FieldFrame>
    }
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
            aria-invalid=move || field.is_wrong().then_some("true")
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
    view! { <option value=value prop:selected=is_chosen prop:textContent=label /> }.into_any()
}
