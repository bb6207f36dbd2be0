//! A strategy in a few words, with the model that answers: what one does, and what one tries.

use crate::domain::strategy::StrategyId;

/// What one does to use it: "Prompt gpt-6-luna".
pub fn to_use(id: StrategyId, model: Option<&str>) -> String {
    let with = |verb: &str, otherwise: &str| format!("{verb} {}", model.unwrap_or(otherwise));
    match id {
        StrategyId::Prompt => with("Prompt", "an API model"),
        StrategyId::PromptSmall => with("Prompt", "a smaller API model"),
        StrategyId::Rag => with("Add retrieval to", "an API model"),
        StrategyId::Route => "Route between API models".to_owned(),
        StrategyId::OpenManaged => format!("{} at a provider", with("Use", "open weights")),
        StrategyId::HostedTune => "Tune at a provider".to_owned(),
        StrategyId::OpenSelf => format!("{} on your own GPUs", with("Run", "open weights")),
        StrategyId::Qlora => format!("{} with QLoRA", with("Tune", "open weights")),
        StrategyId::Lora => format!("{} with LoRA", with("Tune", "open weights")),
        StrategyId::Full => format!("{} in full", with("Tune", "open weights")),
        StrategyId::LoraRoute => "Tune, with an API model behind".to_owned(),
        StrategyId::Custom => "Train a model of your own".to_owned(),
    }
}

/// What one tries or stays with: "gpt-6-luna", "tuning at a provider".
pub fn thing(id: StrategyId, model: Option<&str>) -> String {
    let what = match id {
        StrategyId::Prompt => model.unwrap_or("the API model"),
        StrategyId::PromptSmall => model.unwrap_or("the smaller model"),
        StrategyId::Rag => "retrieval",
        StrategyId::Route => "routing",
        StrategyId::OpenManaged => "open weights",
        StrategyId::HostedTune => "tuning at a provider",
        StrategyId::OpenSelf => "open weights on your own GPUs",
        StrategyId::Qlora => "a QLoRA",
        StrategyId::Lora => "a LoRA",
        StrategyId::Full => "full tuning",
        StrategyId::LoraRoute => "a tuned model with an API model behind it",
        StrategyId::Custom => "a model of your own",
    };
    what.to_owned()
}
