//! What would change the answer: flip values of a few inputs, found in slices while the page is idle.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Watched;
use crate::browser::dom::follow;
use crate::browser::timing::{Debounce, after_paint};
use crate::domain::flips::{Flips, of_number};
use crate::domain::input::{Input, Inputs, Kind, input, registry};

/// Looked at first, because most decisions turn on them; the other basic numbers follow.
const FIRST: [&str; 2] = ["requests_per_month", "required_quality"];
/// Looked at last.
const LAST: [&str; 3] = ["growth_per_month", "api_price_decline", "hourly_rate"];
/// Quiet time before the search starts: nobody waits for it while typing.
const QUIET_MS: i32 = 350;

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
            let search = book.search.get_untracked().wrapping_add(1);
            book.search.set(search);
            book.searching.set(true);
            let waiting: Vec<&'static Input> = watched().rev().collect();
            rest.run(move || book.next(search, inputs, waiting));
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

    /// Whether the search is under way, so that what stands may belong to earlier inputs; followed.
    pub fn is_searching(&self) -> bool {
        self.searching.get()
    }

    /// Search one input, then let the page draw before the next.
    fn next(self, search: u32, inputs: Arc<Inputs>, mut waiting: Vec<&'static Input>) {
        // Overtaken by newer inputs.
        if self.search.get_untracked() != search {
            return;
        }
        let Some(record) = waiting.pop() else {
            self.searching.set(false);
            return;
        };
        let flips = of_number(&inputs, record);
        self.found.update(|found| drop(found.insert(record.id, flips)));
        after_paint(move || self.next(search, inputs, waiting));
    }
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
