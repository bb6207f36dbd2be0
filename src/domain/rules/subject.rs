//! What rules are held against: one strategy under one scenario, as plain data.

use crate::domain::catalog::LicenceClass;
use crate::domain::evidence::QualityState;
use crate::domain::input::Inputs;
use crate::domain::strategy::{Strategy, StrategyId};

/// Everything the facts are read from; whoever judges a strategy fills it in.
pub struct Subject<'a> {
    /// What the user said.
    pub inputs: &'a Inputs,
    /// What holds for every strategy alike.
    pub task: TaskFacts,
    /// The strategy that is judged.
    pub strategy: &'static Strategy,
    /// What is known of its quality.
    pub state: QualityState,
    /// Measured to fail, after a real attempt where that matters.
    pub clearly_fails: bool,
    /// Whether LoRA of the base is measured to fail the bar.
    pub lora_fails: bool,
    /// Weeks from decision to production, for example 6.5.
    pub lead_weeks: f64,
    /// Whether it has retrieval.
    pub retrieves: bool,
    /// Labelled examples that it needs, for example 100.
    pub labels_needed: f64,
    /// Those of them still to be made.
    pub labels_missing: f64,
    /// How fast the models of providers that serve it are, as stated.
    pub latency: ProviderLatency,
    /// Licence of the weights that serve it; `None` without weights of the catalogue, or where it is unknown.
    pub licence: Option<LicenceClass>,
    /// Strength of its model, higher is stronger; `None` where the catalogue does not rank it.
    pub tier: Option<u8>,
    /// Its cost; `None` while unknown.
    pub cost: Option<CostFacts>,
    /// The reference; `None` while it is being found.
    pub reference: Option<ReferenceFacts>,
    /// What is dear to find and seldom asked for.
    pub on_demand: OnDemand<'a>,
}

/// How fast models of providers are, as the user or their rows state it: 95 of 100 calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProviderLatency {
    /// Time to the first token of the slowest of them that is stated, seconds.
    pub first_token_s: Option<f64>,
    /// Time per output token of the slowest of them that is stated, milliseconds.
    pub output_token_ms: Option<f64>,
    /// Whether the time to the first token is stated of all of them.
    pub first_token_is_known: bool,
}

impl ProviderLatency {
    /// Of nothing that a provider serves.
    pub const NONE: ProviderLatency =
        ProviderLatency { first_token_s: None, output_token_ms: None, first_token_is_known: true };

    /// Of one model.
    pub const fn stated(first_token_s: Option<f64>, output_token_ms: Option<f64>) -> ProviderLatency {
        ProviderLatency { first_token_s, output_token_ms, first_token_is_known: first_token_s.is_some() }
    }

    /// Of two models that both serve: the slower.
    #[must_use]
    pub fn and(self, other: ProviderLatency) -> ProviderLatency {
        let slower = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        ProviderLatency {
            first_token_s: slower(self.first_token_s, other.first_token_s),
            output_token_ms: slower(self.output_token_ms, other.output_token_ms),
            first_token_is_known: self.first_token_is_known && other.first_token_is_known,
        }
    }

    /// Of two models one of which may be taken: the faster, and not stated where one is not.
    #[must_use]
    pub fn or(self, other: ProviderLatency) -> ProviderLatency {
        let faster = |a: Option<f64>, b: Option<f64>| Some(a?.min(b?));
        ProviderLatency {
            first_token_s: faster(self.first_token_s, other.first_token_s),
            output_token_ms: faster(self.output_token_ms, other.output_token_ms),
            first_token_is_known: self.first_token_is_known && other.first_token_is_known,
        }
    }
}

/// What is computed once for a scenario and holds for every strategy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskFacts {
    /// Whether the task needs retrieval.
    pub needs_retrieval: bool,
    /// Labelled examples that tuning needs at least, for example 100.
    pub labels_to_tune: f64,
    /// Labelled examples that tuning all parameters needs at least, for example 10,000.
    pub labels_to_tune_fully: f64,
    /// Calls a minute in the busiest hour of the last month, burst included.
    pub peak_calls_per_minute: f64,
    /// The busiest hour of the week over the mean, for example 3.5.
    pub peak_to_mean: f64,
    /// Size of the base to tune, billions of parameters; `None` where the catalogue does not have it.
    pub base_params_b: Option<f64>,
    /// Whether who makes the labels may see the data.
    pub label_maker_may_see_data: bool,
    /// How fast the API model is, as stated.
    pub api_latency: ProviderLatency,
}

/// Facts that are found when a rule asks for them.
pub struct OnDemand<'a> {
    /// Whether LoRA training of the base fits the GPUs allowed; `None` where the base is unknown.
    pub lora_training_fits: Box<dyn Fn() -> Option<bool> + 'a>,
    /// Whether the API model retires within the horizon.
    pub api_line_retires: Box<dyn Fn() -> bool + 'a>,
}

/// What is known of the reference when the others are judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceFacts {
    /// Which one it is.
    pub id: StrategyId,
    /// What the evidence says of it.
    pub state: QualityState,
    /// Whether it failed after a real attempt, or hopelessly: clear evidence.
    pub fails: bool,
    /// Its token bill over the horizon, US dollars, if known.
    pub tokens_usd: Option<f64>,
    /// Strength of its model: higher is stronger.
    pub tier: Option<u8>,
}

/// What the cost says, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct CostFacts {
    /// What falls due before launch as budgets count it, US dollars.
    pub upfront: f64,
    /// The dearest ordinary month, without migrations and retrains, as budgets count it, US dollars.
    pub dearest_month: f64,
    /// The dearest month with a migration or a retrain as the monthly budget counts it; zero without one, US dollars.
    pub occasional_month: f64,
    /// Total cost of ownership, US dollars.
    pub tco: f64,
    /// Total cost of ownership of one request, US dollars.
    pub per_request: f64,
}
