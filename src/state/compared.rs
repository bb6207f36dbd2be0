//! A scenario that the present one is compared with, as it stood when it was put beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::answer;
use crate::domain::library::EntryId;
use crate::domain::scenario::{Resolved, Scenario};
use crate::domain::side_by_side::{Asked, Side, read, volume_flips};

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
    /// Read off what is compared: an answer, and a search over volume.
    pub fn read(&self) {
        let Resolved { case, errors, .. } = self.scenario.resolve(&BTreeMap::new());
        let (answer, flips) = (answer::answer(&case), volume_flips(&case));
        let side = read(&Asked {
            name: &self.name,
            scenario: &self.scenario,
            case: &case,
            answer: &answer,
            volume_flips: Some(&flips),
            wrong_fields: errors.len(),
        });
        self.side.set(Some(Arc::new(side)));
    }
}
