//! The token bill of one call as a function of cache hits: caches, sessions, batches, length tiers (method §4).

use super::rates::TokenPrices;
use super::service::{Served, Service};
use super::session::{PaidAs, PaidTokens, SessionUses, Tariff, TierUse, split_paid, use_paid};
use crate::domain::workload::{Caching, CallTokens, Lifetime, MeasuredSplit};

const MILLION: f64 = 1e6;

/// Shares of the calls that begin a session which find the prefix in the cache, for each lifetime.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hits {
    minutes: f64,
    hour: f64,
}

impl Hits {
    /// The same share for each lifetime.
    pub const fn all(share: f64) -> Hits {
        Hits { minutes: share, hour: share }
    }

    /// The share for a lifetime.
    pub const fn of(self, lifetime: Lifetime) -> f64 {
        match lifetime {
            Lifetime::Minutes => self.minutes,
            Lifetime::Hour => self.hour,
        }
    }
}

/// What a call costs with one lifetime of the cache; US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cached {
    /// Everything that does not hang on the hits of first calls.
    rest: f64,
    /// What first calls read, if they find it, and what they write otherwise.
    first: (f64, f64),
}

impl Cached {
    fn at(&self, hit: f64) -> f64 {
        let (read, written) = self.first;
        self.rest + hit * read + (1.0 - hit) * written
    }

    fn times(self, factor: f64) -> Cached {
        Cached { rest: self.rest * factor, first: (self.first.0 * factor, self.first.1 * factor) }
    }
}

/// A call billed in the cheapest allowed way; US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bill {
    /// Without a cache.
    plain: f64,
    /// With it, for each lifetime that can be had.
    minutes: Option<Cached>,
    hour: Option<Cached>,
}

impl Bill {
    const fn flat(usd: f64) -> Bill {
        Bill { plain: usd, minutes: None, hour: None }
    }

    const fn cached(&self, lifetime: Lifetime) -> Option<Cached> {
        match lifetime {
            Lifetime::Minutes => self.minutes,
            Lifetime::Hour => self.hour,
        }
    }

    fn at(&self, hits: Hits) -> f64 {
        let ways = Lifetime::ALL.into_iter().filter_map(|life| Some(self.cached(life)?.at(hits.of(life))));
        ways.fold(self.plain, f64::min)
    }

    /// The lifetime of the cheapest way; `None` where no cache is cheaper.
    fn lifetime_at(&self, hits: Hits) -> Option<Lifetime> {
        let usd = |life: Lifetime| self.cached(life).map(|cached| cached.at(hits.of(life)));
        let mut best = (None, self.plain);
        for life in Lifetime::ALL {
            if let Some(usd) = usd(life).filter(|usd| *usd < best.1) {
                best = (Some(life), usd);
            }
        }
        best.0
    }

    fn times(&self, factor: f64) -> Bill {
        Bill {
            plain: self.plain * factor,
            minutes: self.minutes.map(|cached| cached.times(factor)),
            hour: self.hour.map(|cached| cached.times(factor)),
        }
    }
}

/// How calls are billed: their service tier, and for how long they keep the prefix in the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// The service tier.
    pub served: Served,
    /// The lifetime that is paid for; `None` where no cache is used.
    pub lifetime: Option<Lifetime>,
}

/// How the calls of a flow are billed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallWays {
    /// Those that are answered at once.
    pub at_once: Way,
    /// Those that can wait.
    pub waiting: Way,
}

/// The bill of a service tier.
#[derive(Clone, Copy, Debug, PartialEq)]
struct TierBill {
    served: Served,
    bill: Bill,
}

impl TierBill {
    fn way_at(&self, hits: Hits) -> Way {
        Way { served: self.served, lifetime: self.bill.lifetime_at(hits) }
    }

    fn times(self, factor: f64) -> TierBill {
        TierBill { bill: self.bill.times(factor), ..self }
    }
}

/// The price of one call as a function of the share of cache hits; US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallPrice {
    sync: TierBill,
    waiting: TierBill,
    /// A second tier that calls may wait in, where it is cheaper.
    or_waiting: Option<TierBill>,
    waiting_share: f64,
}

impl CallPrice {
    /// Price the mean call of a session.
    ///
    /// ```text
    /// cached  = P·(hit·p_cached + (1−hit)·max(p_in, p_write)) + (V+K)·p_in + O·p_out
    /// plain   = (P+V+K)·p_in + O·p_out
    /// at_once = min(cached, plain) at the standard price, or priority's where that is pinned
    /// waiting = min(batch, flex) of those that are sold and allowed, else as the standard price
    /// call    = ((1−b)·at_once + b·waiting) / 10⁶, each call at the prices of its length tier
    /// ```
    /// Source: method §4. `hit` is that of the first calls of sessions; later ones find what the call before left with
    /// the highest share. `b` is the part of the calls that can wait.
    pub fn of(tokens: &CallTokens, prices: &TokenPrices, caching: &Caching, service: &Service) -> CallPrice {
        CallPrice::of_session(&SessionUses::of(tokens, prices, caching), prices, caching, service)
    }

    /// The same of calls whose uses at the lengths of these prices are known.
    pub fn of_session(
        session: &SessionUses,
        prices: &TokenPrices,
        caching: &Caching,
        service: &Service,
    ) -> CallPrice {
        CallPrice::by_tier(prices, service, |served| {
            let tariff = &|it: &TierUse| Tariff::of(&prices.tier(it.tier), prices, served);
            let cached = |lifetime: Lifetime| cached_bill(session.with(lifetime), tariff, caching, lifetime);
            Bill {
                plain: bill_of(&session.nothing, tariff, Lifetime::Minutes, (0.0, 0.0)),
                minutes: cached(Lifetime::Minutes),
                hour: cached(Lifetime::Hour),
            }
        })
    }

    /// Price a measured split of the mean call.
    pub fn of_split(split: &MeasuredSplit, prices: &TokenPrices, service: &Service) -> CallPrice {
        let tier = prices.at_length(split.input());
        CallPrice::by_tier(prices, service, |served| {
            let paid = split_paid(split, &Tariff::of(&tier, prices, served));
            Bill::flat(paid.iter().map(|(_, tokens, usd)| tokens * usd).sum::<f64>() / MILLION)
        })
    }

    /// The bills of the tiers that calls may take.
    fn by_tier(prices: &TokenPrices, service: &Service, bill: impl Fn(Served) -> Bill) -> CallPrice {
        let of = |served: Served| TierBill { served, bill: bill(served) };
        let sync = of(service.at_once(prices));
        let [first, second] = service.of_waiting(prices).map(|served| match served {
            Some(served) if served == sync.served => Some(sync),
            served => served.map(of),
        });
        let (waiting, or_waiting) = match (first, second) {
            (Some(first), second) => (first, second),
            (None, second) => (second.unwrap_or(sync), None),
        };
        CallPrice { sync, waiting, or_waiting, waiting_share: service.waiting }
    }

    /// A price per call that no cache touches.
    pub const fn flat(usd: f64) -> CallPrice {
        let bill = TierBill { served: Served::Standard, bill: Bill::flat(usd) };
        CallPrice { sync: bill, waiting: bill, or_waiting: None, waiting_share: 0.0 }
    }

    /// US dollars for one call at these shares of cache hits.
    pub fn at(&self, hits: Hits) -> f64 {
        let at_once = (1.0 - self.waiting_share) * self.sync.bill.at(hits);
        at_once + self.waiting_share * self.waiting_at(hits).bill.at(hits)
    }

    /// The cheapest tier of calls that can wait.
    fn waiting_at(&self, hits: Hits) -> &TierBill {
        let is_cheaper = |it: &&TierBill| it.bill.at(hits) < self.waiting.bill.at(hits);
        self.or_waiting.as_ref().filter(is_cheaper).unwrap_or(&self.waiting)
    }

    /// Whether the price hangs on the hits of a lifetime.
    pub fn uses_cache(&self, lifetime: Lifetime) -> bool {
        let tiers = [Some(&self.sync), Some(&self.waiting), self.or_waiting.as_ref()];
        tiers.into_iter().flatten().any(|it| it.bill.cached(lifetime).is_some())
    }

    /// How calls are billed at these shares of hits.
    pub fn ways_at(&self, hits: Hits) -> CallWays {
        CallWays { at_once: self.sync.way_at(hits), waiting: self.waiting_at(hits).way_at(hits) }
    }

    /// The price times a factor.
    #[must_use]
    pub fn times(&self, factor: f64) -> CallPrice {
        CallPrice {
            sync: self.sync.times(factor),
            waiting: self.waiting.times(factor),
            or_waiting: self.or_waiting.map(|it| it.times(factor)),
            waiting_share: self.waiting_share,
        }
    }
}

/// What uses cost at a tariff, with these shares of first and of further calls that hit; US dollars.
fn bill_of(
    uses: &[TierUse],
    tariff: &dyn Fn(&TierUse) -> Tariff,
    lifetime: Lifetime,
    hits: (f64, f64),
) -> f64 {
    let paid = uses.iter().flat_map(|it| use_paid(it, &tariff(it), lifetime, hits));
    paid.map(|(_, tokens, usd)| tokens * usd).sum::<f64>() / MILLION
}

/// The bill with a lifetime of the cache; `None` where it cannot be had, or nothing goes through it.
fn cached_bill(
    uses: &[TierUse],
    tariff: &dyn Fn(&TierUse) -> Tariff,
    caching: &Caching,
    lifetime: Lifetime,
) -> Option<Cached> {
    let is_sold = |it: &TierUse| {
        let tariff = tariff(it);
        tariff.read.is_some() && caching.allows(lifetime, tariff.written_hour.is_some())
    };
    let goes_through = |it: &TierUse| it.first + it.next + it.written > 0.0;
    if !uses.iter().all(is_sold) || !uses.iter().any(goes_through) {
        return None;
    }
    let usd = |first_hit: f64| bill_of(uses, tariff, lifetime, (first_hit, caching.most));
    let (read, written) = (usd(1.0), usd(0.0));
    // The two differ by what first calls pay; what is common stands apart.
    let rest =
        bill_of(&uses.iter().map(without_first).collect::<Vec<_>>(), tariff, lifetime, (0.0, caching.most));
    Some(Cached { rest, first: (read - rest, written - rest) })
}

const fn without_first(it: &TierUse) -> TierUse {
    TierUse { first: 0.0, ..*it }
}

/// Calls to one model month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenFlow {
    /// Calls to this model for each request.
    pub calls_per_request: f64,
    /// Price of a call by ledger month; index 0 is not used.
    pub price: Vec<CallPrice>,
    /// How they meet the cache.
    pub caching: Caching,
    /// Requests of a month from which on hits are at their highest share.
    saturating_requests: f64,
    /// Requests of a month that are paid otherwise: only those beyond them are paid per token.
    pub included_requests: f64,
}

impl TokenFlow {
    /// A flow.
    pub fn new(calls_per_request: f64, price: Vec<CallPrice>, caching: Caching) -> TokenFlow {
        let is_used = |lifetime: &Lifetime| price.iter().any(|price| price.uses_cache(*lifetime));
        let calls = Lifetime::ALL.into_iter().filter(is_used).map(|life| caching.saturating_calls(life));
        let calls = calls.fold(0.0, f64::max);
        let saturating_requests = if calls_per_request > 0.0 { calls / calls_per_request } else { 0.0 };
        TokenFlow { calls_per_request, price, caching, saturating_requests, included_requests: 0.0 }
    }

    /// The same calls, of which those of so many requests a month are paid otherwise.
    #[must_use]
    pub fn beyond(&self, included_requests: f64) -> TokenFlow {
        TokenFlow { included_requests, ..self.clone() }
    }

    /// Requests of a month from which on the cost is proportional to requests, less a constant where some are paid
    /// otherwise.
    pub fn proportional_from(&self) -> f64 {
        self.saturating_requests.max(self.included_requests)
    }

    /// US dollars of a month at least and at most between two numbers of requests: a call costs less the more there are.
    pub fn bounds(&self, month: usize, low: f64, high: f64) -> (f64, f64) {
        let beyond = |requests: f64| (requests - self.included_requests).max(0.0) * self.calls_per_request;
        let usd = |requests: f64| self.price[month].at(self.hits(requests));
        (beyond(low) * usd(high), beyond(high) * usd(low))
    }

    /// US dollars for each request of a month while hits are at their upper limit.
    pub fn usd_per_request(&self, month: usize) -> f64 {
        self.calls_per_request * self.price[month].at(Hits::all(self.caching.most))
    }

    /// Shares of cache hits in a month with so many requests.
    pub fn hits(&self, requests: f64) -> Hits {
        let of = |life: Lifetime| self.caching.first_hit(requests * self.calls_per_request, life);
        Hits { minutes: of(Lifetime::Minutes), hour: of(Lifetime::Hour) }
    }

    /// US dollars in a month with so many requests.
    pub fn cost(&self, month: usize, requests: f64) -> f64 {
        if self.included_requests > 0.0 {
            let beyond = (requests - self.included_requests).max(0.0) * self.calls_per_request;
            return beyond * self.price[month].at(self.hits(requests));
        }
        if requests >= self.saturating_requests {
            return requests * self.usd_per_request(month);
        }
        requests * self.calls_per_request * self.price[month].at(self.hits(requests))
    }
}

/// The tokens of the mean call with their prices, at once and waiting, as [`CallPrice::of`] adds them up.
pub fn paid_tokens(
    tokens: &CallTokens,
    prices: &TokenPrices,
    flow: &TokenFlow,
    hits: Hits,
    service: &Service,
) -> Vec<PaidTokens> {
    let caching = &flow.caching;
    let session = SessionUses::of(tokens, prices, caching);
    let ways = CallPrice::of_session(&session, prices, caching, service).ways_at(hits);
    let side = |Way { served, lifetime }: Way, share: f64| -> Vec<PaidTokens> {
        let uses = lifetime.map_or(session.nothing.as_slice(), |life| session.with(life));
        let life = lifetime.unwrap_or(Lifetime::Minutes);
        let of_tier = |it: &TierUse| {
            let tier = prices.tier(it.tier);
            let paid = use_paid(it, &Tariff::of(&tier, prices, served), life, (hits.of(life), caching.most));
            with_places(paid, tier.above_tokens, served, share)
        };
        uses.iter().flat_map(of_tier).collect()
    };
    let mut paid = side(ways.at_once, 1.0 - service.waiting);
    paid.extend(side(ways.waiting, service.waiting));
    paid.retain(|it| it.tokens > 0.0);
    paid
}

fn with_places<const N: usize>(
    paid: [(PaidAs, f64, f64); N],
    above_tokens: f64,
    served: Served,
    share: f64,
) -> impl Iterator<Item = PaidTokens> {
    paid.into_iter().map(move |(paid_as, tokens, usd_per_m)| PaidTokens {
        served,
        above_tokens,
        paid_as,
        tokens: tokens * share,
        usd_per_m,
    })
}

/// The same of a measured split, as [`CallPrice::of_split`] adds it up.
pub fn paid_split(split: &MeasuredSplit, prices: &TokenPrices, service: &Service) -> Vec<PaidTokens> {
    let tier = prices.at_length(split.input());
    let ways = CallPrice::of_split(split, prices, service).ways_at(Hits::default());
    let sides = [(ways.at_once.served, 1.0 - service.waiting), (ways.waiting.served, service.waiting)];
    let paid = sides.into_iter().flat_map(|(served, share)| {
        let tariff = Tariff::of(&tier, prices, served);
        with_places(split_paid(split, &tariff), tier.above_tokens, served, share)
    });
    paid.filter(|it| it.tokens > 0.0).collect()
}

#[cfg(test)]
mod tests;
