//! What every field has around its control: label, mark, reset, error and help.

use leptos::children::ViewFn;
use leptos::prelude::*;

use crate::domain::input::{Input, Kind, Unit, format_number};
use crate::domain::scenario::value_text;
use crate::format::GAP;
use crate::state::store;

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
///
/// `beside` stands in the line of the label, the children below it.
#[component]
pub fn FieldFrame(
    record: &'static Input,
    #[prop(optional)] labelling: Option<Labelling>,
    #[prop(optional, into)] beside: ViewFn,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let store = store();
    let error = store.error_of(record.id);
    let is_changed = store.is_changed(record.id);
    let help_is_open = RwSignal::new(false);
    let frame = NodeRef::<leptos::html::Div>::new();
    if !is_text(record) {
        Effect::new(move |_| {
            if store.attention().get() == Some(record.id)
                && let Some(frame) = frame.get()
            {
                let _ = frame.focus();
                store.attention().set(None);
            }
        });
    }
    // The button goes with the change; the focus shall not be lost with it.
    let reset = move |_| {
        store.reset(record.id);
        store.attention().set(Some(record.id));
    };
    let label = label_view(record, labelling.unwrap_or(Labelling::Control));
    view! {
        <div
            class="field"
            node_ref=frame
            tabindex=(!is_text(record)).then_some("-1")
            class:is-changed=move || is_changed.get() class:is-wrong=move || error.get().is_some()
        >
            <div class="field-head">
                <span class="field-label">
                    {label} " " <button
                        type="button"
                        class="help-button"
                        aria-label=format!("About “{}”", record.label)
                        aria-expanded=move || help_is_open.get().to_string()
                        aria-controls=help_id(record)
                        on:click=move |_| help_is_open.update(|open| *open = !*open)
                    >
                        "?"
                    </button>
                </span>
                {beside.run()}
            </div>
            {children.map(|children| children())}
            {move || error.get().map(|error| view! { <p class="error" id=error_id(record)>{error}</p> })}
            <Show when=move || is_changed.get()>
                <p class="changed">
                    "Changed. "
                    <button type="button" class="link" data-reset=record.id on:click=reset>
                        {format!("Back to {}", default_words(record))}
                    </button>
                </p>
            </Show>
            <div class="help" id=help_id(record) hidden=move || !help_is_open.get()>
                <p>{record.help}</p>
                {range_words(record).map(|words| view! { <p>{words}</p> })}
                <p class="source">{format!("Source: {}.", record.source_line())}</p>
            </div>
        </div>
    }
}

fn label_view(record: &'static Input, labelling: Labelling) -> AnyView {
    let unit = unit_words(record).map(|unit| view! { <span class="unit">{unit}</span> });
    match labelling {
        Labelling::Control => {
            view! { <label id=label_id(record) for=input_id(record)>{record.label} " " {unit}</label> }
                .into_any()
        }
        Labelling::Group => view! { <span id=label_id(record)>{record.label}</span> }.into_any(),
        Labelling::Own => ().into_any(),
    }
}

/// Whether the control is a line of text, which takes the focus itself.
fn is_text(record: &Input) -> bool {
    matches!(record.kind, Kind::Number { .. } | Kind::Evidence | Kind::Month)
}

/// Id of the control.
pub fn input_id(record: &Input) -> String {
    format!("input-{}", record.id)
}

/// Id of the label.
pub fn label_id(record: &Input) -> String {
    format!("label-{}", record.id)
}

/// Id of the error.
pub fn error_id(record: &Input) -> String {
    format!("error-{}", record.id)
}

fn help_id(record: &Input) -> String {
    format!("help-{}", record.id)
}

/// The unit as it stands behind the label.
fn unit_words(record: &Input) -> Option<String> {
    let Kind::Number { unit, .. } = record.kind else { return None };
    let words = match unit {
        Unit::Plain(text) => text.to_owned(),
        Unit::Share(text) => format!("% {text}"),
        Unit::Usd(text) => format!("$ {text}"),
    };
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// A number in the unit of its input, with the currency sign.
pub fn number_words(number: f64, record: &Input) -> String {
    let text = match record.kind {
        Kind::Number { unit: unit @ Unit::Usd(_), .. } => format!("${}", format_number(number, unit)),
        Kind::Number { unit, .. } => format_number(number, unit),
        _ => number.to_string(),
    };
    // In a field stands what the keyboard writes; in a sentence, a true minus, and no break before the sign.
    text.replace('-', "−").replace(" %", &format!("{GAP}%"))
}

/// The usual and the possible values, in a sentence.
fn range_words(record: &Input) -> Option<String> {
    let Kind::Number { min, max, optional, .. } = record.kind else { return None };
    let accepted = format!("From {} to {}.", number_words(min, record), number_words(max, record));
    let blank = if optional { " May be left blank." } else { "" };
    Some(match usual_words(record) {
        Some(usual) => format!("Usually {usual}. {accepted}{blank}"),
        None => format!("{accepted}{blank}"),
    })
}

/// The plausible range.
pub fn usual_words(record: &Input) -> Option<String> {
    let (low, high) = record.plausible_range()?;
    Some(format!("{} to {}", number_words(low, record), number_words(high, record)))
}

/// The default as it would be said.
fn default_words(record: &Input) -> String {
    let value = record.default_value();
    let text = value_text(record, &value);
    match record.kind {
        _ if text.is_empty() => "blank".to_owned(),
        Kind::Choice { options } => {
            options.iter().find(|(id, _)| *id == text).map_or(text, |(_, label)| format!("“{label}”"))
        }
        Kind::Number { unit: Unit::Usd(_), .. } => format!("${text}"),
        _ => text,
    }
}
