//! What one call carries, derived from the inputs: prefix, variable input, retrieved passages, output.

use super::case::Case;
use super::catalog::ApiModel;
use super::cost::CallTokens;
use super::input::{Complexity, Inputs};

/// Largest knowledge that goes into a cached prompt instead of retrieval (Anthropic, Contextual Retrieval).
const LARGEST_CACHED_KNOWLEDGE: f64 = 200_000.0;
/// Tuning replaces this part of instructions and examples (method §4, assumption).
const TUNED_PREFIX_SHARE: f64 = 0.25;
/// Labelled examples that the guide asks for.
const LABELS_SIMPLE: f64 = 100.0;
const LABELS_COMPLEX: f64 = 1_000.0;
/// Labelled examples for full fine-tuning and a custom model (method §6, assumption).
const LABELS_FULL: f64 = 10_000.0;

/// The calls of a scenario, in the tokens of the API model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Workload {
    /// Whether the task needs retrieval: then every strategy runs with it.
    pub retrieval: bool,
    /// Knowledge that stands in the cached prefix instead, tokens.
    pub cached_knowledge: f64,
    /// Retrieved passages for each call, tokens.
    pub retrieved: f64,
    /// Instructions and examples, tokens.
    pub instructions: f64,
    /// Variable input, tokens.
    pub variable: f64,
    /// Visible output, tokens.
    pub visible_output: f64,
}

impl Workload {
    /// Derive it from the inputs.
    ///
    /// Knowledge over min(200,000 tokens, what the API model's context leaves) takes retrieval (rule H5).
    pub fn of(case: &Case) -> Workload {
        let inputs = &case.inputs;
        let work = &inputs.work;
        let knowledge = inputs.data.knowledge_tokens;
        let retrieval = knowledge > knowledge_limit(case);
        Workload {
            retrieval,
            cached_knowledge: if retrieval { 0.0 } else { knowledge },
            retrieved: if retrieval { inputs.data.retrieved_tokens } else { 0.0 },
            instructions: work.prefix_tokens,
            variable: work.input_tokens,
            visible_output: work.output_tokens,
        }
    }

    /// A call to a prompted model whose output is multiplied by its hidden reasoning.
    pub fn prompted(&self, reasoning: f64) -> CallTokens {
        CallTokens {
            prefix: self.instructions + self.cached_knowledge,
            variable: self.variable + self.retrieved,
            output: self.visible_output * reasoning,
        }
    }

    /// A call to a tuned model: most instructions and examples are learned.
    pub fn tuned(&self, reasoning: f64) -> CallTokens {
        CallTokens {
            prefix: self.instructions * TUNED_PREFIX_SHARE + self.cached_knowledge,
            ..self.prompted(reasoning)
        }
    }
}

/// The most knowledge that stands in the prompt, tokens; zero where the prompt is full without any.
pub fn knowledge_limit(case: &Case) -> f64 {
    let work = &case.inputs.work;
    api_model(case)
        .and_then(|model| model.max_input_tokens)
        .map_or(LARGEST_CACHED_KNOWLEDGE, |limit| limit - work.prefix_tokens - work.input_tokens)
        .clamp(0.0, LARGEST_CACHED_KNOWLEDGE)
}

/// The chosen API model.
pub fn api_model(case: &Case) -> Option<&ApiModel> {
    case.catalog.api_model(&case.inputs.models.api_model)
}

/// Labelled examples that tuning needs at least (guide).
pub fn labels_needed(inputs: &Inputs) -> f64 {
    match inputs.work.complexity {
        Complexity::Simple => LABELS_SIMPLE,
        Complexity::Complex => LABELS_COMPLEX,
    }
}

/// Labelled examples that full fine-tuning needs at least.
pub const fn labels_needed_for_full() -> f64 {
    LABELS_FULL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_knowledge_stands_in_the_prefix_and_large_knowledge_is_retrieved() {
        let mut case = Case::default();
        case.inputs.data.knowledge_tokens = 200_000.0;
        let small = Workload::of(&case);
        assert!(!small.retrieval);
        assert_eq!(small.prompted(1.0).prefix, 201_200.0);
        case.inputs.data.knowledge_tokens = 200_001.0;
        let large = Workload::of(&case);
        assert!(large.retrieval);
        assert_eq!(large.prompted(1.0).variable, 3_155.0);
        assert_eq!(large.tuned(2.0).output, 422.0);
        assert_eq!(large.tuned(1.0).prefix, 300.0);
    }
}
