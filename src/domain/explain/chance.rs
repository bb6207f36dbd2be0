//! What is known about the chance that a trial meets the bar: published findings, never a figure of our own.

use crate::domain::input::{Inputs, TaskKind};
use crate::domain::strategy::{Adaptation, Routing, Strategy, StrategyId};
use crate::domain::units::words::odds;

/// Bounds of the sample-size prior (decision_evidence.md §1).
const FEW_LABELS: f64 = 200.0;
const SOME_LABELS: f64 = 1_000.0;

/// From which odds a test pays, in words that follow "a test" or "it".
pub fn pays_from(chance: f64) -> String {
    if chance <= 0.0 {
        return "pays at any chance".to_owned();
    }
    if chance > 0.99 {
        return "pays only if it is sure to pass".to_owned();
    }
    format!("pays if its chance is better than {}", odds(chance))
}

/// What is known, with its source.
pub fn of(strategy: &Strategy, inputs: &Inputs) -> String {
    if strategy.adaptation.is_tuned() {
        return tuned(inputs);
    }
    match (strategy.id, strategy.routing, strategy.adaptation) {
        (_, Routing::ByDifficulty, _) => {
            "RouteLLM kept 95 % of the large model's quality with 14 % of calls on it (arXiv 2406.18665); such figures do not transfer between traffics.".to_owned()
        }
        (StrategyId::PromptSmall, ..) => {
            "No published figure transfers to your task; an evaluation of 200 examples tells within about 5 points.".to_owned()
        }
        (_, _, Adaptation::FromScratch) => "No published base rate.".to_owned(),
        _ => "No published figure transfers to your task; the same weights score the same managed or self-hosted.".to_owned(),
    }
}

/// What is known about a stronger prompted model.
pub const fn of_prompting() -> &'static str {
    "A stronger model on the same prompts is the cheapest trial there is."
}

fn tuned(inputs: &Inputs) -> String {
    let labels = inputs.data.labels;
    let narrow = matches!(inputs.work.task, TaskKind::Extract | TaskKind::Generate);
    let prior = if labels < FEW_LABELS {
        "With under 200 labels tuning helps style and format only"
    } else if labels < SOME_LABELS && narrow {
        "With 200–500 labels tuned small models beat zero-shot frontier models on classification (arXiv 2406.08660)"
    } else if labels < SOME_LABELS {
        "Outside classification, 200–1,000 labels give mixed results"
    } else {
        "With 1,000–10,000 labels LoRA about equals full tuning on instruction data (arXiv 2405.00732: +10 points over GPT-4 on average of 31 tasks)"
    };
    format!("{prior}; a prior, not a forecast for your task.")
}
