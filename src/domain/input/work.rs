//! The work: what is asked of the model, how often and when.

use super::{
    Complexity, FailureMode, GUIDE, RoutingKind, Specialisation, TaskKind, TrafficShape, YOURS, choice, flag,
    input_group, number, optional_number,
};
use crate::domain::units::Unit;

/// Mean lengths of the conversation requests in a published trace.
const AZURE_TRACE: super::Source = super::Source {
    title: "Splitwise, arXiv 2311.18677: mean of Azure's conversation trace 2023; yours to replace",
    as_of: "2026-11",
    confidence: Some(crate::domain::catalog::Confidence::Recall),
};

input_group! {
    /// What is asked of the model, and how often.
    Work (work) {
        task: TaskKind = TaskKind::Extract => choice("Kind of task", TaskKind::OPTIONS).source(YOURS).basic()
            .help("General-purpose work (summarising, translating, answering, conversing) speaks for a pretrained model; narrow work for a specialised one.");
        requests_per_month: f64 = 150_000.0 => number("Requests", 150_000.0, 10.0, 1e9, Unit::Plain("a month")).counted().log().source(YOURS).between(100_000.0, 220_000.0).basic()
            .help("Requests of your users in the first month. One request may need several model calls: see “Calls per request”.");
        growth_per_month: f64 = 0.03 => number("Growth", 0.03, -0.2, 0.5, Unit::Share("a month")).between(0.0, 0.08).source(YOURS)
            .help("Requests of month m are the first month's times (1 + growth) to the power m − 1.");
        input_tokens: f64 = 1_155.0 => number("Variable input", 1_155.0, 1.0, 1e6, Unit::Plain("tokens a call")).log().between(700.0, 2_000.0).source(AZURE_TRACE).basic()
            .help("What changes with each call: the document, the question, the conversation so far. About 0.75 English words a token.");
        output_tokens: f64 = 211.0 => number("Visible output", 211.0, 1.0, 1e5, Unit::Plain("tokens a call")).log().between(130.0, 320.0).source(AZURE_TRACE).basic()
            .help("What the user or the next program reads. Hidden reasoning is added by the model's reasoning multiplier.");
        prefix_tokens: f64 = 1_200.0 => number("Instructions and examples", 1_200.0, 0.0, 1e6, Unit::Plain("tokens a call")).counted().between(500.0, 3000.0).source(YOURS)
            .help("The part of the prompt that is the same in each call and can be cached: system prompt, few-shot examples, schema.");
        calls_per_request: f64 = 1.0 => number("Calls per request", 1.0, 1.0, 500.0, Unit::Plain("calls")).between(1.0, 2.0)
            .help("Chains, turns and tool loops: how many model calls serve one request, or make up one session.");
        retry_share: f64 = 0.02 => number("Retries", 0.02, 0.0, 0.5, Unit::Share("of calls")).between(0.0, 0.05)
            .help("Calls that are made again because of an error, a time-out or a malformed answer.");
        complexity: Complexity = Complexity::Simple => choice("How hard to learn from examples", Complexity::OPTIONS).source(GUIDE)
            .help("The guide asks for 100 or more labelled examples for a simple task and 1,000 or more for a complex one.");
        specialisation: Specialisation = Specialisation::Some => choice("How specialised is the language", Specialisation::OPTIONS).source(YOURS)
            .help("Domain terms or house knowledge that a general model does not command.");
        strict_format: bool = false => flag("Output must keep a strict format or style").source(YOURS)
            .help("A schema, a house style, a tone. Constrained decoding may settle the schema without tuning; try it first.");
        diverse_inputs: bool = false => flag("Inputs are diverse or need broad knowledge").source(YOURS)
            .help("Generalisation across many kinds of input speaks for a large pretrained model and against a small tuned one.");
        failure_mode: FailureMode = FailureMode::Unknown => choice("What goes wrong today", FailureMode::OPTIONS).source(YOURS)
            .help("Missing knowledge asks for retrieval, wrong behaviour for better prompts or tuning, both for a combination. Read 50 failures to find out.");
        hard_share: f64 = 0.25 => number("Hard requests", 0.25, 0.0, 1.0, Unit::Share("of requests")).between(0.1, 0.5)
            .help("Requests that only the large model handles well. Routing sends them there.");
        mixed_difficulty: bool = false => flag("Easy and hard requests can be told apart").source(YOURS)
            .help("Routing only pays if something cheap can tell which request is easy.");
        routing: RoutingKind = RoutingKind::Predictive => choice("How to route", RoutingKind::OPTIONS)
            .help("A classifier decides before any model runs; a cascade runs the small model first, and escalated requests pay both models.");
        classifier_tokens: f64 = 200.0 => number("Classifier or verifier", 200.0, 0.0, 1e5, Unit::Plain("tokens a request")).counted().between(100.0, 600.0)
            .help("Tokens at the small model's input price that decide where a request goes. A free classifier does not exist.");
        task_share: Option<f64> = None => optional_number("This task's share of broader traffic", 0.01, 1.0, Unit::Share("of requests")).source(YOURS)
            .help("Blank: all requests are this task. Given: a tuned model may serve the task while the API model serves the rest.");
        tasks: f64 = 1.0 => number("Tasks on one base model", 1.0, 1.0, 200.0, Unit::Plain("tasks")).whole().source(YOURS)
            .help("Several tasks can share one base model with one small adapter each, which speaks for LoRA.");
        shape: TrafficShape = TrafficShape::BusinessHours => choice("Traffic over the week", TrafficShape::OPTIONS).source(YOURS)
            .help("Own GPUs are sized for the peak hour; an API is not. The shape decides how much of a rented GPU stands idle.");
        burst: f64 = 1.5 => number("Burst within the hour", 1.5, 1.0, 10.0, Unit::Plain("× hourly mean")).between(1.2, 3.0)
            .help("Peak minutes against the mean of their hour. Real traffic is burstier than Poisson (BurstGPT).");
        deferrable_share: f64 = 0.0 => number("Work that can wait", 0.0, 0.0, 1.0, Unit::Share("of calls")).between(0.0, 0.3).source(YOURS)
            .help("Takes the batch price at providers that have one, and fills the troughs of own GPUs.");
        users_at_once: Option<f64> = None => optional_number("Users at once", 1.0, 1e6, Unit::Plain("calls in flight")).whole().source(YOURS)
            .help("Beside the volume: calls that own GPUs must hold in memory at the same time. Blank: as many as the traffic brings.");
        context_at_once: Option<f64> = None => optional_number("Context of each of them", 1.0, 1e7, Unit::Plain("tokens")).whole().source(YOURS)
            .help("Prompt and output that each of those users may fill. Blank: as long as a call.");
        minutes_between_calls: f64 = 1.0 => number("Minutes between the calls of a request", 1.0, 0.0, 1_440.0, Unit::Plain("minutes")).between(0.2, 5.0)
            .help("Decides whether the cache still holds what the call before left: it forgets after five minutes, or an hour where that is paid.");
        history_share: f64 = 0.0 => number("History that calls carry on", 0.0, 0.0, 1.0, Unit::Share("of a call’s input and output")).source(YOURS)
            .help("What each call adds, its variable input and visible output, and every later call of the same request sends again. 0: calls are independent. 100 %: agents and chats that resend everything.");
        seats: Option<f64> = None => optional_number("Users who need a seat", 1.0, 1e6, Unit::Plain("users")).whole().source(YOURS)
            .help("For models that are also sold by the user and month. Blank: no seats are considered.");
    }
}
