//! What would be decided with one thing changed: the decision, asked again.
//!
//! Nothing that decides calls this, and nothing here is put into sentences but the wishes of a relaxation.

mod flips;
mod in_force;
mod knowledge;
mod paths;
mod relax;
mod reopenings;
mod retirement;
mod strips;
mod trigger;

pub use flips::{
    Change, Flip, FlipCosts, FlipKind, FlipSearch, Flips, Found, MOST_ROWS, Nearest, Side, Today, flips_of,
    nearer,
};
pub use in_force::{InForce, in_force};
pub use knowledge::KnowledgeTurn;
pub use paths::{Branch, Event, Held, MOST_STATES, PathState, Question, TestTime, paths};
pub use relax::{Asked, Entry, Relaxation};
pub use reopenings::{MOST_NAMED, Reopening};
pub use retirement::Retirement;
pub use strips::{Lines, Strip, StripSearch};
pub use trigger::Trigger;

use super::decide::Decision;

/// What was found by asking again.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// What to relax where nothing is used and nothing tried, each with the strategy that it lets in.
    pub relaxations: Vec<Relaxation>,
    /// What it takes to let each strategy in that is out.
    pub entries: Vec<Entry>,
    /// The next volumes at which something else is decided, the lowest first.
    pub reopenings: Vec<Reopening>,
    /// The retirement of the model in use, if it falls within the horizon.
    pub retirement: Option<Retirement>,
    /// The size of the knowledge at which it is brought in the other way, if that decides anything.
    pub knowledge: Option<KnowledgeTurn>,
}

impl WhatIf {
    /// Ask again around a decision with its figures.
    pub fn of(decision: &Decision) -> WhatIf {
        WhatIf {
            relaxations: relaxations(decision),
            entries: relax::entries(&decision.comparison.assessments, &decision.comparison.setting),
            reopenings: reopenings::reopenings(decision),
            retirement: retirement::retirement(decision),
            knowledge: knowledge::knowledge_turn(decision),
        }
    }
}

fn relaxations(Decision { comparison, choice, trials }: &Decision) -> Vec<Relaxation> {
    match (choice.reference.and_then(|id| comparison.get(id)), choice.use_now) {
        (None, _) => relax::relaxations(&comparison.assessments, comparison.setting.case),
        (Some(failed), None) if trials.pilots.is_empty() => {
            relax::lower_bar(failed, comparison.inputs).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
