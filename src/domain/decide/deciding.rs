//! The counts at which an evaluation decides.

use crate::domain::evidence::{fewest_right_that_meets, most_right_that_fails};

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
