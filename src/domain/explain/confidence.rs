//! How sure a verdict is, by thresholds written down here.

use super::verdict::{money as words_of, price_from_memory};
use crate::domain::decide::{Assessment, Comparison, Decision};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{capital, lower_first, percent, percent_up, times};

/// How sure a verdict is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictConfidence {
    /// How sure: the weakest of its reasons.
    pub grade: Grade,
    /// What that rests on, in one line: "nothing is measured yet, and cheap tests are open".
    pub because: String,
    /// Why that sure, one phrase each, the weakest first; each says first what it is about: the quality, the money,
    /// or the nearest change of the answer.
    pub reasons: Vec<String>,
}

impl VerdictConfidence {
    /// What the grades mean, the surest first.
    pub const GRADES: [(Grade, &str); 3] = [
        (
            Grade::High,
            "Measured to meet your bar, no test open, no proven rival within three times your volume.",
        ),
        (
            Grade::Medium,
            "Quality is not settled, a test is open, or a proven rival is within three times your volume.",
        ),
        (
            Grade::Low,
            "At least one of these: nothing is proven, quality is only assumed, the cost is not known, your constraints forced a weaker model that nobody measured, or a proven rival is within 25 % of your volume.",
        ),
    ];

    /// What the grades mean, in one text.
    pub fn meaning() -> String {
        let of =
            |(grade, words): (Grade, &str)| format!("{}: {}", capital(grade.label()), lower_first(words));
        Self::GRADES.map(of).join(" ")
    }
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
const MOST: f64 = 0.5;
/// A crossing nearer than this factor of the present volume makes a verdict fragile.
const NEAR: f64 = 1.25;
/// A crossing farther than this factor leaves it robust.
const FAR: f64 = 3.0;

/// One thing that a verdict rests on.
struct Reason {
    grade: Grade,
    /// A phrase that says first what it is about.
    text: String,
    /// The same in the one line, if it belongs there.
    short: Option<String>,
}

impl Reason {
    fn new(grade: Grade, text: &str, short: &str) -> Reason {
        Reason { grade, text: text.to_owned(), short: Some(short.to_owned()) }
    }
}

/// The grade and the reasons for it, the weakest first.
///
/// The thresholds are those of [`VerdictConfidence::GRADES`].
pub fn confidence(decision: &Decision) -> VerdictConfidence {
    let Decision { comparison, choice, trials } = decision;
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else {
        return told(vec![without_holder(decision)]);
    };
    let mut reasons = vec![evidence(holder.quality, comparison)];
    if comparison.is_forced_and_weaker(holder) || comparison.stands_in(holder.id) {
        reasons.push(Reason::new(
            Grade::Low,
            "quality: your constraints forced a model that is weaker than the one you chose, and unmeasured",
            "your constraints forced a weaker model",
        ));
    }
    reasons.extend(money(holder));
    let memory = price_from_memory(comparison, holder);
    reasons.extend(memory.map(|(name, usd)| Reason {
        grade: Grade::High,
        text: format!("money: the price of {name}, {} of it, is from memory: check it", words_of(usd)),
        short: None,
    }));
    if let Some(pilot) = trials.pilots.first() {
        let name = pilot.strategy.noun_for(&comparison.pilot_name(pilot));
        let short = if trials.pilots.len() > 1 { "tests are open" } else { "a test is open" };
        reasons.push(Reason::new(Grade::Medium, &format!("nearest change: a test of {name} is open"), short));
    }
    reasons.extend(nearest_crossing(comparison, holder.id).and_then(crossing));
    told(reasons)
}

fn without_holder(Decision { choice, .. }: &Decision) -> Reason {
    let (text, short) = match (choice.reference, choice.later) {
        (None, _) => ("nothing fits the constraints", "nothing fits the constraints"),
        (_, Some(_)) => (
            "quality: what is proven is not ready by the launch",
            "what is proven is not ready by the launch",
        ),
        (_, None) => ("quality: nothing is proven yet", "nothing is proven yet"),
    };
    Reason::new(Grade::Low, text, short)
}

/// A proven rival that gets cheaper near the present volume, given as a factor of it.
fn crossing(factor: f64) -> Option<Reason> {
    let far = if factor < 2.0 {
        format!("{} more volume", percent_up(factor - 1.0))
    } else {
        format!("{} the volume", times(factor))
    };
    let grade = if factor < NEAR { Grade::Low } else { Grade::Medium };
    (factor < FAR).then(|| {
        Reason::new(
            grade,
            &format!("nearest change: a proven strategy gets cheaper at {far}"),
            &format!("a proven rival is cheaper at {far}"),
        )
    })
}

/// The reasons in words, the weakest first; the one line has those of the grade, two at most.
fn told(mut reasons: Vec<Reason>) -> VerdictConfidence {
    reasons.sort_by_key(|reason| reason.grade);
    let grade = reasons.first().map_or(Grade::Medium, |reason| reason.grade);
    let of_grade = reasons.iter().filter(|reason| reason.grade == grade);
    let short: Vec<&str> = of_grade.filter_map(|reason| reason.short.as_deref()).take(2).collect();
    VerdictConfidence {
        grade,
        because: short.join(", and "),
        reasons: reasons.into_iter().map(|reason| reason.text).collect(),
    }
}

fn evidence(quality: QualityState, comparison: &Comparison) -> Reason {
    let reason = |grade, words: &str, short: &str| Reason::new(grade, &format!("quality: {words}"), short);
    match quality {
        QualityState::Meets(_) => {
            reason(Grade::High, "it is measured to meet the bar", "it is measured to meet your bar")
        }
        QualityState::AssumedEqual => {
            reason(Grade::Low, "it is assumed, not measured", "its quality is assumed, not measured")
        }
        QualityState::Untested => {
            reason(Grade::Medium, "it is not measured yet", "its quality is not measured yet")
        }
        QualityState::Stated(_) => reason(
            Grade::Medium,
            "it is stated without the number of examples",
            "its quality is stated without the number of examples",
        ),
        QualityState::Unclear { .. } => reason(
            Grade::Medium,
            "your evaluation cannot yet tell whether it meets the bar",
            "your evaluation cannot yet tell",
        ),
        QualityState::Fails(_) => reason(
            Grade::Medium,
            &format!("it misses the bar so far, {}", comparison.prompting_effort()),
            "it misses your bar so far",
        ),
    }
}

/// What is to be said of the money: that it is not known, or mostly hours that are assumed. Assumed hours make no
/// verdict less sure by themselves: all strategies are reckoned with the same.
fn money(holder: &Assessment) -> Option<Reason> {
    let Ok(cost) = &holder.cost else {
        return Some(Reason::new(Grade::Low, "money: the cost is not known", "its cost is not known"));
    };
    let share = cost.people() / cost.total();
    let text =
        format!("money: {} of the cost are people’s hours, assumed unless you set them", percent(share));
    (share >= MOST).then_some(Reason { grade: Grade::High, text, short: None })
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
