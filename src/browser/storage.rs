//! One text kept in the browser between visits.

use std::fmt;

use gloo_storage::{LocalStorage, Storage};
use js_sys::Reflect;
use serde_json::Value;
use wasm_bindgen::JsValue;

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
    let kept = LocalStorage::raw().get_item(SCENARIO).map_err(|_| StorageProblem::Blocked)?;
    // Not written by this program: then there is nothing to restore.
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// Keep the text instead of the one kept before.
///
/// # Errors
/// [`StorageProblem`] where it cannot be kept; the one kept before then stays.
pub fn save(text: &str) -> Result<(), StorageProblem> {
    probe()?;
    LocalStorage::raw().set_item(SCENARIO, &Value::from(text).to_string()).map_err(|error| {
        let name = Reflect::get(&error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
        match name {
            Some(name) if name.contains("Quota") => StorageProblem::Full,
            _ => StorageProblem::Blocked,
        }
    })
}

/// Whether storage can be used: gloo-storage throws where the browser refuses it.
fn probe() -> Result<(), StorageProblem> {
    let window = web_sys::window().ok_or(StorageProblem::Absent)?;
    let storage = window.local_storage().map_err(|_| StorageProblem::Blocked)?;
    let storage = storage.ok_or(StorageProblem::Absent)?;
    storage.get_item(SCENARIO).map(|_| ()).map_err(|_| StorageProblem::Blocked)
}
