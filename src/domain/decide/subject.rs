//! A strategy as rules compare it: filled in from its parts and its cost.

use crate::domain::case::Case;
use crate::domain::catalog::{ApiModel, LicenceClass, OpenModel, TierClass};
use crate::domain::cost::{Costed, Offer, Setting, quality_of};
use crate::domain::effort::{labels_missing, labels_needed, labels_to_tune, labels_to_tune_fully};
use crate::domain::evidence::QualityState;
use crate::domain::input::{Inputs, LabelMethod};
use crate::domain::rules::{CostFacts, OnDemand, ProviderLatency, ReferenceFacts, Subject, TaskFacts};
use crate::domain::strategy::{ModelRole, Routing, Serving, Strategy, StrategyId};
use crate::domain::units::HOURS_PER_MONTH;
use crate::domain::workload::{calls_per_request, peak_weight};

/// What rules may compare of a strategy: without its cost while that is unknown, without the reference while that
/// is being found.
pub fn subject<'a>(
    setting: &'a Setting<'_>,
    costed: &Costed,
    cost: Option<CostFacts>,
    reference: Option<ReferenceFacts>,
) -> Subject<'a> {
    let (inputs, strategy) = (setting.inputs, costed.strategy);
    let state = quality_of(setting, strategy.id);
    Subject {
        inputs,
        task: task_facts(setting),
        strategy,
        state,
        clearly_fails: clearly_fails(&state, strategy, inputs),
        lead_weeks: costed.lead_weeks,
        retrieves: costed.retrieves(),
        labels_needed: labels_needed(strategy, inputs),
        labels_missing: labels_missing(strategy, inputs),
        latency: latency(setting, costed),
        licence: licence(strategy, setting.case),
        tier: tier(strategy.id, setting.case),
        cost,
        reference,
        lora_fails: quality_of(setting, StrategyId::Lora).fails(),
        on_demand: OnDemand {
            lora_training_fits: Box::new(|| setting.lora_training_fits()),
            api_line_retires: Box::new(|| setting.api_line_retires()),
        },
    }
}

fn task_facts(setting: &Setting) -> TaskFacts {
    let inputs = setting.inputs;
    TaskFacts {
        needs_retrieval: setting.needs_retrieval(),
        labels_to_tune: labels_to_tune(inputs),
        labels_to_tune_fully: labels_to_tune_fully(inputs),
        peak_calls_per_minute: peak_calls_per_minute(setting),
        peak_to_mean: peak_weight(inputs.work.shape),
        base_params_b: base(setting.case).map(|row| row.params_total_b),
        label_maker_may_see_data: label_maker_may_see_data(setting),
        api_latency: setting.api_model().map_or(ProviderLatency::NONE, |row| latency_of(row, inputs)),
    }
}

/// A failed measurement is clear evidence against prompting only after a real attempt, or where it is hopeless;
/// unstated hours count as a real attempt.
pub(super) fn clearly_fails(state: &QualityState, strategy: &Strategy, inputs: &Inputs) -> bool {
    let enough = inputs.team.prompt_effort_before_evidence;
    let tried = inputs.quality.prompt_hours_spent.is_none_or(|hours| hours >= enough);
    let is_hopeless = state.is_hopeless(inputs.quality.bar_of(strategy.id));
    state.fails() && (tried || is_hopeless || !strategy.is_prompted())
}

/// Calls a minute in the busiest hour of the last month, burst included.
fn peak_calls_per_minute(setting: &Setting) -> f64 {
    let inputs = setting.inputs;
    let growth = setting.months.peak_growth.last().copied().unwrap_or(1.0);
    let calls = inputs.work.requests_per_month
        * growth
        * calls_per_request(inputs)
        * (1.0 - inputs.work.deferrable_share);
    calls / HOURS_PER_MONTH / 60.0 * peak_weight(inputs.work.shape) * inputs.work.burst
}

/// Whether who makes the labels may see the data: people may.
fn label_maker_may_see_data(setting: &Setting) -> bool {
    match setting.inputs.data.label_method {
        LabelMethod::People => true,
        LabelMethod::LargeModel => setting.api_model().is_ok_and(|row| setting.may_use(&row.provider)),
    }
}

/// How fast the models of providers that serve a strategy are; of several offers the fastest may be taken.
fn latency(setting: &Setting, costed: &Costed) -> ProviderLatency {
    let strategy = costed.strategy;
    let unknown = ProviderLatency::stated(None, None);
    let of_row =
        |row: Result<&ApiModel, _>| row.map_or(unknown, |row: &ApiModel| latency_of(row, setting.inputs));
    let of_offer = |offer: &Offer| match offer {
        Offer::PerToken(calls) => latency_of(calls.row, setting.inputs),
        Offer::Tuned(tuned) => {
            ProviderLatency::stated(tuned.row.time_to_first_token_s, tuned.row.time_per_output_token_ms)
        }
    };
    match strategy.serving {
        Serving::ProviderApi if strategy.routing == Routing::ByDifficulty => {
            of_row(setting.api_model()).and(of_row(setting.small_api_model()))
        }
        Serving::ProviderApi if strategy.model == ModelRole::SmallApi => of_row(setting.small_api_model()),
        Serving::ProviderApi => of_row(setting.api_model()),
        Serving::ManagedOpen | Serving::TunedAtProvider => {
            costed.operation.offers.iter().map(of_offer).reduce(ProviderLatency::or).unwrap_or(unknown)
        }
        Serving::OwnGpus if strategy.routing == Routing::TunedWithFallback => of_row(setting.api_model()),
        Serving::OwnGpus => ProviderLatency::NONE,
    }
}

/// How fast a model is, as the user states it of the API model, else as its row does.
fn latency_of(row: &ApiModel, inputs: &Inputs) -> ProviderLatency {
    let constraints = &inputs.constraints;
    let is_chosen = row.model_id == inputs.models.api_model;
    let stated = |own: Option<f64>, of_row: Option<f64>| own.filter(|_| is_chosen).or(of_row);
    ProviderLatency::stated(
        stated(constraints.provider_time_to_first_token_s, row.time_to_first_token_s),
        stated(constraints.provider_time_per_output_token_ms, row.time_per_output_token_ms),
    )
}

fn base(case: &Case) -> Option<&OpenModel> {
    case.catalog.open_model(&case.inputs.models.base_model)
}

/// Licence of the weights that serve a strategy.
fn licence(strategy: &Strategy, case: &Case) -> Option<LicenceClass> {
    let weights = match strategy.model {
        ModelRole::Open => case.catalog.open_model(&case.inputs.models.open_model),
        ModelRole::Base => base(case),
        ModelRole::Api | ModelRole::SmallApi | ModelRole::Custom => None,
    };
    weights?.licence_class
}

/// Strength of the model that answers: higher is stronger; `None` where the catalogue does not rank it.
pub fn tier(strategy: StrategyId, case: &Case) -> Option<u8> {
    let (inputs, catalog) = (&case.inputs, &case.catalog);
    let api = |id: &str| catalog.api_model(id).and_then(|row| row.tier_class).map(|class| class.tier_rank());
    let open = |id: &str| {
        catalog.open_model(id).map(|row| TierClass::of_open_weights(row.params_total_b).tier_rank())
    };
    match strategy.strategy().model {
        ModelRole::Api => api(&inputs.models.api_model),
        ModelRole::SmallApi => api(&inputs.models.small_api_model),
        ModelRole::Open => open(&inputs.models.open_model),
        ModelRole::Base | ModelRole::Custom => None,
    }
}
