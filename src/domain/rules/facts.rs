//! The facts that rules may compare: named, each read from a field of the [`Subject`].

use super::{ProviderLatency, Subject};
use crate::domain::catalog::LicenceClass;
use crate::domain::effort::{continues_pretraining, custom_params_allowed, pretraining_text_needed};
use crate::domain::evidence::{QualityState, accuracy_that_pays};
use crate::domain::input::{
    DataBoundary, FailureMode, Inputs, LabelMethod, Skill, Specialisation, Stage, TaskKind, Today,
};
use crate::domain::strategy::{Strategy, StrategyId};

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

/// What a fact may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// A number from the first to the second.
    Numbers(f64, f64),
    /// One of the options of a choice, `(id, label)`.
    Words(&'static [(&'static str, &'static str)]),
    /// Yes or no.
    YesNo,
}

/// A fact: its name in rules, its reading in words, what it may be, and how to find it.
pub struct Fact {
    /// Name in rules.
    pub id: &'static str,
    /// Plain reading, for conditions shown in the page.
    pub label: &'static str,
    /// Its values.
    pub range: Range,
    /// Whether it may be unknown: not said, or not yet found.
    pub may_be_unknown: bool,
    /// Its value for a strategy, where nothing else decides it.
    pub of_strategy: Option<fn(&Strategy) -> FactValue>,
    /// Find it.
    pub read: fn(&Subject) -> FactValue,
}

const fn fact(id: &'static str, label: &'static str, range: Range, read: fn(&Subject) -> FactValue) -> Fact {
    Fact { id, label, range, may_be_unknown: false, of_strategy: None, read }
}

/// A fact that may be unknown.
const fn maybe(id: &'static str, label: &'static str, range: Range, read: fn(&Subject) -> FactValue) -> Fact {
    Fact { id, label, range, may_be_unknown: true, of_strategy: None, read }
}

const YES_NO: Range = Range::YesNo;
const SHARE: Range = Numbers(0.0, 1.0);
const USD: Range = Numbers(0.0, f64::MAX);

use FactValue::{Flag, Number, Text, Unknown};
use Range::{Numbers, Words};

const fn inputs<'a>(subject: &Subject<'a>) -> &'a Inputs {
    subject.inputs
}

fn optional(number: Option<f64>) -> FactValue {
    number.map_or(Unknown, Number)
}

/// Every fact.
pub const FACTS: &[Fact] = &[
    fact("task", "kind of task", Words(TaskKind::OPTIONS), |s| Text(inputs(s).work.task.id())),
    fact("general_purpose", "the task is general-purpose", YES_NO, |s| {
        Flag(inputs(s).work.task.is_general_purpose())
    }),
    fact("specialisation", "specialisation of the language", Words(Specialisation::OPTIONS), |s| {
        Text(inputs(s).work.specialisation.id())
    }),
    fact("strict_format", "strict format or style", YES_NO, |s| Flag(inputs(s).work.strict_format)),
    fact("diverse_inputs", "diverse inputs or broad knowledge", YES_NO, |s| {
        Flag(inputs(s).work.diverse_inputs)
    }),
    fact("failure_mode", "what goes wrong", Words(FailureMode::OPTIONS), |s| {
        Text(inputs(s).work.failure_mode.id())
    }),
    fact("mixed_difficulty", "easy and hard requests can be told apart", YES_NO, |s| {
        Flag(inputs(s).work.mixed_difficulty)
    }),
    fact("hard_share", "share of hard requests", SHARE, |s| Number(inputs(s).work.hard_share)),
    maybe("task_share", "this task's share of broader traffic", SHARE, |s| {
        optional(inputs(s).work.task_share)
    }),
    fact("tasks", "tasks on one base", Numbers(1.0, 200.0), |s| Number(inputs(s).work.tasks)),
    fact("prefix_tokens", "instructions and examples, tokens", Numbers(0.0, 1e6), |s| {
        Number(inputs(s).work.prefix_tokens)
    }),
    fact("requests", "requests a month", Numbers(10.0, 1e9), |s| Number(inputs(s).work.requests_per_month)),
    fact("prototype", "stage is prototype or MVP", YES_NO, |s| {
        Flag(inputs(s).constraints.stage == Stage::Prototype)
    }),
    maybe("launch_weeks", "weeks until launch", Numbers(0.0, 520.0), |s| {
        optional(inputs(s).constraints.launch_weeks)
    }),
    fact("lead_weeks", "weeks to build it", Numbers(0.0, 1_040.0), |s| Number(s.lead_weeks)),
    maybe("late", "it takes longer to build than the launch allows", YES_NO, |s| {
        inputs(s).constraints.launch_weeks.map_or(Unknown, |weeks| Flag(s.lead_weeks > weeks))
    }),
    fact("boundary", "where the data may go", Words(DataBoundary::OPTIONS), |s| {
        Text(inputs(s).constraints.data_boundary.id())
    }),
    Fact {
        of_strategy: Some(|strategy| Flag(strategy.uses_provider())),
        ..fact("uses_provider", "a provider sees the data", YES_NO, |s| Flag(s.strategy.uses_provider()))
    },
    fact("regulated", "regulated use", YES_NO, |s| Flag(inputs(s).constraints.regulated)),
    fact("round_the_clock", "must run round the clock", YES_NO, |s| {
        Flag(inputs(s).constraints.round_the_clock)
    }),
    fact("on_call", "somebody is on call", YES_NO, |s| Flag(inputs(s).team.on_call)),
    fact("hiring_possible", "a missing skill can be hired", YES_NO, |s| Flag(inputs(s).team.hiring_possible)),
    fact("no_skill", "no experience in running models", YES_NO, |s| {
        Flag(inputs(s).team.self_hosting_skill == Skill::None)
    }),
    fact("permissive_only", "only permissive licences", YES_NO, |s| {
        Flag(inputs(s).constraints.permissive_licence_only)
    }),
    maybe("licence_permissive", "its weights have a permissive licence", YES_NO, licence_permissive),
    fact("labels", "labelled examples at hand", Numbers(0.0, 1e8), |s| Number(inputs(s).data.labels)),
    fact("labels_needed", "labelled examples it needs", Numbers(0.0, 2e6), |s| Number(s.labels_needed)),
    fact("labels_enough", "labels at hand reach the guide's minimum", YES_NO, |s| {
        Flag(inputs(s).data.labels >= s.task.labels_to_tune)
    }),
    fact("labels_missing", "labels still to make", Numbers(0.0, 2e6), |s| Number(s.labels_missing)),
    fact("labels_obtainable", "more labels can be had", YES_NO, |s| Flag(inputs(s).data.labels_obtainable)),
    maybe("labels_late", "the missing labels are not there by the launch", YES_NO, |s| {
        let weeks = s.labels_missing / inputs(s).data.labels_per_week;
        inputs(s).constraints.launch_weeks.map_or(Unknown, |launch| Flag(weeks > launch))
    }),
    fact("large_dataset", "10,000 labels or more", YES_NO, |s| {
        Flag(inputs(s).data.labels >= s.task.labels_to_tune_fully)
    }),
    fact("far_from_pretraining", "the task is far from pretraining", YES_NO, |s| {
        Flag(inputs(s).quality.far_from_pretraining)
    }),
    fact("maximum_quality", "maximum quality is worth any price", YES_NO, |s| {
        Flag(inputs(s).quality.maximum_quality)
    }),
    fact("no_base_covers", "no existing model covers language or domain", YES_NO, |s| {
        Flag(inputs(s).quality.no_base_covers)
    }),
    fact("pretraining_enough", "there is text enough to pretrain", YES_NO, |s| {
        Flag(inputs(s).data.pretraining_tokens >= pretraining_text_needed(inputs(s)))
    }),
    fact("pretraining_tokens", "text for pretraining, tokens", Numbers(0.0, 1e14), |s| {
        Number(inputs(s).data.pretraining_tokens)
    }),
    fact(
        "pretraining_needed_tokens",
        "text that the custom model asks for, tokens",
        Numbers(0.0, 1e15),
        |s| Number(pretraining_text_needed(inputs(s))),
    ),
    fact("custom_params", "size of the custom model, parameters", Numbers(1e7, 1e12), |s| {
        Number(inputs(s).models.custom_params)
    }),
    maybe("custom_params_allowed", "size that the text is enough for, parameters", Numbers(1e8, 5e11), |s| {
        optional(custom_params_allowed(inputs(s)))
    }),
    fact("continues_pretraining", "a base can go on pretraining with the text", YES_NO, |s| {
        Flag(continues_pretraining(inputs(s)))
    }),
    fact("retrieval", "the task needs retrieval", YES_NO, |s| Flag(s.task.needs_retrieval)),
    fact("retrieves", "it has retrieval", YES_NO, |s| Flag(s.retrieves)),
    fact("knowledge", "knowledge to look up, tokens", Numbers(0.0, 1e12), |s| {
        Number(inputs(s).data.knowledge_tokens)
    }),
    fact(
        "knowledge_change_per_retrain",
        "knowledge that changes between retrains",
        Numbers(0.0, 1_200.0),
        |s| Number(inputs(s).data.knowledge_change_per_month * inputs(s).team.retrain_interval),
    ),
    fact("citations", "answers must cite their source", YES_NO, |s| Flag(inputs(s).data.citations_needed)),
    fact("missing_knowledge_and_behaviour", "knowledge is missing and behaviour is wrong", YES_NO, |s| {
        Flag(inputs(s).work.failure_mode == FailureMode::Both)
    }),
    maybe("lora_training_fits", "LoRA training fits the allowed GPUs", YES_NO, |s| {
        (s.on_demand.lora_training_fits)().map_or(Unknown, Flag)
    }),
    fact("lora_fails", "LoRA is measured to fail", YES_NO, |s| Flag(s.lora_fails)),
    fact("measured", "it is measured", YES_NO, |s| {
        Flag(s.state.is_measured() || s.state == QualityState::AssumedEqual)
    }),
    fact("measured_as_a_whole", "it is measured with all that serves it", YES_NO, |s| {
        let is_measured = s.state.is_measured() || s.state == QualityState::AssumedEqual;
        Flag(is_measured && !inputs(s).quality.judged_by_task(s.strategy.id))
    }),
    // Evidence is disregarded while the reference is being found.
    maybe("fails", "it is measured to fail the bar", YES_NO, |s| {
        s.reference.map_or(Unknown, |_| Flag(s.clearly_fails))
    }),
    maybe("reference_meets", "the reference is measured to meet the bar", YES_NO, |s| {
        s.reference.map_or(Unknown, |r| Flag(r.state.meets()))
    }),
    maybe("reference_fails", "the reference fails after a real attempt", YES_NO, |s| {
        s.reference.map_or(Unknown, |r| Flag(r.fails))
    }),
    maybe(
        "reference_stated_far_below",
        "the reference is stated ten points or more below the bar",
        YES_NO,
        |s| {
            let bar = inputs(s).quality.required_quality;
            s.reference.map_or(Unknown, |r| Flag(r.state.is_stated_far_below(bar)))
        },
    ),
    maybe("is_reference", "it is the reference", YES_NO, |s| {
        s.reference.map_or(Unknown, |r| Flag(r.id == s.strategy.id))
    }),
    maybe("weaker", "its model is weaker than the reference's", YES_NO, weaker),
    maybe("served_by_reference", "the reference's model serves part of it", YES_NO, |s| {
        let routed = matches!(s.strategy.id, StrategyId::Route | StrategyId::LoraRoute);
        s.reference.map_or(Unknown, |r| Flag(routed && matches!(r.id, StrategyId::Prompt | StrategyId::Rag)))
    }),
    maybe("tco_below_reference_tokens", "its total cost is below the reference's token bill", YES_NO, |s| {
        match (s.cost, s.reference.and_then(|r| r.tokens_usd)) {
            (Some(cost), Some(tokens)) => Flag(cost.tco < tokens),
            _ => Unknown,
        }
    }),
    maybe("over_upfront_budget", "what falls due before launch is above the budget", YES_NO, |s| {
        match (s.cost, inputs(s).constraints.upfront_budget) {
            (Some(cost), Some(budget)) => Flag(cost.upfront > budget),
            _ => Unknown,
        }
    }),
    maybe("over_monthly_budget", "dearest ordinary month above the monthly budget", YES_NO, |s| {
        match (s.cost, inputs(s).constraints.monthly_budget) {
            (Some(cost), Some(budget)) => Flag(cost.dearest_month > budget),
            _ => Unknown,
        }
    }),
    maybe("occasionally_over_budget", "a migration or retrain above the monthly budget", YES_NO, |s| match (
        s.cost,
        inputs(s).constraints.monthly_budget,
    ) {
        (Some(cost), Some(budget)) => Flag(cost.occasional_month > budget),
        _ => Unknown,
    }),
    maybe("upfront_usd", "what falls due before launch as budgets count it, US dollars", USD, |s| {
        optional(s.cost.map(|cost| cost.upfront))
    }),
    maybe("dearest_month_usd", "dearest ordinary month as budgets count it, US dollars", USD, |s| {
        optional(s.cost.map(|cost| cost.dearest_month))
    }),
    maybe(
        "occasional_month_usd",
        "dearest month with a migration or retrain as budgets count it, US dollars",
        USD,
        |s| optional(s.cost.map(|cost| cost.occasional_month)),
    ),
    fact(
        "provider_too_slow",
        "the stated latency of a provider's model that serves it misses the target",
        YES_NO,
        |s| Flag(first_token_late(s, &s.latency) || output_token_late(s, &s.latency)),
    ),
    fact("first_token_too_slow", "its stated time to the first token misses the target", YES_NO, |s| {
        Flag(first_token_late(s, &s.latency))
    }),
    fact("output_token_too_slow", "its stated time per output token misses the target", YES_NO, |s| {
        Flag(output_token_late(s, &s.latency))
    }),
    fact("api_model_too_slow", "the API model's stated latency misses the target", YES_NO, |s| {
        let api = &s.task.api_latency;
        Flag(first_token_late(s, api) || output_token_late(s, api))
    }),
    fact(
        "provider_latency_unstated",
        "there is a first-token target, and the latency of a provider's model that serves it is not stated",
        YES_NO,
        |s| Flag(inputs(s).constraints.time_to_first_token_s.is_some() && !s.latency.first_token_is_known),
    ),
    maybe("stated_first_token_ms", "its stated time to the first token, ms", Numbers(0.0, 1e6), |s| {
        optional(s.latency.first_token_s.map(|seconds| seconds * 1_000.0))
    }),
    maybe("first_token_target_ms", "target for the first token, ms", Numbers(0.0, 1e6), |s| {
        optional(inputs(s).constraints.time_to_first_token_s.map(|seconds| seconds * 1_000.0))
    }),
    maybe("stated_output_token_ms", "its stated time per output token, ms", Numbers(0.0, 1e4), |s| {
        optional(s.latency.output_token_ms)
    }),
    fact("vendors_unnamed", "only vendors under contract may see the data, and none is named", YES_NO, |s| {
        Flag(inputs(s).constraints.lacks_vendors())
    }),
    maybe("over_rate_limit", "peak calls exceed the provider's rate limit", YES_NO, |s| {
        inputs(s)
            .constraints
            .provider_calls_per_minute
            .map_or(Unknown, |limit| Flag(s.task.peak_calls_per_minute > limit))
    }),
    fact("peak_calls_per_minute", "calls a minute at the peak", Numbers(0.0, f64::MAX), |s| {
        Number(s.task.peak_calls_per_minute)
    }),
    fact("retires", "its model retires within the horizon", YES_NO, |s| {
        Flag((s.on_demand.api_line_retires)())
    }),
    fact("interactive", "somebody waits for the answer", YES_NO, |s| {
        Flag(inputs(s).work.deferrable_share < 1.0)
    }),
    fact("time_per_output_token_ms", "target for each output token, ms", Numbers(2.0, 1e4), |s| {
        Number(inputs(s).constraints.time_per_output_token_ms)
    }),
    fact("peak_to_mean", "busiest hour against the mean of the week", Numbers(1.0, 168.0), |s| {
        Number(s.task.peak_to_mean)
    }),
    fact("consumer_gpus", "consumer GPUs are allowed", YES_NO, |s| Flag(inputs(s).models.consumer_gpus)),
    maybe("base_params_b", "size of the base to tune, billion parameters", Numbers(0.0, 1e6), |s| {
        optional(s.task.base_params_b)
    }),
    maybe("upfront_budget_usd", "budget before launch", USD, |s| {
        optional(inputs(s).constraints.upfront_budget)
    }),
    maybe("economic_accuracy_share", "share right from which the task pays", SHARE, |s| {
        optional(economic_accuracy(s).filter(|share| *share <= 1.0))
    }),
    fact("required_quality_share", "the bar", SHARE, |s| Number(inputs(s).quality.required_quality)),
    maybe("bar_below_economic", "the bar is below the share right from which the task pays", YES_NO, |s| {
        economic_accuracy(s).map_or(Unknown, |pays| Flag(inputs(s).quality.required_quality < pays))
    }),
    maybe("pays_at_no_accuracy", "a request costs more than a right answer is worth", YES_NO, |s| {
        economic_accuracy(s).map_or(Unknown, |pays| Flag(pays > 1.0))
    }),
    fact("retrain_months", "months between retrains", Numbers(1.0, 120.0), |s| {
        Number(inputs(s).team.retrain_interval)
    }),
    fact("label_method", "how labels are made", Words(LabelMethod::OPTIONS), |s| {
        Text(inputs(s).data.label_method.id())
    }),
    fact("label_maker_may_see_data", "who makes the labels may see the data", YES_NO, |s| {
        Flag(s.task.label_maker_may_see_data)
    }),
    fact("horizon", "months of the horizon", Numbers(1.0, 60.0), |s| Number(inputs(s).economics.horizon)),
    fact("exit_cost_usd", "cost of leaving what is in use", Numbers(0.0, 1e9), |s| {
        Number(inputs(s).economics.exit_cost)
    }),
    fact("leaves_today", "something else is in use today", YES_NO, |s| {
        let today = inputs(s).economics.today;
        Flag(today != Today::Nothing && today.id() != s.strategy.key)
    }),
];

/// Share right from which the task pays, the request itself included; above 1 it never does. Unknown where the cost
/// of the request is.
fn economic_accuracy(subject: &Subject) -> Option<f64> {
    let quality = &inputs(subject).quality;
    accuracy_that_pays(quality.cost_per_error?, quality.value_of_success?, subject.cost?.per_request)
}

fn licence_permissive(subject: &Subject) -> FactValue {
    subject.licence.map_or(Unknown, |class| Flag(class == LicenceClass::Permissive))
}

fn weaker(subject: &Subject) -> FactValue {
    if !subject.strategy.is_prompted() {
        return Flag(false);
    }
    let reference = subject.reference.and_then(|reference| reference.tier);
    match (subject.tier, reference) {
        (Some(own), Some(reference)) => Flag(own < reference),
        _ => Unknown,
    }
}

/// Whether a stated time to the first token misses the target; what can wait has none.
fn first_token_late(subject: &Subject, latency: &ProviderLatency) -> bool {
    match (latency.first_token_s, inputs(subject).constraints.time_to_first_token_s) {
        (Some(stated), Some(target)) => stated > target && is_interactive(subject),
        _ => false,
    }
}

/// Whether a stated time per output token misses the target; what can wait has none.
fn output_token_late(subject: &Subject, latency: &ProviderLatency) -> bool {
    let target = inputs(subject).constraints.time_per_output_token_ms;
    latency.output_token_ms.is_some_and(|ms| ms > target) && is_interactive(subject)
}

fn is_interactive(subject: &Subject) -> bool {
    inputs(subject).work.deferrable_share < 1.0
}

/// The value of a fact by name; `None` if there is no such fact.
pub fn read(id: &str, subject: &Subject) -> Option<FactValue> {
    FACTS.iter().find(|fact| fact.id == id).map(|fact| (fact.read)(subject))
}
