//! Axes whose labels are formatted here.
//!
//! ECharts formats the labels of a number axis by a function only. So each number axis is drawn
//! without labels, and a category axis with ready texts, spread over the same length, lies on it.

use charming::component::Axis;
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, BoundaryGap, LineStyle, SplitLine};

use super::palette::Palette;

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

/// The end of the linear axis that [`linear`] makes.
pub(super) fn linear_end(top: f64) -> f64 {
    let (step, steps) = round_steps(top);
    step * f64::from(steps)
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

/// A power of ten, as exact as a number can be.
pub(super) fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// The exponent of the power of ten at or below a number; `None` unless it is positive and finite.
pub(super) fn decade_below(number: f64) -> Option<i32> {
    let is_usable = number.is_finite() && number > 0.0;
    is_usable
        .then(|| format!("{number:e}").split_once('e').and_then(|(_, exponent)| exponent.parse().ok()))?
}

/// A round step and how many of them reach `top`.
fn round_steps(top: f64) -> (f64, u32) {
    let Some(exponent) = decade_below(top) else { return (1.0, 1) };
    let unit = power_of_ten(exponent - 1);
    let units = top / unit;
    // `units` lies between 10 and 100; the first step that needs at most six of them.
    let step = [2.0, 2.5, 5.0, 10.0, 20.0].into_iter().find(|step| units / step <= 6.0).unwrap_or(20.0);
    let steps = (1..=7).find(|steps| step * f64::from(*steps) >= units).unwrap_or(7);
    (step * unit, steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_reaches_its_top_in_a_few_round_steps() {
        for top in [1.0, 9.99, 10.0, 31_204.0, 0.003, 123_456_789.0, 99_999.0, 5e-300] {
            let (step, steps) = round_steps(top);
            let end = step * f64::from(steps);
            assert!(end >= top * (1.0 - 1e-12) && end <= top * 1.7, "{top} {end}");
            assert!((4..=7).contains(&steps), "{top} {steps}");
        }
        assert_eq!(round_steps(31_204.0), (10_000.0, 4));
        assert_eq!(round_steps(0.0), (1.0, 1));
        assert_eq!(round_steps(f64::NAN), (1.0, 1));
    }

    #[test]
    fn decades_are_exact() {
        assert_eq!(decade_below(999.9), Some(2));
        assert_eq!(decade_below(1_000.0), Some(3));
        assert_eq!(decade_below(0.02), Some(-2));
        assert_eq!(decade_below(-1.0), None);
        assert_eq!(power_of_ten(9), 1e9);
    }
}
