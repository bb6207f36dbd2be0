//! Steps of the reader: each can be taken back and brought back; the large ones are entries of the browser's history.

use std::sync::Arc;

use leptos::prelude::*;

use super::history::{History, Moment, Stroke};
use super::{Notice, NoticeKind, Page, address, preset_of};
use crate::domain::catalog::own::Table;
use crate::domain::input::{Input, Value};
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::presets::Preset;
use crate::domain::scenario::{Scenario, left_out};

/// Whether a step is an entry of the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stride {
    /// Back leaves the page as before.
    Within,
    /// Back takes it back.
    Onward,
}

impl Page {
    /// Whether there is a step to take back; followed.
    pub fn can_undo(&self) -> bool {
        self.ways.get().0
    }

    /// Whether there is a step to bring back; followed.
    pub fn can_redo(&self) -> bool {
        self.ways.get().1
    }

    /// Take the last step back.
    pub fn undo(&self) {
        self.go_to_moment(History::undo);
    }

    /// Bring back the step that was taken back last.
    pub fn redo(&self) {
        self.go_to_moment(History::redo);
    }

    /// Try values, all at once: shown and marked in the form, said in a notice, and taken back in one step.
    pub fn try_values(&self, values: &[(&'static Input, Value)], said: String) {
        let mut scenario = self.scenario.get_untracked();
        for (record, value) in values {
            scenario.put(record, value);
        }
        if scenario == self.scenario.get_untracked() {
            return;
        }
        let before = self.moment();
        self.take(before.number, scenario, before.preset, Stride::Onward, said);
        self.mark_tried(values.iter().map(|(record, _)| record.id).collect());
    }

    /// Put a preset in place of what was said.
    pub fn choose(&self, preset: &Preset) {
        let said = format!("Now showing the example “{}”", preset.name);
        self.answer_anew(preset.scenario(), Some(preset.id), said);
    }

    /// Put the defaults in place of what was said.
    pub fn start_over(&self) {
        let scenario = Scenario::default();
        let preset = preset_of(&scenario);
        self.answer_anew(scenario, preset, "Started over with the default answers".to_owned());
    }

    /// Put other answers in place of what was said. The policy is the organisation's, so it holds for them too.
    fn answer_anew(&self, mut scenario: Scenario, preset: Option<&'static str>, mut said: String) {
        let policy = self.scenario.with_untracked(|scenario| scenario.policy().cloned());
        if let Some(policy) = policy {
            said.extend([", under the policy “", policy.name(), "”"]);
            scenario.set_policy(Some(policy));
        }
        said.push('.');
        self.take(self.next_number(), scenario, preset, Stride::Onward, said);
    }

    /// Drop an own row; it can be brought back.
    pub fn remove_row(&self, table: Table, id: &str, said: String) {
        let mut scenario = self.scenario.get_untracked();
        scenario.rows.remove(table, id);
        self.take(self.next_number(), scenario, self.preset.get_untracked(), Stride::Within, said);
    }

    /// Put a policy in force, or take the one that is out of it; it can be undone. Rows of the user that no longer
    /// fit are named behind what is said.
    pub fn set_policy(&self, policy: Option<Arc<Policy>>, mut said: String) {
        let mut scenario = self.scenario.get_untracked();
        for sentence in left_out(&scenario.set_policy(policy)) {
            said.push(' ');
            said.push_str(&sentence);
        }
        self.take(self.next_number(), scenario, self.preset.get_untracked(), Stride::Within, said);
    }

    /// Open a scenario from elsewhere; it is not saved until it is edited.
    pub fn open(&self, scenario: Scenario) {
        let preset = preset_of(&scenario);
        self.restore(Moment { scenario, preset, is_own: false, number: self.next_number() });
    }

    /// Show a scenario of the browser's history; it is saved only if it is the reader's own.
    pub(super) fn restore(&self, moment: Moment) {
        self.record(Stroke::Whole);
        self.show(moment);
    }

    /// Take a step to another scenario, and say so.
    fn take(
        &self,
        number: u32,
        scenario: Scenario,
        preset: Option<&'static str>,
        stride: Stride,
        said: String,
    ) {
        let is_other = scenario != self.scenario.get_untracked();
        let is_entry = is_other && stride == Stride::Onward;
        if is_entry {
            address::write(*self);
        }
        self.record(Stroke::Whole);
        self.show(Moment { scenario, preset, is_own: true, number });
        if is_entry {
            address::push(*self);
        }
        self.notices.say(Notice { kind: NoticeKind::Replaced, text: said, can_undo: is_other });
    }

    fn go_to_moment(&self, find: fn(&mut History, Moment) -> Option<Moment>) {
        let present = self.moment();
        let found = self.history.try_update_value(|history| find(history, present)).flatten();
        self.tell_ways();
        if let Some(moment) = found {
            self.show(Moment { is_own: true, ..moment });
        }
    }

    /// Put a scenario in place of the present one.
    fn show(&self, moment: Moment) {
        self.notices.withdraw(NoticeKind::Replaced);
        self.mark_tried(Vec::new());
        self.preset.set(moment.preset);
        self.scenario_number.set(moment.number);
        self.scenario.set(moment.scenario);
        self.replacements.update(|count| *count += 1);
        self.is_own.set_value(moment.is_own);
        if moment.is_own {
            self.count_edit();
        }
    }

    /// Remember what stands before an edit.
    pub(super) fn record(&self, stroke: Stroke) {
        let before = self.moment();
        self.history.update_value(|history| history.record(before, stroke));
        self.tell_ways();
    }

    /// Something is to be saved.
    pub(super) fn count_edit(&self) {
        self.is_own.set_value(true);
        self.edits.update(|count| *count += 1);
    }

    fn moment(&self) -> Moment {
        Moment {
            scenario: self.scenario.get_untracked(),
            preset: self.preset.get_untracked(),
            is_own: self.is_own.get_value(),
            number: self.scenario_number.get_untracked(),
        }
    }

    /// The number of a scenario that was never shown before.
    pub(super) fn next_number(&self) -> u32 {
        self.replacements.get_untracked() + 1
    }

    fn tell_ways(&self) {
        let ways = self.history.with_value(History::ways);
        if self.ways.get_untracked() != ways {
            self.ways.set(ways);
        }
    }
}
