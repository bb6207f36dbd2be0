//! Right answers and examples of one configuration, typed where they are drawn.

use leptos::prelude::*;

use crate::charts::EvidenceRow;
use crate::domain::evidence::Evidence;
use crate::domain::input::{Input, Value};
use crate::state::Page;

/// What is being typed into one of the two fields, and the number of the scenario that it is typed into.
type Draft = RwSignal<Option<(u32, String)>>;

/// Two fields; together they are the same input as in the form.
#[component]
pub fn Counts(record: &'static Input, name: Memo<String>, row: Memo<Option<EvidenceRow>>) -> impl IntoView {
    let page = Page::get();
    let value = Memo::new(move |_| page.value_of(record));
    let correct = move || match value.get() {
        Value::Evidence(Evidence::Counted { correct, .. }) => correct.to_string(),
        _ => String::new(),
    };
    let examples =
        move || row.with(|row| row.as_ref().map(|row| row.examples.to_string())).unwrap_or_default();
    let (right, of): (Draft, Draft) = (RwSignal::new(None), RwSignal::new(None));
    let typed = move |draft: Draft| {
        let present = page.replacements.get();
        draft.get().filter(|(number, _)| *number == present).map(|(_, text)| text)
    };
    let now = move |draft: Draft, otherwise: String| {
        let present = page.replacements.get_untracked();
        draft.get_untracked().filter(|(number, _)| *number == present).map_or(otherwise, |(_, text)| text)
    };
    let take_right = move |event| {
        let text = event_target_value(&event);
        let total = now(of, untrack(examples));
        page.type_in(record, &entry(&text, &total));
        // The examples are kept while right answers are missing, and no longer: then they are in the measurement.
        let is_kept = text.trim().is_empty();
        of.set(is_kept.then(|| (page.replacements.get_untracked(), total)));
        right.set(Some((page.replacements.get_untracked(), text)));
    };
    let take_total = move |event| {
        let text = event_target_value(&event);
        let count = now(right, untrack(correct));
        // Examples alone say nothing yet: they wait for the right answers.
        if !count.trim().is_empty() {
            page.type_in(record, &entry(&count, &text));
        }
        of.set(Some((page.replacements.get_untracked(), text)));
    };
    // What is wrong stays as it was typed; a field that is taken away with the focus may have lost its draft.
    let leave = move |draft: Draft| {
        if !untrack(move || page.is_wrong(record.id)) && !untrack(correct).is_empty() {
            let _ = draft.try_set(None);
        }
    };
    let label = move |what: &'static str| move || format!("{what}, {}", name.get());
    let error = format!("evidence-error-{}", record.id);
    let described = move || page.is_wrong(record.id).then(|| error.clone());
    let is_wrong = move || page.is_wrong(record.id).then_some("true");
    view! {
        <span class="interval-counts">
            <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                placeholder="–"
                data-part="right"
                aria-label=label("Right answers")
                aria-invalid=is_wrong
                aria-describedby=described.clone()
                prop:value=move || typed(right).unwrap_or_else(correct)
                on:input=take_right
                on:blur=move |_| leave(right)
            />
            <span>"of"</span>
            <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                data-part="examples"
                aria-label=label("Examples")
                aria-invalid=is_wrong
                aria-describedby=described
                prop:value=move || typed(of).unwrap_or_else(examples)
                on:input=take_total
                on:blur=move |_| leave(of)
            />
        </span>
    }
}

/// The entry of two counts; nothing where nothing is said of right answers.
fn entry(right: &str, examples: &str) -> String {
    match right.trim() {
        "" => String::new(),
        right => format!("{right}/{}", examples.trim()),
    }
}
