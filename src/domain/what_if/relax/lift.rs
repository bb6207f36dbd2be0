//! The changes of inputs that lift what keeps a strategy out.

use crate::domain::case::Case;
use crate::domain::catalog::choice::providers;
use crate::domain::catalog::{ApiKind, ApiModel, TierClass, model_name};
use crate::domain::cost::price_path;
use crate::domain::decide::Assessment;
use crate::domain::effort::{custom_params_allowed, labels_needed, pretraining_text_needed};
use crate::domain::evidence::Evidence;
use crate::domain::input::{Input, Inputs, Kind, Value, evidence_input, input};
use crate::domain::strategy::{CannotServe, Exclusion, ModelRole, Routing, RuleRole, StrategyId};
use crate::domain::units::words::count_words;
use crate::domain::workload::{MeasuredSplit, Months, api_model};

/// The largest budget that can be stated, US dollars.
const LARGEST_BUDGET: f64 = 1e10;
/// The most text for pretraining that can be stated, tokens.
const MOST_TEXT: f64 = 1e14;

/// Inputs with what they change to.
pub type Changes = Vec<(&'static str, Value)>;

/// What is known of the strategy that is kept out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// What the budget before launch has to hold, US dollars.
    pub upfront: Option<f64>,
    /// What the monthly budget has to hold, US dollars.
    pub ordinary_month: Option<f64>,
    /// Measured share of right answers.
    pub share: Option<f64>,
}

impl Known {
    /// What was found of a strategy among the others.
    pub fn of(found: &Assessment) -> Known {
        let budget = found.cost.as_ref().ok().map(|cost| &cost.budget);
        Known {
            upfront: budget.map(|budget| budget.upfront),
            ordinary_month: budget.map(|budget| budget.ordinary_month),
            share: found.quality.share(),
        }
    }
}

/// The bar lowered to a measured share, which is then no longer said to fail it.
///
/// A tuned model that is measured on its own task has the bar of that task, where one is stated.
pub fn lower(share: f64, id: StrategyId, inputs: &Inputs) -> Changes {
    let quality = &inputs.quality;
    let has_own = quality.judged_by_task(id) && quality.task_required_quality.is_some();
    let bar = if has_own { "task_required_quality" } else { "required_quality" };
    vec![(bar, Value::Number(rounded(share)))]
}

/// A share as a bar that it is not said to fail.
pub fn rounded(share: f64) -> f64 {
    libm::floor(share * 1_000.0) / 1_000.0
}

/// The changes that lift what keeps a strategy out; `None` where nobody can decide to change it, such as what the
/// task is.
pub fn lift(exclusion: &Exclusion, id: StrategyId, known: Known, case: &Case) -> Option<Changes> {
    let inputs = &case.inputs;
    Some(match exclusion {
        Exclusion::Rule(rule) => return lift_of_role(rule.role?, id, known, inputs),
        Exclusion::NoContract { provider } | Exclusion::NoVendorNamed { provider } => {
            contracts(with_contract(provider, inputs))
        }
        Exclusion::TooFewGpus { needed, .. } => vec![("gpus_at_most", Value::Number(*needed))],
        Exclusion::NoTuningProvider { .. } => contracts(providers(&case.catalog)),
        Exclusion::TuningOffersClosed { .. } => vec![("hosted_tuning", row("auto"))],
        Exclusion::Retired { .. } => vec![other_api_model(id, case)?],
        Exclusion::NoOfferPerToken { .. } => {
            vec![("open_model", row(&Inputs::default().models.open_model)), ("managed_offer", row("auto"))]
        }
        Exclusion::InputTooLong { .. } | Exclusion::OutputTooLong { .. } | Exclusion::CallTooLong { .. } => {
            shorter_calls(inputs)
        }
        Exclusion::LicenceOut { .. } => any_licence(),
        Exclusion::CannotServe(refusal) => match refusal.why {
            CannotServe::ContextTooLong { .. } => shorter_calls(inputs),
            CannotServe::LatencyUnreachable { .. } => no_latency_target(),
            CannotServe::DoesNotFit { .. } | CannotServe::UnknownModelData { .. } => larger_gpus(inputs),
        },
        Exclusion::NotInCatalogue { .. }
        | Exclusion::NoPricedGpu { .. }
        | Exclusion::NoCountAllowed
        | Exclusion::TrainingDoesNotFit { .. }
        | Exclusion::PretrainingDoesNotFit { .. } => larger_gpus(inputs),
    })
}

/// The lift that a rule of the table stands for by its role, if it keeps a strategy out.
fn lift_of_role(role: RuleRole, id: StrategyId, known: Known, inputs: &Inputs) -> Option<Changes> {
    let strategy = id.strategy();
    Some(match role {
        RuleRole::DataBoundary => vec![("data_boundary", Value::Choice("any-vendor"))],
        RuleRole::Latency => no_latency_target(),
        RuleRole::UpfrontBudget => vec![("upfront_budget", budget(known.upfront))],
        RuleRole::MonthlyBudget => vec![("monthly_budget", budget(known.ordinary_month))],
        RuleRole::FailsBar => lower(known.share?, id, inputs),
        RuleRole::Labels => vec![("labels", Value::Number(labels_needed(strategy, inputs)))],
        RuleRole::LabelMaker => vec![("label_method", Value::Choice("people"))],
        RuleRole::Hiring => vec![("hiring_possible", Value::Flag(true))],
        RuleRole::Licence => any_licence(),
        RuleRole::Proof => {
            let proof = Evidence::Counted { correct: 10_000, total: 10_000 };
            vec![(evidence_input(id), Value::Evidence(proof))]
        }
        RuleRole::PretrainingText => text_to_pretrain(inputs),
        // They keep nothing out.
        RuleRole::LabelsLate
        | RuleRole::MeetsBar
        | RuleRole::SpeaksForQuality
        | RuleRole::BringsKnowledge
        | RuleRole::KnowledgeUnstated => return None,
    })
}

/// Time enough for every token.
fn no_latency_target() -> Changes {
    vec![("time_to_first_token_s", Value::Blank), ("time_per_output_token_ms", Value::Number(10_000.0))]
}

/// Weights under any licence.
fn any_licence() -> Changes {
    vec![("permissive_licence_only", Value::Flag(false))]
}

/// These providers under contract.
fn contracts(names: Vec<String>) -> Changes {
    vec![("contracted_providers", Value::Names(names))]
}

/// A budget of so much, in whole dollars as the reason says it; where that is not known, or more than a budget can
/// be, none.
fn budget(usd: Option<f64>) -> Value {
    let usd = usd.map(libm::ceil).filter(|usd| *usd <= LARGEST_BUDGET);
    usd.map_or(Value::Blank, Value::Number)
}

/// A custom model that the text at hand is enough for, in place of more text; with words.
pub fn smaller_custom_model(exclusion: &Exclusion, inputs: &Inputs) -> Option<(&'static str, Value, String)> {
    let Exclusion::Rule(rule) = exclusion else { return None };
    let is_text = rule.role == Some(RuleRole::PretrainingText) && !rule.origin.is_policy();
    let params =
        custom_params_allowed(inputs).filter(|params| is_text && *params < inputs.models.custom_params)?;
    Some((
        "custom_params",
        Value::Number(params),
        format!("a custom model of {} parameters", count_words(params)),
    ))
}

/// Text enough for the custom model, or for one of the usual size.
fn text_to_pretrain(inputs: &Inputs) -> Changes {
    let needed = pretraining_text_needed(inputs);
    if needed <= MOST_TEXT {
        return vec![("pretraining_tokens", Value::Number(needed))];
    }
    let usual = Inputs::default();
    vec![
        ("custom_params", Value::Number(usual.models.custom_params)),
        ("pretraining_tokens", Value::Number(pretraining_text_needed(&usual))),
    ]
}

fn row(id: &str) -> Value {
    Value::Row(id.to_owned())
}

/// Providers under contract, and one more.
fn with_contract(provider: &str, inputs: &Inputs) -> Vec<String> {
    let mut names = inputs.constraints.contracted_providers.clone();
    names.push(provider.to_owned());
    names.sort();
    names.dedup();
    names
}

/// A model that is still there, of the same provider and class where there is one.
fn other_api_model(id: StrategyId, case: &Case) -> Option<(&'static str, Value)> {
    let is_small = id.strategy().model == ModelRole::SmallApi;
    let present = match is_small {
        true => case.catalog.api_model(&case.inputs.models.small_api_model),
        false => api_model(&case.inputs, &case.catalog),
    }?;
    let other = lasting_models(case).min_by_key(|model| {
        let classes = rank(model).abs_diff(rank(present));
        (model.provider != present.provider, classes, model.model_id.clone())
    })?;
    Some((if is_small { "small_api_model" } else { "api_model" }, row(&other.model_id)))
}

/// A model of a provider under contract in place of the one whose provider is not, at least of its class; with words.
pub fn model_under_contract(
    exclusion: &Exclusion,
    id: StrategyId,
    case: &Case,
) -> Option<(&'static str, Value, String)> {
    let Exclusion::NoContract { provider } = exclusion else { return None };
    let inputs = &case.inputs;
    let strategy = id.strategy();
    let has_fallback = strategy.routing == Routing::TunedWithFallback;
    let has_small = strategy.routing == Routing::ByDifficulty || strategy.model == ModelRole::SmallApi;
    let used = [
        (
            "api_model",
            "API model",
            &inputs.models.api_model,
            has_fallback || strategy.model == ModelRole::Api,
        ),
        ("small_api_model", "smaller API model", &inputs.models.small_api_model, has_small),
    ];
    let (input, role, present) = used.into_iter().find_map(|(input, role, model, is_used)| {
        let model = case.catalog.api_model(model)?;
        (is_used && model.provider == *provider).then_some((input, role, model))
    })?;
    let contracts = &inputs.constraints.contracted_providers;
    let other = lasting_models(case)
        .filter(|model| contracts.contains(&model.provider) && model.tier_class >= present.tier_class)
        // One whose price is not known throughout would only hide what it costs.
        .filter(|model| price_path(model, &Months::of(inputs), case).is_ok())
        .min_by_key(|model| (rank(model), model.model_id.clone()))?;
    Some((input, row(&other.model_id), format!("{} as the {role}", model_name(&other.model_id))))
}

/// Chat models of vendors that are there when it starts.
fn lasting_models(case: &Case) -> impl Iterator<Item = &ApiModel> {
    let start = case.inputs.economics.start;
    case.catalog
        .api_models
        .iter()
        .filter(|model| model.kind == ApiKind::Chat && model.open_model.is_none())
        .filter(move |model| model.retires_on.is_none_or(|date| date.year_month() > start))
}

fn rank(model: &ApiModel) -> u8 {
    model.tier_class.map_or(u8::MAX, TierClass::tier_rank)
}

/// Lengths no longer than usual.
fn shorter_calls(inputs: &Inputs) -> Changes {
    let usual = Inputs::default();
    let lengths = [
        "input_tokens",
        "output_tokens",
        "prefix_tokens",
        "retrieved_tokens",
        "length_tail",
        "reasoning_multiplier_api",
        "reasoning_multiplier_small",
        "reasoning_multiplier_open",
        "history_share",
    ];
    let mut changes = Vec::new();
    for record in lengths.into_iter().filter_map(input) {
        let (Value::Number(own), Value::Number(least)) = ((record.get)(inputs), (record.get)(&usual)) else {
            continue;
        };
        if own > least {
            changes.push((record.id, Value::Number(least)));
        }
    }
    changes.extend(no_context_at_once(inputs));
    // Without its output a measured split no longer tells the lengths.
    if MeasuredSplit::of(inputs).is_some() {
        changes.push(("split_output_tokens", Value::Blank));
    }
    changes
}

/// Users at once that fill a call and no more, where they are said to fill another context.
fn no_context_at_once(inputs: &Inputs) -> Option<(&'static str, Value)> {
    inputs.work.context_at_once.map(|_| ("context_at_once", Value::Blank))
}

/// Every GPU and number; where that is so already, models of a usual size.
fn larger_gpus(inputs: &Inputs) -> Changes {
    let models = &inputs.models;
    let pinned = models.serving_gpu != "auto"
        || models.training_gpu != "auto"
        || models.serving_gpu_count.pinned().is_some()
        || models.training_gpu_count.pinned().is_some()
        || !models.allowed_gpus.is_empty()
        || models.gpus_at_most.is_some();
    if pinned {
        return vec![
            ("allowed_gpus", Value::Names(Vec::new())),
            ("gpus_at_most", Value::Blank),
            ("serving_gpu", row("auto")),
            ("serving_gpu_count", Value::Choice("auto")),
            ("training_gpu", row("auto")),
            ("training_gpu_count", Value::Choice("auto")),
            ("weight_precision", Value::Choice("auto")),
            ("serving_gpu_price", Value::Blank),
            ("measured_speed_open", Value::Blank),
            ("measured_speed_tuned", Value::Blank),
            ("measured_hours_qlora", Value::Blank),
            ("measured_hours_lora", Value::Blank),
            ("measured_hours_full", Value::Blank),
            ("measured_mfu", Value::Blank),
            ("measured_memory_open", Value::Blank),
            ("measured_memory_tuned", Value::Blank),
            ("measured_memory_qlora", Value::Blank),
            ("measured_memory_lora", Value::Blank),
            ("measured_memory_full", Value::Blank),
        ];
    }
    let usual = Inputs::default().models;
    let smaller = [
        ("open_model", row(&usual.open_model)),
        ("base_model", row(&usual.base_model)),
        ("custom_params", Value::Number(usual.custom_params)),
        ("weight_precision", Value::Choice("auto")),
    ];
    smaller.into_iter().chain(no_context_at_once(inputs)).collect()
}

/// Whether an input may hold a value.
pub fn may_hold(record: &Input, value: &Value) -> bool {
    match (record.kind, value) {
        (Kind::Number { min, max, .. }, Value::Number(number)) => (min..=max).contains(number),
        _ => true,
    }
}
