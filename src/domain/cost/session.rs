//! How the calls of a session use tokens: at full price, read from the cache, written to it; by length tier (method §4).

use super::rates::{LengthTier, TokenPrices};
use super::service::Served;
use crate::domain::workload::{Caching, CallTokens, Lifetime, MeasuredSplit};

/// What of a call goes through the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// Nothing.
    Nothing,
    /// What is the same in all calls: between the calls of a session the cache forgets.
    Prefix,
    /// That, and the history of the session.
    Session,
}

/// Tokens of the mean call that fall into one length tier, by how they are paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TierUse {
    /// Place of the tier among those of the prices, zero for the base.
    pub tier: usize,
    /// Input at the full price.
    pub plain: f64,
    /// Input that all calls share, in calls that begin a session: read where it is found, else written.
    pub first: f64,
    /// Input that the call before left in the cache: read where it is found, else written again.
    pub next: f64,
    /// Input that is new to the cache.
    pub written: f64,
    /// Output.
    pub output: f64,
}

impl TierUse {
    const fn none(tier: usize) -> TierUse {
        TierUse { tier, plain: 0.0, first: 0.0, next: 0.0, written: 0.0, output: 0.0 }
    }
}

/// How a lifetime serves these calls.
fn kept(caching: &Caching, lifetime: Lifetime) -> Kept {
    if caching.calls_a_session > 1.0 && !caching.outlasts_pause(lifetime) {
        Kept::Prefix
    } else {
        Kept::Session
    }
}

/// The tokens of the mean call by each way of keeping them: what a bill needs of a session. They hang on lengths, not on
/// prices, so that months with the same lengths share them.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionUses {
    /// Without a cache.
    pub nothing: Vec<TierUse>,
    minutes: Vec<TierUse>,
    /// Nothing where both lifetimes serve the calls alike.
    hour: Option<Vec<TierUse>>,
}

impl SessionUses {
    /// The uses of calls at the lengths of these prices.
    pub fn of(tokens: &CallTokens, prices: &TokenPrices, caching: &Caching) -> SessionUses {
        let [minutes, hour] = [Lifetime::Minutes, Lifetime::Hour].map(|lifetime| kept(caching, lifetime));
        SessionUses {
            nothing: uses(tokens, prices, Kept::Nothing),
            minutes: uses(tokens, prices, minutes),
            hour: (hour != minutes).then(|| uses(tokens, prices, hour)),
        }
    }

    /// With a cache of this lifetime.
    pub fn with(&self, lifetime: Lifetime) -> &[TierUse] {
        match (lifetime, &self.hour) {
            (Lifetime::Hour, Some(hour)) => hour,
            (Lifetime::Hour, None) | (Lifetime::Minutes, _) => &self.minutes,
        }
    }
}

/// The tokens of the mean call by length tier, the shortest first.
///
/// What the next call carries on is written once: input with its own call, output with the next. Nothing is written
/// while what could be cached is shorter than the model's minimum. Each call stands in the tier of its own length.
/// Source: method §4, sessions.
fn uses(tokens: &CallTokens, prices: &TokenPrices, kept: Kept) -> Vec<TierUse> {
    let history = &tokens.history;
    let calls = history.calls.max(1.0);
    let shared = tokens.prefix + history.measured;
    let least = prices.min_cacheable;
    let mut found: Vec<TierUse> = Vec::with_capacity(1 + prices.tier_count());
    let mut stored = 0.0;
    for turn in 0..libm::ceil(calls) as usize {
        let before = turn as f64;
        // The last call of a session with two and a half calls is there in every other one.
        let is_there = (calls - before).min(1.0);
        let goes_on = (calls - before - 1.0).clamp(0.0, is_there) / is_there;
        let grown = shared + before * history.added();
        let input = grown + tokens.variable;
        let left = if kept == Kept::Session && goes_on > 0.0 { history.input } else { 0.0 };
        let cacheable = match kept {
            Kept::Nothing => 0.0,
            Kept::Prefix => shared,
            Kept::Session => grown + left,
        };
        let weight = is_there / calls;
        let tier = use_of(&mut found, prices.tier_at(input));
        tier.output += weight * tokens.output;
        if cacheable < least || cacheable <= 0.0 {
            tier.plain += weight * input;
            stored = 0.0;
            continue;
        }
        let new = cacheable - left + goes_on * left;
        let known = if stored > 0.0 {
            tier.next += weight * stored;
            stored
        } else if shared >= least && shared > 0.0 {
            tier.first += weight * shared;
            shared
        } else {
            0.0
        };
        tier.written += weight * (new - known);
        tier.plain += weight * (input - new);
        stored = if kept == Kept::Session { cacheable } else { 0.0 };
    }
    found
}

/// The entry of a tier.
fn use_of(found: &mut Vec<TierUse>, tier: usize) -> &mut TierUse {
    let place = found.iter().position(|other| other.tier == tier);
    let place = place.unwrap_or_else(|| {
        found.push(TierUse::none(tier));
        found.len() - 1
    });
    &mut found[place]
}

/// How tokens are paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaidAs {
    /// Input at the full price.
    Plain,
    /// Read from the cache.
    Read,
    /// Written to the cache, for this long.
    Written(Lifetime),
    /// Output.
    Output,
}

/// Tokens of the mean call with their price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaidTokens {
    /// The service tier that it is paid in.
    pub served: Served,
    /// Input tokens above which its length tier begins; zero for the base.
    pub above_tokens: f64,
    /// How it is paid.
    pub paid_as: PaidAs,
    /// Tokens of the mean call.
    pub tokens: f64,
    /// US dollars per million tokens.
    pub usd_per_m: f64,
}

/// The prices of one length tier in one service tier; US dollars per million.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tariff {
    /// Full price of input.
    pub plain: f64,
    /// Cache read; `None` where nothing is read.
    pub read: Option<f64>,
    /// Cache write for minutes.
    pub written: f64,
    /// Cache write for an hour, where it is sold.
    pub written_hour: Option<f64>,
    /// Output.
    pub output: f64,
}

impl Tariff {
    /// The tariff of a service tier; the standard one where the model is not sold in it.
    pub fn of(tier: &LengthTier, prices: &TokenPrices, served: Served) -> Tariff {
        let times = |factor: Option<f64>, listed: Option<f64>| {
            let at_once = Tariff::at_once(tier);
            factor.map_or(at_once, |factor| at_once.times(factor, listed))
        };
        match served {
            Served::Standard => Tariff::at_once(tier),
            Served::Priority => times(prices.priority, None),
            Served::Flex => times(prices.flex, tier.rates.flex_cached),
            Served::Batch => Tariff::in_batch(tier, prices),
        }
    }

    /// Every price times a factor, but cache reads at what is listed for them.
    fn times(self, factor: f64, listed_read: Option<f64>) -> Tariff {
        Tariff {
            plain: self.plain * factor,
            read: listed_read.or(self.read.map(|usd| usd * factor)),
            written: self.written * factor,
            written_hour: self.written_hour.map(|usd| usd * factor),
            output: self.output * factor,
        }
    }

    /// The tariff of calls that are answered at once.
    fn at_once(tier: &LengthTier) -> Tariff {
        let rates = &tier.rates;
        Tariff {
            plain: rates.input,
            read: rates.cached,
            // A cache that costs nothing to write is billed as input.
            written: rates.write.unwrap_or(rates.input).max(rates.input),
            written_hour: rates.write_hour.map(|usd| usd.max(rates.input)),
            output: rates.output,
        }
    }

    /// The tariff in a batch; that of calls answered at once where there is no batch price.
    fn in_batch(tier: &LengthTier, prices: &TokenPrices) -> Tariff {
        let at_once = Tariff::at_once(tier);
        let Some(discount) = prices.batch_discount else { return at_once };
        let kept = 1.0 - discount;
        let read = match (tier.rates.batch_cached, prices.batch_stacks) {
            (Some(listed), _) => Some(listed),
            (None, true) => at_once.read.map(|usd| usd * kept),
            (None, false) => None,
        };
        Tariff { read, ..at_once.times(kept, None) }
    }

    /// The write price of a lifetime; the shorter one's where an hour is not sold.
    pub fn write(&self, lifetime: Lifetime) -> f64 {
        match lifetime {
            Lifetime::Minutes => self.written,
            Lifetime::Hour => self.written_hour.unwrap_or(self.written),
        }
    }
}

/// A measured split of the mean call at a tariff: what is read costs the full price where no cache is sold.
pub fn split_paid(split: &MeasuredSplit, tariff: &Tariff) -> [(PaidAs, f64, f64); 5] {
    [
        (PaidAs::Plain, split.plain, tariff.plain),
        (PaidAs::Read, split.read, tariff.read.unwrap_or(tariff.plain)),
        (PaidAs::Written(Lifetime::Minutes), split.written, tariff.written),
        (PaidAs::Written(Lifetime::Hour), split.written_hour, tariff.write(Lifetime::Hour)),
        (PaidAs::Output, split.output, tariff.output),
    ]
}

/// The uses of a tier at a tariff, at these shares of first and of further calls that hit.
pub fn use_paid(
    of: &TierUse,
    tariff: &Tariff,
    lifetime: Lifetime,
    (first_hit, next_hit): (f64, f64),
) -> [(PaidAs, f64, f64); 4] {
    let read = first_hit * of.first + next_hit * of.next;
    [
        (PaidAs::Plain, of.plain, tariff.plain),
        (PaidAs::Read, read, tariff.read.unwrap_or(tariff.plain)),
        (PaidAs::Written(lifetime), of.first + of.next + of.written - read, tariff.write(lifetime)),
        (PaidAs::Output, of.output, tariff.output),
    ]
}
