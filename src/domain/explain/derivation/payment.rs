//! How what is paid for units of throughput and for seats came about (method §4, shapes of price).

use super::line::{Derivation, provenance};
use crate::domain::catalog::model_name;
use crate::domain::cost::{Line, ModelCalls, PaidBy, Variant, counted_tokens};
use crate::domain::input::Inputs;
use crate::domain::units::words::{count_exact, counted, usd_exact, usd_rate};

/// Units or seats of the model that a variant calls; nothing where it is paid per token alone.
pub(super) fn of_payment(calls: &ModelCalls, variant: &Variant, inputs: &Inputs) -> Option<Derivation> {
    let text = match variant.paid_by {
        PaidBy::Tokens => return None,
        PaidBy::Provisioned => units_words(calls, variant, inputs)?,
        PaidBy::Seats => seats_words(calls, variant, inputs)?,
    };
    let name = model_name(&calls.row.model_id);
    Some(Derivation {
        line: Line::ServingCompute,
        text: format!("{name}: {text}"),
        formula: "method §4, shapes of price",
        source: provenance(calls.row),
    })
}

fn units_words(calls: &ModelCalls, variant: &Variant, inputs: &Inputs) -> Option<String> {
    let (row, fleet) = (calls.row, variant.fleet.as_ref()?);
    let month = fleet.month(1, inputs.work.requests_per_month);
    let bought = match fleet.committed_months {
        1 => String::new(),
        months => format!(", bought for {months} months at a time"),
    };
    Some(format!(
        "{} of provisioned throughput at the peak of month 1{bought}, each {} tokens a minute of calls that count {}, × 730.5 hours at {} = {} with the traffic of month 1",
        counted(&count_exact(month.peak_replicas), "unit"),
        count_exact(row.provisioned_tokens_per_minute?),
        count_exact(counted_tokens(calls)),
        usd_rate(fleet.usd_per_gpu_hour),
        usd_exact(month.compute_usd),
    ))
}

fn seats_words(calls: &ModelCalls, variant: &Variant, inputs: &Inputs) -> Option<String> {
    let row = calls.row;
    let users = inputs.work.seats?;
    let (usd, included) = (row.seat_usd_per_month?, row.seat_requests_per_month?);
    let (seats, why) = match &variant.fleet {
        Some(fleet) => {
            let seats = fleet.month(1, inputs.work.requests_per_month).peak_replicas;
            (seats, if seats > users { ", as many as the requests take" } else { "" })
        }
        None => (users, ", beyond which requests are billed per token"),
    };
    Some(format!(
        "{} with {} requests a month included{why}, at {} each = {} in month 1",
        counted(&count_exact(seats), "seat"),
        count_exact(included),
        usd_rate(usd),
        usd_exact(seats * usd),
    ))
}
