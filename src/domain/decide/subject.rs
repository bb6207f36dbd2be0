//! What rules compare of a strategy.

use crate::domain::cost::{Costed, Setting};
use crate::domain::evidence::QualityState;
use crate::domain::input::Inputs;
use crate::domain::rules::{CostFacts, ReferenceFacts, Subject};
use crate::domain::strategy::Strategy;

/// What rules compare of a strategy.
pub fn subject<'a, 'b>(
    study: &'a Setting<'b>,
    built: &'a Costed<'b>,
    cost: Option<CostFacts>,
    reference: Option<ReferenceFacts>,
) -> Subject<'a, 'b> {
    let state =
        QualityState::of(built.strategy.evidence(study.inputs), study.inputs.quality.required_quality);
    Subject {
        study,
        built,
        state,
        clearly_fails: clearly_fails(&state, built.strategy, study.inputs),
        cost,
        reference,
    }
}

/// A failed measurement is clear evidence against prompting only after a real attempt; unstated hours count as one.
fn clearly_fails(state: &QualityState, strategy: &Strategy, inputs: &Inputs) -> bool {
    let enough = inputs.team.prompt_effort_before_evidence;
    let tried = inputs.quality.prompt_hours_spent.is_none_or(|hours| hours >= enough);
    state.fails() && (tried || !strategy.is_prompted())
}
