//! The choices: closed lists of options, each with its id in links and its label in the form.

use super::{Field, Value};

/// Declare a choice: enum, ids, labels and field access in one place.
macro_rules! choice_enum {
    ($(#[$meta:meta])* $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $id:literal, $label:literal; )* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $( $(#[$variant_meta])* #[doc = $label] $variant, )* }

        impl $name {
            /// `(id, label)` of every option, in the order shown.
            pub const OPTIONS: &'static [(&'static str, &'static str)] = &[ $( ($id, $label), )* ];
            /// Every option, in the order shown.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )* ];

            /// Key in links and files.
            pub const fn id(self) -> &'static str {
                match self { $( $name::$variant => $id, )* }
            }

            /// Words in the form.
            pub const fn label(self) -> &'static str {
                match self { $( $name::$variant => $label, )* }
            }
        }

        impl Field for $name {
            fn read(&self) -> Value {
                Value::Choice(self.id())
            }
            fn write(&mut self, value: &Value) {
                if let Value::Choice(id) = value
                    && let Some(option) = $name::ALL.iter().find(|option| option.id() == *id)
                {
                    *self = *option;
                }
            }
        }
    };
}

choice_enum! {
    /// What kind of work the model does; the general-purpose kinds speak for a pretrained model.
    TaskKind {
        Summarise = "summarise", "Summarise or translate";
        Answer = "answer", "Answer questions";
        Extract = "extract", "Extract or classify";
        Code = "code", "Write code";
        Converse = "converse", "Converse";
        Generate = "generate", "Write in a house style";
        Act = "act", "Use tools, act as an agent";
    }
}

impl TaskKind {
    /// General-purpose in the sense of the guide: summarisation, translation, question answering, conversation.
    pub const fn is_general_purpose(self) -> bool {
        matches!(self, TaskKind::Summarise | TaskKind::Answer | TaskKind::Converse)
    }
}

choice_enum! {
    /// How hard the task is to learn from examples.
    Complexity {
        Simple = "simple", "Simple";
        Complex = "complex", "Complex";
    }
}

choice_enum! {
    /// How specialised the use case is.
    Specialisation {
        General = "general", "General language";
        Some = "some", "Some jargon";
        High = "high", "Own terminology";
    }
}

choice_enum! {
    /// Shape of the traffic over a week.
    TrafficShape {
        Flat = "flat", "Even, day and night";
        BusinessHours = "business-hours", "Business hours";
        ConsumerEvenings = "consumer-evenings", "Consumer evenings";
        Spiky = "spiky", "Spiky";
        Nightly = "nightly", "Nightly batch";
    }
}

choice_enum! {
    /// What goes wrong today, if anything.
    FailureMode {
        Unknown = "unknown", "Not known";
        Knowledge = "knowledge", "Missing knowledge";
        Behaviour = "behaviour", "Wrong behaviour";
        Both = "both", "Both";
    }
}

choice_enum! {
    /// What a budget has to hold.
    BudgetScope {
        Invoices = "invoices", "Invoices only";
        People = "people", "Invoices and people’s time";
    }
}

choice_enum! {
    /// Where the data may go.
    DataBoundary {
        AnyVendor = "any-vendor", "Any vendor";
        Contract = "contract", "Vendor under contract";
        OwnCloud = "own-cloud", "Own cloud";
        OwnPremises = "own-premises", "Own premises";
        AirGap = "air-gap", "Air gap";
    }
}

impl DataBoundary {
    /// Whether any provider may see the data.
    pub const fn allows_providers(self) -> bool {
        matches!(self, DataBoundary::AnyVendor | DataBoundary::Contract)
    }

    /// Whether GPUs must be owned.
    pub const fn needs_owned_hardware(self) -> bool {
        matches!(self, DataBoundary::OwnPremises | DataBoundary::AirGap)
    }
}

choice_enum! {
    /// Whether the team has run models in production.
    Skill {
        None = "none", "None";
        Some = "some", "Some";
        Experienced = "experienced", "Experienced";
    }
}

choice_enum! {
    /// Where the product stands.
    Stage {
        Prototype = "prototype", "Prototype or MVP";
        Production = "production", "Production";
    }
}

choice_enum! {
    /// How labels are made.
    LabelMethod {
        People = "people", "By people";
        LargeModel = "large-model", "By a large model, reviewed";
    }
}

choice_enum! {
    /// How rented GPUs are billed.
    GpuBilling {
        Autoscaled = "autoscaled", "By the hour, autoscaled";
        Reserved = "reserved", "Reserved all month";
        Owned = "owned", "Bought";
    }
}

choice_enum! {
    /// How requests reach the large model.
    RoutingKind {
        Predictive = "predictive", "A classifier decides first";
        Cascade = "cascade", "Small model first, then escalate";
    }
}

choice_enum! {
    /// Number of GPUs of one replica or training job.
    GpuCount {
        Auto = "auto", "Auto";
        One = "1", "1";
        Two = "2", "2";
        Four = "4", "4";
        Eight = "8", "8";
        Sixteen = "16", "16";
    }
}

impl GpuCount {
    /// The pinned number, if any.
    pub const fn pinned(self) -> Option<u32> {
        match self {
            GpuCount::Auto => None,
            GpuCount::One => Some(1),
            GpuCount::Two => Some(2),
            GpuCount::Four => Some(4),
            GpuCount::Eight => Some(8),
            GpuCount::Sixteen => Some(16),
        }
    }
}

choice_enum! {
    /// Precision of the weights served on own GPUs.
    WeightPrecision {
        Auto = "auto", "Auto";
        Bf16 = "bf16", "bf16";
        Fp8 = "fp8", "fp8";
        Int4 = "int4", "int4 (AWQ, GPTQ)";
        Mxfp4 = "mxfp4", "mxfp4";
        Nvfp4 = "nvfp4", "nvfp4";
        Nf4 = "nf4", "nf4 (bitsandbytes)";
        Q4KM = "q4_k_m", "GGUF Q4_K_M";
        Q5KM = "q5_k_m", "GGUF Q5_K_M";
        Q6K = "q6_k", "GGUF Q6_K";
        Q80 = "q8_0", "GGUF Q8_0";
    }
}

choice_enum! {
    /// Precision of the attention cache on own GPUs.
    CachePrecision {
        Bf16 = "bf16", "bf16";
        Fp8 = "fp8", "fp8";
    }
}

choice_enum! {
    /// What serves on own GPUs.
    Maturity {
        Tuned = "tuned", "Vendor-tuned engine";
        Vllm = "vllm", "vLLM, 2025 or later";
        Sglang = "sglang", "SGLang, 2025 or later";
        Of2024 = "2024", "Engine of 2024";
        Plain = "plain", "Plain loop";
    }
}

choice_enum! {
    /// How the software of a tuning run computes.
    TrainingLoop {
        Tuned = "tuned", "Loss in chunks, examples packed";
        Plain = "plain", "Plain loop: logits in full, padded";
    }
}

choice_enum! {
    /// For how long what is written to a cache is paid to stay.
    CacheLifetime {
        Cheaper = "cheaper", "The cheaper lifetime";
        FiveMinutes = "five-minutes", "Five minutes";
        OneHour = "one-hour", "One hour";
    }
}

choice_enum! {
    /// Which service tier of a provider calls are billed by.
    ServiceTier {
        Automatic = "automatic", "Batch or flex for what can wait";
        Standard = "standard", "Standard for all calls";
        Batch = "batch", "Batch for what can wait";
        Flex = "flex", "Flex for what can wait";
        Priority = "priority", "Priority for what cannot wait";
    }
}

choice_enum! {
    /// In which way models of providers are paid.
    ApiPayment {
        Cheapest = "cheapest", "The cheapest way";
        Tokens = "tokens", "Per token";
        Provisioned = "provisioned", "Provisioned throughput";
        Seats = "seats", "Seats";
    }
}

choice_enum! {
    /// What serves the task today.
    Today {
        Nothing = "nothing", "Nothing yet";
        Prompt = "prompt", "Prompted API model";
        PromptSmall = "prompt-small", "Prompted smaller API model";
        Rag = "rag", "Retrieval + API model";
        Route = "route", "Routing between API models";
        OpenManaged = "open-managed", "Open weights, managed";
        HostedTune = "hosted-tune", "Fine-tuned at a provider";
        OpenSelf = "open-self", "Open weights, self-hosted";
        QLora = "qlora", "QLoRA, self-hosted";
        Lora = "lora", "LoRA, self-hosted";
        Full = "full", "Full fine-tuning, self-hosted";
        LoraRoute = "lora-route", "Tuned model + fallback";
        Custom = "custom", "Custom model";
    }
}
