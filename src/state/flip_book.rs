//! What would change the answer: flip values of a few inputs, found in slices while the page is idle.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Watched;
use crate::browser::dom::follow;
use crate::browser::timing::{Debounce, later, now_ms};
use crate::domain::flips::{FlipSearch, Flips};
use crate::domain::input::{Input, Inputs, Kind, input, registry};

/// Looked at first, because most decisions turn on them; the other basic numbers follow.
const FIRST: [&str; 2] = ["requests_per_month", "required_quality"];
/// Looked at last.
const LAST: [&str; 3] = ["growth_per_month", "api_price_decline", "hourly_rate"];
/// Quiet time before the search starts: nobody waits for it while typing.
const QUIET_MS: i32 = 350;
/// Time for which the search may hold the page at once; one more evaluation may follow.
const SLICE_MS: f64 = 4.0;

/// The number of the first search.
const FIRST_SEARCH: u32 = 1;

/// Flip values by input, for the inputs of the last search.
#[derive(Clone, Copy)]
pub struct FlipBook {
    found: Watched<BTreeMap<&'static str, Flips>>,
    search: Watched<u32>,
    searching: Watched<bool>,
}

impl FlipBook {
    /// Watch the inputs and search whenever they rest.
    pub fn new(inputs: Watched<Arc<Inputs>>) -> Self {
        let book = FlipBook {
            found: Watched::new(BTreeMap::new()),
            search: Watched::new(0),
            searching: Watched::new(true),
        };
        let rest = Debounce::new(QUIET_MS);
        follow(move || {
            let inputs = inputs.get();
            let number = book.search.get_untracked().wrapping_add(1);
            book.search.set(number);
            book.searching.set(true);
            let waiting = watched().rev().collect();
            let round = Round { number, inputs, waiting, search: None };
            rest.run(move || book.search_on(round));
        });
        book
    }

    /// The flip values of one input, once found; followed.
    pub fn of(&self, id: &str) -> Option<Flips> {
        self.found.with(|found| found.get(id).cloned())
    }

    /// All that was found, in the order of the search; followed.
    pub fn all(&self) -> Vec<(&'static str, Flips)> {
        self.found.with(|found| {
            watched()
                .filter_map(|record| found.get(record.id).map(|flips| (record.id, flips.clone())))
                .collect()
        })
    }

    /// Whether an input is one of those that are searched, so that room is kept for what is found.
    pub fn watches(&self, id: &str) -> bool {
        watched().any(|record| record.id == id)
    }

    /// Whether the search is under way, so that what stands may belong to earlier inputs; followed.
    pub fn is_searching(&self) -> bool {
        self.searching.get()
    }

    /// Whether the search under way is the first, so that nothing stands yet; followed.
    pub fn is_first_search(&self) -> bool {
        self.is_searching() && self.search.get() <= FIRST_SEARCH
    }

    /// Search for a slice of time, then let the page do what waits before the next.
    fn search_on(self, mut round: Round) {
        let end = now_ms() + SLICE_MS;
        // Overtaken by newer inputs.
        while self.search.get_untracked() == round.number {
            let Some(record) = round.waiting.last().copied() else {
                self.searching.set(false);
                return;
            };
            let search = round.search.get_or_insert_with(|| FlipSearch::new(&round.inputs, record));
            if let Some(flips) = search.step() {
                self.found.update(|found| drop(found.insert(record.id, flips)));
                round.search = None;
                round.waiting.pop();
            }
            if now_ms() >= end {
                later(move || self.search_on(round));
                return;
            }
        }
    }
}

/// A search over all inputs that are watched.
struct Round {
    number: u32,
    inputs: Arc<Inputs>,
    /// The next one is the last.
    waiting: Vec<&'static Input>,
    /// The search under way for that one.
    search: Option<FlipSearch>,
}

/// The inputs that are searched, in this order.
fn watched() -> impl DoubleEndedIterator<Item = &'static Input> {
    let basics = registry().filter(|record| {
        record.basic && matches!(record.kind, Kind::Number { .. }) && !FIRST.contains(&record.id)
    });
    let records: Vec<&'static Input> = FIRST
        .iter()
        .filter_map(|id| input(id))
        .chain(basics)
        .chain(LAST.iter().filter_map(|id| input(id)))
        .collect();
    records.into_iter()
}
