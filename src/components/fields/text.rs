//! A line of text that keeps what is being typed and commits it at once.

use leptos::prelude::*;

use super::frame::{FieldFrame, error_id, input_id};
use crate::domain::input::Input;
use crate::state::store;

/// The text control of an input.
///
/// While it is edited the field shows exactly what was typed; leaving it, or pressing Enter, shows the
/// value as it is written properly. Each keystroke counts, so that the answer follows at once.
#[component]
pub fn TextControl(
    record: &'static Input,
    class: &'static str,
    #[prop(optional)] placeholder: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    keyboard: Option<&'static str>,
) -> impl IntoView {
    let store = store();
    let text = store.text_of(record);
    let error = store.error_of(record.id);
    let typed = RwSignal::new(None::<String>);
    let field = NodeRef::<leptos::html::Input>::new();
    // What was typed belongs to the scenario it was typed into.
    let replacements = store.replacements();
    Effect::new(move |_| {
        replacements.track();
        typed.set(None);
    });
    Effect::new(move |_| {
        if store.attention().get() == Some(record.id)
            && let Some(field) = field.get()
        {
            let _ = field.focus();
            store.attention().set(None);
        }
    });
    view! {
        <input
            type="text"
            node_ref=field
            id=input_id(record)
            class=class
            inputmode=keyboard
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            prop:value=move || typed.get().unwrap_or_else(|| text.get())
            aria-invalid=move || error.get().map(|_| "true")
            aria-describedby=move || error.get().map(|_| error_id(record))
            on:input=move |event| {
                let now = event_target_value(&event);
                typed.set(Some(now.clone()));
                store.type_in(record, &now);
            }
            on:change=move |_| typed.set(None)
            on:blur=move |_| typed.set(None)
        />
    }
}

/// A calendar month.
#[component]
pub fn MonthField(record: &'static Input) -> impl IntoView {
    view! {
        <FieldFrame
            record
            beside=move || view! { <TextControl record class="entry" placeholder="2026-12" keyboard="numeric" /> }
        />
    }
}
