//! Reading a table of rules: every word must be known, or the whole table is refused.

use serde_json::Value;

use super::rule::Rule;
use crate::domain::units::read_json;

/// Read a table: a JSON list of rules.
///
/// # Errors
/// A sentence about the first rule that cannot be read.
pub fn parse(text: &str) -> Result<Vec<Rule>, String> {
    let rules: Vec<Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    rules.iter().map(rule).collect()
}

/// Read one rule.
///
/// # Errors
/// What is wrong with it and where: `there is no fact “weather” (when[0].fact)`.
pub fn rule(json: &Value) -> Result<Rule, String> {
    read_json(json)
}
