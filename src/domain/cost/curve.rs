//! The total cost of a strategy over volume, prepared once so that any volume costs little to ask.
//!
//! The same formulas as the ledger: a test holds the two equal.

use super::ledger::{Ledger, Lines};
use super::operation::{CostModel, Variant, sized_growth};
use crate::domain::demand::Months;

/// A variant over a span of months: net present values that do not change from volume to volume.
#[derive(Clone, Debug, PartialEq)]
struct Prepared {
    span: (usize, usize),
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

impl Prepared {
    /// Less than the cost at this volume, or equal.
    fn at_least(&self, requests: f64) -> f64 {
        self.constant + self.slope * requests + self.idle.max(self.least_fleet_slope * requests)
    }
}

/// A cost within an interval of volumes: `slope · v` plus a rest between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Piece {
    /// US dollars for each request of month 1, exactly, throughout the interval.
    pub slope: f64,
    /// The rest at its lowest: at the low end of the interval.
    pub rest_low: f64,
    /// The rest at its highest: at the high end.
    pub rest_high: f64,
}

impl Piece {
    /// Whether the cost is a straight line in the interval.
    pub fn is_straight(&self) -> bool {
        self.rest_low == self.rest_high
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
        let prepare = |variants: &[Variant], span| variants.iter().map(|variant| prepared(variant, span, months)).collect();
        Curve {
            model,
            months,
            constant: model.fixed.iter().zip(&months.discount).map(|(lines, factor)| lines.total() * factor).sum(),
            slope: model.retrieval_per_request * months.discounted_volume,
            own: prepare(&model.variants, model.own_span(months)),
            before: if model.own_from > 1 { prepare(&model.before, model.before_span()) } else { Vec::new() },
        }
    }

    /// Total cost at so many requests in month 1.
    pub fn at(&self, requests: f64) -> f64 {
        let best = |prepared: &[Prepared], variants: &[Variant]| self.cheapest(prepared, variants, requests).map_or(0.0, |(_, cost)| cost);
        self.constant
            + self.slope * requests
            + best(&self.before, &self.model.before)
            + best(&self.own, &self.model.variants)
    }

    /// The variant it serves with at this volume.
    pub fn chosen(&self, requests: f64) -> Option<&'a Variant> {
        let (index, _) = self.cheapest(&self.own, &self.model.variants, requests)?;
        self.model.variants.get(index)
    }

    /// The ledger at this volume.
    pub fn ledger(&self, requests: f64) -> Option<Ledger> {
        let before = self.cheapest(&self.before, &self.model.before, requests);
        let before = before.and_then(|(index, _)| self.model.before.get(index));
        Some(self.model.ledger(self.months, requests, self.chosen(requests)?, before))
    }

    /// The cost within an interval of volumes, one piece for each variant; its minimum is the cost.
    pub fn pieces(&self, low: f64, high: f64) -> Vec<Piece> {
        let before = self.before_piece(low, high);
        let shared = Piece {
            slope: self.slope + before.slope,
            rest_low: self.constant + before.rest_low,
            rest_high: self.constant + before.rest_high,
        };
        let add = |piece: Piece| Piece {
            slope: piece.slope + shared.slope,
            rest_low: piece.rest_low + shared.rest_low,
            rest_high: piece.rest_high + shared.rest_high,
        };
        let Some((chosen, most)) = self.cheapest(&self.own, &self.model.variants, high) else { return Vec::new() };
        self.own
            .iter()
            .zip(&self.model.variants)
            .enumerate()
            // Costs rise with volume: what costs more at the low end than the cheapest does at the high end is out.
            .filter(|(index, (prepared, _))| *index == chosen || prepared.at_least(low) < most)
            .map(|(_, (prepared, variant))| add(self.piece(prepared, variant, low, high)))
            .collect()
    }

    /// What serves before, within an interval; several variants are bounded together.
    fn before_piece(&self, low: f64, high: f64) -> Piece {
        let pieces: Vec<Piece> = self
            .before
            .iter()
            .zip(&self.model.before)
            .map(|(prepared, variant)| self.piece(prepared, variant, low, high))
            .collect();
        match pieces.as_slice() {
            [] => Piece::default(),
            [only] => *only,
            several => {
                let least = |cost: fn(&Piece, f64, f64) -> f64| several.iter().map(|piece| cost(piece, low, high)).fold(f64::INFINITY, f64::min);
                Piece {
                    slope: 0.0,
                    rest_low: least(|piece, low, _| piece.slope * low + piece.rest_low),
                    rest_high: least(|piece, _, high| piece.slope * high + piece.rest_high),
                }
            }
        }
    }

    fn piece(&self, prepared: &Prepared, variant: &Variant, low: f64, high: f64) -> Piece {
        let fleet_low = self.fleet(prepared, variant, low);
        let fleet_high = if high <= prepared.idle_up_to { fleet_low } else { self.fleet(prepared, variant, high) };
        if low >= prepared.proportional_from {
            let rest = |fleet: f64| prepared.constant + fleet;
            return Piece { slope: prepared.slope, rest_low: rest(fleet_low), rest_high: rest(fleet_high) };
        }
        // Below that hits rise with volume: the cheap end takes the low volume with the warm cache, the dear
        // end the high volume with the cold one.
        Piece {
            slope: 0.0,
            rest_low: prepared.constant + fleet_low + self.tokens(prepared, variant, low, high),
            rest_high: prepared.constant + fleet_high + self.tokens(prepared, variant, high, low),
        }
    }

    /// The cheapest of several variants; the first one of equals.
    fn cheapest(&self, prepared: &[Prepared], variants: &[Variant], requests: f64) -> Option<(usize, f64)> {
        let mut best: Option<(usize, f64)> = None;
        for (index, (prepared, variant)) in prepared.iter().zip(variants).enumerate() {
            if best.is_some_and(|(_, least)| prepared.at_least(requests) >= least) {
                continue;
            }
            let tokens = if requests >= prepared.proportional_from {
                prepared.slope * requests
            } else {
                self.tokens(prepared, variant, requests, requests)
            };
            let cost = prepared.constant + tokens + self.fleet(prepared, variant, requests);
            if best.is_none_or(|(_, least)| cost < least) {
                best = Some((index, cost));
            }
        }
        best
    }

    fn tokens(&self, prepared: &Prepared, variant: &Variant, requests: f64, cache: f64) -> f64 {
        let mut sum = 0.0;
        for month in prepared.span.0..=prepared.span.1 {
            let growth = self.months.growth[month];
            for flow in &variant.flows {
                sum += flow.cost(month, requests * growth, cache * growth) * self.months.discount[month];
            }
        }
        sum
    }

    fn fleet(&self, prepared: &Prepared, variant: &Variant, requests: f64) -> f64 {
        let Some(fleet) = &variant.fleet else { return 0.0 };
        if requests <= prepared.idle_up_to {
            return prepared.idle;
        }
        let mut sum = 0.0;
        for month in prepared.span.0..=prepared.span.1 {
            sum += fleet.cost(month, requests * sized_growth(fleet, self.months, month)) * self.months.discount[month];
        }
        sum
    }
}

fn prepared(variant: &Variant, span: (usize, usize), months: &Months) -> Prepared {
    let in_span = |month: usize| month == 0 || (span.0..=span.1).contains(&month);
    let fixed = variant.fixed.iter().zip(&months.discount).enumerate().filter(|(month, _)| in_span(*month));
    let constant = fixed.map(|(_, (lines, factor))| Lines::total(lines) * factor).sum();
    let mut slope = 0.0;
    let mut least_growth = f64::INFINITY;
    let mut most_growth = 0.0_f64;
    let mut idle = 0.0;
    let mut least_fleet_slope = 0.0;
    for month in span.0..=span.1 {
        least_growth = least_growth.min(months.growth[month]);
        let weight = months.growth[month] * months.discount[month];
        slope += variant.flows.iter().map(|flow| flow.usd_per_request(month)).sum::<f64>() * weight;
        if let Some(fleet) = &variant.fleet {
            most_growth = most_growth.max(sized_growth(fleet, months, month));
            idle += fleet.cost(month, 0.0) * months.discount[month];
            least_fleet_slope += fleet.least_usd_per_request(month) * weight;
        }
    }
    let proportional_from = variant.flows.iter().map(|flow| flow.proportional_from() / least_growth).fold(0.0, f64::max);
    let idle_up_to = variant.fleet.as_ref().map_or(f64::INFINITY, |fleet| fleet.idle_up_to() / most_growth);
    Prepared { span, constant, slope, proportional_from, idle, idle_up_to, least_fleet_slope }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cost::{Line, Study};
    use crate::domain::input::Inputs;
    use crate::domain::presets::PRESETS;
    use crate::domain::strategy::{STRATEGIES, StrategyId};

    fn each_curve(check: impl Fn(&Curve, &str)) {
        let mut cases: Vec<Inputs> = PRESETS.iter().map(|preset| preset.scenario().inputs_or_defaults().0).collect();
        cases.push(Inputs::default());
        for inputs in cases {
            let study = Study::new(&inputs);
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
                let ledger = curve.ledger(requests).unwrap();
                let expected = ledger.tco() - ledger.by_line().get(Line::Errors);
                let cost = curve.at(requests);
                assert!((cost - expected).abs() <= 1e-9 * expected, "{key} at {requests}: {cost} {expected}");
            }
        });
    }

    #[test]
    fn the_pieces_of_an_interval_hold_the_cost_between_their_bounds() {
        each_curve(|curve, key| {
            for (low, high) in [(10.0, 100.0), (5_000.0, 9_000.0), (1e5, 1.1e5), (1e6, 1e7), (9e8, 1e9)] {
                let pieces = curve.pieces(low, high);
                for share in [0.0, 0.3, 0.7, 1.0] {
                    let requests = low + (high - low) * share;
                    let least = pieces.iter().map(|p| p.slope * requests + p.rest_low).fold(f64::MAX, f64::min);
                    let most = pieces.iter().map(|p| p.slope * requests + p.rest_high).fold(f64::MAX, f64::min);
                    let cost = curve.at(requests);
                    let slack = 1e-9 * cost;
                    assert!(least <= cost + slack && cost <= most + slack, "{key} at {requests}: {least} {cost} {most}");
                }
            }
        });
    }
}
