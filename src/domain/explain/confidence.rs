//! How sure a verdict is, by thresholds written down here.

use crate::domain::decide::{Assessment, Comparison, Decision};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{percent, percent_up, times};

/// How sure a verdict is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictConfidence {
    /// How sure: the weakest of its reasons.
    pub grade: Grade,
    /// Why that sure, one phrase each, the weakest first; each says first what it is about: the quality, the money,
    /// or the nearest change of the answer.
    pub reasons: Vec<String>,
}

impl VerdictConfidence {
    /// What the grades mean, in words.
    pub const MEANING: &str = "High: measured to meet the bar, no trial is open, and no proven strategy gets cheaper within three times the volume. Low: nothing is proven, or the quality is assumed, or the cost is not known, or your constraints forced a weaker model that nobody measured, or a proven strategy gets cheaper within a quarter more volume. Medium: the rest.";
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

/// From this part of the cost on, assumed hours are most of it.
pub const MOST: f64 = 0.5;
/// A crossing nearer than this factor of the present volume makes a verdict fragile.
const NEAR: f64 = 1.25;
/// A crossing farther than this factor leaves it robust.
const FAR: f64 = 3.0;

/// The grade and the reasons for it, the weakest first.
///
/// The thresholds are those of [`VerdictConfidence::MEANING`].
pub fn confidence(decision: &Decision) -> VerdictConfidence {
    let Decision { comparison, choice, trials } = decision;
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else {
        let reason = match (choice.reference, choice.later) {
            (None, _) => "nothing fits the constraints",
            (_, Some(_)) => "quality: what is proven is not ready by the launch",
            (_, None) => "quality: nothing is proven yet",
        };
        return VerdictConfidence { grade: Grade::Low, reasons: vec![reason.to_owned()] };
    };
    let mut grades: Vec<(Grade, String)> = vec![evidence(holder.quality, comparison)];
    if comparison.is_forced_and_weaker(holder) || comparison.stands_in(holder.id) {
        grades.push((
            Grade::Low,
            "quality: your constraints forced a model that is weaker than the one you chose, and unmeasured"
                .to_owned(),
        ));
    }
    grades.extend(money(holder));
    if let Some(pilot) = trials.pilots.first() {
        grades.push((
            Grade::Medium,
            format!(
                "nearest change: a trial of {} is open",
                pilot.strategy.noun_for(&comparison.pilot_name(pilot))
            ),
        ));
    }
    if let Some(factor) = nearest_crossing(comparison, holder.id) {
        let far = if factor < 2.0 {
            format!("{} more volume", percent_up(factor - 1.0))
        } else {
            format!("{} the volume", times(factor))
        };
        let grade = if factor < NEAR { Grade::Low } else { Grade::Medium };
        if factor < FAR {
            grades.push((grade, format!("nearest change: a proven strategy gets cheaper at {far}")));
        }
    }
    grades.sort_by_key(|(grade, _)| *grade);
    let grade = grades.first().map_or(Grade::Medium, |(grade, _)| *grade);
    VerdictConfidence { grade, reasons: grades.into_iter().map(|(_, reason)| reason).collect() }
}

fn evidence(quality: QualityState, comparison: &Comparison) -> (Grade, String) {
    let (grade, words) = match quality {
        QualityState::Meets(_) => (Grade::High, "it is measured to meet the bar".to_owned()),
        QualityState::AssumedEqual => (Grade::Low, "it is assumed, not measured".to_owned()),
        QualityState::Untested => (Grade::Medium, "it is not measured yet".to_owned()),
        QualityState::Stated(_) => (Grade::Medium, "it is stated without the number of examples".to_owned()),
        QualityState::Unclear { .. } => {
            (Grade::Medium, "your evaluation cannot yet tell whether it meets the bar".to_owned())
        }
        QualityState::Fails(_) => {
            (Grade::Medium, format!("it misses the bar so far, {}", comparison.prompting_effort()))
        }
    };
    (grade, format!("quality: {words}"))
}

/// What is to be said of the money: that it is not known, or mostly hours that are assumed. Assumed hours make no
/// verdict less sure by themselves: all strategies are reckoned with the same.
fn money(holder: &Assessment) -> Option<(Grade, String)> {
    let Ok(cost) = &holder.cost else { return Some((Grade::Low, "money: the cost is not known".to_owned())) };
    let share = cost.people() / cost.total();
    (share >= MOST)
        .then(|| (Grade::High, format!("money: {} of the cost are people’s hours, assumed", percent(share))))
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
