//! Where two cost curves cross over volume: all crossings, exact on capacity steps (method §8).
//!
//! The curves are step functions of volume plus token bills. The search halves intervals of volume on a
//! logarithmic scale and drops those in which bounds prove that no crossing can lie.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::cost::{CostModel, Volume};
use super::demand::Months;
use super::strategy::StrategyId;

/// Lowest and highest volume looked at, requests a month.
pub const VOLUME_RANGE: (f64, f64) = (10.0, 1e9);
/// First division of the range: this many intervals of equal ratio.
const FIRST_INTERVALS: usize = 16;
/// Intervals narrower than this ratio are not divided further unless their ends differ in sign.
const FINEST_RATIO: f64 = 1.000_1;
/// Halvings after which a crossing is located to the rounding of a request.
const LOCATING_STEPS: usize = 60;
/// Crossings after which the curves are said to alternate.
const MOST_CROSSINGS: usize = 6;
/// Intervals looked at before a search gives up refining; what is found by then is reported.
const MOST_INTERVALS: usize = 1_500;

/// All crossings of a strategy's total cost with another's over monthly volume.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// What it is compared with.
    pub against: StrategyId,
    /// Crossings in rising order of volume, in requests a month; empty: none in 10…10⁹.
    pub crossings: Vec<Crossing>,
    /// If the curves alternate: the first and the last crossing, between which neither stays cheaper.
    pub alternates: Option<(f64, f64)>,
    /// Whether the strategy is cheaper at the low end of the range.
    pub cheaper_at_start: bool,
}

/// One crossing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Requests a month from which on the other one is cheaper.
    pub volume: f64,
    /// Whether the strategy is the cheaper one above it.
    pub cheaper_above: bool,
    /// First month in which growth reaches it; `None`: not within the horizon, or already passed.
    pub reached_in_month: Option<usize>,
}

/// The cost of a strategy over volume, with what is needed to bound it. Bounds are kept: many pairs share them.
pub struct Curve<'a> {
    model: &'a CostModel,
    months: &'a Months,
    /// Whether wrong answers are part of the comparison.
    with_errors: bool,
    bounds: RefCell<BTreeMap<(u64, u64), (f64, f64)>>,
}

impl<'a> Curve<'a> {
    /// A curve; `with_errors` adds the expected cost of wrong answers.
    pub fn new(model: &'a CostModel, months: &'a Months, with_errors: bool) -> Curve<'a> {
        Curve { model, months, with_errors, bounds: RefCell::new(BTreeMap::new()) }
    }

    /// Total cost at a volume, US dollars.
    pub fn at(&self, requests: f64) -> f64 {
        self.model.present_value(self.months, Volume::exactly(requests)) + self.errors(requests)
    }

    fn errors(&self, requests: f64) -> f64 {
        if self.with_errors {
            requests * self.model.errors_per_request.unwrap_or(0.0) * self.months.discounted_volume()
        } else {
            0.0
        }
    }

    /// Lowest and highest cost within an interval of volumes.
    fn between(&self, low: f64, high: f64) -> (f64, f64) {
        let key = (low.to_bits(), high.to_bits());
        if let Some(known) = self.bounds.borrow().get(&key) {
            return *known;
        }
        let (least, most) = self.model.bounds(self.months, low, high);
        let bounds = (least + self.errors(low), most + self.errors(high));
        self.bounds.borrow_mut().insert(key, bounds);
        bounds
    }
}

/// An interval still to be looked at, and the sign of the difference at its ends.
struct Interval {
    low: f64,
    high: f64,
    cheaper_at_low: bool,
    cheaper_at_high: bool,
}

/// All crossings of `own` with `other`; `today` is the present volume and `growth` that of each month.
pub fn break_even(own: &Curve, other: &Curve, against: StrategyId, today: f64, months: &Months) -> BreakEven {
    let cheaper = |volume: f64| own.at(volume) < other.at(volume);
    let mut crossings: Vec<Crossing> = Vec::new();
    let mut looked_at = 0;
    let edges = edges();
    let signs: Vec<bool> = edges.iter().map(|volume| cheaper(*volume)).collect();
    let mut stack: Vec<Interval> = edges
        .windows(2)
        .zip(signs.windows(2))
        .rev()
        .map(|(ends, signs)| Interval {
            low: ends[0],
            high: ends[1],
            cheaper_at_low: signs[0],
            cheaper_at_high: signs[1],
        })
        .collect();
    while let Some(interval) = stack.pop() {
        looked_at += 1;
        let same_sign = interval.cheaper_at_low == interval.cheaper_at_high;
        if same_sign && (looked_at > MOST_INTERVALS || !may_cross(own, other, &interval)) {
            continue;
        }
        if interval.high / interval.low <= FINEST_RATIO || looked_at > MOST_INTERVALS {
            if !same_sign {
                crossings.push(locate(&cheaper, &interval));
            }
            continue;
        }
        let middle = libm::sqrt(interval.low * interval.high);
        let cheaper_at_middle = cheaper(middle);
        stack.push(Interval { low: middle, cheaper_at_low: cheaper_at_middle, ..interval });
        stack.push(Interval { high: middle, cheaper_at_high: cheaper_at_middle, ..interval });
    }
    for crossing in &mut crossings {
        crossing.reached_in_month = month_reached(crossing.volume, today, months);
    }
    let alternates = match (crossings.first(), crossings.last()) {
        (Some(first), Some(last)) if crossings.len() > MOST_CROSSINGS => Some((first.volume, last.volume)),
        _ => None,
    };
    if alternates.is_some() {
        let last = crossings.pop();
        crossings.truncate(1);
        crossings.extend(last);
    }
    let cheaper_at_start = signs.first().copied().unwrap_or(false);
    BreakEven { against, crossings, alternates, cheaper_at_start }
}

/// The ends of the first intervals.
fn edges() -> Vec<f64> {
    let (low, high) = VOLUME_RANGE;
    let ratio = libm::pow(high / low, 1.0 / FIRST_INTERVALS as f64);
    let mut edges: Vec<f64> = (0..FIRST_INTERVALS).map(|step| low * libm::pow(ratio, step as f64)).collect();
    edges.push(high);
    edges
}

/// Whether the bounds leave room for a crossing.
fn may_cross(own: &Curve, other: &Curve, interval: &Interval) -> bool {
    let (own_least, own_most) = own.between(interval.low, interval.high);
    let (other_least, other_most) = other.between(interval.low, interval.high);
    own_least <= other_most && other_least <= own_most
}

/// Narrow an interval whose ends differ in sign to the crossing.
fn locate(cheaper: &impl Fn(f64) -> bool, interval: &Interval) -> Crossing {
    let (mut low, mut high) = (interval.low, interval.high);
    for _ in 0..LOCATING_STEPS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if cheaper(middle) == interval.cheaper_at_low {
            low = middle;
        } else {
            high = middle;
        }
    }
    Crossing { volume: high, cheaper_above: interval.cheaper_at_high, reached_in_month: None }
}

/// First month in which growth takes today's volume to `volume`; `None` if it is passed already or not reached.
pub fn month_reached(volume: f64, today: f64, months: &Months) -> Option<usize> {
    if today >= volume {
        return None;
    }
    months.running().find(|month| today * months.growth[*month] >= volume)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cost::{CallPrice, Fleet, Lines, Operation, TokenFlow, Variant};
    use crate::domain::demand::levels;
    use crate::domain::input::{GpuBilling, Inputs, TrafficShape};

    fn months() -> Months {
        let mut inputs = Inputs::default();
        inputs.work.growth_per_month = 0.0;
        inputs.economics.horizon = 1.0;
        inputs.economics.discount_rate = 0.0;
        Months::of(&inputs)
    }

    fn model(one_off: f64, variant: Variant) -> CostModel {
        let mut first = Lines::default();
        first.add(crate::domain::cost::Line::PeopleBuild, one_off);
        CostModel {
            fixed: vec![first],
            operation: Operation { variants: vec![variant] },
            before: None,
            own_from: 1,
            retrieval_per_request: 0.0,
            errors_per_request: None,
        }
    }

    fn per_token(usd_per_call: f64) -> Variant {
        let flow = TokenFlow { calls_per_request: 1.0, price: vec![CallPrice::flat(usd_per_call); 2], most_hits: 0.0 };
        Variant { label: String::new(), flows: vec![flow], fleet: None, fixed: Vec::new(), hardware: None }
    }

    /// Replicas of a million requests each, at $1,000 a month.
    fn fleet() -> Variant {
        let fleet = Fleet {
            calls_per_request: 1.0,
            calls_per_second: 1e6 / 730.5 / 3_600.0,
            interactive_share: 1.0,
            levels: levels(TrafficShape::Flat),
            burst: 1.0,
            planned_load: 1.0,
            min_replicas: 1.0,
            gpus_per_replica: 1.0,
            gpu_multiple: 1.0,
            billing: GpuBilling::Reserved,
            usd_per_gpu_hour: vec![1_000.0 / 730.5; 2],
            usd_per_further_node: 0.0,
        };
        Variant { fleet: Some(fleet), flows: Vec::new(), ..per_token(0.0) }
    }

    fn crossings(own: &CostModel, other: &CostModel) -> BreakEven {
        let months = months();
        break_even(&Curve::new(own, &months, false), &Curve::new(other, &months, false), StrategyId::Prompt, 10.0, &months)
    }

    #[test]
    fn every_crossing_of_a_staircase_with_a_line_is_found() {
        // The staircase costs 1,000·⌈v/1M⌉ + 400, the line $0.0015 a request: 1,400 at 933,333 on the first
        // step, 2,400 at 1.6 M on the second, 3,400 at 2,266,667 on the third. At 1 M and 2 M the next step
        // lifts the stair above the line again; at 3 M it rises to 4,400 < 4,500 and stays below.
        let result = crossings(&model(400.0, fleet()), &model(0.0, per_token(0.0015)));
        assert!(!result.cheaper_at_start && result.alternates.is_none());
        let volumes: Vec<f64> = result.crossings.iter().map(|crossing| crossing.volume).collect();
        let expected = [1_400.0 / 0.0015, 1e6, 1.6e6, 2e6, 3_400.0 / 0.0015];
        assert_eq!(volumes.len(), expected.len(), "{volumes:?}");
        for (volume, expected) in volumes.iter().zip(expected) {
            assert!((volume - expected).abs() < 0.01, "{volumes:?}");
        }
        let above: Vec<bool> = result.crossings.iter().map(|crossing| crossing.cheaper_above).collect();
        assert_eq!(above, [true, false, true, false, true]);
    }

    #[test]
    fn both_orientations_give_the_same_crossings() {
        let stair = model(400.0, fleet());
        let line = model(0.0, per_token(0.0012));
        let one = crossings(&stair, &line);
        let other = crossings(&line, &stair);
        assert!(other.cheaper_at_start);
        for (a, b) in one.crossings.iter().zip(&other.crossings) {
            assert!((a.volume - b.volume).abs() <= 1e-6 * a.volume);
            assert_ne!(a.cheaper_above, b.cheaper_above);
        }
    }

    #[test]
    fn curves_that_never_meet_say_so() {
        let result = crossings(&model(1e6, per_token(0.01)), &model(0.0, per_token(0.001)));
        assert!(result.crossings.is_empty() && result.alternates.is_none());
    }

    #[test]
    fn many_crossings_are_reported_as_alternating_between_the_first_and_the_last() {
        // The line runs through the middle of the stairs: it is above and below each step in turn.
        let result = crossings(&model(0.0, fleet()), &model(500.0, per_token(0.001)));
        let (first, last) = result.alternates.unwrap();
        assert!(first < last);
        assert_eq!(result.crossings.len(), 2);
    }

    #[test]
    fn a_crossing_says_when_growth_reaches_it() {
        let mut inputs = Inputs::default();
        inputs.work.growth_per_month = 0.1;
        let months = Months::of(&inputs);
        assert_eq!(month_reached(120_999.0, 100_000.0, &months), Some(3));
        assert_eq!(month_reached(1e9, 100_000.0, &months), None);
        assert_eq!(month_reached(50_000.0, 100_000.0, &months), None);
    }
}
