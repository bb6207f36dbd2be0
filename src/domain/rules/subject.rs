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
