//! The lines alone, in a plot of fixed margins: all words lie over them in the page's own type.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::DataPoint;
use charming::element::{AxisType, Trigger};

use crate::charts::parts::{named_point, point, still_chart, tooltip};
use crate::charts::path::Path;
use crate::charts::plot::VolumePlot;
use crate::charts::scale::share_of;
use crate::charts::style::Style;
use crate::domain::units::words::{count_exact, usd_short};

/// Room for the width of the lines at the edges; the style sheet takes it off again.
const MARGIN: i32 = 4;

impl VolumePlot {
    /// The chart itself. Both axes are logarithmic: places are shares of their length, so that what lies over the
    /// lines agrees with them.
    pub(in crate::charts) fn chart(&self, style: Style) -> Chart {
        let axis = || Axis::new().type_(AxisType::Value).min(0.0).max(1.0).show(false);
        let chart = still_chart()
            .grid(Grid::new().left(MARGIN).right(MARGIN).top(MARGIN).bottom(MARGIN))
            .tooltip(tooltip(Trigger::Axis, "{b0}", style.palette()))
            .x_axis(axis())
            .y_axis(axis());
        // The order matters: the tooltip is the text of the first series.
        let lines = self
            .paths
            .iter()
            .enumerate()
            .map(|(index, path)| path.line(style, points(self, path, index == 0)));
        lines.fold(chart, Chart::series)
    }

    /// Every line at one volume, the cheapest first.
    fn text_at(&self, index: usize, volume: f64) -> String {
        let cost_of = |path: &Path| path.costs.get(index).copied().flatten();
        let mut costs: Vec<(f64, &str)> =
            self.paths.iter().filter_map(|path| Some((cost_of(path)?, path.name.as_str()))).collect();
        costs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let lines = costs.into_iter().map(|(cost, name)| format!("\n{name}: {}", usd_short(cost)));
        let place = format!("{} a month", count_exact(libm::round(volume)));
        [place].into_iter().chain(lines).collect()
    }
}

fn points(plot: &VolumePlot, path: &Path, is_named: bool) -> Vec<DataPoint> {
    let places = plot.volumes.iter().zip(&path.costs).enumerate();
    let place = |(index, (volume, cost)): (usize, (&f64, &Option<f64>))| {
        let cost = cost.filter(|cost| *cost > 0.0)?;
        let (x, y) = (share_of(plot.range, *volume), share_of(plot.costs, cost));
        if is_named { named_point(x, y, plot.text_at(index, *volume)) } else { point(x, y) }
    };
    places.filter_map(place).collect()
}
