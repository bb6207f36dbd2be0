//! Where knowledge fits the prompt, carrying it there and retrieving it are one rung (method §11).

use super::subject::clearly_fails;
use crate::domain::cost::{Costed, Setting, quality_of};
use crate::domain::strategy::StrategyId;

/// Whether retrieval is the reference and not the prompt, where both survive the constraints on one rung.
///
/// The cheaper one is, of those that are ready by the launch. A price does not displace a measurement, though: one
/// that is measured to meet the bar goes before one that is not, and as long as neither is, a failure of either leaves
/// the prompt as what the others are held against.
pub fn retrieval_goes_first(setting: &Setting, prompt: &Costed, rag: &Costed) -> bool {
    let state = |costed: &Costed| quality_of(setting, costed.strategy.id);
    let fails = |costed: &Costed| clearly_fails(&state(costed), costed.strategy, setting.inputs);
    match (state(prompt).meets(), state(rag).meets()) {
        (true, false) => false,
        (false, true) => true,
        (false, false) if fails(prompt) || fails(rag) => false,
        _ => order(setting, rag) < order(setting, prompt),
    }
}

/// Whether retrieval is the reference of a setting, the prompt being the other that may be.
pub fn retrieval_is_reference(setting: &Setting) -> bool {
    let costed = |id: StrategyId| Costed::of(setting, id.strategy(), None);
    retrieval_goes_first(setting, &costed(StrategyId::Prompt), &costed(StrategyId::Rag))
}

/// Ready in time first, then by cost; unknown costs last.
fn order(setting: &Setting, costed: &Costed) -> (bool, f64) {
    (!costed.is_in_time(setting), costed.tco(setting).unwrap_or(f64::INFINITY))
}
