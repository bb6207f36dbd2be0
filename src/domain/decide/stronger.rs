//! The next stronger models, prompted as the one that fails is, each with what it would cost to run.

use super::choose::Choice;
use super::comparison::Comparison;
use super::pilot::{Pilot, StrongerModel};
use super::screen::alone;
use super::trial::over_budget;
use super::trial_cost::{TrialCost, TrialItem};
use crate::domain::case::Case;
use crate::domain::catalog::{ApiKind, TierClass};
use crate::domain::effort::re_evaluation_hours;
use crate::domain::evidence::Evidence;
use crate::domain::input::{Inputs, Value, input};
use crate::domain::strategy::{ModelRole, StrategyId};

/// Open models of one class that are tried, the smallest first: each is a search over all GPUs.
const MOST_OPEN_OF_A_CLASS: usize = 3;

/// A model that would serve.
struct Step {
    model: String,
    class: TierClass,
    tco: f64,
}

/// The cheapest model that is stronger than the one that fails, then the cheapest that is stronger than that, and so on.
///
/// Only what is possible and within every budget, as if it stood alone: its cost is known.
pub fn steps(comparison: &Comparison, choice: &Choice) -> Vec<Pilot> {
    let Some(failing) = choice.reference.filter(|id| id.strategy().is_prompted()) else { return Vec::new() };
    let hours = re_evaluation_hours(comparison.inputs);
    let usd = hours * comparison.inputs.team.hourly_rate;
    let line = TrialCost { item: TrialItem::ReEvaluation { hours }, usd };
    let is_provable = comparison.inputs.quality.required_quality < 1.0;
    if !is_provable || comparison.inputs.quality.no_base_covers || over_budget(comparison, &[line]).is_some()
    {
        return Vec::new();
    }
    let Some(input) = input_of(failing) else { return Vec::new() };
    let of_step = |step: Step| Pilot {
        strategy: failing,
        stronger_model: Some(StrongerModel { input, model: step.model }),
        cost: line.usd,
        cost_lines: vec![line],
        tco: step.tco,
        saving: None,
        break_even_chance: None,
        needs_share: None,
    };
    ladder(stronger(comparison, failing, input)).into_iter().map(of_step).collect()
}

/// The input that names the model of a prompted strategy.
fn input_of(strategy: StrategyId) -> Option<&'static str> {
    match strategy.strategy().model {
        ModelRole::Api => Some("api_model"),
        ModelRole::SmallApi => Some("small_api_model"),
        ModelRole::Open => Some("open_model"),
        ModelRole::Base | ModelRole::Custom => None,
    }
}

/// The cheapest, then the cheapest stronger than it, and so on.
fn ladder(mut all: Vec<Step>) -> Vec<Step> {
    all.sort_by(|a, b| a.tco.total_cmp(&b.tco).then(b.class.cmp(&a.class)).then(a.model.cmp(&b.model)));
    let mut steps: Vec<Step> = Vec::new();
    for step in all {
        if steps.last().is_none_or(|last| step.class > last.class) {
            steps.push(step);
        }
    }
    steps
}

/// Every stronger model that could serve, with its cost.
fn stronger(comparison: &Comparison, failing: StrategyId, input: &'static str) -> Vec<Step> {
    let case = comparison.setting.case;
    let Some(present) = class_of(failing, case) else { return Vec::new() };
    let priced = |(model, class): (String, TierClass)| {
        let alone = alone(&with_model(case, failing, input, &model), failing);
        let tco = alone.cost.filter(|_| alone.survives())?.tco;
        Some(Step { model, class, tco })
    };
    rows(failing, case).into_iter().filter(|(_, class)| *class > present).filter_map(priced).collect()
}

/// Models of the same kind with their classes, retired ones included.
fn rows(failing: StrategyId, case: &Case) -> Vec<(String, TierClass)> {
    if failing.strategy().model == ModelRole::Open {
        return open_rows(case);
    }
    let chat =
        case.catalog.api_models.iter().filter(|row| row.kind == ApiKind::Chat && row.open_model.is_none());
    chat.filter_map(|row| Some((row.model_id.clone(), row.tier_class?))).collect()
}

fn open_rows(case: &Case) -> Vec<(String, TierClass)> {
    let mut rows: Vec<_> = case.catalog.open_models.iter().collect();
    rows.sort_by(|a, b| a.params_total_b.total_cmp(&b.params_total_b).then(a.model.cmp(&b.model)));
    let mut counts = [0_usize; 3];
    let mut kept = Vec::new();
    for row in rows {
        let class = TierClass::of_open_weights(row.params_total_b);
        let Some(count) = counts.get_mut(usize::from(class.tier_rank())) else { continue };
        *count += 1;
        if *count <= MOST_OPEN_OF_A_CLASS {
            kept.push((row.model.clone(), class));
        }
    }
    kept
}

/// Class of the model that a prompted strategy uses.
fn class_of(strategy: StrategyId, case: &Case) -> Option<TierClass> {
    let models = &case.inputs.models;
    let api = |id: &str| case.catalog.api_model(id).and_then(|row| row.tier_class);
    match strategy.strategy().model {
        ModelRole::Api => api(&models.api_model),
        ModelRole::SmallApi => api(&models.small_api_model),
        ModelRole::Open => case
            .catalog
            .open_model(&models.open_model)
            .map(|row| TierClass::of_open_weights(row.params_total_b)),
        ModelRole::Base | ModelRole::Custom => None,
    }
}

/// The case with another model, of which nothing is measured, negotiated or stated.
fn with_model(case: &Case, failing: StrategyId, id: &'static str, model: &str) -> Case {
    case.edited(|inputs| change_model(inputs, failing, id, model))
}

/// Choose another model for a prompted strategy; what was said of the one before does not hold for it.
pub fn change_model(inputs: &mut Inputs, failing: StrategyId, id: &'static str, model: &str) {
    if let Some(record) = input(id) {
        (record.set)(inputs, &Value::Row(model.to_owned()));
    }
    let quality = &mut inputs.quality;
    match failing.strategy().model {
        ModelRole::Api => {
            quality.evidence_prompt = Evidence::Untested;
            quality.evidence_rag = Evidence::Untested;
            inputs.models.api_input_price = None;
            inputs.models.api_output_price = None;
            inputs.constraints.provider_time_to_first_token_s = None;
            inputs.constraints.provider_time_per_output_token_ms = None;
        }
        ModelRole::SmallApi => quality.evidence_small = Evidence::Untested,
        ModelRole::Open => {
            quality.evidence_open = Evidence::Untested;
            inputs.models.measured_speed_open = None;
            inputs.models.measured_memory_open = None;
        }
        ModelRole::Base | ModelRole::Custom => {}
    }
}
