//! A line of text that keeps what is being typed and commits it at once.

use leptos::prelude::*;

use super::bound::{Bound, input_id};
use super::frame::{FieldFrame, Labelling};

/// What is being typed, and the number of the scenario that it is typed into.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    text: String,
    scenario: u32,
}

/// The text control of an input.
///
/// While it is edited the field shows exactly what was typed; leaving it, or pressing Enter, shows the
/// value as it is written properly. Each keystroke counts, so that the answer follows at once.
#[component]
pub fn TextControl(
    field: Bound,
    placeholder: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    keyboard: Option<&'static str>,
) -> impl IntoView {
    let control = NodeRef::<leptos::html::Input>::new();
    field.follow_attention(move || control.get().is_some_and(|control| control.focus().is_ok()));
    let draft = RwSignal::new(None::<Draft>);
    let shown = move || match draft.get() {
        Some(draft) if draft.scenario == field.scenario_number() => draft.text,
        _ => field.text.get(),
    };
    let take = move |event| {
        let text = event_target_value(&event);
        field.type_in(&text);
        draft.set(Some(Draft { text, scenario: field.scenario_number_now() }));
    };
    // A field that is taken away while it has the focus loses that too, when the draft may be gone already.
    let write_properly = move || drop(draft.try_set(None));
    view! {
        <input
            type="text"
            node_ref=control
            id=input_id(field.record)
            class="entry"
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            inputmode=keyboard
            prop:value=shown
            aria-invalid=move || field.is_wrong().then_some("true")
            aria-describedby=move || field.error_id()
            on:input=take
            on:change=move |_| write_properly()
            on:blur=move |_| write_properly()
        />
    }
}

/// A calendar month.
#[component]
pub fn MonthField(field: Bound) -> impl IntoView {
    let beside = view! { <TextControl field placeholder="2026-12" keyboard="numeric" /> };
    view! { <FieldFrame field labelling=Labelling::Control beside=beside.into_any() /> }
}
