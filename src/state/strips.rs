//! The lines under the fields: what the verdict and its rival cost along each input in view, found in slices while
//! nothing else waits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::timing::{Debounce, next_task, now_ms};
use crate::domain::answer::{Lines, Strip, StripSearch};
use crate::domain::case::Case;
use crate::domain::input::Input;

/// Milliseconds for which the search may hold the page at once; one more value may follow.
const SLICE_MS: f64 = 4.5;
/// Milliseconds without an edit after which the lines are drawn anew: nobody reads them while a thumb is dragged.
const REST_MS: u32 = 120;

/// The strips by input: of the present case where they are in view, else as they were last.
#[derive(Clone, Copy)]
pub struct StripBook {
    found: RwSignal<BTreeMap<&'static str, Strip>>,
    search: StoredValue<Search>,
}

/// What is searched for, and how far that is.
#[derive(Default)]
struct Search {
    /// The case and its lines, once edits rest.
    present: Option<Present>,
    /// Counts cases: what was begun for an older one is given up.
    number: u32,
    /// The inputs in view, in the order in which they came, each with the values along which it is searched.
    shown: Vec<Shown>,
    /// Inputs whose strips are those of the present case.
    done: BTreeSet<&'static str>,
    is_running: bool,
}

#[derive(Clone)]
struct Present {
    case: Arc<Case>,
    lines: Lines,
}

#[derive(Clone)]
struct Shown {
    record: &'static Input,
    along: Vec<f64>,
}

impl StripBook {
    /// A book in which nothing stands.
    pub fn new() -> Self {
        StripBook { found: RwSignal::new(BTreeMap::new()), search: StoredValue::new(Search::default()) }
    }

    /// Watch the case and search at each change, as soon as edits rest.
    pub fn start(self, case: Memo<Arc<Case>>) {
        let rest = Debounce::new(REST_MS);
        Effect::new(move |_| {
            let case = case.get();
            self.search.update_value(|search| {
                search.present = None;
                search.done.clear();
                search.number = search.number.wrapping_add(1);
            });
            rest.run(move || {
                let present = Present { lines: Lines::of(&case), case };
                if self.search.try_update_value(|search| search.present = Some(present)).is_some() {
                    self.run();
                }
            });
        });
    }

    /// The strip of one input, once found.
    pub fn of(&self, id: &'static str) -> Memo<Option<Strip>> {
        let found = self.found;
        Memo::new(move |_| found.with(|found| found.get(id).cloned()))
    }

    /// An input came into view: find its strip along these values.
    pub fn show(self, record: &'static Input, along: Vec<f64>) {
        self.hide(record.id);
        self.search.try_update_value(|search| search.shown.push(Shown { record, along }));
        self.run();
    }

    /// An input has left the view.
    pub fn hide(self, id: &str) {
        self.search.try_update_value(|search| search.shown.retain(|shown| shown.record.id != id));
    }

    /// Search until every input in view has its strip, unless that goes on already.
    fn run(self) {
        let begin = |search: &mut Search| !std::mem::replace(&mut search.is_running, true);
        if self.search.try_update_value(begin) != Some(true) {
            return;
        }
        spawn_local(async move {
            self.search_all().await;
            self.search.try_update_value(|search| search.is_running = false);
        });
    }

    async fn search_all(self) {
        next_task().await;
        let mut end_ms = now_ms() + SLICE_MS;
        while let Some((number, mut search, id)) = self.next() {
            let strip = loop {
                if let Some(strip) = search.step() {
                    break Some(strip);
                }
                if now_ms() >= end_ms {
                    next_task().await;
                    end_ms = now_ms() + SLICE_MS;
                    if self.search.try_with_value(|search| search.number) != Some(number) {
                        break None;
                    }
                }
            };
            if let Some(strip) = strip {
                self.keep(id, strip);
            }
        }
    }

    /// The first input in view that still lacks its strip, with the number of the case.
    fn next(self) -> Option<(u32, StripSearch, &'static str)> {
        self.search.try_with_value(|search| {
            let present = search.present.as_ref()?;
            let Shown { record, along } =
                search.shown.iter().find(|shown| !search.done.contains(shown.record.id))?;
            let strip = StripSearch::new(&present.case, record, along.clone(), &present.lines);
            Some((search.number, strip, record.id))
        })?
    }

    fn keep(self, id: &'static str, strip: Strip) {
        self.search.try_update_value(|search| search.done.insert(id));
        if self.found.with_untracked(|found| found.get(id) != Some(&strip)) {
            self.found.update(|found| {
                found.insert(id, strip);
            });
        }
    }
}
