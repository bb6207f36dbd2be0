//! What every field has around its control: label, mark, reset, error and help.

use leptos::html::Div;
use leptos::prelude::*;

use super::bound::{Bound, error_id, help_id, input_id, label_id};
use super::help::Help;
use super::words::{default_words, unit_words};
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

/// The frame of one field.
#[component]
pub fn FieldFrame(
    field: Bound,
    labelling: Labelling,
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
        Some(view! { <p class="error" id=error_id(record) prop:textContent=error /> })
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
        >
            <div class="field-head">
                <span class="field-label">
                    {label(record, labelling)}
                </span>
                {beside}
            </div>
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

fn label(record: &'static Input, labelling: Labelling) -> Option<AnyView> {
    let unit = unit_words(record).map(|unit| view! { <span class="unit">{unit}</span> });
    match labelling {
        Labelling::Control => Some(
            view! { <label id=label_id(record) for=input_id(record)>{record.label} " " {unit}</label> }
                .into_any(),
        ),
        Labelling::Group => Some(view! { <span id=label_id(record)>{record.label}</span> }.into_any()),
        Labelling::Own => None,
    }
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
    let words = move || format!("Was {}. ", default_words(&field.default_value(), record));
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
