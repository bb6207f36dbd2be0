//! Stacked bars of total cost.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, ItemStyle, Label, LabelPosition, Trigger};
use charming::series::{Bar, Scatter};
use serde_json::{Value, json};

use super::EXCLUDED;
use crate::charts::axis::{Side, linear};
use crate::charts::cast::Role;
use crate::charts::parts::{legend, still_chart, texts, tooltip};
use crate::charts::plot::{BarPlot, Segments, StackedBar};
use crate::charts::style::Style;
use crate::domain::units::words::usd_short;

/// The share of the axis that a letter takes on a wide page; on a narrow one no name fits into a bar.
const LETTER: f64 = 0.0125;

impl BarPlot {
    /// The chart itself; the names of its bars are in [`BarPlot::category_names`].
    pub(in crate::charts) fn chart(&self, style: Style) -> Chart {
        let palette = style.palette();
        let x = linear(self.end, Side::Bottom, palette, usd_short);
        let names = Axis::new()
            .type_(AxisType::Category)
            .inverse(true)
            .axis_line(AxisLine::new().show(false))
            .axis_tick(AxisTick::new().show(false))
            .axis_label(AxisLabel::new().font_size(12).interval(0));
        let (left, right, legend_height) = if style.narrow { (124, 66, 96) } else { (132, 110, 56) };
        let mut chart = still_chart()
            .grid(Grid::new().left(left).right(right).top(legend_height).bottom(28))
            .legend(legend(palette))
            .tooltip(tooltip(Trigger::Item, "{b}", palette))
            .x_axis(x.scale)
            .x_axis(x.labels)
            .y_axis(names);
        // Where each bar has got to.
        let mut starts = vec![0.0; self.bars.len()];
        for segments in &self.segments {
            chart = chart.series(stack(segments, self, &starts, style));
            for (start, amount) in starts.iter_mut().zip(&segments.amounts) {
                *start += amount;
            }
        }
        chart.series(totals(self, style))
    }

    /// The names of the bars; verdict and rival in their colours and in bold.
    pub(in crate::charts) fn category_names(&self, style: Style) -> Vec<Value> {
        self.bars.iter().map(|bar| category_name(bar, style)).collect()
    }
}

fn category_name(bar: &StackedBar, style: Style) -> Value {
    let palette = style.palette();
    let text = if bar.survives { bar.name.clone() } else { format!("{EXCLUDED} {}", bar.name) };
    let (color, weight) = match bar.role {
        Role::Verdict => (palette.verdict, "bold"),
        Role::Rival => (palette.rival, "bold"),
        Role::Other if bar.survives => (palette.ink, "normal"),
        Role::Other => (palette.soft, "normal"),
    };
    json!({ "value": text, "textStyle": { "color": color, "fontWeight": weight } })
}

/// One cost line through all bars; its name stands in those parts that have room for it.
fn stack(segments: &Segments, plot: &BarPlot, starts: &[f64], style: Style) -> Bar {
    let palette = style.palette();
    let (fill, ink) = palette
        .lines
        .get(segments.shade)
        .map_or((palette.soft, palette.paper), |shade| (shade.fill, shade.ink));
    let data: Vec<DataPoint> = (0_i32..)
        .zip(plot.bars.iter().zip(&segments.amounts).zip(starts))
        .map(|(index, ((bar, amount), start))| {
            let visible = (start + amount).min(plot.end) - start.min(plot.end);
            let text = format!("{} {}", segments.label, usd_short(*amount));
            let letters = f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
            let has_room = !style.narrow && visible >= plot.end * LETTER * letters;
            let text = if has_room { text } else { String::new() };
            let name = format!("{}\n{}: {}", bar.name, segments.label, usd_short(*amount));
            let value: Vec<CompositeValue> = vec![(*amount).into(), index.into(), text.into()];
            DataPointItem::new(value).name(name).into()
        })
        .collect();
    // The third value of a point is the text in the bar, its name the text of the tooltip.
    let label =
        Label::new().show(true).position(LabelPosition::Inside).formatter("{@[2]}").color(ink).font_size(11);
    Bar::new()
        .name(segments.label.as_str())
        .stack("cost")
        .bar_width("68%")
        .item_style(ItemStyle::new().color(fill).border_color(palette.paper).border_width(1))
        .label(label)
        .data(data)
}

/// The totals behind the bars.
fn totals(plot: &BarPlot, style: Style) -> Scatter {
    let points = (0_i32..)
        .zip(&plot.bars)
        .map(|(index, bar)| {
            let length = bar.total + bar.errors;
            let arrow = if length > plot.end { "→ " } else { "" };
            // A narrow page has room for what is paid only.
            let value: Vec<CompositeValue> = vec![length.clamp(0.0, plot.end).into(), index.into()];
            DataPointItem::new(value).name(format!("{arrow}{}", usd_short(length))).into()
        })
        .collect();
    texts(points, style.palette().ink, LabelPosition::Right, (0.0, 0.0))
}
