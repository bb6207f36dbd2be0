//! What would change the answer: the flip values of all inputs, found in slices while nothing else waits.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::timing::{after_paint, next_task, now_ms};
use crate::domain::answer::{Answer, FlipSearch, Flips, Found, Today};
pub use crate::domain::answer::{Change, Nearest, nearer};
use crate::domain::case::Case;
use crate::domain::input::{Input, Kind, input, registry};

/// Looked at first, because most decisions turn on them; the other basic inputs follow.
const FIRST: [&str; 2] = ["requests_per_month", "required_quality"];
/// Milliseconds for which the search may hold the page at once; one more evaluation may follow.
const SLICE_MS: f64 = 4.5;
/// So many of the inputs that were nearest in the case before are looked at next, since they mostly stay so.
const AGAIN: usize = 6;

/// The flip values by input, for the case of the last search.
#[derive(Clone, Copy)]
pub struct FlipBook {
    found: RwSignal<Found>,
    nearest: RwSignal<Nearest>,
    progress: RwSignal<Progress>,
    /// The number of the newest search; an older one gives up.
    newest: StoredValue<u32>,
}

/// How far the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is known of the present case.
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
            found: RwSignal::new(BTreeMap::new()),
            nearest: RwSignal::new(Nearest::default()),
            progress: RwSignal::new(Progress::Begun),
            newest: StoredValue::new(0),
        }
    }

    /// Watch the case and search at each change, as soon as the answer is on the screen.
    pub fn start(self, case: Memo<Arc<Case>>, answer: Memo<Arc<Answer>>) {
        Effect::new(move |_| {
            let case = case.get();
            let answer = answer.get_untracked();
            let number = self.newest.get_value().wrapping_add(1);
            self.newest.set_value(number);
            self.progress.set(Progress::Begun);
            after_paint(move || {
                spawn_local(async move {
                    self.search(number, &case, &answer).await;
                })
            });
        });
    }

    /// The flip values of one input, once found.
    pub fn of(&self, id: &'static str) -> Memo<Option<Flips>> {
        let found = self.found;
        Memo::new(move |_| found.with(|found| found.get(id).cloned()))
    }

    /// All that was found, in the order of the form; followed.
    pub fn all(&self) -> Vec<(&'static str, Flips)> {
        self.found.with(|found| {
            registry().filter_map(|record| Some((record.id, found.get(record.id)?.clone()))).collect()
        })
    }

    /// What is found, by input; not followed.
    pub fn found(&self) -> Found {
        self.found.get_untracked()
    }

    /// How many inputs change the answer; followed.
    pub fn changing(&self) -> usize {
        self.found.with(|found| found.values().filter(|flips| !flips.found.is_empty()).count())
    }

    /// The nearest flips of the inputs searched so far.
    pub fn nearest(&self) -> Signal<Nearest> {
        self.nearest.into()
    }

    /// Whether what is found of an input stands beside its field, so that room is kept for it.
    pub fn stands_beside(record: &Input) -> bool {
        record.basic && matches!(record.kind, Kind::Number { .. })
    }

    /// How far the search is.
    pub fn progress(&self) -> Signal<Progress> {
        self.progress.into()
    }

    /// Search all inputs, the likely ones first; ends early where a newer search has begun.
    async fn search(self, number: u32, case: &Case, answer: &Answer) -> Option<()> {
        let mut slice = Slice::begin(self, number)?;
        let today = Today::of(&answer.decided);
        let mut found = Found::new();
        let (likely, others) = self.order();
        for (records, progress) in [(likely, Progress::Likely), (others, Progress::Done)] {
            for record in records {
                let mut search = FlipSearch::new(case, record, &today);
                let flips = loop {
                    if let Some(flips) = search.step() {
                        break flips;
                    }
                    slice.give_way_when_over().await?;
                };
                found.insert(record.id, flips);
                slice.give_way_when_over().await?;
            }
            // In a task of its own: the page has work of its own with it.
            slice.give_way().await?;
            self.show(&found, progress);
            slice.give_way().await?;
        }
        Some(())
    }

    /// The inputs that the nearest flips are likely to be of, and the others, each in the order of the search.
    fn order(&self) -> (Vec<&'static Input>, Vec<&'static Input>) {
        let mut before: Vec<(f64, &'static str)> = self
            .found
            .with_untracked(|found| found.iter().map(|(id, flips)| (flips.distance(), *id)).collect());
        before.retain(|(distance, _)| distance.is_finite());
        before.sort_by(|a, b| a.0.total_cmp(&b.0));
        let again = before.iter().take(AGAIN).map(|(_, id)| *id);
        let likely = distinct(FIRST.into_iter().chain(again).filter_map(input), &[]);
        let basics = registry().filter(|record| record.basic && !is_list(record));
        let numbers = registry().filter(|record| !is_list(record));
        let lists = registry().filter(|record| is_list(record));
        let others = distinct(basics.chain(numbers).chain(lists), &likely);
        (likely, others)
    }

    fn show(self, found: &Found, progress: Progress) {
        // What was found of the case before stands until all is known of this one: its places change once.
        if progress == Progress::Done || self.nearest.with_untracked(Nearest::is_empty) {
            self.nearest.set(Nearest::of(found));
        }
        self.found.update(|all| all.extend(found.clone()));
        self.progress.set(progress);
    }
}

/// Records in their order, each once, and none that is known already.
fn distinct(records: impl Iterator<Item = &'static Input>, known: &[&'static Input]) -> Vec<&'static Input> {
    let mut distinct: Vec<&'static Input> = Vec::new();
    for record in records {
        if !known.iter().chain(&distinct).any(|other| other.id == record.id) {
            distinct.push(record);
        }
    }
    distinct
}

/// Whether an input has many options, so that it takes longest and comes last.
fn is_list(record: &Input) -> bool {
    matches!(record.kind, Kind::Row(_) | Kind::Names(_))
}

/// A short time for which one search may hold the page.
struct Slice {
    book: FlipBook,
    number: u32,
    end_ms: f64,
}

impl Slice {
    /// The first slice of a search, unless a newer search has begun.
    fn begin(book: FlipBook, number: u32) -> Option<Slice> {
        let slice = Slice { book, number, end_ms: now_ms() + SLICE_MS };
        slice.is_newest().then_some(slice)
    }

    fn is_newest(&self) -> bool {
        // Nothing is newest once the page is gone.
        self.book.newest.try_get_value() == Some(self.number)
    }

    /// Let the page do what waits, if the slice is over; `None` where a newer search has begun.
    async fn give_way_when_over(&mut self) -> Option<()> {
        if now_ms() < self.end_ms {
            return Some(());
        }
        self.give_way().await
    }

    /// Let the page do what waits, and begin the next slice; `None` where a newer search has begun.
    async fn give_way(&mut self) -> Option<()> {
        next_task().await;
        self.end_ms = now_ms() + SLICE_MS;
        self.is_newest().then_some(())
    }
}
