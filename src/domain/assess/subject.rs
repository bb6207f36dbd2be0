//! A strategy as rules compare it: filled in from its parts and its cost.

use super::Priced;
use crate::domain::case::Case;
use crate::domain::catalog::{LicenceClass, OpenModel, TierClass};
use crate::domain::cost::{Built, Part, Study, labels_for, labels_missing};
use crate::domain::demand::{calls_per_request, levels};
use crate::domain::evidence::QualityState;
use crate::domain::input::{Inputs, LabelMethod};
use crate::domain::rules::{OnDemand, ReferenceFacts, Subject, TaskFacts};
use crate::domain::strategy::{ModelRole, Strategy, StrategyId};
use crate::domain::units::HOURS_PER_MONTH;
use crate::domain::workload::{labels_needed, labels_needed_for_full};

/// What rules may compare of a strategy: without its cost while that is unknown, without the reference while that
/// is being found.
pub fn subject<'a>(
    study: &'a Study<'_>,
    built: &Built,
    priced: Option<&Priced>,
    reference: Option<ReferenceFacts>,
) -> Subject<'a> {
    let (inputs, strategy) = (study.inputs, built.strategy);
    let state = inputs.quality.state_of(strategy.id);
    Subject {
        inputs,
        task: task_facts(study),
        strategy,
        state,
        clearly_fails: clearly_fails(&state, strategy, inputs),
        lead_weeks: built.lead_weeks,
        retrieves: built.parts.contains(&Part::Retrieval),
        labels_needed: labels_for(strategy, inputs),
        labels_missing: labels_missing(strategy, inputs),
        licence: licence(strategy, study.case),
        tier: tier(strategy.id, study.case),
        cost: priced.map(|priced| priced.facts(study)),
        reference,
        on_demand: OnDemand {
            lora_training_fits: Box::new(|| study.lora_training_fits()),
            api_line_retires: Box::new(|| study.api_line_retires()),
        },
    }
}

fn task_facts(study: &Study) -> TaskFacts {
    let inputs = study.inputs;
    TaskFacts {
        needs_retrieval: study.workload.retrieval,
        labels_to_tune: labels_needed(inputs),
        labels_to_tune_fully: labels_needed_for_full(),
        peak_calls_per_minute: peak_calls_per_minute(study),
        peak_to_mean: peak_to_mean(inputs),
        base_params_b: base(study.case).map(|row| row.params_total_b),
        label_maker_may_see_data: label_maker_may_see_data(study),
    }
}

/// A failed measurement is clear evidence against prompting only after a real attempt; unstated hours count as one.
fn clearly_fails(state: &QualityState, strategy: &Strategy, inputs: &Inputs) -> bool {
    let enough = inputs.team.prompt_effort_before_evidence;
    let tried = inputs.quality.prompt_hours_spent.is_none_or(|hours| hours >= enough);
    state.fails() && (tried || !strategy.is_prompted())
}

/// Calls a minute in the busiest hour of the last month, burst included.
fn peak_calls_per_minute(study: &Study) -> f64 {
    let inputs = study.inputs;
    let growth = study.months.peak_growth.last().copied().unwrap_or(1.0);
    let calls = inputs.work.requests_per_month
        * growth
        * calls_per_request(inputs)
        * (1.0 - inputs.work.deferrable_share);
    calls / HOURS_PER_MONTH / 60.0 * peak_to_mean(inputs) * inputs.work.burst
}

/// The busiest hour of the week over the mean.
fn peak_to_mean(inputs: &Inputs) -> f64 {
    levels(inputs.work.shape).iter().map(|level| level.weight).fold(0.0, f64::max)
}

/// Whether who makes the labels may see the data: people may.
fn label_maker_may_see_data(study: &Study) -> bool {
    match study.inputs.data.label_method {
        LabelMethod::People => true,
        LabelMethod::LargeModel => study.api_model().is_ok_and(|row| study.may_use(&row.provider)),
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
