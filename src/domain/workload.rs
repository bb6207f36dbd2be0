//! What is asked of a model: calls over the week and over the months, and the tokens of one call.

mod caching;
mod months;
mod split;
mod tokens;
mod traffic;

pub use caching::{Caching, Lifetime};
pub use months::{Months, whole_months};
pub use split::MeasuredSplit;
pub use tokens::{CallTokens, History};
pub use traffic::{Level, calls_per_request, levels, peak_weight};

use super::catalog::{ApiModel, Catalog};
use super::input::{Inputs, Today};

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
    /// Calls of a session.
    pub calls: f64,
    /// Share of its new input and visible output that later calls of a session carry on.
    pub carried: f64,
    /// History in the mean call, where a measured split tells it, tokens.
    pub measured_history: f64,
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
        let stated = Workload {
            retrieval,
            cached_knowledge: if retrieval { 0.0 } else { inputs.data.knowledge_tokens },
            retrieved: if retrieval { inputs.data.retrieved_tokens } else { 0.0 },
            instructions: work.prefix_tokens,
            variable: work.input_tokens,
            visible_output: work.output_tokens,
            calls: work.calls_per_request,
            carried: work.history_share,
            measured_history: 0.0,
        };
        match MeasuredSplit::of(inputs) {
            Some(split) => stated.measured(&split.times(1.0 / calls_per_request(inputs)), inputs),
            None => stated,
        }
    }

    /// The same with the lengths that a measured split of the mean call tells.
    ///
    /// Of its input, what brings knowledge today is taken off, then the instructions; of the rest, what went through
    /// the cache is history, and all else is new with the call.
    fn measured(self, split: &MeasuredSplit, inputs: &Inputs) -> Workload {
        let retrieves = split_retrieves(inputs);
        let data = &inputs.data;
        let brought = match (retrieves, data.knowledge_tokens > 0.0) {
            (true, true) => data.retrieved_tokens,
            (false, true) => data.knowledge_tokens,
            (_, false) => 0.0,
        };
        let own = (split.input() - brought).max(0.0);
        let instructions = self.instructions.min(own);
        let in_cache = split.cacheable() - if retrieves { 0.0 } else { brought } - instructions;
        let measured_history = in_cache.clamp(0.0, own - instructions);
        Workload {
            instructions,
            measured_history,
            variable: own - instructions - measured_history,
            visible_output: split.output / inputs.models.reasoning_multiplier_api,
            calls: 1.0,
            carried: 0.0,
            ..self
        }
    }

    /// A call to a prompted model whose output is multiplied by its hidden reasoning.
    pub fn prompted(&self, reasoning: f64) -> CallTokens {
        CallTokens {
            prefix: self.instructions + self.cached_knowledge,
            variable: self.variable + self.retrieved,
            output: self.visible_output * reasoning,
            history: History {
                calls: self.calls,
                input: self.carried * (self.variable + self.retrieved),
                output: self.carried * self.visible_output,
                measured: self.measured_history,
            },
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

/// Whether the prompt that was measured retrieves its knowledge: as today's set-up does, else by its size (rule H5).
pub fn split_retrieves(inputs: &Inputs) -> bool {
    match inputs.economics.today {
        Today::Rag => true,
        Today::Prompt => false,
        _ => inputs.data.knowledge_tokens > LARGEST_CACHED_KNOWLEDGE,
    }
}

/// The most knowledge that stands in the prompt, tokens; zero where the prompt is full without any.
pub fn knowledge_limit(inputs: &Inputs, catalog: &Catalog) -> f64 {
    let call = Workload { cached_knowledge: 0.0, ..Workload::with(inputs, false) }.prompted(1.0);
    api_model(inputs, catalog)
        .and_then(|model| model.max_input_tokens)
        .map_or(LARGEST_CACHED_KNOWLEDGE, |limit| limit - call.longest_input())
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
