//! What is asked of a model: calls over the week and over the months, and the tokens of one call.

mod months;
mod tokens;
mod traffic;

pub use months::{Months, whole_months};
pub use tokens::CallTokens;
pub use traffic::{Level, calls_per_request, levels, peak_weight};

use super::catalog::{ApiModel, Catalog};
use super::input::Inputs;

/// Largest knowledge that goes into a cached prompt instead of retrieval (Anthropic, Contextual Retrieval).
const LARGEST_CACHED_KNOWLEDGE: f64 = 200_000.0;
/// Tuning replaces this part of instructions and examples (method §4, assumption).
const TUNED_PREFIX_SHARE: f64 = 0.25;

/// The calls of a scenario, in the tokens of the API model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Workload {
    /// Whether knowledge is retrieved; else it stands in the prefix, if there is any.
    pub retrieval: bool,
    /// Knowledge that stands in the cached prefix, tokens.
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
    /// Derive it from the inputs, with knowledge in the prompt where it fits.
    ///
    /// Knowledge over min(200,000 tokens, what the API model's context leaves) takes retrieval (rule H5).
    pub fn of(inputs: &Inputs, catalog: &Catalog) -> Workload {
        Workload::with(inputs, inputs.data.knowledge_tokens > knowledge_limit(inputs, catalog))
    }

    /// Derive it from the inputs, with knowledge brought in by retrieval or in the prompt, whether or not it fits.
    pub fn with(inputs: &Inputs, retrieval: bool) -> Workload {
        let work = &inputs.work;
        Workload {
            retrieval,
            cached_knowledge: if retrieval { 0.0 } else { inputs.data.knowledge_tokens },
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
pub fn knowledge_limit(inputs: &Inputs, catalog: &Catalog) -> f64 {
    let work = &inputs.work;
    api_model(inputs, catalog)
        .and_then(|model| model.max_input_tokens)
        .map_or(LARGEST_CACHED_KNOWLEDGE, |limit| limit - work.prefix_tokens - work.input_tokens)
        .clamp(0.0, LARGEST_CACHED_KNOWLEDGE)
}

/// The chosen API model.
pub fn api_model<'a>(inputs: &Inputs, catalog: &'a Catalog) -> Option<&'a ApiModel> {
    catalog.api_model(&inputs.models.api_model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_knowledge_stands_in_the_prefix_and_large_knowledge_is_retrieved() {
        let mut inputs = Inputs::default();
        inputs.data.knowledge_tokens = 200_000.0;
        let small = Workload::of(&inputs, Catalog::builtin());
        assert!(!small.retrieval);
        assert_eq!(small.prompted(1.0).prefix, 201_200.0);
        inputs.data.knowledge_tokens = 200_001.0;
        let large = Workload::of(&inputs, Catalog::builtin());
        assert!(large.retrieval);
        assert_eq!(large.prompted(1.0).variable, 3_155.0);
        assert_eq!(large.tuned(2.0).output, 422.0);
        assert_eq!(large.tuned(1.0).prefix, 300.0);
    }
}
