//! Calls over the hours of the week, and calls for one request (method §3).

use crate::domain::input::{Inputs, TrafficShape};
use crate::domain::quantity::HOURS_PER_MONTH;

/// Hours of a week.
const HOURS_PER_WEEK: f64 = 168.0;

/// One level of traffic: weight against the mean, and the hours of the week at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Traffic against the mean of the week.
    pub weight: f64,
    /// Hours of the 168 at this level.
    pub hours: f64,
    hours_per_month: f64,
}

impl Level {
    /// Hours of a month at this level.
    pub const fn hours_per_month(&self) -> f64 {
        self.hours_per_month
    }
}

/// Computed here once: fleets ask for the hours of a month thousands of times in one answer.
const fn level(weight: f64, hours: f64) -> Level {
    Level { weight, hours, hours_per_month: hours / HOURS_PER_WEEK * HOURS_PER_MONTH }
}

/// The levels of a traffic shape, with mean 1 over the week (method §15, assumption).
pub const fn levels(shape: TrafficShape) -> &'static [Level] {
    match shape {
        TrafficShape::Flat => const { &[level(1.0, 168.0)] },
        TrafficShape::BusinessHours => const { &[level(3.5, 40.0), level(0.4, 40.0), level(0.136, 88.0)] },
        TrafficShape::ConsumerEvenings => const { &[level(2.0, 42.0), level(0.9, 70.0), level(0.375, 56.0)] },
        TrafficShape::Spiky => const { &[level(6.0, 4.0), level(0.878, 164.0)] },
        TrafficShape::Nightly => const { &[level(3.0, 56.0), level(0.0, 112.0)] },
    }
}

/// The busiest hour of the week against the mean, such as 3.5 for business hours.
pub fn peak_weight(shape: TrafficShape) -> f64 {
    levels(shape).iter().map(|level| level.weight).fold(0.0, f64::max)
}

/// Model calls for one request: chains and retries (method §3).
pub fn calls_per_request(inputs: &Inputs) -> f64 {
    inputs.work.calls_per_request * (1.0 + inputs.work.retry_share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_traffic_shape_has_mean_one_over_the_week() {
        for shape in TrafficShape::ALL {
            let hours: f64 = levels(*shape).iter().map(|level| level.hours).sum();
            let mean: f64 =
                levels(*shape).iter().map(|level| level.hours * level.weight).sum::<f64>() / hours;
            assert_eq!(hours, HOURS_PER_WEEK);
            assert!((mean - 1.0).abs() < 0.002, "{shape:?} {mean}");
        }
    }
}
