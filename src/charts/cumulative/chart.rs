//! Lines of cumulative cost by month.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{AxisLabel, NameLocation, TextStyle, Trigger};
use charming::series::{Line, Scatter};

use crate::charts::axis::{Side, label_axis, linear};
use crate::charts::cast::Role;
use crate::charts::parts::{named_point, still_chart, texts, tooltip};
use crate::charts::path::{Path, beside_line, main_paths};
use crate::charts::plot::MonthPlot;
use crate::charts::scale::linear_end;
use crate::charts::style::Style;
use crate::domain::units::words::usd_short;

/// Two names closer than this share of the height would overlap.
const NAME_SHARE: f64 = 0.055;

impl MonthPlot {
    /// The chart itself.
    pub(in crate::charts) fn chart(&self, style: Style) -> Chart {
        let palette = style.palette();
        let y = linear(self.top, Side::Left, palette, usd_short);
        let grid = Grid::new().left(56).right(if style.narrow { 12 } else { 118 }).top(16).bottom(44);
        let chart = still_chart()
            .grid(grid)
            .tooltip(tooltip(Trigger::Axis, main_paths(&self.paths), palette))
            .x_axis(month_axis(self, style))
            .y_axis(y.scale)
            .y_axis(y.labels);
        // The order matters: the tooltip names the first two series.
        let chart = self.paths.iter().fold(chart, |chart, path| chart.series(line(path, style)));
        names(self, linear_end(self.top), style).into_iter().fold(chart, Chart::series)
    }
}

/// Months from 0 to the horizon, a few of them labelled.
fn month_axis(plot: &MonthPlot, style: Style) -> Axis {
    let soft = style.palette().soft;
    let names = (0..=plot.horizon).map(|month| month.to_string()).collect();
    let skipped = f64::from(u32::try_from(plot.label_step.saturating_sub(1)).unwrap_or(0));
    label_axis(names, Side::Bottom, style.palette())
        .axis_label(AxisLabel::new().color(soft).font_size(12).interval(skipped))
        .name("months")
        .name_location(NameLocation::Middle)
        .name_text_style(TextStyle::new().color(soft))
        .name_gap(26)
}

/// One line; those of verdict and rival carry the texts of the tooltip.
fn line(path: &Path, style: Style) -> Line {
    let points: Vec<DataPoint> = path
        .costs
        .iter()
        .enumerate()
        .filter_map(|(month, cost)| {
            let cost = (*cost)?;
            let text = path.tooltip_text(&format!("Month {month}"), cost);
            Some(DataPointItem::new(cost).name(text).into())
        })
        .collect();
    path.line(style, points)
}

/// The names at the ends of the lines that stay in the plot; on a narrow page of the main two only.
fn names(plot: &MonthPlot, end: f64, style: Style) -> Vec<Scatter> {
    let mut taken: Vec<f64> = Vec::new();
    let mut series = Vec::new();
    for path in &plot.paths {
        let is_main = path.role != Role::Other;
        let count = path.costs.len();
        let month = if style.narrow { count * 3 / 4 } else { count.saturating_sub(1) };
        let cost = path.costs.get(month).copied().flatten().filter(|cost| *cost <= end);
        let Some(cost) = cost else { continue };
        let share = cost / end;
        let clash = taken.iter().find(|other| (share - **other).abs() < NAME_SHARE).copied();
        if (clash.is_some() || style.narrow) && !is_main {
            continue;
        }
        let shift = clash.map_or(0.0, |other| if share < other { 14.0 } else { -14.0 });
        taken.push(share);
        let (position, offset) = beside_line(style, shift);
        let month = f64::from(u32::try_from(month).unwrap_or(0));
        let text = named_point(month, cost, path.name.clone());
        series.push(texts(text.into_iter().collect(), style.palette().of(path.role), position, offset));
    }
    series
}
