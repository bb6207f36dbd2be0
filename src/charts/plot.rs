//! What the charts show, as plain data, before any style.

use super::cast::Role;
use super::path::Path;

/// What a chart shows, as plain data: one kind for each chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plot {
    /// Cost over volume.
    Volume(VolumePlot),
    /// Cost paid up to each month.
    Months(MonthPlot),
    /// Cost by what it is paid for.
    Bars(BarPlot),
    /// Predictions against measurements.
    Scatter(ScatterPlot),
}

/// Lines of cost over volume.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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

/// Bars of stacked segments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BarPlot {
    /// Where the axis ends; longer bars are cut.
    pub(super) end: f64,
    /// From top to bottom.
    pub(super) bars: Vec<StackedBar>,
    /// From left to right.
    pub(super) segments: Vec<Segments>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segments {
    /// What it is paid for.
    pub(super) label: String,
    /// Its place among the palette's shades.
    pub(super) shade: usize,
    /// The amount in each bar.
    pub(super) amounts: Vec<f64>,
}

/// Marks of what was predicted over what was measured, both axes alike.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScatterPlot {
    /// First and last decade of both axes, as exponents of ten.
    pub(super) decades: (i32, i32),
    /// What the axes count.
    pub(super) unit: String,
    /// One for each kind of figure.
    pub(super) clouds: Vec<Cloud>,
}

/// The marks of one kind.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cloud {
    /// What kind it is.
    pub(super) name: String,
    /// Its place among the palette's marks.
    pub(super) mark: usize,
    /// Its marks.
    pub(super) dots: Vec<Dot>,
}

/// One mark.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dot {
    /// Its place along the axis of measurements.
    pub(super) measured: f64,
    /// Its place along the axis of predictions.
    pub(super) predicted: f64,
    /// What is said about it, line by line.
    pub(super) text: String,
}
