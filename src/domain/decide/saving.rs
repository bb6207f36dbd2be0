//! Trials of what would save enough against the holder, if it met the bar (method §11.5).

use super::assessment::Assessment;
use super::choose::{margin, saves_enough};
use super::comparison::Comparison;
use super::pilot::{Declined, Pilot, Trials, WhyDeclined};
use super::trial::{
    is_open_question, keep_cheapest_serving, net_strength, over_budget, pilot, sum, trial_lines,
};
use super::trial_order::{Ranked, in_order};
use crate::domain::evidence::as_bar;
use crate::domain::strategy::StrategyId;

/// Trials of strategies that would replace the holder if they met the bar.
pub fn saving_pilots(comparison: &Comparison, holder_id: StrategyId) -> Trials {
    let Some(holder) = comparison.get(holder_id).filter(|holder| holder.cost.is_ok()) else {
        return Trials::default();
    };
    let mut candidates: Vec<&Assessment> = comparison
        .assessments
        .iter()
        .filter(|candidate| candidate.id != holder_id && is_open_question(candidate))
        .filter(|candidate| !comparison.is_weaker_than_failing(candidate, holder))
        .filter(|candidate| saves_enough(comparison, candidate, holder))
        .collect();
    keep_cheapest_serving(comparison, &mut candidates);
    let mut declined = Vec::new();
    let mut worthwhile = Vec::new();
    for candidate in candidates {
        match saving_pilot(comparison, candidate, holder) {
            Some(Ok(trial)) => worthwhile.push(trial),
            Some(Err(why)) => declined.push(Declined { strategy: candidate.id, why }),
            None => {}
        }
    }
    Trials { pilots: in_order(worthwhile), declined }
}

/// The trial of a strategy that would save enough against the holder, or why it is not proposed; `None` where costs
/// are not known.
fn saving_pilot(
    comparison: &Comparison,
    candidate: &Assessment,
    holder: &Assessment,
) -> Option<Result<Ranked, WhyDeclined>> {
    let (own, present) = comparison.costs(candidate, holder)?;
    let lines = trial_lines(comparison, candidate, Some(holder.id));
    let (saving, cost) = (present - own, sum(&lines));
    let chance = cost / (saving + cost);
    let needs_share = match must_show(comparison, candidate, holder, saving) {
        Shows::Bar => None,
        Shows::Share(share) => Some(share),
        Shows::Impossible => return Some(Err(WhyDeclined::Unprovable)),
    };
    if let Some(why) = over_budget(comparison, &lines) {
        return Some(Err(why));
    }
    if chance > comparison.inputs.economics.pilot_threshold {
        return Some(Err(WhyDeclined::PaysFrom(chance)));
    }
    let pilot = Pilot {
        saving: Some(saving),
        break_even_chance: Some(chance),
        needs_share,
        ..pilot(candidate, lines)
    };
    Some(Ok(Ranked {
        pilot,
        lead_weeks: candidate.lead_weeks,
        net_strength: net_strength(&candidate.fired),
        rung: candidate.rung,
    }))
}

/// What a trial has to show.
enum Shows {
    /// That the bar is met.
    Bar,
    /// More than the bar: this share right.
    Share(f64),
    /// What no sample shows: that every answer is right.
    Impossible,
}

/// The share right that a strategy needs to replace the holder.
///
/// ```text
/// q = h − (S − what a move must save) / (discounted requests · cost of a wrong answer)
/// ```
/// `h` is the holder's share right; a move must save the margin of what the holder costs, its wrong answers
/// included, and survive its sizing band. Rounded up to a tenth of a percent. Source: method §7, price of quality.
fn must_show(comparison: &Comparison, candidate: &Assessment, holder: &Assessment, saving: f64) -> Shows {
    let bar = comparison.inputs.quality.required_quality;
    if bar >= 1.0 {
        return Shows::Impossible;
    }
    match needed_share(comparison, candidate, holder, saving) {
        Some(needed) if needed >= 1.0 => Shows::Impossible,
        Some(needed) if needed > bar => {
            as_bar(needed).filter(|share| *share < 1.0).map_or(Shows::Impossible, Shows::Share)
        }
        _ => Shows::Bar,
    }
}

fn needed_share(
    comparison: &Comparison,
    candidate: &Assessment,
    holder: &Assessment,
    saving: f64,
) -> Option<f64> {
    if candidate.quality.share().is_some() {
        // Its wrong answers are in the saving already.
        return None;
    }
    let per_error = comparison.inputs.quality.cost_per_error.filter(|usd| *usd > 0.0)?;
    let requests = comparison.inputs.work.requests_per_month * comparison.setting.months.discounted_volume;
    let (own, present) = (candidate.cost.as_ref().ok()?, holder.cost.as_ref().ok()?);
    let present_cost = present.tco + present.errors.unwrap_or(0.0);
    let wanted = margin(present_cost, comparison.inputs).max(own.tco_band.1 - own.tco);
    Some(holder.quality.share()? - (saving - wanted) / (requests * per_error))
}
