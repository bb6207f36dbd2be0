//! What to relax where nothing fits: changes of inputs that are tried before they are named.

use crate::domain::assess::{Depth, alone, evaluate_to};
use crate::domain::catalog::{ApiKind, ApiModel, TierClass};
use crate::domain::cost::labels_for;
use crate::domain::evaluation::{Assessment, Reason, Relaxation};
use crate::domain::input::{Evidence, Input, Inputs, Kind, Value, input};
use crate::domain::rules::CostFacts;
use crate::domain::scenario::providers;
use crate::domain::strategy::{ModelRole, Serving, StrategyId};
use crate::domain::workload::api_model;

/// Relaxations that are named.
const MOST_NAMED: usize = 3;
/// What keeps a strategy out may hide something else: so many times it is asked again.
const MOST_ROUNDS: usize = 6;

/// The largest budget that can be stated, US dollars.
const LARGEST_BUDGET: f64 = 1e10;
/// The most text for pretraining that can be stated, tokens.
const MOST_TEXT: f64 = 1e14;

/// Inputs with what they change to.
type Changes = Vec<(&'static str, Value)>;

/// Relaxations that let a strategy in, those first that ask for the fewest changes.
pub fn relaxations(assessments: &[Assessment], inputs: &Inputs) -> Vec<Relaxation> {
    let mut out: Vec<&Assessment> = assessments.iter().filter(|found| !found.survives()).collect();
    crate::order::sort_by_key(&mut out, |found| (found.out.len(), found.rung, found.id));
    let mut found: Vec<Relaxation> =
        out.into_iter().filter_map(|one| search(one, inputs)).take(MOST_NAMED).collect();
    crate::order::sort_by_key(&mut found, |one| (one.wishes(), one.strategy.strategy().rung, one.strategy));
    found
}

/// The bar that the reference would not be said to fail, where nothing is left to try.
pub fn lower_bar(reference: &Assessment) -> Option<Relaxation> {
    let share = reference.quality.share()?;
    Some(Relaxation {
        strategy: reference.id,
        text: format!("{}: a bar of {}", reference.name, crate::format::percent(rounded(share))),
        changes: lower(share),
        waives_policy: false,
    })
}

/// What has been changed so far.
struct Relaxed {
    inputs: Inputs,
    changes: Changes,
    wishes: Vec<String>,
    waives_policy: bool,
}

/// Lift what keeps a strategy out until it survives and there is an answer, or something cannot be lifted.
fn search(assessment: &Assessment, inputs: &Inputs) -> Option<Relaxation> {
    let id = assessment.id;
    let inputs = inputs.clone();
    let mut relaxed = Relaxed { inputs, changes: Vec::new(), wishes: Vec::new(), waives_policy: false };
    // Alone first, which is quick; what keeps it out may have hidden something else.
    for _ in 0..MOST_ROUNDS {
        let (out, cost) = alone(&relaxed.inputs, id);
        if out.is_empty() {
            break;
        }
        relaxed.lift_all(&out, id, cost, None)?;
    }
    for _ in 0..MOST_ROUNDS {
        let evaluation = evaluate_to(&relaxed.inputs, Depth::Decision);
        let found = evaluation.get(id)?;
        let advice = &evaluation.advice;
        if !found.survives() {
            relaxed.lift_all(&found.out, id, None, found.quality.share())?;
        } else if advice.use_now.is_some() || !advice.pilots.is_empty() {
            return Some(Relaxation {
                strategy: id,
                text: format!("{}: {}", assessment.name, relaxed.wishes.join("; ")),
                changes: relaxed.changes,
                waives_policy: relaxed.waives_policy,
            });
        } else {
            let bar = evaluation.get(advice.reference?)?.quality.share()?;
            relaxed.change(lower(bar), Some(format!("a bar of {}", crate::format::percent(rounded(bar)))))?;
        }
    }
    None
}

impl Relaxed {
    fn lift_all(
        &mut self,
        out: &[Reason],
        id: StrategyId,
        cost: Option<CostFacts>,
        share: Option<f64>,
    ) -> Option<()> {
        // What cannot be lifted by itself may go with something else, such as shorter calls.
        let mut lifts_any = false;
        for reason in out {
            let is_policys = self.inputs.policy().is_some_and(|policy| policy.has(&reason.rule));
            let changes = match is_policys {
                true => Some(Vec::new()),
                false => lift(reason, id, cost, share, &self.inputs),
            };
            let lifts = changes.and_then(|changes| self.change(changes, reason.relax.clone())).is_some();
            if is_policys && lifts {
                self.inputs.own_rows = self.inputs.own_rows.with_rules_waived();
                self.waives_policy = true;
            }
            lifts_any |= lifts;
        }
        lifts_any.then_some(())
    }

    /// Take changes over, if there are words for them and the inputs may hold them.
    fn change(&mut self, changes: Changes, wish: Option<String>) -> Option<()> {
        let wish = wish?;
        let holds = |(id, value): &(&str, Value)| input(id).is_some_and(|record| may_hold(record, value));
        if !changes.iter().all(holds) {
            return None;
        }
        for (id, value) in changes {
            let record = input(id)?;
            (record.set)(&mut self.inputs, &value);
            self.changes.retain(|(other, _)| *other != id);
            self.changes.push((id, value));
        }
        if !self.wishes.contains(&wish) {
            self.wishes.push(wish);
        }
        Some(())
    }
}

/// The bar lowered to a measured share, which is then no longer said to fail it.
fn lower(share: f64) -> Changes {
    vec![("required_quality", Value::Number(rounded(share)))]
}

fn rounded(share: f64) -> f64 {
    libm::floor(share * 1_000.0) / 1_000.0
}

/// The changes that lift a reason; `None` where nobody can decide to change it, such as what the task is.
fn lift(
    reason: &Reason,
    id: StrategyId,
    cost: Option<CostFacts>,
    share: Option<f64>,
    inputs: &Inputs,
) -> Option<Changes> {
    let strategy = id.strategy();
    Some(match reason.rule.as_str() {
        "F5" => match inputs.constraints.data_boundary.allows_providers() {
            true => vec![("contracted_providers", Value::Names(with_contracts(reason, inputs)))],
            false => vec![("data_boundary", Value::Choice("any-vendor"))],
        },
        "F6" => vec![
            ("time_to_first_token_s", Value::Blank),
            ("time_per_output_token_ms", Value::Number(10_000.0)),
        ],
        "B1" => vec![("upfront_budget", budget(cost.map(|cost| cost.upfront)))],
        "B2" => vec![("monthly_budget", budget(cost.map(|cost| cost.dearest_month)))],
        "E1" => lower(share?),
        "P4b" => vec![("labels", Value::Number(labels_for(strategy, inputs)))],
        "D2" => vec![("label_method", Value::Choice("people"))],
        "L1" => vec![("permissive_licence_only", Value::Flag(false))],
        "M4a" | "M5a" | "M5b" | "E2" | "E3" => {
            let proof = Evidence::Counted { correct: 10_000, total: 10_000 };
            vec![(strategy.evidence_input(), Value::Evidence(proof))]
        }
        "M4c" => text_to_pretrain(inputs),
        "HT2" if strategy.serving == Serving::TunedAtProvider => vec![("hosted_tuning", row("auto"))],
        "HT2" => vec![other_api_model(id, inputs)?],
        "offer" => vec![("open_model", row("gpt-oss-120b")), ("managed_offer", row("auto"))],
        "context" => shorter_calls(inputs),
        "capacity" => larger_gpus(inputs),
        _ => return None,
    })
}

/// A budget of so much; where that is not known, or more than a budget can be, none.
fn budget(usd: Option<f64>) -> Value {
    let usd = usd.map(libm::ceil).filter(|usd| *usd <= LARGEST_BUDGET);
    usd.map_or(Value::Blank, Value::Number)
}

/// Text enough for the custom model, or for one of the usual size.
fn text_to_pretrain(inputs: &Inputs) -> Changes {
    let needed = |inputs: &Inputs| inputs.models.custom_params * inputs.models.custom_tokens_per_param;
    if needed(inputs) <= MOST_TEXT {
        return vec![("pretraining_tokens", Value::Number(needed(inputs)))];
    }
    let usual = Inputs::default();
    vec![
        ("custom_params", Value::Number(usual.models.custom_params)),
        ("custom_tokens_per_param", Value::Number(usual.models.custom_tokens_per_param)),
        ("pretraining_tokens", Value::Number(needed(&usual))),
    ]
}

fn row(id: &str) -> Value {
    Value::Row(id.to_owned())
}

/// Providers under contract, with the one that the reason names, or all where it names none.
fn with_contracts(reason: &Reason, inputs: &Inputs) -> Vec<String> {
    let mut names = inputs.constraints.contracted_providers.clone();
    let named = reason.text.strip_suffix(" is not under contract");
    match named {
        Some(provider) => names.push(provider.to_owned()),
        None => names = providers(inputs.catalog()),
    }
    crate::order::sort_by(&mut names, Ord::cmp);
    names.dedup();
    names
}

/// A model that is still there, of the same provider and class where there is one.
fn other_api_model(id: StrategyId, inputs: &Inputs) -> Option<(&'static str, Value)> {
    let is_small = id.strategy().model == ModelRole::SmallApi;
    let present = match is_small {
        true => inputs.catalog().api_model(&inputs.models.small_api_model),
        false => api_model(inputs),
    }?;
    let start = inputs.economics.start;
    let other = inputs
        .catalog()
        .api_models
        .iter()
        .filter(|model| model.kind == ApiKind::Chat && model.open_model.is_none())
        .filter(|model| model.retires_on.is_none_or(|date| date.year_month() > start))
        .min_by_key(|model| {
            let rank = |model: &ApiModel| model.tier_class.map_or(u8::MAX, TierClass::tier_rank);
            let classes = rank(model).abs_diff(rank(present));
            (model.provider != present.provider, classes, model.model_id.clone())
        })?;
    Some((if is_small { "small_api_model" } else { "api_model" }, row(&other.model_id)))
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
    changes
}

/// Every GPU and number; where that is so already, models of a usual size.
fn larger_gpus(inputs: &Inputs) -> Changes {
    let models = &inputs.models;
    let pinned = models.serving_gpu != "auto"
        || models.training_gpu != "auto"
        || models.serving_gpu_count.pinned().is_some()
        || models.training_gpu_count.pinned().is_some();
    if pinned {
        return vec![
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
    vec![
        ("open_model", row(&usual.open_model)),
        ("base_model", row(&usual.base_model)),
        ("custom_params", Value::Number(usual.custom_params)),
        ("weight_precision", Value::Choice("auto")),
    ]
}

/// Whether an input may hold a value.
fn may_hold(record: &Input, value: &Value) -> bool {
    match (record.kind, value) {
        (Kind::Number { min, max, .. }, Value::Number(number)) => (min..=max).contains(number),
        _ => true,
    }
}
