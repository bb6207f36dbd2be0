//! Events that reopen a decision, as changes of an input that can be tried.

use crate::domain::input::{Evidence, Value};
use crate::domain::quantity::YearMonth;
use crate::domain::strategy::StrategyId;

/// An event that reopens the decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trigger {
    /// A number reaches a value from below.
    Reaches {
        /// Id of the input.
        input: &'static str,
        /// The value.
        to: f64,
    },
    /// A number passes a value from below.
    Rises {
        /// Id of the input.
        input: &'static str,
        /// The value.
        to: f64,
    },
    /// A number falls to a value.
    Falls {
        /// Id of the input.
        input: &'static str,
        /// The value.
        to: f64,
    },
    /// What is in use fails the bar: no more than so many right.
    Fails {
        /// What is in use.
        strategy: StrategyId,
        /// Most right answers at which it clearly fails.
        correct: u32,
        /// Of so many examples.
        total: u32,
    },
    /// A month of the calendar comes.
    Date(YearMonth),
}

impl Trigger {
    /// The event as a change of one input, to try what it does to the answer: id and value.
    ///
    /// Numbers that are passed are rounded away from the present, so that they read well and the event has happened.
    pub fn trial(self) -> (&'static str, Value) {
        match self {
            Trigger::Reaches { input, to } => (input, Value::Number(to)),
            Trigger::Rises { input, to } => (input, Value::Number(rounded(to * PAST, libm::ceil))),
            Trigger::Falls { input, to } => (input, Value::Number(rounded(to, libm::floor))),
            Trigger::Fails { strategy, correct, total } => {
                let evidence = Evidence::Counted { correct, total };
                (strategy.strategy().evidence_input(), Value::Evidence(evidence))
            }
            // Once the month is over.
            Trigger::Date(month) => ("start", Value::Month(month.plus_months(1))),
        }
    }
}

/// A value that is passed is passed by this factor.
const PAST: f64 = 1.0 + 1e-6;
/// Sizes that are rounded; no input is larger.
const ROUNDABLE: std::ops::Range<f64> = 1e-12..1e15;
/// Digits of a value to try.
const TRIAL_DIGITS: i32 = 3;

/// A number to a few digits, up or down.
fn rounded(number: f64, round: fn(f64) -> f64) -> f64 {
    if !ROUNDABLE.contains(&number) {
        return number.min(f64::MAX);
    }
    let exponent = TRIAL_DIGITS - 1 - libm::floor(libm::log10(number)) as i32;
    // A power with a positive exponent is exact, so the result is the float nearest to the digits.
    let power = libm::pow(10.0, f64::from(exponent.abs()));
    match exponent {
        // A share: in percent first, as a field reads what is typed.
        _ if number < 1.0 => round(number * power) / (power / 100.0) / 100.0,
        exponent if exponent >= 0 => round(number * power) / power,
        _ => round(number / power) * power,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_has_three_digits_and_lies_beyond_the_event() {
        let tried = |trigger: Trigger| match trigger.trial().1 {
            Value::Number(number) => number,
            other => unreachable!("{other:?}"),
        };
        let rises = |to: f64| tried(Trigger::Rises { input: "requests_per_month", to });
        let falls = |to: f64| tried(Trigger::Falls { input: "knowledge_tokens", to });
        assert_eq!(
            (rises(1_234_567.0), rises(180_000.0), rises(0.5)),
            (1_240_000.0, 181_000.0, 50.1 / 100.0)
        );
        assert_eq!((falls(195_432.0), falls(200_000.0), falls(0.0)), (195_000.0, 200_000.0, 0.0));
        assert!(rises(f64::MAX).is_finite() && rises(f64::MIN_POSITIVE) > 0.0);
    }
}
