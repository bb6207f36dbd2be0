//! Evidence: what is measured as intervals against the bar, a result to try, and what it takes to find out.

mod calculator;
mod rows;
mod sizes;
mod try_result;

use leptos::prelude::*;

use crate::charts::{Intervals, intervals};
use crate::components::disclosure::Disclosure;
use crate::domain::evidence::Evidence;
use crate::state::Page;
use calculator::Calculator;
use rows::Rows;
use sizes::Sizes;
use try_result::{HEADING, TryResult};

/// The picture, and below it the bar from its economics and the sizes of evaluations, folded.
#[component]
pub fn FindOut() -> impl IntoView {
    let page = Page::get();
    let (answer, case) = (page.answer, page.case);
    let drawn = Memo::new(move |_| answer.with(|answer| case.with(|case| intervals(answer, &case.inputs))));
    let text = move |read: fn(&Intervals) -> &String| Memo::new(move |_| drawn.with(|one| read(one).clone()));
    let tried = RwSignal::new(None::<Evidence>);
    // A result was tried of the scenario before.
    Effect::new(move |_| {
        case.track();
        tried.set(None);
    });
    view! {
        <section
            class="find-out"
            id="evidence"
            aria-labelledby=HEADING
            data-testid="find-out"
            data-measured=move || is_measured(drawn)
        >
            <h2 id=HEADING tabindex="-1" prop:textContent=text(|one| &one.title) />
            <p class="deck" prop:textContent=text(|one| &one.deck) />
            <Rows drawn tried />
            <TryResult drawn tried />
            <Disclosure class="more" summary=|| "How many examples it takes">
                <Sizes />
            </Disclosure>
            <Disclosure class="more" summary=|| "The accuracy that your costs ask for">
                <Calculator />
            </Disclosure>
        </section>
    }
}

/// Whether anything is measured; followed.
fn is_measured(drawn: Memo<Intervals>) -> String {
    drawn.with(|one| one.rows.iter().any(|row| row.reading.at.is_some())).to_string()
}
