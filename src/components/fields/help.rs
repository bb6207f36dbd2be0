//! What a field means, where its default comes from, and whether it matters here.
//!
//! These texts are a good part of the page and wanted one at a time, so they arrive after first paint:
//! the form knows only a place where the function is put that writes them.

use std::cell::Cell;

use super::flip_words::flip_words;
use super::frame::{number_words, usual_words};
use crate::browser::dom::{El, el};
use crate::domain::flips::Flip;
use crate::domain::input::{Input, Kind, help_of};
use crate::state::store;

/// Flips that are named before the rest is counted.
const MOST_NAMED: usize = 3;

type Explain = fn(&'static Input) -> El;

thread_local! {
    static EXPLAIN: Cell<Option<Explain>> = const { Cell::new(None) };
}

/// From now on fields can be explained.
pub fn explain_fields() {
    EXPLAIN.set(Some(explanation));
}

/// The explanation of a field, if it has arrived.
pub fn explained(record: &'static Input) -> El {
    match EXPLAIN.get() {
        Some(explain) => explain(record),
        None => el("p").text("The explanations have not arrived yet."),
    }
}

fn explanation(record: &'static Input) -> El {
    el("div")
        .child(el("p").text(help_of(record)))
        .children(range_words(record).map(|words| el("p").text(&words)))
        .child(flip_line(record))
        .child(el("p").class("source").text(&format!("Source: {}.", record.source_line())))
}

/// The usual and the possible values, in a sentence.
fn range_words(record: &Input) -> Option<String> {
    let Kind::Number { min, max, optional, .. } = record.kind else { return None };
    let accepted = format!("From {} to {}.", number_words(min, record), number_words(max, record));
    let blank = if optional { " May be left blank." } else { "" };
    Some(match usual_words(record) {
        Some(usual) => format!("Usually {usual}. {accepted}{blank}"),
        None => format!("{accepted}{blank}"),
    })
}

/// What is found of an input, as a line of its help; nothing as long as it is not searched.
fn flip_line(record: &'static Input) -> El {
    let flips = store().flips();
    el("p").class("flip-line").live(move || match flips.of(record.id) {
        None => String::new(),
        Some(flips) if flips.inert => "Nothing about any strategy depends on it here.".to_owned(),
        Some(flips) if flips.found.is_empty() => "No value in range changes the answer.".to_owned(),
        Some(flips) => flips_sentence(&flips.found, record),
    })
}

/// All that would change the answer, in a sentence.
fn flips_sentence(flips: &[Flip], record: &Input) -> String {
    let mut words: Vec<String> = flips.iter().take(MOST_NAMED).map(|flip| flip_words(flip, record)).collect();
    if flips.len() > MOST_NAMED {
        words.push(format!("{} more", flips.len() - MOST_NAMED));
    }
    format!("The answer changes with {}.", words.join("; "))
}
