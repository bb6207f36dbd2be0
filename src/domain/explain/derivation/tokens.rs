//! The token bill of month 1 in words, with every number that its formula takes (method §4).

use super::line::{Derivation, provenance};
use crate::domain::catalog::model_name;
use crate::domain::cost::{
    CachedCalls, Line, ModelCalls, Operation, PriceEvent, Setting, TokenFlow, TokenPrices, Variant,
    has_own_price,
};
use crate::domain::input::Inputs;
use crate::domain::units::words::{count_exact, share_exact, usd_exact, usd_rate};
use crate::domain::workload::CallTokens;

const MILLION: f64 = 1e6;

/// The calls to models of providers that every variant makes, and the classifier or verifier before them.
pub(super) fn of_calls(operation: &Operation, variant: &Variant, setting: &Setting) -> Vec<Derivation> {
    let calls = operation.calls.iter().zip(variant.flows.iter());
    let mut derivations: Vec<Derivation> =
        calls.map(|(calls, flow)| of_flow(calls, flow, setting.inputs)).collect();
    let classifier = variant.flows.get(operation.calls.len()).filter(|_| operation.has_classifier);
    derivations.extend(classifier.map(|flow| of_classifier(flow, setting)));
    derivations
}

/// Calls to one model, with what happens to its price.
pub(super) fn of_flow(calls: &ModelCalls, flow: &TokenFlow, inputs: &Inputs) -> Derivation {
    let ModelCalls { row, tokens, prices } = calls;
    let first = prices.months.first();
    let mut text = first
        .map_or_else(String::new, |first| bill_words(model_name(&row.model_id), tokens, first, flow, inputs));
    for event in &prices.events {
        text.extend(["; ", &event_words(event)]);
    }
    Derivation {
        line: Line::Tokens,
        text,
        formula: "method §4, token bill",
        source: if has_own_price(row, inputs) {
            format!("your prices; {}", provenance(*row))
        } else {
            provenance(*row)
        },
    }
}

/// A retirement, and what it does to the price.
fn event_words(event: &PriceEvent) -> String {
    match event {
        PriceEvent::Takeover { month, model, retires_on, successor } => {
            let (model, successor) = (model_name(model), model_name(successor));
            format!("month {month}: {model} retires on {}, {successor} takes over", retires_on.words())
        }
        PriceEvent::TakenToRetire { month, price_share } => format!(
            "month {month}: the model line is taken to retire; its successor costs {} of today's price",
            share_exact(*price_share)
        ),
    }
}

fn of_classifier(flow: &TokenFlow, setting: &Setting) -> Derivation {
    let inputs = setting.inputs;
    let (requests, tokens) = (inputs.work.requests_per_month, inputs.work.classifier_tokens);
    Derivation {
        line: Line::Tokens,
        text: format!(
            "classifier or verifier: {} requests a month × {} tokens at the input price of {}, {} per million = {} in month 1",
            count_exact(requests),
            count_exact(tokens),
            inputs.models.small_api_model,
            usd_rate(flow.usd_per_request(1) / tokens * MILLION),
            usd_exact(flow.cost(1, requests)),
        ),
        formula: "method §4, routing",
        source: match setting.small_api_model() {
            Ok(row) => format!("number of tokens: assumption of this tool, 2026-11; {}", provenance(row)),
            Err(_) => String::new(),
        },
    }
}

/// Calls × tokens × prices = money, and what cache, batch and long inputs change in it.
pub(super) fn bill_words(
    name: &str,
    tokens: &CallTokens,
    prices: &TokenPrices,
    flow: &TokenFlow,
    inputs: &Inputs,
) -> String {
    let requests = inputs.work.requests_per_month;
    let hit = flow.hit_share(requests);
    let cached = flow.price.get(1).map_or_else(CachedCalls::default, |price| price.caches_at(hit));
    format!(
        "{name}: {} calls a month × ({} prefix + {} variable input + {} output tokens) at {} in and {} out per million{}{}{} = {} with the calls and prices of month 1{}",
        count_exact(requests * flow.calls_per_request),
        count_exact(tokens.prefix),
        count_exact(tokens.variable),
        count_exact(tokens.output),
        usd_rate(prices.input),
        usd_rate(prices.output),
        cache_words(tokens, prices, &CacheUse { hit, most: inputs.data.cache_hit_share, cached }),
        batch_words(prices, hit, cached, inputs.work.deferrable_share),
        long_words(tokens, prices),
        usd_exact(flow.cost(1, requests)),
        drift_words(inputs),
    )
}

/// What prices do month by month.
fn drift_words(inputs: &Inputs) -> String {
    match inputs.economics.api_price_drift {
        0.0 => String::new(),
        fall if fall > 0.0 => format!("; prices fall by {} a year", share_exact(fall)),
        rise => format!("; prices rise by {} a year", share_exact(-rise)),
    }
}

/// How calls use the cache.
struct CacheUse {
    /// Share of calls that find the prefix there.
    hit: f64,
    /// Highest share that may.
    most: f64,
    /// Which calls read the prefix from it.
    cached: CachedCalls,
}

/// How the prefix is paid, where the model has a cache.
fn cache_words(tokens: &CallTokens, prices: &TokenPrices, cache: &CacheUse) -> String {
    let CacheUse { hit, most, cached } = *cache;
    let Some(read) = prices.cached.filter(|_| tokens.prefix > 0.0 && most > 0.0) else {
        return String::new();
    };
    if tokens.prefix < prices.min_cacheable {
        return format!(", no cache for a prefix below {} tokens", count_exact(prices.min_cacheable));
    }
    if !cached.at_once {
        return ", no cache, which would save nothing".to_owned();
    }
    let few = if hit < most { " (that often one comes within the 5 minutes for which it stays)" } else { "" };
    let others = match prices.write.filter(|write| *write > prices.input) {
        _ if hit >= 1.0 => String::new(),
        Some(write) => format!(", the others write it at {}", usd_rate(write)),
        None => ", the others pay it in full".to_owned(),
    };
    format!(
        ", {} of calls read the prefix from the cache at {}{few}{others}",
        share_exact(hit),
        usd_rate(read)
    )
}

/// What the calls that can wait pay.
fn batch_words(prices: &TokenPrices, hit: f64, cached: CachedCalls, share: f64) -> String {
    let waiting = share_exact(share);
    let Some(discount) = prices.batch_discount.filter(|_| share > 0.0) else {
        return if share > 0.0 {
            format!(", no batch price for the {waiting} that can wait")
        } else {
            String::new()
        };
    };
    let prefix = match prices.batch_cached.filter(|_| cached.in_batch) {
        Some(read) => format!(" ({} of them read the prefix there at {})", share_exact(hit), usd_rate(read)),
        None if cached.at_once && !cached.in_batch => " and without the cache".to_owned(),
        None => String::new(),
    };
    format!(", {waiting} of calls in a batch at {} off{prefix}", share_exact(discount))
}

/// What long inputs cost more.
fn long_words(tokens: &CallTokens, prices: &TokenPrices) -> String {
    match prices.long_context {
        Some(long) if tokens.input() > long.above_tokens => format!(
            ", above {} input tokens {} times these prices in and {} times out",
            count_exact(long.above_tokens),
            count_exact(long.input),
            count_exact(long.output)
        ),
        _ => String::new(),
    }
}
