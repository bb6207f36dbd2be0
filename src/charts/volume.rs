//! Total cost over monthly volume, both logarithmic: where the answer flips.

use charming::component::Grid;
use charming::datatype::DataPoint;
use charming::element::{
    ItemStyle, Label, LabelPosition, LineStyle, LineStyleType, MarkArea, MarkAreaData, MarkLine,
    MarkLineData, MarkLineVariant, Symbol, Trigger,
};
use charming::series::{Line, Scatter};
use serde_json::json;

use super::axis::{Side, decade_below, decades, power_of_ten};
use super::cast::{Cast, WITH_ERRORS, brief, subject, subject_first};
use super::option::{ChartOption, beside_line, named_point, point, texts, to_json, tooltip};
use super::volume_curves::{Curve, VolumeCurves};
use super::{ChartFigure, ChartTable, Style};
use crate::domain::evaluation::Evaluation;
use crate::domain::strategy::StrategyId;
use crate::format::{count_short, count_words, months, usd_short};

/// The guide's rule of thumb for the volume from which tuning pays, requests a month.
const RULE_OF_THUMB: (f64, f64) = (100_000.0, 1_000_000.0);
/// Height of the plot that names are spread over, in pixels; a guess that only spaces names.
const PLOT_HEIGHT: f64 = 280.0;
/// Height of a name.
const NAME_HEIGHT: f64 = 15.0;

/// The figure; `None` if no cost is known.
pub fn volume(
    evaluation: &Evaluation,
    curves: &VolumeCurves,
    present: f64,
    style: &Style,
) -> Option<ChartFigure> {
    let cast = Cast::of(evaluation)?;
    let horizon = cast.verdict.cost.as_ref().ok()?.ledger.months.len().saturating_sub(1);
    let title = title(&cast, curves, present);
    let description = description(&cast, curves, present, horizon);
    let more = json!({ "grid": [{ "outerBoundsMode": "none" }] });
    Some(ChartFigure {
        caption: caption(&cast, horizon),
        option_json: to_json(chart(&cast, curves, present, style), style, &description, &more),
        table: table(&cast, curves, present),
        title,
        description,
    })
}

/// Who is cheaper where, as a headline.
fn title(cast: &Cast, curves: &VolumeCurves, present: f64) -> String {
    let verdict = cast.verdict.id;
    let Some(rival) = cast.rival.map(|rival| rival.id) else {
        let cost = usd_short(curves.cost_at(verdict, present).unwrap_or(f64::NAN));
        return format!(
            "{} costs {cost} at {} requests a month",
            subject_first(verdict),
            count_words(present)
        );
    };
    let (low_end, high_end) = cheaper_at_ends(curves, verdict, rival);
    match curves.crossings[..] {
        [first, .., last] if curves.alternates => take_turns(verdict, rival, first, last),
        [] if low_end == verdict && is_cheapest_everywhere(curves, verdict) => {
            format!("{} stays cheapest at every volume", subject_first(verdict))
        }
        [] => {
            let dearer = if low_end == verdict { rival } else { verdict };
            let claim = cast.claim(low_end);
            let costs = claim.verb("cost");
            format!(
                "{} {costs} less than {} at every volume{}",
                subject_first(low_end),
                subject(dearer),
                claim.condition
            )
        }
        [at] => {
            let claim = cast.claim(high_end);
            let (pays, at) = (claim.verb("pay"), count_words(at));
            format!("{} {pays} from {at} requests a month{}", subject_first(high_end), claim.condition)
        }
        [from, to] => {
            let between = if low_end == verdict { rival } else { verdict };
            format!(
                "{} {} less only between {} and {} requests a month",
                subject_first(between),
                cast.claim(between).verb("cost"),
                count_words(from),
                count_words(to)
            )
        }
        [first, .., last] => take_turns(verdict, rival, first, last),
    }
}

fn take_turns(verdict: StrategyId, rival: StrategyId, first: f64, last: f64) -> String {
    format!(
        "{} and {} take turns between {} and {} requests a month",
        subject_first(verdict),
        subject(rival),
        count_words(first),
        count_words(last)
    )
}

/// Which of two strategies is cheaper at the lowest and at the highest volume.
fn cheaper_at_ends(
    curves: &VolumeCurves,
    verdict: StrategyId,
    rival: StrategyId,
) -> (StrategyId, StrategyId) {
    let costs = |id: StrategyId| curves.curves.iter().find(|curve| curve.id == id).map(|curve| &curve.costs);
    let (Some(of_verdict), Some(of_rival)) = (costs(verdict), costs(rival)) else {
        return (verdict, verdict);
    };
    let cheaper = |pair: (f64, f64)| if pair.0 <= pair.1 { verdict } else { rival };
    let both: Vec<(f64, f64)> = of_verdict
        .iter()
        .zip(of_rival)
        .filter_map(|(verdict, rival)| Some(((*verdict)?, (*rival)?)))
        .collect();
    match (both.first(), both.last()) {
        (Some(first), Some(last)) => (cheaper(*first), cheaper(*last)),
        _ => (verdict, verdict),
    }
}

/// Whether no other curve lies below that of the strategy anywhere.
fn is_cheapest_everywhere(curves: &VolumeCurves, id: StrategyId) -> bool {
    let Some(own) = curves.curves.iter().find(|curve| curve.id == id) else { return false };
    curves.curves.iter().all(|other| {
        other.costs.iter().zip(&own.costs).all(|(other, own)| match (other, own) {
            (Some(other), Some(own)) => own <= other,
            _ => true,
        })
    })
}

fn caption(cast: &Cast, horizon: usize) -> String {
    let rival =
        cast.rival.map(|rival| format!(", its best rival ({}) in rust", brief(rival.id))).unwrap_or_default();
    let others = if cast.others.is_empty() { "" } else { ", the other possible strategies in grey" };
    format!(
        "Total cost over {} by requests in the first month, both on logarithmic scales: the verdict ({}) in teal{rival}{others}. \
         Steps are added GPUs, circles are crossings. Shaded: the guide’s rule of thumb, 100 K–1 M.{}",
        months(horizon),
        brief(cast.verdict.id),
        if cast.counts_errors() { WITH_ERRORS } else { "" },
    )
}

fn description(cast: &Cast, curves: &VolumeCurves, present: f64, horizon: usize) -> String {
    let cost = |id: StrategyId| usd_short(curves.cost_at(id, present).unwrap_or(f64::NAN));
    let verdict = cast.verdict.id;
    let mut sentences = vec![format!(
        "Line chart of total cost over {} against requests a month. At {} requests a month {} costs {}",
        months(horizon),
        count_words(present),
        subject(verdict),
        cost(verdict)
    )];
    if let Some(rival) = cast.rival {
        sentences[0] += &format!(" and {} {}", subject(rival.id), cost(rival.id));
        let crossings: Vec<String> = curves.crossings.iter().map(|volume| count_words(*volume)).collect();
        sentences.push(match crossings.len() {
            0 => "The two do not cross in the range drawn".to_owned(),
            1..=4 => format!("The two cross at {} requests a month", crossings.join(", ")),
            more => format!(
                "The two cross {more} times between {} and {} requests a month",
                crossings.first().cloned().unwrap_or_default(),
                crossings.last().cloned().unwrap_or_default()
            ),
        });
    }
    sentences.join(". ") + "."
}

/// The chart itself.
fn chart(cast: &Cast, curves: &VolumeCurves, present: f64, style: &Style) -> ChartOption {
    let palette = &style.palette;
    let costs = || curves.curves.iter().flat_map(|curve| curve.costs.iter().flatten().copied());
    let lowest = costs().filter_map(decade_below).min().unwrap_or(2);
    let highest = costs().filter_map(decade_below).max().map_or(3, |decade| decade + 1);
    let x = decades(curves.decades.0, curves.decades.1, Side::Bottom, palette, count_short);
    let y = decades(lowest, highest, Side::Left, palette, usd_short);
    let grid = Grid::new().left(56).right(if style.narrow { 12 } else { 118 }).top(28).bottom(28);
    let lines = if cast.rival.is_some() { "{b0}\n{b1}" } else { "{b0}" };

    let mut chart = ChartOption::default()
        .with("animation", &false)
        .and("grid", &grid)
        .with("tooltip", &tooltip(Trigger::Axis, lines, palette))
        .and("xAxis", &x.scale)
        .and("xAxis", &x.labels)
        .and("yAxis", &y.scale)
        .and("yAxis", &y.labels);
    // The order matters: the tooltip names the first two series.
    for (index, curve) in curves.curves.iter().enumerate() {
        chart = chart.and("series", &line(cast, index, curve, curves, present, style));
    }
    for series in marks(cast, curves, style) {
        chart = chart.and("series", &series);
    }
    for series in names(cast, curves, (lowest, highest), style) {
        chart = chart.and("series", &series);
    }
    chart
}

/// One curve, with the marks of the present volume and of the rule of thumb on the first.
fn line(
    cast: &Cast,
    index: usize,
    curve: &Curve,
    curves: &VolumeCurves,
    present: f64,
    style: &Style,
) -> Line {
    let palette = &style.palette;
    let is_named = index == 0 || Some(curve.id) == cast.rival.map(|rival| rival.id);
    let (color, width, z) = match index {
        0 => (palette.verdict, 2.5, 5),
        _ if is_named => (palette.rival, 2.5, 4),
        _ => (palette.soft, 1.0, 3),
    };
    let data: Vec<DataPoint> = curves
        .volumes
        .iter()
        .zip(&curve.costs)
        .filter_map(|(volume, cost)| {
            let cost = (*cost).filter(|cost| *cost > 0.0)?;
            if is_named {
                named_point(*volume, cost, tooltip_line(index, curve.id, *volume, cost))
            } else {
                point(*volume, cost)
            }
        })
        .collect();
    let opacity = if is_named { 1.0 } else { 0.55 };
    let line = Line::new()
        .name(brief(curve.id))
        .show_symbol(false)
        .symbol(Symbol::Circle)
        .item_style(ItemStyle::new().color(color))
        .line_style(LineStyle::new().color(color).width(width).opacity(opacity))
        .z(z)
        .data(data);
    if index > 0 {
        return line;
    }
    // Where such a label stands by itself: at the upper end of the line.
    let label = Label::new().formatter(present_label(present).as_str()).color(palette.ink).font_size(12);
    let here: MarkLineVariant = MarkLineVariant::Simple(MarkLineData::new().x_axis(present).label(label));
    let here = MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .silent(true)
        .line_style(LineStyle::new().color(palette.ink).width(1).type_(LineStyleType::Dotted))
        .data(vec![here]);
    match rule_of_thumb(curves.decades, style) {
        Some(band) => line.mark_line(here).mark_area(band),
        None => line.mark_line(here),
    }
}

fn present_label(present: f64) -> String {
    format!("you: {}", count_short(present))
}

/// One line of the tooltip; the first one says at which volume.
fn tooltip_line(index: usize, id: StrategyId, volume: f64, cost: f64) -> String {
    let text = format!("{}: {}", brief(id), usd_short(cost));
    if index == 0 { format!("{} requests a month\n{text}", count_short(volume)) } else { text }
}

/// The guide's band, as far as it lies in the range drawn.
fn rule_of_thumb((first, last): (i32, i32), style: &Style) -> Option<MarkArea> {
    let from = RULE_OF_THUMB.0.max(power_of_ten(first));
    let to = RULE_OF_THUMB.1.min(power_of_ten(last));
    let label = Label::new()
        .formatter("rule of thumb")
        .position(LabelPosition::InsideBottom)
        .color(style.palette.soft)
        .font_size(11);
    let area = MarkArea::new()
        .silent(true)
        .label(label)
        .item_style(ItemStyle::new().color(style.palette.wash))
        .data(vec![(
            MarkAreaData::new().x_axis(from.to_string()),
            MarkAreaData::new().x_axis(to.to_string()),
        )]);
    (from < to).then_some(area)
}

/// The crossings: those of verdict and rival with their volume, the others as small circles.
fn marks(cast: &Cast, curves: &VolumeCurves, style: &Style) -> Vec<Scatter> {
    let palette = &style.palette;
    let circle = |size: f64, color: &str, points: Vec<DataPoint>| {
        let hollow = ItemStyle::new().color(palette.paper).border_color(color).border_width(1.5);
        Scatter::new().symbol(Symbol::Circle).symbol_size(size).item_style(hollow).data(points)
    };
    let main: Vec<DataPoint> = curves
        .crossings
        .iter()
        .filter_map(|volume| {
            named_point(*volume, curves.cost_at(cast.verdict.id, *volume)?, count_short(*volume))
        })
        .collect();
    let others = curves.other_crossings.iter().filter_map(|(volume, cost)| point(*volume, *cost)).collect();
    let label = Label::new().show(curves.crossings.len() <= 4).position(LabelPosition::Bottom);
    let label = label.offset((16.0, 2.0)).color(palette.ink).font_size(12).formatter("{b}");
    vec![circle(5.0, palette.soft, others), circle(9.0, palette.ink, main).label(label)]
}

/// The names of the lines: at their right end where there is room, else above the lines.
fn names(cast: &Cast, curves: &VolumeCurves, (lowest, highest): (i32, i32), style: &Style) -> Vec<Scatter> {
    let palette = &style.palette;
    let height_of = |cost: f64| {
        let span = f64::from(highest - lowest);
        (libm::log10(cost) - f64::from(lowest)) / span * PLOT_HEIGHT
    };
    let mut taken: Vec<f64> = Vec::new();
    let mut series = Vec::new();
    for (index, one) in cast.all().enumerate() {
        let Some(curve) = curves.curves.iter().find(|curve| curve.id == one.id) else { continue };
        let place =
            if style.narrow { curves.volumes.len() * 7 / 8 } else { curves.volumes.len().saturating_sub(1) };
        let cost = curve.costs.get(place).copied().flatten().filter(|cost| *cost > 0.0);
        let (Some(volume), Some(cost)) = (curves.volumes.get(place), cost) else { continue };
        let height = height_of(cost);
        let is_main = index == 0 || Some(one.id) == cast.rival.map(|rival| rival.id);
        let Some(free) = free_height(height, &taken, is_main) else { continue };
        if style.narrow && !is_main {
            continue;
        }
        taken.push(free);
        let color = match index {
            0 => palette.verdict,
            _ if is_main => palette.rival,
            _ => palette.soft,
        };
        let (position, offset) = beside_line(style, height - free);
        let text = named_point(*volume, cost, brief(one.id).to_owned());
        series.push(texts(text.into_iter().collect(), color, position, offset));
    }
    series
}

/// A height for a name near the one wanted; a name that does not matter is given up rather than moved.
fn free_height(wanted: f64, taken: &[f64], may_move: bool) -> Option<f64> {
    let clash = taken.iter().find(|other| (wanted - **other).abs() < NAME_HEIGHT);
    match clash {
        None => Some(wanted),
        Some(other) if may_move => {
            Some(if wanted < *other { other - NAME_HEIGHT } else { other + NAME_HEIGHT })
        }
        Some(_) => None,
    }
}

/// Total cost of each strategy at each decade and at the present volume.
fn table(cast: &Cast, curves: &VolumeCurves, present: f64) -> ChartTable {
    let mut volumes: Vec<f64> = curves.whole_decades().chain([present]).collect();
    crate::order::sort_by(&mut volumes, f64::total_cmp);
    volumes.dedup();
    let heading = |volume: &f64| {
        if *volume == present { format!("{} (you)", count_short(*volume)) } else { count_short(*volume) }
    };
    let head = ["Requests a month".to_owned()].into_iter().chain(volumes.iter().map(heading)).collect();
    let row = |id: StrategyId, name: &str| {
        let costs = volumes.iter().map(|volume| usd_short(curves.cost_at(id, *volume).unwrap_or(f64::NAN)));
        [name.to_owned()].into_iter().chain(costs).collect()
    };
    ChartTable { head, rows: cast.all().map(|one| row(one.id, &one.name)).collect() }
}
