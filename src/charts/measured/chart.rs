//! What was predicted over what was measured, both axes logarithmic and alike.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::DataPoint;
use charming::element::{
    ItemStyle, LabelPosition, LineStyle, LineStyleType, NameLocation, Symbol, TextStyle, Trigger,
};
use charming::series::{Line, Scatter};

use crate::charts::axis::{Side, decades};
use crate::charts::parts::{legend, named_point, point, still_chart, texts, tooltip};
use crate::charts::plot::{Cloud, ScatterPlot};
use crate::charts::scale::power_of_ten;
use crate::charts::style::Style;
use crate::domain::units::words::count_short;

/// Size of a mark, in pixels.
const MARK: f64 = 9.0;

impl ScatterPlot {
    /// The chart itself.
    pub(in crate::charts) fn chart(&self, style: Style) -> Chart {
        let palette = style.palette();
        let (first, last) = self.decades;
        let x = decades(first, last, Side::Bottom, palette, count_short);
        let y = decades(first, last, Side::Left, palette, count_short);
        let is_one_kind = self.clouds.len() < 2;
        let top = match (is_one_kind, style.narrow) {
            (true, _) => 24,
            (false, false) => 72,
            (false, true) => 124,
        };
        let chart = still_chart()
            .grid(Grid::new().left(68).right(48).top(top).bottom(44))
            .legend(legend(palette).show(!is_one_kind))
            .tooltip(tooltip(Trigger::Item, "{b}", palette))
            .x_axis(x.scale)
            .x_axis(named(x.labels, format!("measured, {}", self.unit), 26.0, style))
            .y_axis(y.scale)
            .y_axis(named(y.labels, format!("predicted, {}", self.unit), 50.0, style));
        let chart = lines(self.decades, style).into_iter().fold(chart, Chart::series);
        let chart = self.clouds.iter().fold(chart, |chart, cloud| chart.series(marks(cloud, style)));
        names(self.decades, style).into_iter().fold(chart, Chart::series)
    }
}

fn named(axis: Axis, name: String, gap: f64, style: Style) -> Axis {
    axis.name(name)
        .name_location(NameLocation::Middle)
        .name_text_style(TextStyle::new().color(style.palette().soft))
        .name_gap(gap)
}

/// The diagonal, and where a prediction is twice and half the measurement, from edge to edge.
fn lines((first, last): (i32, i32), style: Style) -> [Line; 3] {
    let palette = style.palette();
    let (low, high) = (power_of_ten(first), power_of_ten(last.max(first.saturating_add(1))));
    let line = |from: (f64, f64), to: (f64, f64), color: &str, kind: LineStyleType| {
        let ends: Vec<DataPoint> = [from, to].into_iter().filter_map(|(x, y)| point(x, y)).collect();
        Line::new()
            .show_symbol(false)
            .line_style(LineStyle::new().color(color).width(1).type_(kind))
            .z(1)
            .data(ends)
    };
    [
        line((low, low), (high, high), palette.ink, LineStyleType::Solid),
        line((low, low * 2.0), (high / 2.0, high), palette.soft, LineStyleType::Dashed),
        line((low * 2.0, low), (high, high / 2.0), palette.soft, LineStyleType::Dashed),
    ]
}

/// The names of the lines, at their upper ends.
fn names((_, last): (i32, i32), style: Style) -> [Scatter; 2] {
    let palette = style.palette();
    let high = power_of_ten(last);
    let right = [(high, "exact"), (high / 2.0, "half")];
    let right = right.into_iter().filter_map(|(y, name)| named_point(high, y, name.to_owned())).collect();
    let above = named_point(high / 2.0, high, "twice".to_owned()).into_iter().collect();
    [
        texts(right, palette.soft, LabelPosition::Right, (0.0, 0.0)),
        texts(above, palette.soft, LabelPosition::Top, (-4.0, 0.0)),
    ]
}

/// The marks of one kind, with a shape and a colour of their own.
fn marks(cloud: &Cloud, style: Style) -> Scatter {
    let dots = cloud.dots.iter().filter(|dot| dot.measured > 0.0 && dot.predicted > 0.0);
    Scatter::new()
        .name(cloud.name.as_str())
        .symbol(shape(cloud.mark))
        .symbol_size(MARK)
        .item_style(ItemStyle::new().color(style.palette().kind(cloud.mark)).opacity(0.8))
        .data(dots.filter_map(|dot| named_point(dot.measured, dot.predicted, dot.text.clone())).collect())
}

/// Shapes that differ without colour too.
fn shape(mark: usize) -> Symbol {
    let path = |path: &str| Symbol::Custom(format!("path://{path}"));
    match mark {
        0 => Symbol::Circle,
        1 => Symbol::Rect,
        2 => Symbol::Triangle,
        3 => Symbol::Diamond,
        // A plus, a triangle on its tip, a cross and an hourglass.
        4 => path("M4,0H6V4H10V6H6V10H4V6H0V4H4Z"),
        5 => path("M0,0H10L5,10Z"),
        6 => path("M0,1.5L1.5,0L5,3.5L8.5,0L10,1.5L6.5,5L10,8.5L8.5,10L5,6.5L1.5,10L0,8.5L3.5,5Z"),
        _ => path("M0,0H10L5,5L10,10H0L5,5Z"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::charts::measured::Dot;

    fn option(kinds: usize, style: Style) -> Value {
        let cloud = |mark| Cloud {
            name: format!("kind {mark}"),
            mark,
            dots: vec![Dot { measured: 10.0, predicted: 20.0, text: "V1: what\nratio 2".to_owned() }],
        };
        let plot =
            ScatterPlot { decades: (0, 2), unit: "GiB".to_owned(), clouds: (0..kinds).map(cloud).collect() };
        serde_json::to_value(plot.chart(style)).unwrap()
    }

    #[test]
    fn every_kind_has_a_shape_and_a_colour_of_its_own_light_and_dark() {
        for dark in [false, true] {
            let option = option(8, Style { dark, narrow: false });
            let series = option["series"].as_array().unwrap();
            let kinds = || series.iter().filter(|one| one["name"].is_string());
            let shapes: BTreeSet<String> = kinds().map(|one| one["symbol"].to_string()).collect();
            let colours: BTreeSet<String> =
                kinds().map(|one| one["itemStyle"]["color"].to_string()).collect();
            assert_eq!((kinds().count(), shapes.len(), colours.len()), (8, 8, 8));
        }
    }

    #[test]
    fn the_diagonal_and_the_lines_of_factor_two_run_from_edge_to_edge() {
        let option = option(1, Style { dark: false, narrow: true });
        let ends: Vec<&Value> = option["series"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["type"] == "line")
            .map(|one| &one["data"])
            .collect();
        let expected =
            [[[1.0, 1.0], [100.0, 100.0]], [[1.0, 2.0], [50.0, 100.0]], [[2.0, 1.0], [100.0, 50.0]]];
        assert_eq!(ends, expected.map(|ends| serde_json::json!(ends)).iter().collect::<Vec<_>>());
        assert_eq!(option["legend"]["show"], false, "one kind needs no legend");
        assert_eq!(option["xAxis"][1]["name"], "measured, GiB");
        let mark = option["series"].as_array().unwrap().iter().find(|one| one["name"] == "kind 0").unwrap();
        assert_eq!(mark["data"][0]["value"], serde_json::json!([10.0, 20.0]));
        assert_eq!(mark["data"][0]["name"], "V1: what\nratio 2");
    }
}
