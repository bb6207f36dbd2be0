//! The lines alone, in a plot of fixed margins: all words lie over them in the page's own type.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::DataPoint;
use charming::element::{AxisType, NameLocation, TextStyle, Trigger};
use charming::series::Scatter;

use crate::charts::axis::{Side, decades};
use crate::charts::cast::Role;
use crate::charts::parts::{named_point, point, still_chart, texts, tooltip};
use crate::charts::path::{Path, beside_line};
use crate::charts::plot::VolumePlot;
use crate::charts::scale::{decade_below, power_of_ten, share_of};
use crate::charts::style::Style;
use crate::domain::units::words::{count_exact, count_short, usd_short};

/// Two names closer than this share of the height would overlap.
const NAME_SHARE: f64 = 0.045;
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

    /// The same with axes and names of its own, for where nothing lies over it.
    pub(in crate::charts) fn chart_alone(&self, style: Style) -> Chart {
        let palette = style.palette();
        let ends = |(low, high): (f64, f64)| {
            let last = decade_below(high).unwrap_or(1);
            let last = if power_of_ten(last) < high { last.saturating_add(1) } else { last };
            (decade_below(low).unwrap_or(0), last)
        };
        let ((left, right), (bottom, top)) = (ends(self.range), ends(self.costs));
        let x = decades(left, right, Side::Bottom, palette, count_short);
        let y = decades(bottom, top, Side::Left, palette, usd_short);
        let named = |axis: Axis, name: &str, gap: f64| {
            let look = TextStyle::new().color(palette.soft);
            axis.name(name).name_location(NameLocation::Middle).name_text_style(look).name_gap(gap)
        };
        let chart = still_chart()
            .grid(Grid::new().left(76).right(150).top(16).bottom(52))
            .x_axis(x.scale)
            .x_axis(named(x.labels, "requests a month", 30.0))
            .y_axis(y.scale)
            .y_axis(named(y.labels, "US dollars per 1,000 requests", 58.0));
        let chart = self.paths.iter().fold(chart, |chart, path| {
            let places = self.volumes.iter().zip(&path.costs);
            let points = places.filter_map(|(volume, cost)| point(*volume, cost.filter(|cost| *cost > 0.0)?));
            chart.series(path.line(style, points.collect()))
        });
        self.names(style).into_iter().fold(chart, Chart::series)
    }

    /// The names at the ends of the lines, those that have room; verdict and rival always.
    fn names(&self, style: Style) -> Vec<Scatter> {
        let mut paths: Vec<&Path> = self.paths.iter().collect();
        paths.sort_by_key(|path| path.role == Role::Other);
        let mut taken: Vec<f64> = Vec::new();
        let mut series = Vec::new();
        for path in paths {
            let last = self.volumes.iter().zip(&path.costs).next_back();
            let Some((volume, Some(cost))) = last.filter(|(_, cost)| cost.is_some_and(|cost| cost > 0.0))
            else {
                continue;
            };
            let share = share_of(self.costs, *cost);
            let clash = taken.iter().find(|other| (share - **other).abs() < NAME_SHARE).copied();
            if path.role == Role::Other && (clash.is_some() || !(0.0..=1.0).contains(&share)) {
                continue;
            }
            taken.push(share);
            let shift = clash.map_or(0.0, |other| if share < other { 14.0 } else { -14.0 });
            let (position, offset) = beside_line(style, shift);
            let name = named_point(*volume, *cost, path.name.clone());
            series.push(texts(name.into_iter().collect(), style.palette().of(path.role), position, offset));
        }
        series
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
