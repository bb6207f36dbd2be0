//! The token bill of one call: caching, batching, long-context tiers (method §4).

use crate::domain::catalog::{ApiModel, HostedTuning};
use crate::domain::quantity::HOURS_PER_MONTH;
use crate::domain::workload::CallTokens;

/// Shortest prefix that is cached where the row does not say.
const MIN_CACHEABLE_TOKENS: f64 = 1_024.0;
/// Lifetime of a cached prefix, in hours: five minutes.
const CACHE_LIFETIME_HOURS: f64 = 5.0 / 60.0;
const MILLION: f64 = 1e6;

/// Multipliers on the prices of calls with long inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongContext {
    /// Input tokens above which they apply, such as 200,000.
    pub above_tokens: f64,
    /// Multiplier of input prices.
    pub input: f64,
    /// Multiplier of output prices.
    pub output: f64,
}

/// Token prices of one model in one month; US dollars per million tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenPrices {
    /// Uncached input.
    pub input: f64,
    /// Cache read, if there is one.
    pub cached: Option<f64>,
    /// Input that is written to the cache, instead of the input price.
    pub write: Option<f64>,
    /// Output.
    pub output: f64,
    /// Share off in a batch, if there is one.
    pub batch_discount: Option<f64>,
    /// Cache read in a batch, where listed.
    pub batch_cached: Option<f64>,
    /// Whether both discounts apply together.
    pub batch_stacks: bool,
    /// Shortest prefix that is cached.
    pub min_cacheable: f64,
    /// What long inputs cost more, if they do.
    pub long_context: Option<LongContext>,
}

impl TokenPrices {
    /// The list prices of a chat model; `None` where the output price is unknown.
    pub fn of(row: &ApiModel) -> Option<TokenPrices> {
        Some(TokenPrices::at(row, row.output_usd_per_m?))
    }

    /// The list prices of a chat model, at this output price.
    pub fn at(row: &ApiModel, output: f64) -> TokenPrices {
        let long_context = row.long_context_threshold_tokens.map(|above_tokens| LongContext {
            above_tokens,
            input: row.long_context_input_multiplier.unwrap_or(1.0),
            output: row.long_context_output_multiplier.unwrap_or(1.0),
        });
        TokenPrices {
            input: row.input_usd_per_m,
            cached: row.cached_input_usd_per_m,
            write: row.cache_write_usd_per_m,
            output,
            batch_discount: row.batch_discount,
            batch_cached: row.batch_cached_input_usd_per_m,
            batch_stacks: row.batch_stacks_with_cache == Some(true),
            min_cacheable: row.min_cacheable_tokens.unwrap_or(MIN_CACHEABLE_TOKENS),
            long_context,
        }
    }

    /// The prices of serving a tuned model per token; `None` where unknown.
    pub fn of_tuned(row: &HostedTuning) -> Option<TokenPrices> {
        Some(TokenPrices {
            input: row.tuned_input_usd_per_m?,
            cached: row.tuned_cached_input_usd_per_m,
            write: None,
            output: row.tuned_output_usd_per_m?,
            batch_discount: None,
            batch_cached: None,
            batch_stacks: false,
            min_cacheable: MIN_CACHEABLE_TOKENS,
            long_context: None,
        })
    }

    /// All prices times a factor.
    #[must_use]
    pub fn times(&self, factor: f64) -> TokenPrices {
        let scaled = |price: Option<f64>| price.map(|price| price * factor);
        TokenPrices {
            input: self.input * factor,
            cached: scaled(self.cached),
            write: scaled(self.write),
            output: self.output * factor,
            batch_cached: scaled(self.batch_cached),
            ..self.clone()
        }
    }
}

/// The prefix of a call billed in the cheapest allowed way, and the rest; US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bill {
    /// Everything that no cache touches.
    rest: f64,
    /// The prefix without a cache.
    plain: f64,
    /// The prefix read from the cache, and written to it; `None` without a cache.
    cached: Option<(f64, f64)>,
}

impl Bill {
    fn at(&self, hit: f64) -> f64 {
        let prefix = match self.cached {
            Some((read, written)) => (hit * read + (1.0 - hit) * written).min(self.plain),
            None => self.plain,
        };
        self.rest + prefix
    }

    fn caches_at(&self, hit: f64) -> bool {
        self.cached.is_some_and(|(read, written)| hit * read + (1.0 - hit) * written < self.plain)
    }
}

/// Which calls read the prefix from the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CachedCalls {
    /// Those that are answered at once.
    pub at_once: bool,
    /// Those in a batch.
    pub in_batch: bool,
}

/// The price of one call as a function of the share of cache hits; US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallPrice {
    sync: Bill,
    batch: Bill,
    batch_share: f64,
}

impl CallPrice {
    /// Price one call.
    ///
    /// ```text
    /// cached = P·(hit·p_cached + (1−hit)·max(p_in, p_write)) + (V+K)·p_in + O·p_out
    /// plain  = (P+V+K)·p_in + O·p_out
    /// call   = ((1−b)·min(cached, plain) + b·batch) / 10⁶, × the long-context multipliers
    /// ```
    /// Source: method §4. `batch_share` is the part of the calls that can wait.
    pub fn of(tokens: &CallTokens, prices: &TokenPrices, batch_share: f64) -> CallPrice {
        let (input_factor, output_factor) = match prices.long_context {
            Some(long) if tokens.input() > long.above_tokens => (long.input, long.output),
            _ => (1.0, 1.0),
        };
        let input_price = prices.input * input_factor / MILLION;
        let rest = tokens.variable * input_price + tokens.output * prices.output * output_factor / MILLION;
        let cacheable = tokens.prefix >= prices.min_cacheable && tokens.prefix > 0.0;
        let prefix_at = |usd_per_m: f64| tokens.prefix * usd_per_m * input_factor / MILLION;
        let written = prefix_at(prices.write.unwrap_or(prices.input).max(prices.input));
        let read = prices.cached.filter(|_| cacheable).map(prefix_at);
        let sync =
            Bill { rest, plain: tokens.prefix * input_price, cached: read.map(|read| (read, written)) };
        let batch = match prices.batch_discount {
            None => sync,
            Some(discount) => {
                let kept = 1.0 - discount;
                let read_in_batch = match (prices.batch_cached.filter(|_| cacheable), prices.batch_stacks) {
                    (Some(listed), _) => Some(prefix_at(listed)),
                    (None, true) => read.map(|read| read * kept),
                    (None, false) => None,
                };
                Bill {
                    rest: sync.rest * kept,
                    plain: sync.plain * kept,
                    cached: read_in_batch.map(|read| (read, written * kept)),
                }
            }
        };
        CallPrice { sync, batch, batch_share }
    }

    /// A price per call that no cache touches.
    pub const fn flat(usd: f64) -> CallPrice {
        let bill = Bill { rest: usd, plain: 0.0, cached: None };
        CallPrice { sync: bill, batch: bill, batch_share: 0.0 }
    }

    /// US dollars for one call at this share of cache hits.
    pub fn at(&self, hit: f64) -> f64 {
        (1.0 - self.batch_share) * self.sync.at(hit) + self.batch_share * self.batch.at(hit)
    }

    /// Whether a cache can change the price.
    pub const fn uses_cache(&self) -> bool {
        self.sync.cached.is_some() || self.batch.cached.is_some()
    }

    /// Which calls read the prefix from the cache at this share of hits.
    pub fn caches_at(&self, hit: f64) -> CachedCalls {
        CachedCalls { at_once: self.sync.caches_at(hit), in_batch: self.batch.caches_at(hit) }
    }

    /// The price times a factor.
    #[must_use]
    pub fn times(&self, factor: f64) -> CallPrice {
        let scale = |bill: &Bill| Bill {
            rest: bill.rest * factor,
            plain: bill.plain * factor,
            cached: bill.cached.map(|(read, written)| (read * factor, written * factor)),
        };
        CallPrice { sync: scale(&self.sync), batch: scale(&self.batch), batch_share: self.batch_share }
    }
}

/// Share of calls that find the prefix in the cache.
///
/// ```text
/// hit = min(h, 1 − exp(−arrivals per cache lifetime))
/// ```
/// Source: method §4; arrivals are spread evenly over the month.
pub fn cache_hit_share(most: f64, calls_per_month: f64) -> f64 {
    if calls_per_month >= saturating_calls(most) {
        return most;
    }
    hits_below_saturation(most, calls_per_month)
}

fn hits_below_saturation(most: f64, calls_per_month: f64) -> f64 {
    most.min(1.0 - libm::exp(-calls_per_month * CACHE_LIFETIME_HOURS / HOURS_PER_MONTH))
}

/// Calls a month from which on the share of hits is at its upper limit.
fn saturating_calls(most: f64) -> f64 {
    // exp(−40) is below the rounding of 1.
    let arrivals = if most < 1.0 { -libm::log(1.0 - most) } else { 40.0 };
    arrivals * HOURS_PER_MONTH / CACHE_LIFETIME_HOURS
}

/// Calls to one model month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenFlow {
    /// Calls to this model for each request.
    pub calls_per_request: f64,
    /// Price of a call by ledger month; index 0 is not used.
    pub price: Vec<CallPrice>,
    /// Highest share of cache hits.
    most_hits: f64,
    /// Requests of a month from which on hits are at that share.
    saturating_requests: f64,
}

impl TokenFlow {
    /// A flow; `most_hits` is the highest share of cache hits.
    pub fn new(calls_per_request: f64, price: Vec<CallPrice>, most_hits: f64) -> TokenFlow {
        let cached = price.iter().any(CallPrice::uses_cache) && calls_per_request > 0.0;
        let saturating_requests = if cached { saturating_calls(most_hits) / calls_per_request } else { 0.0 };
        TokenFlow { calls_per_request, price, most_hits, saturating_requests }
    }

    /// Requests of a month from which on the cost is proportional to requests.
    pub const fn proportional_from(&self) -> f64 {
        self.saturating_requests
    }

    /// US dollars for each request of a month while hits are at their upper limit.
    pub fn usd_per_request(&self, month: usize) -> f64 {
        self.calls_per_request * self.price[month].at(self.most_hits)
    }

    /// Share of cache hits in a month with so many requests.
    pub fn hit_share(&self, requests: f64) -> f64 {
        cache_hit_share(self.most_hits, requests * self.calls_per_request)
    }

    /// US dollars in a month with so many requests.
    pub fn cost(&self, month: usize, requests: f64) -> f64 {
        if requests >= self.saturating_requests {
            return requests * self.usd_per_request(month);
        }
        let hit = hits_below_saturation(self.most_hits, requests * self.calls_per_request);
        requests * self.calls_per_request * self.price[month].at(hit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    fn prices(id: &str) -> TokenPrices {
        TokenPrices::of(Catalog::builtin().api_model(id).unwrap()).unwrap()
    }

    fn monthly(id: &str, tokens: CallTokens, hit: f64, batch_share: f64) -> f64 {
        1e6 * CallPrice::of(&tokens, &prices(id), batch_share).at(hit)
    }

    const WORKED: CallTokens = CallTokens { prefix: 2_400.0, variable: 600.0, output: 400.0 };

    #[test]
    fn a_million_requests_cost_what_the_worked_example_says() {
        // formulas.md §7: $10,000 → $6,016 with the cache → $3,008 with cache and batch; misses pay the write price.
        let plain =
            1e6 * CallPrice::of(&WORKED, &TokenPrices { cached: None, ..prices("gpt-6.1-sol") }, 0.0).at(0.9);
        assert!((plain - 10_000.0).abs() < 0.005);
        let cached = monthly("gpt-6.1-sol", WORKED, 0.9, 0.0);
        assert!((cached - 6_016.0).abs() < 0.005, "{cached}");
        let batch = monthly("gpt-6.1-sol", WORKED, 0.9, 1.0);
        assert!((batch - 3_008.0).abs() < 0.005, "{batch}");
        let luna = monthly("gpt-6-luna", WORKED, 0.9, 0.0);
        assert!((luna - 311.6).abs() < 0.005, "{luna}");
        let oss = monthly("deepinfra/openai/gpt-oss-120b", WORKED, 0.9, 0.0);
        assert!((oss - 179.0).abs() < 0.005, "{oss}");
    }

    #[test]
    fn tuning_away_a_prefix_saves_little_once_caching_is_on() {
        // The worked trap of formulas.md §7: $4,800 at list price, $816 with the cache.
        let short = CallTokens { prefix: 0.0, ..WORKED };
        let list = TokenPrices { cached: None, ..prices("gpt-6.1-sol") };
        let saving = |prices: &TokenPrices| {
            1e6 * (CallPrice::of(&WORKED, prices, 0.0).at(0.9) - CallPrice::of(&short, prices, 0.0).at(0.9))
        };
        assert!((saving(&list) - 4_800.0).abs() < 0.005);
        assert!((saving(&prices("gpt-6.1-sol")) - 816.0).abs() < 0.005);
    }

    #[test]
    fn the_cache_never_touches_the_output_and_never_costs_more_than_none() {
        for row in &Catalog::builtin().api_models {
            let Some(prices) = TokenPrices::of(row) else { continue };
            for hit in [0.0, 0.3, 1.0] {
                let only_output = CallTokens { prefix: 0.0, variable: 0.0, output: 500.0 };
                let price = CallPrice::of(&only_output, &prices, 0.0);
                assert_eq!(price.at(hit), price.at(0.0), "{}", row.model_id);
                let cached = CallPrice::of(&WORKED, &prices, 0.0).at(hit);
                let plain =
                    CallPrice::of(&WORKED, &TokenPrices { cached: None, ..prices.clone() }, 0.0).at(hit);
                assert!(cached <= plain, "{}", row.model_id);
            }
        }
    }

    #[test]
    fn cached_and_uncached_input_add_up_to_the_input() {
        let same = TokenPrices { cached: Some(2.0), write: Some(2.0), ..prices("gpt-6.1-sol") };
        for hit in [0.0, 0.4, 1.0] {
            let price = CallPrice::of(&WORKED, &same, 0.0).at(hit);
            assert!((price - (3_000.0 * 2.0 + 400.0 * 10.0) / MILLION).abs() < 1e-12);
        }
    }

    #[test]
    fn a_prefix_below_the_minimum_is_not_cached() {
        let below = CallTokens { prefix: 1_023.0, variable: 0.0, output: 0.0 };
        let at = CallTokens { prefix: 1_024.0, ..below };
        assert!(!CallPrice::of(&below, &prices("gpt-6.1-sol"), 0.0).uses_cache());
        assert!(CallPrice::of(&at, &prices("gpt-6.1-sol"), 0.0).uses_cache());
    }

    #[test]
    fn long_prompts_pay_the_higher_tier_on_every_token() {
        let tokens = |prefix: f64| CallTokens { prefix, variable: 0.0, output: 1_000.0 };
        let plain = TokenPrices { cached: None, ..prices("gpt-6.1-sol") };
        let below = CallPrice::of(&tokens(272_000.0), &plain, 0.0).at(0.0);
        let above = CallPrice::of(&tokens(272_001.0), &plain, 0.0).at(0.0);
        assert!((below - (0.544 + 0.01)).abs() < 1e-9);
        assert!((above - (272_001.0 * 4e-6 + 0.015)).abs() < 1e-9);
    }

    #[test]
    fn where_discounts_do_not_stack_cached_tokens_in_a_batch_cost_the_listed_price() {
        let tokens = CallTokens { prefix: 10_000.0, variable: 0.0, output: 0.0 };
        // Gemini 2.5 Pro lists 0.125 in a batch, the undiscounted cache price.
        let listed = CallPrice::of(&tokens, &prices("gemini/gemini-2.5-pro"), 1.0).at(1.0);
        assert!((listed - 0.00125).abs() < 1e-12);
        // gpt-4.1 publishes none: the halved input price.
        let blank = CallPrice::of(&tokens, &prices("gpt-4.1"), 1.0).at(1.0);
        assert!((blank - 0.01).abs() < 1e-12);
    }

    #[test]
    fn little_traffic_finds_the_cache_cold() {
        assert!(cache_hit_share(0.9, 100.0) < 0.02);
        assert_eq!(cache_hit_share(0.9, 1e6), 0.9);
        assert_eq!(cache_hit_share(0.0, 1e9), 0.0);
    }
}
