//! What would change the answer: the nearest values at which the verdict is another, each to click.

use crate::browser::dom::{El, button, el};
use crate::components::fields::{flip_words, from_words, unit_words};
use crate::domain::flips::Flip;
use crate::domain::input::{Input, Kind, Unit, input};
use crate::state::{Progress, store};

/// The nearest flips of all inputs.
pub fn flip_list() -> El {
    let flips = store().flips();
    let is_searching = move || flips.progress() == Progress::Begun;
    el("section")
        .attrs(&[("class", "flips"), ("aria-labelledby", "flips-heading"), ("data-testid", "flips")])
        .live_class("is-searching", is_searching)
        .live_bool("aria-busy", move || flips.progress() != Progress::Done)
        .child(el("h2").attr("id", "flips-heading").text("What would change the answer"))
        .child(el("p").class("searching").live(move || status(flips.progress()).to_owned()))
        .child(
            el("p")
                .class("hint")
                .live(summary)
                .text(" ")
                .child(el("a").attr("href", "#all-flips").text("All inputs")),
        )
        .child(el("ul").class("nearest").swap(
            move || flips.nearest(),
            |nearest| nearest.iter().filter_map(|(id, flip)| nearest_item(id, flip)).collect(),
        ))
}

fn status(progress: Progress) -> &'static str {
    match progress {
        Progress::Begun => "looking…",
        Progress::Likely => "nearest so far; looking further…",
        Progress::Done => "nearest first; choose one to try it",
    }
}

/// How many inputs could change it at all.
fn summary() -> String {
    let flips = store().flips();
    if flips.progress() != Progress::Done {
        return "Looking at every input in turn.".to_owned();
    }
    let all = flips.all();
    let changing = all.iter().filter(|(_, flips)| !flips.found.is_empty()).count();
    match changing {
        0 => format!("No single one of {} inputs changes the answer within its range.", all.len()),
        _ => format!("{changing} of {} inputs would change it, each alone.", all.len()),
    }
}

/// A flip to click, and the verdict that it leads to.
pub fn nearest_item(id: &str, flip: &Flip) -> Option<El> {
    let record = input(id)?;
    Some(el("li").child(flip_button(record.id, flip)?).child(el("p").class("flip-to").text(&flip.verdict)))
}

/// Sets the value when it is clicked.
pub fn flip_button(id: &str, flip: &Flip) -> Option<El> {
    let store = store();
    let record = input(id)?;
    let (to, words) = (flip.to.clone(), flip_words(flip, record));
    let flip = flip.clone();
    Some(
        button("flip")
            .attr("data-flip", record.id)
            .text(&format!("{} ", record.label))
            .children(counted_in(record).map(|unit| el("span").class("unit").text(&format!("{unit} "))))
            .live(move || from_words(&flip, &store.value_of(record), record))
            .text(" → ")
            .child(el("b").text(&words))
            .on("click", move |_| store.put(record, &to)),
    )
}

/// The unit, where the value does not say it itself.
fn counted_in(record: &Input) -> Option<String> {
    let is_plain = matches!(record.kind, Kind::Number { unit: Unit::Plain(_), .. });
    unit_words(record).filter(|_| is_plain)
}
