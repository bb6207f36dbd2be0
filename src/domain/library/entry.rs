//! One kept scenario as the text of one place in the storage.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::units::is_plain;

/// Version of the text of an entry: its members and their meaning.
const VERSION: u32 = 1;
/// The most entries of one text, those set aside among them.
pub const MOST_ENTRIES: usize = 500;
/// The longest text of an entry that is looked at: twice what the longest scenario takes, written as a text in a text.
const MOST_BYTES: usize = 1024 * 1024;
/// The longest id in characters.
const MOST_ID_CHARS: usize = 40;
/// The longest name in characters.
pub const MOST_NAME_CHARS: usize = 120;
/// The longest note in characters.
pub const MOST_NOTE_CHARS: usize = 2_000;

/// What tells one entry from all others, whatever they are called: small letters, digits and dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryId(String);

impl EntryId {
    /// The id in a text; none where it holds anything but small letters, digits and dashes, or more than 40 of them.
    pub fn new(text: impl Into<String>) -> Option<EntryId> {
        let text = text.into();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_id = !text.is_empty() && text.len() <= MOST_ID_CHARS && text.chars().all(fits);
        is_id.then_some(EntryId(text))
    }

    /// The id of an entry that is made now: `ms` since 1970, and any number that another tab will not draw.
    pub fn made(ms: u64, drawn: u32) -> EntryId {
        EntryId(format!("{ms:x}-{drawn:x}"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first of `id-2`, `id-3` … that is not taken.
    pub(super) fn other(&self, is_taken: impl Fn(&EntryId) -> bool) -> EntryId {
        let stem: String = self.0.chars().take(MOST_ID_CHARS / 2).collect();
        let ids = (2_u64..).map(|number| EntryId(format!("{stem}-{number}")));
        ids.into_iter().find(|id| !is_taken(id)).unwrap_or_else(|| self.clone())
    }
}

impl TryFrom<String> for EntryId {
    type Error = Broken;

    fn try_from(text: String) -> Result<EntryId, Broken> {
        EntryId::new(text).ok_or(Broken::NotAnEntry)
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> String {
        id.0
    }
}

/// Why a text is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Something else, or cut off.
    NotAnEntry,
    /// Written by a later program.
    Newer,
    /// A library of so many entries, more than are looked at.
    TooMany(usize),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::NotAnEntry => {
                f.write_str("This is incomplete, damaged, or nothing that Tunewise has written.")
            }
            Broken::Newer => f.write_str(
                "This was kept by a newer version of Tunewise. Reload the page to get that version.",
            ),
            Broken::TooMany(count) => {
                write!(f, "It holds {count} scenarios; at most {MOST_ENTRIES} are taken over at once.")
            }
        }
    }
}

impl std::error::Error for Broken {}

/// One kept scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was edited last, in milliseconds since 1970.
    pub edited: u64,
    /// What the reader calls it.
    pub name: String,
    /// What the reader has to say about it.
    #[serde(default)]
    pub note: String,
    /// The scenario: the envelope of the codec, as a link carries it. Not read here.
    pub scenario: String,
    #[serde(rename = "v")]
    pub(super) version: u32,
    /// Members that a later program has added; they are written again.
    #[serde(flatten)]
    pub(super) others: Map<String, Value>,
}

impl Entry {
    /// An entry of this program.
    pub fn new(name: impl Into<String>, edited: u64, scenario: impl Into<String>) -> Entry {
        Entry {
            edited,
            name: name.into(),
            note: String::new(),
            scenario: scenario.into(),
            version: VERSION,
            others: Map::new(),
        }
    }

    /// The text that is kept.
    pub fn text(&self) -> String {
        // Cannot fail: all keys are texts.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Read what was kept.
    ///
    /// # Errors
    /// [`Broken`] where it is no entry, longer than one can be, or one of a later program.
    pub fn read(text: &str) -> Result<Entry, Broken> {
        if text.len() > MOST_BYTES {
            return Err(Broken::NotAnEntry);
        }
        let entry: Entry = serde_json::from_str(text).map_err(|_| match later(text) {
            true => Broken::Newer,
            false => Broken::NotAnEntry,
        })?;
        if entry.version > VERSION { Err(Broken::Newer) } else { Ok(entry) }
    }

    /// Call it so: spaces around it are dropped, and what is longer than a name; an empty one changes nothing.
    pub fn rename(&mut self, name: &str) {
        let name = clipped(name, MOST_NAME_CHARS);
        if !name.is_empty() {
            self.name = name;
        }
    }

    /// Put a note to it, in place of the one before.
    pub fn annotate(&mut self, note: &str) {
        self.note = clipped(note, MOST_NOTE_CHARS);
    }
}

/// Whether a text that is no entry of this program says that it is one of a later one.
fn later(text: &str) -> bool {
    let version = serde_json::from_str::<Map<String, Value>>(text)
        .ok()
        .and_then(|members| members.get("v").and_then(Value::as_u64));
    version.is_some_and(|version| version > u64::from(VERSION))
}

/// The text without marks that turn or hide words, no longer than that; lines stay.
pub(super) fn clipped(text: &str, most_chars: usize) -> String {
    text.trim().chars().filter(|c| *c == '\n' || is_plain(*c)).take(most_chars).collect()
}
