//! The total cost of a strategy over volume, prepared once so that any volume costs little to ask.
//!
//! The same formulas as the ledger: a test holds the two equal.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::fleet::Fleet;
use super::ledger::{Ledger, Lines};
use super::model::{CostModel, Variant, sized_growth};
use super::tokens::TokenFlow;
use crate::domain::workload::Months;

/// A variant over a span of months: net present values that do not change from volume to volume.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prepared {
    span: RangeInclusive<usize>,
    /// What its fleet costs by, if it has one.
    stretches: Arc<[Stretch]>,
    /// Fixed costs of month 0 and of the span.
    pub constant: f64,
    /// US dollars for each request of month 1, while the caches are warm.
    pub slope: f64,
    /// US dollars for each request of month 1 that the fleet costs because it works, on top of its steps.
    pub busy_slope: f64,
    /// Requests of month 1 from which on token bills are proportional to requests.
    pub proportional_from: f64,
    /// What is taken off them from there on, since some requests are paid otherwise, US dollars.
    pub credit: f64,
    /// Cost of the fleet while it is as small as it gets, and the requests of month 1 up to which it is.
    idle: f64,
    idle_up_to: f64,
    /// US dollars for each request of month 1 that the fleet costs at the very least.
    least_fleet_slope: f64,
}

/// The cost of one variant at one volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct VariantCost {
    constant: f64,
    /// The token bill, and what else goes by requests.
    pub tokens: f64,
    /// Exact, or a lower bound.
    pub fleet: f64,
    pub fleet_is_exact: bool,
}

impl VariantCost {
    pub fn total(&self) -> f64 {
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
    pub(super) own: VariantCosts,
    pub(super) before: VariantCosts,
}

/// The cost of every variant at one volume, and which one serves: the cheapest.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VariantCosts {
    pub of_each: Vec<VariantCost>,
    pub chosen: Option<usize>,
}

impl VariantCosts {
    /// The cost of the variant that serves; `None` without one.
    pub fn least(&self) -> Option<f64> {
        self.of_each.get(self.chosen?).map(VariantCost::total)
    }
}

/// The cost of a strategy over volume: net present value of all costs but wrong answers, US dollars.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// What it is the cost of.
    pub model: &'a CostModel,
    months: &'a Months,
    pub(super) constant: f64,
    pub(super) slope: f64,
    pub(super) own: Vec<Prepared>,
    pub(super) before: Vec<Prepared>,
}

impl<'a> Curve<'a> {
    /// Prepare the curve of a cost model.
    pub fn new(model: &'a CostModel, months: &'a Months) -> Curve<'a> {
        let prepare =
            |variants: &[Variant], span: RangeInclusive<usize>| all_prepared(variants, &span, months);
        Curve {
            model,
            months,
            constant: model
                .fixed
                .iter()
                .zip(&months.discount)
                .map(|(lines, factor)| lines.total() * factor)
                .sum(),
            slope: model.retrieval_slope(months),
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
        let own = self.variant_costs(&self.own, &self.model.variants, requests);
        let before = self.variant_costs(&self.before, &self.model.before, requests);
        let total = |costs: &VariantCosts| costs.least().unwrap_or(0.0);
        let cost = self.constant + self.slope * requests + total(&before) + total(&own);
        Point { requests, cost, own, before }
    }

    /// The variant it serves with at a volume.
    pub fn chosen(&self, point: &Point) -> Option<&'a Variant> {
        self.model.variants.get(point.own.chosen?)
    }

    /// The variant of the reference that serves before it is ready, at a volume.
    pub fn chosen_before(&self, point: &Point) -> Option<&'a Variant> {
        self.model.before.get(point.before.chosen?)
    }

    /// The ledger at a volume.
    pub fn ledger(&self, point: &Point) -> Option<Ledger> {
        let before = self.chosen_before(point);
        Some(self.model.ledger(self.months, point.requests, self.chosen(point)?, before))
    }

    /// Total cost if the fleet it serves with ran at `speed` times its estimate.
    pub fn at_speed(&self, point: &Point, speed: f64) -> f64 {
        point.cost + gained(&self.model.variants, &self.own, &point.own, point.requests, speed)
    }

    /// The same for the fleet that serves until it is ready.
    pub fn at_speed_before(&self, point: &Point, speed: f64) -> f64 {
        point.cost + gained(&self.model.before, &self.before, &point.before, point.requests, speed)
    }

    /// The cost of every variant at a volume: exact where that is cheap or may matter, and the cheapest one.
    fn variant_costs(&self, prepared: &[Prepared], variants: &[Variant], requests: f64) -> VariantCosts {
        let mut of_each = Vec::with_capacity(prepared.len());
        let mut best: Option<(usize, f64)> = None;
        for (index, (prepared, variant)) in prepared.iter().zip(variants).enumerate() {
            let tokens = if requests >= prepared.proportional_from {
                prepared.slope * requests - prepared.credit
            } else {
                self.tokens(prepared, variant, requests)
            } + prepared.busy_slope * requests;
            let is_idle = requests <= prepared.idle_up_to;
            let fleet = if is_idle {
                prepared.idle
            } else {
                prepared.idle.max(prepared.least_fleet_slope * requests)
            };
            let mut cost =
                VariantCost { constant: prepared.constant, tokens, fleet, fleet_is_exact: is_idle };
            if best.is_none_or(|(_, least)| cost.total() < least) {
                if let Some(fleet) = variant.fleet.as_ref().filter(|_| !is_idle) {
                    cost.fleet = fleet_cost(fleet, &prepared.stretches, requests);
                    cost.fleet_is_exact = true;
                }
                if best.is_none_or(|(_, least)| cost.total() < least) {
                    best = Some((index, cost.total()));
                }
            }
            of_each.push(cost);
        }
        VariantCosts { of_each, chosen: best.map(|(index, _)| index) }
    }

    /// The token bill between two volumes at least and at most.
    pub(super) fn token_bounds(
        &self,
        prepared: &Prepared,
        variant: &Variant,
        (low, high): (f64, f64),
    ) -> (f64, f64) {
        let (mut least, mut most) = (0.0, 0.0);
        for month in prepared.span.clone() {
            let (growth, discount) = (self.months.growth[month], self.months.discount[month]);
            for flow in variant.flows.iter() {
                let (low, high) = flow.bounds(month, low * growth, high * growth);
                least += low * discount;
                most += high * discount;
            }
        }
        (least, most)
    }

    fn tokens(&self, prepared: &Prepared, variant: &Variant, requests: f64) -> f64 {
        let mut sum = 0.0;
        for month in prepared.span.clone() {
            let requests = requests * self.months.growth[month];
            for flow in variant.flows.iter() {
                sum += flow.cost(month, requests) * self.months.discount[month];
            }
        }
        sum
    }
}

/// What the fleet of the variant that serves gains in cost at `speed` times its estimate; nothing without one.
fn gained(
    variants: &[Variant],
    prepared: &[Prepared],
    costs: &VariantCosts,
    requests: f64,
    speed: f64,
) -> f64 {
    let chosen = costs.chosen.and_then(|index| {
        let fleet = variants.get(index)?.fleet.as_ref()?;
        Some((fleet, prepared.get(index)?, costs.of_each.get(index)?))
    });
    chosen.map_or(0.0, |(fleet, prepared, cost)| {
        let steps = fleet_cost(&fleet.at_speed(speed), &prepared.stretches, requests) - cost.fleet;
        // A fleet of another speed works for other hours.
        steps + prepared.busy_slope * requests * (1.0 / speed - 1.0)
    })
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
fn stretches(fleet: &Fleet, span: &RangeInclusive<usize>, months: &Months) -> Arc<[Stretch]> {
    let mut found: Vec<Stretch> = Vec::with_capacity(span.end().saturating_sub(*span.start()) + 1);
    for month in span.clone() {
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

fn all_prepared(variants: &[Variant], span: &RangeInclusive<usize>, months: &Months) -> Vec<Prepared> {
    let mut all: Vec<Prepared> = Vec::with_capacity(variants.len());
    for (index, variant) in variants.iter().enumerate() {
        let neighbour = index
            .checked_sub(1)
            .and_then(|index| Some(Neighbour { variant: variants.get(index)?, prepared: all.get(index)? }));
        all.push(prepared(variant, neighbour, span, months));
    }
    all
}

/// The variant before another one.
struct Neighbour<'a> {
    variant: &'a Variant,
    prepared: &'a Prepared,
}

/// Prepare a variant; what it shares with the one before it is not summed anew.
fn prepared(
    variant: &Variant,
    neighbour: Option<Neighbour>,
    span: &RangeInclusive<usize>,
    months: &Months,
) -> Prepared {
    let constant = match &neighbour {
        Some(it) if Arc::ptr_eq(&it.variant.fixed, &variant.fixed) => it.prepared.constant,
        _ => constant(&variant.fixed, span, months),
    };
    let (slope, proportional_from, credit) = match &neighbour {
        Some(it) if Arc::ptr_eq(&it.variant.flows, &variant.flows) => {
            (it.prepared.slope, it.prepared.proportional_from, it.prepared.credit)
        }
        _ => proportional(&variant.flows, span, months),
    };
    let without_fleet = Prepared {
        span: span.clone(),
        stretches: Arc::default(),
        constant,
        slope,
        busy_slope: variant.fleet.as_ref().map_or(0.0, |fleet| busy_slope(fleet, span, months)),
        proportional_from,
        credit,
        idle: 0.0,
        idle_up_to: f64::INFINITY,
        least_fleet_slope: 0.0,
    };
    let Some(fleet) = &variant.fleet else { return without_fleet };
    let alike = |other: &Fleet| {
        Arc::ptr_eq(&other.drift, &fleet.drift)
            && (other.billing, other.committed_months) == (fleet.billing, fleet.committed_months)
    };
    let stretches = match &neighbour {
        Some(it) if it.variant.fleet.as_ref().is_some_and(alike) => Arc::clone(&it.prepared.stretches),
        _ => stretches(fleet, span, months),
    };
    with_fleet(without_fleet, fleet, stretches)
}

/// Net present value of fixed costs in month 0 and in a span.
fn constant(fixed: &[Lines], span: &RangeInclusive<usize>, months: &Months) -> f64 {
    let in_span = |month: usize| month == 0 || span.contains(&month);
    let fixed = fixed.iter().zip(&months.discount).enumerate().filter(|(month, _)| in_span(*month));
    fixed.map(|(_, (lines, factor))| Lines::total(lines) * factor).sum()
}

/// Token bills for each request of month 1 while caches are warm, the requests from which on they are, and what is
/// taken off them then.
fn proportional(flows: &[TokenFlow], span: &RangeInclusive<usize>, months: &Months) -> (f64, f64, f64) {
    let (mut slope, mut credit) = (0.0, 0.0);
    let mut least_growth = f64::INFINITY;
    for month in span.clone() {
        least_growth = least_growth.min(months.growth[month]);
        let weight = months.growth[month] * months.discount[month];
        slope += flows.iter().map(|flow| flow.usd_per_request(month)).sum::<f64>() * weight;
        let included = flows.iter().map(|flow| flow.included_requests * flow.usd_per_request(month));
        credit += included.sum::<f64>() * months.discount[month];
    }
    let from = flows.iter().map(|flow| flow.proportional_from() / least_growth).fold(0.0, f64::max);
    (slope, from, credit)
}

/// What a fleet costs because it works, for each request of month 1, discounted.
fn busy_slope(fleet: &Fleet, span: &RangeInclusive<usize>, months: &Months) -> f64 {
    let usd = fleet.busy_usd_per_request();
    if usd == 0.0 {
        return 0.0;
    }
    span.clone().map(|month| months.growth[month] * months.discount[month]).sum::<f64>() * usd
}

fn with_fleet(prepared: Prepared, fleet: &Fleet, stretches: Arc<[Stretch]>) -> Prepared {
    let mut most_growth = 0.0_f64;
    let (mut idle, mut least_fleet_slope) = (0.0, 0.0);
    for it in stretches.iter() {
        most_growth = most_growth.max(it.growth);
        let usd_per_gpu_hour = fleet.usd_per_gpu_hour * it.drift;
        idle += fleet.cost_at(usd_per_gpu_hour, 0.0) * it.weight;
        least_fleet_slope += fleet.least_usd_per_request(usd_per_gpu_hour) * it.growth * it.weight;
    }
    let idle_up_to = fleet.idle_up_to() / most_growth;
    Prepared { stretches, idle, idle_up_to, least_fleet_slope, ..prepared }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::case::Case;
    use crate::domain::catalog::SeatBeyond;
    use crate::domain::cost::{Costed, Line, Setting};
    use crate::domain::scenario::presets::PRESETS;
    use crate::domain::strategy::{STRATEGIES, StrategyId};

    /// Check the curve of every strategy of the default case and of the presets.
    pub fn each_curve(check: impl Fn(&Curve, &str)) {
        let mut cases: Vec<Case> = PRESETS.iter().map(|preset| preset.scenario().case().unwrap()).collect();
        cases.push(Case::default());
        cases.extend([SeatBeyond::PerToken, SeatBeyond::Stopped].map(with_other_payments));
        for case in cases {
            let setting = Setting::new(&case);
            let reference = Costed::of(&setting, StrategyId::Prompt.strategy(), None);
            for strategy in &STRATEGIES {
                let costed = Costed::of(&setting, strategy, Some(&reference));
                if let Ok(model) = &costed.model {
                    check(&Curve::new(model, &setting.months), strategy.key);
                }
            }
        }
    }

    /// The default case, its API models also sold by units and by seats, which are the cheapest at some volumes.
    fn with_other_payments(beyond: SeatBeyond) -> Case {
        let mut case = Case::default();
        case.inputs.work.seats = Some(40.0);
        let mut tables = (*case.catalog).clone();
        for row in &mut tables.api_models {
            (row.provisioned_usd_per_unit_hour, row.provisioned_tokens_per_minute) = (Some(0.5), Some(1e6));
            row.provisioned_commitment_months = Some(5.0);
            (row.seat_usd_per_month, row.seat_requests_per_month) = (Some(3.0), Some(500.0));
            row.seat_beyond = Some(beyond);
        }
        case.catalog = Arc::new(tables);
        case
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
}
