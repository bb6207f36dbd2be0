//! Models at API providers: today's list prices and their dated changes.
//!
//! Prices are US dollars per million tokens without tax; a blank is unknown or not offered, never zero.

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use super::length_tiers::LengthTiers;
use super::table::filled;
use super::{Confidence, Provenance};
use crate::domain::units::{Date, YearMonth};

/// What a row of the price table sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum ApiKind {
    /// Text generation with the provider's own weights.
    Chat,
    /// Serving of a model tuned at the provider.
    Tuned,
    /// Text embeddings.
    Embedding,
}

/// Age of a model within its provider's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Generation {
    /// The newest of its kind.
    Current,
    /// One step behind.
    Previous,
    /// Two or more steps behind.
    Older,
}

/// Place of a model in its vendor's ladder at release, a judgement; ordered, the weakest first.
///
/// Open weights count as weaker than any closed class (method §10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum TierClass {
    /// Open weights under 25 billion parameters.
    OpenSmall,
    /// Open weights of 25 to 130 billion parameters.
    OpenMid,
    /// Open weights over 130 billion parameters.
    OpenLarge,
    /// The vendor's small class.
    Small,
    /// The vendor's middle class.
    Mid,
    /// The vendor's flagship.
    Frontier,
    /// A class above the flagship.
    FrontierTop,
}

impl TierClass {
    /// Strength as a number: 0 for the weakest class, higher is stronger.
    pub const fn tier_rank(self) -> u8 {
        self as u8
    }

    /// Class of open weights by their total parameters, in billions (README, `tier_class`).
    pub fn of_open_weights(params_total_b: f64) -> Self {
        match params_total_b {
            small if small < 25.0 => TierClass::OpenSmall,
            mid if mid <= 130.0 => TierClass::OpenMid,
            _ => TierClass::OpenLarge,
        }
    }
}

/// One model id at one provider, with today's list prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiModel {
    /// Who sells it.
    #[serde(deserialize_with = "filled")]
    pub provider: String,
    /// Id as in litellm; unique in the table.
    #[serde(deserialize_with = "filled")]
    pub model_id: String,
    /// What is sold.
    pub kind: ApiKind,
    /// Age within the provider's line.
    pub generation: Generation,
    /// Place in the vendor's ladder; blank for embeddings.
    pub tier_class: Option<TierClass>,
    /// Price of uncached input.
    pub input_usd_per_m: f64,
    /// Price of input read from the cache; blank: bill all input at the input price.
    pub cached_input_usd_per_m: Option<f64>,
    /// Price of input written to the cache, instead of the input price; blank: the input price.
    pub cache_write_usd_per_m: Option<f64>,
    /// Price of output; blank for embeddings, which have none.
    pub output_usd_per_m: Option<f64>,
    /// Share off input and output in a batch; blank: no batch offer known.
    pub batch_discount: Option<f64>,
    /// Listed cached price inside a batch.
    pub batch_cached_input_usd_per_m: Option<f64>,
    /// Whether cached tokens in a batch get the discount too; blank: treat as no.
    pub batch_stacks_with_cache: Option<bool>,
    /// Prompts above this many tokens are billed at the multiples below.
    pub long_context_threshold_tokens: Option<f64>,
    /// Multiple of every input price above the threshold.
    pub long_context_input_multiplier: Option<f64>,
    /// Multiple of the output price above the threshold.
    pub long_context_output_multiplier: Option<f64>,
    /// Shortest prefix that is cached, tokens.
    pub min_cacheable_tokens: Option<f64>,
    /// Longest input, tokens.
    pub max_input_tokens: Option<f64>,
    /// Longest output, tokens.
    pub max_output_tokens: Option<f64>,
    /// Length of the vector; embeddings only.
    pub embedding_dims: Option<f64>,
    /// Last announced day at this provider.
    pub retires_on: Option<Date>,
    /// Replacement named by the vendor, a `model_id` of the same table.
    pub successor_model_id: Option<String>,
    /// Month in which the source showed the prices; blank only in a user's own row.
    pub as_of: Option<YearMonth>,
    /// Support of the prices.
    pub confidence: Confidence,
    /// Where the prices were read.
    #[serde(deserialize_with = "filled")]
    pub source: String,
    /// Where the batch terms were read.
    pub batch_source: Option<String>,
    /// What the columns cannot say.
    pub note: Option<String>,
    /// Row of the open-weight table whose very weights are served here.
    ///
    /// Added to the facts: it ties a managed offer to self-hosting the same configuration.
    pub open_model: Option<String>,
    /// Time to its first token, 95 of 100 calls, seconds; blank: not stated.
    pub time_to_first_token_s: Option<f64>,
    /// Time per output token, 95 of 100 calls, milliseconds; blank: not stated.
    pub time_per_output_token_ms: Option<f64>,
    /// Price of input written to the cache for an hour, where that is sold; blank: not sold, or not known.
    pub cache_write_1h_usd_per_m: Option<f64>,
    /// Prices by length of the input; given, they take the place of threshold and multiples.
    pub length_tiers: Option<LengthTiers>,
    /// Price in the flex tier as a share of the standard price; blank: not sold, or not known.
    pub flex_multiplier: Option<f64>,
    /// Listed price of input read from the cache in the flex tier; blank: the same share of the cached price.
    pub flex_cached_input_usd_per_m: Option<f64>,
    /// Price in the priority tier as a multiple of the standard price; blank: not sold, or not known.
    pub priority_multiplier: Option<f64>,
    /// Where the terms of flex and priority were read.
    pub tier_source: Option<String>,
    /// Price of a unit of provisioned throughput, US dollars an hour; blank: not sold, or not known.
    pub provisioned_usd_per_unit_hour: Option<f64>,
    /// Tokens a minute that a unit takes, counted as input.
    pub provisioned_tokens_per_minute: Option<f64>,
    /// Tokens of input that a token of output counts as; blank: one.
    pub provisioned_output_weight: Option<f64>,
    /// Fewest units that are sold; blank: one.
    pub provisioned_min_units: Option<f64>,
    /// Months for which units are bought at a time; blank: one.
    pub provisioned_commitment_months: Option<f64>,
    /// Price of a seat, US dollars for each user and month; blank: not sold, or not known.
    pub seat_usd_per_month: Option<f64>,
    /// Requests that a seat includes each month.
    pub seat_requests_per_month: Option<f64>,
    /// What happens beyond them; blank: it stops.
    pub seat_beyond: Option<SeatBeyond>,
}

/// What happens to requests beyond what seats include.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SeatBeyond {
    /// They are billed per token.
    PerToken,
    /// They are refused, so more work takes more seats.
    Stopped,
}

impl Provenance for ApiModel {
    fn source(&self) -> &str {
        &self.source
    }

    fn as_of(&self) -> Option<YearMonth> {
        self.as_of
    }

    fn confidence(&self) -> Confidence {
        self.confidence
    }
}

/// Whether a price has been charged or is only announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PriceStatus {
    /// In force on or before the catalogue's date.
    Past,
    /// Announced for a later date.
    Announced,
}

/// The price of one model id from one date on, until the next row of the same id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceChange {
    /// Who sells it.
    #[serde(deserialize_with = "filled")]
    pub provider: String,
    /// Id in the price table.
    #[serde(deserialize_with = "filled")]
    pub model_id: String,
    /// First day of the price; blank: from launch.
    pub valid_from: Option<Date>,
    /// Price of uncached input.
    pub input_usd_per_m: f64,
    /// Price of input read from the cache.
    pub cached_input_usd_per_m: Option<f64>,
    /// Price of output.
    pub output_usd_per_m: f64,
    /// Past or announced.
    pub status: PriceStatus,
    /// Where the change was read.
    #[serde(deserialize_with = "filled")]
    pub source: String,
    /// Month in which the source showed it.
    pub as_of: YearMonth,
    /// Support of the price.
    pub confidence: Confidence,
    /// What the columns cannot say.
    pub note: Option<String>,
}

impl Provenance for PriceChange {
    fn source(&self) -> &str {
        &self.source
    }

    fn as_of(&self) -> Option<YearMonth> {
        Some(self.as_of)
    }

    fn confidence(&self) -> Confidence {
        self.confidence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_weights_rank_below_every_closed_class() {
        let ladder = [
            TierClass::OpenSmall,
            TierClass::OpenMid,
            TierClass::OpenLarge,
            TierClass::Small,
            TierClass::Mid,
            TierClass::Frontier,
            TierClass::FrontierTop,
        ];
        assert!(ladder.is_sorted());
        assert!(ladder.map(TierClass::tier_rank).is_sorted());
    }

    #[test]
    fn open_weights_are_classed_by_total_parameters() {
        assert_eq!(TierClass::of_open_weights(24.9), TierClass::OpenSmall);
        assert_eq!(TierClass::of_open_weights(25.0), TierClass::OpenMid);
        assert_eq!(TierClass::of_open_weights(130.0), TierClass::OpenMid);
        assert_eq!(TierClass::of_open_weights(671.0), TierClass::OpenLarge);
    }
}
