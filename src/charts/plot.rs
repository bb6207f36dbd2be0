//! What the charts show, as plain data, before any style.

use super::path::Path;

/// What a chart shows, as plain data: one kind for each chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plot {
    /// Cost over volume.
    Volume(VolumePlot),
    /// Cost paid up to each month.
    Months(MonthPlot),
    /// Predictions against measurements.
    Scatter(ScatterPlot),
    /// Cost of several scenarios, by month or by year.
    Scenarios(ScenarioPlot),
}

/// Cost of several scenarios over the same periods: as lines, or as bars in groups.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScenarioPlot {
    /// What the periods are called, from the first.
    pub(super) names: Vec<String>,
    /// What a period is, before its name; blank where the name says it.
    pub(super) unit: &'static str,
    /// The cost that the axis must reach.
    pub(super) top: f64,
    /// Whether they are bars.
    pub(super) is_bars: bool,
    /// One for each scenario, in their order.
    pub(super) lines: Vec<ScenarioLine>,
}

/// The cost of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScenarioLine {
    /// What it is called, unlike any other.
    pub(super) name: String,
    /// Its cost in each period, US dollars; none where it is not known, and none beyond its horizon.
    pub(super) amounts: Vec<f64>,
}

/// Lines of cost over volume.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VolumePlot {
    /// First and last volume.
    pub(super) range: (f64, f64),
    /// Lowest and highest cost.
    pub(super) costs: (f64, f64),
    /// Requests a month, rising.
    pub(super) volumes: Vec<f64>,
    /// The verdict first, then its rival, then the others.
    pub(super) paths: Vec<Path>,
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
