//! Every input and whether it could change the answer.

use leptos::prelude::*;

use super::group::ChangeGroup;
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::answer::{FlipKind, Flips, MOST_ROWS};
use crate::domain::input::input;
use crate::domain::units::words::lower_first;
use crate::state::{Change, FlipBook, Progress, nearer};

/// All changes of each kind, and below them a count of the inputs that change nothing, which opens.
#[component]
pub fn AllChanges(flips: FlipBook) -> impl IntoView {
    let is_done = Memo::new(move |_| flips.progress().get() == Progress::Done);
    let summary = move || {
        let words = move || match is_done.get() {
            true => format!("All {} inputs that would change it, of {}", flips.changing(), flips.all().len()),
            false => "All inputs that would change it".to_owned(),
        };
        view! { <span prop:textContent=words /> }
    };
    view! {
        <Disclosure class="more all-changes" summary>
            <div class="change-groups">
                <Group name="What to use" kind=FlipKind::Use key="all-use" flips is_done />
                <Group name="What to test" kind=FlipKind::Trial key="all-test" flips is_done />
            </div>
            <Others flips is_done />
        </Disclosure>
    }
}

#[component]
fn Group(
    name: &'static str,
    kind: FlipKind,
    key: &'static str,
    flips: FlipBook,
    is_done: Memo<bool>,
) -> impl IntoView {
    // What was found before stands until all is found anew.
    let changes = Memo::new(move |before: Option<&Vec<Change>>| match (is_done.get(), before) {
        (false, Some(before)) => before.clone(),
        _ => changes_of(&flips.all(), kind),
    });
    view! {
        <Show when=move || !changes.with(Vec::is_empty)>
            <ChangeGroup name about="nearest first" key slots=0 changes />
        </Show>
    }
}

/// The changes of a kind, the nearest first.
fn changes_of(all: &[(&'static str, Flips)], kind: FlipKind) -> Vec<Change> {
    let of_input = |(id, flips): &(&'static str, Flips)| {
        let id = *id;
        flips.found.iter().filter(|flip| flip.kind == kind).map(|flip| (id, flip.clone())).collect::<Vec<_>>()
    };
    let mut changes: Vec<Change> = all.iter().flat_map(of_input).collect();
    changes.sort_by(nearer);
    changes
}

/// The inputs that change nothing.
#[component]
fn Others(flips: FlipBook, is_done: Memo<bool>) -> impl IntoView {
    let silent = Memo::new(move |before: Option<&Vec<(&'static str, bool)>>| match (is_done.get(), before) {
        (false, Some(before)) => before.clone(),
        _ => silent(&flips.all()),
    });
    let summary = move || {
        let words = move || format!("{} others do not", silent.with(Vec::len));
        view! { <span prop:textContent=words /> }
    };
    view! {
        <Disclosure class="more" summary>
            <div>
                <Anew of=move || silent.get() let:silent>
                    {named("No value in range changes the answer: ", names(&silent, false))}
                    {named("Nothing depends here on: ", names(&silent, true))}
                </Anew>
                <p class="hint">
                    {format!(
                        "Each input is varied over its whole range. Of long lists the {MOST_ROWS} rows nearest in \
                         price or size are tried. A change that goes back again within a short part of a range can \
                         be missed.",
                    )}
                </p>
            </div>
        </Disclosure>
    }
}

/// Inputs without any flip, and whether nothing at all depends on them.
fn silent(all: &[(&'static str, Flips)]) -> Vec<(&'static str, bool)> {
    all.iter().filter(|(_, flips)| flips.found.is_empty()).map(|(id, flips)| (*id, flips.inert)).collect()
}

fn named(words: &'static str, names: String) -> Option<AnyView> {
    (!names.is_empty()).then(|| view! { <p class="hint"><b>{words}</b> {format!("{names}.")}</p> }.into_any())
}

fn names(silent: &[(&'static str, bool)], wanted: bool) -> String {
    let records = silent.iter().filter(|(_, inert)| *inert == wanted).filter_map(|(id, _)| input(id));
    // Their labels hold commas.
    records.map(|record| lower_first(record.label)).collect::<Vec<_>>().join("; ")
}
