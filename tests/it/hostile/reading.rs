//! Each input read, and what must hold of the reading whatever the input was.

use std::collections::BTreeMap;

use tunewise::codec::{
    DecodeError, Decoded, Foreign, Headline, Intake, MOST_OTHERS, decode, decode_others, encode, from_json,
    joined, parts, recognise, recognise_bytes, text_in_link, to_json,
};
use tunewise::domain::answer::answer;
use tunewise::domain::catalog::Catalog;
use tunewise::domain::catalog::model_files::{ModelReading, Unreadable, read_model_files};
use tunewise::domain::library::{Broken, Entry, Library};
use tunewise::domain::scenario::Scenario;
use tunewise::domain::scenario::policy::{Policy, PolicyError};
use tunewise::domain::usage::{Problem, Reader, Usage, UsageSummary, entries};

use super::accounted::{accounted, bounded};
use super::inputs::{Decoder, Hostile};
use super::seeds::text;

/// One of so many scenarios that were read is answered as well.
const ANSWERED: u64 = 64;

/// Measures what a reader takes for an input.
pub trait Meter {
    /// Do the work, and keep what it took.
    fn measure<T>(&mut self, work: impl FnOnce() -> T) -> T;
}

/// Read an input; whether it could be read.
///
/// # Errors
/// What does not hold of the reading.
pub fn read(input: &Hostile, number: u64, meter: &mut impl Meter) -> Result<bool, String> {
    let bytes = input.files.first().map_or(&[][..], Vec::as_slice);
    let written = text(bytes);
    let is_answered = number.is_multiple_of(ANSWERED);
    match input.decoder {
        Decoder::ChangedLink => changed_link(&written, &input.made_of, meter),
        Decoder::MadeLink => made_link(&written, meter),
        Decoder::Comparison => comparison(&written, meter),
        Decoder::Json | Decoder::Rows => json(&written, is_answered, meter),
        Decoder::Pasted => taken(&meter.measure(|| recognise(&written)), || recognise(&written)),
        Decoder::File => taken(&meter.measure(|| recognise_bytes(bytes)), || recognise_bytes(bytes)),
        Decoder::Library => library(&written, &meter.measure(|| Library::read(&written))),
        Decoder::Entry => entry(&written, &meter.measure(|| Entry::read(&written))),
        Decoder::Policy => policy(&written, &meter.measure(|| Policy::read(&written)), is_answered),
        Decoder::Model => {
            let files: Vec<&[u8]> = input.files.iter().map(Vec::as_slice).collect();
            model(&files, &meter.measure(|| read_model_files(&files)))
        }
        Decoder::Usage => usage(bytes, &meter.measure(|| read_usage(bytes, usize::MAX))),
    }
}

fn holds(is_so: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(what()) }
}

/// A link that was changed opens as one of those that it was made of, or not at all.
fn changed_link(written: &str, made_of: &[String], meter: &mut impl Meter) -> Result<bool, String> {
    let read = meter.measure(|| decode(written));
    holds(read == decode(written), || "two readings differ".to_owned())?;
    let Ok(decoded) = read else { return Ok(false) };
    holds(made_of.iter().any(|link| decode(link).as_ref() == Ok(&decoded)), || {
        "a changed link opens as another scenario".to_owned()
    })?;
    Ok(true)
}

fn made_link(written: &str, meter: &mut impl Meter) -> Result<bool, String> {
    let read = meter.measure(|| decode(written));
    holds(read == decode(written), || "two readings differ".to_owned())?;
    let Ok(decoded) = read else { return Ok(false) };
    unchanged(&decoded)?;
    Ok(true)
}

fn comparison(written: &str, meter: &mut impl Meter) -> Result<bool, String> {
    let (taken, present, others) = meter.measure(|| {
        let taken = parts(written);
        (taken.clone(), decode(taken.present), decode_others(&taken))
    });
    holds(others.len() == taken.others.len() && others.len() <= MOST_OTHERS, || {
        format!("{} others of {}", others.len(), taken.others.len())
    })?;
    let again = joined(taken.present, taken.others.iter().copied());
    let read_again = parts(&again);
    holds(read_again.present == taken.present && read_again.others == taken.others, || {
        "joined again it is another comparison".to_owned()
    })?;
    let link = format!("https://example.org/#s={written}");
    holds(text_in_link(&link) == Some(taken.present.trim()), || {
        "another first scenario in the link".to_owned()
    })?;
    for read in others.iter().chain([&present]).flatten() {
        unchanged(read)?;
    }
    Ok(present.is_ok() && others.iter().all(Result::is_ok))
}

fn json(written: &str, is_answered: bool, meter: &mut impl Meter) -> Result<bool, String> {
    let read = meter.measure(|| from_json(written));
    holds(read == from_json(written), || "two readings differ".to_owned())?;
    let Ok(decoded) = read else { return Ok(false) };
    accounted(written, &decoded)?;
    unchanged(&decoded)?;
    if is_answered && let Ok(case) = decoded.scenario.case() {
        let answer = answer(&case);
        let totals = answer.decided.assessments.iter().filter_map(|one| one.tco());
        holds(totals.into_iter().all(f64::is_finite), || "a cost is not finite".to_owned())?;
    }
    Ok(true)
}

/// What was read travels on as it is, without a further word.
fn unchanged(read: &Decoded) -> Result<(), String> {
    bounded(&read.notices, &read.invalid)?;
    let nothing = Headline { strategy: None, tco_usd: None, verdict: "Nothing.".to_owned() };
    let headline = read.headline.clone().unwrap_or(nothing);
    let json = to_json(&read.scenario, &headline);
    let again = from_json(&json).map_err(|error| format!("what was read is not read again: {error}"))?;
    holds(again.scenario == read.scenario, || format!("read again it is another scenario: {json}"))?;
    holds(again.notices.is_empty() && again.invalid.is_empty(), || {
        format!("read again it is complained of: {again:?}")
    })?;
    holds(again.headline.as_ref() == Some(&headline), || format!("another headline: {headline:?}"))?;
    match decode(&encode(&read.scenario, &headline)) {
        Ok(linked) => holds(linked == again, || "as a link it is another scenario".to_owned()),
        // What is large fits a file and no link.
        Err(DecodeError::TooLong) => Ok(()),
        Err(error) => Err(format!("its link cannot be opened: {error}")),
    }
}

fn taken(
    read: &Result<Intake, Foreign>,
    again: impl FnOnce() -> Result<Intake, Foreign>,
) -> Result<bool, String> {
    holds(*read == again(), || "two readings differ".to_owned())?;
    match read {
        Ok(Intake::Scenario(decoded) | Intake::Link(decoded, _) | Intake::Record(_, decoded, _)) => {
            unchanged(decoded)?
        }
        Ok(Intake::Library(library)) => kept(library)?,
        Err(foreign) => holds(foreign.to_string().len() < 400, || "a long sentence".to_owned())?,
    }
    Ok(read.is_ok())
}

fn library(written: &str, read: &Result<Library, Broken>) -> Result<bool, String> {
    holds(*read == Library::read(written), || "two readings differ".to_owned())?;
    let Ok(library) = read else { return Ok(false) };
    // Of members of one name, this sees the last; what is no JSON to it is set aside.
    let json: serde_json::Value = serde_json::from_str(written).unwrap_or_default();
    let members = |name: &str| json.get(name).and_then(serde_json::Value::as_object);
    let count: usize = ["entries", "aside"].iter().filter_map(|name| members(name)).map(|it| it.len()).sum();
    holds(library.len() >= count, || format!("{} of {count} scenarios", library.len()))?;
    kept(library)?;
    Ok(true)
}

/// What was read of kept scenarios is written as it is, and taken to others without a loss.
fn kept(library: &Library) -> Result<(), String> {
    let again = Library::read(&library.text()).map_err(|error| error.to_string())?;
    holds(again == *library, || "read again they are other scenarios".to_owned())?;
    let mut all = Library::default();
    let merged = all.merge(library.clone());
    holds(merged.added.len() + merged.present == library.len() && all.len() == merged.added.len(), || {
        format!("{merged:?} of {}", library.len())
    })?;
    holds(all.merge(library.clone()).added.is_empty(), || "taken twice they are twice as many".to_owned())
}

fn entry(written: &str, read: &Result<Entry, Broken>) -> Result<bool, String> {
    holds(*read == Entry::read(written), || "two readings differ".to_owned())?;
    let Ok(entry) = read else { return Ok(false) };
    holds(Entry::read(&entry.text()).as_ref() == Ok(entry), || "read again it is another one".to_owned())?;
    Ok(true)
}

fn policy(written: &str, read: &Result<Policy, Vec<PolicyError>>, is_answered: bool) -> Result<bool, String> {
    holds(*read == Policy::read(written), || "two readings differ".to_owned())?;
    let policy = match read {
        Ok(policy) => policy,
        Err(errors) => {
            let bytes: usize = errors.iter().map(|error| error.place.len() + error.message.len()).sum();
            holds(!errors.is_empty() && bytes < 100_000, || {
                format!("{} errors, {bytes} bytes", errors.len())
            })?;
            return Ok(false);
        }
    };
    holds(Policy::read(policy.text()).as_ref() == Ok(policy), || {
        "read again it is another policy".to_owned()
    })?;
    let mut scenario = Scenario::default();
    scenario.set_policy(Some(policy.clone().into()));
    if is_answered {
        let _ = policy.issues();
        let _ = answer(&scenario.resolve(&BTreeMap::new()).case);
    }
    Ok(true)
}

fn model(files: &[&[u8]], read: &Result<ModelReading, Unreadable>) -> Result<bool, String> {
    holds(*read == read_model_files(files), || "two readings differ".to_owned())?;
    let reading = match read {
        Ok(reading) => reading,
        Err(error) => {
            holds(error.to_string().len() < 1_000, || "a long sentence".to_owned())?;
            return Ok(false);
        }
    };
    let said: usize = reading.unknown.iter().map(|unknown| unknown.to_string().len()).sum();
    holds(said < 20_000, || format!("{said} bytes of what is open"))?;
    if reading.is_usable() {
        let mut row = reading.row.clone();
        row.fill("model", "fuzzed".to_owned());
        // What is wrong with its cells is told in the form; what fits must be the row that was read.
        let mut scenario = Scenario::default();
        if scenario.put_row(None, row.clone()).is_ok() {
            holds(scenario.rows.rows() == [row], || "another row is taken over".to_owned())?;
        }
    }
    Ok(true)
}

/// Read an export in slices of so many bytes.
fn read_usage(file: &[u8], size: usize) -> Result<Usage, Problem> {
    let mut reader = Reader::default();
    for slice in file.chunks(size) {
        reader.take(slice)?;
    }
    reader.finish()
}

fn usage(bytes: &[u8], read: &Result<Usage, Problem>) -> Result<bool, String> {
    let size = if bytes.len() > 4_096 { 1 << 16 } else { 7 };
    let sliced = read_usage(bytes, size);
    // How far a damaged file was read before it ends depends on the slices; that it is damaged does not.
    holds(sliced.as_ref().ok() == read.as_ref().ok(), || format!("{read:?}, in slices {sliced:?}"))?;
    let usage = match read {
        Ok(usage) => usage,
        Err(_) => return Ok(false),
    };
    for period in usage.periods() {
        let summary = UsageSummary::of(usage, period, Catalog::builtin());
        for model in &summary.models {
            let counts = [model.tokens.plain, model.tokens.read, model.tokens.written, model.tokens.output];
            holds(counts.iter().all(|count| count.is_finite() && *count >= 0.0), || format!("{counts:?}"))?;
            let _ = entries(model, 1_000.0);
        }
    }
    Ok(true)
}
