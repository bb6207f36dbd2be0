//! Every input and whether it could change the answer.

use super::answer::flips::flip_button;
use crate::browser::dom::{El, el};
use crate::components::disclosure::disclosure;
use crate::domain::flips::{Flip, Flips, MOST_ROWS};
use crate::domain::input::input;
use crate::format::lower_first;
use crate::state::{Progress, store};

/// Inputs that change the answer, by the answer they lead to; those that do not; those that nothing depends on.
pub fn all_flips() -> El {
    let flips = store().flips();
    let found = move || (flips.progress() == Progress::Done).then(|| flips.all());
    el("section")
        .attrs(&[("class", "all-flips"), ("aria-labelledby", "all-flips-heading"), ("id", "all-flips")])
        .child(el("h2").attr("id", "all-flips-heading").text("What every input could change"))
        .child(el("p").class("hint").text(&format!(
            "Each input is varied alone over its whole range, the others as they are. Of long lists the \
             {MOST_ROWS} rows nearest in price or size are tried. A change that goes back again within a short \
             part of a range can be missed."
        )))
        .swap(found, |found| match found {
            None => vec![el("p").class("searching").text("looking…")],
            Some(found) => lists(found),
        })
}

/// An input, and one value at which the answer is another.
type Change = (&'static str, Flip);
type Found = (&'static str, Flips);

fn lists(found: &[Found]) -> Vec<El> {
    let mut parts = Vec::new();
    for (verdict, changes) in by_verdict(found) {
        let count =
            if changes.len() == 1 { "1 value".to_owned() } else { format!("{} values", changes.len()) };
        let summary =
            el("summary").text(&verdict).child(el("span").class("tally").text(&format!(" {count}")));
        parts.push(disclosure("flips-to", summary, move || {
            let buttons = changes.iter().filter_map(|(id, flip)| flip_button(id, flip));
            el("ul").class("changes").children(buttons.map(|button| el("li").child(button)))
        }));
    }
    let silent = |wanted: bool| names(found, |flips| flips.found.is_empty() && flips.inert == wanted);
    for (words, names) in [
        ("No value in range changes the answer: ", silent(false)),
        ("Nothing about any strategy depends here on: ", silent(true)),
    ] {
        if !names.is_empty() {
            parts.push(el("p").class("hint").child(el("b").text(words)).text(&format!("{names}.")));
        }
    }
    parts
}

/// The flips by what they lead to; the nearest leads first.
fn by_verdict(found: &[Found]) -> Vec<(String, Vec<Change>)> {
    let mut all: Vec<Change> =
        found.iter().flat_map(|(id, flips)| flips.found.iter().map(|flip| (*id, flip.clone()))).collect();
    all.sort_by(|a, b| a.1.distance.total_cmp(&b.1.distance));
    let mut verdicts: Vec<(String, Vec<Change>)> = Vec::new();
    for change in all {
        match verdicts.iter_mut().find(|(verdict, _)| *verdict == change.1.verdict) {
            Some((_, changes)) => changes.push(change),
            None => verdicts.push((change.1.verdict.clone(), vec![change])),
        }
    }
    verdicts
}

fn names(found: &[Found], test: impl Fn(&Flips) -> bool) -> String {
    let records = found.iter().filter(|(_, flips)| test(flips)).filter_map(|(id, _)| input(id));
    let names = records.map(|record| lower_first(record.label));
    // Their labels hold commas.
    names.collect::<Vec<_>>().join("; ")
}
