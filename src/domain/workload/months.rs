//! Requests by month of the horizon, with the calendar and the discount of each month (method §3).

use crate::domain::input::Inputs;
use crate::domain::quantity::YearMonth;

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

#[cfg(test)]
mod tests {
    use super::*;

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
