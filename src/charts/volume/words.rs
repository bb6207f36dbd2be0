//! What is said about cost over volume.

use crate::charts::cast::{Cast, WITH_ERRORS, brief, subject, subject_first};
use crate::charts::volume_curves::VolumeCurves;
use crate::domain::strategy::{Serving, StrategyId};
use crate::domain::units::words::{capital, count_words, lower_first, usd_short};

/// More crossings than this are not told one by one.
const MOST_TOLD: usize = 5;

fn is_own_gpus(id: StrategyId) -> bool {
    id.strategy().serving == Serving::OwnGpus
}

/// The finding, as a headline: where own GPUs and the verdict cost the same, if that speaks for the verdict; else what
/// it costs.
pub(super) fn title(cast: &Cast, curves: &VolumeCurves, present: f64) -> String {
    let verdict = cast.verdict.id;
    let gpus = || curves.curves.iter().filter(|curve| is_own_gpus(curve.id));
    let is_dearer =
        |id: StrategyId, volume: f64| Some(curves.cost_at(id, volume)? > curves.cost_at(verdict, volume)?);
    let all_dearer = |volume: f64| gpus().all(|curve| is_dearer(curve.id, volume) == Some(true));
    let name = subject(verdict);
    if cast.is_decided() && !is_own_gpus(verdict) && gpus().next().is_some() && all_dearer(present) {
        let next = curves.crossovers.iter().find(|it| is_own_gpus(it.id) && it.volume > present);
        return match next {
            Some(it) => {
                format!("Own GPUs undercut {name} only past {} requests a month", count_words(it.said))
            }
            None => format!(
                "Own GPUs cost more than {name}, even at {} requests a month",
                count_words(curves.range.1)
            ),
        };
    }
    let lower = curves.crossovers.iter().rev().find(|it| !it.cheaper_above && it.volume < present);
    if let Some(it) = lower.filter(|_| cast.is_decided() && is_own_gpus(verdict)) {
        let than = subject(it.id);
        return format!(
            "{} undercuts {than} from {} requests a month",
            subject_first(verdict),
            count_words(it.said)
        );
    }
    let cost = |volume: f64| usd_short(curves.cost_at(verdict, volume).unwrap_or(f64::NAN));
    let costs = cast.claim(verdict).verb("cost");
    let last = curves.range.1;
    format!(
        "{} {costs} {} for 1,000 requests, and {} at {} a month",
        subject_first(verdict),
        cost(present),
        cost(last),
        count_words(last)
    )
}

/// What is drawn.
pub(super) fn caption(cast: &Cast) -> String {
    let errors = if cast.counts_errors() { WITH_ERRORS } else { "" };
    format!(
        "Cost of 1,000 requests, all in, by requests in the first month; both scales logarithmic.{errors}"
    )
}

/// What a strategy is called beside a crossing.
pub(super) fn crossing_name(id: StrategyId) -> String {
    match id {
        StrategyId::OpenSelf => "open weights on own GPUs".to_owned(),
        StrategyId::OpenManaged => "managed open weights".to_owned(),
        id => lower_first(brief(id)),
    }
}

/// Who is cheaper than the verdict where, in a sentence; empty without a crossing.
pub(super) fn crossings(cast: &Cast, curves: &VolumeCurves) -> String {
    let name = capital(subject(cast.verdict.id));
    let mut crossing: Vec<StrategyId> = Vec::new();
    for it in &curves.crossovers {
        if !crossing.contains(&it.id) {
            crossing.push(it.id);
        }
    }
    match curves.crossovers.len() {
        0 => String::new(),
        1..=MOST_TOLD => {
            let told: Vec<String> = crossing.into_iter().map(|id| stretches(id, curves)).collect();
            format!("{name} costs more than {}.", told.join(", "))
        }
        more => format!("{name} and the others cross {more} times in this range."),
    }
}

/// Where one strategy is the cheaper one: "LoRA between 12,000 and 25,000 and from 300,000".
fn stretches(id: StrategyId, curves: &VolumeCurves) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut begun: Option<f64> = None;
    for it in curves.crossovers.iter().filter(|it| it.id == id) {
        match (it.cheaper_above, begun.take()) {
            (true, _) => begun = Some(it.said),
            (false, Some(from)) => {
                said.push(format!("between {} and {}", count_words(from), count_words(it.said)));
            }
            (false, None) => said.push(format!("below {}", count_words(it.said))),
        }
    }
    said.extend(begun.map(|from| format!("from {}", count_words(from))));
    format!("{} {}", crossing_name(id), said.join(" and "))
}

/// The picture for those who do not see it.
pub(super) fn description(cast: &Cast, curves: &VolumeCurves, crossings: &str) -> String {
    let (first, last) = curves.range;
    let cost = |id, volume| usd_short(curves.cost_at(id, volume).unwrap_or(f64::NAN));
    let falls = |id| format!("{} from {} to {}", subject(id), cost(id, first), cost(id, last));
    let rival = cast.rival.map(|rival| format!(", {}", falls(rival.id))).unwrap_or_default();
    let text = format!(
        "Cost of 1,000 requests by requests a month, from {} to {}: {}{rival}. {crossings}",
        count_words(first),
        count_words(last),
        falls(cast.verdict.id)
    );
    text.trim_end().to_owned()
}
