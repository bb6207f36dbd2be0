//! What each strategy's total cost is made of: stacked bars, the cheapest strategy first.

mod chart;

use super::cast::{Cast, brief, subject};
use super::figure::{ChartFigure, ChartTable};
use super::plot::{BarPlot, Plot, Segments, StackedBar};
use super::scale::{finite, linear_end};
use crate::domain::answer::{Answer, Assessment};
use crate::domain::cost::{Line, Lines};
use crate::domain::units::Cell;
use crate::domain::units::words::{months, percent, usd_short};

/// Bars up to so many times the dearer of verdict and rival are shown whole, longer ones cut.
const LONGEST: f64 = 4.0;

/// Marks the name of a strategy that something excludes.
const EXCLUDED: char = '×';

/// The figure; `None` if no cost is known.
pub fn breakdown(answer: &Answer) -> Option<ChartFigure> {
    let cast = Cast::of(answer)?;
    let bars = bars(answer);
    let verdict = bars.iter().find(|bar| bar.one.id == cast.verdict.id)?;
    let horizon = cast.verdict.cost.as_ref().ok()?.ledger.months.len().saturating_sub(1);
    let end = linear_end(longest(&bars, &cast));
    Some(ChartFigure {
        title: title(verdict),
        caption: caption(&bars, horizon, end),
        description: description(&bars, horizon),
        table: table(&bars),
        plot: Plot::Bars(plot(&bars, &cast, end)),
    })
}

fn caption(bars: &[Bar], horizon: usize, end: f64) -> String {
    let errors = if bars.iter().any(|bar| bar.errors > 0.0) {
        " The expected cost of wrong answers is part of a total where it is priced and known; it is not paid."
    } else {
        ""
    };
    let excluded = if bars.iter().all(|bar| bar.one.survives()) {
        String::new()
    } else {
        format!(" {EXCLUDED} marks excluded ones.")
    };
    let cut = if bars.iter().any(|bar| bar.length() > end) {
        " An arrow marks a bar that is longer than the chart."
    } else {
        ""
    };
    format!(
        "Total cost over {} by what it is paid for, of every strategy with a known cost; later payments are discounted.{errors}{excluded}{cut}",
        months(horizon)
    )
}

/// The cost of one strategy by line.
struct Bar<'a> {
    one: &'a Assessment,
    lines: Lines,
    /// What is paid.
    total: f64,
    /// What wrong answers are expected to cost, behind the total.
    errors: f64,
}

impl Bar<'_> {
    fn length(&self) -> f64 {
        self.total + self.errors
    }
}

/// Every strategy with a known cost, the cheapest first.
fn bars(answer: &Answer) -> Vec<Bar<'_>> {
    let bar = |one| {
        let one: &Assessment = one;
        let cost = one.cost.as_ref().ok()?;
        let lines = cost.ledger.by_line();
        let bar = Bar { one, lines, total: cost.tco, errors: lines.get(Line::Errors) };
        bar.length().is_finite().then_some(bar)
    };
    let mut bars: Vec<Bar> = answer.decided.assessments.iter().filter_map(bar).collect();
    bars.sort_by(|a, b| a.length().total_cmp(&b.length()));
    bars
}

/// The length that the axis must hold.
fn longest(bars: &[Bar], cast: &Cast) -> f64 {
    let is_main =
        |bar: &&Bar| [Some(cast.verdict), cast.rival].iter().flatten().any(|one| one.id == bar.one.id);
    let main = bars.iter().filter(is_main).map(Bar::length).fold(0.0, f64::max);
    bars.iter().map(Bar::length).filter(|length| *length <= main * LONGEST).fold(main, f64::max)
}

/// The lines that any of the strategies pays for.
fn lines_in_use(bars: &[Bar]) -> Vec<Line> {
    Line::ALL.into_iter().filter(|line| bars.iter().any(|bar| bar.lines.get(*line) > 0.0)).collect()
}

/// The largest part of the verdict's cost, as a headline.
fn title(verdict: &Bar) -> String {
    let largest =
        Line::ALL.into_iter().max_by(|a, b| verdict.lines.get(*a).total_cmp(&verdict.lines.get(*b)));
    let share = |line: Line| verdict.lines.get(line) / verdict.length();
    let whose = subject(verdict.one.id);
    match largest {
        Some(line) if share(line) >= 0.5 => {
            format!(
                "Most of the cost of {whose} is {} ({})",
                in_sentence(line),
                percent(round_share(share(line)))
            )
        }
        Some(line) if verdict.length() > 0.0 => format!(
            "The largest part of the cost of {whose} is {} ({})",
            in_sentence(line),
            percent(round_share(share(line)))
        ),
        _ => format!("What {whose} costs"),
    }
}

/// Whole percent: a headline needs no more.
fn round_share(share: f64) -> f64 {
    libm::round(share * 100.0) / 100.0
}

/// A line's name within a sentence.
const fn in_sentence(line: Line) -> &'static str {
    match line {
        Line::Tokens => "API tokens",
        Line::Retrieval => "retrieval",
        Line::TrainingCompute => "training compute",
        Line::Labels => "labels",
        Line::ServingCompute => "serving compute",
        Line::PeopleBuild => "people’s time to build it",
        Line::PeopleRun => "people’s time to run it",
        Line::Evaluation => "evaluation",
        Line::Errors => "wrong answers",
    }
}

fn description(bars: &[Bar], horizon: usize) -> String {
    let totals: Vec<String> =
        bars.iter().map(|bar| format!("{} {}", brief(bar.one.id), usd_short(bar.length()))).collect();
    format!(
        "Stacked bars of total cost over {} by cost line. Totals: {}.",
        months(horizon),
        totals.join(", ")
    )
}

/// What is drawn.
fn plot(bars: &[Bar], cast: &Cast, end: f64) -> BarPlot {
    let bar = |bar: &Bar| StackedBar {
        name: brief(bar.one.id).to_owned(),
        role: cast.role(bar.one.id),
        survives: bar.one.survives(),
        total: bar.total,
        errors: bar.errors,
    };
    let segments = |line: Line| Segments {
        label: line.label().to_owned(),
        shade: line as usize,
        amounts: bars.iter().map(|bar| finite(bar.lines.get(line))).collect(),
    };
    BarPlot {
        end,
        bars: bars.iter().map(bar).collect(),
        segments: lines_in_use(bars).into_iter().map(segments).collect(),
    }
}

/// Each strategy's amount by line, and its total.
fn table(bars: &[Bar]) -> ChartTable {
    let lines = lines_in_use(bars);
    let head = ["Strategy".to_owned()]
        .into_iter()
        .chain(lines.iter().map(|line| line.label().to_owned()))
        .chain(["Total".to_owned()])
        .collect();
    let row = |bar: &Bar| {
        let amounts = lines.iter().map(|line| bar.lines.get(*line)).chain([bar.length()]);
        let amounts = amounts.map(|usd| Cell::number(usd, usd_short));
        [Cell::from(bar.one.name.as_str())].into_iter().chain(amounts).collect()
    };
    ChartTable { head, rows: bars.iter().map(row).collect(), word_columns: (1, 0) }
}
