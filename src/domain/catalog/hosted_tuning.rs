//! Offers of providers that tune a base model and serve the result.

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use super::table::filled;
use super::{Confidence, Provenance};
use crate::domain::units::names::{model_name, provider_name};
use crate::domain::units::{Date, YearMonth};

/// How the provider adapts the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum HostedMethod {
    /// Low-rank adapters.
    Lora,
    /// All parameters.
    Full,
    /// Reinforcement from a grader.
    Reinforcement,
}

/// How the tuned model is served and billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ServingMode {
    /// Per token; nothing when idle.
    PerToken,
    /// Per GPU-hour, also when idle; no token price.
    DedicatedEndpoint,
    /// An hourly fee per deployment and token prices.
    Both,
}

/// Whether new tuning jobs are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Availability {
    /// Anyone may start jobs.
    Open,
    /// No new jobs, tuned models are still served.
    ExistingCustomers,
    /// The dates of the end are set.
    Closing,
    /// Over.
    Closed,
}

/// One base model, or size bracket, that a provider tunes and serves.
///
/// Prices are US dollars per million tokens; a blank is unknown or not offered, a written zero is free.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostedTuning {
    /// Who tunes and serves.
    #[serde(deserialize_with = "filled")]
    pub provider: String,
    /// Base model, or the words of a size bracket.
    #[serde(deserialize_with = "filled")]
    pub base_model: String,
    /// How it is tuned; blank: not stated.
    pub method: Option<HostedMethod>,
    /// The bracket starts above this size, billions of parameters.
    pub min_params_b: Option<f64>,
    /// The bracket ends with this size, billions of parameters.
    pub max_params_b: Option<f64>,
    /// Price of training, per token of the set times epochs.
    pub training_usd_per_m_tokens: Option<f64>,
    /// Least charge of a job, US dollars.
    pub min_charge_usd: Option<f64>,
    /// How the result is served.
    pub serving_mode: Option<ServingMode>,
    /// Price of input to the tuned model.
    pub tuned_input_usd_per_m: Option<f64>,
    /// Price of its cached input.
    pub tuned_cached_input_usd_per_m: Option<f64>,
    /// Price of its output.
    pub tuned_output_usd_per_m: Option<f64>,
    /// Price of the endpoint, US dollars per GPU-hour (per deployment-hour where token prices stand beside it).
    pub endpoint_usd_per_hour: Option<f64>,
    /// GPU of the endpoint, a `name` of the GPU table.
    pub endpoint_gpu: Option<String>,
    /// Whether new jobs are accepted.
    pub availability: Availability,
    /// Last day of new jobs.
    pub no_new_jobs_after: Option<Date>,
    /// Last day of serving.
    pub serving_ends_on: Option<Date>,
    /// Where the offer was read.
    #[serde(deserialize_with = "filled")]
    pub source: String,
    /// Month in which the source showed it; blank only in a user's own row.
    pub as_of: Option<YearMonth>,
    /// The weaker of the two below.
    pub confidence: Confidence,
    /// Support of the training price.
    pub training_confidence: Option<Confidence>,
    /// Support of the serving price.
    pub serving_confidence: Option<Confidence>,
    /// What the columns cannot say.
    pub note: Option<String>,
    /// Row of the open-weight table that is the base.
    ///
    /// Added to the facts: it ties the offer to self-hosting the same base.
    pub open_model: Option<String>,
    /// Time to its first token, 95 of 100 calls, seconds; blank: not stated.
    pub time_to_first_token_s: Option<f64>,
    /// Time per output token, 95 of 100 calls, milliseconds; blank: not stated.
    pub time_per_output_token_ms: Option<f64>,
    /// Whether the tokens of a validation set are billed as training tokens; blank: not stated, and taken as yes.
    pub validation_billed: Option<bool>,
}

impl HostedTuning {
    /// Key of the offer: `provider/base model`, and the method where it is stated.
    pub fn id(&self) -> String {
        let base = format!("{}/{}", self.provider, self.base_model);
        match self.method {
            None => base,
            Some(HostedMethod::Lora) => base + "/lora",
            Some(HostedMethod::Full) => base + "/full",
            Some(HostedMethod::Reinforcement) => base + "/reinforcement",
        }
    }

    /// What the offer is called in a sentence: "gpt-4.1 at OpenAI".
    pub fn name(&self) -> String {
        let base = match self.base_model.as_str() {
            "any" => "any base",
            key => model_name(key),
        };
        format!("{base} at {}", provider_name(&self.provider))
    }

    /// Whether the row prices a bracket of sizes that holds so many billions of parameters.
    pub fn covers_size(&self, params_total_b: f64) -> bool {
        let bracketed = self.min_params_b.is_some() || self.max_params_b.is_some();
        bracketed
            && self.min_params_b.is_none_or(|least| params_total_b > least)
            && self.max_params_b.is_none_or(|most| params_total_b <= most)
    }
}

impl Provenance for HostedTuning {
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

#[cfg(test)]
mod tests {
    use crate::domain::catalog::Catalog;

    #[test]
    fn a_size_bracket_covers_its_upper_end_only() {
        let catalog = Catalog::builtin();
        let offer = catalog.hosted_tuning_offer("together/any supported, 17B-69B/lora").unwrap();
        assert!(!offer.covers_size(16.0) && offer.covers_size(32.8) && offer.covers_size(69.0));
        let largest = catalog.hosted_tuning_offer("fireworks/any supported, above 300B/lora").unwrap();
        assert!(largest.covers_size(671.0) && !largest.covers_size(300.0));
        let named = catalog.hosted_tuning_offer("nebius/Llama-3.1-8B/lora").unwrap();
        assert!(!named.covers_size(8.0));
    }
}
