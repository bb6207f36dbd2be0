//! Where two cost curves cross over volume: all crossings, exact on capacity steps (method §8).
//!
//! The curves are step functions of volume plus token bills. The search divides intervals of volume on a
//! logarithmic scale, drops those in which the bounds prove that no crossing can lie, and solves those in
//! which both curves are straight.
//!
//! # Theorem
//!
//! Between two volumes `cost = min over variants of (slope·v + rest)` with `rest` between two numbers (see the
//! bounds). Then `min(own) − min(other)` is at most that of the one variant of `own` that serves at the low end less
//! the least of `other`, and at least the least of `own` less the one variant of `other` that serves there: if the
//! lower bound is above zero or the upper one below, the difference keeps its sign and no crossing lies between them.

use std::rc::Rc;

use super::bounds::Piece;
use super::curve::{Curve, Point};
use crate::domain::strategy::StrategyId;
use crate::domain::workload::Months;

/// Lowest and highest volume looked at, requests a month.
pub const VOLUME_RANGE: (f64, f64) = (10.0, 1e9);
/// First division of the range: this many intervals of equal ratio.
const FIRST_INTERVALS: usize = 16;
/// Intervals narrower than this ratio are not divided further unless their ends differ in sign.
const FINEST_RATIO: f64 = 1.000_2;
/// A crossing is located to this share of its volume.
const LOCATED_TO: f64 = 1e-12;
/// Halvings that locate a crossing at most.
const LOCATING_STEPS: usize = 60;
/// Crossings after which the curves are said to alternate.
const MOST_CROSSINGS: usize = 6;
/// Intervals looked at before a search stops refining.
const MOST_INTERVALS: usize = 200;

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
    /// Whether the whole range was searched to the finest ratio; if not, pairs of near crossings may be missing.
    pub complete: bool,
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

impl Crossing {
    /// The volume as it is said: two digits, on the side on which the strategy is the cheaper one.
    pub fn said(&self) -> f64 {
        said(self.volume, if self.cheaper_above { libm::ceil } else { libm::floor })
    }
}

/// Digits of a volume that is said.
const SAID_DIGITS: i32 = 2;

/// A volume rounded up or down to the digits in which volumes are said, so that it reads the same everywhere.
pub fn said(volume: f64, round: fn(f64) -> f64) -> f64 {
    let exponent = libm::floor(libm::log10(volume.max(1.0))) as i32 + 1 - SAID_DIGITS;
    let step = libm::pow(10.0, f64::from(exponent.max(0)));
    round(volume / step) * step
}

/// Two curves to compare, wrong answers included if both are known.
struct Pair<'a> {
    own: &'a Curve<'a>,
    other: &'a Curve<'a>,
    /// Difference in the cost of wrong answers for each request of month 1.
    errors_slope: f64,
}

/// A volume with the cost of both.
struct Place {
    own: Point,
    other: Point,
    /// Cost of the strategy minus that of the other, US dollars.
    difference: f64,
}

impl Place {
    fn volume(&self) -> f64 {
        self.own.requests
    }
}

/// An interval still to be looked at.
#[derive(Clone)]
struct Interval {
    low: Rc<Place>,
    high: Rc<Place>,
}

impl Interval {
    /// Whether the strategy is cheaper at one end and not at the other.
    fn changes(&self) -> bool {
        (self.low.difference < 0.0) != (self.high.difference < 0.0)
    }
}

/// What bounds say of an interval.
enum Bounded {
    /// No crossing lies in it.
    Apart,
    /// Both curves are straight: at most one crossing, where the line between the ends says.
    Straight,
    /// Crossings may lie in it.
    Open,
}

impl Pair<'_> {
    fn place(&self, volume: f64) -> Rc<Place> {
        let (own, other) = (self.own.point(volume), self.other.point(volume));
        let difference = own.cost - other.cost + self.errors_slope * volume;
        Rc::new(Place { own, other, difference })
    }

    fn judge(&self, interval: &Interval) -> Bounded {
        let (low, high) = (interval.low.volume(), interval.high.volume());
        let own = self.own.pieces(&interval.low.own, &interval.high.own);
        let other = self.other.pieces(&interval.low.other, &interval.high.other);
        let (Some(serving), Some(its)) = (own.first(), other.first()) else { return Bounded::Apart };
        let straight = own.iter().chain(&other).all(Piece::is_straight);
        if straight && serves_throughout(&own, high) && serves_throughout(&other, high) {
            return Bounded::Straight;
        }
        // min(own) − min(other) ≥ min(own) − one of the others, and ≤ one of its own − min(other).
        let bounds = |a: &Piece, b: &Piece| {
            let slope = a.slope - b.slope + self.errors_slope;
            let (at_low, at_high) = (slope * low, slope * high);
            (at_low.min(at_high) + a.rest_low - b.rest_high, at_low.max(at_high) + a.rest_high - b.rest_low)
        };
        let least = own.iter().map(|piece| bounds(piece, its).0).fold(f64::INFINITY, f64::min);
        let most = other.iter().map(|piece| bounds(serving, piece).1).fold(f64::NEG_INFINITY, f64::max);
        if least > 0.0 || most < 0.0 { Bounded::Apart } else { Bounded::Open }
    }
}

/// Whether the piece that serves at the low end, the first one, is the cheapest at the high end too.
fn serves_throughout(pieces: &[Piece], high: f64) -> bool {
    let cost = |piece: &Piece| piece.slope * high + piece.rest_high;
    let first = pieces.first().map(cost);
    first.is_some_and(|first| pieces.iter().all(|piece| cost(piece) >= first))
}

/// All crossings of `own` with `other`; `today` is the present volume and `months` its growth.
///
/// `errors` adds the expected cost of wrong answers to both, for strategies whose quality is known.
pub fn break_even(
    own: &Curve,
    other: &Curve,
    against: StrategyId,
    errors: bool,
    today: f64,
    months: &Months,
) -> BreakEven {
    let slope = |curve: &Curve| if errors { curve.model.errors_slope(months).unwrap_or(0.0) } else { 0.0 };
    let errors_slope = slope(own) - slope(other);
    let pair = Pair { own, other, errors_slope };
    let intervals = first_intervals(&pair);
    let upwards = search(&pair, intervals.clone(), false, MOST_CROSSINGS + 1);
    let mut crossings = upwards.crossings.clone();
    let mut alternates = None;
    let mut complete = upwards.complete;
    // What ran out of steps may have passed over some, so that the last one is looked for from the other end.
    if crossings.len() > MOST_CROSSINGS || (!complete && !crossings.is_empty()) {
        let downwards = search(&pair, intervals.clone(), true, 1);
        complete = complete && downwards.complete;
        // A search that ran out of steps may only know the first one again.
        crossings.extend(
            downwards
                .crossings
                .into_iter()
                .filter(|last| upwards.crossings.last().is_none_or(|known| last.volume > known.volume)),
        );
    }
    // Too many to list, or too dense to tell them all apart: only the first and the last one are certain.
    if crossings.len() > MOST_CROSSINGS || (!complete && crossings.len() > 1) {
        let last = crossings.pop();
        crossings.truncate(1);
        crossings.extend(last);
        if let (Some(first), Some(last)) = (crossings.first(), crossings.last()) {
            alternates = Some((first.volume, last.volume));
        }
    }
    for crossing in &mut crossings {
        crossing.reached_in_month = month_reached(crossing.volume, today, months);
    }
    let cheaper_at_start = intervals.first().is_some_and(|first| first.low.difference < 0.0);
    BreakEven { against, crossings, alternates, cheaper_at_start, complete }
}

/// The range in intervals of equal ratio.
fn first_intervals(pair: &Pair) -> Vec<Interval> {
    let (low, high) = VOLUME_RANGE;
    let ratio = libm::pow(high / low, 1.0 / FIRST_INTERVALS as f64);
    let edge = |step: usize| if step == FIRST_INTERVALS { high } else { low * libm::pow(ratio, step as f64) };
    let places: Vec<Rc<Place>> = (0..=FIRST_INTERVALS).map(|step| pair.place(edge(step))).collect();
    places.windows(2).map(|ends| Interval { low: Rc::clone(&ends[0]), high: Rc::clone(&ends[1]) }).collect()
}

struct Found {
    crossings: Vec<Crossing>,
    complete: bool,
}

/// Look through the intervals in rising or falling order until `most` crossings are found.
fn search(pair: &Pair, intervals: Vec<Interval>, falling: bool, most: usize) -> Found {
    let mut found = Found { crossings: Vec::new(), complete: true };
    let mut stack = intervals;
    if !falling {
        stack.reverse();
    }
    let mut looked_at = 0;
    while let Some(interval) = stack.pop() {
        looked_at += 1;
        let refine =
            looked_at <= MOST_INTERVALS && interval.high.volume() / interval.low.volume() > FINEST_RATIO;
        if looked_at > MOST_INTERVALS {
            found.complete = false;
        }
        match if refine { pair.judge(&interval) } else { Bounded::Straight } {
            Bounded::Apart => {}
            Bounded::Straight if interval.changes() => {
                found.crossings.push(located(pair, &interval));
                if found.crossings.len() >= most {
                    break;
                }
            }
            Bounded::Straight => {}
            Bounded::Open => {
                let middle = pair.place(libm::sqrt(interval.low.volume() * interval.high.volume()));
                let lower = Interval { low: interval.low, high: Rc::clone(&middle) };
                let upper = Interval { low: middle, high: interval.high };
                stack.extend(if falling { [lower, upper] } else { [upper, lower] });
            }
        }
    }
    found
}

/// Narrow an interval whose ends differ in sign to the crossing.
fn located(pair: &Pair, interval: &Interval) -> Crossing {
    let (mut low, mut high) = (interval.low.volume(), interval.high.volume());
    let (mut at_low, mut at_high) = (interval.low.difference, interval.high.difference);
    let cheaper_at_low = at_low < 0.0;
    for step in 0..LOCATING_STEPS {
        if high - low <= LOCATED_TO * high {
            break;
        }
        // On a straight piece the secant hits at once; every other step halves, which steps need.
        let secant = low + (high - low) * (at_low / (at_low - at_high));
        let inside = secant > low && secant < high;
        let at = if step % 2 == 0 && inside { secant } else { low + (high - low) / 2.0 };
        let difference = pair.place(at).difference;
        if (difference < 0.0) == cheaper_at_low {
            (low, at_low) = (at, difference);
        } else {
            (high, at_high) = (at, difference);
        }
        if difference == 0.0 {
            (low, high) = (at, at);
        }
    }
    Crossing { volume: high, cheaper_above: interval.high.difference < 0.0, reached_in_month: None }
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
    use std::sync::Arc;

    use crate::domain::cost::{CallPrice, CostModel, Fleet, Lines, Origin, TokenFlow, Variant};
    use crate::domain::input::Inputs;
    use crate::domain::workload::Caching;

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
            occasional: Vec::new(),
            variants: Arc::new([variant]),
            before: Arc::default(),
            own_from: 1,
            retrieval_per_request: 0.0,
            retrieval_before: 0.0,
            errors_per_request: None,
            errors_before: None,
        }
    }

    fn per_token(usd_per_call: f64) -> Variant {
        let flow = TokenFlow::new(1.0, vec![CallPrice::flat(usd_per_call); 2], Caching::NONE);
        Variant::per_token(Arc::new([flow]), Origin::Calls)
    }

    /// Replicas of a million requests each, at $1,000 a month.
    fn fleet() -> Variant {
        let fleet = Fleet {
            calls_per_second: 1e6 / 730.5 / 3_600.0,
            usd_per_gpu_hour: 1_000.0 / 730.5,
            ..Fleet::promised(Arc::new([1.0; 2]))
        };
        Variant { fleet: Some(fleet), flows: Arc::default(), ..per_token(0.0) }
    }

    fn crossings(own: &CostModel, other: &CostModel) -> BreakEven {
        let months = months();
        break_even(
            &Curve::new(own, &months),
            &Curve::new(other, &months),
            StrategyId::Prompt,
            false,
            10.0,
            &months,
        )
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
    fn a_volume_is_said_in_two_digits_and_never_on_the_wrong_side() {
        let up = |volume: f64| said(volume, libm::ceil);
        assert_eq!((up(314_335.6), up(310_000.0), up(3_778.3)), (320_000.0, 310_000.0, 3_800.0));
        assert_eq!((up(999_900.0), up(2_000_000.000_1), up(12.5)), (1e6, 2.1e6, 13.0));
        assert_eq!(said(314_335.6, libm::floor), 310_000.0);
        let below = Crossing { volume: 319_000.0, cheaper_above: false, reached_in_month: None };
        assert_eq!(below.said(), 310_000.0);
        for volume in [314_335.6, 3_778.3, 1.234e6, 2.5e8] {
            let read = crate::domain::units::words::count_words(up(volume)).replace(',', "");
            let mut parts = read.split(crate::domain::units::words::GAP);
            let number: f64 = parts.next().unwrap().parse().unwrap();
            let factor = if parts.next().is_some() { 1e6 } else { 1.0 };
            assert!((number * factor - up(volume)).abs() < 1e-3, "{read}");
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
