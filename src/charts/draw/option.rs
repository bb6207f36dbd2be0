//! From charming's builder to the JSON that ECharts reads, and the parts that all charts share.

use charming::component::Legend;
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{
    AxisPointer, AxisPointerType, ItemStyle, Label, LabelPosition, LineStyle, TextStyle, Tooltip, Trigger,
};
use charming::series::Scatter;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::palette::{FONT, Palette};
use crate::charts::Style;
use crate::charts::plot::{Path, Role};
use crate::format::usd_short;

/// An ECharts option put together from charming's parts.
///
/// `charming::Chart` does the same, but names every kind of series and component there is, which would
/// add a tenth to the download; this holds only the parts that are used.
#[derive(Default)]
pub(super) struct ChartOption {
    parts: Map<String, Value>,
    /// Laid over the parts at the end.
    more: Value,
}

impl ChartOption {
    /// Set a part that an option has once.
    pub(super) fn with(mut self, key: &str, part: &impl Serialize) -> Self {
        self.parts.insert(key.to_owned(), plain(part));
        self
    }

    /// Add a part that an option has several of: an axis or a series.
    pub(super) fn and(mut self, key: &str, part: &impl Serialize) -> Self {
        if let Value::Array(parts) = self.parts.entry(key).or_insert_with(|| Value::Array(Vec::new())) {
            parts.push(plain(part));
        }
        self
    }

    /// Add what charming has no setter for.
    pub(super) fn with_more(mut self, more: Value) -> Self {
        self.more = more;
        self
    }
}

/// Charming's parts hold plain data, so this cannot fail; `null` would be refused by the bundle and the page
/// would show the table.
fn plain(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}

/// The option as JSON, completed by what all charts share.
pub(super) fn to_json(chart: ChartOption, style: &Style, description: &str) -> String {
    let mut option = Value::Object(chart.parts);
    let text = json!({ "fontFamily": FONT, "fontSize": 12, "color": style.palette().ink });
    let common = json!({
        "grid": [{ "outerBoundsMode": "none" }],
        "textStyle": text,
        "tooltip": { "textStyle": text, "confine": true },
        "aria": { "enabled": true, "label": { "description": description } },
    });
    merge(&mut option, &common);
    merge(&mut option, &chart.more);
    option.to_string()
}

/// Lay `more` over `base`: objects key by key, arrays item by item, all else replaced; `null` leaves as is.
fn merge(base: &mut Value, more: &Value) {
    match (base, more) {
        (_, Value::Null) => {}
        (Value::Object(base), Value::Object(more)) => {
            for (key, value) in more {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(base), Value::Array(more)) => {
            for (item, value) in base.iter_mut().zip(more) {
                merge(item, value);
            }
            base.extend(more.iter().skip(base.len()).cloned());
        }
        (base, more) => *base = more.clone(),
    }
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

/// What the tooltip of lines shows: the texts of the first two series, verdict and rival, as they stand in
/// the order of the paths; without a rival that of the verdict alone.
pub(super) fn main_lines(paths: &[Path]) -> &'static str {
    let has_rival = paths.iter().any(|path| path.role == Role::Rival);
    if has_rival { "{b0}\n{b1}" } else { "{b0}" }
}

/// The text of a line at one place for the tooltip; that of the verdict, the first, says at `place`.
pub(super) fn tooltip_text(path: &Path, place: &str, cost: f64) -> String {
    let text = format!("{}: {}", path.name, usd_short(cost));
    if path.role == Role::Verdict { format!("{place}\n{text}") } else { text }
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

/// Where a name stands at the end of its line, and how far from there: right of it where there is room,
/// else above the line, which may rise or lie flat. `shift` keeps it apart from another name.
pub(super) const fn beside_line(style: &Style, shift: f64) -> (LabelPosition, (f64, f64)) {
    if style.narrow {
        (LabelPosition::Left, (-4.0, shift - 9.0))
    } else {
        (LabelPosition::Right, (0.0, shift))
    }
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
    fn laying_over_keeps_what_it_does_not_name() {
        let mut base = json!({ "a": { "b": 1, "c": [ { "d": 2 }, 3 ] } });
        merge(&mut base, &json!({ "a": { "c": [ { "e": 4 }, null, 5 ] }, "f": 6 }));
        assert_eq!(base, json!({ "a": { "b": 1, "c": [ { "d": 2, "e": 4 }, 3, 5 ] }, "f": 6 }));
    }

    #[test]
    fn what_is_not_finite_is_no_point() {
        assert!(point(1.0, f64::NAN).is_none() && named_point(f64::INFINITY, 1.0, String::new()).is_none());
    }
}
