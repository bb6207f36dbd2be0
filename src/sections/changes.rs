//! Every input and whether it could change the answer.

pub mod nearest;

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::answer::{Flip, Flips, MOST_ROWS};
use crate::domain::input::input;
use crate::domain::units::words::lower_first;
use crate::state::{Page, Progress};
use nearest::{FlipButton, FlipList};

/// An input, and all that was found of it.
type Found = (&'static str, Flips);
/// An input, and one value at which the answer is another.
type Change = (&'static str, Flip);

/// Inputs that change the answer, by the answer they lead to; those that do not; those that nothing depends on.
#[component]
pub fn Changes() -> impl IntoView {
    let flips = Page::get().flips;
    let found = Memo::new(move |_| (flips.progress().get() == Progress::Done).then(|| flips.all()));
    let hint = format!(
        "Each input is varied alone over its whole range, the others as they are. Of long lists the {MOST_ROWS} \
         rows nearest in price or size are tried. A change that goes back again within a short part of a range \
         can be missed."
    );
    view! {
        <section class="changes" aria-labelledby="changes-heading" id="changes">
            <FlipList />
            <h2 id="changes-heading">"What every input could change"</h2>
            <p class="hint">{hint}</p>
            <Anew of=move || found.get() let:found>
                {match found {
                    None => view! { <p class="searching">"looking…"</p> }.into_any(),
                    Some(found) => lists(&found),
                }}
            </Anew>
        </section>
    }
}

fn lists(found: &[Found]) -> AnyView {
    let verdicts =
        by_verdict(found).into_iter().map(|(verdict, changes)| view! { <Verdict verdict changes /> });
    let verdicts = verdicts.collect_view();
    let silent = |wanted: bool| names(found, |flips| flips.found.is_empty() && flips.inert == wanted);
    view! {
        {verdicts}
        {named("No value in range changes the answer: ", silent(false))}
        {named("Nothing about any strategy depends here on: ", silent(true))}
    }
    .into_any()
}

fn named(words: &'static str, names: String) -> Option<AnyView> {
    (!names.is_empty()).then(|| view! { <p class="hint"><b>{words}</b> {format!("{names}.")}</p> }.into_any())
}

/// One answer, and the changes that lead to it.
#[component]
fn Verdict(verdict: String, changes: Vec<Change>) -> impl IntoView {
    let kind = changes.first().map_or("", |(_, flip)| flip.kind.label());
    let count = if changes.len() == 1 { "1 value".to_owned() } else { format!("{} values", changes.len()) };
    let tally = format!(" {count}, {kind}");
    let summary = move || view! { {verdict.clone()} <span class="tally">{tally.clone()}</span> };
    let changes = Arc::new(changes);
    view! {
        <Disclosure class="flips-to" summary>
            <ChangeList changes=Arc::clone(&changes) />
        </Disclosure>
    }
}

#[component]
fn ChangeList(changes: Arc<Vec<Change>>) -> impl IntoView {
    let item = |(id, flip): &Change| {
        let (record, flip) = (input(id)?, flip.clone());
        Some(view! { <li><FlipButton record flip /></li> })
    };
    view! { <ul class="changes">{changes.iter().filter_map(item).collect_view()}</ul> }
}

/// The flips by what they lead to: what changes what to use before what changes only what to try, and the nearest first.
fn by_verdict(found: &[Found]) -> Vec<(String, Vec<Change>)> {
    let mut all: Vec<Change> =
        found.iter().flat_map(|(id, flips)| flips.found.iter().map(|flip| (*id, flip.clone()))).collect();
    all.sort_by(|a, b| a.1.kind.cmp(&b.1.kind).then(a.1.distance.total_cmp(&b.1.distance)));
    let mut verdicts: Vec<(String, Vec<Change>)> = Vec::new();
    for change in all {
        match verdicts.iter_mut().find(|(verdict, _)| *verdict == change.1.verdict()) {
            Some((_, changes)) => changes.push(change),
            None => verdicts.push((change.1.verdict(), vec![change])),
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
