//! Scenarios as files: what is handed out, and what becomes of files and texts that are brought to the page.

use leptos::prelude::*;

use super::documents::Document;
use super::history::Moment;
use super::steps::Stride;
use super::{Notice, NoticeKind, Page, keeping, preset_of, session};
use crate::browser::storage;
use crate::browser::timing::{drawn, since_1970_ms};
use crate::codec::{self, Decoded, Foreign, Headline, Intake};
use crate::domain::library::{Entry, EntryId, FIRST_NAME, Library, Merged, Taken, free_name, given_name};
use crate::domain::units::words::counted;
use crate::domain::units::{file_stem, one_line, plain_text};

/// The longest name of a file in a sentence, characters.
const MOST_FILE_NAME: usize = 60;
/// What files of the page end with.
const ENDING: &str = ".tunewise.json";

/// A file or a text that was brought to the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// What the file is called; none for a text.
    pub name: Option<String>,
    /// What it is, or a sentence that says why it is nothing to be taken.
    pub what: Result<Intake, String>,
}

impl Brought {
    /// A text that was pasted.
    pub fn text(text: &str) -> Brought {
        Brought { name: None, what: codec::recognise(text).map_err(|foreign| foreign.to_string()) }
    }

    /// A file: its bytes, or a sentence that says why they could not be read.
    pub fn file(name: String, bytes: Result<Vec<u8>, String>) -> Brought {
        let read = |bytes: Vec<u8>| codec::recognise_bytes(&bytes).map_err(|foreign| foreign.to_string());
        Brought { name: Some(name), what: bytes.and_then(read) }
    }

    /// Why a file of so many bytes is not read.
    pub fn too_large(bytes: usize) -> String {
        Foreign::TooLarge(bytes).to_string()
    }

    /// That it was not taken, and why.
    fn refusal(&self, why: &str) -> String {
        let what = match &self.name {
            Some(name) => format!("“{}”", plain_text(&one_line(name), MOST_FILE_NAME)),
            None => "What was pasted".to_owned(),
        };
        format!("{what} was not taken over; nothing was changed by it. {why}")
    }
}

/// A scenario that is opened beside the present one.
struct Beside {
    decoded: Decoded,
    /// What its entry is to be made of.
    document: Document,
    /// What else there is to say.
    also: String,
}

impl Page {
    /// Take what was brought: one record is held against what is shown, one scenario is opened beside it, several are put
    /// to those that are kept.
    pub fn take_in(&self, brought: Vec<Brought>) {
        if brought.is_empty() {
            return;
        }
        if let [Brought { what: Ok(Intake::Record(_, decoded, stated)), .. }] = brought.as_slice() {
            return self.show_since(decoded, stated);
        }
        if let [one] = brought.as_slice()
            && let Ok(intake) = &one.what
            && let Some(beside) = alone(intake)
        {
            return self.open_beside(beside);
        }
        let mut library = Library::default();
        let (mut twice, mut said) = (0, Vec::new());
        for one in &brought {
            match &one.what {
                Ok(intake) => twice += library.merge(entries_of(intake)).present,
                Err(why) => said.push(one.refusal(why)),
            }
        }
        if said.len() == brought.len() {
            return self.tell_taken(said.join(" "), Vec::new());
        }
        let (mut taken, added) = self.add_all(library);
        taken.present += twice;
        said.insert(0, taken.to_string());
        self.tell_taken(said.join(" "), added);
    }

    /// Take those out again that were added last; what was changed since stays.
    pub fn take_out(&self) {
        keeping::keep(*self);
        let Some(taken) = self.taken.try_update_value(std::mem::take) else { return };
        let all = taken.len();
        let as_they_were =
            |(id, text): &(EntryId, String)| storage::read(id).ok().flatten().as_ref() == Some(text);
        let entries: Vec<_> = taken.into_iter().filter(as_they_were).collect();
        let gone = match entries.len() {
            1 => "1 scenario is taken out again.".to_owned(),
            count => format!("{} are taken out again.", counted(&count.to_string(), "scenario")),
        };
        let stay = match all - entries.len() {
            0 => String::new(),
            1 => " 1 was changed since and stays.".to_owned(),
            count => format!(" {count} were changed since and stay."),
        };
        self.notices.withdraw(NoticeKind::Taken);
        self.forget_entries(entries, None, gone + &stay);
    }

    /// What is shown as a file: its name, and its text.
    pub fn file_of_shown(&self) -> (String, String) {
        keeping::keep(*self);
        let (id, entry) = self.entry_of_shown();
        let stem = match file_stem(&self.name().get_untracked()) {
            stem if stem.is_empty() => "scenario".to_owned(),
            stem => stem,
        };
        let library = Library { entries: [(id, entry)].into(), ..Library::default() };
        (stem + ENDING, library.text())
    }

    /// The entry of what is shown; one that is made now, where it is not kept as it is shown.
    fn entry_of_shown(&self) -> (EntryId, Entry) {
        let document = self.documents.with_value(|documents| documents.get().cloned()).unwrap_or_default();
        let held = document.held.and_then(|held| Some((held.id, Entry::read(&held.seen).ok()?)));
        if let Some(kept) = held.clone().filter(|_| !document.is_unkept) {
            return kept;
        }
        let now = since_1970_ms();
        let made = || {
            let mut entry = document.wanted.unwrap_or_else(|| keeping::blank(""));
            entry.name = self.name().get_untracked();
            (EntryId::made(now, drawn()), entry)
        };
        let (id, mut entry) = held.unwrap_or_else(made);
        (entry.edited, entry.scenario) = (now, codec::to_json(&self.named(), &self.headline()));
        (id, entry)
    }

    /// All that is kept as files, by name and text: one, unless it is longer than what is taken in again.
    pub fn files_of_all(&self) -> Vec<(String, String)> {
        keeping::keep(*self);
        let parts = kept_library().parts(codec::MOST_BYTES, codec::MOST_ENTRIES);
        let count = parts.len();
        let name = |place: usize| match count {
            1 => format!("scenarios{ENDING}"),
            _ => format!("scenarios-{}-of-{count}{ENDING}", place + 1),
        };
        parts.iter().enumerate().map(|(place, part)| (name(place), part.text())).collect()
    }

    /// Open a scenario beside the present one.
    pub(super) fn open_decoded(&self, decoded: &Decoded) {
        let document = session::opened_document(&decoded.scenario);
        self.open_beside(Beside { decoded: decoded.clone(), document, also: String::new() });
    }

    fn open_beside(&self, Beside { decoded, document, also }: Beside) {
        keeping::keep(*self);
        self.notices.withdraw(NoticeKind::Link);
        self.notices.withdraw(NoticeKind::Taken);
        let name = document.wanted.as_ref().map_or(FIRST_NAME, |wanted| wanted.name.as_str());
        let name = free_name(&one_line(name), |_| false);
        let scenario = decoded.scenario.clone();
        let preset = preset_of(&scenario);
        let document = self.begin(document);
        let moment = Moment { scenario, preset, document, number: self.next_number() };
        let said = format!("Now showing “{name}”, which is kept here once it is edited.{also}");
        self.take(moment, Stride::Onward, said);
        session::tell_of(*self, NoticeKind::Link, &Ok(decoded), true);
        self.tell_kept();
    }

    /// Put the entries of a library to those that are kept; with what was added, as it stands there.
    fn add_all(&self, library: Library) -> (Taken, Vec<(EntryId, String)>) {
        keeping::keep(*self);
        let mut kept = kept_library();
        let Merged { added, present } = kept.merge(library);
        let (mut taken, mut written) = (Taken { present, ..Taken::default() }, Vec::new());
        for id in added {
            let Some(text) = kept.text_of(&id) else { continue };
            let entry = kept.entries.get(&id);
            let name = entry.map(|entry| entry.name.clone()).unwrap_or_default();
            match storage::write(&id, &text) {
                Ok(()) => {
                    taken.added += 1;
                    written.push((id, text));
                    if entry.is_none_or(|entry| codec::from_json(&entry.scenario).is_err()) {
                        taken.unread.push(name);
                    }
                }
                Err(problem) => {
                    taken.why_unkept = problem.why();
                    taken.unkept.push(name);
                }
            }
        }
        (taken, written)
    }

    fn tell_taken(&self, text: String, added: Vec<(EntryId, String)>) {
        let can_undo = !added.is_empty();
        self.taken.set_value(added);
        self.notices.say(Notice { kind: NoticeKind::Taken, text, can_undo });
        self.tell_kept();
    }
}

/// The scenario, where there is exactly one and it can be opened.
fn alone(intake: &Intake) -> Option<Beside> {
    let beside = |decoded: &Decoded, also: String| {
        let document = session::opened_document(&decoded.scenario);
        Some(Beside { decoded: decoded.clone(), document, also })
    };
    match intake {
        Intake::Scenario(decoded) | Intake::Record(_, decoded, _) | Intake::Link(decoded, 0) => {
            beside(decoded, String::new())
        }
        Intake::Link(decoded, 1) => {
            beside(decoded, " Another link stands there too and was not opened.".to_owned())
        }
        Intake::Link(decoded, others) => {
            beside(decoded, format!(" {others} other links stand there too and were not opened."))
        }
        Intake::Library(library) => {
            let entry = library.entries.values().next().filter(|_| library.len() == 1)?;
            let mut decoded = codec::from_json(&entry.scenario).ok()?;
            if let Some(name) = given_name(&entry.name) {
                name.clone_into(&mut decoded.scenario.name);
            }
            let document = Document { wanted: Some(entry.clone()), ..Document::default() };
            Some(Beside { decoded, document, also: String::new() })
        }
    }
}

/// What was brought as entries; the one of a scenario by itself has its name.
fn entries_of(intake: &Intake) -> Library {
    let decoded = match intake {
        Intake::Library(library) => return library.clone(),
        Intake::Scenario(decoded) | Intake::Link(decoded, _) | Intake::Record(_, decoded, _) => decoded,
    };
    let nothing = || Headline { tco_usd: None, strategy: None, verdict: String::new() };
    let scenario = codec::to_json(&decoded.scenario, &decoded.headline.clone().unwrap_or_else(nothing));
    let name = free_name(&one_line(&decoded.scenario.name), |_| false);
    let now = since_1970_ms();
    let entry = Entry::new(name, now, scenario);
    Library { entries: [(EntryId::made(now, drawn()), entry)].into(), ..Library::default() }
}

/// All that is kept; nothing where storage cannot be read, which then can keep nothing either.
fn kept_library() -> Library {
    let mut library = Library::default();
    for (id, text) in storage::entries().unwrap_or_default() {
        library.put(id.as_str(), &text);
    }
    library
}
