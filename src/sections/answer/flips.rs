//! What would change the answer: the nearest values of a few inputs at which the verdict is another.

use leptos::prelude::*;

use crate::components::fields::{FlipValue, number_words};
use crate::domain::flips::Flips;
use crate::domain::input::{Input, Value, input};
use crate::format::lower_first;
use crate::state::store;

/// A value at which the answer changes.
type Change = (&'static Input, FlipValue, &'static str);

/// The values under the verdict that they lead to, each to click; the inputs without one in a sentence.
#[component]
pub fn FlipList() -> impl IntoView {
    let store = store();
    let all = store.flips().all();
    let searching = store.flips().is_searching();
    let verdicts = move || {
        let verdict = |(verdict, changes): (String, Vec<Change>)| {
            let changes =
                changes.into_iter().map(|(record, flip, side)| view! { <FlipLine record flip side /> });
            view! {
                <li>
                    <p class="flip-to">{verdict}</p>
                    <ul>{changes.collect_view()}</ul>
                </li>
            }
        };
        by_verdict(all.get()).into_iter().map(verdict).collect_view()
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
    let status = move || match searching.get() {
        true => "looking…",
        false if all.with(|all| all.iter().all(|(_, flips)| *flips == Flips::default())) => "",
        false => "choose a value to try it",
    };
    view! {
        <section class="flips" aria-labelledby="flips-heading" data-testid="flips" class:is-searching=move || searching.get() aria-busy=move || searching.get().to_string()>
            <h2 id="flips-heading">"What would change the answer"</h2>
            <p class="searching">{status}</p>
            <ul class="verdicts">{verdicts}</ul>
            {without}
        </section>
    }
}

/// The changes by what they lead to, in the order found.
fn by_verdict(found: Vec<(&'static str, Flips)>) -> Vec<(String, Vec<Change>)> {
    let mut verdicts: Vec<(String, Vec<Change>)> = Vec::new();
    for (id, flips) in found {
        let Some(record) = input(id) else { continue };
        let below = flips.below.map(|flip| (FlipValue::below(&flip, record), "or less", flip.verdict));
        let above = flips.above.map(|flip| (FlipValue::above(&flip, record), "or more", flip.verdict));
        for (flip, side, verdict) in [below, above].into_iter().flatten() {
            let change = (record, flip, side);
            match verdicts.iter_mut().find(|(other, _)| *other == verdict) {
                Some((_, changes)) => changes.push(change),
                None => verdicts.push((verdict, vec![change])),
            }
        }
    }
    verdicts
}

#[component]
fn FlipLine(record: &'static Input, flip: FlipValue, side: &'static str) -> impl IntoView {
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
                on:click=move |_| store.put(record, &Value::Number(value))
            >
                {record.label} " " {move || now.get()} " → " <b>{flip.words} " " {side}</b>
            </button>
        </li>
    }
}
