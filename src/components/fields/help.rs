//! What a field means, where its default comes from, and whether it matters here.

use leptos::prelude::*;

use crate::components::source::SourceText;
use crate::domain::answer::input_words::{flip_words, number_words, usual_words};
use crate::domain::answer::{Flip, Flips};
use crate::domain::input::{Input, Kind, help_of};

/// Flips that are named before the rest is counted.
const MOST_NAMED: usize = 3;

/// The explanation of one input.
#[component]
pub fn Help(record: &'static Input, flips: Memo<Option<Flips>>) -> impl IntoView {
    let flip_line =
        move || flips.with(|flips| flips.as_ref().map_or_else(String::new, |flips| sentence(flips, record)));
    view! {
        <div>
            <p>{help_of(record)}</p>
            {range_words(record).map(|words| view! { <p>{words}</p> })}
            <p prop:textContent=flip_line />
            <p class="source">"Source: " <SourceText text=record.source_line() /> "."</p>
        </div>
    }
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

/// What was found of an input, in a sentence.
fn sentence(flips: &Flips, record: &Input) -> String {
    if flips.inert {
        return "Nothing about any strategy depends on it here.".to_owned();
    }
    if flips.found.is_empty() {
        return "No value in range changes the answer.".to_owned();
    }
    let named = |flip: &Flip| flip_words(flip, record);
    let mut words: Vec<String> = flips.found.iter().take(MOST_NAMED).map(named).collect();
    if flips.found.len() > MOST_NAMED {
        words.push(format!("{} more", flips.found.len() - MOST_NAMED));
    }
    format!("The answer changes with {}.", words.join("; "))
}
