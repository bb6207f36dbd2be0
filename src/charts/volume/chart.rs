//! Lines of total cost over monthly volume, both logarithmic.

use charming::Chart;
use charming::component::Grid;
use charming::datatype::DataPoint;
use charming::element::{
    ItemStyle, Label, LabelPosition, LineStyle, LineStyleType, MarkArea, MarkAreaData, MarkLine,
    MarkLineData, MarkLineVariant, Symbol, Trigger,
};
use charming::series::{Line, Scatter};

use crate::charts::axis::{Side, decades};
use crate::charts::cast::Role;
use crate::charts::parts::{named_point, point, still_chart, texts, tooltip};
use crate::charts::path::{Path, beside_line, main_paths};
use crate::charts::plot::VolumePlot;
use crate::charts::scale::{decade_below, power_of_ten};
use crate::charts::style::Style;
use crate::domain::units::words::{count_short, usd_short};

/// Height of the plot that names are spread over, in pixels; a guess that only spaces names.
const PLOT_HEIGHT: f64 = 280.0;
/// Height of a name.
const NAME_HEIGHT: f64 = 15.0;

impl VolumePlot {
    /// The chart itself.
    pub(in crate::charts) fn chart(&self, style: Style) -> Chart {
        let palette = style.palette();
        let costs = || self.paths.iter().flat_map(|path| path.costs.iter().flatten().copied());
        let lowest = costs().filter_map(decade_below).min().unwrap_or(2);
        let highest = costs().filter_map(decade_below).max().map_or(3, |decade| decade + 1);
        let x = decades(self.decades.0, self.decades.1, Side::Bottom, palette, count_short);
        let y = decades(lowest, highest, Side::Left, palette, usd_short);
        let grid = Grid::new().left(56).right(if style.narrow { 12 } else { 118 }).top(28).bottom(28);
        let chart = still_chart()
            .grid(grid)
            .tooltip(tooltip(Trigger::Axis, main_paths(&self.paths), palette))
            .x_axis(x.scale)
            .x_axis(x.labels)
            .y_axis(y.scale)
            .y_axis(y.labels);
        // The order matters: the tooltip names the first two series.
        let chart = self.paths.iter().fold(chart, |chart, path| chart.series(line(path, self, style)));
        let marks = marks(self, style).into_iter().chain(names(self, (lowest, highest), style));
        marks.fold(chart, Chart::series)
    }
}

/// One line, with the marks of the present volume and of the rule of thumb on that of the verdict.
fn line(path: &Path, plot: &VolumePlot, style: Style) -> Line {
    let palette = style.palette();
    let is_named = path.role != Role::Other;
    let points: Vec<DataPoint> = plot
        .volumes
        .iter()
        .zip(&path.costs)
        .filter_map(|(volume, cost)| {
            let cost = (*cost).filter(|cost| *cost > 0.0)?;
            if is_named {
                named_point(*volume, cost, path.tooltip_text(&place_text(*volume), cost))
            } else {
                point(*volume, cost)
            }
        })
        .collect();
    let line = path.line(style, points);
    if path.role != Role::Verdict {
        return line;
    }
    // Where such a label stands by itself: at the upper end of the line.
    let label = Label::new().formatter(present_label(plot.present).as_str()).color(palette.ink).font_size(12);
    let here: MarkLineVariant =
        MarkLineVariant::Simple(MarkLineData::new().x_axis(plot.present).label(label));
    let here = MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .silent(true)
        .line_style(LineStyle::new().color(palette.ink).width(1).type_(LineStyleType::Dotted))
        .data(vec![here]);
    match rule_of_thumb(plot, style) {
        Some(band) => line.mark_line(here).mark_area(band),
        None => line.mark_line(here),
    }
}

fn place_text(volume: f64) -> String {
    format!("{} requests a month", count_short(volume))
}

fn present_label(present: f64) -> String {
    format!("you: {}", count_short(present))
}

/// The guide’s band, as far as it lies in the range drawn.
fn rule_of_thumb(plot: &VolumePlot, style: Style) -> Option<MarkArea> {
    let from = plot.rule_of_thumb.0.max(power_of_ten(plot.decades.0));
    let to = plot.rule_of_thumb.1.min(power_of_ten(plot.decades.1));
    let label = Label::new()
        .formatter("rule of thumb")
        .position(LabelPosition::InsideBottom)
        .color(style.palette().soft)
        .font_size(11);
    let area = MarkArea::new()
        .silent(true)
        .label(label)
        .item_style(ItemStyle::new().color(style.palette().wash))
        .data(vec![(
            MarkAreaData::new().x_axis(from.to_string()),
            MarkAreaData::new().x_axis(to.to_string()),
        )]);
    (from < to).then_some(area)
}

/// The crossings: those of verdict and rival with their volume, the others as small circles.
fn marks(plot: &VolumePlot, style: Style) -> Vec<Scatter> {
    let palette = style.palette();
    let circle = |size: f64, color: &str, points: Vec<DataPoint>| {
        let hollow = ItemStyle::new().color(palette.paper).border_color(color).border_width(1.5);
        Scatter::new().symbol(Symbol::Circle).symbol_size(size).item_style(hollow).data(points)
    };
    let main = plot
        .crossings
        .iter()
        .filter_map(|(volume, cost)| named_point(*volume, *cost, count_short(*volume)))
        .collect();
    let others = plot.other_crossings.iter().filter_map(|(volume, cost)| point(*volume, *cost)).collect();
    let label = Label::new().show(plot.crossings.len() <= 4).position(LabelPosition::Bottom);
    let label = label.offset((16.0, 2.0)).color(palette.ink).font_size(12).formatter("{b}");
    vec![circle(5.0, palette.soft, others), circle(9.0, palette.ink, main).label(label)]
}

/// The names of the lines: at their right end where there is room, else above the lines.
fn names(plot: &VolumePlot, (lowest, highest): (i32, i32), style: Style) -> Vec<Scatter> {
    let palette = style.palette();
    let height_of = |cost: f64| {
        let span = f64::from(highest - lowest);
        (libm::log10(cost) - f64::from(lowest)) / span * PLOT_HEIGHT
    };
    let count = plot.volumes.len();
    let place = if style.narrow { count * 7 / 8 } else { count.saturating_sub(1) };
    let Some(volume) = plot.volumes.get(place) else { return Vec::new() };
    let mut taken: Vec<f64> = Vec::new();
    let mut series = Vec::new();
    for path in &plot.paths {
        let cost = path.costs.get(place).copied().flatten().filter(|cost| *cost > 0.0);
        let Some(cost) = cost else { continue };
        let height = height_of(cost);
        let is_main = path.role != Role::Other;
        let Some(free) = free_height(height, &taken, is_main) else { continue };
        if style.narrow && !is_main {
            continue;
        }
        taken.push(free);
        let (position, offset) = beside_line(style, height - free);
        let text = named_point(*volume, cost, path.name.clone());
        series.push(texts(text.into_iter().collect(), palette.of(path.role), position, offset));
    }
    series
}

/// A height for a name near the one wanted; a name that does not matter is given up rather than moved.
fn free_height(wanted: f64, taken: &[f64], may_move: bool) -> Option<f64> {
    let clash = taken.iter().find(|other| (wanted - **other).abs() < NAME_HEIGHT);
    match clash {
        None => Some(wanted),
        Some(other) if may_move => {
            Some(if wanted < *other { other - NAME_HEIGHT } else { other + NAME_HEIGHT })
        }
        Some(_) => None,
    }
}
