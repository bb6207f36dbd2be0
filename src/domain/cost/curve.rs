//! The total cost of a strategy over volume, prepared once so that any volume costs little to ask.
//!
//! The same formulas as the ledger: a test holds the two equal.

use std::sync::Arc;

use super::fleet::Fleet;
use super::ledger::{Ledger, Lines};
use super::operation::{CostModel, Variant, sized_growth};
use super::tokens::TokenFlow;
use crate::domain::demand::Months;

/// A variant over a span of months: net present values that do not change from volume to volume.
#[derive(Clone, Debug, PartialEq)]
struct Prepared {
    span: (usize, usize),
    /// What its fleet costs by, if it has one.
    stretches: Arc<[Stretch]>,
    /// Fixed costs of month 0 and of the span.
    constant: f64,
    /// US dollars for each request of month 1, while the caches are warm.
    slope: f64,
    /// Requests of month 1 from which on token bills are proportional to requests.
    proportional_from: f64,
    /// Cost of the fleet while it is as small as it gets, and the requests of month 1 up to which it is.
    idle: f64,
    idle_up_to: f64,
    /// US dollars for each request of month 1 that the fleet costs at the very least.
    least_fleet_slope: f64,
}

/// The cost of one variant at one volume.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    constant: f64,
    tokens: f64,
    /// Exact, or a lower bound.
    fleet: f64,
    fleet_is_exact: bool,
}

impl Part {
    fn total(&self) -> f64 {
        self.constant + self.tokens + self.fleet
    }
}

/// The cost of a strategy at one volume: exact for the variant it serves with, at least bounded for the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Requests of month 1.
    pub requests: f64,
    /// Net present value of all costs but wrong answers, US dollars.
    pub cost: f64,
    own: Vec<Part>,
    before: Vec<Part>,
    chosen: Option<usize>,
    chosen_before: Option<usize>,
}

/// A cost within an interval of volumes: `slope · v` plus a rest between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Piece {
    /// US dollars for each request of month 1, exactly, throughout the interval.
    pub slope: f64,
    /// The rest at its lowest: at the low end of the interval.
    pub rest_low: f64,
    /// The rest at its highest: at the high end; infinite where it is not known.
    pub rest_high: f64,
}

impl Piece {
    /// Whether the cost is a straight line in the interval.
    pub fn is_straight(&self) -> bool {
        self.rest_low == self.rest_high
    }

    fn plus(self, other: Piece) -> Piece {
        Piece {
            slope: self.slope + other.slope,
            rest_low: self.rest_low + other.rest_low,
            rest_high: self.rest_high + other.rest_high,
        }
    }
}

/// The cost of a strategy over volume: net present value of all costs but wrong answers, US dollars.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// What it is the cost of.
    pub model: &'a CostModel,
    months: &'a Months,
    constant: f64,
    slope: f64,
    own: Vec<Prepared>,
    before: Vec<Prepared>,
}

impl<'a> Curve<'a> {
    /// Prepare the curve of a cost model.
    pub fn new(model: &'a CostModel, months: &'a Months) -> Curve<'a> {
        let prepare = |variants: &[Variant], span| all_prepared(variants, span, months);
        Curve {
            model,
            months,
            constant: model
                .fixed
                .iter()
                .zip(&months.discount)
                .map(|(lines, factor)| lines.total() * factor)
                .sum(),
            slope: model.retrieval_per_request * months.discounted_volume,
            own: prepare(&model.variants, model.own_span(months)),
            before: if model.own_from > 1 { prepare(&model.before, model.before_span()) } else { Vec::new() },
        }
    }

    /// Total cost at so many requests in month 1.
    pub fn at(&self, requests: f64) -> f64 {
        self.point(requests).cost
    }

    /// The cost at a volume with what bounds it between volumes.
    pub fn point(&self, requests: f64) -> Point {
        let (own, chosen) = self.parts(&self.own, &self.model.variants, requests);
        let (before, chosen_before) = self.parts(&self.before, &self.model.before, requests);
        let total = |parts: &[Part], chosen: Option<usize>| {
            chosen.and_then(|index| parts.get(index)).map_or(0.0, Part::total)
        };
        let cost =
            self.constant + self.slope * requests + total(&before, chosen_before) + total(&own, chosen);
        Point { requests, cost, own, before, chosen, chosen_before }
    }

    /// The variant it serves with at a volume.
    pub fn chosen(&self, point: &Point) -> Option<&'a Variant> {
        self.model.variants.get(point.chosen?)
    }

    /// The variant of the reference that serves before it is ready, at a volume.
    pub fn chosen_before(&self, point: &Point) -> Option<&'a Variant> {
        self.model.before.get(point.chosen_before?)
    }

    /// The ledger at a volume.
    pub fn ledger(&self, point: &Point) -> Option<Ledger> {
        let before = self.chosen_before(point);
        Some(self.model.ledger(self.months, point.requests, self.chosen(point)?, before))
    }

    /// Total cost if the fleet it serves with ran at `speed` times its estimate.
    pub fn at_speed(&self, point: &Point, speed: f64) -> f64 {
        let chosen = point
            .chosen
            .and_then(|index| Some((self.own.get(index)?, self.chosen(point)?, point.own.get(index)?)));
        let Some((prepared, variant, part)) = chosen else { return point.cost };
        let Some(fleet) = &variant.fleet else { return point.cost };
        let mut fleet = fleet.clone();
        fleet.calls_per_second *= speed;
        point.cost - part.fleet + fleet_cost(&fleet, &prepared.stretches, point.requests)
    }

    /// The cost between two volumes, one piece for each variant that may be the cheapest; their minimum is the cost.
    ///
    /// The first piece is that of the variant that serves at the low end.
    pub fn pieces(&self, low: &Point, high: &Point) -> Vec<Piece> {
        let shared = self.before_piece(low, high).plus(Piece {
            slope: self.slope,
            rest_low: self.constant,
            rest_high: self.constant,
        });
        let most = high.chosen.and_then(|index| high.own.get(index)).map_or(f64::INFINITY, Part::total);
        let mut pieces = Vec::with_capacity(2);
        for (index, prepared) in self.own.iter().enumerate() {
            let (Some(at_low), Some(at_high)) = (low.own.get(index), high.own.get(index)) else { continue };
            let serves = low.chosen == Some(index);
            let piece = piece(prepared, (low.requests, at_low), (high.requests, at_high));
            // Costs rise with volume: what costs more at the low end than the cheapest at the high end is out.
            if serves || piece.slope * low.requests + piece.rest_low < most {
                pieces.insert(if serves { 0 } else { pieces.len() }, piece.plus(shared));
            }
        }
        pieces
    }

    /// What serves before, between two volumes; several variants are bounded together.
    fn before_piece(&self, low: &Point, high: &Point) -> Piece {
        match (self.before.as_slice(), low.before.as_slice(), high.before.as_slice()) {
            ([], ..) => Piece::default(),
            ([only], [at_low], [at_high]) => piece(only, (low.requests, at_low), (high.requests, at_high)),
            _ => {
                let total = |point: &Point| {
                    point.chosen_before.and_then(|index| point.before.get(index)).map_or(0.0, Part::total)
                };
                let least = |point: &Point, other: &Point| {
                    if self.is_monotone(point) { total(point) } else { total(point).min(total(other)) }
                };
                Piece {
                    slope: 0.0,
                    rest_low: least(low, high),
                    rest_high: total(high).max(total(low) * high.requests / low.requests),
                }
            }
        }
    }

    /// Whether the token bills of what serves before are proportional at this volume, so that the cost only rises.
    fn is_monotone(&self, point: &Point) -> bool {
        self.before.iter().all(|prepared| point.requests >= prepared.proportional_from)
    }

    /// The cost of every variant at a volume: exact where that is cheap or may matter, and the cheapest one.
    fn parts(
        &self,
        prepared: &[Prepared],
        variants: &[Variant],
        requests: f64,
    ) -> (Vec<Part>, Option<usize>) {
        let mut parts = Vec::with_capacity(prepared.len());
        let mut best: Option<(usize, f64)> = None;
        for (index, (prepared, variant)) in prepared.iter().zip(variants).enumerate() {
            let tokens = if requests >= prepared.proportional_from {
                prepared.slope * requests
            } else {
                self.tokens(prepared, variant, requests)
            };
            let is_idle = requests <= prepared.idle_up_to;
            let fleet = if is_idle {
                prepared.idle
            } else {
                prepared.idle.max(prepared.least_fleet_slope * requests)
            };
            let mut part = Part { constant: prepared.constant, tokens, fleet, fleet_is_exact: is_idle };
            if best.is_none_or(|(_, least)| part.total() < least) {
                if let Some(fleet) = variant.fleet.as_ref().filter(|_| !is_idle) {
                    part.fleet = fleet_cost(fleet, &prepared.stretches, requests);
                    part.fleet_is_exact = true;
                }
                if best.is_none_or(|(_, least)| part.total() < least) {
                    best = Some((index, part.total()));
                }
            }
            parts.push(part);
        }
        (parts, best.map(|(index, _)| index))
    }

    fn tokens(&self, prepared: &Prepared, variant: &Variant, requests: f64) -> f64 {
        let mut sum = 0.0;
        for month in prepared.span.0..=prepared.span.1 {
            let requests = requests * self.months.growth[month];
            for flow in variant.flows.iter() {
                sum += flow.cost(month, requests) * self.months.discount[month];
            }
        }
        sum
    }
}

/// Months in a row in which a fleet costs the same.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    /// Growth by which the fleet is sized.
    growth: f64,
    /// Factor on the price of a GPU-hour.
    drift: f64,
    /// Sum of the months' discount factors.
    weight: f64,
}

/// The stretches of a span: one without growth and drift of rents, and one for bought cards once traffic falls.
fn stretches(fleet: &Fleet, span: (usize, usize), months: &Months) -> Arc<[Stretch]> {
    let mut found: Vec<Stretch> = Vec::with_capacity(span.1.saturating_sub(span.0) + 1);
    for month in span.0..=span.1 {
        let (growth, drift) = (sized_growth(fleet, months, month), fleet.drift[month]);
        let weight = months.discount[month];
        match found.last_mut() {
            Some(last) if last.growth == growth && last.drift == drift => last.weight += weight,
            _ => found.push(Stretch { growth, drift, weight }),
        }
    }
    found.into()
}

/// Cost of a fleet over its stretches, discounted; `requests` are those of month 1.
fn fleet_cost(fleet: &Fleet, stretches: &[Stretch], requests: f64) -> f64 {
    let cost =
        |it: &Stretch| fleet.cost_at(fleet.usd_per_gpu_hour * it.drift, requests * it.growth) * it.weight;
    stretches.iter().map(cost).sum()
}

/// One variant between two volumes.
fn piece(prepared: &Prepared, (low, at_low): (f64, &Part), (high, at_high): (f64, &Part)) -> Piece {
    let fleet_high = if at_high.fleet_is_exact { at_high.fleet } else { f64::INFINITY };
    if low >= prepared.proportional_from {
        let rest = |fleet: f64| prepared.constant + fleet;
        return Piece { slope: prepared.slope, rest_low: rest(at_low.fleet), rest_high: rest(fleet_high) };
    }
    // Below that hits rise with volume, so a request costs at most what it does at the low end, and at least
    // what it does at the high end.
    Piece {
        slope: 0.0,
        rest_low: prepared.constant + at_low.fleet + at_high.tokens * low / high,
        rest_high: prepared.constant + fleet_high + at_low.tokens * high / low,
    }
}

fn all_prepared(variants: &[Variant], span: (usize, usize), months: &Months) -> Vec<Prepared> {
    let mut all: Vec<Prepared> = Vec::with_capacity(variants.len());
    for (index, variant) in variants.iter().enumerate() {
        let neighbour = index.checked_sub(1).and_then(|index| variants.get(index).zip(all.get(index)));
        all.push(prepared(variant, neighbour, span, months));
    }
    all
}

/// Prepare a variant; what it shares with the one before it is not summed anew.
fn prepared(
    variant: &Variant,
    neighbour: Option<(&Variant, &Prepared)>,
    span: (usize, usize),
    months: &Months,
) -> Prepared {
    let constant = match neighbour {
        Some((other, its)) if Arc::ptr_eq(&other.fixed, &variant.fixed) => its.constant,
        _ => constant(&variant.fixed, span, months),
    };
    let (slope, proportional_from) = match neighbour {
        Some((other, its)) if Arc::ptr_eq(&other.flows, &variant.flows) => (its.slope, its.proportional_from),
        _ => proportional(&variant.flows, span, months),
    };
    let without_fleet = Prepared {
        span,
        stretches: Arc::default(),
        constant,
        slope,
        proportional_from,
        idle: 0.0,
        idle_up_to: f64::INFINITY,
        least_fleet_slope: 0.0,
    };
    let Some(fleet) = &variant.fleet else { return without_fleet };
    let alike = |other: &Fleet| Arc::ptr_eq(&other.drift, &fleet.drift) && other.billing == fleet.billing;
    let stretches = match neighbour {
        Some((other, its)) if other.fleet.as_ref().is_some_and(alike) => Arc::clone(&its.stretches),
        _ => stretches(fleet, span, months),
    };
    with_fleet(without_fleet, fleet, stretches)
}

/// Net present value of fixed costs in month 0 and in a span.
fn constant(fixed: &[Lines], span: (usize, usize), months: &Months) -> f64 {
    let in_span = |month: usize| month == 0 || (span.0..=span.1).contains(&month);
    let fixed = fixed.iter().zip(&months.discount).enumerate().filter(|(month, _)| in_span(*month));
    fixed.map(|(_, (lines, factor))| Lines::total(lines) * factor).sum()
}

/// Token bills for each request of month 1 while caches are warm, and the requests from which on they are.
fn proportional(flows: &[TokenFlow], span: (usize, usize), months: &Months) -> (f64, f64) {
    let mut slope = 0.0;
    let mut least_growth = f64::INFINITY;
    for month in span.0..=span.1 {
        least_growth = least_growth.min(months.growth[month]);
        let weight = months.growth[month] * months.discount[month];
        slope += flows.iter().map(|flow| flow.usd_per_request(month)).sum::<f64>() * weight;
    }
    (slope, flows.iter().map(|flow| flow.proportional_from() / least_growth).fold(0.0, f64::max))
}

fn with_fleet(prepared: Prepared, fleet: &Fleet, stretches: Arc<[Stretch]>) -> Prepared {
    let least_gpu_hours = fleet.least_gpu_hours_per_request();
    let (idle_gpu_hours, idle_people_usd) = fleet.upkeep(0.0);
    let mut most_growth = 0.0_f64;
    let (mut idle, mut least_fleet_slope) = (0.0, 0.0);
    for it in stretches.iter() {
        most_growth = most_growth.max(it.growth);
        let usd_per_gpu_hour = fleet.usd_per_gpu_hour * it.drift;
        idle += (idle_gpu_hours * usd_per_gpu_hour + idle_people_usd) * it.weight;
        least_fleet_slope += least_gpu_hours * usd_per_gpu_hour * it.growth * it.weight;
    }
    Prepared { stretches, idle, idle_up_to: fleet.idle_up_to() / most_growth, least_fleet_slope, ..prepared }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Case;
    use crate::domain::cost::{Line, Study};
    use crate::domain::presets::PRESETS;
    use crate::domain::strategy::{STRATEGIES, StrategyId};

    fn each_curve(check: impl Fn(&Curve, &str)) {
        let mut cases: Vec<Case> = PRESETS.iter().map(|preset| preset.scenario().case().unwrap()).collect();
        cases.push(Case::default());
        for case in cases {
            let study = Study::new(&case);
            let reference = study.build(StrategyId::Prompt.strategy(), None);
            for strategy in &STRATEGIES {
                let built = study.build(strategy, Some(&reference));
                if let Ok(model) = &built.model {
                    check(&Curve::new(model, &study.months), strategy.key);
                }
            }
        }
    }

    #[test]
    fn the_curve_equals_the_ledger_at_every_volume() {
        each_curve(|curve, key| {
            for requests in [10.0, 3_000.0, 60_000.0, 1e6, 5e7, 1e9] {
                let point = curve.point(requests);
                let ledger = curve.ledger(&point).unwrap();
                let expected = ledger.tco() - ledger.by_line().get(Line::Errors);
                let gap = (point.cost - expected).abs();
                assert!(gap <= 1e-9 * expected, "{key} at {requests}: {} {expected}", point.cost);
            }
        });
    }

    #[test]
    fn the_pieces_of_an_interval_hold_the_cost_between_their_bounds() {
        each_curve(|curve, key| {
            for (low, high) in [(10.0, 100.0), (5_000.0, 9_000.0), (1e5, 1.1e5), (1e6, 1e7), (9e8, 1e9)] {
                let pieces = curve.pieces(&curve.point(low), &curve.point(high));
                for share in [0.0, 0.3, 0.7, 1.0] {
                    let requests = low + (high - low) * share;
                    let least =
                        pieces.iter().map(|p| p.slope * requests + p.rest_low).fold(f64::MAX, f64::min);
                    let most =
                        pieces.iter().map(|p| p.slope * requests + p.rest_high).fold(f64::MAX, f64::min);
                    let cost = curve.at(requests);
                    let slack = 1e-9 * cost;
                    assert!(
                        least <= cost + slack && cost <= most + slack,
                        "{key} at {requests}: {least} {cost} {most}"
                    );
                }
            }
        });
    }
}
