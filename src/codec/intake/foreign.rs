//! What cannot be taken over: what it seems to be, and where it belongs.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

use crate::codec::DecodeError;
use crate::domain::library::Broken;
use crate::domain::usage::Reader;

/// The longest text that is looked at, in bytes: 200 scenarios of 20 kB, and nearly all that browsers keep for a site
/// (5 MB).
pub const MOST_BYTES: usize = 4 << 20;

/// The members of a JSON object, of those of one name the last.
pub(super) type Members<'a> = BTreeMap<String, &'a RawValue>;

/// Why a text is not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Nothing in it.
    Empty,
    /// So many bytes, more than are looked at.
    TooLarge(usize),
    /// Binary, or not UTF-8.
    NotText,
    /// A library that cannot be read.
    Library(Broken),
    /// The beginning of a library, or one that was changed by hand.
    DamagedLibrary,
    /// A scenario that cannot be read.
    Unreadable(DecodeError),
    /// A record that no link was given to.
    RecordWithoutLink,
    /// An organisation's policy.
    Policy,
    /// A provider's usage export.
    Usage,
    /// `config.json`, index or GGUF of a model.
    ModelFile,
    /// A workbook, or another archive.
    Archive,
    /// A document for printing.
    Pdf,
    /// Rows with columns.
    Table,
    /// JSON of something else.
    Json,
    /// JSON that is cut off or damaged.
    DamagedJson,
    /// Words.
    Text,
}

/// What the first bytes of a file say.
pub(super) fn of_magic(bytes: &[u8]) -> Option<Foreign> {
    const MAGICS: [(&[u8], Foreign); 5] = [
        (b"GGUF", Foreign::ModelFile),
        (b"PK\x03\x04", Foreign::Archive),
        (b"%PDF", Foreign::Pdf),
        (b"\xff\xfe", Foreign::NotText),
        (b"\xfe\xff", Foreign::NotText),
    ];
    let of_start = MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, foreign)| *foreign);
    of_start.or_else(|| bytes.contains(&0).then_some(Foreign::NotText))
}

/// What the members of a JSON object say.
pub(super) fn of_members(members: &Members<'_>) -> Option<Foreign> {
    let is_number = |name: &str| members.get(name).is_some_and(|value| value.get().parse::<f64>().is_ok());
    if is_number("policy") {
        return Some(Foreign::Policy);
    }
    let of_models = ["architectures", "model_type", "weight_map"];
    of_models.iter().any(|name| members.contains_key(*name)).then_some(Foreign::ModelFile)
}

/// What a text without any scenario seems to be.
pub(super) fn of_text(text: &str) -> Foreign {
    if text.is_empty() {
        return Foreign::Empty;
    }
    let mut reader = Reader::default();
    if reader.take(text.as_bytes()).is_ok() && reader.finish().is_ok() {
        return Foreign::Usage;
    }
    if text.starts_with(['{', '[']) {
        let is_whole = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        return if is_whole { Foreign::Json } else { Foreign::DamagedJson };
    }
    if is_table(text) { Foreign::Table } else { Foreign::Text }
}

/// Whether the first two lines have the same columns, two or more.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().map(|line| [',', ';', '\t'].map(|mark| line.matches(mark).count()));
    match (lines.next(), lines.next()) {
        (Some(head), Some(row)) => head.iter().zip(row).any(|(head, row)| *head > 0 && *head == row),
        _ => false,
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Foreign::Empty => f.write_str("There is nothing in it."),
            Foreign::TooLarge(bytes) => {
                let (size, most) = (*bytes as f64 / f64::from(1 << 20), MOST_BYTES >> 20);
                write!(
                    f,
                    "It has {size:.1} MiB; scenarios from a file have at most {most} MiB. A usage export of that size \
                     belongs under “Fill in from a usage export”."
                )
            }
            Foreign::NotText => f.write_str("This is not a text in UTF-8."),
            Foreign::Library(Broken::Newer) => f.write_str(
                "These scenarios were written by a newer version of Tunewise. Reload the page to get that version.",
            ),
            Foreign::Library(Broken::NotAnEntry) | Foreign::DamagedLibrary => f.write_str(
                "These are kept scenarios of Tunewise, but the file is incomplete or damaged. Export it once more.",
            ),
            Foreign::Library(broken @ Broken::TooMany(_)) => broken.fmt(f),
            Foreign::Unreadable(error) => error.fmt(f),
            Foreign::RecordWithoutLink => f.write_str(
                "This is a decision record without a link to its scenario, so that it cannot be opened again.",
            ),
            Foreign::Policy => f.write_str(
                "This looks like an organisation’s policy: it belongs under “Load or paste a policy”, in “Sources and method”.",
            ),
            Foreign::Usage => f.write_str(
                "This looks like a provider’s usage export: it belongs under “Fill in from a usage export”, in the form.",
            ),
            Foreign::ModelFile => f.write_str(
                "This looks like the file of a model: it belongs under “Read a model from its config.json”, with the open \
                 models in “Sources and method”.",
            ),
            Foreign::Archive => f.write_str(
                "This is a workbook or another archive, which cannot be read back. The scenario’s own file or its link can.",
            ),
            Foreign::Pdf => f.write_str(
                "This is a PDF. The link that is printed in it opens its scenario, and so does the record as Markdown or data.",
            ),
            Foreign::Table => f.write_str(
                "This looks like a table and holds no scenario. If it is a usage export, it belongs under “Fill in from a \
                 usage export”, in the form.",
            ),
            Foreign::Json => f.write_str("This is JSON, but it holds no scenario of Tunewise."),
            Foreign::DamagedJson => f.write_str("This begins like JSON, but it is incomplete or damaged."),
            Foreign::Text => f.write_str("This text holds no scenario of Tunewise and no link to one."),
        }
    }
}

impl std::error::Error for Foreign {}
