//! Trials that are proposed, and those that are not.

use super::trial_cost::TrialCost;
use crate::domain::strategy::StrategyId;

/// A cheap trial that could change the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Pilot {
    /// What to try.
    pub strategy: StrategyId,
    /// The stronger model that it is tried with, where that is what the trial is about.
    pub stronger_model: Option<StrongerModel>,
    /// Money spent before its quality is known, US dollars: the sum of its lines.
    pub cost: f64,
    /// What it is spent on; no line is zero.
    pub cost_lines: Vec<TrialCost>,
    /// What it would cost to run, if it passes: total cost of ownership over the horizon, US dollars.
    pub tco: f64,
    /// What it saves over the horizon if it meets the bar, US dollars; `None` without a present holder.
    pub saving: Option<f64>,
    /// The chance of meeting the bar at which the trial pays.
    pub break_even_chance: Option<f64>,
    /// Share right that the move takes where that is more than the bar: with wrong answers priced, a saving is
    /// gone before the bar is.
    pub needs_share: Option<f64>,
}

/// A model of the same kind as the one that fails, and stronger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrongerModel {
    /// The input that would name it.
    pub input: &'static str,
    /// The row of the catalogue.
    pub model: String,
}

/// A trial that is not proposed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Declined {
    /// What would be tried.
    pub strategy: StrategyId,
    /// Why not.
    pub why: WhyDeclined,
}

/// Why a trial is not proposed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WhyDeclined {
    /// It pays only at this chance of meeting the bar, which is more than the user set.
    PaysFrom(f64),
    /// The trial itself takes more than the budget before launch, US dollars.
    OverBudget {
        /// What of it counts against the budget.
        cost: f64,
        /// The budget.
        budget: f64,
    },
    /// Not even an answer that is always right would be proof enough.
    Unprovable,
}

/// Trials, by whether they are proposed.
#[derive(Debug, Default)]
pub struct Trials {
    /// Those worth proposing, in order.
    pub pilots: Vec<Pilot>,
    /// The others.
    pub declined: Vec<Declined>,
}
