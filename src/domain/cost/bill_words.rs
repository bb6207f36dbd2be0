//! The token bill of month 1 in words, with every number that its formula takes (method §4).

use super::tokens::{CallTokens, TokenFlow, TokenPrices};
use crate::domain::input::Inputs;
use crate::domain::units::words::{count_exact, share_exact, usd_exact, usd_rate};

/// Calls × tokens × prices = money, and what cache, batch and long inputs change in it.
pub fn bill_words(
    name: &str,
    tokens: &CallTokens,
    prices: &TokenPrices,
    flow: &TokenFlow,
    inputs: &Inputs,
) -> String {
    let requests = inputs.work.requests_per_month;
    let hit = flow.hit_share(requests);
    let (cached, cached_in_batch) = flow.price.get(1).map_or((false, false), |price| price.caches_at(hit));
    format!(
        "{name}: {} calls a month × ({} prefix + {} variable input + {} output tokens) at {} in and {} out per million{}{}{} = {} with the calls and prices of month 1",
        count_exact(requests * flow.calls_per_request),
        count_exact(tokens.prefix),
        count_exact(tokens.variable),
        count_exact(tokens.output),
        usd_rate(prices.input),
        usd_rate(prices.output),
        cache_words(tokens, prices, hit, (cached, inputs.data.cache_hit_share)),
        batch_words(prices, hit, (cached, cached_in_batch), inputs.work.deferrable_share),
        long_words(tokens, prices),
        usd_exact(flow.cost(1, requests)),
    )
}

/// How the prefix is paid, where the model has a cache.
fn cache_words(tokens: &CallTokens, prices: &TokenPrices, hit: f64, (cached, most): (bool, f64)) -> String {
    let Some(read) = prices.cached.filter(|_| tokens.prefix > 0.0 && most > 0.0) else {
        return String::new();
    };
    if tokens.prefix < prices.min_cacheable {
        return format!(", no cache for a prefix below {} tokens", count_exact(prices.min_cacheable));
    }
    if !cached {
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
fn batch_words(prices: &TokenPrices, hit: f64, (cached, in_batch): (bool, bool), share: f64) -> String {
    let waiting = share_exact(share);
    let Some(discount) = prices.batch_discount.filter(|_| share > 0.0) else {
        return if share > 0.0 {
            format!(", no batch price for the {waiting} that can wait")
        } else {
            String::new()
        };
    };
    let prefix = match prices.batch_cached.filter(|_| in_batch) {
        Some(read) => format!(" ({} of them read the prefix there at {})", share_exact(hit), usd_rate(read)),
        None if cached && !in_batch => " and without the cache".to_owned(),
        None => String::new(),
    };
    format!(", {waiting} of calls in a batch at {} off{prefix}", share_exact(discount))
}

/// What long inputs cost more.
fn long_words(tokens: &CallTokens, prices: &TokenPrices) -> String {
    match prices.long_context {
        Some((threshold, input, output)) if tokens.input() > threshold => format!(
            ", above {} input tokens {} times these prices in and {} times out",
            count_exact(threshold),
            count_exact(input),
            count_exact(output)
        ),
        _ => String::new(),
    }
}
