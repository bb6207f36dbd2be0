//! The charts as pure functions: figures in, an ECharts option and its numbers as a table out.
//!
//! Every label is formatted here, because ECharts would need functions to do it, which the content
//! security policy forbids, and every colour comes in through a [`Style`], because an SVG drawn by
//! ECharts cannot read the style sheet. The colours of the verdict and of its best rival mean the
//! same in all charts; names beside the lines and the table below say it too.

mod axis;
mod breakdown;
mod cast;
mod cumulative;
mod option;
mod palette;
#[cfg(test)]
mod tests;
mod volume;
mod volume_curves;

pub use breakdown::breakdown;
pub use cumulative::cumulative;
pub use palette::{Palette, Shade, Style};
pub use volume::volume;
pub use volume_curves::{Curve, VolumeCurves};

/// A chart with all that explains it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartFigure {
    /// The finding, as a headline.
    pub title: String,
    /// What is drawn.
    pub caption: String,
    /// The same for those who do not see it.
    pub description: String,
    /// What ECharts draws.
    pub option_json: String,
    /// The numbers that are drawn.
    pub table: ChartTable,
}

/// The numbers of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartTable {
    /// One name for each column.
    pub head: Vec<String>,
    /// One row for each strategy, as long as the head.
    pub rows: Vec<Vec<String>>,
}
