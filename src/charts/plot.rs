//! What a chart shows, as plain data: all that crosses from the page to the drawing module, as JSON.
//!
//! No amount here is infinite or no number at all: JSON cannot write it. It is written by hand, as serde
//! reads it: what serde needs to write it is 15 kB of download.

use super::json::{list, number, object, text};

/// Marks the name of a strategy that something excludes.
pub(super) const EXCLUDED: char = '×';

/// One chart to be drawn.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) struct Drawing {
    /// For those who do not see it.
    pub(super) description: String,
    /// What is to be seen.
    pub(super) plot: Plot,
}

/// The kinds of charts.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
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

/// The part that a strategy plays; it has the same colour in all charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) enum Role {
    /// What the page recommends.
    Verdict,
    /// The best other one.
    Rival,
    /// Any other.
    Other,
}

/// The line of one strategy.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) struct Path {
    /// What it is called beside the line.
    pub(super) name: String,
    /// Its part.
    pub(super) role: Role,
    /// Its cost at each place of the other axis in US dollars, where it can be drawn.
    pub(super) costs: Vec<Option<f64>>,
}

/// Lines of cost over volume.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
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
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
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
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) struct BarPlot {
    /// Where the axis ends; longer bars are cut.
    pub(super) end: f64,
    /// From top to bottom.
    pub(super) bars: Vec<StackedBar>,
    /// From left to right.
    pub(super) parts: Vec<Part>,
}

/// One bar.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
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
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) struct Part {
    /// What it is paid for.
    pub(super) label: String,
    /// Its place among the palette's shades.
    pub(super) shade: usize,
    /// The amount in each bar.
    pub(super) amounts: Vec<f64>,
}

/// Marks of what was predicted over what was measured, both axes alike.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) struct ScatterPlot {
    /// First and last decade of both axes, as exponents of ten.
    pub(super) decades: (i32, i32),
    /// What the axes count.
    pub(super) unit: String,
    /// One for each kind of figure.
    pub(super) clouds: Vec<Cloud>,
}

/// The marks of one kind.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) struct Cloud {
    /// What kind it is.
    pub(super) name: String,
    /// Its place among the palette's marks.
    pub(super) mark: usize,
    /// Its marks.
    pub(super) dots: Vec<Dot>,
}

/// One mark.
#[derive(Debug)]
#[cfg_attr(any(test, feature = "draw"), derive(serde::Deserialize))]
pub(super) struct Dot {
    /// Its place along the axis of measurements.
    pub(super) measured: f64,
    /// Its place along the axis of predictions.
    pub(super) predicted: f64,
    /// What is said about it, line by line.
    pub(super) text: String,
}

/// An amount that JSON can write: zero in place of what is infinite or no number.
pub(super) fn finite(amount: f64) -> f64 {
    if amount.is_finite() { amount } else { 0.0 }
}

impl Drawing {
    /// As JSON.
    pub(super) fn to_json(&self) -> String {
        let (kind, plot) = match &self.plot {
            Plot::Volume(plot) => ("Volume", plot.to_json()),
            Plot::Months(plot) => ("Months", plot.to_json()),
            Plot::Bars(plot) => ("Bars", plot.to_json()),
            Plot::Scatter(plot) => ("Scatter", plot.to_json()),
        };
        object(&[("description", text(&self.description)), ("plot", object(&[(kind, plot)]))])
    }
}

impl VolumePlot {
    fn to_json(&self) -> String {
        let (first, last) = self.decades;
        object(&[
            ("decades", format!("[{first},{last}]")),
            ("volumes", numbers(&self.volumes)),
            ("paths", paths(&self.paths)),
            ("present", number(self.present)),
            ("rule_of_thumb", pair(self.rule_of_thumb)),
            ("crossings", list(self.crossings.iter().copied().map(pair).collect())),
            ("other_crossings", list(self.other_crossings.iter().copied().map(pair).collect())),
        ])
    }
}

impl MonthPlot {
    fn to_json(&self) -> String {
        object(&[
            ("horizon", self.horizon.to_string()),
            ("label_step", self.label_step.to_string()),
            ("top", number(self.top)),
            ("paths", paths(&self.paths)),
        ])
    }
}

impl BarPlot {
    fn to_json(&self) -> String {
        let bar = |bar: &StackedBar| {
            object(&[
                ("name", text(&bar.name)),
                ("role", bar.role.to_json()),
                ("survives", bar.survives.to_string()),
                ("total", number(bar.total)),
                ("errors", number(bar.errors)),
            ])
        };
        let part = |part: &Part| {
            object(&[
                ("label", text(&part.label)),
                ("shade", part.shade.to_string()),
                ("amounts", numbers(&part.amounts)),
            ])
        };
        object(&[
            ("end", number(self.end)),
            ("bars", list(self.bars.iter().map(bar).collect())),
            ("parts", list(self.parts.iter().map(part).collect())),
        ])
    }
}

impl ScatterPlot {
    fn to_json(&self) -> String {
        let dot = |dot: &Dot| {
            object(&[
                ("measured", number(dot.measured)),
                ("predicted", number(dot.predicted)),
                ("text", text(&dot.text)),
            ])
        };
        let cloud = |cloud: &Cloud| {
            object(&[
                ("name", text(&cloud.name)),
                ("mark", cloud.mark.to_string()),
                ("dots", list(cloud.dots.iter().map(dot).collect())),
            ])
        };
        let (first, last) = self.decades;
        object(&[
            ("decades", format!("[{first},{last}]")),
            ("unit", text(&self.unit)),
            ("clouds", list(self.clouds.iter().map(cloud).collect())),
        ])
    }
}

impl Role {
    fn to_json(self) -> String {
        text(match self {
            Role::Verdict => "Verdict",
            Role::Rival => "Rival",
            Role::Other => "Other",
        })
    }
}

fn paths(paths: &[Path]) -> String {
    let path = |path: &Path| {
        let costs = path.costs.iter().map(|cost| number(cost.unwrap_or(f64::NAN))).collect();
        object(&[("name", text(&path.name)), ("role", path.role.to_json()), ("costs", list(costs))])
    };
    list(paths.iter().map(path).collect())
}

fn numbers(of: &[f64]) -> String {
    list(of.iter().copied().map(number).collect())
}

fn pair((first, second): (f64, f64)) -> String {
    numbers(&[first, second])
}
