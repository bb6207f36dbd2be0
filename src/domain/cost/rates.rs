//! The token prices of one model in one month, by length of the call (method §4).

use crate::domain::catalog::{ApiModel, HostedTuning};

/// Shortest prefix that is cached where the row does not say.
const MIN_CACHEABLE_TOKENS: f64 = 1_024.0;

/// What tokens cost; US dollars per million.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Uncached input.
    pub input: f64,
    /// Cache read, if there is one.
    pub cached: Option<f64>,
    /// Input that is written to the cache for minutes, instead of the input price.
    pub write: Option<f64>,
    /// The same for an hour, where it is sold.
    pub write_hour: Option<f64>,
    /// Output.
    pub output: f64,
    /// Cache read in a batch, where listed.
    pub batch_cached: Option<f64>,
    /// Cache read in the flex tier, where listed.
    pub flex_cached: Option<f64>,
}

impl Rates {
    /// Every price times a factor: of input and what rests on it, and of output.
    #[must_use]
    pub fn times(&self, input: f64, output: f64) -> Rates {
        let scaled = |price: Option<f64>| price.map(|price| price * input);
        Rates {
            input: self.input * input,
            cached: scaled(self.cached),
            write: scaled(self.write),
            write_hour: scaled(self.write_hour),
            output: self.output * output,
            batch_cached: scaled(self.batch_cached),
            flex_cached: scaled(self.flex_cached),
        }
    }
}

/// Prices of calls whose input is longer than a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LengthTier {
    /// Input tokens above which they hold for every token of the call, such as 200,000; zero for the base.
    pub above_tokens: f64,
    /// The prices.
    pub rates: Rates,
}

/// How the prices of a length tier are stated.
#[derive(Clone, Copy, Debug, PartialEq)]
enum TierTerms {
    /// As multiples of every input price and of the output price.
    Multiples { input: f64, output: f64 },
    /// In full.
    Listed(Rates),
}

/// A length tier as a row states it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct StatedTerms {
    above_tokens: f64,
    terms: TierTerms,
}

/// Token prices of one model in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenPrices {
    /// Those of calls below every length tier.
    pub base: Rates,
    /// Those of longer calls, by rising threshold.
    tiers: Vec<StatedTerms>,
    /// Share off in a batch, if there is one.
    pub batch_discount: Option<f64>,
    /// Whether the discounts of batch and cache apply together.
    pub batch_stacks: bool,
    /// Prices of the flex tier as a share of the standard ones, where it is sold.
    pub flex: Option<f64>,
    /// Prices of the priority tier as a multiple of the standard ones, where it is sold.
    pub priority: Option<f64>,
    /// Shortest prefix that is cached.
    pub min_cacheable: f64,
    /// What is left of the list prices after declines over time, 1 at first: units and seats fall as tokens do.
    pub left: f64,
}

impl TokenPrices {
    /// The list prices of a chat model; `None` where the output price is unknown.
    pub fn of(row: &ApiModel) -> Option<TokenPrices> {
        Some(TokenPrices::at(row, row.output_usd_per_m?))
    }

    /// The list prices of a chat model, at this output price.
    pub fn at(row: &ApiModel, output: f64) -> TokenPrices {
        let base = Rates {
            input: row.input_usd_per_m,
            cached: row.cached_input_usd_per_m,
            write: row.cache_write_usd_per_m,
            write_hour: row.cache_write_1h_usd_per_m,
            output,
            batch_cached: row.batch_cached_input_usd_per_m,
            flex_cached: row.flex_cached_input_usd_per_m,
        };
        TokenPrices {
            base,
            tiers: tiers_of(row, &base),
            batch_discount: row.batch_discount,
            batch_stacks: row.batch_stacks_with_cache == Some(true),
            flex: row.flex_multiplier,
            priority: row.priority_multiplier,
            min_cacheable: row.min_cacheable_tokens.unwrap_or(MIN_CACHEABLE_TOKENS),
            left: 1.0,
        }
    }

    /// The prices of serving a tuned model per token; `None` where unknown.
    pub fn of_tuned(row: &HostedTuning) -> Option<TokenPrices> {
        let base = Rates {
            input: row.tuned_input_usd_per_m?,
            cached: row.tuned_cached_input_usd_per_m,
            write: None,
            write_hour: None,
            output: row.tuned_output_usd_per_m?,
            batch_cached: None,
            flex_cached: None,
        };
        Some(TokenPrices {
            base,
            tiers: Vec::new(),
            batch_discount: None,
            batch_stacks: false,
            flex: None,
            priority: None,
            min_cacheable: MIN_CACHEABLE_TOKENS,
            left: 1.0,
        })
    }

    /// All prices times a factor.
    #[must_use]
    pub fn times(&self, factor: f64) -> TokenPrices {
        TokenPrices { left: self.left * factor, ..self.times_each(factor, factor) }
    }

    /// Prices of input and what rests on it times one factor, those of output times another.
    #[must_use]
    pub fn times_each(&self, input: f64, output: f64) -> TokenPrices {
        let mut prices = self.clone();
        prices.base = self.base.times(input, output);
        prices.change_listed(|rates| *rates = rates.times(input, output));
        prices
    }

    /// Change the prices that length tiers list in full; multiples follow the base.
    pub fn change_listed(&mut self, change: impl Fn(&mut Rates)) {
        for tier in &mut self.tiers {
            if let TierTerms::Listed(rates) = &mut tier.terms {
                change(rates);
            }
        }
    }

    /// How many length tiers there are beside the base.
    pub const fn tier_count(&self) -> usize {
        self.tiers.len()
    }

    /// Whether calls fall into the same length tiers, and are long enough for a cache, at other prices too.
    pub fn has_lengths_of(&self, other: &TokenPrices) -> bool {
        self.min_cacheable == other.min_cacheable
            && self
                .tiers
                .iter()
                .map(|tier| tier.above_tokens)
                .eq(other.tiers.iter().map(|tier| tier.above_tokens))
    }

    /// Place of the tier of a call by the length of its input, zero for the base.
    pub fn tier_at(&self, input_tokens: f64) -> usize {
        self.tiers.iter().rposition(|tier| input_tokens > tier.above_tokens).map_or(0, |place| place + 1)
    }

    /// The tier of a call by the length of its input; the base is one above no tokens.
    pub fn at_length(&self, input_tokens: f64) -> LengthTier {
        self.tier(self.tier_at(input_tokens))
    }

    /// The tier at a place; the base at zero.
    pub fn tier(&self, place: usize) -> LengthTier {
        let listed = place.checked_sub(1).and_then(|place| self.tiers.get(place));
        listed.map_or(LengthTier { above_tokens: 0.0, rates: self.base }, |tier| LengthTier {
            above_tokens: tier.above_tokens,
            rates: match tier.terms {
                TierTerms::Multiples { input, output } => self.base.times(input, output),
                TierTerms::Listed(rates) => rates,
            },
        })
    }
}

/// The length tiers of a row: those that it lists, else the one of its threshold and multiples.
fn tiers_of(row: &ApiModel, base: &Rates) -> Vec<StatedTerms> {
    if let Some(listed) = &row.length_tiers {
        return listed
            .iter()
            .map(|tier| {
                // What a tier does not name keeps its ratio to the input price.
                let factor = if base.input > 0.0 { tier.input / base.input } else { 1.0 };
                let kept = base.times(factor, 1.0);
                let rates = Rates {
                    input: tier.input,
                    cached: tier.cached.or(kept.cached),
                    write: tier.write.or(kept.write),
                    output: tier.output,
                    ..kept
                };
                StatedTerms { above_tokens: tier.above_tokens, terms: TierTerms::Listed(rates) }
            })
            .collect();
    }
    let of_threshold = row.long_context_threshold_tokens.map(|above_tokens| {
        let input = row.long_context_input_multiplier.unwrap_or(1.0);
        let output = row.long_context_output_multiplier.unwrap_or(1.0);
        StatedTerms { above_tokens, terms: TierTerms::Multiples { input, output } }
    });
    of_threshold.into_iter().collect()
}
