//! What every field has around its control: label, mark, reset, error and help.

use super::help::explained;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::Get;

use crate::browser::dom::{El, button, el, follow};
use crate::browser::timing::soon;
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
/// `beside` stands in the line of the label, `below` under it.
pub fn field_frame(record: &'static Input, labelling: Labelling, beside: Option<El>, below: Vec<El>) -> El {
    let store = store();
    let help_is_open = RwSignal::new(false);
    let head = el("div")
        .class("field-head")
        .child(
            el("span")
                .class("field-label")
                .children(label(record, labelling))
                .text(" ")
                .child(help_button(record, help_is_open)),
        )
        .children(beside);
    let mut frame = el("div").class("field");
    if !is_text(record) {
        frame = frame.attr("tabindex", "-1");
        follow_attention(record, &frame);
    }
    frame
        .live_class("is-changed", move || store.is_changed(record.id))
        .live_class("is-wrong", move || store.is_wrong(record.id))
        .child(head)
        .children(below)
        .swap(
            move || store.error_of(record.id),
            |error| {
                let line = |error: &String| {
                    el("p").attrs(&[("class", "error"), ("id", &error_id(record))]).text(error)
                };
                error.iter().map(line).collect()
            },
        )
        .show(move || store.is_changed(record.id), move || changed_line(record))
        .child(help(record, help_is_open))
}

/// Take the focus when the field asks for attention.
pub fn follow_attention(record: &'static Input, el: &El) {
    let attention = store().attention();
    let el = el.clone();
    follow(move || {
        if attention.get() == Some(record.id) {
            let el = el.clone();
            // Only after this round of changes: it may still be on its way into the page.
            soon(move || el.focus());
            attention.set(None);
        }
    });
}

fn help_button(record: &'static Input, is_open: RwSignal<bool>) -> El {
    button("help-button")
        .attr("aria-label", &format!("About “{}”", record.label))
        .attr("aria-controls", &help_id(record))
        .toggles(is_open)
        .text("?")
}

fn changed_line(record: &'static Input) -> El {
    let store = store();
    // The button goes with the change; the focus shall not be lost with it.
    let reset = move |_| {
        store.reset(record.id);
        store.attention().set(Some(record.id));
    };
    let back = button("link")
        .attr("data-reset", record.id)
        .live(move || format!("Back to {}", default_words(record)))
        .on("click", reset);
    el("p").class("changed").text("Changed. ").child(back)
}

fn help(record: &'static Input, is_open: RwSignal<bool>) -> El {
    el("div")
        .attrs(&[("class", "help"), ("id", &help_id(record))])
        .live_flag("hidden", move || !is_open.get())
        .show(move || is_open.get(), move || explained(record))
}

fn label(record: &'static Input, labelling: Labelling) -> Option<El> {
    match labelling {
        Labelling::Control => {
            let label = el("label")
                .attrs(&[("id", &label_id(record)), ("for", &input_id(record))])
                .text(record.label)
                .text(" ");
            let unit = unit_words(record).map(|unit| el("span").class("unit").text(&unit));
            Some(label.children(unit))
        }
        Labelling::Group => Some(el("span").attr("id", &label_id(record)).text(record.label)),
        Labelling::Own => None,
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
pub fn unit_words(record: &Input) -> Option<String> {
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

/// The plausible range.
pub fn usual_words(record: &Input) -> Option<String> {
    let (low, high) = record.plausible_range()?;
    Some(format!("{} to {}", number_words(low, record), number_words(high, record)))
}

/// The default as it would be said, a policy’s where it has one; followed.
fn default_words(record: &Input) -> String {
    let value = store().scenario().with(|scenario| scenario.default_of(record));
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
