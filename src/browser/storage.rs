//! Texts kept in the browser between visits: one place for each scenario, so that tabs do not write over each other.
//!
//! The names of the places begin with the path of the site: another copy of it on the same origin has its own.

use std::fmt;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};
use leptos::ev;
use wasm_bindgen::JsCast;

use super::location::{on_window, site_path};
use crate::domain::library::EntryId;

/// Where the one scenario stood that earlier versions kept. It is read for ever and never written.
const EARLIER: &str = "tunewise.scenario";
/// Whether the text of [`EARLIER`] has become an entry: its fingerprint.
const ADOPTED: &str = "adopted";
/// What the names of all entries have behind the path.
const ENTRY: &str = "entry:";

/// Why nothing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageProblem {
    /// This browser has no storage.
    Absent,
    /// The browser or the surrounding page forbids it.
    Blocked,
    /// No room left.
    Full,
}

impl StorageProblem {
    /// Behind "since".
    pub const fn why(self) -> &'static str {
        match self {
            StorageProblem::Absent => "this browser keeps nothing between visits",
            StorageProblem::Blocked => "the browser does not let this page keep anything",
            StorageProblem::Full => "the browser’s storage is full",
        }
    }
}

impl fmt::Display for StorageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StorageProblem::Absent => "This browser keeps nothing between visits. The address of this page carries your scenario: bookmark it, or copy the link.",
            StorageProblem::Blocked => "The browser does not let this page keep anything. The address of this page carries your scenario: bookmark it, or copy the link.",
            StorageProblem::Full => "The browser's storage is full: the last changes are not kept. The address of this page carries them: bookmark it, or copy the link.",
        })
    }
}

impl std::error::Error for StorageProblem {}

/// The entries as they stand there, and the names of their places in between: what is no id is left alone.
///
/// # Errors
/// [`StorageProblem`] where storage cannot be read.
pub fn entries() -> Result<Vec<(EntryId, String)>, StorageProblem> {
    let storage = storage()?;
    let prefix = key(ENTRY);
    let count = storage.length().map_err(|_| StorageProblem::Blocked)?;
    // Another tab may write between two of these: what is gone then is left out.
    let names = (0..count).filter_map(|place| storage.key(place).ok().flatten());
    let ids = names.filter_map(|name| EntryId::new(name.strip_prefix(&prefix)?));
    Ok(ids.filter_map(|id| Some((id.clone(), read(&id).ok().flatten()?))).collect())
}

/// The text of an entry, if there is one.
///
/// # Errors
/// [`StorageProblem`] where storage cannot be read.
pub fn read(id: &EntryId) -> Result<Option<String>, StorageProblem> {
    storage()?.get_item(&entry_key(id)).map_err(|_| StorageProblem::Blocked)
}

/// Keep the text of an entry instead of the one kept before.
///
/// # Errors
/// [`StorageProblem`] where it cannot be kept; the one kept before then stays.
pub fn write(id: &EntryId, text: &str) -> Result<(), StorageProblem> {
    put(&entry_key(id), text)
}

/// Forget an entry.
///
/// # Errors
/// [`StorageProblem`] where storage cannot be reached.
pub fn remove(id: &EntryId) -> Result<(), StorageProblem> {
    storage()?.remove_item(&entry_key(id)).map_err(|_| StorageProblem::Blocked)
}

/// The scenario that an earlier version kept, unless it has become an entry; call [`adopted`] once it has.
pub fn earlier() -> Option<String> {
    let raw = storage().ok()?.get_item(EARLIER).ok().flatten()?;
    if storage().ok()?.get_item(&key(ADOPTED)).ok().flatten().as_deref() == Some(&fingerprint(&raw)) {
        return None;
    }
    match LocalStorage::get(EARLIER) {
        Ok(text) => Some(text),
        // Not what those versions wrote: as it stands, so that it can still be looked at.
        Err(StorageError::SerdeError(_)) => Some(raw),
        Err(_) => None,
    }
}

/// What an earlier version kept has become an entry. It stays where it is.
///
/// # Errors
/// [`StorageProblem`] where that cannot be noted.
pub fn adopted() -> Result<(), StorageProblem> {
    let raw = storage()?.get_item(EARLIER).ok().flatten();
    raw.map_or(Ok(()), |raw| put(&key(ADOPTED), &fingerprint(&raw)))
}

/// Forget what an earlier version kept; returned as it stood there.
pub fn forget_earlier() -> Option<String> {
    let storage = storage().ok()?;
    let raw = storage.get_item(EARLIER).ok().flatten()?;
    storage.remove_item(EARLIER).ok()?;
    Some(raw)
}

/// Put back what [`forget_earlier`] has returned.
///
/// # Errors
/// [`StorageProblem`] where it cannot be kept.
pub fn restore_earlier(raw: &str) -> Result<(), StorageProblem> {
    put(EARLIER, raw)
}

/// Call `action` whenever another tab has changed what is kept, for as long as its owner lives: with the entry, or
/// without where everything may have changed.
pub fn on_change(action: impl Fn(Option<EntryId>) + 'static) {
    let prefix = key(ENTRY);
    on_window(ev::storage, move |event| match event.key() {
        None => action(None),
        Some(name) => {
            if let Some(id) = name.strip_prefix(&prefix).and_then(EntryId::new) {
                action(Some(id));
            }
        }
    });
}

fn put(name: &str, text: &str) -> Result<(), StorageProblem> {
    storage()?.set_item(name, text).map_err(|error| {
        let name = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name()));
        if name.is_some_and(|name| name.contains("Quota")) {
            StorageProblem::Full
        } else {
            StorageProblem::Blocked
        }
    })
}

/// The storage, if it can be used: gloo-storage throws where the browser refuses it.
fn storage() -> Result<web_sys::Storage, StorageProblem> {
    let window = web_sys::window().ok_or(StorageProblem::Absent)?;
    let storage =
        window.local_storage().map_err(|_| StorageProblem::Blocked)?.ok_or(StorageProblem::Absent)?;
    storage.get_item(EARLIER).map(|_| storage).map_err(|_| StorageProblem::Blocked)
}

fn entry_key(id: &EntryId) -> String {
    key(&format!("{ENTRY}{}", id.as_str()))
}

/// The name of a place of this copy of the site.
fn key(name: &str) -> String {
    format!("tunewise:{}:{name}", site_path())
}

/// FNV-1a, 64 bits: tells one text from another that nobody has made to resemble it.
fn fingerprint(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}
