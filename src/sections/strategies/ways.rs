//! Why a strategy is not used, and the nearest single changes that would lead to it.

use crate::browser::dom::{El, el};
use crate::domain::flips::Flip;
use crate::domain::strategy::StrategyId;
use crate::sections::answer::flips::nearest_item;
use crate::state::{Progress, store};

/// Changes that are shown.
const SHOWN: usize = 3;

/// The line of why not, and up to three values of one input at which it is used or tested first; nothing for
/// what is used.
pub fn ways_to(id: StrategyId) -> El {
    let store = store();
    let is_used = move || store.read(|evaluation| evaluation.advice.use_now == Some(id));
    let why = move || store.strategy(id, |assessment, _| assessment.why_not.clone());
    el("div")
        .attr("data-testid", "ways")
        .live_flag("hidden", is_used)
        .child(el("h3").text("Why not, and what would lead to it"))
        .child(el("p").live(why))
        .child(el("p").class("hint").live(move || status(id).to_owned()))
        .child(el("ul").class("nearest").swap(
            move || nearest(id),
            |nearest| nearest.iter().filter_map(|(input, flip)| nearest_item(input, flip)).collect(),
        ))
}

fn status(id: StrategyId) -> &'static str {
    match (store().flips().progress(), nearest(id).is_empty()) {
        (Progress::Done, true) => {
            "No single input leads to using or testing it first: the nearest values at which the answer changes \
             all lead elsewhere. Several changes together may."
        }
        (Progress::Done, false) => "One of these alone would lead to using it, or to testing it first:",
        _ => "Looking at every input in turn for what would lead to it…",
    }
}

/// The nearest flip of each input that leads to a strategy, nearest first; followed.
fn nearest(id: StrategyId) -> Vec<(&'static str, Flip)> {
    let mut all: Vec<(&'static str, Flip)> = Vec::new();
    for (input, flips) in store().flips().all() {
        all.extend(flips.towards(id).map(|flip| (input, flip.clone())));
    }
    all.sort_by(|a, b| a.1.distance.total_cmp(&b.1.distance));
    all.truncate(SHOWN);
    all
}
