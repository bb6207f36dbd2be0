//! Steps of the reader: each can be taken back and brought back; the large ones are entries of the browser's history.

use std::sync::Arc;

use leptos::prelude::*;

use super::documents::{Document, Documents};
use super::history::{History, Moment, Stroke};
use super::{Notice, NoticeKind, Page, address, keeping, preset_of};
use crate::domain::catalog::Edition;
use crate::domain::catalog::own::Table;
use crate::domain::input::{Input, Value};
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::presets::Preset;
use crate::domain::scenario::{Scenario, left_out};

/// Whether a step is an entry of the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stride {
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
        self.take(Moment { scenario, ..before }, Stride::Onward, said);
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
        if scenario == self.scenario.get_untracked() {
            return self.take(Moment { preset, ..self.moment() }, Stride::Onward, said);
        }
        keeping::keep(*self);
        let document = self.begin(Document::default());
        self.take(Moment { scenario, preset, document, number: self.next_number() }, Stride::Onward, said);
    }

    /// Drop an own row; it can be brought back.
    pub fn remove_row(&self, table: Table, id: &str, said: String) {
        let mut scenario = self.scenario.get_untracked();
        scenario.rows.remove(table, id);
        self.take(Moment { scenario, number: self.next_number(), ..self.moment() }, Stride::Within, said);
    }

    /// Put a policy in force, or take the one that is out of it; it can be undone. Rows of the user that no longer
    /// fit are named behind what is said.
    pub fn set_policy(&self, policy: Option<Arc<Policy>>, mut said: String) {
        let mut scenario = self.scenario.get_untracked();
        for sentence in left_out(&scenario.set_policy(policy)) {
            said.push(' ');
            said.push_str(&sentence);
        }
        self.take(Moment { scenario, number: self.next_number(), ..self.moment() }, Stride::Within, said);
    }

    /// Put the scenario on the present catalogue, where it can be; it can be undone.
    pub fn update_catalogue(&self) {
        let Some(update) = self.update.get_untracked() else { return };
        let Ok(updated) = &update.outcome else { return };
        let said = format!("Now shown with catalogue version {}.", Edition::current().version);
        let moment =
            Moment { scenario: updated.scenario.clone(), number: self.next_number(), ..self.moment() };
        self.take(moment, Stride::Within, said);
    }

    /// Open a scenario from elsewhere; it is kept in an entry of its own once it is edited.
    pub(super) fn open(&self, scenario: Scenario, document: Document) {
        let preset = preset_of(&scenario);
        let document = self.begin(document);
        self.restore(Moment { scenario, preset, document, number: self.next_number() });
    }

    /// Begin another document, which is shown by a moment of it.
    pub(super) fn begin(&self, document: Document) -> usize {
        self.documents.try_update_value(|documents| documents.add(document)).unwrap_or_default()
    }

    /// Show a scenario of the browser's history; it goes into its entry, if it has one.
    pub(super) fn restore(&self, moment: Moment) {
        self.record(Stroke::Whole);
        self.show(moment);
        self.count_edit_of_entry();
    }

    /// Take a step to another scenario, and say so.
    pub(super) fn take(&self, moment: Moment, stride: Stride, said: String) {
        let is_other = moment.scenario != self.scenario.get_untracked();
        let is_same_document = moment.document == self.documents.with_value(Documents::present);
        let is_entry = is_other && stride == Stride::Onward;
        if is_entry {
            address::write(*self);
        }
        self.record(Stroke::Whole);
        self.show(moment);
        if is_other && is_same_document {
            self.count_edit();
        }
        if is_entry {
            address::push(*self);
        } else if !is_same_document {
            address::write(*self);
        }
        self.notices.say(Notice { kind: NoticeKind::Replaced, text: said, can_undo: is_other });
    }

    fn go_to_moment(&self, find: fn(&mut History, Moment) -> Option<Moment>) {
        let present = self.moment();
        let found = self.history.try_update_value(|history| find(history, present)).flatten();
        self.tell_ways();
        if let Some(moment) = found {
            keeping::keep(*self);
            let is_same_document = moment.document == self.documents.with_value(Documents::present);
            self.show(moment);
            if is_same_document {
                self.count_edit();
            } else {
                self.count_edit_of_entry();
                address::write(*self);
            }
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
        self.documents.update_value(|documents| documents.show(moment.document));
        self.tell_entry();
    }

    /// Remember what stands before an edit.
    pub(super) fn record(&self, stroke: Stroke) {
        let before = self.moment();
        self.history.update_value(|history| history.record(before, stroke));
        self.tell_ways();
    }

    /// Something is to be saved.
    pub(super) fn count_edit(&self) {
        self.waits.set_value(true);
        self.documents.update_value(|documents| documents.change(|document| document.is_edited = true));
        self.edits.update(|count| *count += 1);
    }

    /// What is shown again goes into its entry; what was only opened has none, and gets none by that.
    fn count_edit_of_entry(&self) {
        if self.documents.with_value(|documents| documents.entry().is_some()) {
            self.count_edit();
        }
    }

    pub(super) fn moment(&self) -> Moment {
        Moment {
            scenario: self.scenario.get_untracked(),
            preset: self.preset.get_untracked(),
            document: self.documents.with_value(Documents::present),
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
