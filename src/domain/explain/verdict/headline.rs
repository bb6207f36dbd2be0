//! An outcome as a headline, and in one line.

use crate::domain::decide::{NamedOutcome, Outcome, StandIn};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::lower_first;

/// An outcome as a headline.
pub fn headline(named: &NamedOutcome) -> String {
    let Outcome { use_now, later, test_first, fits, .. } = named.outcome;
    match (use_now, later) {
        (Some(id), _) if named.lacks_vendors && !named.is_today => {
            format!("No vendor is named, so {}.", lower_first(&instruction(id, named)))
        }
        (Some(id), _) => format!("{}.", instruction(id, named)),
        (None, Some(later)) => {
            format!("Nothing proven is ready by your launch: build {}.", later.noun_for(&named.later))
        }
        (None, None) if !fits => "Nothing fits these constraints.".to_owned(),
        (None, None) if test_first.is_some() => "Nothing is proven yet: run a pilot.".to_owned(),
        (None, None) => "Nothing is proven, and nothing is left to try.".to_owned(),
    }
}

/// An outcome in one line.
pub fn short(named: &NamedOutcome) -> String {
    let Outcome { use_now, later, test_first, .. } = named.outcome;
    let mut line = match (use_now, later, test_first) {
        (None, None, Some(_)) => "Nothing is proven yet.".to_owned(),
        _ => headline(named),
    };
    if let (Some(_), Some(later)) = (use_now, later) {
        line.push_str(&format!(" Then move to {}.", later.noun_for(&named.later)));
    }
    if let Some(pilot) = test_first {
        line.push_str(&format!(" Test {}.", pilot.noun_for(&named.test_first)));
    }
    line
}

/// What to do now.
fn instruction(id: StrategyId, named: &NamedOutcome) -> String {
    let retrieval = named.retrieval && !matches!(id, StrategyId::Prompt | StrategyId::Rag);
    let suffix = if retrieval { " with retrieval" } else { "" };
    // A model that stands in for another one is named, whatever is to be done with it.
    let stand_in = named.stand_in.as_ref().filter(|_| id == StrategyId::OpenSelf);
    let what = || match stand_in {
        Some(StandIn { base, open }) => format!("{base} in place of {open} on your own GPUs{suffix}"),
        None => id.noun_for(&named.use_now),
    };
    if named.is_today {
        return format!("Keep what you have: {}", what());
    }
    if named.outcome.must_be_built {
        return format!("Build this: {}", what());
    }
    if stand_in.is_some() {
        return format!("Run {}", what());
    }
    let text = match id {
        StrategyId::Prompt => "Prompt an API model",
        StrategyId::PromptSmall => "Prompt the smaller API model",
        StrategyId::Rag => "Add retrieval to an API model",
        StrategyId::Route => "Route between two API models",
        StrategyId::OpenManaged => "Use open weights from an inference provider",
        StrategyId::HostedTune => "Use a model tuned at a provider",
        StrategyId::OpenSelf => "Run open weights on your own GPUs",
        StrategyId::Qlora => "Use a QLoRA-tuned model on your own GPUs",
        StrategyId::Lora => "Use a LoRA-tuned model on your own GPUs",
        StrategyId::Full => "Use a fully fine-tuned model on your own GPUs",
        StrategyId::LoraRoute => "Combine a tuned model with an API model",
        StrategyId::Custom => "Train a model of your own",
    };
    format!("{text}{suffix}")
}
