//! The nearest values of an input at which the verdict changes (method §8).
//!
//! Every input is searched: a number, a month or a count of right answers along its range, anything else
//! option by option. One step of a search is one evaluation, so that a page can draw in between.

mod along;
mod axis;
mod options;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::assess::{Depth, decide_remembering, evaluate_to};
use super::case::Case;
use super::evaluation::{Advice, Evaluation};
use super::hardware::HardwareMemory;
use super::in_force::InForce;
use super::input::{Input, Inputs, Value};
use super::strategy::StrategyId;
use along::Along;
use axis::Axis;
use options::Options;

pub use options::MOST_ROWS;

/// On which side of the present value a flip lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// This value and all less, as far as was looked.
    Below,
    /// This value and all more, as far as was looked.
    Above,
    /// This value.
    At,
}

/// A value of an input, and the verdict there.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The nearest value on its side at which the verdict differs. Numbers have two digits, and the verdict
    /// is still today's at the number before.
    pub to: Value,
    /// Its side.
    pub side: Side,
    /// The verdict there, in a few words.
    pub verdict: String,
    /// The same, to compare.
    pub leads_to: Verdict,
    /// How far it lies from the present value: the logarithm of the factor between them; a change that has no
    /// factor counts as one of two.
    pub distance: f64,
    /// What holds at present although the input is not set.
    pub from: Option<InForce>,
}

/// What was found for one input; without flips, no value in range changes the answer.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Flips {
    /// The flips, nearest first.
    pub found: Vec<Flip>,
    /// Whether neither a figure of any strategy nor the verdict depends on the input here.
    pub inert: bool,
}

impl Flips {
    /// The flip on one side of the present value.
    pub fn on(&self, side: Side) -> Option<&Flip> {
        self.found.iter().find(|flip| flip.side == side)
    }

    /// The nearest flip to a verdict that uses a strategy or tests it first.
    pub fn towards(&self, id: StrategyId) -> Option<&Flip> {
        self.found.iter().find(|flip| flip.leads_to.involves(id))
    }

    /// The distance of the nearest flip; infinite without one.
    pub fn distance(&self) -> f64 {
        self.found.first().map_or(f64::INFINITY, |flip| flip.distance)
    }
}

/// What makes two verdicts the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The strategy in use.
    pub use_now: Option<StrategyId>,
    /// Whether it is yet to be built.
    pub builds: bool,
    /// What replaces it once that is built.
    pub later: Option<StrategyId>,
    /// The pilot proposed first.
    pub test_first: Option<StrategyId>,
    /// Whether any strategy fits: where none is in use, nothing proven is another answer than nothing possible.
    pub fits: bool,
}

impl Verdict {
    fn of(advice: &Advice) -> Verdict {
        Verdict {
            use_now: advice.use_now,
            builds: advice.builds,
            later: advice.later,
            test_first: advice.pilots.first().map(|pilot| pilot.strategy),
            fits: advice.reference.is_some(),
        }
    }

    /// Whether it uses a strategy or tests it first.
    fn involves(&self, id: StrategyId) -> bool {
        [self.use_now, self.later, self.test_first].contains(&Some(id))
    }
}

/// Figures that the decision compares, strategy by strategy: what stands still when an input is not used.
fn figures(evaluation: &Evaluation) -> Vec<f64> {
    let mut figures = Vec::with_capacity(evaluation.strategies.len() * 6);
    for assessment in &evaluation.strategies {
        figures.extend([assessment.out.len() as f64, assessment.lead_weeks]);
        if let Ok(cost) = &assessment.cost {
            figures.extend([cost.tco, cost.tco_band.1, cost.upfront, cost.errors.unwrap_or(-1.0)]);
        }
    }
    figures
}

/// Today's answer, which every search of the same inputs is held against.
#[derive(Clone, Debug)]
pub struct Today {
    verdict: Verdict,
    figures: Vec<f64>,
    /// The last answers about GPUs, which all searches share.
    hardware: Arc<HardwareMemory>,
}

impl Today {
    /// Read it off an evaluation of these inputs, of any depth.
    pub fn of(evaluation: &Evaluation) -> Today {
        Today {
            verdict: Verdict::of(&evaluation.advice),
            figures: figures(evaluation),
            hardware: Arc::default(),
        }
    }
}

/// Another verdict, in words and to compare.
type There = (String, Verdict);

/// What one evaluation says.
#[derive(Clone, Debug, PartialEq)]
struct Outcome {
    /// The verdict, where it is another one than today's.
    changed: Option<There>,
    /// Whether all figures are today's.
    same_figures: bool,
}

impl Outcome {
    /// Whether nothing depends on the input there.
    fn stands_still(&self) -> bool {
        self.same_figures && self.changed.is_none()
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
    fn outcome(&mut self, value: &Value) -> Outcome {
        (self.set)(&mut self.case.inputs, value);
        if !self.case.inputs.models.clone().without_place().is_empty() {
            // Refused in the form: a measurement would lose the GPU that it holds for.
            return Outcome { changed: None, same_figures: true };
        }
        let evaluation = decide_remembering(&self.case, &self.today.hardware);
        let there = Verdict::of(&evaluation.advice);
        Outcome {
            same_figures: figures(&evaluation) == self.today.figures,
            changed: (there != self.today.verdict).then_some((evaluation.advice.short, there)),
        }
    }
}

/// The search for the flips of one input, one evaluation a step.
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

    /// Evaluate one more value; the flips as soon as all are known, and at every call from then on.
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
        let outcome = self.trial.outcome(&value);
        match &mut self.search {
            Search::Along(along) => along.learn(outcome),
            Search::Options(options) => options.learn(value, outcome),
        }
        None
    }
}

/// The flips of one input, in one go.
pub fn flips_of(case: &Case, record: &Input) -> Flips {
    let today = Today::of(&evaluate_to(case, Depth::Decision));
    let mut search = FlipSearch::new(case, record, &today);
    loop {
        if let Some(flips) = search.step() {
            return flips;
        }
    }
}

/// Put the nearest first.
fn nearest_first(mut found: Vec<Flip>) -> Vec<Flip> {
    found.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    found
}
