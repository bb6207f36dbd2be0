//! Total cost over monthly volume, both logarithmic: where the answer flips.

mod chart;

use super::cast::{Cast, WITH_ERRORS, brief, subject, subject_first};
use super::figure::{ChartFigure, ChartTable};
use super::path::Path;
use super::plot::{Plot, VolumePlot};
use super::volume_curves::{Curve, VolumeCurves};
use crate::domain::answer::Answer;
use crate::domain::answer::BREAK_EVEN_RANGE;
use crate::domain::strategy::StrategyId;
use crate::domain::units::Cell;
use crate::domain::units::words::{count_short, count_words, months, usd_short};

/// The figure; `None` if no cost is known.
pub fn volume(answer: &Answer, curves: &VolumeCurves, present: f64) -> Option<ChartFigure> {
    let cast = Cast::of(answer)?;
    let horizon = cast.verdict.cost.as_ref().ok()?.ledger.months.len().saturating_sub(1);
    Some(ChartFigure {
        title: title(&cast, curves, present),
        caption: caption(&cast, horizon),
        description: description(&cast, curves, present, horizon),
        table: table(&cast, curves, present),
        plot: Plot::Volume(plot(&cast, curves, present)),
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
            let claim = cast.claim(verdict);
            let stays = claim.verb("stay");
            format!("{} {stays} cheapest at every volume{}", subject_first(verdict), claim.condition)
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
            let claim = cast.claim(between);
            format!(
                "{} {} less only between {} and {} requests a month{}",
                subject_first(between),
                claim.verb("cost"),
                count_words(from),
                count_words(to),
                claim.condition
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
        "Total cost over {} by requests in the first month, both on logarithmic scales: {} ({}) in teal{rival}{others}. \
         Steps are added GPUs, circles are crossings. Shaded: the guide’s rule of thumb, 100 K–1 M.{}",
        months(horizon),
        cast.called,
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

/// What is drawn.
fn plot(cast: &Cast, curves: &VolumeCurves, present: f64) -> VolumePlot {
    let path = |curve: &Curve| Path::new(brief(curve.id), cast.role(curve.id), curve.costs.iter().copied());
    let with_cost = |volume: &f64| Some((*volume, curves.cost_at(cast.verdict.id, *volume)?));
    let is_finite = |crossing: &(f64, f64)| crossing.1.is_finite();
    VolumePlot {
        decades: curves.decades,
        volumes: curves.volumes.clone(),
        paths: curves.curves.iter().map(path).collect(),
        present,
        rule_of_thumb: BREAK_EVEN_RANGE,
        crossings: curves.crossings.iter().filter_map(with_cost).filter(is_finite).collect(),
        other_crossings: curves.other_crossings.iter().copied().filter(is_finite).collect(),
    }
}

/// Total cost of each strategy at each decade and at the present volume.
fn table(cast: &Cast, curves: &VolumeCurves, present: f64) -> ChartTable {
    let mut volumes: Vec<f64> = curves.whole_decades().chain([present]).collect();
    volumes.sort_by(f64::total_cmp);
    volumes.dedup();
    let heading = |volume: &f64| {
        if *volume == present { format!("{} (you)", count_short(*volume)) } else { count_short(*volume) }
    };
    let head = ["Requests a month".to_owned()].into_iter().chain(volumes.iter().map(heading)).collect();
    let row = |id: StrategyId, name: &str| {
        let costs = volumes.iter().map(|volume| Cell::known(curves.cost_at(id, *volume), usd_short));
        [Cell::from(name)].into_iter().chain(costs).collect()
    };
    ChartTable { head, rows: cast.all().map(|one| row(one.id, &one.name)).collect(), word_columns: (1, 0) }
}
