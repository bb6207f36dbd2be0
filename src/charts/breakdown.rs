//! What each strategy's total cost is made of: stacked bars, the cheapest strategy first.

use charming::component::{Axis, Grid, Legend};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, ItemStyle, Label, LabelPosition, TextStyle, Trigger,
};
use charming::series::{Bar, Scatter};
use serde_json::json;

use super::axis::{Side, linear, linear_end};
use super::cast::{Cast, brief, subject};
use super::option::{ChartOption, texts, to_json, tooltip};
use super::{ChartFigure, ChartTable, Style};
use crate::domain::cost::{Line, Lines};
use crate::domain::evaluation::{Assessment, Evaluation};
use crate::format::{months, percent, usd_short};

/// Bars up to so many times the dearer of verdict and rival are shown whole, longer ones cut.
const LONGEST: f64 = 4.0;
/// The share of the axis that a letter takes on a wide page; on a narrow one no name fits into a bar.
const LETTER: f64 = 0.0125;

/// Marks the name of a strategy that something excludes.
const EXCLUDED: char = '×';

/// The figure; `None` if no cost is known.
pub fn breakdown(evaluation: &Evaluation, style: &Style) -> Option<ChartFigure> {
    let cast = Cast::of(evaluation)?;
    let bars = bars(evaluation);
    let verdict = bars.iter().find(|bar| bar.one.id == cast.verdict.id)?;
    let horizon = cast.verdict.cost.as_ref().ok()?.ledger.months.len().saturating_sub(1);
    let title = title(verdict);
    let description = description(&bars, horizon);
    let end = linear_end(longest(&bars, &cast));
    let cut = bars.iter().any(|bar| bar.length() > end);
    let errors = bars.iter().any(|bar| bar.errors > 0.0);
    let more = json!({
        "grid": [{ "outerBoundsMode": "none" }],
        "legend": { "selectedMode": false },
        "yAxis": [{ "data": category_texts(&bars, &cast, style) }],
    });
    Some(ChartFigure {
        caption: format!(
            "Total cost over {} by what it is paid for, of every strategy with a known cost; later payments are discounted.{}{}{}",
            months(horizon),
            if errors {
                " Wrong answers are expected to cost what stands behind the plus sign; it is not paid, so not in the total."
            } else {
                ""
            },
            if bars.iter().all(|bar| bar.one.survives()) {
                String::new()
            } else {
                format!(" {EXCLUDED} marks excluded ones.")
            },
            if cut { " An arrow marks a bar that is longer than the chart." } else { "" }
        ),
        option_json: to_json(chart(&bars, end, style), style, &description, &more),
        table: table(&bars),
        title,
        description,
    })
}

/// The cost of one strategy by line.
struct StackedBar<'a> {
    one: &'a Assessment,
    lines: Lines,
    /// What is paid.
    total: f64,
    /// What wrong answers are expected to cost, behind the total.
    errors: f64,
}

impl StackedBar<'_> {
    fn length(&self) -> f64 {
        self.total + self.errors
    }
}

/// Every strategy with a known cost, the cheapest first.
fn bars(evaluation: &Evaluation) -> Vec<StackedBar<'_>> {
    let bar = |one| {
        let one: &Assessment = one;
        let cost = one.cost.as_ref().ok()?;
        let lines = cost.ledger.by_line();
        let bar = StackedBar { one, lines, total: cost.tco, errors: lines.get(Line::Errors) };
        bar.length().is_finite().then_some(bar)
    };
    let mut bars: Vec<StackedBar> = evaluation.strategies.iter().filter_map(bar).collect();
    crate::order::sort_by(&mut bars, |a, b| a.total.total_cmp(&b.total));
    bars
}

/// The length that the axis must hold.
fn longest(bars: &[StackedBar], cast: &Cast) -> f64 {
    let is_main =
        |bar: &&StackedBar| [Some(cast.verdict), cast.rival].iter().flatten().any(|one| one.id == bar.one.id);
    let main = bars.iter().filter(is_main).map(StackedBar::length).fold(0.0, f64::max);
    bars.iter().map(StackedBar::length).filter(|length| *length <= main * LONGEST).fold(main, f64::max)
}

/// The lines that any of the strategies pays for.
fn lines_in_use(bars: &[StackedBar]) -> Vec<Line> {
    Line::ALL.into_iter().filter(|line| bars.iter().any(|bar| bar.lines.get(*line) > 0.0)).collect()
}

/// The largest part of the verdict's cost, as a headline.
fn title(verdict: &StackedBar) -> String {
    let paid = Line::ALL.into_iter().filter(|line| *line != Line::Errors);
    let largest = paid.max_by(|a, b| verdict.lines.get(*a).total_cmp(&verdict.lines.get(*b)));
    let share = |line: Line| verdict.lines.get(line) / verdict.total;
    let whose = subject(verdict.one.id);
    match largest {
        Some(line) if share(line) >= 0.5 => {
            format!(
                "Most of the cost of {whose} is {} ({})",
                in_sentence(line),
                percent(round_share(share(line)))
            )
        }
        Some(line) if verdict.total > 0.0 => format!(
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

fn description(bars: &[StackedBar], horizon: usize) -> String {
    let totals: Vec<String> =
        bars.iter().map(|bar| format!("{} {}", brief(bar.one.id), usd_short(bar.total))).collect();
    format!(
        "Stacked bars of total cost over {} by cost line. Totals: {}.",
        months(horizon),
        totals.join(", ")
    )
}

/// The names of the bars; verdict and rival in their colours and in bold.
fn category_texts(bars: &[StackedBar], cast: &Cast, style: &Style) -> Vec<serde_json::Value> {
    let palette = &style.palette;
    bars.iter()
        .map(|bar| {
            let name = brief(bar.one.id);
            let text = if bar.one.survives() { name.to_owned() } else { format!("{EXCLUDED} {name}") };
            let (color, weight) = match bar.one.id {
                id if id == cast.verdict.id => (palette.verdict, "bold"),
                id if Some(id) == cast.rival.map(|rival| rival.id) => (palette.rival, "bold"),
                _ if bar.one.survives() => (palette.ink, "normal"),
                _ => (palette.soft, "normal"),
            };
            json!({ "value": text, "textStyle": { "color": color, "fontWeight": weight } })
        })
        .collect()
}

/// The chart itself.
fn chart(bars: &[StackedBar], end: f64, style: &Style) -> ChartOption {
    let palette = &style.palette;
    let x = linear(end, Side::Bottom, palette, usd_short);
    let names = Axis::new()
        .type_(AxisType::Category)
        .inverse(true)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().font_size(12).interval(0));
    let (left, right, legend_height) = if style.narrow { (124, 66, 96) } else { (132, 110, 56) };
    let legend = Legend::new()
        .left(0)
        .top(0)
        .item_width(12)
        .item_height(12)
        .item_gap(14)
        .text_style(TextStyle::new().color(palette.soft).font_size(12));
    let mut chart = ChartOption::default()
        .with("animation", &false)
        .and("grid", &Grid::new().left(left).right(right).top(legend_height).bottom(28))
        .with("legend", &legend)
        .with("tooltip", &tooltip(Trigger::Item, "{b}", palette))
        .and("xAxis", &x.scale)
        .and("xAxis", &x.labels)
        .and("yAxis", &names);
    for line in lines_in_use(bars) {
        chart = chart.and("series", &part(line, bars, end, style));
    }
    chart.and("series", &totals(bars, end, style))
}

/// One cost line through all bars; its name stands in those parts that have room for it.
fn part(line: Line, bars: &[StackedBar], end: f64, style: &Style) -> Bar {
    let shade = style.palette.lines[line as usize];
    let data: Vec<DataPoint> = (0_i32..)
        .zip(bars)
        .map(|(index, bar)| {
            let amount = finite(bar.lines.get(line));
            let start: f64 =
                Line::ALL.into_iter().take(line as usize).map(|other| bar.lines.get(other)).sum();
            let visible = (start + amount).min(end) - start.min(end);
            let text = format!("{} {}", line.label(), usd_short(amount));
            let letters = f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
            let has_room = !style.narrow && visible >= end * LETTER * letters;
            let text = if has_room { text } else { String::new() };
            let name = format!("{}\n{}: {}", brief(bar.one.id), line.label(), usd_short(amount));
            let value: Vec<CompositeValue> = vec![amount.into(), index.into(), text.into()];
            DataPointItem::new(value).name(name).into()
        })
        .collect();
    // The third value of a point is the text in the bar, its name the text of the tooltip.
    let label = Label::new()
        .show(true)
        .position(LabelPosition::Inside)
        .formatter("{@[2]}")
        .color(shade.ink)
        .font_size(11);
    Bar::new()
        .name(line.label())
        .stack("cost")
        .bar_width("68%")
        .item_style(ItemStyle::new().color(shade.fill).border_color(style.palette.paper).border_width(1))
        .label(label)
        .data(data)
}

/// The totals behind the bars.
fn totals(bars: &[StackedBar], end: f64, style: &Style) -> Scatter {
    let points = (0_i32..)
        .zip(bars)
        .map(|(index, bar)| {
            let arrow = if bar.length() > end { "→ " } else { "" };
            // A narrow page has room for what is paid only.
            let errors = if bar.errors > 0.0 && !style.narrow {
                format!(" + {}", usd_short(bar.errors))
            } else {
                String::new()
            };
            let value: Vec<CompositeValue> = vec![bar.length().clamp(0.0, end).into(), index.into()];
            DataPointItem::new(value).name(format!("{arrow}{}{errors}", usd_short(bar.total))).into()
        })
        .collect();
    texts(points, style.palette.ink, LabelPosition::Right, (0.0, 0.0))
}

/// No amount that ECharts could not draw.
fn finite(amount: f64) -> f64 {
    if amount.is_finite() { amount } else { 0.0 }
}

/// Each strategy's amount by line, and its total.
fn table(bars: &[StackedBar]) -> ChartTable {
    let lines = lines_in_use(bars);
    let head = ["Strategy".to_owned()]
        .into_iter()
        .chain(lines.iter().map(|line| line.label().to_owned()))
        .chain(["Total paid".to_owned()])
        .collect();
    let row = |bar: &StackedBar| {
        let amounts = lines.iter().map(|line| bar.lines.get(*line)).chain([bar.total]);
        [bar.one.name.clone()].into_iter().chain(amounts.map(usd_short)).collect()
    };
    ChartTable { head, rows: bars.iter().map(row).collect() }
}
