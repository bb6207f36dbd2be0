//! Quality and evidence: the bar, the cost of missing it, and what has been measured.

use super::{GUIDE, YOURS, evidence, flag, input_group, number, optional_number};
use crate::domain::evidence::{Evidence, QualityState};
use crate::domain::strategy::StrategyId;
use crate::domain::units::Unit;

input_group! {
    /// The bar, and what has been measured against it.
    Quality (quality) {
        required_quality: f64 = 0.9 => number("Required quality", 0.9, 0.0, 1.0, Unit::Share("right on your evaluation")).between(0.85, 0.95).source(YOURS).basic()
            .help("The bar: the share of your own evaluation examples that must be right. It follows from what an error costs and what a success is worth.");
        evidence_prompt: Evidence = Evidence::Untested => evidence("Prompted API model, measured").source(YOURS).basic()
            .help("Right answers of your evaluation, such as 172/200, for the API model without retrieval. Without a measurement nothing is proven either way.");
        cost_per_error: Option<f64> = None => optional_number("Cost of a wrong answer", 0.0, 1e6, Unit::Usd("per error")).source(YOURS)
            .help("What one wrong answer costs you beyond the request. It prices quality: without it strategies are compared on cost alone.");
        value_of_success: Option<f64> = None => optional_number("Value of a right answer", 0.0, 1e6, Unit::Usd("per success")).source(YOURS)
            .help("With the cost of an error it gives the accuracy at which the task pays: cost of error / (cost of error + value of success).");
        evidence_rag: Evidence = Evidence::Untested => evidence("Retrieval + API model, measured").source(YOURS)
            .help("The API model with retrieval on the same evaluation.");
        evidence_small: Evidence = Evidence::Untested => evidence("Smaller API model, measured").source(YOURS)
            .help("The smaller API model on the same evaluation, with retrieval if the task needs it.");
        evidence_route: Evidence = Evidence::Untested => evidence("Routing, measured").source(YOURS)
            .help("The routed mix as a whole on the same evaluation.");
        evidence_open: Evidence = Evidence::Untested => evidence("Open model, measured").source(YOURS)
            .help("The open model as it is. Managed and self-hosted serving of the same weights share this measurement.");
        evidence_hosted: Evidence = Evidence::Untested => evidence("Fine-tuned at a provider, measured").source(YOURS)
            .help("The model tuned at the provider, on held-out examples.");
        evidence_qlora: Evidence = Evidence::Untested => evidence("QLoRA, measured").source(YOURS)
            .help("The QLoRA-tuned base on held-out examples.");
        evidence_lora: Evidence = Evidence::Untested => evidence("LoRA, measured").source(YOURS)
            .help("The LoRA-tuned base on held-out examples.");
        evidence_full: Evidence = Evidence::Untested => evidence("Full fine-tuning, measured").source(YOURS)
            .help("The fully tuned base on held-out examples.");
        evidence_lora_route: Evidence = Evidence::Untested => evidence("Tuned model + fallback, measured").source(YOURS)
            .help("The tuned model with the API model behind it, as a whole.");
        task_required_quality: Option<f64> = None => optional_number("The task's own bar", 0.0, 1.0, Unit::Share("right on the task")).source(YOURS)
            .help("For a task inside broader traffic, which a tuned model with the API model behind it serves: what the tuned model must reach on it. Blank: the bar of the whole.");
        evidence_task: Evidence = Evidence::Untested => evidence("Tuned model on its task, measured").source(YOURS)
            .help("The tuned model on examples of the task alone; the API model serves the rest as before. A measurement of the tuned model with its fallback as a whole goes before it.");
        evidence_custom: Evidence = Evidence::Untested => evidence("Custom model, measured").source(YOURS)
            .help("A model of your own, trained from scratch.");
        prompt_hours_spent: Option<f64> = None => optional_number("Prompt engineering so far", 0.0, 10_000.0, Unit::Plain("hours")).source(YOURS)
            .help("A failed measurement speaks against prompting only after a real attempt. Blank counts as enough.");
        maximum_quality: bool = false => flag("Maximum quality is worth any price").source(GUIDE)
            .help("One of the guide's three conditions for full fine-tuning.");
        far_from_pretraining: bool = false => flag("The task is far from anything in pretraining").source(GUIDE)
            .help("Another of the guide's conditions for full fine-tuning; LoRA suits tasks similar to pretraining.");
        no_base_covers: bool = false => flag("No existing model covers the language or domain").source(YOURS)
            .help("Then a base that goes on pretraining with your text is left, or a custom model, if the tokens and the budget exist.");
    }
}

/// The input that holds what was measured for the configuration of a strategy.
///
/// Evidence belongs to a configuration, never to serving: managed and self-hosted open weights share it.
pub const fn evidence_input(id: StrategyId) -> &'static str {
    match id {
        StrategyId::Prompt => "evidence_prompt",
        StrategyId::PromptSmall => "evidence_small",
        StrategyId::Rag => "evidence_rag",
        StrategyId::Route => "evidence_route",
        StrategyId::OpenManaged | StrategyId::OpenSelf => "evidence_open",
        StrategyId::HostedTune => "evidence_hosted",
        StrategyId::Qlora => "evidence_qlora",
        StrategyId::Lora => "evidence_lora",
        StrategyId::Full => "evidence_full",
        StrategyId::LoraRoute => "evidence_lora_route",
        StrategyId::Custom => "evidence_custom",
    }
}

impl Quality {
    /// What the user measured for the configuration of a strategy.
    pub const fn evidence_of(&self, id: StrategyId) -> Evidence {
        match id {
            StrategyId::Prompt => self.evidence_prompt,
            StrategyId::PromptSmall => self.evidence_small,
            StrategyId::Rag => self.evidence_rag,
            StrategyId::Route => self.evidence_route,
            StrategyId::OpenManaged | StrategyId::OpenSelf => self.evidence_open,
            StrategyId::HostedTune => self.evidence_hosted,
            StrategyId::Qlora => self.evidence_qlora,
            StrategyId::Lora => self.evidence_lora,
            StrategyId::Full => self.evidence_full,
            StrategyId::LoraRoute => self.evidence_lora_route,
            StrategyId::Custom => self.evidence_custom,
        }
    }

    /// What that says against the bar; of a tuned model inside broader traffic, what its task says against its own.
    pub fn state_of(&self, id: StrategyId) -> QualityState {
        let evidence = if self.judged_by_task(id) { self.evidence_task } else { self.evidence_of(id) };
        QualityState::of(evidence, self.bar_of(id))
    }

    /// The bar that a configuration is held against.
    pub fn bar_of(&self, id: StrategyId) -> f64 {
        let own = self.task_required_quality.filter(|_| self.judged_by_task(id));
        own.unwrap_or(self.required_quality)
    }

    /// Whether only the task that a tuned model serves is measured: the rest is served as it is by the API model.
    pub fn judged_by_task(&self, id: StrategyId) -> bool {
        let untested = |evidence| matches!(evidence, Evidence::Untested);
        id == StrategyId::LoraRoute && untested(self.evidence_lora_route) && !untested(self.evidence_task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::{Inputs, Value, input};

    #[test]
    fn the_input_of_the_evidence_is_the_one_that_is_read() {
        for id in StrategyId::ALL {
            let mut inputs = Inputs::default();
            let record = input(evidence_input(id)).unwrap();
            (record.set)(&mut inputs, &Value::Evidence(Evidence::Stated(0.5)));
            assert_eq!(inputs.quality.evidence_of(id), Evidence::Stated(0.5), "{}", id.key());
        }
    }
}
