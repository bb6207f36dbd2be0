//! What the verdict and its best rival cost over the range of one input: a line for each, drawn under its field.

use std::sync::Arc;

use crate::domain::case::Case;
use crate::domain::cost::Setting;
use crate::domain::decide::{Choice, Decision, HeldAgainst};
use crate::domain::hardware::HardwareMemory;
use crate::domain::input::{Input, Inputs, Value};
use crate::domain::strategy::StrategyId;

/// A line that changes by less than this part of itself is flat.
const FLAT: f64 = 0.005;

/// The two strategies whose lines are drawn, and what they are held against: the same for every input of a case.
#[derive(Clone, Debug)]
pub struct Lines {
    verdict: Option<StrategyId>,
    rival: Option<StrategyId>,
    against: HeldAgainst,
    /// The last answers about GPUs, which all searches share.
    hardware: Arc<HardwareMemory>,
}

impl Lines {
    /// The lines of a case: of what is used or else follows, and of its best rival. One decision.
    pub fn of(case: &Case) -> Lines {
        let hardware = Arc::<HardwareMemory>::default();
        let decision = Decision::remembering(case, &hardware);
        let Choice { use_now, later, rival, .. } = decision.choice;
        let verdict = use_now.or(later);
        let rival = rival.filter(|rival| Some(*rival) != verdict);
        let against = HeldAgainst::of(&decision);
        drop(decision);
        Lines { verdict, rival, against, hardware }
    }

    /// What is used, or else follows.
    pub fn verdict(&self) -> Option<StrategyId> {
        self.verdict
    }

    /// Its best rival.
    pub fn rival(&self) -> Option<StrategyId> {
        self.rival
    }
}

/// Totals over the horizon along one input, US dollars; `None` where a total is not known.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Strip {
    /// The values of the input, in order.
    pub at: Vec<f64>,
    /// What the verdict costs at each.
    pub verdict: Vec<Option<f64>>,
    /// What its best rival costs at each.
    pub rival: Vec<Option<f64>>,
}

impl Strip {
    /// Whether neither line tells anything: each is flat, or not known at two values.
    pub fn is_flat(&self) -> bool {
        [&self.verdict, &self.rival].into_iter().all(|line| is_flat(line))
    }
}

fn is_flat(line: &[Option<f64>]) -> bool {
    let known = || line.iter().flatten().copied();
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    high < low || high - low <= FLAT * libm::fabs(high)
}

/// The search for the strip of one input, one value a step.
#[derive(Clone, Debug)]
pub struct StripSearch {
    case: Case,
    set: fn(&mut Inputs, &Value),
    lines: Lines,
    strip: Strip,
}

impl StripSearch {
    /// A search along these values of a number, which has not looked at anything yet.
    pub fn new(case: &Case, record: &Input, at: Vec<f64>, lines: &Lines) -> StripSearch {
        let strip = Strip { at, ..Strip::default() };
        StripSearch { case: case.clone(), set: record.set, lines: lines.clone(), strip }
    }

    /// Cost both strategies at one more value; the strip as soon as all are known, and at every call from then on.
    pub fn step(&mut self) -> Option<Strip> {
        let Some(at) = self.strip.at.get(self.strip.verdict.len()) else { return Some(self.strip.clone()) };
        (self.set)(&mut self.case.inputs, &Value::Number(*at));
        let ids: Vec<StrategyId> = self.lines.verdict.into_iter().chain(self.lines.rival).collect();
        let setting = Setting::new(&self.case).remembering(&self.lines.hardware);
        let mut totals = self.lines.against.totals(&setting, &ids).into_iter();
        let mut next = |id: Option<StrategyId>| id.and_then(|_| totals.next().flatten());
        self.strip.verdict.push(next(self.lines.verdict));
        self.strip.rival.push(next(self.lines.rival));
        None
    }

    /// The strip in one go.
    pub fn finish(mut self) -> Strip {
        loop {
            if let Some(strip) = self.step() {
                return strip;
            }
        }
    }
}
