//! All entries in one text, and two libraries in one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::entry::{Broken, Entry, EntryId, MOST_ENTRIES};
use super::names::{free_name, stem};

/// Version of the text of a library.
const VERSION: u32 = 1;
/// Bytes of a library without an entry: `{"tunewise_library":1,"entries":{},"aside":{}}`.
const LEAST_BYTES: usize = 48;
/// Bytes around an id and a text: quotes, colon and comma.
const MEMBER_BYTES: usize = 4;
/// What an entry without a usable id is called by.
const NO_ID: &str = "entry";

/// All entries, by id.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Library {
    /// Those that can be read.
    pub entries: BTreeMap<EntryId, Entry>,
    /// The texts of those that cannot be read, as they stand; no id of these is one of those.
    pub aside: BTreeMap<EntryId, String>,
}

#[derive(Serialize)]
struct Written<'a> {
    // It stands first, so that a text that is cut off still says what it was.
    tunewise_library: u32,
    entries: &'a BTreeMap<EntryId, Entry>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aside: &'a BTreeMap<EntryId, String>,
}

/// What tells a library from everything else.
#[derive(Deserialize)]
struct Mark {
    tunewise_library: Option<Value>,
}

#[derive(Deserialize)]
struct Read<'a> {
    #[serde(borrow)]
    entries: Members<&'a RawValue>,
    #[serde(default = "Members::none")]
    aside: Members<String>,
}

/// The members of an object in their order, those of the same name too.
struct Members<T> {
    /// The first of them.
    first: Vec<(String, T)>,
    /// How many there are; more than a library holds are only counted.
    count: usize,
}

/// What was taken from another library.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Merged {
    /// The ids under which what was not here is here now.
    pub added: Vec<EntryId>,
    /// How many were here already.
    pub present: usize,
}

impl Library {
    /// The text of a file with all entries: `{"tunewise_library":1,"entries":{"id":{…}},"aside":{"id":"…"}}`.
    pub fn text(&self) -> String {
        let Library { entries, aside } = self;
        // Cannot fail: all keys are texts.
        serde_json::to_string(&Written { tunewise_library: VERSION, entries, aside }).unwrap_or_default()
    }

    /// Read the text of such a file. An entry that cannot be read is set aside as it stands; one of an id that stands
    /// there twice, or is none, gets another.
    ///
    /// # Errors
    /// [`Broken`] where it is none, holds more than [`MOST_ENTRIES`], or is one of a later program.
    pub fn read(text: &str) -> Result<Library, Broken> {
        let mark: Mark = serde_json::from_str(text).map_err(|_| Broken::NotAnEntry)?;
        match mark.tunewise_library.as_ref().and_then(Value::as_u64) {
            Some(version) if version > u64::from(VERSION) => return Err(Broken::Newer),
            Some(_) => {}
            None => return Err(Broken::NotAnEntry),
        }
        let read: Read<'_> = serde_json::from_str(text).map_err(|_| Broken::NotAnEntry)?;
        let count = read.entries.count + read.aside.count;
        if count > MOST_ENTRIES {
            return Err(Broken::TooMany(count));
        }
        let mut library = Library::default();
        read.entries.first.into_iter().for_each(|(id, text)| library.put(&id, text.get()));
        read.aside.first.into_iter().for_each(|(id, text)| library.put(&id, &text));
        Ok(library)
    }

    /// Put the text of an entry to the others, under its id where that is free; one that cannot be read is set aside.
    pub fn put(&mut self, id: &str, text: &str) {
        let id = EntryId::new(id).or_else(|| EntryId::new(NO_ID));
        let Some(id) = id.map(|id| self.free_id(id)) else { return };
        match Entry::read(text) {
            Ok(entry) => drop(self.entries.insert(id, entry)),
            Err(_) => drop(self.aside.insert(id, text.to_owned())),
        }
    }

    /// How many there are, those that cannot be read among them.
    pub fn len(&self) -> usize {
        self.entries.len() + self.aside.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of an entry as the storage keeps it.
    pub fn text_of(&self, id: &EntryId) -> Option<String> {
        self.entries.get(id).map(Entry::text).or_else(|| self.aside.get(id).cloned())
    }

    /// The same in as few libraries as keep each to so many bytes of text and so many entries; an entry that is longer
    /// by itself stands alone.
    pub fn parts(self, most_bytes: usize, most_entries: usize) -> Vec<Library> {
        let mut parts = vec![(Library::default(), LEAST_BYTES)];
        let entries = self.entries.into_iter().map(|(id, entry)| (id, entry.text().len(), Ok(entry)));
        // As it is written, a text among the others is longer by the signs that mark its quotes.
        let escaped = |text: &String| serde_json::to_string(text).map_or(0, |text| text.len());
        let aside = self.aside.into_iter().map(|(id, text)| (id, escaped(&text), Err(text)));
        for (id, bytes, what) in entries.chain(aside) {
            let bytes = bytes + id.as_str().len() + MEMBER_BYTES;
            let fits = parts.last().is_some_and(|(part, size)| {
                part.is_empty() || (size + bytes <= most_bytes && part.len() < most_entries)
            });
            if !fits {
                parts.push((Library::default(), LEAST_BYTES));
            }
            let Some((part, size)) = parts.last_mut() else { continue };
            *size += bytes;
            match what {
                Ok(entry) => drop(part.entries.insert(id, entry)),
                Err(text) => drop(part.aside.insert(id, text)),
            }
        }
        parts.into_iter().map(|(part, _)| part).collect()
    }

    /// The ids from the one edited last to the one edited first.
    pub fn newest_first(&self) -> Vec<&EntryId> {
        let mut ids: Vec<(&EntryId, u64)> =
            self.entries.iter().map(|(id, entry)| (id, entry.edited)).collect();
        ids.sort_by(|(a, edited_a), (b, edited_b)| edited_b.cmp(edited_a).then(b.cmp(a)));
        ids.into_iter().map(|(id, _)| id).collect()
    }

    /// Whether an entry is called so.
    pub fn has_name(&self, name: &str) -> bool {
        self.entries.values().any(|entry| entry.name == name)
    }

    /// Take the entries of another library to these. Nothing is replaced and nothing is lost: an entry that is here
    /// already stays one, whatever number its name has here; another of the same id gets another id, and one of the
    /// same name another name.
    pub fn merge(&mut self, other: Library) -> Merged {
        let mut names: BTreeSet<String> = self.entries.values().map(|entry| entry.name.clone()).collect();
        let mut present: BTreeSet<String> = self.entries.values().map(what_it_says).collect();
        present.extend(self.entries.values().map(what_it_is));
        let mut merged = Merged::default();
        for (id, mut entry) in other.entries {
            if !present.insert(what_it_says(&entry)) || present.contains(&what_it_is(&entry)) {
                merged.present += 1;
                continue;
            }
            if names.contains(&entry.name) {
                entry.name = free_name(&entry.name, |name| names.contains(name));
            }
            names.insert(entry.name.clone());
            let id = self.free_id(id);
            merged.added.push(id.clone());
            self.entries.insert(id, entry);
        }
        let mut texts: BTreeSet<String> = self.aside.values().cloned().collect();
        for (id, text) in other.aside {
            if !texts.insert(text.clone()) {
                merged.present += 1;
                continue;
            }
            let id = self.free_id(id);
            merged.added.push(id.clone());
            self.aside.insert(id, text);
        }
        merged
    }

    /// The id, or another where that is taken.
    fn free_id(&self, id: EntryId) -> EntryId {
        let is_taken = |id: &EntryId| self.entries.contains_key(id) || self.aside.contains_key(id);
        if is_taken(&id) { id.other(is_taken) } else { id }
    }
}

/// The entry as a text in which it does not matter when it was edited: the same for two that say the same.
fn what_it_says(entry: &Entry) -> String {
    Entry { edited: 0, ..entry.clone() }.text()
}

/// The same with the name that it had before it was counted on, marked apart.
fn what_it_is(entry: &Entry) -> String {
    let name = stem(&free_name(&entry.name, |_| false));
    format!("={}", Entry { edited: 0, name, ..entry.clone() }.text())
}

impl<T> Members<T> {
    fn none() -> Self {
        Members { first: Vec::new(), count: 0 }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_map(MembersVisitor(Members::none()))
    }
}

struct MembersVisitor<T>(Members<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MembersVisitor<T> {
    type Value = Members<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Members<T>, A::Error> {
        let Members { first, count } = &mut self.0;
        while *count < MOST_ENTRIES {
            let Some(member) = map.next_entry()? else { return Ok(self.0) };
            first.push(member);
            *count += 1;
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            *count += 1;
        }
        Ok(self.0)
    }
}
