//! What would change the answer: the flip values of all inputs, found in slices while nothing else waits.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Watched;
use crate::browser::dom::follow;
use crate::browser::timing::{after_paint, next_task, now_ms};
use crate::domain::evaluation::Evaluation;
use crate::domain::flips::{Flip, FlipSearch, Flips, Today};
use crate::domain::input::{Input, Inputs, Kind, input, registry};

/// Looked at first, because most decisions turn on them; the other basic inputs follow.
const FIRST: [&str; 2] = ["requests_per_month", "required_quality"];
/// Time for which the search may hold the page at once; one more evaluation may follow.
const SLICE_MS: f64 = 4.5;
/// Inputs that the nearest flips were found for before: looked at first, since they mostly stay so.
const AGAIN: usize = 6;
/// Flips shown beside the verdict.
const NEAREST: usize = 3;

/// Flip values by input, for the inputs of the last search.
#[derive(Clone, Copy)]
pub struct FlipBook {
    found: Watched<BTreeMap<&'static str, Flips>>,
    /// Of the present inputs only, while others are still searched.
    nearest: Watched<Vec<(&'static str, Flip)>>,
    search: Watched<u32>,
    state: Watched<Progress>,
}

/// How far the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is known of the present inputs.
    Begun,
    /// The inputs that mattered most so far are searched.
    Likely,
    /// All inputs are searched.
    Done,
}

impl FlipBook {
    /// A book in which nothing stands.
    pub fn new() -> Self {
        FlipBook {
            found: Watched::new(BTreeMap::new()),
            nearest: Watched::new(Vec::new()),
            search: Watched::new(0),
            state: Watched::new(Progress::Begun),
        }
    }

    /// Watch the inputs and search at each change, as soon as the answer is on the screen.
    pub fn start(self, inputs: Watched<Arc<Inputs>>, evaluation: Watched<Arc<Evaluation>>) {
        follow(move || {
            let inputs = inputs.get();
            let today = Today::of(&inputs, &evaluation.get_untracked());
            let number = self.search.get_untracked().wrapping_add(1);
            self.search.set(number);
            self.state.set(Progress::Begun);
            let (waiting, likely) = self.order();
            let round = Round {
                number,
                inputs,
                today,
                waiting,
                likely,
                search: None,
                found: BTreeMap::new(),
                is_worth_showing: false,
            };
            after_paint(move || self.search_on(round));
        });
    }

    /// The flip values of one input, once found; followed.
    pub fn of(&self, id: &str) -> Option<Flips> {
        self.found.with(|found| found.get(id).cloned())
    }

    /// All that was found, in the order of the form; followed.
    pub fn all(&self) -> Vec<(&'static str, Flips)> {
        self.found.with(|found| {
            registry().filter_map(|record| Some((record.id, found.get(record.id)?.clone()))).collect()
        })
    }

    /// The nearest flips of the inputs searched so far, one for each input; followed.
    pub fn nearest(&self) -> Vec<(&'static str, Flip)> {
        self.nearest.get()
    }

    /// Whether what is found of an input stands beside its field, so that room is kept for it.
    pub fn stands_beside(record: &Input) -> bool {
        record.basic && matches!(record.kind, Kind::Number { .. })
    }

    /// How far the search is; followed.
    pub fn progress(&self) -> Progress {
        self.state.get()
    }

    /// The inputs with the next one last, and how many of them are left once the likely ones are searched.
    fn order(&self) -> (Vec<&'static Input>, usize) {
        let mut before: Vec<(f64, &'static str)> = self
            .found
            .with_untracked(|found| found.iter().map(|(id, flips)| (flips.distance(), *id)).collect());
        before.retain(|(distance, _)| distance.is_finite());
        before.sort_by(|a, b| a.0.total_cmp(&b.0));
        let again = before.iter().take(AGAIN).map(|(_, id)| *id);
        let first = FIRST.into_iter().chain(again).filter_map(input);
        let basics = registry().filter(|record| record.basic && !is_list(record));
        let numbers = registry().filter(|record| !is_list(record));
        let lists = registry().filter(|record| is_list(record));
        let mut order: Vec<&'static Input> = Vec::new();
        let mut likely = 0;
        for (is_likely, record) in first
            .map(|record| (true, record))
            .chain(basics.chain(numbers).chain(lists).map(|record| (false, record)))
        {
            if !order.iter().any(|known| known.id == record.id) {
                order.push(record);
                likely += usize::from(is_likely);
            }
        }
        let left = order.len() - likely;
        order.reverse();
        (order, left)
    }

    /// Search for a slice of time, or show what was found, then let the page do what waits before the next.
    fn search_on(self, mut round: Round) {
        if self.search.get_untracked() != round.number {
            // Overtaken by newer inputs.
            return;
        }
        if std::mem::take(&mut round.is_worth_showing) {
            self.show(&round);
            if round.waiting.is_empty() {
                return;
            }
        } else {
            round.search(now_ms() + SLICE_MS);
        }
        next_task(move || self.search_on(round));
    }

    fn show(self, round: &Round) {
        let is_done = round.waiting.is_empty();
        self.nearest.set(nearest(&round.found));
        self.found.update(|all| all.extend(round.found.clone()));
        self.state.set(if is_done { Progress::Done } else { Progress::Likely });
    }
}

/// The nearest flips, one for each input.
fn nearest(found: &BTreeMap<&'static str, Flips>) -> Vec<(&'static str, Flip)> {
    let mut nearest: Vec<(&'static str, Flip)> =
        found.iter().filter_map(|(id, flips)| Some((*id, flips.found.first()?.clone()))).collect();
    nearest.sort_by(|a, b| a.1.distance.total_cmp(&b.1.distance));
    nearest.truncate(NEAREST);
    nearest
}

/// A search over all inputs.
struct Round {
    number: u32,
    inputs: Arc<Inputs>,
    today: Today,
    /// The next one is the last.
    waiting: Vec<&'static Input>,
    /// How many wait once the likely ones are searched.
    likely: usize,
    /// The search under way for the last of those that wait.
    search: Option<FlipSearch>,
    found: BTreeMap<&'static str, Flips>,
    /// The likely inputs are searched, or all: the page shows it in a task of its own.
    is_worth_showing: bool,
}

impl Round {
    /// Search until the time is over or there is something to show.
    fn search(&mut self, end: f64) {
        while let Some(record) = self.waiting.last().copied() {
            let search =
                self.search.get_or_insert_with(|| FlipSearch::new(&self.inputs, record, &self.today));
            if let Some(flips) = search.step() {
                self.found.insert(record.id, flips);
                self.search = None;
                self.waiting.pop();
                if self.waiting.is_empty() || self.waiting.len() == self.likely {
                    self.is_worth_showing = true;
                    return;
                }
            }
            if now_ms() >= end {
                return;
            }
        }
    }
}

/// Whether an input has many options, so that it takes longest and comes last.
fn is_list(record: &Input) -> bool {
    matches!(record.kind, Kind::Row(_) | Kind::Providers)
}
