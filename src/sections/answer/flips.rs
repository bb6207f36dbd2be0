//! What would change the answer: the nearest values of a few inputs at which the verdict is another.

use leptos::prelude::*;

use crate::format::lower_first;

use crate::components::fields::{FlipValue, number_words};
use crate::domain::flips::Flips;
use crate::domain::input::{Input, Value, input};
use crate::state::store;

/// One line for each flip, to click; the inputs without one in a sentence.
#[component]
pub fn FlipList() -> impl IntoView {
    let store = store();
    let all = store.flips().all();
    let searching = store.flips().is_searching();
    let lines = move || {
        let found = all.get().into_iter().filter_map(|(id, flips)| Some((input(id)?, flips)));
        let lines = found.map(|(record, Flips { below, above })| {
            let below = below.map(|flip| (FlipValue::below(&flip, record), "or less", flip.verdict));
            let above = above.map(|flip| (FlipValue::above(&flip, record), "or more", flip.verdict));
            let line = |(flip, side, verdict)| view! { <FlipLine record flip side verdict /> };
            [below, above].into_iter().flatten().map(line).collect_view()
        });
        lines.collect_view()
    };
    let without = move || {
        let without: Vec<&str> = all.with(|all| {
            let without = all.iter().filter(|(_, flips)| flips.below.is_none() && flips.above.is_none());
            without.filter_map(|(id, _)| input(id)).map(|record| record.label).collect()
        });
        (!without.is_empty()).then(|| {
            let names = without.into_iter().map(lower_first).collect::<Vec<_>>().join(", ");
            view! { <p class="hint">"No value in range changes the answer: " {names} "."</p> }
        })
    };
    view! {
        <section class="flips" aria-labelledby="flips-heading" data-testid="flips" class:is-searching=move || searching.get()>
            <h2 id="flips-heading">"What would change the answer"</h2>
            <p class="searching" role="status">{move || if searching.get() { "looking…" } else { "" }}</p>
            <ul>{lines}</ul>
            {without}
        </section>
    }
}

#[component]
fn FlipLine(record: &'static Input, flip: FlipValue, side: &'static str, verdict: String) -> impl IntoView {
    let store = store();
    let inputs = store.inputs();
    let now = Memo::new(move |_| match inputs.with(|inputs| (record.get)(inputs)) {
        Value::Number(number) => number_words(number, record),
        _ => "not set".to_owned(),
    });
    let value = flip.value;
    view! {
        <li>
            <button
                type="button"
                class="flip"
                data-flip=record.id
                title="Set this value"
                on:click=move |_| store.put(record, &Value::Number(value))
            >
                <span>{record.label} " " {move || now.get()} " → " <b>{flip.words} " " {side}</b></span>
                <span class="flip-to">{verdict}</span>
            </button>
        </li>
    }
}
