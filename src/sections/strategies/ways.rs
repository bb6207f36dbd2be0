//! Why a strategy is not used, and the nearest single changes that would lead to it.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::domain::strategy::StrategyId;
use crate::sections::changes::nearest::nearest_item;
use crate::state::{Change, FlipBook, Page, Progress, nearer};

/// Changes that are shown.
const SHOWN: usize = 3;

/// The line of why not, and up to three values of one input at which it is used or tested first; nothing for
/// what is used.
#[component]
pub fn WaysTo(id: StrategyId) -> impl IntoView {
    let page = Page::get();
    let is_used = page.read(move |answer| answer.decided.choice.use_now == Some(id));
    let why = page
        .read(move |answer| answer.explanation(id).map_or_else(String::new, |words| words.why_not.clone()));
    let nearest = Memo::new(move |_| nearest(page.flips, id));
    let status = Memo::new(move |_| status(page.flips.progress().get(), nearest.with(Vec::is_empty)));
    view! {
        <div data-testid="ways" hidden=move || is_used.get()>
            <h3>"Why not, and what would lead to it"</h3>
            <p prop:textContent=why />
            <p class="hint" prop:textContent=status />
            <ul class="nearest">
                <Anew of=move || nearest.get() let:nearest>
                    {nearest.into_iter().filter_map(|(input, flip)| nearest_item(input, flip, row_id(id))).collect_view()}
                </Anew>
            </ul>
        </div>
    }
}

/// Id of the button of a strategy's row: it takes the focus of a change that is tried.
pub fn row_id(id: StrategyId) -> String {
    format!("row-{}", id.key())
}

fn status(progress: Progress, is_empty: bool) -> &'static str {
    match (progress, is_empty) {
        (Progress::Done, true) => {
            "No single input leads to using or testing it first: the nearest values at which the answer changes \
             all lead elsewhere. Several changes together may."
        }
        (Progress::Done, false) => "One of these alone would lead to using it, or to testing it first:",
        _ => "Looking at every input in turn for what would lead to it…",
    }
}

/// The nearest flip of each input that leads to a strategy, nearest first; followed.
fn nearest(book: FlipBook, id: StrategyId) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for (input, flips) in book.all() {
        all.extend(flips.towards(id).map(|flip| (input, flip.clone())));
    }
    all.sort_by(nearer);
    all.truncate(SHOWN);
    all
}
