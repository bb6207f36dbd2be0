//! The nearest values of an input at which the verdict changes (method §8).
//!
//! Every input is searched: a number, a month or a count of right answers along its range, anything else
//! option by option. One step of a search is one decision, so that a page can draw in between.

mod along;
mod axis;
mod flip;
mod nearest;
mod options;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::domain::case::Case;
use crate::domain::cost::Setting;
use crate::domain::decide::{Assessment, Decided, Decision, Outcome};
use crate::domain::hardware::HardwareMemory;
use crate::domain::input::{Input, Inputs, Value};
use along::Along;
use axis::Axis;
use flip::{Changed, Look};
use options::Options;

pub use flip::{Flip, FlipCosts, FlipKind, Flips, Side};
pub use nearest::{Change, Found, Nearest, nearer};
pub use options::MOST_ROWS;

/// Figures that the decision compares, strategy by strategy: what stands still when an input is not used.
fn figures(assessments: &[Assessment]) -> Vec<f64> {
    let mut figures = Vec::with_capacity(assessments.len() * 6);
    for assessment in assessments {
        figures.extend([assessment.out.len() as f64, assessment.lead_weeks]);
        if let Ok(cost) = &assessment.cost {
            figures.extend([cost.tco, cost.tco_band.1, cost.upfront, cost.errors.unwrap_or(-1.0)]);
        }
    }
    figures
}

/// Today's decision, which every search of the same inputs is held against.
#[derive(Clone, Debug)]
pub struct Today {
    outcome: Outcome,
    figures: Vec<f64>,
    /// The last answers about GPUs, which all searches share.
    hardware: Arc<HardwareMemory>,
}

impl Today {
    /// Read it off what was decided for a case.
    pub fn of(decided: &Decided) -> Today {
        Today {
            outcome: Outcome::of(&decided.choice, &decided.pilots),
            figures: figures(&decided.assessments),
            hardware: Arc::default(),
        }
    }
}

fn costs_of(decision: &Decision) -> FlipCosts {
    let used = decision.choice.use_now.and_then(|id| decision.comparison.get(id));
    FlipCosts {
        total: used.and_then(Assessment::total),
        test: decision.trials.pilots.first().map(|pilot| pilot.cost),
    }
}

/// The case with one input to vary.
#[derive(Clone, Debug)]
struct Trial {
    case: Case,
    set: fn(&mut Inputs, &Value),
    today: Today,
}

impl Trial {
    fn look(&mut self, value: &Value) -> Look {
        (self.set)(&mut self.case.inputs, value);
        if !self.case.inputs.models.clone().without_place().is_empty() {
            // Refused in the form: a measurement would lose the GPU that it holds for.
            return Look { changed: None, same_figures: true };
        }
        let decision = Decision::remembering(&self.case, &self.today.hardware);
        let outcome = decision.outcome();
        let kind = if outcome.uses_the_same(&self.today.outcome) { FlipKind::Trial } else { FlipKind::Use };
        let changed = outcome != self.today.outcome;
        Look {
            same_figures: figures(&decision.comparison.assessments) == self.today.figures,
            changed: changed.then(|| Changed {
                there: decision.named_outcome(),
                costs: costs_of(&decision),
                kind,
            }),
        }
    }
}

/// The search for the flips of one input, one decision a step.
#[derive(Clone, Debug)]
pub struct FlipSearch {
    trial: Trial,
    search: Search,
}

#[derive(Clone, Debug)]
enum Search {
    Along(Box<Along>),
    Options(Options),
}

impl FlipSearch {
    /// A search that has not looked at anything yet.
    pub fn new(case: &Case, record: &Input, today: &Today) -> FlipSearch {
        let search = match Axis::of(case, record) {
            Some(axis) => Search::Along(Box::new(Along::new(axis))),
            None => Search::Options(Options::of(case, record)),
        };
        let trial = Trial { case: case.clone(), set: record.set, today: today.clone() };
        FlipSearch { trial, search }
    }

    /// Decide at one more value; the flips as soon as all are known, and at every call from then on.
    pub fn step(&mut self) -> Option<Flips> {
        let next = match &mut self.search {
            Search::Along(along) => along.next(),
            Search::Options(options) => options.next(),
        };
        let Some(value) = next else {
            return Some(match &self.search {
                Search::Along(along) => along.flips(),
                Search::Options(options) => options.flips(),
            });
        };
        let look = self.trial.look(&value);
        match &mut self.search {
            Search::Along(along) => along.learn(look),
            Search::Options(options) => options.learn(value, look),
        }
        None
    }
}

/// The flips of one input, in one go.
pub fn flips_of(case: &Case, record: &Input) -> Flips {
    let today = Today::of(&Decision::of(Setting::new(case)).into());
    let mut search = FlipSearch::new(case, record, &today);
    loop {
        if let Some(flips) = search.step() {
            return flips;
        }
    }
}
