//! What makes a trial: what is open, what keeps from it, and what it costs.

use super::assessment::Assessment;
use super::comparison::{Candidate, Comparison};
use super::pilot::{Pilot, WhyDeclined};
use super::trial_cost::{TrialCost, TrialItem, pilot_cost_lines};
use crate::domain::cost::label_price_of_people;
use crate::domain::evidence::QualityState;
use crate::domain::input::BudgetScope;
use crate::domain::rules::{FindingEffect, Fired};
use crate::domain::strategy::{RuleRole, StrategyId};

/// A finding against it of this strength keeps a strategy from being piloted, from these rules.
const STRONG: u8 = 3;

/// Why the trial itself cannot be paid, if the budget before launch does not hold what it counts of it.
pub fn over_budget(comparison: &Comparison, lines: &[TrialCost]) -> Option<WhyDeclined> {
    let budget = comparison.inputs.constraints.upfront_budget?;
    let scope = comparison.inputs.constraints.budget_scope;
    let counts = |line: &&TrialCost| scope == BudgetScope::People || line.item.is_invoice();
    let cost = lines.iter().filter(counts).fold(0.0, |sum, line| sum + line.usd);
    (cost > budget).then_some(WhyDeclined::OverBudget { cost, budget })
}

/// A survivor whose quality is open, whose cost is known and that nothing keeps from being tried.
pub fn is_open_question(candidate: &Assessment) -> bool {
    let open = matches!(
        candidate.quality,
        QualityState::Untested | QualityState::Stated(_) | QualityState::Unclear { .. }
    );
    candidate.survives() && open && candidate.cost.is_ok() && kept_from_trial(candidate).is_none()
}

/// What keeps a strategy from being tried: labels that are not there in time, or a reason that speaks strongly
/// against it.
pub fn kept_from_trial(candidate: &Assessment) -> Option<&Fired> {
    candidate.fired.iter().find(|finding| {
        let spoken_against = matches!(finding.effect, FindingEffect::Against(strength) if strength >= STRONG);
        spoken_against || finding.role == Some(RuleRole::LabelsLate)
    })
}

/// One pilot for each configuration: where one is served in two ways, the cheaper.
pub fn keep_cheapest_serving(comparison: &Comparison, candidates: &mut Vec<&Assessment>) {
    let cost = |one: &Assessment| one.tco().unwrap_or(f64::INFINITY);
    let dearer: Vec<StrategyId> = candidates
        .iter()
        .filter_map(|one| {
            let other = comparison.same_configuration(one.id)?;
            let other = candidates.iter().find(|found| found.id == other)?;
            let is_dearer =
                cost(one).total_cmp(&cost(other)).then((one.rung, one.id).cmp(&(other.rung, other.id)));
            is_dearer.is_gt().then_some(one.id)
        })
        .collect();
    candidates.retain(|one| !dearer.contains(&one.id));
}

/// What a trial costs, line by line; for one that is measured but unclear, the further examples only.
pub fn trial_lines(
    comparison: &Comparison,
    candidate: &Assessment,
    holder: Option<StrategyId>,
) -> Vec<TrialCost> {
    if let QualityState::Unclear { further_examples: Some(examples), .. } = candidate.quality {
        let examples = f64::from(examples);
        // People make them, whoever makes the labels to train on: a model cannot examine itself.
        let usd = examples * label_price_of_people(comparison.inputs);
        return vec![TrialCost { item: TrialItem::FurtherExamples(examples), usd }];
    }
    comparison.candidate(candidate.id).map_or_else(Vec::new, |Candidate { costed, .. }| {
        let ledger = candidate.cost.as_ref().ok().map(|cost| &cost.ledger);
        let holder = holder.and_then(|id| comparison.candidate(id)).map(|holder| &holder.costed);
        pilot_cost_lines(&comparison.setting, costed, ledger, holder)
    })
}

/// What the lines of a trial come to.
pub fn sum(lines: &[TrialCost]) -> f64 {
    lines.iter().fold(0.0, |sum, line| sum + line.usd)
}

/// A pilot of which no more is known than what it costs, to try and to run.
pub fn pilot(candidate: &Assessment, cost_lines: Vec<TrialCost>) -> Pilot {
    Pilot {
        strategy: candidate.id,
        stronger_model: None,
        cost: sum(&cost_lines),
        cost_lines,
        tco: candidate.tco().unwrap_or(0.0),
        saving: None,
        break_even_chance: None,
        needs_share: None,
    }
}

/// Strength of the findings for it minus against it.
pub fn net_strength(fired: &[Fired]) -> i32 {
    fired
        .iter()
        .map(|finding| match finding.effect {
            FindingEffect::For(strength) => i32::from(strength),
            FindingEffect::Against(strength) => -i32::from(strength),
            _ => 0,
        })
        .sum()
}
