//! Answers of a scenario that say what an export says, and what the engine makes of them.

use super::summary::ModelUsage;
use crate::domain::answer::Answer;
use crate::domain::cost::Line;
use crate::domain::input::{Input, Value, input};
use crate::domain::strategy::StrategyId;

/// Fewest tokens of a call that the input takes.
const LEAST_TOKENS: f64 = 1.0;

/// The answers that say what a model used in a month of so many requests; each call is one request, and failed ones
/// were counted as well. Tokens are means of a call: those read and written are its cached part, and
/// the measured split bills them as they are.
pub fn entries(usage: &ModelUsage, requests: f64) -> Vec<(&'static Input, Value)> {
    let call = usage.tokens.times(1.0 / requests.max(1.0));
    let prefix = call.read + call.written_5m + call.written_1h;
    let hits = if prefix > 0.0 { call.read / prefix } else { 0.0 };
    let numbers = [
        ("requests_per_month", requests),
        ("calls_per_request", 1.0),
        ("retry_share", 0.0),
        ("deferrable_share", usage.batch_share),
        ("prefix_tokens", prefix),
        ("input_tokens", call.plain.max(LEAST_TOKENS)),
        ("output_tokens", call.output.max(LEAST_TOKENS)),
        ("cache_hit_share", hits),
        ("split_plain_tokens", call.plain),
        ("split_read_tokens", call.read),
        ("split_written_5m_tokens", call.written_5m),
        ("split_written_1h_tokens", call.written_1h),
        ("split_output_tokens", call.output),
    ];
    let model = usage.row.iter().map(|row| ("api_model", Value::Row(row.clone())));
    let numbers = numbers.into_iter().map(|(id, number)| (id, Value::Number(number)));
    model.chain(numbers).filter_map(|(id, value)| Some((input(id)?, value))).collect()
}

/// What the engine says that the tokens of the prompted API model cost in the first month, US dollars; `None` where it
/// has no cost.
pub fn engine_bill(answer: &Answer) -> Option<f64> {
    let cost = answer.get(StrategyId::Prompt)?.cost.as_ref().ok()?;
    cost.ledger.months.get(1).map(|month| month.get(Line::Tokens))
}
