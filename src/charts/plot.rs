//! What a chart shows, as plain data: all that crosses from the page to the drawing module, as JSON.
//!
//! No amount here is infinite or no number at all: JSON cannot write it.

use serde::{Deserialize, Serialize};

/// Marks the name of a strategy that something excludes.
pub(super) const EXCLUDED: char = '×';

/// One chart to be drawn.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Drawing {
    /// For those who do not see it.
    pub(super) description: String,
    /// What is to be seen.
    pub(super) plot: Plot,
}

/// The kinds of charts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Plot {
    /// Cost over volume.
    Volume(VolumePlot),
    /// Cost paid up to each month.
    Months(MonthPlot),
    /// Cost by what it is paid for.
    Bars(BarPlot),
}

/// The part that a strategy plays; it has the same colour in all charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Role {
    /// What the page recommends.
    Verdict,
    /// The best other one.
    Rival,
    /// Any other.
    Other,
}

/// The line of one strategy.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Path {
    /// What it is called beside the line.
    pub(super) name: String,
    /// Its part.
    pub(super) role: Role,
    /// Its cost at each place of the other axis in US dollars, where it can be drawn.
    pub(super) costs: Vec<Option<f64>>,
}

/// Lines of cost over volume.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct VolumePlot {
    /// First and last decade, as exponents of ten.
    pub(super) decades: (i32, i32),
    /// Requests a month, rising.
    pub(super) volumes: Vec<f64>,
    /// The verdict first, then its rival, then the others.
    pub(super) paths: Vec<Path>,
    /// The volume of today.
    pub(super) present: f64,
    /// A band of volumes behind the lines.
    pub(super) rule_of_thumb: (f64, f64),
    /// Volume and cost where verdict and rival cross.
    pub(super) crossings: Vec<(f64, f64)>,
    /// The same where others cross the reference.
    pub(super) other_crossings: Vec<(f64, f64)>,
}

/// Lines of cost by month, from month 0 on.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MonthPlot {
    /// The last month.
    pub(super) horizon: usize,
    /// Months between labels.
    pub(super) label_step: usize,
    /// The cost that the axis must reach.
    pub(super) top: f64,
    /// The verdict first, then its rival, then the others.
    pub(super) paths: Vec<Path>,
}

/// Bars of stacked parts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BarPlot {
    /// Where the axis ends; longer bars are cut.
    pub(super) end: f64,
    /// From top to bottom.
    pub(super) bars: Vec<StackedBar>,
    /// From left to right.
    pub(super) parts: Vec<Part>,
}

/// One bar.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StackedBar {
    /// What the strategy is called beside it.
    pub(super) name: String,
    /// Its part.
    pub(super) role: Role,
    /// Whether nothing excludes it.
    pub(super) survives: bool,
    /// What is paid.
    pub(super) total: f64,
    /// What wrong answers are expected to cost, behind the total.
    pub(super) errors: f64,
}

/// What is paid for one thing, in all bars.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Part {
    /// What it is paid for.
    pub(super) label: String,
    /// Its place among the palette's shades.
    pub(super) shade: usize,
    /// The amount in each bar.
    pub(super) amounts: Vec<f64>,
}

/// An amount that JSON can write: zero in place of what is infinite or no number.
pub(super) fn finite(amount: f64) -> f64 {
    if amount.is_finite() { amount } else { 0.0 }
}
