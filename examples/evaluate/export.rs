//! What a usage export says, as JSON, beside the bill of the engine.

use std::ffi::OsStr;
use std::io::Read as _;

use serde_json::{Map, Value, json};
use tunewise::domain::answer;
use tunewise::domain::case::Case;
use tunewise::domain::usage::{
    MOST_BYTES, ModelUsage, Period, Problem, Reader, Usage, UsageSummary, engine_bill, entries,
};

use crate::result::{input_value, list};

/// What a usage export says, read in slices.
pub fn read_usage(file: &OsStr) -> Result<Usage, String> {
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
pub fn usage_of(usage: &Usage, case: &Case, calls: Option<f64>) -> Value {
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
