//! Axes whose labels are formatted here.
//!
//! ECharts formats the labels of a number axis by a function only. So each number axis is drawn
//! without labels, and a category axis with ready texts, spread over the same length, lies on it.

use charming::component::Axis;
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, BoundaryGap, LineStyle, SplitLine};

use super::palette::Palette;
use super::scale::{power_of_ten, round_steps};

/// A number axis and the category axis that carries its labels.
pub(super) struct LabelledAxis {
    /// For the data; invisible.
    pub(super) scale: Axis,
    /// For the reader.
    pub(super) labels: Axis,
}

/// Where an axis stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Below the plot.
    Bottom,
    /// Left of the plot, with hairlines across it.
    Left,
}

/// A logarithmic axis over whole decades, `10^first` to `10^last`.
pub(super) fn decades(
    first: i32,
    last: i32,
    side: Side,
    palette: &Palette,
    text: fn(f64) -> String,
) -> LabelledAxis {
    let last = last.max(first.saturating_add(1));
    let scale = Axis::new().type_(AxisType::Log).min(power_of_ten(first)).max(power_of_ten(last)).show(false);
    let labels = (first..=last).map(|exponent| text(power_of_ten(exponent))).collect();
    LabelledAxis { scale, labels: label_axis(labels, side, palette) }
}

/// A linear axis from zero to at least `top`, in four to seven round steps.
pub(super) fn linear(top: f64, side: Side, palette: &Palette, text: fn(f64) -> String) -> LabelledAxis {
    let (step, steps) = round_steps(top);
    let scale = Axis::new().type_(AxisType::Value).min(0.0).max(step * f64::from(steps)).show(false);
    let labels = (0..=steps).map(|index| text(step * f64::from(index))).collect();
    LabelledAxis { scale, labels: label_axis(labels, side, palette) }
}

/// A category axis with ready texts from end to end.
pub(super) fn label_axis(labels: Vec<String>, side: Side, palette: &Palette) -> Axis {
    let hairlines = side == Side::Left;
    Axis::new()
        .type_(AxisType::Category)
        .data(labels)
        .boundary_gap(BoundaryGap::CategoryAxis(false))
        .position(if side == Side::Left { "left" } else { "bottom" })
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().color(palette.soft).font_size(12))
        .split_line(SplitLine::new().show(hairlines).line_style(LineStyle::new().color(palette.rule)))
}
