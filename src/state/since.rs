//! A record that was brought to the page: what has changed since stands below the answer until it is closed.

use std::sync::Arc;

use leptos::prelude::*;

use super::{NoticeKind, Page, name_of, preset_of};
use crate::codec::Decoded;
use crate::domain::since::{Replayed, Stated, replay};

/// A record that the present scenario is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRecord {
    /// The scenario of its link, as it was read.
    decoded: Decoded,
    /// What it is called.
    name: String,
    /// The same answered again.
    pub replayed: Replayed,
}

impl Page {
    /// Hold what is shown against a record; what is shown stays.
    pub(super) fn show_since(&self, decoded: &Decoded, stated: &Stated) {
        let scenario = &decoded.scenario;
        let of_example = name_of(scenario, preset_of(scenario)).map(str::to_owned);
        let mut stated = stated.clone();
        stated.name = stated.name.or(of_example);
        let recorded = decoded.clone().recorded(stated);
        let name = recorded.name();
        self.notices.withdraw(NoticeKind::Taken);
        self.notices.tell(
            NoticeKind::Taken,
            format!("What has changed since the record of “{name}” stands below the answer. What is shown stays as it is; the recorded scenario can be opened there."),
        );
        let held = HeldRecord { decoded: decoded.clone(), name, replayed: replay(recorded) };
        self.since.set(Some(Arc::new(held)));
    }

    /// Put the record away.
    pub fn close_since(&self) {
        self.notices.withdraw(NoticeKind::Taken);
        self.since.set(None);
    }

    /// Show the scenario of the record.
    pub fn open_recorded(&self) {
        if let Some(held) = self.since.get_untracked() {
            self.open_decoded(&held.decoded);
        }
    }

    /// Put the scenario of the record beside what is shown.
    pub fn compare_recorded(&self) {
        if let Some(held) = self.since.get_untracked() {
            let name = format!("{}, as recorded", held.name);
            self.compare(held.decoded.scenario.clone(), &name, None);
        }
    }
}
