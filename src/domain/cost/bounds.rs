//! Exact bounds of a cost curve between two volumes.
//!
//! # Theorem
//!
//! Let a variant cost `c + t(v) + f(v)` at `v` requests of month 1: a constant, its token bill, and its fleet. Between
//! two volumes `low ≤ v ≤ high`:
//!
//! - The power of GPUs that work goes by requests, so it is part of `t`, a straight line of its own.
//! - `f` is a step function that never falls, so `f(low) ≤ f(v) ≤ f(high)`.
//! - From the volume on at which all caches are warm, `t(v) = s·v` with one slope `s`. Below it a request costs less
//!   the more there are, since more of them find the cache warm, so `t(high)/high ≤ t(v)/v ≤ t(low)/low`.
//! - Where some requests a month are paid otherwise, those beyond them cost as much a request, so that the bill is at
//!   least `low`'s number of them at `high`'s price of a request, and at most `high`'s at `low`'s.
//!
//! So the cost of a variant is `slope·v + rest` with `rest` between two known numbers, and the cost of the strategy is
//! the least of those of its variants: a straight line where one variant serves and both numbers are equal.

use super::curve::{Curve, Point, Prepared, VariantCost, VariantCosts};
use super::model::Variant;

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

/// A variant at one end of an interval.
struct End<'a> {
    requests: f64,
    cost: &'a VariantCost,
}

impl<'a> End<'a> {
    /// A variant at a volume, by its place.
    fn of(point: &Point, costs: &'a VariantCosts, variant: usize) -> Option<End<'a>> {
        Some(End { requests: point.requests, cost: costs.of_each.get(variant)? })
    }
}

impl Curve<'_> {
    /// The cost between two volumes, one piece for each variant that may be the cheapest; their minimum is the cost.
    ///
    /// The first piece is that of the variant that serves at the low end.
    pub fn pieces(&self, low: &Point, high: &Point) -> Vec<Piece> {
        let shared = self.before_piece(low, high).plus(Piece {
            slope: self.slope,
            rest_low: self.constant,
            rest_high: self.constant,
        });
        let most = high.own.least().unwrap_or(f64::INFINITY);
        let mut pieces = Vec::with_capacity(2);
        for (index, prepared) in self.own.iter().enumerate() {
            let ends = End::of(low, &low.own, index).zip(End::of(high, &high.own, index));
            let Some((at_low, at_high)) = ends else { continue };
            let serves = low.own.chosen == Some(index);
            let Some(variant) = self.model.variants.get(index) else { continue };
            let piece = self.piece(prepared, variant, &at_low, &at_high);
            // Costs rise with volume: what costs more at the low end than the cheapest at the high end is out.
            if serves || piece.slope * low.requests + piece.rest_low < most {
                pieces.insert(if serves { 0 } else { pieces.len() }, piece.plus(shared));
            }
        }
        pieces
    }

    /// What serves before, between two volumes; several variants are bounded together.
    fn before_piece(&self, low: &Point, high: &Point) -> Piece {
        let ends = End::of(low, &low.before, 0).zip(End::of(high, &high.before, 0));
        match (self.before.as_slice(), self.model.before.first(), ends) {
            ([], ..) => Piece::default(),
            ([only], Some(variant), Some((at_low, at_high))) => self.piece(only, variant, &at_low, &at_high),
            _ => {
                let total = |point: &Point| point.before.least().unwrap_or(0.0);
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

    /// One variant between two volumes.
    fn piece(&self, prepared: &Prepared, variant: &Variant, low: &End, high: &End) -> Piece {
        let pays_beyond = variant.flows.iter().any(|flow| flow.included_requests > 0.0);
        if !pays_beyond || low.requests >= prepared.proportional_from {
            return piece(prepared, low, high);
        }
        let (least, most) = self.token_bounds(prepared, variant, (low.requests, high.requests));
        let fleet_high = if high.cost.fleet_is_exact { high.cost.fleet } else { f64::INFINITY };
        Piece {
            slope: 0.0,
            rest_low: prepared.constant + low.cost.fleet + least,
            rest_high: prepared.constant + fleet_high + most,
        }
    }

    /// Whether the token bills of what serves before are proportional at this volume, so that the cost only rises.
    fn is_monotone(&self, point: &Point) -> bool {
        self.before.iter().all(|prepared| point.requests >= prepared.proportional_from)
    }
}

/// One variant between two volumes.
fn piece(prepared: &Prepared, low: &End, high: &End) -> Piece {
    let fleet_high = if high.cost.fleet_is_exact { high.cost.fleet } else { f64::INFINITY };
    if low.requests >= prepared.proportional_from {
        let rest = |fleet: f64| prepared.constant + fleet - prepared.credit;
        let slope = prepared.slope + prepared.busy_slope;
        return Piece { slope, rest_low: rest(low.cost.fleet), rest_high: rest(fleet_high) };
    }
    // Below that hits rise with volume, so a request costs at most what it does at the low end, and at least
    // what it does at the high end.
    Piece {
        slope: 0.0,
        rest_low: prepared.constant + low.cost.fleet + high.cost.tokens * low.requests / high.requests,
        rest_high: prepared.constant + fleet_high + low.cost.tokens * high.requests / low.requests,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::cost::curve::tests::each_curve;

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
