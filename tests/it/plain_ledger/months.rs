//! The months of the horizon: requests, calendar and discount (method §3, §7).

use tunewise::domain::catalog::Catalog;
use tunewise::domain::input::Inputs;

/// Hours of a month (method §3).
pub const HOURS: f64 = 730.5;

/// One scenario as the plain computation sees it: what was said, and the tables.
#[derive(Clone, Copy)]
pub struct Plain<'a> {
    pub inputs: &'a Inputs,
    pub catalog: &'a Catalog,
    /// Whether the set-up of today retrieves knowledge.
    pub retrieves_today: bool,
    /// Bought cards of which kind stand already, and how many.
    pub standing: Option<(&'a str, f64)>,
    /// The last ledger month for which prices must be known.
    pub priced_until: usize,
}

impl Plain<'_> {
    /// H, months of the horizon.
    pub fn horizon(&self) -> usize {
        self.inputs.economics.horizon as usize
    }

    /// `R_m = R·(1+g)^(m−1)`: requests of ledger month m from 1 (method §3).
    pub fn requests(&self, month: usize) -> f64 {
        self.inputs.work.requests_per_month * self.growth(month)
    }

    /// Requests that bought cards must have been sized for: the most of any month so far (method §5).
    pub fn most_requests_up_to(&self, month: usize) -> f64 {
        let mut most = 0.0_f64;
        for earlier in 1..=month {
            most = most.max(self.requests(earlier));
        }
        most
    }

    fn growth(&self, month: usize) -> f64 {
        (1.0 + self.inputs.work.growth_per_month).powf(month as f64 - 1.0)
    }

    /// Model calls for one request: `c·(1+ρ)` (method §3).
    pub fn calls_per_request(&self) -> f64 {
        self.inputs.work.calls_per_request * (1.0 + self.inputs.work.retry_share)
    }

    /// `1/(1+r)^(m/12)`, 1 for the one-offs of month 0 (method §7).
    pub fn discount(&self, month: usize) -> f64 {
        1.0 / (1.0 + self.inputs.economics.discount_rate).powf(month as f64 / 12.0)
    }

    /// Calendar month of ledger month m, counted from year 0: `start + m − 1` (method §4).
    pub fn calendar(&self, month: usize) -> i32 {
        let start = self.inputs.economics.start;
        count_of(start.year, start.month) + month as i32 - 1
    }

    /// Months from a later cut-over back to an earlier one, rounded to the nearest (method §6); a month is 730.5 h.
    pub fn months_between(weeks_late: f64) -> usize {
        (weeks_late.max(0.0) * 168.0 / HOURS).round() as usize
    }
}

/// A calendar month as one number, for comparing.
pub fn count_of(year: i32, month: u8) -> i32 {
    year * 12 + i32::from(month) - 1
}
