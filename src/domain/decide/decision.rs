//! The steps of a decision in their order, and what they come to.

use std::sync::Arc;

use super::assess;
use super::assessment::Assessment;
use super::choose::{self, Choice};
use super::comparison::Comparison;
use super::figures;
use super::outcome::{NamedOutcome, Outcome};
use super::pilot::{Declined, Pilot, Trials};
use super::pilots;
use super::range::{self, Range};
use super::rows;
use super::swings;
use crate::domain::case::Case;
use crate::domain::cost::{Curve, Setting};
use crate::domain::hardware::HardwareMemory;
use crate::domain::strategy::StrategyId;
use crate::domain::workload::Months;

/// Everything that was decided for one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// One assessment for each strategy, by rung.
    pub assessments: Vec<Assessment>,
    /// What to use, and on the way to what.
    pub choice: Choice,
    /// Proposed pilots in order; at most three are for the page, the rest on request.
    pub pilots: Vec<Pilot>,
    /// Trials that do not pay at the chance that the user set.
    pub declined: Vec<Declined>,
    /// Requests in month 1 to the horizon, discounted: the denominator of a price per request.
    pub discounted_requests: f64,
    /// Requests a month at the start, at which all of this holds.
    pub requests_per_month: f64,
    /// Growth, calendar and discounting, by which costs over volume are read.
    pub months: Arc<Months>,
}

impl Decided {
    /// The assessment of one strategy.
    pub fn get(&self, id: StrategyId) -> Option<&Assessment> {
        self.assessments.iter().find(|assessment| assessment.id == id)
    }

    /// Where the saving of the second strategy against the first is likely to lie, US dollars: shared hours cancel.
    pub fn saving_range(&self, from: StrategyId, to: StrategyId) -> Option<Range> {
        let (from, to) = (self.get(from)?, self.get(to)?);
        let (present, own) = from.costs_beside(to)?;
        Some(Range::around(present - own, &range::of_difference(&from.swings, &to.swings)))
    }

    /// Total cost of ownership of some strategies at some volumes, US dollars; `None` where a cost is unknown.
    pub fn tco_over_volume(&self, ids: &[StrategyId], volumes: &[f64]) -> Vec<Vec<Option<f64>>> {
        let of = |id: &StrategyId| {
            let model = self.get(*id).and_then(|assessment| assessment.model.as_deref());
            let curve = model.map(|model| Curve::new(model, &self.months));
            volumes.iter().map(|volume| curve.as_ref().map(|curve| curve.at(*volume))).collect()
        };
        ids.iter().map(of).collect()
    }
}

/// A decision with its workings: what it is explained from, and what is asked again is held against.
#[derive(Debug)]
pub struct Decision<'a> {
    /// The strategies side by side.
    pub comparison: Comparison<'a>,
    /// What to use, and on the way to what.
    pub choice: Choice,
    /// What to try, and what does not pay.
    pub trials: Trials,
}

impl<'a> Decision<'a> {
    /// Decide; break-evens, ranges, hardware, rows used and the price of quality are left out, which nothing is decided by.
    pub fn of(setting: Setting<'a>) -> Decision<'a> {
        let comparison = assess::compare(setting);
        let mut choice = choose::choose(&comparison);
        let trials = pilots::proposed(&comparison, &choice);
        choice.rival = choose::rival(&comparison, &choice, trials.pilots.first());
        Decision { comparison, choice, trials }
    }

    /// Decide a case, asking the memory first what GPUs can do and leaving there what was found.
    pub fn remembering(case: &'a Case, memory: &'a HardwareMemory) -> Decision<'a> {
        Decision::of(Setting::new(case).remembering(memory))
    }

    /// The same with break-evens, ranges, hardware and the price of quality.
    #[must_use]
    pub fn with_figures(mut self) -> Decision<'a> {
        figures::add_hardware(&mut self.comparison);
        rows::add_rows(&mut self.comparison);
        swings::add_ranges(&mut self.comparison);
        figures::add_deciding(&mut self.comparison);
        figures::add_break_evens(&mut self.comparison);
        let holder = self.choice.use_now.or(self.choice.reference);
        figures::add_price_of_quality(&mut self.comparison, holder);
        self
    }

    /// What it comes to.
    pub fn outcome(&self) -> Outcome {
        Outcome::of(&self.choice, &self.trials.pilots)
    }

    /// The same with the names that it takes to say it.
    pub fn named_outcome(&self) -> NamedOutcome {
        NamedOutcome::of(&self.comparison, &self.choice, &self.trials.pilots)
    }
}

impl From<Decision<'_>> for Decided {
    fn from(decision: Decision) -> Decided {
        let Comparison { setting, inputs, assessments, .. } = decision.comparison;
        let requests_per_month = inputs.work.requests_per_month;
        Decided {
            assessments,
            choice: decision.choice,
            pilots: decision.trials.pilots,
            declined: decision.trials.declined,
            discounted_requests: requests_per_month * setting.months.discounted_volume,
            requests_per_month,
            months: setting.months,
        }
    }
}
