//! What every field has around its control: label, mark, reset, error and help.

use leptos::html::Div;
use leptos::prelude::*;

use super::bound::{Bound, error_id, help_id, input_id, label_id};
use super::help::Help;
use crate::domain::answer::input_words::{behind_words, default_words, until_words};
use crate::domain::input::{Input, Kind};

/// How the label is tied to the control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labelling {
    /// A label for one control.
    Control,
    /// The name of a group of controls, which refers to it by id.
    Group,
    /// The control brings its own words.
    Own,
}

/// A longer unit than this leaves no room for a label in the line.
const LONGEST_UNIT: usize = 14;

/// The frame of one field.
#[component]
pub fn FieldFrame(
    field: Bound,
    labelling: Labelling,
    /// What is asked, where that is more than the name of the input.
    #[prop(optional_no_strip)]
    question: Option<&'static str>,
    /// What stands in the line of the label.
    #[prop(optional)]
    beside: Option<AnyView>,
    /// What stands under it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let record = field.record;
    let frame = NodeRef::<Div>::new();
    // A line of text takes the focus itself.
    let takes_focus = !is_text(record);
    if takes_focus {
        field.follow_attention(move || frame.get().is_some_and(|frame| frame.focus().is_ok()));
    }
    let error = move || {
        let error = field.error.get()?;
        let until = until_words(&field.value.get(), record);
        let words = format!("{error} {until}");
        Some(view! { <p class="error" id=error_id(record) prop:textContent=words /> })
    };
    let help_is_open = RwSignal::new(false);
    view! {
        <div
            class="field"
            node_ref=frame
            tabindex=takes_focus.then_some("-1")
            class:is-changed=field.is_changed
            class:is-wrong=move || field.is_wrong()
            class:is-tried=move || field.is_tried()
            class:is-long=question.is_none() && has_long_unit(record)
        >
            {label(record, labelling, question)}
            {beside}
            {children.map(|children| children())}
            // Behind the control in the order of the keyboard.
            <HelpButton record is_open=help_is_open />
            {error}
            <Show when=move || field.is_changed.get()>
                <Changed field />
            </Show>
            <div class="help" id=help_id(record) hidden=move || !help_is_open.get()>
                <Show when=move || help_is_open.get()>
                    <Help record flips=field.flips />
                </Show>
            </div>
        </div>
    }
}

fn label(record: &'static Input, labelling: Labelling, question: Option<&'static str>) -> Option<AnyView> {
    let (id, words) = (label_id(record), question.unwrap_or(record.label));
    match labelling {
        Labelling::Control => {
            Some(view! { <label class="field-label" id=id for=input_id(record)>{words}</label> }.into_any())
        }
        Labelling::Group => Some(view! { <span class="field-label" id=id>{words}</span> }.into_any()),
        Labelling::Own => None,
    }
}

fn has_long_unit(record: &Input) -> bool {
    behind_words(record).is_some_and(|unit| unit.chars().count() > LONGEST_UNIT)
}

/// Whether the control is a line of text.
fn is_text(record: &Input) -> bool {
    matches!(record.kind, Kind::Number { .. } | Kind::Evidence | Kind::Month)
}

#[component]
fn HelpButton(record: &'static Input, is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="help-button"
            aria-label=format!("About “{}”", record.label)
            aria-controls=help_id(record)
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|open| *open = !*open)
        >
            "?"
        </button>
    }
}

/// Said of a field that differs from its default, with the way back.
#[component]
fn Changed(field: Bound) -> impl IntoView {
    let record = field.record;
    // What is wrong says already what counts.
    let words = move || match field.is_wrong() {
        true => String::new(),
        false => format!("Was {}. ", default_words(&field.default_value(), record)),
    };
    view! {
        <p class="changed">
            <span prop:textContent=words />
            <button
                type="button"
                class="link"
                data-reset=record.id
                on:click=move |_| field.reset()
            >
                "Put back"
            </button>
        </p>
    }
}
