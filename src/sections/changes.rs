//! What would change the answer: the nearest changes as sentences, each to try; all others below.

mod all;
mod group;
pub mod nearest;

use leptos::prelude::*;

use crate::state::{FlipBook, Nearest, Page, Progress};
use all::AllChanges;
use group::ChangeGroup;

/// What to use, what to test, and every input that would change either.
#[component]
pub fn Changes() -> impl IntoView {
    let flips = Page::get().flips;
    let progress = flips.progress();
    let nearest = flips.nearest();
    let of = move |read: fn(&Nearest) -> &Vec<_>| Memo::new(move |_| nearest.with(|all| read(all).clone()));
    view! {
        <section
            class="changes"
            id="changes"
            aria-labelledby="changes-heading"
            data-testid="flips"
            class:is-searching=move || progress.get() == Progress::Begun
            aria-busy=move || (progress.get() != Progress::Done).to_string()
        >
            <h2 id="changes-heading">"What would change the answer"</h2>
            <p class="searching deck" prop:textContent=move || status(flips) />
            <div class="change-groups">
                <ChangeGroup name="What to use" about="nearest first" key="use" slots=5 changes=of(|all| &all.uses) />
                <ChangeGroup name="What to test" about="what to use stays" key="test" slots=3 changes=of(|all| &all.tests) />
            </div>
            <AllChanges flips />
        </section>
    }
}

/// How far the search is, or what it came to; followed.
fn status(flips: FlipBook) -> String {
    match flips.progress().get() {
        Progress::Begun => "Looking at every input in turn.".to_owned(),
        Progress::Likely => "Nearest so far; looking further.".to_owned(),
        Progress::Done if flips.changing() == 0 => {
            "No single input changes the answer within its range.".to_owned()
        }
        Progress::Done => "Each input alone, the others as they are.".to_owned(),
    }
}
