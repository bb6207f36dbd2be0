//! Evaluate a scenario without a browser: scenario JSON in, the whole result as JSON out.
//!
//! ```text
//! cargo run --release --no-default-features --example evaluate -- [--lenient] [--usage EXPORT] [--record [markdown|json]] FILE
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
//! Exit codes: 0 with a result; 1 with `{"errors": [{"id": …, "message": …}]}` on standard error, one for
//! each wrong field, policy rule or row, `id` being `null` if the file itself is at fault; 2 for a wrong call.

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Read as _, Write};
use std::process::ExitCode;

use serde_json::{Map, Value, json};
use tunewise::codec::{Decoded, FORMAT_VERSION, Invalid, Versions, from_json};
use tunewise::domain::answer::{
    self, Answer, Assessment, AtOnce, Branch, Cost, CrossingWords, Deciding, Derivation, Event, Explanation,
    Finding, FindingEffect, Hardware, Path, Pilot, PilotWords, Range, ReplicaMemory, VerdictConfidence,
};
use tunewise::domain::case::Case;
use tunewise::domain::catalog::CATALOG_DATE;
use tunewise::domain::catalog::own::OwnRow;
use tunewise::domain::cost::{BreakEven, CallWays, Crossing, Payment, Way};
use tunewise::domain::cost::{Ledger, Line, Lines};
use tunewise::domain::evidence::Evidence;
use tunewise::domain::evidence::{Measured, QualityState};
use tunewise::domain::input::{self, Inputs, registry};
use tunewise::domain::record::{Cover, markdown, record_of};
use tunewise::domain::scenario::FieldError;
use tunewise::domain::strategy::{Exclusion, StrategyId};
use tunewise::domain::usage::{
    MOST_BYTES, ModelUsage, Period, Problem, Reader, Usage, UsageSummary, engine_bill, entries,
};

const USAGE: &str = "usage: evaluate [--lenient] [--usage EXPORT] [--record [markdown|json]] FILE    (a scenario as JSON; - reads standard input)";
/// The file after it is a usage export.
const EXPORT: &str = "--usage";
/// Write the record of the decision instead.
const RECORD: &str = "--record";
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
    form: Form,
    file: OsString,
}

impl Call {
    /// Read the arguments; `None` where they are wrong.
    fn read(arguments: impl Iterator<Item = OsString>) -> Option<Call> {
        let mut arguments = arguments.peekable();
        let mut call = Call { is_lenient: false, export: None, form: Form::Result, file: OsString::new() };
        loop {
            let next = arguments.next()?;
            if next == LENIENT {
                call.is_lenient = true;
            } else if next == EXPORT {
                call.export = Some(arguments.next()?);
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
    /// An export belongs to the result alone.
    fn is_possible(&self) -> bool {
        self.form == Form::Result || self.export.is_none()
    }
}

/// The text that was asked for, or everything that is wrong with the file.
fn written_form(call: &Call) -> Result<String, Vec<Value>> {
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

/// What a usage export says, read in slices.
fn read_usage(file: &OsStr) -> Result<Usage, String> {
    let mut file = std::fs::File::open(file).map_err(|error| error.to_string())?;
    let mut reader = Reader::default();
    let mut slice = vec![0; MOST_BYTES >> 8];
    loop {
        let length = file.read(&mut slice).map_err(|error| error.to_string())?;
        if length == 0 {
            return reader.finish().map_err(|problem| told(&problem));
        }
        reader.take(slice.get(..length).unwrap_or_default()).map_err(|problem| told(&problem))?;
    }
}

/// A problem of a file, with the columns that it has where they are not known.
fn told(problem: &Problem) -> String {
    match problem {
        Problem::UnknownColumns(names) => format!("{problem} It has: {}.", names.join(", ")),
        _ => problem.to_string(),
    }
}

/// A usage export, each period by model; `calls` are the requests of a month that the scenario states, for a file that
/// does not count them.
fn usage_of(usage: &Usage, case: &Case, calls: Option<f64>) -> Value {
    let model = |one: &ModelUsage| {
        let requests = one.requests.filter(|requests| *requests > 0.0).or(calls);
        let set = requests.map(|requests| entries(one, requests));
        let engine = set.as_ref().and_then(|set| {
            let case =
                case.edited(|inputs| set.iter().for_each(|(record, value)| (record.set)(inputs, value)));
            engine_bill(&answer::answer(&case))
        });
        let set = set.map(|set| {
            set.into_iter()
                .map(|(record, value)| (record.id.to_owned(), input_value(&value)))
                .collect::<Map<_, _>>()
        });
        json!({
            "model": one.name,
            "row": one.row,
            "requests": one.requests,
            "tokens": {
                "plain": one.tokens.plain,
                "read": one.tokens.read,
                "written_5m": one.tokens.written,
                "written_1h": one.tokens.written_hour,
                "output": one.tokens.output,
            },
            "batch_share": one.batch_share,
            "spend_usd": one.spend_usd,
            "list_usd": one.list_usd.ok(),
            "list_unknown": one.list_usd.err().map(|why| why.to_string()),
            "share_of_list": one.share,
            "set": set,
            "engine_usd": engine,
            "question": requests.is_none().then_some("requests_per_month"),
        })
    };
    let period = |period: &Period| {
        let summary = UsageSummary::of(usage, *period, &case.catalog);
        json!({
            "month": matches!(period, Period::Month(_)).then(|| period.key()),
            "days": summary.days,
            "spend_usd": summary.spend_usd(),
            "list_usd": summary.list_usd(),
            "text": summary.bill_sentence(),
            "models": list(&summary.models, model),
        })
    };
    json!({
        "rows": usage.rows,
        "left_out": usage.left_out.map_or(0, |left_out| left_out.rows),
        "text": usage.sentence(),
        "periods": list(&usage.periods(), period),
    })
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

fn list<Item>(items: &[Item], each: impl Fn(&Item) -> Value) -> Value {
    items.iter().map(each).collect()
}

fn key(id: Option<StrategyId>) -> Value {
    id.map(StrategyId::key).into()
}

fn everything(decoded: &Decoded, case: &Case, answer: &Answer) -> Value {
    let inputs = &case.inputs;
    json!({
        "name": decoded.scenario.name,
        "policy": decoded.scenario.policy().map(|policy| policy.name()),
        "warnings": decoded.notices,
        "versions": versions(),
        "inputs": all_inputs(inputs),
        "rows": list(decoded.scenario.rows.rows(), own_row),
        "verdict": verdict(answer),
        "discounted_requests": answer.decided.discounted_requests,
        "strategies": answer.strategies().map(|(one, told)| strategy(one, told, answer, inputs)).collect::<Value>(),
        "trace": list(&answer.trace, |step| json!({ "stage": step.stage, "summary": step.summary, "text": step.text, "compared": step.compared, "rules": step.rules })),
        "paths": list(&answer::paths(case), path),
        "plan": list(&answer.plan, |step| json!({ "when": step.when, "term": step.term, "text": step.text })),
        "crossings": list(&answer.crossings, crossing_words),
        "users_at_once": inputs.work.users_at_once.map(|_| list(&answer::at_once(case), at_once)),
    })
}

/// Versions of this program; one in which the scenario differs is named in a warning.
fn versions() -> Value {
    let current = Versions::CURRENT;
    json!({
        "format": FORMAT_VERSION,
        "registry": current.registry,
        "catalogue": current.catalog,
        "catalogue_date": CATALOG_DATE,
        "method": current.method,
    })
}

/// Every input with the value that was used: what the result depends on.
fn all_inputs(inputs: &Inputs) -> Map<String, Value> {
    registry().map(|record| (record.id.to_owned(), input_value(&(record.get)(inputs)))).collect()
}

/// A row of the catalogue that the scenario changes or adds.
fn own_row(row: &OwnRow) -> Value {
    json!({ "table": row.table, "like": row.like, "set": row.set })
}

fn input_value(value: &input::Value) -> Value {
    match value {
        input::Value::Blank => Value::Null,
        input::Value::Number(number) => json!(number),
        input::Value::Choice(id) => json!(id),
        input::Value::Flag(flag) => json!(flag),
        input::Value::Evidence(Evidence::Untested) => Value::Null,
        input::Value::Evidence(evidence) => json!(evidence.format()),
        input::Value::Month(month) => json!(month.to_string()),
        input::Value::Row(id) => json!(id),
        input::Value::Names(names) => json!(names.join(", ")),
    }
}

fn verdict(answer: &Answer) -> Value {
    json!({
        "headline": answer.verdict.headline,
        "lede": answer.verdict.lede.iter().map(|span| span.text.as_str()).collect::<String>(),
        "short": answer.verdict.short,
        "confidence": answer.confidence.grade.label(),
        "confidence_because": answer.confidence.because,
        "confidence_reasons": answer.confidence.reasons,
        "confidence_meaning": VerdictConfidence::MEANING,
        "use_now": key(answer.decided.choice.use_now),
        "later": key(answer.decided.choice.later),
        "reference": key(answer.decided.choice.reference),
        "rival": key(answer.decided.choice.rival),
        "pilots": answer.pilots().map(|(one, told)| pilot(one, told)).collect::<Value>(),
        "relaxations": list(&answer.relaxations, |one| json!(one.text)),
    })
}

/// A volume at which a strategy and the verdict change places.
fn crossing_words(crossing: &CrossingWords) -> Value {
    json!({
        "strategy": crossing.strategy.key(),
        "against": crossing.against.key(),
        "requests_per_month": crossing.volume,
        "cheaper_above": crossing.cheaper_above,
        "reached_in_month": crossing.reached_in_month,
        "text": crossing.text,
    })
}

/// A state of the tree; branches name the place of another in the list.
fn path(path: &Path) -> Value {
    let outcome = path.state.outcome.outcome;
    let held = path.state.held.as_ref();
    json!({
        "condition": path.condition,
        "action": path.action,
        "note": path.note,
        "set": path.edits.iter().map(|(id, value)| ((*id).to_owned(), input_value(value))).collect::<Value>(),
        "per_1000_usd": path.per_thousand,
        "is_test": path.is_test,
        "verdict": path.verdict,
        "use_now": key(outcome.use_now),
        "later": key(outcome.later),
        "test_first": key(outcome.test_first),
        "cost_usd": held.and_then(|held| held.total),
        "upfront_usd": held.and_then(|held| held.upfront),
        "lead_weeks": held.map(|held| held.lead_weeks),
        "takes": path.takes,
        "reason": path.reason,
        "next": path.question,
        "others": path.state.others,
        "branches": path.state.branches.iter().zip(&path.events).map(branch).collect::<Value>(),
    })
}

fn branch((branch, words): (&Branch, &String)) -> Value {
    let (event, correct, total, requests) = match branch.event {
        Event::Passes { correct, total } => ("passes", Some(correct), Some(total), None),
        Event::Fails { correct, total, .. } => ("fails", Some(correct), Some(total), None),
        Event::Volume { requests, .. } => ("volume", None, None, Some(requests)),
    };
    json!({
        "when": words,
        "event": event,
        "correct": correct,
        "total": total,
        "requests_per_month": requests,
        "to": branch.to,
    })
}

fn pilot(pilot: &Pilot, told: &PilotWords) -> Value {
    json!({
        "strategy": pilot.strategy.key(),
        "name": told.name,
        "stronger_model": pilot.stronger_model.as_ref().map(|stronger| &stronger.model),
        "tco_usd": pilot.tco,
        "cost_usd": pilot.cost,
        "saving_usd": pilot.saving,
        "break_even_chance": pilot.break_even_chance,
        "needs_share": pilot.needs_share,
        "cost_lines": pilot.cost_lines.iter().map(|line| json!({ "what": line.item.to_string(), "usd": line.usd })).collect::<Vec<_>>(),
        "takes": told.takes,
        "gives": told.gives,
        "if_passed": told.if_passed,
        "if_failed": told.if_failed,
        "chance_note": told.chance_note,
    })
}

fn strategy(one: &Assessment, told: &Explanation, answer: &Answer, inputs: &Inputs) -> Value {
    let choice = &answer.decided.choice;
    // What it saves against what is used now, or against the reference that stands for it.
    let holder = choice.use_now.or(choice.reference).filter(|holder| *holder != one.id);
    let saving = holder.and_then(|holder| {
        let (present, own) = answer.get(holder)?.costs_beside(one)?;
        let saving = present - own;
        let Range { low, high } = answer.saving_range(holder, one.id)?;
        Some(json!({ "against": holder.key(), "usd": saving, "low_usd": low, "high_usd": high }))
    });
    json!({
        "id": one.id.key(),
        "name": one.name,
        "rung": one.rung,
        "survives": one.survives(),
        "out": list(&one.out, reason),
        "quality": quality(one, inputs.quality.bar_of(one.id)),
        "cost": one.cost.as_ref().ok().map(|known| cost(known, told)),
        "total_range_usd": one.range.map(|Range { low, high }| [low, high]),
        "saving": saving,
        "deciding": one.deciding.as_ref().map(deciding),
        "cost_unknown": one.cost.as_ref().err(),
        "break_even": one.break_even.as_ref().map(|found| break_even(found, inputs.work.requests_per_month)),
        "hardware": one.hardware.as_ref().map(hardware),
        "payments": list(&one.payments, payment),
        "lead_weeks": one.lead_weeks,
        "hours_per_month": one.hours_per_month,
        "findings": list(&told.findings, finding),
        "why_not": told.why_not,
        "standing": told.standing,
        "lets_in": told.lets_in,
    })
}

/// How a model is paid, and in which service tiers where it is paid per token.
fn payment(payment: &Payment) -> Value {
    let tier = |of: fn(&CallWays) -> Way| payment.ways.as_ref().map(|ways| of(ways).served.word());
    json!({
        "model": payment.model,
        "paid_by": payment.paid_by.key(),
        "tier": tier(|ways| ways.at_once),
        "tier_waiting": tier(|ways| ways.waiting),
    })
}

fn deciding(deciding: &Deciding) -> Value {
    json!({
        "examples": deciding.examples,
        "bar": deciding.bar,
        "meets_from": deciding.meets_from,
        "fails_to": deciding.fails_to,
    })
}

fn reason(exclusion: &Exclusion) -> Value {
    json!({ "rule": exclusion.rule(), "text": exclusion.to_string(), "relax": exclusion.relax() })
}

fn quality(one: &Assessment, bar: f64) -> Value {
    let (measured, further_examples): (Option<Measured>, _) = match one.quality {
        QualityState::Meets(measured) | QualityState::Fails(measured) => (Some(measured), None),
        QualityState::Unclear { measured, further_examples } => (Some(measured), further_examples),
        QualityState::Untested | QualityState::Stated(_) | QualityState::AssumedEqual => (None, None),
    };
    json!({
        "state": one.quality.label(),
        "text": one.quality.sentence(bar),
        "clearly_fails": one.clearly_fails,
        "share": one.quality.share(),
        "examples": measured.map(|measured| measured.total),
        "interval_95": measured.map(|measured| [measured.low, measured.high]),
        "further_examples": further_examples,
    })
}

fn cost(cost: &Cost, told: &Explanation) -> Value {
    json!({
        "tco_usd": cost.tco,
        "tco_band_usd": cost.tco_band,
        "errors_usd": cost.errors,
        "total_with_errors_usd": cost.errors.map(|_| cost.total()),
        "undiscounted_usd": cost.undiscounted,
        "upfront_usd": cost.upfront,
        "monthly_now_usd": cost.monthly_now,
        "monthly_at_horizon_usd": cost.monthly_at_horizon,
        "per_request_usd": cost.per_request,
        "marginal_per_request_usd": cost.marginal_per_request,
        "per_million_tokens_usd": cost.per_million_tokens,
        "per_accepted_usd": cost.per_accepted,
        "payback_month": cost.payback_month,
        "budget": {
            "upfront_usd": cost.budget.upfront,
            "ordinary_month_usd": cost.budget.ordinary_month,
            "ordinary_month": cost.budget.ordinary_month_is,
            "occasional_month_usd": cost.budget.occasional_month,
            "occasions": list(&cost.budget.occasions, |(month, usd)| json!({ "month": month, "usd": usd })),
        },
        "price_of_quality": cost.price_of_quality.map(|price| json!({
            "saving_per_request_usd": price.saving_per_request,
            "extra_error_share": price.extra_error_share,
        })),
        "ledger": ledger(&cost.ledger, cost.errors.is_some()),
        "derivation": list(&told.derivations, derivation),
    })
}

/// The ledger by line: its present value, and its amounts from month 0 on, undiscounted.
///
/// Wrong answers are `null` where nobody knows what they cost.
fn ledger(ledger: &Ledger, errors_known: bool) -> Value {
    let present = ledger.by_line();
    let line = |line: Line| {
        let known = line != Line::Errors || errors_known;
        json!({
            "line": line,
            "label": line.label(),
            "subtotal": line.guide_subtotal(),
            "present_value_usd": known.then(|| present.get(line)),
            "by_month_usd": known.then(|| ledger.months.iter().map(|month: &Lines| month.get(line)).collect::<Vec<_>>()),
        })
    };
    json!({ "discount_by_month": ledger.discount, "lines": list(&Line::ALL, |each| line(*each)) })
}

fn derivation(derivation: &Derivation) -> Value {
    json!({
        "line": derivation.line,
        "text": derivation.text,
        "formula": derivation.formula,
        "source": derivation.source,
    })
}

fn break_even(found: &BreakEven, today: f64) -> Value {
    json!({
        "against": found.against.key(),
        "cheaper_at_start": found.cheaper_at_start,
        "crossings": list(&found.crossings, |one| crossing(one, today)),
        "alternates_between": found.alternates,
        "complete": found.complete,
    })
}

fn crossing(crossing: &Crossing, today: f64) -> Value {
    json!({
        "requests_per_month": crossing.volume,
        "cheaper_above": crossing.cheaper_above,
        "passed": today >= crossing.volume,
        "reached_in_month": crossing.reached_in_month,
    })
}

fn hardware(hardware: &Hardware) -> Value {
    let (first, last) = hardware.peak_replicas;
    json!({
        "gpu": hardware.gpu,
        "gpus_per_replica": hardware.gpus_per_replica,
        "memory": replica_memory(&hardware.memory),
        "peak_replicas": { "first_month": first, "last_month": last },
        "peak_gpus": { "first_month": range(hardware.peak_gpus), "last_month": range(hardware.peak_gpus_at_horizon) },
        "precision": hardware.precision,
        "output_tokens_per_second": range(hardware.tokens_per_second),
        "measured": hardware.measured,
        "utilisation": hardware.utilisation,
        "usd_per_gpu_hour": hardware.usd_per_gpu_hour,
        "source": hardware.source,
    })
}

/// Where the memory of one replica goes, on all its GPUs.
fn replica_memory(memory: &ReplicaMemory) -> Value {
    json!({
        "weights_gib": memory.weights_gib,
        "kv_cache_gib": memory.kv_gib,
        "runtime_gib": memory.runtime_gib,
        "usable_gib": memory.usable_gib,
        "calls_in_flight": memory.calls_in_flight,
        "users_held": memory.users_held,
    })
}

/// GPUs that hold the users at once.
fn at_once(set: &AtOnce) -> Value {
    json!({
        "gpu": set.gpu,
        "cards": set.cards(),
        "gpus_per_replica": set.gpus_per_replica,
        "replicas": set.replicas,
        "precision": set.precision,
        "kv_precision": set.kv_precision,
        "weights_gib": set.weights_gib,
        "kv_cache_gib": set.kv_gib,
        "runtime_gib": set.runtime_gib,
        "needed_gib": set.needed_gib(),
        "usable_gib": set.usable_gib,
        "usd_per_hour": set.usd_per_hour,
    })
}

fn range((low, likely, high): (f64, f64, f64)) -> Value {
    json!({ "low": low, "likely": likely, "high": high })
}

fn finding(finding: &Finding) -> Value {
    let (effect, strength) = match finding.effect {
        FindingEffect::Excludes => ("excludes", None),
        FindingEffect::PrefersAnother => ("prefers-another", None),
        FindingEffect::Needs => ("needs", None),
        FindingEffect::For(strength) => ("for", Some(strength)),
        FindingEffect::Against(strength) => ("against", Some(strength)),
        FindingEffect::Warns => ("warns", None),
        FindingEffect::Notes => ("notes", None),
    };
    json!({
        "rule": finding.rule,
        "effect": effect,
        "strength": strength,
        "text": finding.text,
        "condition": finding.condition,
        "compared": finding.compared,
        "source": finding.source,
    })
}
