//! A line of text that keeps what is being typed and commits it at once.

use leptos::prelude::*;

use super::bound::{Bound, input_id};
use super::frame::{FieldFrame, Labelling};
use crate::domain::answer::input_words::{behind_words, sign_words};

/// What is being typed, and the number of the scenario that it is typed into.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    text: String,
    scenario: u32,
}

/// The text control of an input, between the currency and the unit.
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
    /// What stands behind the number, where that is not its unit.
    #[prop(optional)]
    unit: Option<&'static str>,
) -> impl IntoView {
    let record = field.record;
    let control = NodeRef::<leptos::html::Input>::new();
    field.follow_attention(move || control.get().is_some_and(|control| control.focus().is_ok()));
    let draft = RwSignal::new(None::<Draft>);
    let shown = Memo::new(move |_| match draft.get() {
        Some(draft) if draft.scenario == field.replacements() => draft.text,
        _ => field.text.get(),
    });
    let width = move || shown.with(|text| if text.is_empty() { placeholder } else { text }.chars().count());
    let take = move |event| {
        let text = event_target_value(&event);
        field.type_in(&text);
        draft.set(Some(Draft { text, scenario: field.replacements_now() }));
    };
    // A field that is taken away while it has the focus loses that too, when the draft may be gone already.
    let write_properly = move || drop(draft.try_set(None));
    // The unit is a label too: it belongs to the name, and a click on it leads to the number.
    let beside = |class: &'static str| move |words: &'static str| view! { <label class=class for=input_id(record)>{words}</label> };
    view! {
        <span class="value">
            {sign_words(record).map(beside("unit sign"))}
            <input
                type="text"
                node_ref=control
                id=input_id(record)
                class="entry"
                style:--n=move || width().to_string()
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
            {unit.or_else(|| behind_words(record)).map(beside("unit"))}
        </span>
    }
}

/// A calendar month.
#[component]
pub fn MonthField(field: Bound) -> impl IntoView {
    let beside = view! { <TextControl field placeholder="2026-12" keyboard="numeric" /> };
    view! { <FieldFrame field labelling=Labelling::Control beside=beside.into_any() /> }
}
