//! Every volume at which a strategy and the verdict change places, in a sentence each.

use super::verdict::count;
use crate::domain::cost::{BreakEven, Crossing, month_reached, said};
use crate::domain::decide::{Comparison, Decision, break_evens};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::capital;

/// One crossing of a strategy's cost with that of the verdict, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossingWords {
    /// The strategy.
    pub strategy: StrategyId,
    /// What it is held against: what is used now, or the reference that stands for it.
    pub against: StrategyId,
    /// The volume as it is said, requests a month.
    pub volume: f64,
    /// Whether the strategy is the cheaper one above it.
    pub cheaper_above: bool,
    /// First month in which growth reaches that volume; `None`: not within the horizon, or already passed.
    pub reached_in_month: Option<usize>,
    /// One sentence.
    pub text: String,
}

/// Every crossing of every surviving strategy with the verdict, by volume.
pub fn crossings(decision: &Decision) -> Vec<CrossingWords> {
    let Decision { comparison, choice, .. } = decision;
    let Some(holder) = choice.use_now.or(choice.reference) else { return Vec::new() };
    let is_reference = choice.reference == Some(holder);
    let found = if is_reference { Vec::new() } else { break_evens(comparison, holder) };
    let known = comparison.assessments.iter().filter(|_| is_reference);
    let known = known.filter_map(|assessment| Some((assessment.id, assessment.break_even.clone()?)));
    let mut told: Vec<CrossingWords> =
        known.chain(found).flat_map(|(id, found)| told(id, &found, comparison)).collect();
    told.sort_by(|a, b| a.volume.total_cmp(&b.volume).then(a.strategy.cmp(&b.strategy)));
    told
}

/// The crossings of one strategy in words.
fn told(id: StrategyId, found: &BreakEven, comparison: &Comparison) -> Vec<CrossingWords> {
    let noun = |id: StrategyId| id.noun_for(comparison.name(id));
    let (own, other) = (capital(&noun(id)), noun(found.against));
    let work = &comparison.inputs.work;
    let mut told = Vec::new();
    let mut before: Option<&Crossing> = None;
    for (place, crossing) in found.crossings.iter().enumerate() {
        let next = found.crossings.get(place + 1);
        // Too close to be said apart is said once.
        let is_said = before.is_some_and(|before| before.said() >= crossing.said());
        let sentence = match (next, before) {
            _ if is_said => None,
            (Some(next), None) if found.alternates.is_some() => Some(format!(
                "{own} and {other} take turns to cost less between {} and {}",
                count(said(crossing.volume, libm::floor)),
                count(said(next.volume, libm::ceil))
            )),
            (Some(next), _) if next.said() <= crossing.said() => {
                let side = if crossing.cheaper_above { "costs less" } else { "costs more" };
                Some(format!("{own} {side} than {other} only around {}", count(crossing.said())))
            }
            (Some(next), _) if crossing.cheaper_above => Some(format!(
                "{own} undercuts {other} between {} and {}",
                count(crossing.said()),
                count(next.said())
            )),
            (None, _) if crossing.cheaper_above => {
                Some(format!("{own} undercuts {other} from {}", count(crossing.said())))
            }
            (_, Some(_)) => {
                Some(format!("{own} no longer undercuts {other} above {}", count(crossing.said())))
            }
            _ => Some(format!("{own} costs less than {other} below {}", count(crossing.said()))),
        };
        before = Some(crossing);
        let Some(sentence) = sentence else { continue };
        let volume = crossing.said();
        let month = month_reached(volume, work.requests_per_month, &comparison.setting.months);
        let reached =
            month.map_or_else(String::new, |month| format!("; growth reaches that in month {month}"));
        told.push(CrossingWords {
            strategy: id,
            against: found.against,
            volume,
            cheaper_above: crossing.cheaper_above,
            reached_in_month: month,
            text: format!("{sentence} requests a month{reached}."),
        });
    }
    told
}
