//! Whether all that a text says is in the scenario that was read from it, or named as left out.

use serde::Deserialize as _;
use serde_json::{Map, Value};
use tunewise::codec::{Decoded, Invalid};
use tunewise::domain::input::{Entry, input};

/// Members that may stand around answers that are written without any.
const AROUND: [&str; 3] = ["name", "policy", "rows"];
/// Own rows that are looked at, and one more.
const MOST_ROWS: usize = 41;

/// The text's answers, name, result, rows and policy, each taken over or named.
///
/// # Errors
/// What is missing without a word.
pub fn accounted(written: &str, read: &Decoded) -> Result<(), String> {
    let Ok(Value::Object(members)) = serde_json::from_str(written) else {
        return Err("what is no object is a scenario".to_owned());
    };
    let object = |name: &str| members.get(name).and_then(Value::as_object);
    let by_hand = ["name", "rows", "policy"];
    let (answers, [name, rows, policy]) = match (members.get("f").and(object("a")), object("answers")) {
        (Some(answers), _) => (answers.clone(), ["n", "o", "p"]),
        (None, Some(answers)) => (answers.clone(), by_hand),
        (None, None) => (bare(&members), by_hand),
    };
    for (id, value) in &answers {
        answer(id, value, read)?;
    }
    let named = members.get(name).filter(|named| !named.is_null());
    if named.is_some_and(|named| named.as_str() != Some(&read.scenario.name)) {
        said(read, "name")?;
    }
    if name == "n" && members.get("h").is_some_and(|told| !told.is_null()) && read.headline.is_none() {
        said(read, "result")?;
    }
    if let Some(Value::Array(rows)) = members.get(rows) {
        let of_rows = read.invalid.iter().filter(|invalid| invalid.place.starts_with("rows")).count();
        let told = read.scenario.rows.rows().len() + of_rows;
        if told < rows.len().min(MOST_ROWS) {
            return Err(format!("{told} of {} rows", rows.len()));
        }
    }
    let is_told = read.invalid.iter().any(|invalid| invalid.place.starts_with("policy"));
    if members.contains_key(policy) && read.scenario.policy().is_none() && !is_told {
        return Err("the policy is missing".to_owned());
    }
    Ok(())
}

fn bare(members: &Map<String, Value>) -> Map<String, Value> {
    let answers = members.iter().filter(|(id, _)| !AROUND.contains(&id.as_str()));
    answers.map(|(id, value)| (id.clone(), value.clone())).collect()
}

/// An answer is there as it was written, or is the default, or is named.
fn answer(id: &str, value: &Value, read: &Decoded) -> Result<(), String> {
    let written = Entry::deserialize(value).ok();
    let held = read.scenario.entries.get(id);
    if held.is_some() && same(held, written.as_ref()) {
        return Ok(());
    }
    let (Some(record), Some(written), None) = (input(id), written, held) else { return said(read, id) };
    match written.read(record, read.scenario.rows.catalog()) {
        Ok(value) if value == read.scenario.default_of(record) => Ok(()),
        _ => said(read, id),
    }
}

fn same(held: Option<&Entry>, written: Option<&Entry>) -> bool {
    match (held, written) {
        (Some(Entry::Number(held)), Some(Entry::Number(written))) => held.to_bits() == written.to_bits(),
        (held, written) => held == written,
    }
}

/// Whether something is named in a notice, or counted among further ones there.
fn said(read: &Decoded, what: &str) -> Result<(), String> {
    let named: String = what.chars().filter(|c| tunewise::domain::units::is_plain(*c)).take(40).collect();
    let is_said = read.notices.iter().any(|notice| notice.contains(&named) || notice.ends_with(" more."));
    if is_said { Ok(()) } else { Err(format!("{what:?} is dropped without a word: {:?}", read.notices)) }
}

/// What is said of a text is short, however long the text is.
///
/// # Errors
/// How long it is.
pub fn bounded(notices: &[String], invalid: &[Invalid]) -> Result<(), String> {
    let longest = notices.iter().map(String::len).max().unwrap_or(0);
    let bytes: usize = invalid.iter().map(|invalid| invalid.place.len() + invalid.message.len()).sum();
    let is_bounded = notices.len() <= 60 && longest <= 3_000 && invalid.len() <= 1_000 && bytes <= 100_000;
    let words =
        || format!("{} notices up to {longest} bytes, {} faults of {bytes}", notices.len(), invalid.len());
    if is_bounded { Ok(()) } else { Err(words()) }
}
