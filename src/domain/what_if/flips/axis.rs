//! An input as a line to move along.

use crate::domain::case::Case;
use crate::domain::evidence::{Evidence, FIRST_EVALUATION};
use crate::domain::input::{Input, Kind, Value};
use crate::domain::units::words::to_digits;
use crate::domain::units::{Unit, YearMonth};
use crate::domain::what_if::in_force::{InForce, in_force};

/// Digits of a flip value: more would be more than the inputs are known to.
const DIGITS: usize = 2;
/// Months that the start may come earlier or later.
const MONTHS: i32 = 24;
/// Logarithm of a factor from which on positions are spread by factors and not evenly.
const WIDE: f64 = 3.0;
/// A range that starts at zero and ends beyond this is spread by factors, too.
const WIDE_MAX: f64 = 1_000.0;
/// The least part of such a range that matters.
const LEAST_SHARE: f64 = 1e-8;
/// Distance of a change that has no factor.
pub(super) const NO_FACTOR: f64 = std::f64::consts::LN_2;

/// The values of an input in order, as positions on a line.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    /// The present position; `None` where nothing is said.
    pub now: Option<f64>,
    /// What holds where nothing is said, if anything does.
    pub in_force: Option<InForce>,
    pub min: f64,
    pub max: f64,
    holds: Holds,
}

/// What a position stands for.
#[derive(Clone, Copy, Debug)]
enum Holds {
    Number {
        whole: bool,
        percent: bool,
    },
    /// Right answers of so many.
    Correct(u32),
    /// Months after this one.
    Month(YearMonth),
}

impl Axis {
    /// The line of an input; `None` if it has options instead.
    pub fn of(case: &Case, record: &Input) -> Option<Axis> {
        let value = (record.get)(&case.inputs);
        match (record.kind, value) {
            (Kind::Number { min, max, whole, unit, .. }, value) => {
                let now = match value {
                    Value::Number(now) => Some(now),
                    _ => None,
                };
                let percent = matches!(unit, Unit::Share(_));
                let in_force = if now.is_none() { in_force(record.id, case) } else { None };
                Some(Axis { now, in_force, min, max, holds: Holds::Number { whole, percent } })
            }
            (Kind::Evidence, Value::Evidence(evidence)) => {
                let (now, total) = match evidence {
                    Evidence::Counted { correct, total } => (Some(f64::from(correct)), total),
                    _ => (None, FIRST_EVALUATION),
                };
                let max = f64::from(total);
                Some(Axis { now, in_force: None, min: 0.0, max, holds: Holds::Correct(total) })
            }
            (Kind::Month, Value::Month(month)) => {
                let first = f64::from((YEARS.0 - month.year) * 12 + 1 - i32::from(month.month));
                let last = f64::from((YEARS.1 - month.year) * 12 + 12 - i32::from(month.month));
                let (min, max) = (first.max(f64::from(-MONTHS)), last.min(f64::from(MONTHS)));
                Some(Axis { now: Some(0.0), in_force: None, min, max, holds: Holds::Month(month) })
            }
            _ => None,
        }
    }

    /// The value at a position.
    pub fn value(&self, at: f64) -> Value {
        match self.holds {
            Holds::Number { .. } => Value::Number(at),
            Holds::Correct(total) => Value::Evidence(Evidence::Counted { correct: at as u32, total }),
            Holds::Month(month) => Value::Month(month.plus_months(at as i32)),
        }
    }

    /// A share of the way from one position to another, at a value that people would write.
    pub fn between(&self, from: f64, to: f64, share: f64) -> f64 {
        // Zero lies no finite factor away: the least that matters stands for it.
        let above_zero = |at: f64| if at == 0.0 && self.max > WIDE_MAX { self.max * LEAST_SHARE } else { at };
        let (from, to) = (above_zero(from), above_zero(to));
        let is_wide = from > 0.0 && to > 0.0 && libm::fabs(libm::log(to / from)) > WIDE;
        let at = if is_wide { from * libm::pow(to / from, share) } else { from + (to - from) * share };
        self.written(at).max(self.min).min(self.max)
    }

    fn written(&self, at: f64) -> f64 {
        match self.holds {
            Holds::Number { whole: false, percent: true } => to_digits(at * 100.0, DIGITS) / 100.0,
            Holds::Number { whole: false, .. } => to_digits(at, DIGITS),
            Holds::Number { .. } => libm::round(to_digits(at, DIGITS)),
            _ => libm::round(at),
        }
    }

    /// How far a position lies from the present one, or from what holds where nothing is said.
    pub fn distance(&self, at: f64) -> f64 {
        match (self.holds, self.now.or(self.in_force.map(|found| found.value))) {
            (Holds::Number { .. }, Some(now)) if now > 0.0 && at > 0.0 => libm::fabs(libm::log(at / now)),
            (_, Some(now)) if self.max > self.min => {
                NO_FACTOR * (1.0 + libm::fabs(at - now) / (self.max - self.min))
            }
            _ => NO_FACTOR,
        }
    }
}

/// First and last year that a month may have.
const YEARS: (i32, i32) = (2026, 2040);
