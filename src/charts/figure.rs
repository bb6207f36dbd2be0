//! A figure: a chart with all that explains it.

use charming::Chart;
use serde_json::Value;

use super::option;
use super::plot::Plot;
use super::style::{SAVED, Style};
use crate::domain::units::Cell;

/// A chart with all that explains it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartFigure {
    /// The finding, as a headline.
    pub title: String,
    /// What is drawn.
    pub caption: String,
    /// The same for those who do not see it.
    pub description: String,
    /// The numbers that are drawn.
    pub table: ChartTable,
    /// What the chart shows, before any style.
    pub(super) plot: Plot,
}

impl ChartFigure {
    /// The chart in the colours and proportions of a style.
    pub fn chart(&self, style: Style) -> Chart {
        match &self.plot {
            Plot::Volume(plot) => plot.chart(style),
            Plot::Months(plot) => plot.chart(style),
            Plot::Scatter(plot) => plot.chart(style),
            Plot::Scenarios(plot) => plot.chart(style),
        }
    }

    /// The option that ECharts reads: [`ChartFigure::chart`], completed by what charming has no setter for.
    pub fn option(&self, style: Style) -> Value {
        option::complete(&self.chart(style), style, &self.description)
    }
}

impl ChartFigure {
    /// The option of the chart to be saved, which has no page around it.
    pub fn saved_option(&self) -> Value {
        let chart = match &self.plot {
            Plot::Volume(plot) => plot.chart_alone(SAVED),
            Plot::Months(_) | Plot::Scatter(_) | Plot::Scenarios(_) => self.chart(SAVED),
        };
        option::complete(&chart, SAVED, &self.description)
    }
}

/// The numbers of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartTable {
    /// One name for each column.
    pub head: Vec<String>,
    /// One row for each strategy or measurement, as long as the head.
    pub rows: Vec<Vec<Cell>>,
    /// So many first and so many last columns hold words.
    pub word_columns: (usize, usize),
}
