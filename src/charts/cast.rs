//! Who plays which part in the charts, and what it is called in a headline.

use crate::domain::answer::{Answer, Assessment, Lead, Leads};
use crate::domain::strategy::StrategyId;

/// The part that a strategy plays; it has the same colour in all charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the page recommends.
    Verdict,
    /// The best other one.
    Rival,
    /// Any other.
    Other,
}

/// The strategies that are drawn; each has a known cost.
pub(super) struct Cast<'a> {
    /// What the page recommends, or what stands for it.
    pub(super) verdict: &'a Assessment,
    /// What that is: only what is used now is the verdict.
    pub(super) is: Leads,
    /// The best other one.
    pub(super) rival: Option<&'a Assessment>,
    /// All others that nothing excludes, the cheapest first.
    pub(super) others: Vec<&'a Assessment>,
}

impl<'a> Cast<'a> {
    /// Choose the parts; `None` if no cost is known.
    ///
    /// Where nothing is proven yet, the first pilot stands for the verdict, then the reference.
    pub(super) fn of(answer: &'a Answer) -> Option<Self> {
        let Lead { first, is, rival } = answer.decided.lead()?;
        let mut others = answer.decided.costed_survivors();
        others.retain(|one| one.id != first.id && Some(one.id) != rival.map(|rival| rival.id));
        Some(Cast { verdict: first, is, rival, others })
    }

    /// Whether the verdict is one, and nothing that stands for it.
    pub(super) fn is_decided(&self) -> bool {
        self.is == Leads::Verdict
    }

    /// The part of a strategy.
    pub(super) fn role(&self, id: StrategyId) -> Role {
        match id {
            id if id == self.verdict.id => Role::Verdict,
            id if Some(id) == self.rival.map(|rival| rival.id) => Role::Rival,
            _ => Role::Other,
        }
    }

    /// Whether the expected cost of wrong answers counts, as it does in the answer's break-evens:
    /// only where it is known for both that are compared.
    pub(super) fn counts_errors(&self) -> bool {
        let is_known = |one: &Assessment| one.cost.as_ref().is_ok_and(|cost| cost.errors.is_some());
        is_known(self.verdict) && self.rival.is_some_and(is_known)
    }

    /// What a headline may claim for a strategy: the verdict does pay, another one or what stands for it would.
    pub(super) fn claim(&self, id: StrategyId) -> Claim {
        match self.all().find(|one| one.id == id) {
            None => Claim { would: "", condition: "" },
            Some(one) if one.id == self.verdict.id && self.is == Leads::Verdict => {
                Claim { would: "", condition: "" }
            }
            Some(one) if one.quality.is_accepted() => Claim { would: "would ", condition: "" },
            Some(one) if one.quality.fails() => Claim { would: "would ", condition: ", but fails the bar" },
            Some(_) => Claim { would: "would ", condition: ", if it is good enough" },
        }
    }

    /// All of them: the verdict, its rival, the others.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a Assessment> {
        [self.verdict].into_iter().chain(self.rival).chain(self.others.iter().copied())
    }
}

/// How surely a headline may speak.
pub(super) struct Claim {
    /// Before the verb: "would " or nothing.
    pub(super) would: &'static str,
    /// After the sentence: its condition, or nothing.
    pub(super) condition: &'static str,
}

impl Claim {
    /// A verb after "would " or in the present tense.
    pub(super) fn verb(&self, infinitive: &str) -> String {
        if self.would.is_empty() { format!("{infinitive}s") } else { format!("{}{infinitive}", self.would) }
    }
}

/// Added to a caption where wrong answers count.
pub(super) const WITH_ERRORS: &str = " The expected cost of wrong answers is included where it is known.";

/// What a strategy is called in the middle of a headline, in the singular.
pub(super) const fn subject(id: StrategyId) -> &'static str {
    match id {
        StrategyId::Prompt => "prompting",
        StrategyId::PromptSmall => "a smaller API model",
        StrategyId::Rag => "retrieval",
        StrategyId::Route => "routing",
        StrategyId::OpenManaged => "a managed open model",
        StrategyId::HostedTune => "tuning at a provider",
        StrategyId::OpenSelf => "a self-hosted open model",
        StrategyId::Qlora => "QLoRA",
        StrategyId::Lora => "LoRA",
        StrategyId::Full => "full fine-tuning",
        StrategyId::LoraRoute => "a tuned model with fallback",
        StrategyId::Custom => "a custom model",
    }
}

/// The same at the beginning of a headline.
pub(super) fn subject_first(id: StrategyId) -> String {
    crate::domain::units::words::capital(subject(id))
}

/// What a strategy is called beside a line or bar.
pub(super) const fn brief(id: StrategyId) -> &'static str {
    match id {
        StrategyId::Prompt => "Prompting",
        StrategyId::PromptSmall => "Smaller model",
        StrategyId::Rag => "Retrieval",
        StrategyId::Route => "Routing",
        StrategyId::OpenManaged => "Open, managed",
        StrategyId::HostedTune => "Provider tuning",
        StrategyId::OpenSelf => "Open, own GPUs",
        StrategyId::Qlora => "QLoRA",
        StrategyId::Lora => "LoRA",
        StrategyId::Full => "Full tuning",
        StrategyId::LoraRoute => "Tuned + fallback",
        StrategyId::Custom => "Custom model",
    }
}
