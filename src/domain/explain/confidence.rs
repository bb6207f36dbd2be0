//! How sure a verdict is, by thresholds written down here.

use crate::domain::decide::{Comparison, Decision};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;

/// How sure a verdict is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictConfidence {
    /// How sure.
    pub grade: Grade,
    /// Why that sure, one phrase each, the weakest first.
    pub reasons: Vec<String>,
}

/// How sure a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Grade {
    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Grade::Low => "low",
            Grade::Medium => "medium",
            Grade::High => "high",
        }
    }
}

/// A crossing nearer than this factor of the present volume makes a verdict fragile.
const NEAR: f64 = 1.25;
/// A crossing farther than this factor leaves it robust.
const FAR: f64 = 3.0;

/// The grade and the reasons for it, the weakest first.
///
/// Low: nothing proven, or assumed equal, or an unmeasured model weaker than the API model chosen, or a
/// crossing of a proven strategy within 25 % of the present volume. High: measured to meet the bar, no pilot open, no crossing
/// within a factor of 3. Medium: the rest.
pub fn confidence(decision: &Decision) -> VerdictConfidence {
    let Decision { comparison, choice, trials } = decision;
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else {
        let reason =
            if choice.reference.is_none() { "nothing fits the constraints" } else { "nothing is proven yet" };
        return VerdictConfidence { grade: Grade::Low, reasons: vec![reason.to_owned()] };
    };
    let mut grades: Vec<(Grade, String)> = vec![evidence(holder.quality)];
    if comparison.is_weaker(holder.id, StrategyId::Prompt) && !holder.quality.is_measured() {
        grades.push((Grade::Low, "it is an unmeasured model weaker than the API model you chose".to_owned()));
    }
    if holder.cost.is_err() {
        grades.push((Grade::Low, "its cost is not known".to_owned()));
    }
    if let Some(pilot) = trials.pilots.first() {
        grades.push((
            Grade::Medium,
            format!("a trial of {} is open", pilot.strategy.noun_for(&comparison.pilot_name(pilot))),
        ));
    }
    if let Some(factor) = nearest_crossing(comparison, holder.id) {
        let percent = (factor - 1.0) * 100.0;
        if factor < NEAR {
            grades
                .push((Grade::Low, format!("a proven strategy gets cheaper at {percent:.0} % more volume")));
        } else if factor < FAR {
            grades.push((
                Grade::Medium,
                format!("a proven strategy gets cheaper at {factor:.1} times the volume"),
            ));
        }
    }
    grades.sort_by_key(|(grade, _)| *grade);
    let grade = grades.first().map_or(Grade::Medium, |(grade, _)| *grade);
    VerdictConfidence { grade, reasons: grades.into_iter().map(|(_, reason)| reason).collect() }
}

fn evidence(quality: QualityState) -> (Grade, String) {
    match quality {
        QualityState::Meets(_) => (Grade::High, "it is measured to meet the bar".to_owned()),
        QualityState::AssumedEqual => (Grade::Low, "its quality is assumed, not measured".to_owned()),
        QualityState::Untested => (Grade::Medium, "its quality is not measured yet".to_owned()),
        QualityState::Stated(_) => {
            (Grade::Medium, "its quality is stated without the number of examples".to_owned())
        }
        QualityState::Unclear { .. } => {
            (Grade::Medium, "your evaluation cannot yet tell whether it meets the bar".to_owned())
        }
        QualityState::Fails(_) => {
            (Grade::Medium, "it fails the bar so far, but prompt engineering has hardly begun".to_owned())
        }
    }
}

/// The nearest volume above today's at which a proven survivor gets cheaper than the reference, against today's.
///
/// What is not proven does not replace the holder at any volume, so it does not make the verdict fragile.
fn nearest_crossing(comparison: &Comparison, holder: StrategyId) -> Option<f64> {
    let today = comparison.inputs.work.requests_per_month;
    if comparison.reference.is_none_or(|reference| reference.id != holder) {
        return None;
    }
    comparison
        .assessments
        .iter()
        .filter(|assessment| assessment.survives() && assessment.quality.is_accepted())
        .filter_map(|assessment| assessment.next_crossing(today))
        .map(|crossing| crossing.volume / today)
        .min_by(f64::total_cmp)
}
