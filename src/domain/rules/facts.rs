//! The facts that rules may compare: named, each read from the inputs, the strategy or its cost.

use crate::domain::catalog::LicenceClass;
use crate::domain::cost::{Built, Part, Study, labels_for, labels_missing};
use crate::domain::demand::{Months, calls_per_request, levels};
use crate::domain::evidence::QualityState;
use crate::domain::input::{FailureMode, Inputs, Skill, Stage};
use crate::domain::quantity::HOURS_PER_MONTH;
use crate::domain::strategy::{ModelRole, StrategyId};
use crate::domain::workload::{labels_needed, labels_needed_for_full};

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FactValue {
    /// A number in the unit its label names.
    Number(f64),
    /// The id of a choice.
    Text(&'static str),
    /// Yes or no.
    Flag(bool),
    /// Not said or not known: no condition on it holds.
    Unknown,
}

/// What is known of the reference when the others are judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceFacts {
    /// Which one it is.
    pub id: StrategyId,
    /// What the evidence says of it.
    pub state: QualityState,
    /// Whether it failed after a real attempt: clear evidence.
    pub fails: bool,
    /// Its token bill over the horizon, US dollars, if known.
    pub tokens_usd: Option<f64>,
    /// Strength of its model: higher is stronger.
    pub tier: Option<u8>,
}

/// What the cost says, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct CostFacts {
    /// One-offs, hardware purchase included, US dollars.
    pub upfront: f64,
    /// Dearest month, US dollars.
    pub dearest_month: f64,
    /// Total cost of ownership, US dollars.
    pub tco: f64,
}

/// Everything the facts are read from.
pub struct Subject<'a, 'b> {
    /// The inputs and what is shared.
    pub study: &'a Study<'b>,
    /// The strategy that is judged.
    pub built: &'a Built<'b>,
    /// What is known of its quality.
    pub state: QualityState,
    /// Measured to fail, after a real attempt where that matters.
    pub clearly_fails: bool,
    /// Its cost; `None` while unknown.
    pub cost: Option<CostFacts>,
    /// The reference; `None` while it is being found.
    pub reference: Option<ReferenceFacts>,
}

/// A fact: its name in rules, its reading in words, and how to find it.
pub struct Fact {
    /// Name in rules.
    pub id: &'static str,
    /// Plain reading, for conditions shown in the page.
    pub label: &'static str,
    /// Find it.
    pub read: fn(&Subject) -> FactValue,
}

const fn fact(id: &'static str, label: &'static str, read: fn(&Subject) -> FactValue) -> Fact {
    Fact { id, label, read }
}

use FactValue::{Flag, Number, Text, Unknown};

fn inputs<'a>(subject: &Subject<'_, 'a>) -> &'a Inputs {
    subject.study.inputs
}

fn optional(number: Option<f64>) -> FactValue {
    number.map_or(Unknown, Number)
}

/// Every fact.
pub const FACTS: &[Fact] = &[
    fact("task", "kind of task", |s| Text(inputs(s).work.task.id())),
    fact("general_purpose", "the task is general-purpose", |s| {
        Flag(inputs(s).work.task.is_general_purpose())
    }),
    fact("specialisation", "specialisation of the language", |s| Text(inputs(s).work.specialisation.id())),
    fact("strict_format", "strict format or style", |s| Flag(inputs(s).work.strict_format)),
    fact("diverse_inputs", "diverse inputs or broad knowledge", |s| Flag(inputs(s).work.diverse_inputs)),
    fact("failure_mode", "what goes wrong", |s| Text(inputs(s).work.failure_mode.id())),
    fact("mixed_difficulty", "easy and hard requests can be told apart", |s| {
        Flag(inputs(s).work.mixed_difficulty)
    }),
    fact("hard_share", "share of hard requests", |s| Number(inputs(s).work.hard_share)),
    fact("task_share", "this task's share of broader traffic", |s| optional(inputs(s).work.task_share)),
    fact("tasks", "tasks on one base", |s| Number(inputs(s).work.tasks)),
    fact("prefix_tokens", "instructions and examples, tokens", |s| Number(inputs(s).work.prefix_tokens)),
    fact("requests", "requests a month", |s| Number(inputs(s).work.requests_per_month)),
    fact("prototype", "stage is prototype or MVP", |s| Flag(inputs(s).constraints.stage == Stage::Prototype)),
    fact("launch_weeks", "weeks until launch", |s| optional(inputs(s).constraints.launch_weeks)),
    fact("lead_weeks", "weeks to build it", |s| Number(s.built.lead_weeks)),
    fact("late", "it takes longer to build than the launch allows", |s| {
        inputs(s).constraints.launch_weeks.map_or(Unknown, |weeks| Flag(s.built.lead_weeks > weeks))
    }),
    fact("boundary", "where the data may go", |s| Text(inputs(s).constraints.data_boundary.id())),
    fact("uses_provider", "a provider sees the data", |s| Flag(s.built.strategy.uses_provider())),
    fact("regulated", "regulated use", |s| Flag(inputs(s).constraints.regulated)),
    fact("round_the_clock", "must run round the clock", |s| Flag(inputs(s).constraints.round_the_clock)),
    fact("on_call", "somebody is on call", |s| Flag(inputs(s).team.on_call)),
    fact("no_skill", "no experience in running models", |s| {
        Flag(inputs(s).team.self_hosting_skill == Skill::None)
    }),
    fact("permissive_only", "only permissive licences", |s| {
        Flag(inputs(s).constraints.permissive_licence_only)
    }),
    fact("licence_permissive", "its weights have a permissive licence", licence_permissive),
    fact("labels", "labelled examples at hand", |s| Number(inputs(s).data.labels)),
    fact("labels_needed", "labelled examples it needs", |s| Number(labels_for(s.built.strategy, inputs(s)))),
    fact("labels_enough", "labels at hand reach the guide's minimum", |s| {
        Flag(inputs(s).data.labels >= labels_needed(inputs(s)))
    }),
    fact("labels_missing", "labels still to make", |s| Number(labels_missing(s.built.strategy, inputs(s)))),
    fact("labels_obtainable", "more labels can be had", |s| Flag(inputs(s).data.labels_obtainable)),
    fact("labels_late", "the missing labels are not there by the launch", |s| {
        let weeks = labels_missing(s.built.strategy, inputs(s)) / inputs(s).data.labels_per_week;
        inputs(s).constraints.launch_weeks.map_or(Unknown, |launch| Flag(weeks > launch))
    }),
    fact("large_dataset", "10,000 labels or more", |s| {
        Flag(inputs(s).data.labels >= labels_needed_for_full())
    }),
    fact("far_from_pretraining", "the task is far from pretraining", |s| {
        Flag(inputs(s).quality.far_from_pretraining)
    }),
    fact("maximum_quality", "maximum quality is worth any price", |s| {
        Flag(inputs(s).quality.maximum_quality)
    }),
    fact("no_base_covers", "no existing model covers language or domain", |s| {
        Flag(inputs(s).quality.no_base_covers)
    }),
    fact("pretraining_enough", "there is text enough to pretrain", |s| {
        let needed = inputs(s).models.custom_params * inputs(s).models.custom_tokens_per_param;
        Flag(inputs(s).data.pretraining_tokens >= needed)
    }),
    fact("retrieval", "the task needs retrieval", |s| Flag(s.study.workload.retrieval)),
    fact("retrieves", "it has retrieval", |s| Flag(s.built.parts.contains(&Part::Retrieval))),
    fact("knowledge", "knowledge to look up, tokens", |s| Number(inputs(s).data.knowledge_tokens)),
    fact("knowledge_change_per_retrain", "knowledge that changes between retrains", |s| {
        Number(inputs(s).data.knowledge_change_per_month * inputs(s).team.retrain_interval)
    }),
    fact("citations", "answers must cite their source", |s| Flag(inputs(s).data.citations_needed)),
    fact("missing_knowledge_and_behaviour", "knowledge is missing and behaviour is wrong", |s| {
        Flag(inputs(s).work.failure_mode == FailureMode::Both)
    }),
    fact("lora_training_fits", "LoRA training fits the allowed GPUs", |s| {
        s.study.lora_training_fits().map_or(Unknown, Flag)
    }),
    fact("lora_fails", "LoRA is measured to fail", |s| {
        Flag(QualityState::of(inputs(s).quality.evidence_lora, inputs(s).quality.required_quality).fails())
    }),
    fact("measured", "it is measured", |s| {
        Flag(s.state.is_measured() || s.state == QualityState::AssumedEqual)
    }),
    // Evidence is disregarded while the reference is being found.
    fact("fails", "it is measured to fail the bar", |s| {
        s.reference.map_or(Unknown, |_| Flag(s.clearly_fails))
    }),
    fact("reference_meets", "the reference is measured to meet the bar", |s| {
        s.reference.map_or(Unknown, |r| Flag(r.state.meets()))
    }),
    fact("reference_fails", "the reference fails after a real attempt", |s| {
        s.reference.map_or(Unknown, |r| Flag(r.fails))
    }),
    fact("is_reference", "it is the reference", |s| {
        s.reference.map_or(Unknown, |r| Flag(r.id == s.built.strategy.id))
    }),
    fact("weaker", "its model is weaker than the reference's", weaker),
    fact("served_by_reference", "the reference's model serves part of it", |s| {
        let routed = matches!(s.built.strategy.id, StrategyId::Route | StrategyId::LoraRoute);
        s.reference.map_or(Unknown, |r| Flag(routed && matches!(r.id, StrategyId::Prompt | StrategyId::Rag)))
    }),
    fact("tco_below_reference_tokens", "its total cost is below the reference's token bill", |s| {
        match (s.cost, s.reference.and_then(|r| r.tokens_usd)) {
            (Some(cost), Some(tokens)) => Flag(cost.tco < tokens),
            _ => Unknown,
        }
    }),
    fact("over_upfront_budget", "one-offs above the budget before launch", |s| {
        match (s.cost, inputs(s).constraints.upfront_budget) {
            (Some(cost), Some(budget)) => Flag(cost.upfront > budget),
            _ => Unknown,
        }
    }),
    fact("over_monthly_budget", "dearest month above the monthly budget", |s| {
        match (s.cost, inputs(s).constraints.monthly_budget) {
            (Some(cost), Some(budget)) => Flag(cost.dearest_month > budget),
            _ => Unknown,
        }
    }),
    fact("upfront_usd", "one-offs, US dollars", |s| optional(s.cost.map(|cost| cost.upfront))),
    fact("dearest_month_usd", "dearest month, US dollars", |s| {
        optional(s.cost.map(|cost| cost.dearest_month))
    }),
    fact("provider_too_slow", "the provider's stated latency misses the target", provider_too_slow),
    fact(
        "provider_latency_unstated",
        "there is a first-token target and the provider's latency is not stated",
        |s| {
            let constraints = &inputs(s).constraints;
            Flag(
                constraints.time_to_first_token_s.is_some()
                    && constraints.provider_time_to_first_token_s.is_none(),
            )
        },
    ),
    fact("over_rate_limit", "peak calls exceed the provider's rate limit", |s| {
        inputs(s)
            .constraints
            .provider_calls_per_minute
            .map_or(Unknown, |limit| Flag(peak_calls_per_minute(inputs(s)) > limit))
    }),
    fact("peak_calls_per_minute", "calls a minute at the peak", |s| Number(peak_calls_per_minute(inputs(s)))),
    fact("retires", "its model retires within the horizon", |s| Flag(s.study.api_line_retires())),
];

/// Calls a minute in the busiest hour of the last month, burst included.
pub fn peak_calls_per_minute(inputs: &Inputs) -> f64 {
    let months = Months::of(inputs);
    let growth = months.peak_growth.last().copied().unwrap_or(1.0);
    let peak = levels(inputs.work.shape).iter().map(|level| level.weight).fold(0.0, f64::max);
    let calls = inputs.work.requests_per_month
        * growth
        * calls_per_request(inputs)
        * (1.0 - inputs.work.deferrable_share);
    calls / HOURS_PER_MONTH / 60.0 * peak * inputs.work.burst
}

fn licence_permissive(subject: &Subject) -> FactValue {
    let models = &inputs(subject).models;
    let id = match subject.built.strategy.model {
        ModelRole::Open => &models.open_model,
        ModelRole::Base => &models.base_model,
        _ => return Unknown,
    };
    match inputs(subject).catalog().open_model(id).and_then(|row| row.licence_class) {
        Some(class) => Flag(class == LicenceClass::Permissive),
        None => Unknown,
    }
}

/// Strength of the model that answers: higher is stronger; `None` where the catalogue does not rank it.
pub fn tier(strategy: StrategyId, inputs: &Inputs) -> Option<u8> {
    let catalog = inputs.catalog();
    let api = |id: &str| catalog.api_model(id).and_then(|row| row.tier_class).map(|class| class.tier_rank());
    let open = |id: &str| {
        catalog
            .open_model(id)
            .map(|row| crate::domain::catalog::TierClass::of_open_weights(row.params_total_b).tier_rank())
    };
    match strategy.strategy().model {
        ModelRole::Api => api(&inputs.models.api_model),
        ModelRole::SmallApi => api(&inputs.models.small_api_model),
        ModelRole::Open => open(&inputs.models.open_model),
        ModelRole::Base | ModelRole::Custom => None,
    }
}

fn weaker(subject: &Subject) -> FactValue {
    if !subject.built.strategy.is_prompted() {
        return Flag(false);
    }
    let reference = subject.reference.and_then(|reference| reference.tier);
    match (tier(subject.built.strategy.id, inputs(subject)), reference) {
        (Some(own), Some(reference)) => Flag(own < reference),
        _ => Unknown,
    }
}

fn provider_too_slow(subject: &Subject) -> FactValue {
    let constraints = &inputs(subject).constraints;
    let waits = inputs(subject).work.deferrable_share >= 1.0;
    let first = match (constraints.provider_time_to_first_token_s, constraints.time_to_first_token_s) {
        (Some(stated), Some(target)) => stated > target,
        _ => false,
    };
    let each = constraints
        .provider_time_per_output_token_ms
        .is_some_and(|ms| ms > constraints.time_per_output_token_ms);
    Flag(!waits && (first || each))
}

/// The value of a fact by name; `None` if there is no such fact.
pub fn read(id: &str, subject: &Subject) -> Option<FactValue> {
    FACTS.iter().find(|fact| fact.id == id).map(|fact| (fact.read)(subject))
}
