//! The ways to pay for a model of a provider, and which of them a variant takes (method §4, shapes of price).
//!
//! A way is taken for the whole horizon: units are committed to and seats handed out for good, and a set-up that changed
//! between them month by month would buy the commitment of one and the price of the other.

use std::sync::Arc;

use super::fleet::Fleet;
use super::ledger::{Line, Lines};
use super::model::{Origin, PaidBy, Variant};
use super::operation::{ModelCalls, Offer, Operation};
use super::prices::PriceEvent;
use super::setting::Setting;
use super::tokens::CallWays;
use crate::domain::catalog::SeatBeyond;
use crate::domain::input::{ApiPayment, Inputs};
use crate::domain::units::HOURS_PER_MONTH;
use crate::domain::workload::levels;

const SECONDS_PER_HOUR: f64 = 3_600.0;
const MINUTES_PER_HOUR: f64 = 60.0;

/// How one model is paid by the variant that serves.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// Id of the model.
    pub model: String,
    /// The way to pay.
    pub paid_by: PaidBy,
    /// The service tiers of its calls in month 1 and how they use the cache, where they are paid per token.
    pub ways: Option<CallWays>,
}

/// How the models of providers are paid that a variant calls, with the requests of month 1.
pub fn payments(operation: &Operation, variant: &Variant, inputs: &Inputs) -> Vec<Payment> {
    let offer = match variant.origin {
        Origin::Offer(place) => operation.offers.get(place),
        Origin::Calls | Origin::Option(_) => None,
    };
    let of_offer = match offer {
        Some(Offer::PerToken(calls)) => Some(calls),
        Some(Offer::Tuned(_)) | None => None,
    };
    let calls: Vec<&ModelCalls> = operation.calls.iter().chain(of_offer).collect();
    let payment = |(place, calls): (usize, &&ModelCalls)| {
        let flow = variant.flows.get(place);
        let hits = flow.map(|flow| (flow, flow.hits(inputs.work.requests_per_month)));
        Payment {
            model: calls.row.model_id.clone(),
            paid_by: variant.paid_by,
            ways: hits.and_then(|(flow, hits)| Some(flow.price.get(1)?.ways_at(hits))),
        }
    };
    calls.iter().enumerate().map(payment).collect()
}

/// The ways in which all calls of a strategy to one model may be paid: those that its row has a price for, or the one
/// that is asked for where it has; at least per token.
pub fn ways_to_pay(setting: &Setting, calls: &ModelCalls, per_token: Variant) -> Vec<Variant> {
    let others = [provisioned(setting, calls, &per_token), seats(setting, calls, &per_token)];
    let asked = match setting.inputs.models.api_payment {
        ApiPayment::Cheapest => None,
        ApiPayment::Tokens => Some(PaidBy::Tokens),
        ApiPayment::Provisioned => Some(PaidBy::Provisioned),
        ApiPayment::Seats => Some(PaidBy::Seats),
    };
    let mut ways = vec![per_token];
    ways.extend(others.into_iter().flatten());
    let is_asked = |way: &Variant| asked.is_none_or(|paid_by| way.paid_by == paid_by);
    if ways.iter().any(is_asked) {
        ways.retain(is_asked);
    } else {
        ways.truncate(1);
    }
    ways
}

/// Tokens of the mean call as units of throughput count them: all input alike, output by its weight.
pub fn counted_tokens(calls: &ModelCalls) -> f64 {
    let weight = calls.row.provisioned_output_weight.unwrap_or(1.0);
    match &calls.split {
        Some(split) => split.input() + weight * split.output,
        None => calls.tokens.input() + weight * calls.tokens.output,
    }
}

/// Units of provisioned throughput, as many as the busiest hour takes all month (method §5), without the headroom of own
/// replicas, since what a unit takes is promised. `None` where they are not sold, where another model with other
/// units takes over, or where they are committed to for longer than the horizon.
fn provisioned(setting: &Setting, calls: &ModelCalls, per_token: &Variant) -> Option<Variant> {
    let row = calls.row;
    let (usd, per_minute) = row.provisioned_usd_per_unit_hour.zip(row.provisioned_tokens_per_minute)?;
    let committed_months = row.provisioned_commitment_months.unwrap_or(1.0) as usize;
    let tokens = counted_tokens(calls);
    if hands_over(calls) || committed_months > setting.months.horizon || tokens <= 0.0 {
        return None;
    }
    let work = &setting.inputs.work;
    let fleet = Fleet {
        calls_per_request: setting.calls_per_request,
        calls_per_second: per_minute * MINUTES_PER_HOUR / SECONDS_PER_HOUR / tokens,
        interactive_share: 1.0 - work.deferrable_share,
        levels: levels(work.shape),
        burst: work.burst,
        min_replicas: row.provisioned_min_units.unwrap_or(1.0),
        usd_per_gpu_hour: usd,
        committed_months,
        ..Fleet::promised(left_of_list(setting, calls))
    };
    Some(Variant {
        flows: Arc::default(),
        fleet: Some(fleet),
        paid_by: PaidBy::Provisioned,
        ..per_token.clone()
    })
}

/// A seat for each user, and beyond what they include tokens or further seats. `None` where none are sold or asked for,
/// or where another model takes over.
fn seats(setting: &Setting, calls: &ModelCalls, per_token: &Variant) -> Option<Variant> {
    let row = calls.row;
    let users = setting.inputs.work.seats?;
    let (usd, included) = row.seat_usd_per_month.zip(row.seat_requests_per_month)?;
    if hands_over(calls) {
        return None;
    }
    let way = Variant { paid_by: PaidBy::Seats, ..per_token.clone() };
    if row.seat_beyond == Some(SeatBeyond::PerToken) {
        let flows = per_token.flows.iter().map(|flow| flow.beyond(users * included)).collect();
        return Some(Variant { flows, fixed: with_fees(setting, calls, per_token, users * usd), ..way });
    }
    let fleet = Fleet {
        calls_per_request: 1.0,
        calls_per_second: included / (HOURS_PER_MONTH * SECONDS_PER_HOUR),
        min_replicas: users,
        usd_per_gpu_hour: usd / HOURS_PER_MONTH,
        ..Fleet::promised(left_of_list(setting, calls))
    };
    Some(Variant { flows: Arc::default(), fleet: Some(fleet), ..way })
}

/// The fixed costs of a variant with a fee each month.
fn with_fees(setting: &Setting, calls: &ModelCalls, variant: &Variant, usd: f64) -> Arc<[Lines]> {
    let left = left_of_list(setting, calls);
    let mut fixed = variant.fixed.to_vec();
    fixed.resize(setting.months.horizon + 1, Lines::default());
    for (lines, left) in fixed.iter_mut().zip(left.iter()).skip(1) {
        lines.add(Line::ServingCompute, usd * left);
    }
    fixed.into()
}

/// Whether another model takes over from this one, whose units and seats are others.
fn hands_over(calls: &ModelCalls) -> bool {
    calls.prices.events.iter().any(|event| matches!(event, PriceEvent::Takeover { .. }))
}

/// What is left of the list prices, by ledger month.
fn left_of_list(setting: &Setting, calls: &ModelCalls) -> Arc<[f64]> {
    let months = &calls.prices.months;
    let left = |month: usize| months.get(month).or(months.last()).map_or(1.0, |prices| prices.left);
    (0..=setting.months.horizon).map(left).collect()
}
