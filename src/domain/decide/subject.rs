//! A strategy as rules compare it: filled in from its parts and its cost.

use crate::domain::case::Case;
use crate::domain::catalog::{LicenceClass, OpenModel, TierClass};
use crate::domain::cost::{Costed, Setting};
use crate::domain::effort::{Part, labels_missing, labels_needed, labels_to_tune, labels_to_tune_fully};
use crate::domain::evidence::QualityState;
use crate::domain::input::{Inputs, LabelMethod};
use crate::domain::rules::{CostFacts, OnDemand, ReferenceFacts, Subject, TaskFacts};
use crate::domain::strategy::{ModelRole, Strategy, StrategyId};
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
    let state = setting.quality_of(strategy.id);
    Subject {
        inputs,
        task: task_facts(setting),
        strategy,
        state,
        clearly_fails: clearly_fails(&state, strategy, inputs),
        lead_weeks: costed.lead_weeks,
        retrieves: costed.parts.contains(&Part::Retrieval),
        labels_needed: labels_needed(strategy, inputs),
        labels_missing: labels_missing(strategy, inputs),
        licence: licence(strategy, setting.case),
        tier: tier(strategy.id, setting.case),
        cost,
        reference,
        lora_fails: setting.quality_of(StrategyId::Lora).fails(),
        on_demand: OnDemand {
            lora_training_fits: Box::new(|| setting.lora_training_fits()),
            api_line_retires: Box::new(|| setting.api_line_retires()),
        },
    }
}

fn task_facts(setting: &Setting) -> TaskFacts {
    let inputs = setting.inputs;
    TaskFacts {
        needs_retrieval: setting.workload.retrieval,
        labels_to_tune: labels_to_tune(inputs),
        labels_to_tune_fully: labels_to_tune_fully(inputs),
        peak_calls_per_minute: peak_calls_per_minute(setting),
        peak_to_mean: peak_weight(inputs.work.shape),
        base_params_b: base(setting.case).map(|row| row.params_total_b),
        label_maker_may_see_data: label_maker_may_see_data(setting),
    }
}

/// A failed measurement is clear evidence against prompting only after a real attempt, or where it is hopeless;
/// unstated hours count as a real attempt.
fn clearly_fails(state: &QualityState, strategy: &Strategy, inputs: &Inputs) -> bool {
    let enough = inputs.team.prompt_effort_before_evidence;
    let tried = inputs.quality.prompt_hours_spent.is_none_or(|hours| hours >= enough);
    let is_hopeless = state.is_hopeless(inputs.quality.required_quality);
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
