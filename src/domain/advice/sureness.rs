//! How sure a verdict is, by thresholds written down here.

use super::{Assessed, Decision, next_crossing, weakest};
use crate::domain::assess::tier;
use crate::domain::evaluation::{Pilot, Sureness};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;

/// A crossing nearer than this factor of the present volume makes a verdict fragile.
const NEAR: f64 = 1.25;
/// A crossing farther than this factor leaves it robust.
const FAR: f64 = 3.0;

/// The grade and the reasons for it, the weakest first.
///
/// Low: nothing proven, or assumed equal, or an unmeasured model weaker than the API model chosen, or a
/// crossing of a proven strategy within 25 % of the present volume. High: measured to meet the bar, no pilot open, no crossing
/// within a factor of 3. Medium: the rest.
pub fn judge(case: &Assessed, decision: &Decision, pilots: &[Pilot]) -> (Sureness, Vec<String>) {
    let Some(holder) = decision.use_now.and_then(|id| case.get(id)) else {
        let reason = if decision.reference.is_none() {
            "nothing fits the constraints"
        } else {
            "nothing is proven yet"
        };
        return (Sureness::Low, vec![reason.to_owned()]);
    };
    let mut grades: Vec<(Sureness, String)> = vec![evidence(holder.quality)];
    if is_weaker_than_chosen(case, holder.id) && !holder.quality.is_measured() {
        grades.push((
            Sureness::Low,
            "it is an unmeasured model weaker than the API model you chose".to_owned(),
        ));
    }
    if holder.cost.is_err() {
        grades.push((Sureness::Low, "its cost is not known".to_owned()));
    }
    if let Some(pilot) = pilots.first() {
        grades
            .push((Sureness::Medium, format!("a trial of {} is open", pilot.strategy.noun_for(&pilot.name))));
    }
    if let Some(factor) = nearest_crossing(case, holder.id) {
        let percent = (factor - 1.0) * 100.0;
        if factor < NEAR {
            grades.push((
                Sureness::Low,
                format!("a proven strategy gets cheaper at {percent:.0} % more volume"),
            ));
        } else if factor < FAR {
            grades.push((
                Sureness::Medium,
                format!("a proven strategy gets cheaper at {factor:.1} times the volume"),
            ));
        }
    }
    let grade = weakest(&grades.iter().map(|(grade, _)| *grade).collect::<Vec<_>>());
    grades.sort_by_key(|(grade, _)| *grade);
    (grade, grades.into_iter().map(|(_, reason)| reason).collect())
}

fn evidence(quality: QualityState) -> (Sureness, String) {
    match quality {
        QualityState::Meets(_) => (Sureness::High, "it is measured to meet the bar".to_owned()),
        QualityState::AssumedEqual => (Sureness::Low, "its quality is assumed, not measured".to_owned()),
        QualityState::Untested => (Sureness::Medium, "its quality is not measured yet".to_owned()),
        QualityState::Stated(_) => {
            (Sureness::Medium, "its quality is stated without the number of examples".to_owned())
        }
        QualityState::Unclear { .. } => {
            (Sureness::Medium, "your evaluation cannot yet tell whether it meets the bar".to_owned())
        }
        QualityState::Fails(_) => {
            (Sureness::Medium, "it fails the bar so far, but prompt engineering has hardly begun".to_owned())
        }
    }
}

fn is_weaker_than_chosen(case: &Assessed, holder: StrategyId) -> bool {
    match (tier(holder, case.study.case), tier(StrategyId::Prompt, case.study.case)) {
        (Some(own), Some(chosen)) => own < chosen,
        _ => false,
    }
}

/// The nearest volume above today's at which a proven survivor gets cheaper than the reference, against today's.
///
/// What is not proven does not replace the holder at any volume, so it does not make the verdict fragile.
fn nearest_crossing(case: &Assessed, holder: StrategyId) -> Option<f64> {
    let today = case.inputs.work.requests_per_month;
    if case.reference.is_none_or(|reference| reference.id != holder) {
        return None;
    }
    case.assessments
        .iter()
        .filter(|assessment| assessment.survives() && assessment.quality.is_accepted())
        .filter_map(|assessment| next_crossing(assessment.break_even.as_ref(), today))
        .map(|crossing| crossing.volume / today)
        .min_by(f64::total_cmp)
}
