//! JSON written piece by piece: what crosses from the page to the drawing module.

use serde_json::Value;

/// A text as JSON.
pub(super) fn text(text: &str) -> String {
    Value::from(text).to_string()
}

/// A number as JSON, so that reading it gives the same bits; `null` where JSON cannot hold it.
pub(super) fn number(number: f64) -> String {
    Value::from(number).to_string()
}

/// Values that are JSON already, as a list.
pub(super) fn list(values: Vec<String>) -> String {
    format!("[{}]", values.join(","))
}

/// Keys with values that are JSON already, as an object.
pub(super) fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(key, value)| format!("{}:{value}", text(key))).collect();
    format!("{{{}}}", members.join(","))
}
