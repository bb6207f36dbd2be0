//! What a text from elsewhere is: a file that was chosen or dropped, or what was pasted. Its content tells, never its
//! name.

mod foreign;

use std::collections::BTreeSet;

use foreign::Members;
pub use foreign::{Foreign, MOST_BYTES};

use super::{DecodeError, Decoded, LINK_PREFIX, decode, from_json};
pub use crate::domain::library::MOST_ENTRIES;
use crate::domain::library::{Library, free_name};
use crate::domain::since::Stated;
use crate::domain::units::one_line;

/// So many different links of one text are looked at.
const MOST_LINKS: usize = 20;
/// A shorter text behind the mark of a link is that of no scenario, unless it is all there is.
const LEAST_LINK_CHARS: usize = 40;
/// The head of the first table of every record in Markdown.
const RECORD_HEAD: &str = "| This record |";
/// What every library begins with.
const LIBRARY_HEAD: &str = "{\"tunewise_library\"";

/// Something that can be taken over.
#[derive(Clone, Debug, PartialEq)]
pub enum Intake {
    /// Kept scenarios, or one of them, with names and notes that can stand among the page's own words. What the codec
    /// makes of each scenario is not read here.
    Library(Library),
    /// A scenario as JSON, written by the page or by hand.
    Scenario(Box<Decoded>),
    /// A link, alone or in a text; how many other links stand there.
    Link(Box<Decoded>, usize),
    /// The record of a decision: the scenario that its link opens, and what the record says.
    Record(RecordForm, Box<Decoded>, Box<Stated>),
}

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordForm {
    /// As a document.
    Markdown,
    /// As data ([`crate::domain::record::Record`]).
    Json,
}

/// What the bytes of a file are.
///
/// # Errors
/// What it seems to be instead, in a sentence.
pub fn recognise_bytes(bytes: &[u8]) -> Result<Intake, Foreign> {
    if bytes.len() > MOST_BYTES {
        return Err(Foreign::TooLarge(bytes.len()));
    }
    if let Some(foreign) = foreign::of_magic(bytes) {
        return Err(foreign);
    }
    recognise(std::str::from_utf8(bytes).map_err(|_| Foreign::NotText)?)
}

/// What a text is.
///
/// # Errors
/// What it seems to be instead, in a sentence.
pub fn recognise(text: &str) -> Result<Intake, Foreign> {
    if text.len() > MOST_BYTES {
        return Err(Foreign::TooLarge(text.len()));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if let Some(members) = members(text) {
        return of_object(text, &members);
    }
    match linked(text) {
        Some(Ok((decoded, _))) if text.contains(RECORD_HEAD) => {
            Ok(Intake::Record(RecordForm::Markdown, decoded, Box::new(Stated::of_markdown(text))))
        }
        Some(Ok((decoded, others))) => Ok(Intake::Link(decoded, others)),
        Some(Err(error)) => Err(Foreign::Unreadable(error)),
        None if text.starts_with(LIBRARY_HEAD) => Err(Foreign::DamagedLibrary),
        None if text.contains(RECORD_HEAD) => Err(Foreign::RecordWithoutLink),
        None => Err(foreign::of_text(text)),
    }
}

/// The members of a text that is a JSON object.
fn members(text: &str) -> Option<Members<'_>> {
    if text.starts_with('{') { serde_json::from_str(text).ok() } else { None }
}

fn of_object(text: &str, members: &Members<'_>) -> Result<Intake, Foreign> {
    let has = |name: &str| members.contains_key(name);
    let counts = |name: &str| members.get(name).is_some_and(|value| value.get().parse::<u64>().is_ok());
    if has("tunewise_library") {
        return library(Library::read(text).map_err(Foreign::Library)?);
    }
    if counts("record") && has("versions") && has("verdict") {
        return record(text, members);
    }
    if counts("v") && has("scenario") {
        let mut one = Library::default();
        one.put("", text);
        return library(one);
    }
    if let Some(foreign) = foreign::of_members(members) {
        return Err(foreign);
    }
    match from_json(text) {
        Ok(decoded) => return Ok(Intake::Scenario(Box::new(decoded))),
        Err(DecodeError::Newer) => return Err(Foreign::Unreadable(DecodeError::Newer)),
        Err(error) if (has("f") && has("a")) || has("answers") => return Err(Foreign::Unreadable(error)),
        Err(_) => {}
    }
    match linked(text) {
        Some(Ok((decoded, others))) => Ok(Intake::Link(decoded, others)),
        Some(Err(_)) | None => Err(foreign::of_text(text)),
    }
}

/// A library of bounded size, whose names and notes leave the words around them alone.
fn library(mut library: Library) -> Result<Intake, Foreign> {
    for entry in library.entries.values_mut() {
        entry.name = free_name(&one_line(&entry.name), |_| false);
        entry.annotate(&entry.note.clone());
    }
    Ok(Intake::Library(library))
}

fn record(text: &str, members: &Members<'_>) -> Result<Intake, Foreign> {
    let link = members.get("link").and_then(|link| serde_json::from_str::<String>(link.get()).ok());
    match link.as_deref().and_then(linked) {
        Some(Ok((decoded, _))) => {
            Ok(Intake::Record(RecordForm::Json, decoded, Box::new(Stated::of_json(text))))
        }
        Some(Err(error)) => Err(Foreign::Unreadable(error)),
        None => Err(Foreign::RecordWithoutLink),
    }
}

/// The first link of a text that can be read, and how many others stand there; why the first cannot be read, where
/// none can.
fn linked(text: &str) -> Option<Result<(Box<Decoded>, usize), DecodeError>> {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let is_bare = !text.contains(char::is_whitespace);
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, behind) in text
        .match_indices(LINK_PREFIX)
        .filter_map(|(place, mark)| Some((mark, text.get(place + mark.len()..)?)))
    {
        let end = behind.find(|sign| !is_sign(sign)).unwrap_or(behind.len());
        let Some(carried) = behind.get(..end) else { continue };
        if (is_bare || carried.len() >= LEAST_LINK_CHARS) && seen.insert(carried) {
            found.push(carried);
        }
        if found.len() == MOST_LINKS {
            break;
        }
    }
    let mut problem = None;
    for carried in &found {
        match decode(carried) {
            Ok(decoded) => return Some(Ok((Box::new(decoded), found.len() - 1))),
            Err(error) => problem = problem.or(Some(error)),
        }
    }
    problem.map(Err)
}

#[cfg(test)]
mod tests;
