//! Lines or grouped bars, one for each scenario.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{
    AxisLabel, AxisType, ItemStyle, LineStyle, LineStyleType, NameLocation, TextStyle, Trigger,
};
use charming::series::{Bar, Line};

use crate::charts::axis::{Side, label_axis, linear};
use crate::charts::palette::Palette;
use crate::charts::parts::{legend, still_chart, tooltip};
use crate::charts::plot::{ScenarioLine, ScenarioPlot};
use crate::charts::style::Style;
use crate::domain::units::words::usd_short;

/// Height of a line of the legend, pixels.
const LEGEND_LINE: usize = 22;

impl ScenarioPlot {
    /// The chart itself.
    pub(in crate::charts) fn chart(&self, style: Style) -> Chart {
        let palette = style.palette();
        let y = linear(self.top, Side::Left, palette, usd_short);
        // On a narrow page each name has a line of its own.
        let names = if style.narrow { self.lines.len() } else { 1 };
        let top = i32::try_from(14 + LEGEND_LINE * names).unwrap_or(36);
        let bottom = if self.unit.is_empty() { 28 } else { 44 };
        let trigger = if self.is_bars { Trigger::Item } else { Trigger::Axis };
        let chart = still_chart()
            .grid(Grid::new().left(56).right(16).top(top).bottom(bottom))
            // The longest line is drawn first; the names keep their order.
            .legend(legend(palette).data(self.lines.iter().map(|line| line.name.as_str()).collect()))
            .tooltip(tooltip(trigger, if self.is_bars { "{b}" } else { "{b0}" }, palette))
            .x_axis(self.x_axis(style))
            .y_axis(y.scale)
            .y_axis(y.labels);
        match self.is_bars {
            true => self
                .lines
                .iter()
                .enumerate()
                .fold(chart, |chart, (place, line)| chart.series(bar(line, place, &self.names, palette))),
            false => self
                .drawn()
                .into_iter()
                .fold(chart, |chart, (place, line)| chart.series(self.line(line, place, palette))),
        }
    }

    fn x_axis(&self, style: Style) -> Axis {
        let palette = style.palette();
        let skipped = f64::from(u32::try_from(self.label_step().saturating_sub(1)).unwrap_or(0));
        let label = AxisLabel::new().color(palette.soft).font_size(12);
        let axis = label_axis(self.names.clone(), Side::Bottom, palette);
        if self.is_bars {
            // Each group of bars has a room of its own.
            return axis.type_(AxisType::Category).boundary_gap(true).axis_label(label.interval(0));
        }
        axis.axis_label(label.interval(skipped))
            .name("months")
            .name_location(NameLocation::Middle)
            .name_text_style(TextStyle::new().color(palette.soft))
            .name_gap(26)
    }

    /// The lines with their places, the longest first: its points say the amounts of all.
    fn drawn(&self) -> Vec<(usize, &ScenarioLine)> {
        let mut drawn: Vec<(usize, &ScenarioLine)> = self.lines.iter().enumerate().collect();
        drawn.sort_by_key(|(_, line)| std::cmp::Reverse(line.amounts.len()));
        drawn
    }

    fn line(&self, line: &ScenarioLine, place: usize, palette: &Palette) -> Line {
        let point = |(month, amount): (usize, &f64)| {
            let all = self.lines.iter().filter_map(|one| Some(said(one, *one.amounts.get(month)?)));
            let text =
                [format!("{} {month}", self.unit)].into_iter().chain(all).collect::<Vec<_>>().join("\n");
            DataPoint::from(DataPointItem::new(*amount).name(text))
        };
        let color = colour(place, palette);
        let (width, kind) = stroke(place);
        Line::new()
            .name(line.name.as_str())
            .show_symbol(false)
            .item_style(ItemStyle::new().color(color))
            .line_style(LineStyle::new().color(color).width(width).type_(kind))
            .z(5 - i32::try_from(place).unwrap_or(4))
            .data(line.amounts.iter().enumerate().map(point).collect())
    }
}

fn said(line: &ScenarioLine, amount: f64) -> String {
    format!("{}: {}", line.name, usd_short(amount))
}

fn bar(line: &ScenarioLine, place: usize, names: &[String], palette: &Palette) -> Bar {
    let point = |(period, amount): (usize, &f64)| {
        let when = names.get(period).map(String::as_str).unwrap_or_default();
        DataPoint::from(DataPointItem::new(*amount).name(format!("{when}\n{}", said(line, *amount))))
    };
    Bar::new()
        .name(line.name.as_str())
        .item_style(ItemStyle::new().color(colour(place, palette)))
        .data(line.amounts.iter().enumerate().map(point).collect())
}

/// The first has the colour of the verdict, since it is the page's own.
fn colour(place: usize, palette: &Palette) -> &'static str {
    match place {
        0 => palette.verdict,
        1 => palette.rival,
        place => palette.kind(place - 2),
    }
}

/// Lines differ without colour too.
fn stroke(place: usize) -> (f64, LineStyleType) {
    match place {
        0 => (3.0, LineStyleType::Solid),
        1 => (2.0, LineStyleType::Dashed),
        2 => (2.0, LineStyleType::Dotted),
        _ => (1.5, LineStyleType::Solid),
    }
}
