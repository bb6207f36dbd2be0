//! The charts in two steps, both pure functions.
//!
//! A figure is an evaluation, or measurements with what was predicted for them, put into a headline, its
//! numbers as a table, and what is to be drawn as plain data. `draw` turns that data into an ECharts
//! option; it runs in a program of its own, which arrives after first paint, so nothing that the page
//! reaches may name charming. The colours of the verdict and of its best rival mean the same in all
//! charts; names beside the lines and the table below say it too.

mod breakdown;
mod cast;
mod cumulative;
#[cfg(feature = "draw")]
mod draw;
mod json;
mod measured;
mod plot;
mod scale;
#[cfg(test)]
#[cfg(feature = "draw")]
mod tests;
mod volume;
mod volume_curves;

pub use breakdown::breakdown;
pub use cumulative::cumulative;
#[cfg(feature = "draw")]
pub use draw::draw;
pub use measured::measured;
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
    /// What `draw` draws.
    pub drawing_json: String,
    /// The numbers that are drawn.
    pub table: ChartTable,
}

impl ChartFigure {
    fn new(title: String, caption: String, description: String, plot: plot::Plot, table: ChartTable) -> Self {
        let drawing = plot::Drawing { description: description.clone(), plot };
        let drawing_json = drawing.to_json();
        ChartFigure { title, caption, description, drawing_json, table }
    }
}

/// The numbers of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartTable {
    /// One name for each column.
    pub head: Vec<String>,
    /// One row for each strategy or measurement, as long as the head.
    pub rows: Vec<Vec<String>>,
    /// So many first and so many last columns hold words.
    pub word_columns: (usize, usize),
}

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the page is dark.
    pub dark: bool,
    /// Whether there is no room for names beside the lines and bars.
    pub narrow: bool,
}
