//! Reading what people wrote as JSON, with the place of what is wrong.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Read a value.
///
/// # Errors
/// What is wrong, and where below the value itself: ``missing field `fact` (when[0])``.
pub(in crate::domain) fn read_json<T: DeserializeOwned>(json: &Value) -> Result<T, String> {
    serde_path_to_error::deserialize(json).map_err(|fault| match fault.path().to_string() {
        place if place == "." => fault.inner().to_string(),
        place => format!("{} ({place})", fault.inner()),
    })
}
