//! From which volume on the answer is another one: computed from the cost curves, and tried before it is named.

use crate::domain::cost::{Setting, VOLUME_RANGE, said};
use crate::domain::decide::{
    Assessment, Comparison, CostPair, Decision, DecisionCurve, Pilot, is_open_question, margin, sum,
    trial_lines,
};
use crate::domain::strategy::StrategyId;

/// A volume that reopens the decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reopening {
    /// Requests a month, as they are said; the answer is another one at just these.
    pub volume: f64,
    /// What is used or tested there and not now.
    pub strategy: StrategyId,
    /// Whether it is used; else its trial is proposed.
    pub is_used: bool,
}

/// Volumes that are named.
pub const MOST_NAMED: usize = 2;
/// Volumes that are tried: each takes a decision.
const MOST_TRIED: usize = 4;
/// Factor between volumes that are looked at on the way up.
const STRIDE: f64 = 1.25;
/// A volume is located to this factor, finer than it is said.
const LOCATED_TO: f64 = 1.002;

/// The next volumes at which another strategy is used or another trial proposed, the lowest first.
pub fn reopenings(decision: &Decision) -> Vec<Reopening> {
    let Decision { comparison, choice, trials } = decision;
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else { return Vec::new() };
    // What follows the holder anyway is what another strategy has to beat.
    let base = choice.later.unwrap_or(holder.id);
    let Some(curve) = curve(comparison, base) else { return Vec::new() };
    let base = Base { id: base, curve };
    let is_proposed = |id: StrategyId| trials.pilots.iter().any(|pilot| pilot.strategy == id);
    let mut volumes: Vec<Expected> = comparison
        .assessments
        .iter()
        .filter(|candidate| candidate.survives() && candidate.id != holder.id && candidate.id != base.id)
        .filter(|candidate| !is_proposed(candidate.id))
        .filter_map(|candidate| {
            Some(Expected { volume: worth_from(comparison, candidate, &base)?, strategy: candidate.id })
        })
        .collect();
    volumes.sort_by(|a, b| a.volume.total_cmp(&b.volume).then(a.strategy.cmp(&b.strategy)));
    let mut found: Vec<Reopening> = Vec::new();
    for expected in volumes.into_iter().take(MOST_TRIED) {
        if found.len() < MOST_NAMED {
            let new = tried(comparison, holder.id, &trials.pilots, expected);
            found.extend(new.filter(|new| found.iter().all(|known| known.strategy != new.strategy)));
        }
    }
    found
}

/// What another strategy has to beat.
struct Base<'a, 'b> {
    id: StrategyId,
    curve: DecisionCurve<'a, 'b>,
}

/// A volume at which a strategy is expected to be used or tried.
#[derive(Clone, Copy)]
struct Expected {
    volume: f64,
    strategy: StrategyId,
}

/// The volume from which on a strategy saves enough for a move, if it is proven, or else for a trial.
fn worth_from(comparison: &Comparison, candidate: &Assessment, base: &Base) -> Option<f64> {
    let proven = candidate.quality.is_accepted() && comparison.in_time(candidate);
    if !proven && !is_open_question(candidate) {
        return None;
    }
    let own = curve(comparison, candidate.id)?;
    let trial = sum(&trial_lines(comparison, candidate, Some(base.id)));
    let is_worth = |volume: f64| {
        let CostPair { own: cost, other } = own.against(&base.curve, volume);
        let saving = other - cost;
        let pays = proven || trial <= (saving + trial) * comparison.inputs.economics.pilot_threshold;
        saving > margin(other, comparison.inputs) && pays && cost + own.dear(volume) < other
    };
    let today = comparison.inputs.work.requests_per_month;
    let mut low = today.max(VOLUME_RANGE.0);
    // Break-evens are known against the reference: what is dearer saves nothing before the next one.
    let now = own.against(&base.curve, low);
    if now.own > now.other && comparison.reference.is_some_and(|reference| reference.id == base.id) {
        low = candidate.next_crossing(today)?.volume;
    }
    let mut high = low * STRIDE;
    while !is_worth(high) {
        (low, high) = (high, high * STRIDE);
        if high > VOLUME_RANGE.1 {
            return None;
        }
    }
    while high / low > LOCATED_TO {
        let middle = libm::sqrt(low * high);
        if is_worth(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(said(high, libm::ceil))
}

fn curve<'a, 'b>(comparison: &'a Comparison<'b>, id: StrategyId) -> Option<DecisionCurve<'a, 'b>> {
    DecisionCurve::of(comparison, comparison.candidate(id)?)
}

/// What is decided at a volume, if it is something else than now.
fn tried(
    comparison: &Comparison,
    holder: StrategyId,
    proposed: &[Pilot],
    Expected { volume, strategy }: Expected,
) -> Option<Reopening> {
    let there = comparison.setting.case.edited(|inputs| inputs.work.requests_per_month = volume);
    // What GPUs can do does not depend on the volume.
    let there = Decision::of(Setting::new(&there).like(&comparison.setting));
    let used = there.choice.use_now?;
    if used != holder {
        return Some(Reopening { volume, strategy: used, is_used: true });
    }
    let is_new = |id: StrategyId| proposed.iter().all(|pilot| pilot.strategy != id);
    let new: Vec<StrategyId> =
        there.trials.pilots.iter().map(|pilot| pilot.strategy).filter(|id| is_new(*id)).collect();
    let strategy = *new.iter().find(|id| **id == strategy).or(new.first())?;
    Some(Reopening { volume, strategy, is_used: false })
}

#[cfg(test)]
mod tests {
    use crate::domain::answer::{Answer, Trigger, answer};
    use crate::domain::case::Case;
    use crate::domain::input::Value;
    use crate::domain::strategy::StrategyId;
    use crate::domain::units::words::count_words;

    fn at(volume: f64) -> Case {
        Case::default().edited(|inputs| inputs.work.requests_per_month = volume)
    }

    /// Volumes of the plan that can be tried, each with its sentence.
    fn volumes(answer: &Answer) -> Vec<(f64, String)> {
        let volume = |trigger: Trigger| match trigger {
            Trigger::Reaches { input: "requests_per_month", to } => Some(to),
            _ => None,
        };
        answer.plan.iter().filter_map(|step| Some((volume(step.trigger?)?, step.text.clone()))).collect()
    }

    fn tested(case: &Case) -> Vec<StrategyId> {
        answer(case).decided.pilots.iter().map(|pilot| pilot.strategy).collect()
    }

    #[test]
    fn a_volume_of_the_plan_is_the_least_written_one_at_which_another_trial_pays() {
        let case = Case::default();
        let today = tested(&case);
        let found = volumes(&answer(&case));
        assert!(!found.is_empty());
        for (volume, _) in found {
            let step = libm::pow(10.0, libm::floor(libm::log10(volume)) - 1.0);
            let new = |volume: f64| tested(&at(volume)).into_iter().filter(|id| !today.contains(id)).count();
            assert!(new(volume) > new(volume - step), "{volume}");
        }
    }

    #[test]
    fn a_volume_reads_the_same_in_the_sentence_and_where_it_is_tried() {
        for volume in [1e3, 3e4, 6e4, 4e5] {
            for (to, text) in volumes(&answer(&at(volume))) {
                assert!(text.contains(&format!("At {} requests a month", count_words(to))), "{text}");
                let tried = Trigger::Reaches { input: "requests_per_month", to }.trial();
                assert_eq!(tried, ("requests_per_month", Value::Number(to)));
            }
        }
    }

    #[test]
    fn a_crossing_at_the_present_volume_is_not_announced_as_one_to_come() {
        let crossings: Vec<f64> = answer(&Case::default())
            .decided
            .assessments
            .iter()
            .filter_map(|found| found.break_even.as_ref())
            .flat_map(|found| &found.crossings)
            .map(|crossing| crossing.volume)
            .collect();
        assert!(crossings.len() > 2);
        for crossing in crossings.into_iter().filter(|volume| *volume < 1e8) {
            for today in [crossing * (1.0 - 1e-9), crossing] {
                let said = format!("At {} requests a month", count_words(today));
                let plan = answer(&at(today)).plan;
                assert!(plan.iter().all(|step| !step.text.starts_with(&said)), "{today}: {plan:?}");
            }
        }
    }

    #[test]
    fn a_retirement_that_nobody_announced_is_watched_but_cannot_be_tried() {
        let plan = answer(&Case::default()).plan;
        let retires = plan.iter().find(|step| step.text.contains("is taken to retire")).unwrap();
        assert_eq!(retires.trigger, None);
    }
}
