//! The parts that all charts share.

use charming::Chart;
use charming::component::Legend;
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{
    AxisPointer, AxisPointerType, ItemStyle, Label, LabelPosition, LineStyle, TextStyle, Tooltip, Trigger,
};
use charming::series::Scatter;

use super::palette::Palette;

/// A chart that does not move.
pub(super) fn still_chart() -> Chart {
    Chart::new().animation(false)
}

/// A point with the text that its label or tooltip shows; `None` unless it can be drawn.
pub(super) fn named_point(x: f64, y: f64, name: String) -> Option<DataPoint> {
    let is_finite = x.is_finite() && y.is_finite();
    is_finite.then(|| DataPointItem::new(vec![x, y]).name(name).into())
}

/// A point without a text; `None` unless it can be drawn.
pub(super) fn point(x: f64, y: f64) -> Option<DataPoint> {
    (x.is_finite() && y.is_finite()).then(|| DataPoint::from(vec![x, y]))
}

/// A tooltip in the page's colours.
pub(super) fn tooltip(trigger: Trigger, formatter: &str, palette: &Palette) -> Tooltip {
    let pointer =
        AxisPointer::new().type_(AxisPointerType::Line).line_style(LineStyle::new().color(palette.rule));
    Tooltip::new()
        .trigger(trigger)
        .formatter(formatter)
        .axis_pointer(pointer)
        .background_color(palette.paper)
        .border_color(palette.rule)
        .border_width(1)
}

/// A legend above the plot.
pub(super) fn legend(palette: &Palette) -> Legend {
    Legend::new()
        .left(0)
        .top(0)
        .item_width(12)
        .item_height(12)
        .item_gap(14)
        .text_style(TextStyle::new().color(palette.soft).font_size(12))
}

/// Texts at points: a series of invisible marks whose labels are their names.
pub(super) fn texts(
    points: Vec<DataPoint>,
    color: &str,
    position: LabelPosition,
    offset: (f64, f64),
) -> Scatter {
    let label =
        Label::new().show(true).position(position).offset(offset).color(color).font_size(12).formatter("{b}");
    // A mark of no size would not be drawn, and one of less opacity would fade its label.
    let invisible = ItemStyle::new().color("transparent").opacity(1);
    Scatter::new().symbol_size(1.0).item_style(invisible).label(label).data(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_no_point() {
        assert!(point(1.0, f64::NAN).is_none() && named_point(f64::INFINITY, 1.0, String::new()).is_none());
    }
}
