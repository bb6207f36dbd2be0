//! What is kept in this browser, as the menu lists it, and what can be done with it.

use leptos::prelude::*;

use super::documents::{Document, Forgotten, Held, KeptLine};
use super::history::Moment;
use super::steps::Stride;
use super::{Notice, NoticeKind, Page, keeping, preset_of};
use crate::browser::location;
use crate::browser::storage::{self, StorageProblem};
use crate::codec;
use crate::domain::library::{Entry, EntryId, free_name};
use crate::domain::units::one_line;

impl Page {
    /// All that is kept, what was edited last first.
    ///
    /// # Errors
    /// [`StorageProblem`] where storage cannot be read.
    pub fn kept_lines(&self) -> Result<Vec<KeptLine>, StorageProblem> {
        let present = self.documents.with_value(super::Documents::entry);
        let mut lines: Vec<KeptLine> = storage::entries()?
            .into_iter()
            .map(|(id, text)| line(text, present.as_ref() == Some(&id), id))
            .collect();
        lines.sort_by(|a, b| b.edited.cmp(&a.edited).then(b.id.cmp(&a.id)));
        Ok(lines)
    }

    /// Open a scenario that is kept; edits go on in it.
    pub fn open_kept(&self, id: &EntryId) {
        keeping::keep(*self);
        let Some(opened) = keeping::open(id) else { return };
        let name = name_in(&opened.held);
        let scenario = opened.decoded.scenario;
        let document = self.documents.try_update_value(|documents| documents.of_entry(opened.held));
        let preset = preset_of(&scenario);
        let moment =
            Moment { scenario, preset, document: document.unwrap_or_default(), number: self.next_number() };
        self.take(moment, Stride::Onward, format!("Now showing “{name}”."));
        self.tell_kept();
    }

    /// Keep what is on the page, edited or not.
    pub fn keep_now(&self) {
        self.count_edit();
        keeping::keep(*self);
    }

    /// Keep a copy under another name.
    pub fn duplicate(&self, id: &EntryId) {
        keeping::keep(*self);
        let entry = storage::read(id).map(|text| text.and_then(|text| Entry::read(&text).ok()));
        self.tell_outcome(entry.and_then(|entry| {
            entry.map_or(Ok(()), |entry| {
                let scenario = entry.scenario.clone();
                keeping::add(entry, scenario).map(|_| ())
            })
        }));
    }

    /// Call an entry something else; a name that another has gets a number.
    pub fn rename(&self, id: &EntryId, name: &str) {
        let others = self.kept_lines().unwrap_or_default();
        let is_taken = |name: &str| others.iter().any(|other| other.name == name && other.id != *id);
        self.change(id, |entry| {
            if !name.trim().is_empty() {
                entry.rename(&free_name(name, is_taken));
            }
        });
        // The link carries the name.
        let is_present = self.documents.with_value(|documents| documents.entry().as_ref() == Some(id));
        if is_present && !location::is_foreign() && location::scenario_text().is_some() {
            super::address::write(*self);
        }
    }

    /// Put a note to an entry.
    pub fn annotate(&self, id: &EntryId, note: &str) {
        self.change(id, |entry| entry.annotate(note));
    }

    fn change(&self, id: &EntryId, edit: impl FnOnce(&mut Entry)) {
        keeping::keep(*self);
        let outcome = change(id, edit);
        if let Ok(Some(held)) = &outcome {
            self.documents.update_value(|documents| {
                if documents.known(id).is_some() {
                    documents.of_entry(held.clone());
                }
            });
        }
        self.tell_entry();
        self.tell_outcome(outcome.map(|_| ()));
    }

    /// Forget one entry; it can be put back.
    pub fn forget(&self, line: &KeptLine) {
        keeping::keep(*self);
        let entries = storage::read(&line.id).ok().flatten().map(|text| (line.id.clone(), text));
        self.forget_entries(entries.into_iter().collect(), None, format!("“{}” is deleted.", line.name));
    }

    /// Forget everything that is kept in this browser; it can be put back as long as the page stands.
    pub fn forget_all(&self) {
        keeping::keep(*self);
        let entries = storage::entries().unwrap_or_default();
        let earlier = storage::forget_earlier();
        let said = "Nothing is kept in this browser any more. The address of this page still carries what it shows; \
                    the next change is kept again.";
        self.forget_entries(entries, earlier, said.to_owned());
    }

    pub(super) fn forget_entries(
        &self,
        entries: Vec<(EntryId, String)>,
        earlier: Option<String>,
        text: String,
    ) {
        let outcome = entries.iter().try_for_each(|(id, _)| storage::remove(id));
        let is_gone = |id: &EntryId| entries.iter().any(|(gone, _)| gone == id);
        let present = self.documents.with_value(|documents| {
            documents.entry().is_some_and(|id| is_gone(&id)).then(|| documents.present())
        });
        self.documents.update_value(|documents| documents.let_go(is_gone));
        self.forgotten.set_value(Forgotten { entries, earlier, present });
        self.tell_entry();
        super::address::write(*self);
        self.tell_outcome(outcome);
        if outcome.is_ok() {
            self.notices.say(Notice { kind: NoticeKind::Forgotten, text, can_undo: true });
        }
    }

    /// Put back what was forgotten last.
    pub fn put_back(&self) {
        let Some(Forgotten { entries, earlier, present }) = self.forgotten.try_get_value() else { return };
        let outcome = entries.iter().try_for_each(|(id, text)| storage::write(id, text));
        let outcome = outcome.and_then(|()| earlier.map_or(Ok(()), |raw| storage::restore_earlier(&raw)));
        self.tell_outcome(outcome);
        if outcome.is_err() {
            return;
        }
        // What is on the page goes on in its entry, unless it has another by now.
        let shown = self.documents.with_value(|documents| (documents.present(), documents.entry()));
        if present == Some(shown.0) && shown.1.is_none() {
            self.reattach(&entries);
        }
        self.forgotten.set_value(Forgotten::default());
        self.notices.withdraw(NoticeKind::Forgotten);
    }

    /// The document on the page goes on in that of these entries which holds the same.
    fn reattach(&self, entries: &[(EntryId, String)]) {
        let holding = |(id, _): &(EntryId, String)| {
            self.scenario.with_untracked(|scenario| keeping::holding(id, scenario))
        };
        if let Some(held) = entries.iter().find_map(holding) {
            let document = Document { held: Some(held), ..Document::default() };
            self.documents.update_value(|documents| documents.change(|present| *present = document));
            self.tell_entry();
            super::address::write(*self);
        }
    }

    /// Read off the name of the entry on the page.
    pub(super) fn tell_entry(&self) {
        let Document { held, wanted, .. } =
            self.documents.with_value(|documents| documents.get().cloned()).unwrap_or_default();
        let name = held.map(|held| name_in(&held));
        if self.entry_name.get_untracked() != name {
            self.entry_name.set(name);
        }
        let wanted = wanted.map(|wanted| free_name(&one_line(&wanted.name), |_| false));
        if self.wanted_name.get_untracked() != wanted {
            self.wanted_name.set(wanted);
        }
    }

    /// What is kept has changed.
    pub(super) fn tell_kept(&self) {
        self.kept_changes.update(|count| *count = count.wrapping_add(1));
    }

    fn tell_outcome(&self, outcome: Result<(), StorageProblem>) {
        if let Err(problem) = outcome {
            self.notices.tell(NoticeKind::Storage, problem.to_string());
        }
        self.tell_kept();
    }
}

/// Change a kept entry and not when it was edited; returned is what stands there now, if it is there.
fn change(id: &EntryId, edit: impl FnOnce(&mut Entry)) -> Result<Option<Held>, StorageProblem> {
    let Some(mut entry) = storage::read(id)?.and_then(|text| Entry::read(&text).ok()) else {
        return Ok(None);
    };
    edit(&mut entry);
    let seen = entry.text();
    storage::write(id, &seen)?;
    Ok(Some(Held { id: id.clone(), seen }))
}

fn name_in(held: &Held) -> String {
    Entry::read(&held.seen).map(|entry| entry.name).unwrap_or_default()
}

fn line(text: String, is_present: bool, id: EntryId) -> KeptLine {
    let entry = match Entry::read(&text) {
        Ok(entry) => entry,
        Err(why) => {
            let (name, note) = ("Cannot be read".to_owned(), String::new());
            return KeptLine {
                id,
                name,
                note,
                edited: 0,
                is_present,
                set_aside: Some((why.to_string(), text)),
            };
        }
    };
    let why = codec::from_json(&entry.scenario).err().map(|why| (why.to_string(), text));
    KeptLine { id, name: entry.name, note: entry.note, edited: entry.edited, is_present, set_aside: why }
}
