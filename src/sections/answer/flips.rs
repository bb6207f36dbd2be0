//! What would change the answer: the nearest values of a few inputs at which the verdict is another.

use leptos::prelude::*;

use crate::components::fields::flip_value_text;
use crate::domain::flips::{Flip, Flips};
use crate::domain::input::{Input, Value, input};
use crate::state::store;

/// One line for each flip, to click; the inputs without one in a sentence.
#[component]
pub fn FlipList() -> impl IntoView {
    let store = store();
    let all = store.flips().all();
    let searching = store.flips().is_searching();
    let lines = move || {
        let lines = all.get().into_iter().filter_map(|(id, flips)| Some((input(id)?, flips))).flat_map(|(record, flips)| {
            let Flips { below, above } = flips;
            [(below, "or fewer"), (above, "or more")]
                .into_iter()
                .filter_map(move |(flip, side)| flip.map(|flip| view! { <FlipLine record flip side /> }))
        });
        lines.collect_view()
    };
    let without = move || {
        let without: Vec<&str> = all.with(|all| {
            let without = all.iter().filter(|(_, flips)| flips.below.is_none() && flips.above.is_none());
            without.filter_map(|(id, _)| input(id)).map(|record| record.label).collect()
        });
        (!without.is_empty()).then(|| {
            let names = without.into_iter().map(within_sentence).collect::<Vec<_>>().join(", ");
            view! { <p class="hint">"No value in range changes the answer: " {names} "."</p> }
        })
    };
    view! {
        <section class="flips" aria-labelledby="flips-heading" data-testid="flips" class:is-searching=move || searching.get()>
            <h2 id="flips-heading">"What would change the answer"</h2>
            <ul>{lines}</ul>
            {without}
            <p class="hint" role="status">
                {move || if searching.get() { "Looking for the values at which the answer changes…" } else { "" }}
            </p>
        </section>
    }
}

#[component]
fn FlipLine(record: &'static Input, flip: Flip, side: &'static str) -> impl IntoView {
    let store = store();
    let inputs = store.inputs();
    let now = Memo::new(move |_| match inputs.with(|inputs| (record.get)(inputs)) {
        Value::Number(number) => flip_value_text(number, record),
        _ => "blank".to_owned(),
    });
    let value = flip.value;
    let then = format!("{} {side}", flip_value_text(value, record));
    view! {
        <li>
            <button
                type="button"
                class="flip"
                data-flip=record.id
                title="Set this value"
                on:click=move |_| store.put(record, &Value::Number(value))
            >
                <span class="flip-from">{record.label} " " {move || now.get()} " → " <b>{then}</b></span>
                <span class="flip-to">{flip.verdict}</span>
            </button>
        </li>
    }
}

/// A label within a sentence: its first letter small, unless it begins an abbreviation.
fn within_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}
