//! What a decision comes to: what makes two of them the same, and what it takes to say one in a line.

use super::choose::Choice;
use super::comparison::Comparison;
use super::pilot::Pilot;
use super::stand_in::StandIn;
use crate::domain::effort::in_use;
use crate::domain::strategy::StrategyId;

/// What makes two decisions the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The strategy in use.
    pub use_now: Option<StrategyId>,
    /// Whether it is yet to be built.
    pub must_be_built: bool,
    /// What replaces it once that is built.
    pub later: Option<StrategyId>,
    /// The pilot proposed first.
    pub test_first: Option<StrategyId>,
    /// Whether any strategy fits: where none is in use, nothing proven is another answer than nothing possible.
    pub fits: bool,
}

impl Outcome {
    /// The outcome of a choice with its pilots.
    pub fn of(choice: &Choice, pilots: &[Pilot]) -> Outcome {
        Outcome {
            use_now: choice.use_now,
            must_be_built: choice.must_be_built,
            later: choice.later,
            test_first: pilots.first().map(|pilot| pilot.strategy),
            fits: choice.reference.is_some(),
        }
    }

    /// Whether it comes to the same as another for what is used, built and moved to, trials aside.
    pub fn uses_the_same(&self, other: &Outcome) -> bool {
        Outcome { test_first: None, ..*self } == Outcome { test_first: None, ..*other }
    }

    /// Whether it uses a strategy or tests it first.
    pub fn involves(&self, id: StrategyId) -> bool {
        [self.use_now, self.later, self.test_first].contains(&Some(id))
    }
}

/// An outcome with all that it takes to say it in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedOutcome {
    /// The outcome.
    pub outcome: Outcome,
    /// Name of the strategy in use.
    pub use_now: String,
    /// Whether that is what is in use today.
    pub is_today: bool,
    /// Whether only vendors under contract may see the data and none is named.
    pub lacks_vendors: bool,
    /// Whether what is in use retrieves knowledge.
    pub retrieval: bool,
    /// What stands in for the open model that cannot be served, if anything does.
    pub stand_in: Option<StandIn>,
    /// Name of what replaces it.
    pub later: String,
    /// Name of the pilot proposed first.
    pub test_first: String,
}

impl NamedOutcome {
    /// The outcome of a choice with its pilots.
    pub fn of(comparison: &Comparison, choice: &Choice, pilots: &[Pilot]) -> NamedOutcome {
        let name = |id: Option<StrategyId>| id.map_or_else(String::new, |id| comparison.name(id).to_owned());
        NamedOutcome {
            outcome: Outcome::of(choice, pilots),
            use_now: name(choice.use_now),
            lacks_vendors: comparison.inputs.constraints.lacks_vendors(),
            is_today: choice.use_now.is_some() && choice.use_now == in_use(comparison.inputs),
            retrieval: choice.use_now.is_some_and(|id| comparison.retrieves(id)),
            stand_in: comparison.stand_in(),
            later: name(choice.later),
            test_first: pilots.first().map_or_else(String::new, |pilot| comparison.pilot_name(pilot)),
        }
    }
}
