//! Answers of a scenario that say what an export says, and what the engine makes of them.

use super::summary::ModelUsage;
use crate::domain::answer::Answer;
use crate::domain::cost::Line;
use crate::domain::input::{Input, Value, input};
use crate::domain::strategy::StrategyId;

/// The answers that say what a model used in a month of so many requests: the measured split. Each call is a request.
pub fn entries(usage: &ModelUsage, requests: f64) -> Vec<(&'static Input, Value)> {
    let call = usage.tokens.times(1.0 / requests.max(1.0));
    // A kind that is not there is left blank.
    let kind = |tokens: f64| if tokens > 0.0 { Value::Number(tokens) } else { Value::Blank };
    let values = [
        ("requests_per_month", Value::Number(requests)),
        ("calls_per_request", Value::Number(1.0)),
        ("deferrable_share", Value::Number(usage.batch_share)),
        ("split_plain_tokens", Value::Number(call.plain)),
        ("split_read_tokens", kind(call.read)),
        ("split_written_5m_tokens", kind(call.written)),
        ("split_written_1h_tokens", kind(call.written_hour)),
        ("split_output_tokens", Value::Number(call.output)),
    ];
    let model = usage.row.iter().map(|row| ("api_model", Value::Row(row.clone())));
    model.chain(values).filter_map(|(id, value)| Some((input(id)?, value))).collect()
}

/// What the engine says that the tokens of the prompted API model cost in the first month, US dollars; `None` where it
/// has no cost.
pub fn engine_bill(answer: &Answer) -> Option<f64> {
    let cost = answer.get(StrategyId::Prompt)?.cost.as_ref().ok()?;
    cost.ledger.months.get(1).map(|month| month.get(Line::Tokens))
}
