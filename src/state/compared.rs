//! A scenario that the present one is compared with, as it stood when it was put beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::timing::next_turn;
use crate::domain::answer::{self, FlipSearch, Flips, Today};
use crate::domain::input::input;
use crate::domain::library::EntryId;
use crate::domain::scenario::{Resolved, Scenario};
use crate::domain::side_by_side::{Asked, Side, VOLUME, read};

/// A scenario that the present one is compared with.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Which one it is, of all that were compared on this page.
    pub number: u32,
    /// What it is called.
    pub name: String,
    /// The scenario.
    pub(super) scenario: Scenario,
    /// The same as a link carries it, with the name.
    pub(super) text: String,
    /// The entry that it was read from, if it was.
    pub(super) entry: Option<EntryId>,
    /// What is compared of it, once that is read.
    pub side: ArcRwSignal<Option<Arc<Side>>>,
}

impl Compared {
    /// Read off what is compared, and search for the volumes at which the answer changes: a decision at a time.
    pub async fn read(self) {
        next_turn().await;
        let Resolved { case, errors, .. } = self.scenario.resolve(&BTreeMap::new());
        let answer = answer::answer(&case);
        let put = |volume_flips: Option<&Flips>| {
            let side = read(&Asked {
                name: &self.name,
                scenario: &self.scenario,
                case: &case,
                answer: &answer,
                volume_flips,
                wrong_fields: errors.len(),
            });
            self.side.set(Some(Arc::new(side)));
        };
        put(None);
        let Some(volume) = input(VOLUME) else { return };
        let mut search = FlipSearch::new(&case, volume, &Today::of(&answer.decided));
        let found = loop {
            next_turn().await;
            if let Some(flips) = search.step() {
                break flips;
            }
        };
        put(Some(&found));
    }
}
