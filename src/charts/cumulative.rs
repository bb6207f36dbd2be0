//! Cumulative cost by month, undiscounted: who has spent how much by when.

use charming::component::{Axis, Grid};
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{AxisLabel, ItemStyle, LineStyle, NameLocation, Symbol, TextStyle, Trigger};
use charming::series::{Line, Scatter};
use serde_json::json;

use super::axis::{Side, label_axis, linear, linear_end};
use super::cast::{Cast, WITH_ERRORS, brief, subject, subject_first};
use super::option::{ChartOption, beside_line, named_point, texts, to_json, tooltip};
use super::{ChartFigure, ChartTable, Style};
use crate::domain::cost::{Line as CostLine, Lines};
use crate::domain::evaluation::{Assessment, Evaluation};
use crate::format::{months, usd_short};

/// The axis ends at so many times the dearer of verdict and rival; dearer lines leave the plot.
const HEADROOM: f64 = 1.15;
/// The table shows at most about so many months.
const MOST_COLUMNS: usize = 9;
/// Two names closer than this share of the height would overlap.
const NAME_SHARE: f64 = 0.055;

/// The figure; `None` if no cost is known.
pub fn cumulative(evaluation: &Evaluation, style: &Style) -> Option<ChartFigure> {
    let cast = Cast::of(evaluation)?;
    let with_errors = cast.counts_errors();
    let paths: Vec<Path> = cast.all().filter_map(|one| Path::of(one, with_errors)).collect();
    let horizon = paths.first()?.sums.len().saturating_sub(1);
    let title = title(&cast, &paths, horizon);
    let description = description(&paths, horizon);
    let more = json!({ "grid": [{ "outerBoundsMode": "none" }] });
    Some(ChartFigure {
        caption: format!(
            "Cost paid up to each month, not discounted, in the colours of the chart above. \
             Month 0 holds what is paid once. A line that leaves the chart costs more than {}.{}",
            usd_short(linear_end(top(&paths, cast.rival.is_some()))),
            if with_errors { WITH_ERRORS } else { "" },
        ),
        option_json: to_json(chart(&paths, horizon, cast.rival.is_some(), style), style, &description, &more),
        table: table(&paths, horizon),
        title,
        description,
    })
}

/// The cost of one strategy up to each month.
struct Path<'a> {
    one: &'a Assessment,
    sums: Vec<f64>,
}

impl<'a> Path<'a> {
    fn of(one: &'a Assessment, with_errors: bool) -> Option<Self> {
        let months = &one.cost.as_ref().ok()?.ledger.months;
        let mut sum = 0.0;
        let add = |month: &Lines| {
            sum += month.total() - if with_errors { 0.0 } else { month.get(CostLine::Errors) };
            sum
        };
        Some(Path { one, sums: months.iter().map(add).collect() })
    }

    fn end(&self) -> f64 {
        self.sums.last().copied().unwrap_or(0.0)
    }
}

/// The end of the cost axis.
fn top(paths: &[Path], has_rival: bool) -> f64 {
    let main = if has_rival { 2 } else { 1 };
    paths.iter().take(main).flat_map(|path| path.sums.iter().copied()).fold(0.0, f64::max) * HEADROOM
}

/// Who has paid back when, as a headline.
fn title(cast: &Cast, paths: &[Path], horizon: usize) -> String {
    let (Some(verdict), Some(rival)) = (paths.first(), paths.get(1).filter(|_| cast.rival.is_some())) else {
        let only = paths.first();
        let (subject, end) =
            only.map_or((String::new(), 0.0), |path| (subject_first(path.one.id), path.end()));
        return format!("{subject} adds up to {} in {}", usd_short(end), months(horizon));
    };
    let (cheaper, dearer) = if verdict.end() <= rival.end() { (verdict, rival) } else { (rival, verdict) };
    let claim = cast.claim(cheaper.one.id);
    let name = subject_first(cheaper.one.id);
    match first_month_below_for_good(&cheaper.sums, &dearer.sums) {
        Some(0) => format!(
            "{name} {} less than {} from the first day{}",
            claim.verb("cost"),
            subject(dearer.one.id),
            claim.condition
        ),
        Some(month) => format!("{name} {} back by month {month}{}", claim.verb("pay"), claim.condition),
        None => format!(
            "{} and {} cost the same after {}",
            subject_first(verdict.one.id),
            subject(rival.one.id),
            months(horizon)
        ),
    }
}

/// The first month from which one path stays below another to the end.
fn first_month_below_for_good(path: &[f64], other: &[f64]) -> Option<usize> {
    let below: Vec<bool> = path.iter().zip(other).map(|(own, other)| own < other).collect();
    let last_above = below.iter().rposition(|below| !below);
    match last_above {
        None => (!below.is_empty()).then_some(0),
        Some(month) if month + 1 < below.len() => Some(month + 1),
        Some(_) => None,
    }
}

fn description(paths: &[Path], horizon: usize) -> String {
    let ends: Vec<String> = paths
        .iter()
        .take(2)
        .map(|path| format!("{} {}", subject(path.one.id), usd_short(path.end())))
        .collect();
    format!("Line chart of cumulative cost by month. After {}: {}.", months(horizon), ends.join(", "))
}

/// The chart itself.
fn chart(paths: &[Path], horizon: usize, has_rival: bool, style: &Style) -> ChartOption {
    let palette = &style.palette;
    let top = top(paths, has_rival);
    let y = linear(top, Side::Left, palette, usd_short);
    let grid = Grid::new().left(56).right(if style.narrow { 12 } else { 118 }).top(16).bottom(44);
    let lines = if has_rival { "{b0}\n{b1}" } else { "{b0}" };
    let mut chart = ChartOption::default()
        .with("animation", &false)
        .and("grid", &grid)
        .with("tooltip", &tooltip(Trigger::Axis, lines, palette))
        .and("xAxis", &month_axis(horizon, style))
        .and("yAxis", &y.scale)
        .and("yAxis", &y.labels);
    for (index, path) in paths.iter().enumerate() {
        chart = chart.and("series", &line(index, path, has_rival, style));
    }
    for series in names(paths, has_rival, linear_end(top), style) {
        chart = chart.and("series", &series);
    }
    chart
}

/// Months from 0 to the horizon, a few of them labelled.
fn month_axis(horizon: usize, style: &Style) -> Axis {
    let every = label_step(horizon);
    let names = (0..=horizon).map(|month| month.to_string()).collect();
    let skipped = f64::from(u32::try_from(every.saturating_sub(1)).unwrap_or(0));
    label_axis(names, Side::Bottom, &style.palette)
        .axis_label(AxisLabel::new().color(style.palette.soft).font_size(12).interval(skipped))
        .name("months")
        .name_location(NameLocation::Middle)
        .name_text_style(TextStyle::new().color(style.palette.soft))
        .name_gap(26)
}

/// Months between labels: a divisor of the year, or whole years.
fn label_step(horizon: usize) -> usize {
    [1, 3, 6, 12].into_iter().find(|step| horizon / step < MOST_COLUMNS).unwrap_or(12)
}

/// One path; the first two carry the lines of the tooltip.
fn line(index: usize, path: &Path, has_rival: bool, style: &Style) -> Line {
    let palette = &style.palette;
    let (color, width, opacity, z) = match index {
        0 => (palette.verdict, 2.5, 1.0, 5),
        1 if has_rival => (palette.rival, 2.5, 1.0, 4),
        _ => (palette.soft, 1.0, 0.55, 3),
    };
    let data: Vec<DataPoint> = path
        .sums
        .iter()
        .enumerate()
        .filter(|(_, sum)| sum.is_finite())
        .map(|(month, sum)| {
            let text = format!("{}: {}", brief(path.one.id), usd_short(*sum));
            let text = if index == 0 { format!("Month {month}\n{text}") } else { text };
            DataPointItem::new(*sum).name(text).into()
        })
        .collect();
    Line::new()
        .name(brief(path.one.id))
        .show_symbol(false)
        .symbol(Symbol::Circle)
        .item_style(ItemStyle::new().color(color))
        .line_style(LineStyle::new().color(color).width(width).opacity(opacity))
        .z(z)
        .data(data)
}

/// The names at the ends of the lines that stay in the plot; on a narrow page of the main two only.
fn names(paths: &[Path], has_rival: bool, end: f64, style: &Style) -> Vec<Scatter> {
    let palette = &style.palette;
    let mut taken: Vec<f64> = Vec::new();
    let mut series = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let is_main = index == 0 || (index == 1 && has_rival);
        let month = if style.narrow { path.sums.len() * 3 / 4 } else { path.sums.len().saturating_sub(1) };
        let Some(sum) = path.sums.get(month).filter(|sum| **sum <= end) else { continue };
        let share = sum / end;
        let clash = taken.iter().find(|other| (share - **other).abs() < NAME_SHARE).copied();
        if (clash.is_some() || style.narrow) && !is_main {
            continue;
        }
        let shift = clash.map_or(0.0, |other| if share < other { 14.0 } else { -14.0 });
        taken.push(share);
        let color = match index {
            0 => palette.verdict,
            1 if has_rival => palette.rival,
            _ => palette.soft,
        };
        let (position, offset) = beside_line(style, shift);
        let month = f64::from(u32::try_from(month).unwrap_or(0));
        let text = named_point(month, *sum, brief(path.one.id).to_owned());
        series.push(texts(text.into_iter().collect(), color, position, offset));
    }
    series
}

/// The sums of each strategy at a few months.
fn table(paths: &[Path], horizon: usize) -> ChartTable {
    let step = label_step(horizon);
    let mut shown: Vec<usize> = (0..=horizon).step_by(step).collect();
    if shown.last() != Some(&horizon) {
        shown.push(horizon);
    }
    let head =
        ["Paid up to month".to_owned()].into_iter().chain(shown.iter().map(ToString::to_string)).collect();
    let row = |path: &Path| {
        let sums = shown.iter().map(|month| usd_short(path.sums.get(*month).copied().unwrap_or(f64::NAN)));
        [path.one.name.clone()].into_iter().chain(sums).collect()
    };
    ChartTable { head, rows: paths.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paying_back_means_staying_below_to_the_end() {
        assert_eq!(first_month_below_for_good(&[5.0, 6.0, 7.0], &[0.0, 5.0, 10.0]), Some(2));
        assert_eq!(first_month_below_for_good(&[0.0, 1.0], &[1.0, 2.0]), Some(0));
        assert_eq!(first_month_below_for_good(&[0.0, 3.0], &[1.0, 2.0]), None);
        assert_eq!(first_month_below_for_good(&[], &[]), None);
    }

    #[test]
    fn a_few_months_are_labelled_whatever_the_horizon() {
        for horizon in 1..=60 {
            assert!(horizon / label_step(horizon) < MOST_COLUMNS, "{horizon}");
        }
        assert_eq!(label_step(24), 3);
    }
}
