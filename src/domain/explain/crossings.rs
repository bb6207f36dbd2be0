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
    let named = Named::of(id, found, comparison);
    let apart = apart(&found.crossings);
    let today = comparison.inputs.work.requests_per_month;
    let tell = |place: usize, crossing: &Crossing| {
        let before = place.checked_sub(1).and_then(|place| apart.get(place));
        let next = apart.get(place + 1);
        let sentence = named.sentence(crossing, before, next, found.alternates.is_some())?;
        let volume = crossing.said();
        let month = month_reached(volume, today, &comparison.setting.months);
        let reached =
            month.map_or_else(String::new, |month| format!("; growth reaches that in month {month}"));
        Some(CrossingWords {
            strategy: id,
            against: found.against,
            volume,
            cheaper_above: crossing.cheaper_above,
            reached_in_month: month,
            text: format!("{sentence} requests a month{reached}."),
        })
    };
    apart.iter().enumerate().filter_map(|(place, crossing)| tell(place, crossing)).collect()
}

/// Crossings without the pairs after one that read the same as it does: they lead back to where it led.
fn apart(crossings: &[Crossing]) -> Vec<Crossing> {
    let mut apart: Vec<Crossing> = Vec::new();
    let mut rest = crossings;
    while let [first, others @ ..] = rest {
        rest = others;
        while let [_, back, after @ ..] = rest
            && back.said() <= first.said()
        {
            rest = after;
        }
        apart.push(*first);
    }
    apart
}

/// Two strategies as a sentence names them.
struct Named {
    own: String,
    other: String,
    /// Whether verbs take no s.
    is_plural: bool,
}

impl Named {
    fn of(id: StrategyId, found: &BreakEven, comparison: &Comparison) -> Named {
        let noun = |id: StrategyId| id.noun_for(comparison.name(id));
        let is_plural = matches!(id, StrategyId::OpenManaged | StrategyId::OpenSelf);
        Named { own: capital(&noun(id)), other: noun(found.against), is_plural }
    }

    /// A crossing between the one before it and the one after it, up to its last volume; `None` where the one before
    /// it reads the same and has said both.
    fn sentence(
        &self,
        crossing: &Crossing,
        before: Option<&Crossing>,
        next: Option<&Crossing>,
        alternates: bool,
    ) -> Option<String> {
        let Named { own, other, is_plural } = self;
        let (undercuts, costs) = if *is_plural { ("undercut", "cost") } else { ("undercuts", "costs") };
        let no_longer = if *is_plural { "no longer undercut" } else { "no longer undercuts" };
        let volume = crossing.said();
        if before.is_some_and(|before| before.said() >= volume) {
            return None;
        }
        let at = count(volume);
        Some(match (next, before) {
            (Some(next), None) if alternates => {
                let (first, last) = (said(crossing.volume, libm::floor), said(next.volume, libm::ceil));
                format!(
                    "{own} and {other} take turns to cost less between {} and {}",
                    count(first),
                    count(last)
                )
            }
            (Some(next), _) if next.said() <= volume => {
                let what = if crossing.cheaper_above { "less" } else { "more" };
                format!("{own} {costs} {what} than {other} around {at}")
            }
            (Some(next), _) if crossing.cheaper_above => {
                format!("{own} {undercuts} {other} between {at} and {}", count(next.said()))
            }
            // Of curves that take turns the end is said as it was before.
            (None, Some(_)) if alternates && crossing.cheaper_above => {
                format!("{own} {undercuts} {other} from {}", count(said(crossing.volume, libm::ceil)))
            }
            (None, Some(_)) if alternates => {
                format!("{own} {no_longer} {other} above {}", count(said(crossing.volume, libm::ceil)))
            }
            (None, _) if crossing.cheaper_above => format!("{own} {undercuts} {other} from {at}"),
            (Some(next), Some(_)) => {
                format!("{own} {costs} more than {other} between {at} and {}", count(next.said()))
            }
            (_, Some(_)) => format!("{own} {no_longer} {other} above {at}"),
            (_, None) => format!("{own} {costs} less than {other} below {at}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(crossings: &[(f64, bool)], alternates: bool) -> Vec<String> {
        let named = Named { own: "A".to_owned(), other: "B".to_owned(), is_plural: false };
        let crossing = |&(volume, cheaper_above): &(f64, bool)| Crossing {
            volume,
            cheaper_above,
            reached_in_month: None,
        };
        let all: Vec<Crossing> = crossings.iter().map(crossing).collect();
        let of = |place: usize| {
            let before = place.checked_sub(1).and_then(|place| all.get(place));
            named.sentence(&all[place], before, all.get(place + 1), alternates)
        };
        (0..all.len())
            .filter_map(of)
            .map(|text| text.replace(crate::domain::units::words::GAP, " "))
            .collect()
    }

    #[test]
    fn each_crossing_says_where_the_strategy_is_the_cheaper_one() {
        assert_eq!(sentences(&[(12_001.0, true)], false), ["A undercuts B from 13,000"]);
        assert_eq!(sentences(&[(12_999.0, false)], false), ["A costs less than B below 12,000"]);
        assert_eq!(
            sentences(&[(12_000.0, true), (25_900.0, false), (900_000.0, true)], false),
            [
                "A undercuts B between 12,000 and 25,000",
                "A costs more than B between 25,000 and 900,000",
                "A undercuts B from 900,000"
            ]
        );
    }

    #[test]
    fn what_reads_the_same_is_said_once() {
        assert_eq!(
            sentences(&[(12_100.0, true), (12_900.0, false)], false),
            ["A costs less than B around 13,000"]
        );
    }

    #[test]
    fn what_crosses_back_and_forth_within_one_figure_crosses_once() {
        let crossing = |&(volume, cheaper_above): &(f64, bool)| Crossing {
            volume,
            cheaper_above,
            reached_in_month: None,
        };
        let three = [(42_100.0, true), (42_300.0, false), (42_600.0, true)].map(|one| crossing(&one));
        let found: Vec<f64> = apart(&three).iter().map(|one| one.volume).collect();
        assert_eq!(found, [42_100.0]);
        let far = [(42_100.0, true), (42_300.0, false), (900_000.0, true)].map(|one| crossing(&one));
        assert_eq!(apart(&far).len(), 3);
    }

    #[test]
    fn curves_that_alternate_take_turns_between_the_first_and_the_last_crossing() {
        assert_eq!(
            sentences(&[(12_100.0, true), (52_900.0, true)], true),
            ["A and B take turns to cost less between 12,000 and 53,000", "A undercuts B from 53,000"]
        );
    }
}
