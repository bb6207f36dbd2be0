//! A line of text that keeps what is being typed and commits it at once.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, Set};

use super::frame::{Labelling, error_id, field_frame, follow_attention, input_id};
use crate::browser::dom::{El, el, follow};
use crate::domain::input::Input;
use crate::state::store;

/// The text control of an input.
///
/// While it is edited the field shows exactly what was typed; leaving it, or pressing Enter, shows the
/// value as it is written properly. Each keystroke counts, so that the answer follows at once.
pub fn text_control(record: &'static Input, placeholder: &str) -> El {
    let store = store();
    let typed = RwSignal::new(None::<String>);
    // What was typed belongs to the scenario it was typed into.
    follow(move || {
        store.replacements().get();
        typed.set(None);
    });
    let field = el("input")
        .attrs(&[
            ("type", "text"),
            ("id", &input_id(record)),
            ("class", "entry"),
            ("placeholder", placeholder),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
        ])
        .live_value(move || typed.get().unwrap_or_else(|| store.text_of(record)))
        .live_attr("aria-invalid", move || store.is_wrong(record.id).then(|| "true".to_owned()))
        .live_attr("aria-describedby", move || store.is_wrong(record.id).then(|| error_id(record)))
        .on_value("input", move |now| {
            store.type_in(record, &now);
            typed.set(Some(now));
        })
        .on("change", move |_| typed.set(None))
        .on("blur", move |_| typed.set(None));
    follow_attention(record, &field);
    field
}

/// A calendar month.
pub fn month_field(record: &'static Input) -> El {
    let control = text_control(record, "2026-12").attr("inputmode", "numeric");
    field_frame(record, Labelling::Control, Some(control), Vec::new())
}
