//! The token bill of month 1 in words, with every number that its formula takes (method §4).

use super::line::{Derivation, provenance};
use crate::domain::catalog::{ApiModel, model_name};
use crate::domain::cost::{
    CallPrice, CallWays, Hits, Line, ModelCalls, Operation, PaidAs, PaidTokens, PriceEvent, Served, Service,
    Setting, TokenFlow, TokenPrices, Variant, has_own_price, paid_split, paid_tokens,
};
use crate::domain::input::{Inputs, ServiceTier};
use crate::domain::units::words::{count_exact, share_exact, usd_exact, usd_rate};
use crate::domain::workload::{Caching, CallTokens, Lifetime, MeasuredSplit};

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
    let ModelCalls { row, tokens, split, prices } = calls;
    let first = prices.months.first();
    let words = |prices: &TokenPrices| match split {
        _ if flow.included_requests > 0.0 => beyond_words(model_name(&row.model_id), flow, inputs),
        Some(split) => split_words(model_name(&row.model_id), split, prices, flow, inputs),
        None => bill_words(model_name(&row.model_id), tokens, prices, flow, inputs),
    };
    let mut text = first.map_or_else(String::new, words);
    for event in &prices.events {
        text.extend(["; ", &event_words(event)]);
    }
    Derivation {
        line: Line::Tokens,
        text,
        formula: "method §4, token bill",
        source: source_of(row, flow, inputs),
    }
}

/// Where the prices are from, and the terms of flex and priority where calls take them.
fn source_of(row: &ApiModel, flow: &TokenFlow, inputs: &Inputs) -> String {
    let hits = flow.hits(inputs.work.requests_per_month);
    let ways = flow.price.get(1).map_or_else(CallWays::default, |price| price.ways_at(hits));
    let waits = inputs.work.deferrable_share > 0.0;
    let is_special = ways.at_once.served == Served::Priority || waits && ways.waiting.served == Served::Flex;
    let own = if has_own_price(row, inputs) { "your prices; " } else { "" };
    match row.tier_source.as_ref().filter(|_| is_special) {
        Some(terms) => format!("{own}{}; {terms}", provenance(row)),
        None => format!("{own}{}", provenance(row)),
    }
}

/// The bill of a measured split, and what it speaks for.
fn split_words(
    name: &str,
    split: &MeasuredSplit,
    prices: &TokenPrices,
    flow: &TokenFlow,
    inputs: &Inputs,
) -> String {
    let paid = paid_split(split, prices, &Service::of(inputs));
    paid_words(
        name,
        "by the measured split, which speaks for this model and this prompt",
        &paid,
        flow,
        inputs,
    )
}

/// The bill of the requests beyond what seats include.
fn beyond_words(name: &str, flow: &TokenFlow, inputs: &Inputs) -> String {
    let requests = inputs.work.requests_per_month;
    let beyond = (requests - flow.included_requests).max(0.0);
    let usd = flow.cost(1, requests);
    let each = if beyond > 0.0 { format!(" × {} each", usd_rate(usd / beyond)) } else { String::new() };
    format!(
        "{name}: {} of {} requests a month lie beyond what the seats include{each} = {} in month 1",
        count_exact(beyond),
        count_exact(requests),
        usd_exact(usd),
    )
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
    let hits = flow.hits(requests);
    if tokens.carries_history() {
        let paid = paid_tokens(tokens, prices, flow, hits, &Service::of(inputs));
        let carried = match tokens.history.measured > 0.0 {
            true => "with the lengths and the share of cache hits of the measured split",
            false => "each call with what those before it carry on",
        };
        return paid_words(name, carried, &paid, flow, inputs);
    }
    if let Some(tier) = tier_words(tokens, prices, flow, inputs) {
        let paid = paid_tokens(tokens, prices, flow, hits, &Service::of(inputs));
        return paid_words(name, &tier, &paid, flow, inputs);
    }
    let ways = flow.price.get(1).map_or_else(CallWays::default, |price| price.ways_at(hits));
    let hit = CacheUse::of(flow, hits, ways);
    format!(
        "{name}: {} calls a month × ({} prefix + {} variable input + {} output tokens) at {} in and {} out per million{}{}{} = {} with the calls and prices of month 1{}",
        count_exact(requests * flow.calls_per_request),
        count_exact(tokens.prefix),
        count_exact(tokens.variable),
        count_exact(tokens.output),
        usd_rate(prices.at_length(tokens.input()).rates.input),
        usd_rate(prices.at_length(tokens.input()).rates.output),
        long_words(tokens, prices),
        cache_words(tokens, prices, &hit),
        batch_words(tokens, prices, &hit, inputs.work.deferrable_share),
        usd_exact(flow.cost(1, requests)),
        drift_words(inputs),
    )
}

/// Which service tiers calls take, where another than the standard one or a batch is asked for or taken.
fn tier_words(
    tokens: &CallTokens,
    prices: &TokenPrices,
    flow: &TokenFlow,
    inputs: &Inputs,
) -> Option<String> {
    let service = Service::of(inputs);
    let hits = flow.hits(inputs.work.requests_per_month);
    let waiting = CallPrice::of(tokens, prices, &flow.caching, &service).ways_at(hits).waiting;
    let waits = service.waiting > 0.0;
    Some(match service.tier {
        ServiceTier::Automatic if waits && waiting.served == Served::Flex => {
            "where flex costs the calls that can wait less than a batch".to_owned()
        }
        ServiceTier::Automatic => return None,
        ServiceTier::Standard => "all in the standard tier as asked for".to_owned(),
        ServiceTier::Batch | ServiceTier::Flex if !waits => {
            format!("none of which can wait for {}", service.tier.id())
        }
        tier if !service.is_sold(prices) => format!("with no {} price listed for this model", tier.id()),
        tier => format!("{} where it may be taken, as asked for", tier.id()),
    })
}

/// The tokens of month 1 by how they are paid, each with its price.
fn paid_words(name: &str, how: &str, paid: &[PaidTokens], flow: &TokenFlow, inputs: &Inputs) -> String {
    let requests = inputs.work.requests_per_month;
    let calls = requests * flow.calls_per_request;
    let mut parts = String::new();
    let mut place = (Served::Standard, 0.0);
    for it in paid {
        let here = (it.served, it.above_tokens);
        parts.push_str(if parts.is_empty() { "" } else { ", " });
        if here != place {
            parts.push_str(&place_words(it));
        }
        place = here;
        let paid_as = paid_as_words(it.paid_as);
        parts.extend([&count_exact(it.tokens * calls), " ", paid_as, " at ", &usd_rate(it.usd_per_m)]);
    }
    format!(
        "{name}: {} calls a month, {how}, use {parts} per million tokens = {} with the calls and prices of month 1{}",
        count_exact(calls),
        usd_exact(flow.cost(1, requests)),
        drift_words(inputs),
    )
}

/// Where tokens are paid that are not paid at once at the base prices.
fn place_words(paid: &PaidTokens) -> String {
    let tier = match paid.served {
        Served::Standard => "at once",
        Served::Priority => "at once in the priority tier",
        Served::Batch => "in a batch",
        Served::Flex => "in the flex tier",
    };
    match paid.above_tokens > 0.0 {
        true => format!("{tier}, in calls above {} input tokens: ", count_exact(paid.above_tokens)),
        false => format!("{tier}: "),
    }
}

const fn paid_as_words(paid_as: PaidAs) -> &'static str {
    match paid_as {
        PaidAs::Plain => "of plain input",
        PaidAs::Read => "read from the cache",
        PaidAs::Written(Lifetime::Minutes) => "written to the cache",
        PaidAs::Written(Lifetime::Hour) => "written to the cache for an hour",
        PaidAs::Output => "of output",
    }
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
struct CacheUse<'a> {
    caching: &'a Caching,
    hits: Hits,
    /// Which calls read the prefix from it, for how long it stays, and in which tiers they are billed.
    ways: CallWays,
}

impl CacheUse<'_> {
    const fn of(flow: &TokenFlow, hits: Hits, ways: CallWays) -> CacheUse<'_> {
        CacheUse { caching: &flow.caching, hits, ways }
    }

    /// Share of all calls that find the prefix there: first ones of a session and those that follow.
    fn share(&self, lifetime: Lifetime) -> f64 {
        let first = self.hits.of(lifetime);
        let calls = self.caching.calls_a_session;
        let follow = if self.caching.outlasts_pause(lifetime) { (calls - 1.0) / calls } else { 0.0 };
        first + follow * (self.caching.most - first)
    }
}

/// How the prefix is paid, where the model has a cache.
fn cache_words(tokens: &CallTokens, prices: &TokenPrices, cache: &CacheUse) -> String {
    let rates = prices.at_length(tokens.input()).rates;
    let Some(read) = rates.cached.filter(|_| tokens.prefix > 0.0 && cache.caching.most > 0.0) else {
        return String::new();
    };
    if tokens.prefix < prices.min_cacheable {
        return format!(", no cache for a prefix below {} tokens", count_exact(prices.min_cacheable));
    }
    let Some(lifetime) = cache.ways.at_once.lifetime else {
        return ", no cache, which would save nothing".to_owned();
    };
    let hit = cache.share(lifetime);
    let few = match lifetime {
        _ if hit >= cache.caching.most => "",
        Lifetime::Minutes => " (that often one comes within the 5 minutes for which it stays)",
        Lifetime::Hour => " (that often one comes within the hour for which it stays)",
    };
    let tariff = match lifetime {
        Lifetime::Minutes => rates.write,
        Lifetime::Hour => rates.write_hour,
    };
    let others = match tariff.filter(|write| *write > rates.input) {
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
fn batch_words(tokens: &CallTokens, prices: &TokenPrices, cache: &CacheUse, share: f64) -> String {
    let waiting = share_exact(share);
    let Some(discount) = prices.batch_discount.filter(|_| share > 0.0) else {
        return if share > 0.0 {
            format!(", no batch price for the {waiting} that can wait")
        } else {
            String::new()
        };
    };
    let listed = prices.at_length(tokens.input()).rates.batch_cached;
    let prefix = match listed.zip(cache.ways.waiting.lifetime) {
        Some((read, lifetime)) => {
            let hit = share_exact(cache.share(lifetime));
            format!(" ({hit} of them read the prefix there at {})", usd_rate(read))
        }
        None if cache.ways.at_once.lifetime.is_some() && cache.ways.waiting.lifetime.is_none() => {
            " and without the cache".to_owned()
        }
        None => String::new(),
    };
    format!(", {waiting} of calls in a batch at {} off{prefix}", share_exact(discount))
}

/// Which of the prices hold for calls of this length.
fn long_words(tokens: &CallTokens, prices: &TokenPrices) -> String {
    match prices.at_length(tokens.input()).above_tokens {
        above if above > 0.0 => format!(" above {} input tokens", count_exact(above)),
        _ => String::new(),
    }
}
