//! How a slider spreads a number's range over its steps.

use crate::domain::input::{Input, Kind, Scale, Value};

/// Steps of a slider with equal steps, about.
const LINEAR_STEPS: f64 = 100.0;
/// Steps for each factor of ten: every one of them changes the second digit.
const STEPS_PER_DECADE: f64 = 20.0;
/// A range that starts at zero and is wider than this has no sensible equal steps.
const WIDEST_LINEAR: f64 = 10_000.0;
/// Factors of ten below the top that such a range shows above zero.
const DECADES_ABOVE_ZERO: f64 = 8.0;

/// The steps of a slider, and the value at each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SliderScale {
    shape: Shape,
    /// The value at the first step above zero.
    low: f64,
    high: f64,
    steps: u32,
    whole: bool,
    /// The least value that may be chosen.
    least: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// Equal steps of this size.
    Linear(f64),
    /// Equal factors.
    Factors,
    /// Zero at the first step, equal factors from the second on.
    ZeroThenFactors,
}

impl SliderScale {
    /// The scale of an input; `None` where a slider would not help.
    pub fn of(record: &Input) -> Option<SliderScale> {
        let Kind::Number { min, max, scale, optional, whole, .. } = record.kind else { return None };
        if optional {
            return None;
        }
        if scale == Scale::Log && min > 0.0 {
            return Some(SliderScale::factors(min, max, whole));
        }
        let default = match record.default_value() {
            Value::Number(number) => number,
            _ => 0.0,
        };
        match record.plausible_range() {
            Some((low, high)) if high - low < 0.25 * (max - min) => {
                let (low, high) = (low.min(default), high.max(default));
                let margin = high - low;
                Some(SliderScale::linear((low - margin).max(min), (high + margin).min(max), whole))
            }
            None if max - min > WIDEST_LINEAR && min == 0.0 => {
                Some(SliderScale::zero_then_factors(max, whole))
            }
            _ => Some(SliderScale::linear(min, max, whole)),
        }
    }

    /// The scale of an input over a part of its range; from zero on, factors begin at `low`.
    pub fn within(record: &Input, low: f64, high: f64) -> Option<SliderScale> {
        let Kind::Number { min, whole, .. } = record.kind else { return None };
        if min > 0.0 || low < 1.0 {
            return Some(SliderScale::linear(low, high, whole));
        }
        let steps = (libm::log10(high / low) * STEPS_PER_DECADE).ceil() as u32 + 1;
        Some(SliderScale { shape: Shape::ZeroThenFactors, low, high, steps, whole, least: 0.0 })
    }

    fn factors(low: f64, high: f64, whole: bool) -> SliderScale {
        let steps = (libm::log10(high / low) * STEPS_PER_DECADE).ceil();
        SliderScale { shape: Shape::Factors, low, high, steps: steps as u32, whole, least: low }
    }

    fn zero_then_factors(high: f64, whole: bool) -> SliderScale {
        let low = high / libm::pow(10.0, DECADES_ABOVE_ZERO);
        let steps = (DECADES_ABOVE_ZERO * STEPS_PER_DECADE) as u32 + 1;
        SliderScale { shape: Shape::ZeroThenFactors, low, high, steps, whole, least: 0.0 }
    }

    fn linear(least: f64, high: f64, whole: bool) -> SliderScale {
        let step = nice_step((high - least) / LINEAR_STEPS);
        let step = if whole { step.max(1.0) } else { step };
        let low = libm::floor(least / step + 1e-9) * step;
        let steps = libm::ceil((high - low) / step - 1e-9);
        SliderScale { shape: Shape::Linear(step), low, high, steps: steps as u32, whole, least }
    }

    /// The last step; the first is 0.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The value at a step.
    pub fn value(&self, position: u32) -> f64 {
        let position = position.min(self.steps);
        let value = match self.shape {
            Shape::Linear(step) => rounded(self.low + f64::from(position) * step, 12),
            Shape::ZeroThenFactors if position == 0 => return 0.0,
            Shape::ZeroThenFactors => self.power(f64::from(position - 1) / f64::from(self.steps - 1)),
            Shape::Factors => self.power(f64::from(position) / f64::from(self.steps)),
        };
        let value = if self.whole { libm::round(value) } else { value };
        value.max(self.least).min(self.high)
    }

    fn power(&self, share: f64) -> f64 {
        rounded(self.low * libm::pow(self.high / self.low, share), 2)
    }

    /// The nearest step to a value.
    pub fn position(&self, value: f64) -> u32 {
        if value <= self.least {
            return 0;
        }
        // The last step may be shorter than the others.
        if value >= self.high {
            return self.steps;
        }
        libm::round(self.share(value) * f64::from(self.steps)) as u32
    }

    /// Where a value stands, from 0 at the left end to 1 at the right.
    pub fn share(&self, value: f64) -> f64 {
        let steps = f64::from(self.steps.max(1));
        let log_share = |value: f64| libm::log(value / self.low) / libm::log(self.high / self.low);
        let share = match self.shape {
            Shape::Linear(step) => (value - self.low) / (step * steps),
            Shape::Factors => log_share(value.max(self.low)),
            Shape::ZeroThenFactors if value < self.low => 0.0,
            Shape::ZeroThenFactors => (1.0 + log_share(value) * (steps - 1.0)) / steps,
        };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// The number with so many significant digits.
fn rounded(value: f64, digits: usize) -> f64 {
    crate::domain::units::words::to_digits(value, digits)
}

/// The nearest of 1, 2, 5, 10, … times a power of ten.
fn nice_step(step: f64) -> f64 {
    if step <= 0.0 {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(step)));
    let digit = step / power;
    let nice = if digit < 1.5 {
        1.0
    } else if digit < 3.5 {
        2.0
    } else if digit < 7.5 {
        5.0
    } else {
        10.0
    };
    nice * power
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::registry;

    #[test]
    fn every_step_leads_to_another_value_within_the_range_and_back_to_itself() {
        for record in registry() {
            let Some(scale) = SliderScale::of(record) else { continue };
            let Kind::Number { min, max, .. } = record.kind else { continue };
            let mut last = f64::NEG_INFINITY;
            for position in 0..=scale.steps() {
                let value = scale.value(position);
                assert!(value >= min && value <= max, "{} {value}", record.id);
                assert!(value > last, "{}: step {position} stays at {value}", record.id);
                assert_eq!(scale.position(value), position, "{} {value}", record.id);
                last = value;
            }
        }
    }

    #[test]
    fn every_default_stands_on_its_slider() {
        for record in registry() {
            let (Some(scale), Value::Number(number)) = (SliderScale::of(record), record.default_value())
            else {
                continue;
            };
            assert!(number >= scale.value(0) && number <= scale.value(scale.steps()), "{}", record.id);
        }
    }
}
