//! Trials where nothing is proven: what may meet the bar that the reference fails (method §11.3).

use super::assessment::Assessment;
use super::choose::Choice;
use super::comparison::Comparison;
use super::pilot::{Declined, Pilot, Trials, WhyDeclined};
use super::stronger;
use super::trial::{is_open_question, keep_cheapest_serving, over_budget, pilot, trial_lines};
use crate::domain::input::FailureMode;
use crate::domain::rules::FindingEffect;
use crate::domain::strategy::{RuleRole, StrategyId};

/// Retrieval first where knowledge is missing, then the next stronger models, then what a reason of quality speaks
/// for, by cost.
pub fn proving_pilots(comparison: &Comparison, choice: &Choice) -> Trials {
    if comparison.inputs.quality.required_quality >= 1.0 {
        return unprovable(comparison);
    }
    let mut trials = Trials::default();
    let mut add = |candidate: &Assessment| {
        let lines = trial_lines(comparison, candidate, choice.reference);
        match over_budget(comparison, &lines) {
            Some(why) => trials.declined.push(Declined { strategy: candidate.id, why }),
            None => trials.pilots.push(pilot(candidate, lines)),
        }
    };
    let retrieval = comparison
        .get(StrategyId::Rag)
        .filter(|rag| is_open_question(rag) && knowledge_is_missing(comparison));
    retrieval.into_iter().for_each(&mut add);
    let mut candidates: Vec<&Assessment> = comparison
        .assessments
        .iter()
        .filter(|candidate| is_open_question(candidate) && has_quality_reason(candidate))
        .filter(|candidate| retrieval.is_none_or(|first| first.id != candidate.id))
        .collect();
    keep_cheapest_serving(comparison, &mut candidates);
    candidates.sort_by(|a, b| {
        let cost = |candidate: &Assessment| candidate.tco().unwrap_or(f64::MAX);
        cost(a).total_cmp(&cost(b)).then(a.rung.cmp(&b.rung)).then(a.id.cmp(&b.id))
    });
    candidates.into_iter().for_each(&mut add);
    let first =
        trials.pilots.iter().take_while(|one| retrieval.is_some_and(|rag| rag.id == one.strategy)).count();
    let steps: Vec<Pilot> = stronger::steps(comparison, choice);
    trials.pilots.splice(first..first, steps);
    trials
}

/// Whether answers fail for want of knowledge.
fn knowledge_is_missing(comparison: &Comparison) -> bool {
    matches!(comparison.inputs.work.failure_mode, FailureMode::Knowledge | FailureMode::Both)
}

fn has_quality_reason(candidate: &Assessment) -> bool {
    candidate.fired.iter().any(|finding| {
        matches!(finding.effect, FindingEffect::For(_))
            && finding.role.is_some_and(RuleRole::speaks_for_quality)
    })
}

/// No sample shows that every answer is right.
fn unprovable(comparison: &Comparison) -> Trials {
    let open = comparison.assessments.iter().filter(|candidate| is_open_question(candidate));
    let declined =
        open.map(|candidate| Declined { strategy: candidate.id, why: WhyDeclined::Unprovable }).collect();
    Trials { pilots: Vec::new(), declined }
}
