//! The counts at which an evaluation decides.

use super::comparison::Comparison;
use crate::domain::evidence::{
    FEWEST_EXAMPLES, QualityState, fewest_right_that_meets, most_right_that_fails,
};
use crate::domain::strategy::Exclusion;

/// Examples of an evaluation where none was made.
const EXAMPLES: u32 = 200;

/// What an evaluation of a strategy has to come to, to decide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deciding {
    /// Examples of its evaluation.
    pub examples: u32,
    /// The bar that it is held against, a share.
    pub bar: f64,
    /// The fewest that have to be right to prove the bar; `None` where not even all of them would.
    pub meets_from: Option<u32>,
    /// The most that may be right while the bar is ruled out; `None` where not even zero would.
    pub fails_to: Option<u32>,
}

impl Deciding {
    /// The counts for so many examples.
    pub fn of(examples: u32, bar: f64) -> Deciding {
        let (meets_from, fails_to) =
            (fewest_right_that_meets(examples, bar), most_right_that_fails(examples, bar));
        Deciding { examples, bar, meets_from, fails_to }
    }
}

/// Add them to each strategy that nothing but its own measurement keeps out: for the examples that its measurement has,
/// if these are enough to tell anything.
pub fn add_deciding(comparison: &mut Comparison) {
    let quality = &comparison.inputs.quality;
    for assessment in &mut comparison.assessments {
        let measured = match assessment.quality {
            QualityState::Meets(measured) | QualityState::Fails(measured) => Some(measured.total),
            QualityState::Unclear { measured, .. } => Some(measured.total),
            QualityState::Untested | QualityState::Stated(_) | QualityState::AssumedEqual => None,
        };
        let examples = measured.filter(|total| *total >= FEWEST_EXAMPLES).unwrap_or(EXAMPLES);
        let can_be_measured = assessment.out.iter().all(Exclusion::is_evidence);
        assessment.deciding = can_be_measured.then(|| Deciding::of(examples, quality.bar_of(assessment.id)));
    }
}
