//! Requests by month and calls by hour of the week (method §3).

use super::input::{Inputs, TrafficShape};
use super::units::{HOURS_PER_MONTH, YearMonth};

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

/// Growth, calendar and discounting by ledger month; index 0 is the month of the one-offs.
#[derive(Clone, Debug, PartialEq)]
pub struct Months {
    /// Months of the horizon.
    pub horizon: usize,
    /// Requests of the month against month 1.
    pub growth: Vec<f64>,
    /// Largest growth factor up to the month: what bought hardware must have been sized for.
    pub peak_growth: Vec<f64>,
    /// Discount factor; 1 for month 0.
    pub discount: Vec<f64>,
    /// Calendar month of ledger month 1.
    pub start: YearMonth,
    /// Requests over the horizon against the requests of month 1, discounted like the ledger.
    pub discounted_volume: f64,
}

impl Months {
    /// The months of these inputs.
    pub fn of(inputs: &Inputs) -> Months {
        let horizon = whole_months(inputs.economics.horizon);
        let growth_rate = 1.0 + inputs.work.growth_per_month;
        let discount_rate = 1.0 + inputs.economics.discount_rate;
        let month = |m: usize| m as f64;
        let growth: Vec<f64> = (0..=horizon)
            .map(|m| if m == 0 { 0.0 } else { libm::pow(growth_rate, month(m) - 1.0) })
            .collect();
        let mut peak = 0.0_f64;
        let peak_growth = growth
            .iter()
            .map(|factor| {
                peak = peak.max(*factor);
                peak
            })
            .collect();
        let discount: Vec<f64> = (0..=horizon).map(|m| libm::pow(discount_rate, -month(m) / 12.0)).collect();
        let discounted_volume =
            growth.iter().zip(&discount).map(|(growth, discount)| growth * discount).sum();
        Months { horizon, growth, peak_growth, discount, start: inputs.economics.start, discounted_volume }
    }

    /// Ledger months of running costs: 1 to the horizon.
    pub fn running(&self) -> std::ops::RangeInclusive<usize> {
        1..=self.horizon
    }

    /// Calendar month of a ledger month from 1.
    pub fn calendar(&self, month: usize) -> YearMonth {
        self.start.plus_months(i32::try_from(month).unwrap_or(i32::MAX) - 1)
    }
}

/// A count of months from a checked input, at least one.
pub fn whole_months(months: f64) -> usize {
    months.clamp(1.0, 1200.0) as usize
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

    #[test]
    fn months_grow_and_are_discounted_from_month_one_on() {
        let mut inputs = Inputs::default();
        inputs.work.growth_per_month = 0.1;
        inputs.economics.horizon = 12.0;
        inputs.economics.discount_rate = 0.1;
        let months = Months::of(&inputs);
        assert_eq!(months.growth[1], 1.0);
        assert!((months.growth[12] - 2.853_116_706_11).abs() < 1e-9);
        assert_eq!(months.discount[0], 1.0);
        assert!((months.discount[12] - 1.0 / 1.1).abs() < 1e-12);
        assert_eq!(months.calendar(2).to_string(), "2027-01");
    }
}
