//! The nearest values of one input at which the verdict changes (method §8).

use super::assess::{Depth, evaluate_to};
use super::evaluation::{Advice, Evaluation};
use super::input::{Input, Inputs, Kind, Scale, Value};
use super::strategy::StrategyId;

/// Values tried on each side before the change is located.
const PROBES: usize = 14;
/// Halvings that locate a change.
const LOCATING_STEPS: usize = 18;

/// The verdict on the other side of a flip value.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The nearest value of the input at which the verdict differs.
    pub value: f64,
    /// The verdict there, in a few words.
    pub verdict: String,
}

/// The nearest flip on both sides; both absent: no value in range changes the answer.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Flips {
    /// Below today's value.
    pub below: Option<Flip>,
    /// Above today's value.
    pub above: Option<Flip>,
}

/// What makes two verdicts the same: the strategy in use and the pilots proposed first.
fn verdict(advice: &Advice) -> (Option<StrategyId>, Option<StrategyId>) {
    (advice.use_now, advice.pilots.first().map(|pilot| pilot.strategy))
}

/// The nearest flips of a number on both sides of its present value, within its range.
///
/// Values are probed outwards, closer together near the present one, and the first change is narrowed down.
/// A change back within one probe step can be missed.
pub fn of_number(inputs: &Inputs, record: &Input) -> Flips {
    let (Kind::Number { min, max, scale, whole, .. }, Value::Number(now)) =
        (record.kind, (record.get)(inputs))
    else {
        return Flips::default();
    };
    let at = |value: f64| -> Evaluation {
        let mut changed = inputs.clone();
        (record.set)(&mut changed, &Value::Number(if whole { libm::round(value) } else { value }));
        evaluate_to(&changed, Depth::Decision)
    };
    let today = verdict(&at(now).advice);
    let side = |end: f64| nearest(&|value| at(value).advice, today, now, end, scale, whole);
    Flips { below: side(min), above: side(max) }
}

fn nearest(
    advice_at: &impl Fn(f64) -> Advice,
    today: (Option<StrategyId>, Option<StrategyId>),
    now: f64,
    end: f64,
    scale: Scale,
    whole: bool,
) -> Option<Flip> {
    if now == end {
        return None;
    }
    let logarithmic = scale == Scale::Log && now > 0.0 && end > 0.0;
    let between = |from: f64, to: f64, share: f64| {
        if logarithmic { from * libm::pow(to / from, share) } else { from + (to - from) * share }
    };
    let mut same = now;
    for probe in 1..=PROBES {
        let share = probe as f64 / PROBES as f64;
        let value = if probe == PROBES { end } else { between(now, end, share * share) };
        if verdict(&advice_at(value)) == today {
            same = value;
            continue;
        }
        let mut other = value;
        for _ in 0..LOCATING_STEPS {
            let middle = between(same, other, 0.5);
            if verdict(&advice_at(middle)) == today {
                same = middle;
            } else {
                other = middle;
            }
        }
        let value = if whole { libm::round(other) } else { other };
        return Some(Flip { value, verdict: advice_at(other).short });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::input;

    #[test]
    fn a_flip_value_changes_the_verdict_and_one_just_short_of_it_does_not() {
        let inputs = Inputs::default();
        for id in ["requests_per_month", "output_tokens", "labels", "horizon", "required_quality"] {
            let record = input(id).unwrap();
            let Value::Number(now) = (record.get)(&inputs) else { unreachable!() };
            let flips = of_number(&inputs, record);
            for flip in [flips.below, flips.above].into_iter().flatten() {
                let verdict_at = |value: f64| {
                    let mut changed = inputs.clone();
                    (record.set)(&mut changed, &Value::Number(value));
                    verdict(&evaluate_to(&changed, Depth::Decision).advice)
                };
                assert_ne!(verdict_at(flip.value), verdict_at(now), "{id} at {}", flip.value);
                let whole = matches!(record.kind, Kind::Number { whole: true, .. });
                let step = if whole { 1.0_f64.copysign(flip.value - now) } else { (flip.value - now) * 1e-3 };
                assert_eq!(verdict_at(flip.value - step), verdict_at(now), "{id} short of {}", flip.value);
            }
        }
    }
}
