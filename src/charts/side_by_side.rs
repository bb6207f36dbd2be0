//! Scenarios side by side on common axes: what each costs up to each month, and in each year.

mod chart;

use super::figure::{ChartFigure, ChartTable};
use super::plot::{Plot, ScenarioLine, ScenarioPlot};
use super::scale::finite;
use crate::domain::side_by_side::{Bill, Leading, MONTHS_PER_YEAR, Side, SideBySide};
use crate::domain::units::Cell;
use crate::domain::units::words::{months, usd_short};

/// The longest name in a chart, characters.
const MOST_OF_NAME: usize = 26;
/// The axis ends at so many times the dearest amount.
const HEADROOM: f64 = 1.05;

/// Cost up to each month, one line for each scenario; `None` if no cost is known.
pub fn cumulative_beside(sides: &SideBySide) -> Option<ChartFigure> {
    let lines = lines(sides, |one| running(sides, &one.months));
    let last = sides.longest();
    let ends: Vec<String> =
        lines.iter().map(|line| format!("{} {}", line.name, usd_short(line.end()))).collect();
    let shown: Vec<usize> =
        (0..=last).step_by(step(last)).chain((!last.is_multiple_of(step(last))).then_some(last)).collect();
    let head = ["Paid up to month".to_owned()].into_iter().chain(shown.iter().map(ToString::to_string));
    figure(
        sides,
        lines,
        Shape {
            title: "Paid up to each month".to_owned(),
            description: format!("Line chart of cumulative cost by month. At the end: {}.", ends.join(", ")),
            head: head.collect(),
            shown,
            names: (0..=last).map(|month| month.to_string()).collect(),
            unit: "Month",
            is_bars: false,
        },
    )
}

/// Cost by year, one bar for each scenario; `None` if no cost is known.
pub fn years_beside(sides: &SideBySide) -> Option<ChartFigure> {
    let lines = lines(sides, |one| one.years().into_iter().map(|bill| sides.counted(bill)).collect());
    let last = sides.longest().div_ceil(MONTHS_PER_YEAR);
    let names: Vec<String> = (0..=last)
        .map(|year| if year == 0 { "Before launch".to_owned() } else { format!("Year {year}") })
        .collect();
    let told = |line: &ScenarioLine| {
        let first = line.amounts.first().copied().unwrap_or(0.0);
        format!(
            "{}: {} before launch, {} in all",
            line.name,
            usd_short(first),
            usd_short(line.amounts.iter().sum())
        )
    };
    let told: Vec<String> = lines.iter().map(told).collect();
    figure(
        sides,
        lines,
        Shape {
            title: "Paid in each year".to_owned(),
            description: format!("Bar chart of cost by year, a bar for each scenario. {}.", told.join("; ")),
            head: ["Paid".to_owned()].into_iter().chain(names.iter().cloned()).collect(),
            shown: (0..=last).collect(),
            names,
            unit: "",
            is_bars: true,
        },
    )
}

/// What is told of one of the two charts.
struct Shape {
    title: String,
    description: String,
    head: Vec<String>,
    shown: Vec<usize>,
    names: Vec<String>,
    unit: &'static str,
    is_bars: bool,
}

fn figure(sides: &SideBySide, lines: Vec<ScenarioLine>, shape: Shape) -> Option<ChartFigure> {
    if lines.iter().all(|line| line.amounts.is_empty()) {
        return None;
    }
    let Shape { title, description, head, shown, names, unit, is_bars } = shape;
    let row = |line: &ScenarioLine| {
        let cells = shown.iter().map(|place| Cell::known(line.amounts.get(*place).copied(), usd_short));
        [Cell::from(line.name.as_str())].into_iter().chain(cells).collect()
    };
    let top = lines.iter().flat_map(|line| line.amounts.iter().copied()).fold(0.0, f64::max) * HEADROOM;
    let rows = lines.iter().map(row).collect();
    let plot = ScenarioPlot { names, unit, top: finite(top), is_bars, lines };
    Some(ChartFigure {
        title,
        caption: caption(sides),
        description,
        table: ChartTable { head, rows, word_columns: (1, 0) },
        plot: Plot::Scenarios(plot),
    })
}

fn caption(sides: &SideBySide) -> String {
    let errors =
        if sides.counts_errors() { "with the expected cost of wrong answers" } else { "wrong answers apart" };
    let horizon = if sides.has_one_horizon() { "" } else { " A line or bar ends with its horizon." };
    format!(
        "Of what each recommends, or what stands for that: not discounted, {errors}, over {}.{horizon}",
        months(sides.longest())
    )
}

fn lines(sides: &SideBySide, amounts: impl Fn(&Leading) -> Vec<f64>) -> Vec<ScenarioLine> {
    let line = |(place, side): (usize, &Side)| ScenarioLine {
        name: brief(place, side),
        amounts: side.leading.as_ref().map(&amounts).unwrap_or_default(),
    };
    sides.sides().iter().map(|side| side.as_ref()).enumerate().map(line).collect()
}

/// A short name that no other has, since it begins with its place.
fn brief(place: usize, side: &Side) -> String {
    let name: String = side.name.chars().take(MOST_OF_NAME).collect();
    let cut = if name.len() < side.name.len() { "…" } else { "" };
    format!("{} {}{cut}", place + 1, name.trim_end())
}

fn running(sides: &SideBySide, months: &[Bill]) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |bill: &Bill| {
        sum += sides.counted(*bill);
        sum
    };
    months.iter().map(add).collect()
}

/// Months between columns of the table and labels of the axis: a divisor of the year, or whole years.
fn step(horizon: usize) -> usize {
    [1, 3, 6, 12].into_iter().find(|step| horizon / step < 9).unwrap_or(12)
}

impl ScenarioLine {
    /// The last amount; zero without any.
    fn end(&self) -> f64 {
        self.amounts.last().copied().unwrap_or(0.0)
    }
}

impl ScenarioPlot {
    /// Names between two labels of the axis.
    pub(super) fn label_step(&self) -> usize {
        if self.is_bars { 1 } else { step(self.names.len().saturating_sub(1)) }
    }
}
