//! What would change the answer: the nearest values of a few inputs at which the verdict is another.

use crate::browser::dom::{El, button, el};
use crate::components::fields::{FlipValue, number_words};
use crate::domain::flips::Flips;
use crate::domain::input::{Value, input};
use crate::format::lower_first;
use crate::state::store;

/// A value at which the answer changes.
type Change = (&'static str, FlipValue, &'static str);

/// The values under the verdict that they lead to, each to click; the inputs without one in a sentence.
pub fn flip_list() -> El {
    let flips = store().flips();
    let status = move || match flips.is_searching() {
        true => "looking…",
        false if flips.all().iter().all(|(_, flips)| *flips == Flips::default()) => "",
        false => "choose a value to try it",
    };
    el("section")
        .attrs(&[("class", "flips"), ("aria-labelledby", "flips-heading"), ("data-testid", "flips")])
        .live_class("is-searching", move || flips.is_searching())
        .live_class("is-first", move || flips.is_first_search())
        .live_bool("aria-busy", move || flips.is_searching())
        .child(el("h2").attr("id", "flips-heading").text("What would change the answer"))
        .child(el("p").class("searching").live(move || status().to_owned()))
        .child(
            el("ul").class("verdicts").swap(
                move || by_verdict(flips.all()),
                |verdicts| verdicts.iter().map(verdict_item).collect(),
            ),
        )
        .swap(move || without(&flips.all()), |names| without_line(names))
}

fn verdict_item((verdict, changes): &(String, Vec<Change>)) -> El {
    el("li")
        .child(el("p").class("flip-to").text(verdict))
        .child(el("ul").children(changes.iter().filter_map(flip_line)))
}

/// Names of the inputs of which no value changes the answer.
fn without(all: &[(&'static str, Flips)]) -> String {
    let without = all.iter().filter(|(_, flips)| flips.below.is_none() && flips.above.is_none());
    let names = without.filter_map(|(id, _)| input(id)).map(|record| lower_first(record.label));
    names.collect::<Vec<_>>().join(", ")
}

fn without_line(names: &str) -> Vec<El> {
    if names.is_empty() {
        return Vec::new();
    }
    vec![el("p").class("hint").text(&format!("No value in range changes the answer: {names}."))]
}

/// The changes by what they lead to, in the order found.
fn by_verdict(found: Vec<(&'static str, Flips)>) -> Vec<(String, Vec<Change>)> {
    let mut verdicts: Vec<(String, Vec<Change>)> = Vec::new();
    for (id, flips) in found {
        let Some(record) = input(id) else { continue };
        let below = flips.below.map(|flip| (FlipValue::below(&flip, record), "or less", flip.verdict));
        let above = flips.above.map(|flip| (FlipValue::above(&flip, record), "or more", flip.verdict));
        for (flip, side, verdict) in [below, above].into_iter().flatten() {
            let change = (id, flip, side);
            match verdicts.iter_mut().find(|(other, _)| *other == verdict) {
                Some((_, changes)) => changes.push(change),
                None => verdicts.push((verdict, vec![change])),
            }
        }
    }
    verdicts
}

fn flip_line((id, flip, side): &Change) -> Option<El> {
    let store = store();
    let (record, value) = (input(id)?, flip.value);
    let now = move || match store.value_of(record) {
        Value::Number(number) => number_words(number, record),
        _ => "not set".to_owned(),
    };
    Some(
        el("li").child(
            button("flip")
                .attr("data-flip", record.id)
                .text(&format!("{} ", record.label))
                .live(now)
                .text(" → ")
                .child(el("b").text(&format!("{} {side}", flip.words)))
                .on("click", move |_| store.put(record, &Value::Number(value))),
        ),
    )
}
