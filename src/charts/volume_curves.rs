//! The numbers of the volume chart: total cost of each strategy over monthly volume.

use super::cast::Cast;
use super::scale::{decade_below, power_of_ten};
use crate::domain::answer::{Answer, Assessment};
use crate::domain::cost::BreakEven;
use crate::domain::strategy::StrategyId;

/// The range of volumes that break-evens are looked for in, as exponents of ten.
const FIRST_DECADE: i32 = 1;
const LAST_DECADE: i32 = 9;
/// Decades on each side of the present volume.
const DECADES_AROUND: i32 = 3;
/// Enough to show each added GPU as a step.
const POINTS_PER_DECADE: i32 = 24;
/// Halvings of an interval in which two curves cross; leaves less than a millionth of it.
const HALVINGS: usize = 20;

/// Total cost over volume.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeCurves {
    /// First and last decade, as exponents of ten.
    pub decades: (i32, i32),
    /// Requests a month, rising.
    pub volumes: Vec<f64>,
    /// One curve for each strategy that is drawn: the verdict, its rival, the others.
    pub curves: Vec<Curve>,
    /// Volumes at which verdict and rival cross, rising.
    pub crossings: Vec<f64>,
    /// Whether they cross so often that only the first and the last crossing are given.
    pub alternates: bool,
    /// Volumes at which another strategy crosses the reference, with the cost there.
    pub other_crossings: Vec<(f64, f64)>,
}

/// The cost of one strategy over volume.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The strategy.
    pub id: StrategyId,
    /// Total cost at each volume in US dollars, where it is known.
    pub costs: Vec<Option<f64>>,
}

impl VolumeCurves {
    /// Read them off an answer. `None` if no cost is known.
    pub fn compute(answer: &Answer) -> Option<Self> {
        let cast = Cast::of(answer)?;
        let costing = Costing { answer, with_errors: cast.counts_errors() };
        let drawn: Vec<&Assessment> = cast.all().collect();
        let present = answer.decided.requests_per_month;
        let decades = decades_around(present);
        let mut volumes = grid(decades, present);
        let mut costs = costing.at(&drawn, &volumes);

        let (crossings, alternates) = match cast.rival {
            Some(rival) => crossings_between(&costing, (cast.verdict, rival), &volumes, &costs),
            None => (Vec::new(), false),
        };
        // The curves pass exactly through the marks that are put on them.
        let added = costing.at(&drawn, &crossings);
        for (curve, added) in costs.iter_mut().zip(added) {
            curve.extend(added);
        }
        volumes.extend(&crossings);
        sort_by_volume(&mut volumes, &mut costs);

        let curves = drawn.iter().zip(costs).map(|(one, costs)| Curve { id: one.id, costs }).collect();
        let other_crossings = other_crossings(&costing, &cast);
        Some(VolumeCurves { decades, volumes, curves, crossings, alternates, other_crossings })
    }

    /// The cost of a strategy at one of the volumes.
    pub fn cost_at(&self, id: StrategyId, volume: f64) -> Option<f64> {
        let index = self.volumes.iter().position(|other| *other == volume)?;
        let curve = self.curves.iter().find(|curve| curve.id == id)?;
        *curve.costs.get(index)?
    }

    /// Whole decades within the range that is drawn.
    pub fn whole_decades(&self) -> impl Iterator<Item = f64> {
        (self.decades.0..=self.decades.1).map(power_of_ten)
    }
}

/// How cost over volume is computed.
struct Costing<'a> {
    answer: &'a Answer,
    /// Whether the expected cost of wrong answers is added where it is known.
    with_errors: bool,
}

impl Costing<'_> {
    /// The cost of each strategy at each volume.
    fn at(&self, drawn: &[&Assessment], volumes: &[f64]) -> Vec<Vec<Option<f64>>> {
        let ids: Vec<StrategyId> = drawn.iter().map(|one| one.id).collect();
        let mut costs = self.answer.tco_over_volume(&ids, volumes);
        for (one, costs) in drawn.iter().zip(&mut costs) {
            for (cost, volume) in costs.iter_mut().zip(volumes) {
                *cost = cost.map(|cost| cost + self.errors(one, *volume));
            }
        }
        costs
    }

    /// The expected cost of wrong answers, which grows in proportion to volume.
    fn errors(&self, one: &Assessment, volume: f64) -> f64 {
        let errors = one.cost.as_ref().ok().and_then(|cost| cost.errors).filter(|_| self.with_errors);
        errors.map_or(0.0, |errors| errors * volume / self.answer.decided.requests_per_month)
    }
}

/// The decades around a volume, within those that break-evens are looked for in.
fn decades_around(present: f64) -> (i32, i32) {
    let below = decade_below(present).unwrap_or(FIRST_DECADE);
    let above = if power_of_ten(below) < present { below + 1 } else { below };
    let first = (below - DECADES_AROUND).clamp(FIRST_DECADE, LAST_DECADE - 1);
    let last = (above + DECADES_AROUND).clamp(first + 1, LAST_DECADE);
    (first, last)
}

/// Equal factors over the decades, each decade and the present volume exactly.
fn grid((first, last): (i32, i32), present: f64) -> Vec<f64> {
    let mut volumes: Vec<f64> = (first..last)
        .flat_map(|decade| {
            (0..POINTS_PER_DECADE).map(move |step| {
                let factor = libm::exp10(f64::from(step) / f64::from(POINTS_PER_DECADE));
                power_of_ten(decade) * factor
            })
        })
        .collect();
    volumes.push(power_of_ten(last));
    if present >= power_of_ten(first) && present <= power_of_ten(last) {
        volumes.push(present);
    }
    volumes.sort_by(f64::total_cmp);
    volumes.dedup();
    volumes
}

/// Put volumes in rising order, and the costs of each curve with them.
fn sort_by_volume(volumes: &mut Vec<f64>, costs: &mut [Vec<Option<f64>>]) {
    let mut order: Vec<usize> = (0..volumes.len()).collect();
    order.sort_by(|a, b| volumes[*a].total_cmp(&volumes[*b]));
    order.dedup_by(|a, b| volumes[*a] == volumes[*b]);
    for curve in costs {
        *curve = order.iter().map(|index| curve.get(*index).copied().flatten()).collect();
    }
    *volumes = order.iter().map(|index| volumes[*index]).collect();
}

/// Where the first two curves cross within the grid, and whether only the first and last place is given.
///
/// The break-evens of the answer are exact, so they are used where one of the two is the
/// reference they were computed against.
fn crossings_between(
    costing: &Costing,
    (verdict, rival): (&Assessment, &Assessment),
    volumes: &[f64],
    costs: &[Vec<Option<f64>>],
) -> (Vec<f64>, bool) {
    let range = volumes.first().copied().unwrap_or(0.0)..=volumes.last().copied().unwrap_or(0.0);
    if let Some(known) = break_even(verdict, rival).or_else(|| break_even(rival, verdict)) {
        let crossings = known.crossings.iter().map(|crossing| crossing.volume);
        return (crossings.filter(|volume| range.contains(volume)).collect(), known.alternates.is_some());
    }
    let [first, second, ..] = costs else { return (Vec::new(), false) };
    let is_dearer = |volume: f64| {
        let costs = costing.at(&[verdict, rival], &[volume]);
        let cost = |index: usize| costs.get(index).and_then(|curve| curve.first().copied().flatten());
        Some(cost(0)? > cost(1)?)
    };
    let sides: Vec<(f64, bool)> = volumes
        .iter()
        .zip(first.iter().zip(second))
        .filter_map(|(volume, (first, second))| Some((*volume, (*first)? > (*second)?)))
        .collect();
    let crossings = sides
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .map(|pair| halve(pair[0].0, pair[1].0, pair[0].1, is_dearer))
        .collect();
    (crossings, false)
}

/// The break-even of one strategy, if it is against the other one.
fn break_even<'a>(one: &'a Assessment, other: &Assessment) -> Option<&'a BreakEven> {
    one.break_even.as_ref().filter(|known| known.against == other.id)
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

/// Where the strategies other than verdict and rival cross the reference.
fn other_crossings(costing: &Costing, cast: &Cast) -> Vec<(f64, f64)> {
    let crossings_of = |one: &&Assessment| {
        let known = one.break_even.as_ref()?;
        let volumes: Vec<f64> = known.crossings.iter().map(|crossing| crossing.volume).collect();
        let costs = costing.at(&[one], &volumes).pop()?;
        Some(
            volumes
                .into_iter()
                .zip(costs)
                .filter_map(|(volume, cost)| Some((volume, cost?)))
                .collect::<Vec<_>>(),
        )
    };
    cast.others.iter().filter_map(crossings_of).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_holds_each_decade_and_the_present_volume() {
        for present in [10.0, 60_000.0, 100_000.0, 1e9, 12_345.678] {
            let decades = decades_around(present);
            let volumes = grid(decades, present);
            assert!(volumes.contains(&present));
            assert!((decades.0..=decades.1).all(|decade| volumes.contains(&power_of_ten(decade))));
            assert!(volumes.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(decades.0 >= FIRST_DECADE && decades.1 <= LAST_DECADE);
        }
        assert_eq!(decades_around(60_000.0), (1, 8));
        assert_eq!(decades_around(100_000.0), (2, 8));
        assert_eq!(decades_around(10.0), (1, 4));
        assert_eq!(decades_around(1e9), (6, 9));
        assert_eq!(decades_around(f64::NAN), (1, 4));
    }

    #[test]
    fn a_crossing_is_found_between_two_points() {
        let found = halve(100.0, 200.0, false, |volume| Some(volume >= 123.456));
        assert!((found - 123.456).abs() < 1e-3, "{found}");
    }

    #[test]
    fn added_volumes_take_their_place_with_their_costs() {
        let mut volumes = vec![1.0, 3.0, 2.0, 3.0];
        let mut costs = vec![vec![Some(10.0), Some(30.0), Some(20.0), Some(30.0)]];
        sort_by_volume(&mut volumes, &mut costs);
        assert_eq!(volumes, [1.0, 2.0, 3.0]);
        assert_eq!(costs, [[Some(10.0), Some(20.0), Some(30.0)]]);
    }
}
