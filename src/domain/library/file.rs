//! All entries in one text, and two libraries in one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::entry::{Broken, Entry, EntryId};
use super::names::free_name;

/// Version of the text of a library.
const VERSION: u32 = 1;

/// All entries that can be read, by id.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Library {
    /// The entries.
    pub entries: BTreeMap<EntryId, Entry>,
}

#[derive(Serialize)]
struct Written<'a> {
    entries: &'a BTreeMap<EntryId, Entry>,
    tunewise_library: u32,
}

#[derive(Deserialize)]
struct Read {
    entries: BTreeMap<EntryId, Entry>,
}

impl Library {
    /// The text of a file with all entries: `{"entries":{"id":{…}},"tunewise_library":1}`.
    pub fn text(&self) -> String {
        // Cannot fail: all keys are texts.
        serde_json::to_string(&Written { entries: &self.entries, tunewise_library: VERSION })
            .unwrap_or_default()
    }

    /// Read the text of such a file.
    ///
    /// # Errors
    /// [`Broken`] where it is none, or one of a later program.
    pub fn read(text: &str) -> Result<Library, Broken> {
        let members: Map<String, Value> = serde_json::from_str(text).map_err(|_| Broken::NotAnEntry)?;
        match members.get("tunewise_library").and_then(Value::as_u64) {
            Some(version) if version > u64::from(VERSION) => return Err(Broken::Newer),
            Some(_) => {}
            None => return Err(Broken::NotAnEntry),
        }
        let read: Read = serde_json::from_str(text).map_err(|_| Broken::NotAnEntry)?;
        Ok(Library { entries: read.entries })
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
    /// already stays one; another of the same id gets another id, and one of the same name another name.
    pub fn merge(&mut self, other: Library) {
        let mut names: BTreeSet<String> = self.entries.values().map(|entry| entry.name.clone()).collect();
        for (id, mut entry) in other.entries {
            if self.entries.values().any(|present| is_same(present, &entry)) {
                continue;
            }
            let is_taken = |id: &EntryId| self.entries.contains_key(id);
            let id = if is_taken(&id) { id.other(is_taken) } else { id };
            if names.contains(&entry.name) {
                entry.name = free_name(&entry.name, |name| names.contains(name));
            }
            names.insert(entry.name.clone());
            self.entries.insert(id, entry);
        }
    }
}

/// Whether two entries say the same, whenever they were edited.
fn is_same(one: &Entry, other: &Entry) -> bool {
    Entry { edited: other.edited, ..one.clone() } == *other
}
