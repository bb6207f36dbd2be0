//! The strategies as rows of parts: adaptation × serving × routing (method §2).
//!
//! A new combination is one more row of [`STRATEGIES`]; the order of the table means nothing.

mod cannot_serve;
mod exclusion;
mod rule_role;
mod unmet;

pub use cannot_serve::{CannotServe, LatencyMeasure};
pub use exclusion::{Exclusion, RuleExclusion, ServingRefusal};
pub use rule_role::{RuleOrigin, RuleRole};
pub use unmet::{ClosedOffer, GpuPrice, MemoryShortfall, OfferClosed};

use serde::Serialize;

/// What is done to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adaptation {
    /// Zero- or few-shot prompting.
    Prompt,
    /// Tuned by a provider.
    HostedTuning,
    /// Adapters on a 4-bit base.
    QLora,
    /// Adapters on a bf16 base.
    Lora,
    /// All parameters trained.
    Full,
    /// A model of one's own.
    FromScratch,
}

impl Adaptation {
    /// Whether labelled examples are trained on.
    pub const fn is_tuned(self) -> bool {
        matches!(self, Adaptation::HostedTuning | Adaptation::QLora | Adaptation::Lora | Adaptation::Full)
    }
}

/// Where inference runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serving {
    /// A vendor's model behind its API.
    ProviderApi,
    /// Open weights at an inference provider, per token.
    ManagedOpen,
    /// The tuned model at the provider that tuned it.
    TunedAtProvider,
    /// Own GPUs, rented or bought.
    OwnGpus,
}

/// Which model serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelRole {
    /// The API model.
    Api,
    /// The smaller API model.
    SmallApi,
    /// The open model as it is.
    Open,
    /// The base that is tuned.
    Base,
    /// A model trained from scratch.
    Custom,
}

/// How requests are divided between models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Routing {
    /// One model serves all.
    None,
    /// Hard requests go to the large API model.
    ByDifficulty,
    /// The tuned model serves its task, the API model the rest.
    TunedWithFallback,
}

/// Key of a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is described by its row in STRATEGIES")]
pub enum StrategyId {
    Prompt,
    PromptSmall,
    Rag,
    Route,
    OpenManaged,
    HostedTune,
    OpenSelf,
    Qlora,
    Lora,
    Full,
    LoraRoute,
    Custom,
}

/// A way to serve the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strategy {
    /// Its key.
    pub id: StrategyId,
    /// The key in links and rules.
    pub key: &'static str,
    /// Place on the ladder of commitment, 1 the lowest.
    pub rung: u8,
    /// Name in the page.
    pub name: &'static str,
    /// What it is called within a sentence, after "use" or "test".
    pub noun: &'static str,
    /// What is done to the model.
    pub adaptation: Adaptation,
    /// Where inference runs.
    pub serving: Serving,
    /// Which model serves.
    pub model: ModelRole,
    /// How requests are divided.
    pub routing: Routing,
}

use Adaptation::{FromScratch, Full, HostedTuning, Lora, Prompt, QLora};
use Serving::{ManagedOpen, OwnGpus, ProviderApi, TunedAtProvider};

/// Every strategy.
pub const STRATEGIES: [Strategy; 12] = [
    Strategy {
        id: StrategyId::Prompt,
        key: "prompt",
        rung: 1,
        name: "Prompted API model",
        noun: "the prompted API model",
        adaptation: Prompt,
        serving: ProviderApi,
        model: ModelRole::Api,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::PromptSmall,
        key: "prompt-small",
        rung: 2,
        name: "Prompted smaller API model",
        noun: "the smaller API model",
        adaptation: Prompt,
        serving: ProviderApi,
        model: ModelRole::SmallApi,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::Rag,
        key: "rag",
        rung: 3,
        name: "Retrieval + API model",
        noun: "retrieval with the API model",
        adaptation: Prompt,
        serving: ProviderApi,
        model: ModelRole::Api,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::Route,
        key: "route",
        rung: 4,
        name: "Routing between API models",
        noun: "routing between the API models",
        adaptation: Prompt,
        serving: ProviderApi,
        model: ModelRole::Api,
        routing: Routing::ByDifficulty,
    },
    Strategy {
        id: StrategyId::OpenManaged,
        key: "open-managed",
        rung: 5,
        name: "Open weights, managed",
        noun: "open weights from a provider",
        adaptation: Prompt,
        serving: ManagedOpen,
        model: ModelRole::Open,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::HostedTune,
        key: "hosted-tune",
        rung: 6,
        name: "Fine-tuned at a provider",
        noun: "a model tuned at a provider",
        adaptation: HostedTuning,
        serving: TunedAtProvider,
        model: ModelRole::Base,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::OpenSelf,
        key: "open-self",
        rung: 7,
        name: "Open weights, self-hosted",
        noun: "open weights on own GPUs",
        adaptation: Prompt,
        serving: OwnGpus,
        model: ModelRole::Open,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::Qlora,
        key: "qlora",
        rung: 8,
        name: "QLoRA, self-hosted",
        noun: "a QLoRA-tuned model",
        adaptation: QLora,
        serving: OwnGpus,
        model: ModelRole::Base,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::Lora,
        key: "lora",
        rung: 8,
        name: "LoRA, self-hosted",
        noun: "a LoRA-tuned model",
        adaptation: Lora,
        serving: OwnGpus,
        model: ModelRole::Base,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::Full,
        key: "full",
        rung: 8,
        name: "Full fine-tuning, self-hosted",
        noun: "a fully fine-tuned model",
        adaptation: Full,
        serving: OwnGpus,
        model: ModelRole::Base,
        routing: Routing::None,
    },
    Strategy {
        id: StrategyId::LoraRoute,
        key: "lora-route",
        rung: 9,
        name: "Tuned model + fallback",
        noun: "a tuned model with an API model behind it",
        adaptation: Lora,
        serving: OwnGpus,
        model: ModelRole::Base,
        routing: Routing::TunedWithFallback,
    },
    Strategy {
        id: StrategyId::Custom,
        key: "custom",
        rung: 10,
        name: "Custom model",
        noun: "a model of your own",
        adaptation: FromScratch,
        serving: OwnGpus,
        model: ModelRole::Custom,
        routing: Routing::None,
    },
];

impl StrategyId {
    /// Every key.
    pub const ALL: [StrategyId; 12] = [
        StrategyId::Prompt,
        StrategyId::PromptSmall,
        StrategyId::Rag,
        StrategyId::Route,
        StrategyId::OpenManaged,
        StrategyId::HostedTune,
        StrategyId::OpenSelf,
        StrategyId::Qlora,
        StrategyId::Lora,
        StrategyId::Full,
        StrategyId::LoraRoute,
        StrategyId::Custom,
    ];

    /// The row of this key.
    pub fn strategy(self) -> &'static Strategy {
        &STRATEGIES[self as usize]
    }

    /// The strategy with this key in links and rules.
    pub fn from_key(key: &str) -> Option<StrategyId> {
        STRATEGIES.iter().find(|strategy| strategy.key == key).map(|strategy| strategy.id)
    }

    /// What it is called within a sentence: its noun, with what a longer name adds to its own.
    pub fn noun_for(self, name: &str) -> String {
        let strategy = self.strategy();
        let added = name.strip_prefix(strategy.name).unwrap_or_default();
        format!("{}{added}", strategy.noun)
    }

    /// The key in links and rules.
    pub fn key(self) -> &'static str {
        self.strategy().key
    }
}

impl Strategy {
    /// Whether a provider sees the data in any part of it.
    pub const fn uses_provider(&self) -> bool {
        !matches!(self.serving, OwnGpus) || matches!(self.routing, Routing::TunedWithFallback)
    }

    /// Whether the provider API's large or small model serves any request.
    pub const fn uses_api_model(&self) -> bool {
        matches!(self.serving, ProviderApi) || matches!(self.routing, Routing::TunedWithFallback)
    }

    /// Whether it is prompted only: no training of any kind.
    pub const fn is_prompted(&self) -> bool {
        matches!(self.adaptation, Prompt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_at_its_own_place() {
        for id in StrategyId::ALL {
            assert_eq!(id.strategy().id, id);
            assert_eq!(StrategyId::from_key(id.key()), Some(id));
        }
    }
}
