//! One text kept in the browser between visits.

use std::fmt;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};

/// The key of the present scenario.
const SCENARIO: &str = "tunewise.scenario";

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

impl fmt::Display for StorageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StorageProblem::Absent => "This browser keeps nothing between visits: changes are lost when the page closes. Copy the link to keep them.",
            StorageProblem::Blocked => "The browser does not let this page keep anything: changes are lost when the page closes. Copy the link to keep them.",
            StorageProblem::Full => "The browser's storage is full: the last changes are not kept. Copy the link to keep them.",
        })
    }
}

impl std::error::Error for StorageProblem {}

/// The text that was kept, if there is one.
///
/// # Errors
/// [`StorageProblem`] where storage cannot be read.
pub fn load() -> Result<Option<String>, StorageProblem> {
    probe()?;
    match LocalStorage::get(SCENARIO) {
        Ok(text) => Ok(Some(text)),
        Err(StorageError::JsError(_)) => Err(StorageProblem::Blocked),
        // Nothing kept, or nothing that this program wrote: then there is nothing to restore.
        Err(_) => Ok(None),
    }
}

/// Keep the text instead of the one kept before.
///
/// # Errors
/// [`StorageProblem`] where it cannot be kept; the one kept before then stays.
pub fn save(text: &str) -> Result<(), StorageProblem> {
    probe()?;
    LocalStorage::set(SCENARIO, text).map_err(|error| match error {
        StorageError::JsError(error) if error.name.contains("Quota") => StorageProblem::Full,
        _ => StorageProblem::Blocked,
    })
}

/// Whether storage can be used: gloo-storage throws where the browser refuses it.
fn probe() -> Result<(), StorageProblem> {
    let window = web_sys::window().ok_or(StorageProblem::Absent)?;
    let storage = window.local_storage().map_err(|_| StorageProblem::Blocked)?;
    let storage = storage.ok_or(StorageProblem::Absent)?;
    storage.get_item(SCENARIO).map(|_| ()).map_err(|_| StorageProblem::Blocked)
}
