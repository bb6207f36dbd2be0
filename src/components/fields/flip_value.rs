//! Flip values as they are said and set: few digits, and on the other side of the change.

use super::frame::number_words;
use crate::domain::flips::Flip;
use crate::domain::input::{Input, Kind, Unit};

/// Counts from here on are whole: half a request means nothing.
const LEAST_WHOLE: f64 = 10.0;

/// A flip with the side it lies on.
#[derive(Clone, Debug, PartialEq)]
pub struct FlipValue {
    /// Three digits, rounded away from the present value, so that the change is behind it.
    pub value: f64,
    /// The same in words, in the unit of its input.
    pub words: String,
}

impl FlipValue {
    /// The flip below the present value.
    pub fn below(flip: &Flip, record: &Input) -> FlipValue {
        FlipValue::new(flip.value, -1.0, record)
    }

    /// The flip above the present value.
    pub fn above(flip: &Flip, record: &Input) -> FlipValue {
        FlipValue::new(flip.value, 1.0, record)
    }

    fn new(value: f64, direction: f64, record: &Input) -> FlipValue {
        let value = match record.kind {
            // Written as a percentage, so rounded as one.
            Kind::Number { unit: Unit::Share(_), .. } => outward(value * 100.0, direction) / 100.0,
            Kind::Number { unit: Unit::Plain(_), .. } if libm::fabs(value) >= LEAST_WHOLE => {
                let whole = if direction > 0.0 { libm::ceil(value) } else { libm::floor(value) };
                outward(whole, direction)
            }
            _ => outward(value, direction),
        };
        let value = match record.kind {
            Kind::Number { min, max, .. } => value.max(min).min(max),
            _ => value,
        };
        FlipValue { value, words: number_words(value, record) }
    }
}

/// The number with three significant digits at or beyond a value in one direction.
fn outward(value: f64, direction: f64) -> f64 {
    let nearest = digits(value, 3);
    if (nearest - value) * direction >= 0.0 {
        return nearest;
    }
    let exponent = libm::floor(libm::log10(libm::fabs(value)));
    digits(nearest + direction * libm::pow(10.0, exponent - 2.0), 3)
}

fn digits(value: f64, count: usize) -> f64 {
    crate::format::to_digits(value, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flip_is_rounded_to_its_far_side() {
        assert_eq!(outward(516.18, 1.0), 517.0);
        assert_eq!(outward(516.18, -1.0), 516.0);
        assert_eq!(outward(110_000.0, 1.0), 110_000.0);
        assert_eq!(outward(0.078_31, 1.0), 0.078_4);
        assert_eq!(outward(-0.012_34, -1.0), -0.012_4);
        assert_eq!(outward(0.0, 1.0), 0.0);
        assert_eq!(outward(9_999.0, 1.0), 10_000.0);
    }
}
