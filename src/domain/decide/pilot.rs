//! Trials that are proposed, and those that do not pay.

use super::trial_cost::TrialCost;
use crate::domain::strategy::StrategyId;

/// A cheap trial that could change the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Pilot {
    /// What to try.
    pub strategy: StrategyId,
    /// The stronger model that it is tried with, where that is what the trial is about.
    pub stronger_model: Option<String>,
    /// Money spent before its quality is known, US dollars: the sum of its lines.
    pub cost: f64,
    /// What it is spent on; no line is zero.
    pub cost_lines: Vec<TrialCost>,
    /// What it saves over the horizon if it meets the bar, US dollars; `None` without a present holder.
    pub saving: Option<f64>,
    /// The chance of meeting the bar at which the trial pays.
    pub break_even_chance: Option<f64>,
    /// Share right that the move takes where that is more than the bar: with wrong answers priced, a saving is
    /// gone before the bar is.
    pub needs_share: Option<f64>,
}

/// A trial that does not pay at the chance that the user set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Declined {
    /// What would be tried.
    pub strategy: StrategyId,
    /// The chance of meeting the bar at which it would pay.
    pub pays_from: f64,
}

/// Trials, by whether they pay at the chance that the user set.
#[derive(Debug, Default)]
pub struct Trials {
    /// Those worth proposing, in order.
    pub pilots: Vec<Pilot>,
    /// The others.
    pub declined: Vec<Declined>,
}
