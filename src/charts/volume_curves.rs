//! The numbers of the volume chart: what 1,000 requests cost with each strategy, over requests a month.

use super::cast::Cast;
use super::scale::{round_numbers, share_of};
use crate::domain::answer::{Answer, Assessment};
use crate::domain::cost::Crossing;
use crate::domain::strategy::StrategyId;

/// Volumes that can be asked for, requests a month.
const POSSIBLE: (f64, f64) = (10.0, 1e9);
/// The range goes so many times below and above the present volume.
const AROUND: f64 = 10.0;
/// Enough to show each added GPU as a step.
const POINTS: u32 = 48;
/// Halvings of an interval in which two curves cross; leaves less than a millionth of it.
const HALVINGS: usize = 20;
/// What a cost is given for.
const REQUESTS: f64 = 1_000.0;

/// Cost of 1,000 requests over volume.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeCurves {
    /// First and last volume, requests a month: two decades around the present one.
    pub range: (f64, f64),
    /// Requests a month, rising.
    pub volumes: Vec<f64>,
    /// Those of them that are worth a row of a table.
    pub listed: Vec<f64>,
    /// One curve for each strategy that is drawn: the verdict, its rival, the others.
    pub curves: Vec<Curve>,
    /// Where another strategy crosses the verdict, by rising volume.
    pub crossovers: Vec<Crossover>,
}

/// The cost of one strategy over volume.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The strategy.
    pub id: StrategyId,
    /// Cost of 1,000 requests at each volume in US dollars, where it is known.
    pub costs: Vec<Option<f64>>,
}

/// A volume at which a strategy and the verdict cost the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossover {
    /// The strategy.
    pub id: StrategyId,
    /// Requests a month.
    pub volume: f64,
    /// The same as it is said.
    pub said: f64,
    /// What 1,000 requests cost there, US dollars.
    pub cost: f64,
    /// Whether the strategy is the cheaper one above it.
    pub cheaper_above: bool,
}

impl VolumeCurves {
    /// Read them off an answer. `None` if no cost is known.
    pub fn compute(answer: &Answer) -> Option<Self> {
        let cast = Cast::of(answer)?;
        let costing = Costing { answer, with_errors: cast.counts_errors() };
        let drawn: Vec<&Assessment> = cast.all().collect();
        let present = answer.decided.requests_per_month;
        let range = range_around(present);
        let listed = listed(range, present);
        let mut volumes = grid(range, &listed);
        let sampled = costing.at(&drawn, &volumes);

        let crossovers = crossovers(&costing, &drawn, &volumes, &sampled);
        // The curves pass exactly through the marks that are put on them.
        volumes.extend(crossovers.iter().map(|crossover| crossover.volume));
        in_order(&mut volumes);
        let costs = costing.at(&drawn, &volumes);
        let curves = drawn.iter().zip(costs).map(|(one, costs)| Curve { id: one.id, costs }).collect();
        Some(VolumeCurves { range, volumes, listed, curves, crossovers })
    }

    /// The curve of a strategy.
    pub fn curve(&self, id: StrategyId) -> Option<&Curve> {
        self.curves.iter().find(|curve| curve.id == id)
    }

    /// The cost of 1,000 requests with a strategy at one of the volumes.
    pub fn cost_at(&self, id: StrategyId, volume: f64) -> Option<f64> {
        let index = self.volumes.iter().position(|other| *other == volume)?;
        *self.curve(id)?.costs.get(index)?
    }
}

/// How cost over volume is computed.
struct Costing<'a> {
    answer: &'a Answer,
    /// Whether the expected cost of wrong answers is added where it is known.
    with_errors: bool,
}

impl Costing<'_> {
    /// What 1,000 requests cost with each strategy at each volume.
    fn at(&self, drawn: &[&Assessment], volumes: &[f64]) -> Vec<Vec<Option<f64>>> {
        let ids: Vec<StrategyId> = drawn.iter().map(|one| one.id).collect();
        let mut costs = self.answer.tco_over_volume(&ids, volumes);
        let decided = &self.answer.decided;
        for (one, costs) in drawn.iter().zip(&mut costs) {
            for (cost, volume) in costs.iter_mut().zip(volumes) {
                // Discounted requests grow in proportion to volume, as wrong answers do.
                let growth = volume / decided.requests_per_month;
                let of_each = |cost: f64| {
                    (cost + self.errors(one) * growth) * REQUESTS / (decided.discounted_requests * growth)
                };
                *cost = cost.map(of_each).filter(|cost| cost.is_finite());
            }
        }
        costs
    }

    /// The expected cost of wrong answers at the present volume.
    fn errors(&self, one: &Assessment) -> f64 {
        let errors = one.cost.as_ref().ok().and_then(|cost| cost.errors);
        errors.filter(|_| self.with_errors).unwrap_or(0.0)
    }

    /// Whether the first strategy costs more than the second at a volume.
    fn is_dearer(&self, pair: [&Assessment; 2], volume: f64) -> Option<bool> {
        let costs = self.at(&pair, &[volume]);
        let cost = |index: usize| costs.get(index).and_then(|curve| curve.first().copied().flatten());
        Some(cost(0)? > cost(1)?)
    }
}

/// Two decades around a volume, within those that can be asked for.
fn range_around(present: f64) -> (f64, f64) {
    let (least, most) = POSSIBLE;
    let present = if present.is_finite() { present.clamp(least, most) } else { least };
    ((present / AROUND).max(least), (present * AROUND).min(most))
}

/// Round volumes in the range, its ends and the present volume.
fn listed(range: (f64, f64), present: f64) -> Vec<f64> {
    let mut volumes = round_numbers(range, &[1.0, 2.0, 5.0]);
    // An end beside a round volume says nothing of its own.
    let is_apart = |end: &f64| {
        volumes.iter().all(|round| (share_of(range, *round) - share_of(range, *end)).abs() > 0.03)
    };
    let ends: Vec<f64> = [range.0, range.1].into_iter().filter(is_apart).collect();
    volumes.extend(ends);
    volumes.extend((range.0..=range.1).contains(&present).then_some(present));
    in_order(&mut volumes);
    volumes
}

/// Equal factors from end to end, and the listed volumes exactly.
fn grid((first, last): (f64, f64), listed: &[f64]) -> Vec<f64> {
    let growth = libm::log(last / first);
    let inner = (1..POINTS).map(|step| first * libm::exp(growth * f64::from(step) / f64::from(POINTS)));
    let mut volumes: Vec<f64> =
        [first, last].into_iter().chain(inner).chain(listed.iter().copied()).collect();
    in_order(&mut volumes);
    volumes
}

fn in_order(volumes: &mut Vec<f64>) {
    volumes.sort_by(f64::total_cmp);
    volumes.dedup();
}

/// Where the strategies after the first cross it within the grid.
///
/// The break-evens of the answer are exact, so they are used where one of the two is the
/// reference they were computed against.
fn crossovers(
    costing: &Costing,
    drawn: &[&Assessment],
    volumes: &[f64],
    sampled: &[Vec<Option<f64>>],
) -> Vec<Crossover> {
    let ([verdict, others @ ..], [own, theirs @ ..]) = (drawn, sampled) else { return Vec::new() };
    let mut found = Vec::new();
    for (other, costs) in others.iter().zip(theirs) {
        let crossings = known_crossings(verdict, other)
            .unwrap_or_else(|| searched_crossings(costing, (verdict, other), volumes, (own, costs)));
        found.extend(crossings.into_iter().map(|crossing| (other.id, crossing)));
    }
    let range = volumes.first().copied().unwrap_or(0.0)..=volumes.last().copied().unwrap_or(0.0);
    found.retain(|(_, crossing)| range.contains(&crossing.volume));
    found.sort_by(|(_, a), (_, b)| a.volume.total_cmp(&b.volume));
    let places: Vec<f64> = found.iter().map(|(_, crossing)| crossing.volume).collect();
    let costs = costing.at(&[verdict], &places).pop().unwrap_or_default();
    let crossover = |((id, crossing), cost): ((StrategyId, Crossing), Option<f64>)| {
        let Crossing { volume, cheaper_above, .. } = crossing;
        Some(Crossover { id, volume, said: crossing.said(), cost: cost?, cheaper_above })
    };
    found.into_iter().zip(costs).filter_map(crossover).collect()
}

/// The crossings of a strategy with the verdict, where the answer holds them.
fn known_crossings(verdict: &Assessment, other: &Assessment) -> Option<Vec<Crossing>> {
    let between = |one: &Assessment, against: &Assessment| {
        let known = one.break_even.as_ref().filter(|known| known.against == against.id);
        known.map(|known| known.crossings.clone())
    };
    let turned = |crossing: Crossing| Crossing { cheaper_above: !crossing.cheaper_above, ..crossing };
    between(other, verdict).or_else(|| Some(between(verdict, other)?.into_iter().map(turned).collect()))
}

/// The same, searched between points of the grid.
fn searched_crossings(
    costing: &Costing,
    (verdict, other): (&Assessment, &Assessment),
    volumes: &[f64],
    (own, theirs): (&[Option<f64>], &[Option<f64>]),
) -> Vec<Crossing> {
    let sides: Vec<(f64, bool)> = volumes
        .iter()
        .zip(own.iter().zip(theirs))
        .filter_map(|(volume, (own, theirs))| Some((*volume, (*own)? > (*theirs)?)))
        .collect();
    let crossing = |pair: &[(f64, bool)]| {
        let [(low, below), (high, above)] = pair else { return None };
        let is_dearer = |volume| costing.is_dearer([verdict, other], volume);
        let volume = (below != above).then(|| halve(*low, *high, *below, is_dearer))?;
        Some(Crossing { volume, cheaper_above: *above, reached_in_month: None })
    };
    sides.windows(2).filter_map(crossing).collect()
}

/// The first volume on the other side of a crossing that lies between two volumes.
fn halve(mut low: f64, mut high: f64, side_of_low: bool, side: impl Fn(f64) -> Option<bool>) -> f64 {
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        if side(middle).unwrap_or(side_of_low) == side_of_low {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_spans_two_decades_and_holds_the_present_volume() {
        for present in [10.0, 60_000.0, 100_000.0, 1e9, 12_345.678] {
            let range = range_around(present);
            let listed = listed(range, present);
            let volumes = grid(range, &listed);
            assert!(listed.iter().all(|volume| volumes.contains(volume)) && listed.contains(&present));
            assert!(volumes.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(listed.len() <= 10, "{listed:?}");
        }
        assert_eq!(range_around(60_000.0), (6_000.0, 600_000.0));
        assert_eq!(range_around(10.0), (10.0, 100.0));
        assert_eq!(range_around(1e9), (1e8, 1e9));
        assert_eq!(range_around(f64::NAN), (10.0, 100.0));
    }

    #[test]
    fn a_crossing_is_found_between_two_points() {
        let found = halve(100.0, 200.0, false, |volume| Some(volume >= 123.456));
        assert!((found - 123.456).abs() < 1e-3, "{found}");
    }
}
