//! A link to a field of the form.

use leptos::prelude::*;

use crate::domain::input::Input;

/// Moves to the field of an input, wherever it stands.
#[component]
pub fn FieldLink(
    record: &'static Input,
    /// What the link says.
    #[prop(into)]
    words: String,
    /// Asks for the field.
    go: impl Fn(&'static Input) + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="link" data-field=record.id on:click=move |_| go(record)>
            {words}
        </button>
    }
}
