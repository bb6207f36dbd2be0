//! The ways to pay for a model of a provider, and which of them a variant takes (method §4, shapes of price).

use super::model::{Origin, Variant};
use super::operation::{ModelCalls, Offer, Operation};
use super::tokens::CallWays;
use crate::domain::input::Inputs;

/// How a model of a provider is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaidBy {
    /// Per token, in service tiers.
    #[default]
    Tokens,
}

impl PaidBy {
    /// Key in results.
    pub const fn key(self) -> &'static str {
        match self {
            PaidBy::Tokens => "tokens",
        }
    }
}

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
