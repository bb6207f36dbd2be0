//! At which size of the knowledge another way to bring it in is taken, and the decision is another one.

use super::retirement::changes_decision;
use super::trigger::Trigger;
use crate::domain::case::Case;
use crate::domain::cost::{Costed, Setting, said};
use crate::domain::decide::{Decision, retrieval_is_reference};
use crate::domain::strategy::StrategyId;
use crate::domain::workload::knowledge_limit;

/// A size is located to this factor, finer than it is said.
const LOCATED_TO: f64 = 1.01;
const INPUT: &str = "knowledge_tokens";

/// The size of the knowledge at which what is in use brings it in the other way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnowledgeTurn {
    /// Tokens, as they are said.
    pub tokens: f64,
    /// Whether it is as much as fits the prompt at all; else it is where the costs cross.
    pub is_limit: bool,
    /// The event: knowledge that passes this size is retrieved, or that falls to it stands in the prompt.
    pub trigger: Trigger,
}

/// Where the way to bring knowledge in turns, and the decision with it; `None` without knowledge, or where it turns
/// nowhere.
pub fn knowledge_turn(decision: &Decision) -> Option<KnowledgeTurn> {
    let comparison = &decision.comparison;
    let setting = &comparison.setting;
    let holder = decision.choice.use_now?;
    let knowledge = setting.inputs.data.knowledge_tokens;
    let limit = knowledge_limit(setting.inputs, &setting.case.catalog);
    if knowledge <= 0.0 || limit < 1.0 {
        return None;
    }
    let retrieves = |tokens: f64| {
        let case = setting.case.edited(|inputs| inputs.data.knowledge_tokens = tokens);
        retrieves(&case, setting, holder)
    };
    let (tokens, trigger): (f64, fn(f64) -> Trigger) = if comparison.retrieves(holder) {
        (last_in_prompt(retrieves, knowledge.min(limit))?, |to| Trigger::Falls { input: INPUT, to })
    } else {
        (first_retrieved(retrieves, knowledge, limit), |to| Trigger::Rises { input: INPUT, to })
    };
    let turn = KnowledgeTurn { tokens, is_limit: tokens == limit, trigger: trigger(tokens) };
    changes_decision(turn.trigger, decision).then_some(turn)
}

/// The most tokens up to a size that stand in the prompt, as they are said.
fn last_in_prompt(retrieves: impl Fn(f64) -> bool, size: f64) -> Option<f64> {
    if !retrieves(size) {
        return Some(size);
    }
    let (low, _) = located(&retrieves, 1.0, size)?;
    Some(said(low, libm::floor)).filter(|tokens| *tokens >= 1.0)
}

/// The tokens above which knowledge is retrieved, as they are said: at the latest as much as fits the prompt.
fn first_retrieved(retrieves: impl Fn(f64) -> bool, size: f64, limit: f64) -> f64 {
    if !retrieves(limit) {
        return limit;
    }
    located(&retrieves, size, limit).map_or(limit, |(_, high)| said(high, libm::ceil).min(limit))
}

/// Two sizes close to each other, the lower in the prompt, the higher retrieved; `None` if the lowest is retrieved.
fn located(retrieves: &impl Fn(f64) -> bool, mut low: f64, mut high: f64) -> Option<(f64, f64)> {
    if retrieves(low) {
        return None;
    }
    while high / low > LOCATED_TO {
        let middle = libm::sqrt(low * high);
        if retrieves(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some((low, high))
}

/// Whether a strategy retrieves its knowledge in a case; of the prompt and retrieval, which one is the reference.
fn retrieves(case: &Case, like: &Setting, holder: StrategyId) -> bool {
    let setting = Setting::new(case).like(like);
    match holder {
        StrategyId::Prompt | StrategyId::Rag => retrieval_is_reference(&setting),
        other => Costed::of(&setting, other.strategy(), None).retrieves(),
    }
}
