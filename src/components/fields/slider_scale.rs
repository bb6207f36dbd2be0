//! How a slider spreads a number's range over its steps: every step is a number that people would write.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::domain::input::{Input, Kind, Scale, Value, registry};
use crate::domain::units::words::to_digits;

/// Steps of a slider with equal steps, about.
const LINEAR_STEPS: f64 = 100.0;
/// The steps of a factor of ten, in tenths: round numbers, each a few percent above the one before.
const IN_A_DECADE: [u32; 30] = [
    10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75,
    80, 85, 90, 95,
];
/// How far beyond the usual values a slider with equal factors goes.
const BEYOND_USUAL: f64 = 30.0;
/// The same beyond a default without usual values.
const BEYOND_DEFAULT: f64 = 1_000.0;
/// A range that starts at zero and is wider than this has no sensible equal steps.
const WIDEST_LINEAR: f64 = 10_000.0;
/// Factors of ten below the top that such a range shows above zero, where nothing is said of usual values.
const DECADES_ABOVE_ZERO: i32 = 8;

static SCALES: LazyLock<BTreeMap<&str, SliderScale>> =
    LazyLock::new(|| registry().filter_map(|record| Some((record.id, whole_range(record)?))).collect());

/// The values of a slider's steps, in order; two at least.
#[derive(Clone, Debug, PartialEq)]
pub struct SliderScale(Arc<[f64]>);

impl SliderScale {
    /// The scale of an input; `None` where a slider would not help.
    pub fn of(record: &Input) -> Option<SliderScale> {
        SCALES.get(record.id).cloned()
    }

    /// The scale of an input over a part of its range; from zero on, factors begin at `low`.
    pub fn within(record: &Input, low: f64, high: f64) -> Option<SliderScale> {
        let Kind::Number { min, .. } = record.kind else { return None };
        let whole = is_whole(record);
        SliderScale::through(
            match min > 0.0 || low < 1.0 {
                true => linear(low, high, whole),
                false => std::iter::once(0.0).chain(factors(low, high)).collect(),
            },
            whole,
        )
    }

    fn through(mut steps: Vec<f64>, whole: bool) -> Option<SliderScale> {
        if whole {
            steps.iter_mut().for_each(|step| *step = libm::round(*step));
        }
        steps.dedup();
        (steps.len() > 1).then(|| SliderScale(steps.into()))
    }

    /// The last step; the first is 0.
    pub fn steps(&self) -> u32 {
        self.0.len().saturating_sub(1) as u32
    }

    /// The value at a step.
    pub fn value(&self, position: u32) -> f64 {
        let position = position.min(self.steps()) as usize;
        self.0.get(position).copied().unwrap_or_default()
    }

    /// The nearest step to a value.
    pub fn position(&self, value: f64) -> u32 {
        libm::round(self.share(value) * f64::from(self.steps())) as u32
    }

    /// Where a value stands, from 0 at the left end to 1 at the right.
    pub fn share(&self, value: f64) -> f64 {
        let above = self.0.partition_point(|step| *step <= value);
        let (Some(before), Some(after)) =
            (above.checked_sub(1).and_then(|place| self.0.get(place)), self.0.get(above))
        else {
            return if above == 0 { 0.0 } else { 1.0 };
        };
        let place = (above - 1) as f64 + (value - before) / (after - before);
        place / f64::from(self.steps())
    }

    /// At most so many values, evenly over the slider, both ends among them.
    pub fn spread(&self, most: u32) -> Vec<f64> {
        let (steps, last) = (self.steps(), most.saturating_sub(1).max(1));
        let mut places: Vec<u32> =
            (0..=last).map(|place| (u64::from(steps) * u64::from(place) / u64::from(last)) as u32).collect();
        places.dedup();
        places.into_iter().map(|place| self.value(place)).collect()
    }
}

/// Whether a part of one makes no sense.
fn is_whole(record: &Input) -> bool {
    record.counted || matches!(record.kind, Kind::Number { whole: true, .. })
}

fn whole_range(record: &Input) -> Option<SliderScale> {
    let Kind::Number { min, max, scale, optional, .. } = record.kind else { return None };
    if optional {
        return None;
    }
    let default = match record.default_value() {
        Value::Number(number) => number,
        _ => 0.0,
    };
    let usual = record.plausible_range().map(|(low, high)| (low.min(default), high.max(default)));
    let whole = is_whole(record);
    let steps = match usual {
        _ if scale == Scale::Log && min > 0.0 => {
            let (low, high) = usual.unwrap_or((min, max));
            factors(round_below(low / BEYOND_USUAL).max(min), round_above(high * BEYOND_USUAL).min(max))
        }
        Some((low, high)) if high - low < 0.25 * (max - min) => {
            let margin = high - low;
            linear((low - margin).max(min), (high + margin).min(max), whole)
        }
        None if max - min > WIDEST_LINEAR && min == 0.0 => zero_then_factors(default, max, whole),
        _ => linear(min, max, whole),
    };
    SliderScale::through(steps, whole)
}

/// Round numbers from one value to another, both ends among them.
fn factors(low: f64, high: f64) -> Vec<f64> {
    let decades = libm::floor(libm::log10(low)) as i32..=libm::ceil(libm::log10(high)) as i32;
    let round = decades.flat_map(|decade| IN_A_DECADE.map(|tenths| ten_to(f64::from(tenths), decade - 1)));
    let between = round.filter(|step| *step > low && *step < high);
    std::iter::once(low).chain(between).chain(std::iter::once(high)).collect()
}

/// The greatest of 1, 2, 5, 10, … times a power of ten that is not above a number.
fn round_below(number: f64) -> f64 {
    let power = libm::floor(libm::log10(number)) as i32;
    let round = [5.0, 2.0].map(|digit| ten_to(digit, power));
    round.into_iter().find(|round| *round <= number).unwrap_or(ten_to(1.0, power))
}

/// The least of them that is not below it.
fn round_above(number: f64) -> f64 {
    let power = libm::floor(libm::log10(number)) as i32;
    let round = [1.0, 2.0, 5.0].map(|digit| ten_to(digit, power));
    round.into_iter().find(|round| *round >= number).unwrap_or(ten_to(1.0, power + 1))
}

/// A number times a power of ten, without the noise of the multiplication.
fn ten_to(number: f64, power: i32) -> f64 {
    to_digits(number * libm::pow(10.0, f64::from(power)), 12)
}

fn zero_then_factors(default: f64, max: f64, whole: bool) -> Vec<f64> {
    let (low, high) = match default > 0.0 {
        true => (round_below(default / BEYOND_DEFAULT), round_above(default * BEYOND_DEFAULT).min(max)),
        false => (ten_to(max, -DECADES_ABOVE_ZERO), max),
    };
    let low = if whole { low.max(1.0) } else { low };
    std::iter::once(0.0).chain(factors(low, high)).collect()
}

fn linear(least: f64, high: f64, whole: bool) -> Vec<f64> {
    let step = nice_step((high - least) / LINEAR_STEPS);
    let step = if whole { step.max(1.0) } else { step };
    let low = libm::floor(least / step + 1e-9) * step;
    let count = libm::ceil((high - low) / step - 1e-9) as u32;
    let value = |place: u32| to_digits(low + f64::from(place) * step, 12).max(least).min(high);
    (0..=count).map(value).collect()
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
    use crate::domain::input::input;

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

    #[test]
    fn what_is_counted_has_whole_steps_and_a_volume_has_round_ones() {
        for record in registry() {
            let Some(scale) = SliderScale::of(record).filter(|_| record.counted) else { continue };
            for step in 0..=scale.steps() {
                assert_eq!(scale.value(step).fract(), 0.0, "{} {}", record.id, scale.value(step));
            }
        }
        let volume = SliderScale::of(input("requests_per_month").unwrap()).unwrap();
        let here = volume.position(151_783.4);
        let next = [here, here + 1, here + 2].map(|step| volume.value(step));
        assert_eq!(next, [150_000.0, 160_000.0, 170_000.0]);
        let labels = SliderScale::within(input("labels").unwrap(), 30.0, 30_000.0).unwrap();
        assert_eq!([0, 1, 2].map(|step| labels.value(step)), [0.0, 30.0, 33.0]);
    }

    #[test]
    fn values_spread_over_a_slider_rise_from_end_to_end() {
        for record in registry() {
            let Some(scale) = SliderScale::of(record) else { continue };
            let values = scale.spread(25);
            assert!(values.len() > 1 && values.len() <= 25, "{}", record.id);
            assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{}", record.id);
            assert_eq!(values.last().copied(), Some(scale.value(scale.steps())));
        }
    }
}
