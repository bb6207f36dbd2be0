//! What people build and run for a strategy, in hours, weeks and labels; prices come later (method §6).

mod items;

pub use items::{HOUR_ITEMS, HourItem};

use super::input::{Complexity, Inputs, Skill, Today};
use super::strategy::{Adaptation, Routing, Serving, Strategy, StrategyId};

/// Working hours of a year.
const HOURS_PER_YEAR: f64 = 2_080.0;
/// Labelled examples that the guide asks for.
const LABELS_SIMPLE: f64 = 100.0;
const LABELS_COMPLEX: f64 = 1_000.0;
/// Labelled examples for full fine-tuning and a custom model (method §6, assumption).
const LABELS_FULL: f64 = 10_000.0;
/// Weeks of a month of 730.5 hours.
pub const WEEKS_PER_MONTH: f64 = 730.5 / 168.0;

/// A part of a strategy that people build and run; shared parts are built once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Prompts and integration: every strategy has them.
    Prompt,
    /// Retrieval.
    Retrieval,
    /// Routing.
    Routing,
    /// Tuning at a provider.
    HostedTuning,
    /// Serving on own GPUs.
    SelfHosting,
    /// LoRA or QLoRA training.
    Adapter,
    /// Full fine-tuning.
    FullTuning,
    /// Training from scratch.
    Custom,
}

/// The parts of a strategy.
pub fn parts_of(strategy: &Strategy, retrieval: bool) -> Vec<Part> {
    let mut parts = vec![Part::Prompt];
    if retrieval || strategy.id == StrategyId::Rag {
        parts.push(Part::Retrieval);
    }
    if strategy.routing != Routing::None {
        parts.push(Part::Routing);
    }
    if strategy.serving == Serving::OwnGpus {
        parts.push(Part::SelfHosting);
    }
    match strategy.adaptation {
        Adaptation::Prompt => {}
        Adaptation::HostedTuning => parts.push(Part::HostedTuning),
        Adaptation::QLora | Adaptation::Lora => parts.push(Part::Adapter),
        Adaptation::Full => parts.push(Part::FullTuning),
        Adaptation::FromScratch => parts.push(Part::Custom),
    }
    parts
}

impl Part {
    /// Words for the derivation.
    pub const fn label(self) -> &'static str {
        match self {
            Part::Prompt => "prompts and integration",
            Part::Retrieval => "retrieval",
            Part::Routing => "routing",
            Part::HostedTuning => "hosted tuning",
            Part::SelfHosting => "own serving",
            Part::Adapter => "adapter training",
            Part::FullTuning => "full fine-tuning",
            Part::Custom => "training from scratch",
        }
    }

    /// Hours to build it, hiring included; each task has prompts of its own.
    pub fn build_hours(self, inputs: &Inputs) -> f64 {
        let team = &inputs.team;
        match self {
            Part::Prompt => team.prompt_build * inputs.work.tasks,
            Part::Retrieval => team.rag_build,
            Part::Routing => team.routing_build,
            Part::HostedTuning => team.hosted_tuning_build,
            Part::SelfHosting => {
                let hiring = if team.self_hosting_skill == Skill::None { team.hiring_share } else { 0.0 };
                team.self_host_build + hiring * HOURS_PER_YEAR
            }
            Part::Adapter => team.lora_build,
            Part::FullTuning => team.full_tuning_build,
            Part::Custom => team.custom_team_years * HOURS_PER_YEAR,
        }
    }

    /// Hours around one training run of each task.
    pub fn run_hours(self, inputs: &Inputs) -> f64 {
        let team = &inputs.team;
        let hours = match self {
            Part::HostedTuning => team.hosted_tuning_per_experiment,
            Part::Adapter => team.lora_per_experiment,
            Part::FullTuning => team.full_tuning_per_experiment,
            _ => 0.0,
        };
        hours * inputs.work.tasks
    }

    /// Hours a month to keep it running.
    pub fn upkeep_hours(self, inputs: &Inputs) -> f64 {
        let team = &inputs.team;
        match self {
            Part::Prompt => team.prompt_upkeep * inputs.work.tasks,
            Part::Retrieval => team.rag_upkeep,
            Part::Routing => team.routing_upkeep,
            Part::SelfHosting => team.self_host_upkeep,
            _ => 0.0,
        }
    }
}

/// Hours of training runs of the first time.
pub fn experiment_hours(parts: &[Part], inputs: &Inputs) -> f64 {
    parts.iter().map(|part| part.run_hours(inputs)).sum::<f64>() * inputs.team.experiments
}

/// Hours to build parts and to run their first training.
pub fn first_hours(parts: &[Part], inputs: &Inputs) -> f64 {
    parts.iter().map(|part| part.build_hours(inputs)).sum::<f64>() + experiment_hours(parts, inputs)
}

/// Time to market in weeks: the longest part.
pub fn lead_weeks(strategy: &Strategy, retrieval: bool, inputs: &Inputs) -> f64 {
    let team = &inputs.team;
    let of_part = |part: &Part| match part {
        Part::Prompt | Part::Routing => team.lead_time_prompt,
        Part::Retrieval => team.lead_time_rag,
        Part::HostedTuning => team.lead_time_hosted_tuning,
        Part::SelfHosting | Part::Adapter => team.lead_time_self_hosted,
        Part::FullTuning => team.lead_time_full_tuning,
        Part::Custom => team.lead_time_custom,
    };
    parts_of(strategy, retrieval).iter().map(of_part).fold(0.0, f64::max)
}

/// Hours to make the evaluation sets, one for each task.
pub fn evaluation_set_hours(inputs: &Inputs) -> f64 {
    inputs.team.eval_set * inputs.work.tasks
}

/// Hours to evaluate every task again, as each further candidate, retrain and migration does.
pub fn re_evaluation_hours(inputs: &Inputs) -> f64 {
    inputs.team.re_evaluation * inputs.work.tasks
}

/// Hours to move the prompts of every task to another model.
pub fn migration_hours(inputs: &Inputs) -> f64 {
    inputs.team.migration * inputs.work.tasks
}

/// Labelled examples that tuning needs at least for all tasks (guide): 100 for a simple one, 1,000 for a complex one.
pub fn labels_to_tune(inputs: &Inputs) -> f64 {
    let of_task = match inputs.work.complexity {
        Complexity::Simple => LABELS_SIMPLE,
        Complexity::Complex => LABELS_COMPLEX,
    };
    of_task * inputs.work.tasks
}

/// The same for tuning all parameters, and for a model from scratch.
pub fn labels_to_tune_fully(inputs: &Inputs) -> f64 {
    LABELS_FULL * inputs.work.tasks
}

/// Tokens of text for each parameter that a custom model asks for at least (method §5).
const LEAST_TOKENS_PER_PARAM: f64 = 200.0;
/// Tokens of text from which a base goes on pretraining with them (assumption: some 100 books).
const LEAST_TO_CONTINUE: f64 = 1e8;
/// Parameters below which a custom model is not worth its name (assumption).
const SMALLEST_CUSTOM: f64 = 1e8;

/// Tokens of text that a custom model of the chosen size asks for at least.
pub fn pretraining_text_needed(inputs: &Inputs) -> f64 {
    inputs.models.custom_params * LEAST_TOKENS_PER_PARAM
}

/// Parameters of the largest custom model that the text at hand is enough for, rounded down to two digits so that
/// what is said is enough; `None` where that is too small to be of use.
pub fn custom_params_allowed(inputs: &Inputs) -> Option<f64> {
    let params = inputs.data.pretraining_tokens / LEAST_TOKENS_PER_PARAM;
    if params < SMALLEST_CUSTOM {
        return None;
    }
    let digit = libm::pow(10.0, libm::floor(libm::log10(params)) - 1.0);
    Some(libm::floor(params / digit * (1.0 + 1e-12)) * digit)
}

/// Tokens that a custom model is trained on for each parameter: as many as wanted, as far as the text goes, and never
/// fewer than it asks for.
pub fn pretraining_tokens_per_param(inputs: &Inputs) -> f64 {
    let at_hand = inputs.data.pretraining_tokens / inputs.models.custom_params;
    let wanted = inputs.models.custom_tokens_per_param;
    if at_hand >= LEAST_TOKENS_PER_PARAM { wanted.min(at_hand) } else { wanted }.max(LEAST_TOKENS_PER_PARAM)
}

/// Whether a base goes on pretraining with text of a language or domain that no model covers, before it is tuned
/// (method §10, M4).
pub fn continues_pretraining(inputs: &Inputs) -> bool {
    inputs.quality.no_base_covers && inputs.data.pretraining_tokens >= LEAST_TO_CONTINUE
}

/// Labelled examples a strategy trains on at least; zero if it does not train.
pub fn labels_needed(strategy: &Strategy, inputs: &Inputs) -> f64 {
    match strategy.adaptation {
        Adaptation::Prompt => 0.0,
        // What the text teaches need no labels teach: they only show the task.
        Adaptation::Full if continues_pretraining(inputs) => labels_to_tune(inputs),
        Adaptation::Full | Adaptation::FromScratch => labels_to_tune_fully(inputs),
        _ => labels_to_tune(inputs),
    }
}

/// Labels still to be made for a strategy.
pub fn labels_missing(strategy: &Strategy, inputs: &Inputs) -> f64 {
    (labels_needed(strategy, inputs) - inputs.data.labels).max(0.0)
}

/// The strategy in use today.
pub fn in_use(inputs: &Inputs) -> Option<StrategyId> {
    match inputs.economics.today {
        Today::Nothing => None,
        other => StrategyId::from_key(other.id()),
    }
}

/// Hours a month to keep the parts running, without retrains.
pub fn monthly_hours(parts: &[Part], inputs: &Inputs) -> f64 {
    parts.iter().map(|part| part.upkeep_hours(inputs)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_skill_is_hired_once() {
        let mut inputs = Inputs::default();
        let before = Part::SelfHosting.build_hours(&inputs);
        inputs.team.self_hosting_skill = Skill::None;
        assert_eq!(Part::SelfHosting.build_hours(&inputs) - before, 520.0);
    }

    #[test]
    fn only_missing_labels_are_paid_for() {
        let mut inputs = Inputs::default();
        let lora = StrategyId::Lora.strategy();
        assert_eq!(labels_missing(lora, &inputs), 0.0);
        inputs.work.complexity = Complexity::Complex;
        assert_eq!(labels_missing(lora, &inputs), 700.0);
        assert_eq!(labels_missing(StrategyId::Full.strategy(), &inputs), 9_700.0);
        assert_eq!(labels_missing(StrategyId::Prompt.strategy(), &inputs), 0.0);
    }
}
