//! The drawing module: from the data of a figure to the option that ECharts reads, with charming.
//!
//! Every label is formatted here,
//! because ECharts would need functions to do it, which the content security policy forbids, and every
//! colour stands in a palette, because an SVG drawn by ECharts cannot read the style sheet.

mod axis;
mod breakdown;
mod cumulative;
mod option;
mod palette;
mod scatter;
mod volume;

use super::Style;
use super::plot::{Drawing, Plot};

/// The ECharts option, as JSON, for [`ChartFigure::drawing_json`](super::ChartFigure::drawing_json);
/// `None` if the text is something else.
pub fn draw(drawing_json: &str, style: &Style) -> Option<String> {
    let drawing: Drawing = serde_json::from_str(drawing_json).ok()?;
    let chart = match &drawing.plot {
        Plot::Volume(plot) => volume::chart(plot, style),
        Plot::Months(plot) => cumulative::chart(plot, style),
        Plot::Bars(plot) => breakdown::chart(plot, style),
        Plot::Scatter(plot) => scatter::chart(plot, style),
    };
    Some(option::to_json(chart, style, &drawing.description))
}
