//! A file to choose, or a text to paste.

use leptos::prelude::*;

use super::draft::{Draft, EXAMPLE};
use super::vocabulary::Vocabulary;
use crate::browser::file::read_chosen;
use crate::components::anew::Anew;
use crate::domain::scenario::policy::{MOST_BYTES, PolicyError};

/// The form for a policy.
#[component]
pub fn PolicyForm(
    draft: Draft,
    /// Called once another policy is in force.
    after: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let apply = move |_| {
        if draft.apply() {
            after();
        }
    };
    view! {
        <div>
            <FileControl draft after />
            <label for="policy-text">"Or its text:"</label>
            <TextArea draft />
            <div class="error" role="alert" id="policy-errors">
                <Anew of=move || draft.errors.get() let:errors>
                    {(!errors.is_empty()).then(|| wrong_rows(errors))}
                </Anew>
            </div>
            <p class="row-buttons">
                <button type="button" class="solid" on:click=apply>
                    "Apply this policy"
                </button>
                <button type="button" class="link" on:click=move |_| draft.edit(EXAMPLE)>
                    "Start from an example"
                </button>
            </p>
            <Vocabulary />
        </div>
    }
}

#[component]
fn FileControl(draft: Draft, after: impl Fn() + Copy + 'static) -> impl IntoView {
    let read = move |event: leptos::ev::Event| {
        read_chosen(&event, MOST_BYTES, move |text| {
            if draft.take(text) {
                after();
            }
        });
    };
    view! {
        <p>
            <label for="policy-file">"A file: "</label>
            <input type="file" id="policy-file" accept=".json,application/json" on:change=read />
        </p>
    }
}

#[component]
fn TextArea(draft: Draft) -> impl IntoView {
    let is_wrong = Memo::new(move |_| draft.errors.with(|errors| !errors.is_empty()));
    view! {
        <textarea
            id="policy-text"
            rows="12"
            spellcheck="false"
            autocomplete="off"
            aria-describedby="policy-errors"
            aria-invalid=move || is_wrong.get().then_some("true")
            prop:value=move || draft.text.get()
            on:input=move |event| draft.text.set(event_target_value(&event))
        ></textarea>
    }
}

/// What is wrong, place by place.
fn wrong_rows(errors: Vec<PolicyError>) -> AnyView {
    let item = |PolicyError { place, message }| view! { <li><b>{place}</b> {format!(": {message}")}</li> };
    view! {
        <p>"This is no policy yet; nothing was changed."</p>
        <ul>{errors.into_iter().map(item).collect_view()}</ul>
    }
    .into_any()
}
