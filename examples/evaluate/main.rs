//! Evaluate a scenario without a browser: scenario JSON in, the whole result as JSON out.
//!
//! ```text
//! cargo run --release --no-default-features --example evaluate -- [--lenient] [--usage EXPORT] [--record [markdown|json]] [--since RECORD] FILE
//! ```
//!
//! `-` as FILE reads standard input.
//!
//! The scenario is a JSON object in one of three forms: `{"name": "…", "answers": {…}}`, the answers
//! alone, or what the page keeps and shares; the first may carry an organisation's `"policy"` (docs/POLICY.md).
//! Answers are keyed by input id; what is missing has its
//! default. A number may be a number (shares as fractions of one) or a text as people type it: `"60k"`,
//! `"8 %"`, `"172/200"`. `examples/scenario.json` is one to start from.
//!
//! Standard output gets the result: `verdict`, `strategies`, `trace`, `plan`, `crossings`, every input with the value
//! that was used, `versions`, and `warnings` about what was left out. Money is in US dollars and says so
//! in its name; `null` is unknown or does not apply, never zero.
//!
//! Beside `answers`, `rows` may change or add rows of the catalogue: `[{"table": "gpus", "like": "H100 SXM",
//! "set": {"usd_hr_neocloud": 1.9}}]`; tables and columns are those of docs/POLICY.md.
//!
//! A policy or a row that is not valid is an error; with `--lenient` it is left out and named in `warnings`.
//!
//! `--usage` reads a provider's usage export (CSV or JSON) and adds `usage` to the result: each month by model with its
//! bill at list prices, the answers that say the same (`set`), and what the engine bills with them.
//!
//! `--record` writes the record of the decision instead: a Markdown document to be signed, or the same as JSON. It has no
//! date and no author, since this reads no clock; it searches every input, which takes some seconds.
//!
//! `--since` writes instead what has changed since a record that was made earlier (Markdown or JSON, with its link): a
//! Markdown document with the part that method, catalogue and inputs each have in the difference of the total.
//!
//! Exit codes: 0 with a result; 1 with `{"errors": [{"id": …, "message": …}]}` on standard error, one for
//! each wrong field, policy rule or row, `id` being `null` if the file itself is at fault; 2 for a wrong call.

mod export;
mod result;

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Read as _, Write};
use std::process::ExitCode;

use export::{read_usage, usage_of};
use result::everything;
use serde_json::{Value, json};
use tunewise::codec::{Decoded, Intake, Invalid, from_json, recognise};
use tunewise::domain::answer;
use tunewise::domain::case::Case;
use tunewise::domain::record::{Cover, markdown, record_of, written as markdown_of};
use tunewise::domain::scenario::FieldError;
use tunewise::domain::side_by_side::Asked;
use tunewise::domain::since::{document, replay, since};

const USAGE: &str = "usage: evaluate [--lenient] [--usage EXPORT] [--record [markdown|json]] [--since RECORD] FILE    (a scenario as JSON; - reads standard input)";
/// The file after it is a usage export.
const EXPORT: &str = "--usage";
/// Write the record of the decision instead.
const RECORD: &str = "--record";
/// The file after it is a record made earlier.
const SINCE: &str = "--since";
/// Go on without a policy or a row that is not valid.
const LENIENT: &str = "--lenient";

/// What to write: the result, or the record of the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Result,
    Markdown,
    RecordJson,
}

/// What was asked for.
struct Call {
    is_lenient: bool,
    export: Option<OsString>,
    since: Option<OsString>,
    form: Form,
    file: OsString,
}

impl Call {
    /// Read the arguments; `None` where they are wrong.
    fn read(arguments: impl Iterator<Item = OsString>) -> Option<Call> {
        let mut arguments = arguments.peekable();
        let mut call =
            Call { is_lenient: false, export: None, since: None, form: Form::Result, file: OsString::new() };
        loop {
            let next = arguments.next()?;
            if next == LENIENT {
                call.is_lenient = true;
            } else if next == EXPORT {
                call.export = Some(arguments.next()?);
            } else if next == SINCE {
                call.since = Some(arguments.next()?);
            } else if next == RECORD {
                let form = arguments.next_if(|next| next == "markdown" || next == "json");
                call.form =
                    if form.is_some_and(|form| form == "json") { Form::RecordJson } else { Form::Markdown };
            } else if next.as_encoded_bytes().starts_with(b"-") && next != "-" || arguments.peek().is_some() {
                return None;
            } else {
                return Some(Call { file: next, ..call });
            }
        }
    }
}

fn main() -> ExitCode {
    let Some(call) = Call::read(std::env::args_os().skip(1)).filter(Call::is_possible) else {
        return usage();
    };
    match written_form(&call) {
        Ok(text) => written(std::io::stdout(), &text, ExitCode::SUCCESS),
        Err(errors) => {
            written(std::io::stderr(), &format!("{:#}\n", json!({ "errors": errors })), ExitCode::FAILURE)
        }
    }
}

impl Call {
    /// An export belongs to the result alone, and a record made earlier gives a document of its own.
    fn is_possible(&self) -> bool {
        let asked = [self.form != Form::Result, self.export.is_some(), self.since.is_some()];
        asked.into_iter().filter(|asked| *asked).count() < 2
    }
}

/// The text that was asked for, or everything that is wrong with the file.
fn written_form(call: &Call) -> Result<String, Vec<Value>> {
    if let Some(record) = &call.since {
        return since_record(call, record);
    }
    if call.form == Form::Result {
        let result = result_of(&call.file, call.is_lenient, call.export.as_deref())?;
        return Ok(format!("{result:#}\n"));
    }
    let (decoded, case) = read_case(&call.file, call.is_lenient)?;
    let cover = Cover { name: decoded.scenario.name.clone(), ..Cover::default() };
    let record = record_of(&decoded.scenario, &case, &answer::answer(&case), &cover);
    match call.form {
        Form::RecordJson => Ok(format!("{:#}\n", json!(record))),
        Form::Markdown | Form::Result => Ok(markdown(&record)),
    }
}

/// What has changed since a record, as a document.
fn since_record(call: &Call, record: &OsStr) -> Result<String, Vec<Value>> {
    let of_record = |why: String| whole(format!("{}: {why}", record.to_string_lossy()));
    let text = read(record).map_err(|error| of_record(error.to_string()))?;
    let recorded = match recognise(&text) {
        Ok(Intake::Record(_, decoded, stated)) => decoded.recorded(*stated),
        Ok(_) => return Err(of_record("This is no record of a decision.".to_owned())),
        Err(foreign) => return Err(of_record(foreign.to_string())),
    };
    let (decoded, case) = read_case(&call.file, call.is_lenient)?;
    let shown = Asked {
        name: &decoded.scenario.name,
        scenario: &decoded.scenario,
        case: &case,
        answer: &answer::answer(&case),
        volume_flips: None,
        wrong_fields: 0,
    };
    Ok(markdown_of(&document(&since(&replay(recorded), &shown))))
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

/// Write a text and end with `code`; a reader that has seen enough, such as `head`, is no failure.
fn written(mut stream: impl Write, text: &str, code: ExitCode) -> ExitCode {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => code,
    }
}

/// From a file to the whole result, or to everything that is wrong with it.
fn result_of(file: &OsStr, is_lenient: bool, export: Option<&OsStr>) -> Result<Value, Vec<Value>> {
    let (decoded, case) = read_case(file, is_lenient)?;
    let mut result = everything(&decoded, &case, &answer::answer(&case));
    if let Some(export) = export {
        let usage =
            read_usage(export).map_err(|error| whole(format!("{}: {error}", export.to_string_lossy())))?;
        let calls =
            decoded.scenario.is_changed("requests_per_month").then_some(case.inputs.work.requests_per_month);
        result["usage"] = usage_of(&usage, &case, calls);
    }
    use_plain_spaces(&mut result);
    Ok(result)
}

/// An error of the file as a whole.
fn whole(message: String) -> Vec<Value> {
    vec![json!({ "id": null, "message": message })]
}

/// The scenario of a file, and what it means.
fn read_case(file: &OsStr, is_lenient: bool) -> Result<(Decoded, Case), Vec<Value>> {
    let text = read(file).map_err(|error| whole(format!("{}: {error}", file.to_string_lossy())))?;
    let decoded = from_json(&text).map_err(|error| whole(error.to_string()))?;
    let decoded = if is_lenient { decoded } else { decoded.strictly().map_err(unusable)? };
    let wrong_fields = |errors: Vec<FieldError>| errors.iter().map(field_error).collect::<Vec<_>>();
    let case = decoded.scenario.case().map_err(wrong_fields)?;
    Ok((decoded, case))
}

/// Parts of policy and rows that are not valid, as errors.
fn unusable(invalid: Vec<Invalid>) -> Vec<Value> {
    invalid.into_iter().map(|Invalid { place, message }| json!({ "id": place, "message": message })).collect()
}

fn read(file: &OsStr) -> std::io::Result<String> {
    if file != "-" {
        return std::fs::read_to_string(file);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn field_error(error: &FieldError) -> Value {
    json!({ "id": error.id, "message": error.message })
}

/// Texts for the page join number and unit by a no-break space, which programs do not look for.
fn use_plain_spaces(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.replace('\u{a0}', " "),
        Value::Array(items) => items.iter_mut().for_each(use_plain_spaces),
        Value::Object(fields) => fields.values_mut().for_each(use_plain_spaces),
        _ => {}
    }
}
