//! How the calls of a scenario meet a provider's cache: sessions, pauses, lifetimes and hits (method §4).

use super::split::MeasuredSplit;
use crate::domain::input::{CacheLifetime, Inputs};
use crate::domain::units::HOURS_PER_MONTH;

/// How long a provider keeps what was written to its cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Five minutes from the last use.
    Minutes,
    /// An hour from the last use, where that is sold.
    Hour,
}

impl Lifetime {
    /// Both, the shorter first.
    pub const ALL: [Lifetime; 2] = [Lifetime::Minutes, Lifetime::Hour];

    /// In hours.
    pub const fn hours(self) -> f64 {
        match self {
            Lifetime::Minutes => 5.0 / 60.0,
            Lifetime::Hour => 1.0,
        }
    }
}

/// How calls meet a cache.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caching {
    /// Highest share of calls that find what is cached; the share itself where it is measured.
    pub most: f64,
    /// Whether the share is measured, so that traffic says nothing about it.
    pub is_measured: bool,
    /// Calls of a session; one where calls are independent.
    pub calls_a_session: f64,
    /// Pause between the calls of a session, hours.
    pub pause_hours: f64,
    /// Which lifetimes may be paid for.
    pub lifetime: CacheLifetime,
}

impl Caching {
    /// No cache.
    pub const NONE: Caching = Caching::hits(0.0);

    /// Independent calls, of which at most so many hit.
    pub const fn hits(most: f64) -> Caching {
        Caching {
            most,
            is_measured: false,
            calls_a_session: 1.0,
            pause_hours: 0.0,
            lifetime: CacheLifetime::Cheaper,
        }
    }

    /// As the inputs say; a measured split tells the hits, pauses and all.
    pub fn of(inputs: &Inputs) -> Caching {
        let (work, data) = (&inputs.work, &inputs.data);
        let stated = Caching {
            most: data.cache_hit_share,
            is_measured: data.cache_hits_measured,
            calls_a_session: work.calls_per_request.max(1.0),
            pause_hours: work.minutes_between_calls / 60.0,
            lifetime: data.cache_lifetime,
        };
        match MeasuredSplit::of(inputs) {
            Some(split) => Caching {
                most: split.hit_share().unwrap_or(0.0),
                is_measured: true,
                calls_a_session: 1.0,
                ..stated
            },
            None => stated,
        }
    }

    /// Whether a lifetime may be paid for; `is_sold` says whether an hour is.
    pub fn allows(&self, lifetime: Lifetime, is_sold: bool) -> bool {
        match (self.lifetime, lifetime) {
            (CacheLifetime::Cheaper, Lifetime::Minutes) | (CacheLifetime::FiveMinutes, Lifetime::Minutes) => {
                true
            }
            (CacheLifetime::OneHour, Lifetime::Minutes) => !is_sold,
            (CacheLifetime::FiveMinutes, Lifetime::Hour) => false,
            (CacheLifetime::Cheaper | CacheLifetime::OneHour, Lifetime::Hour) => is_sold,
        }
    }

    /// Whether a session stays in the cache from call to call.
    pub fn outlasts_pause(&self, lifetime: Lifetime) -> bool {
        self.calls_a_session > 1.0 && self.pause_hours < lifetime.hours()
    }

    /// Times a month that the cache is met anew by so many calls: sessions, or all calls where pauses outlast it.
    pub fn arrivals(&self, calls_per_month: f64, lifetime: Lifetime) -> f64 {
        if self.outlasts_pause(lifetime) { calls_per_month / self.calls_a_session } else { calls_per_month }
    }

    /// Share of first calls of a session that find the prefix in the cache.
    ///
    /// ```text
    /// hit = min(h, 1 − exp(−sessions per lifetime))
    /// ```
    /// Source: method §4; sessions are spread evenly over the month. Where the pause is as long as the lifetime, every
    /// call begins anew and counts as a session.
    pub fn first_hit(&self, calls_per_month: f64, lifetime: Lifetime) -> f64 {
        if self.is_measured || calls_per_month >= self.saturating_calls(lifetime) {
            return self.most;
        }
        let arrivals = self.arrivals(calls_per_month, lifetime);
        self.most.min(1.0 - libm::exp(-arrivals * lifetime.hours() / HOURS_PER_MONTH))
    }

    /// Calls a month from which on the share of hits is at its upper limit.
    pub fn saturating_calls(&self, lifetime: Lifetime) -> f64 {
        if self.is_measured {
            return 0.0;
        }
        // exp(−40) is below the rounding of 1.
        let arrivals = if self.most < 1.0 { -libm::log(1.0 - self.most) } else { 40.0 };
        let calls_an_arrival = if self.outlasts_pause(lifetime) { self.calls_a_session } else { 1.0 };
        calls_an_arrival * arrivals * HOURS_PER_MONTH / lifetime.hours()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_traffic_finds_the_cache_cold() {
        let independent = Caching::hits(0.9);
        assert!(independent.first_hit(100.0, Lifetime::Minutes) < 0.02);
        assert!(independent.first_hit(100.0, Lifetime::Hour) > 0.12);
        assert_eq!(independent.first_hit(1e6, Lifetime::Minutes), 0.9);
        assert_eq!(Caching::NONE.first_hit(1e9, Lifetime::Minutes), 0.0);
    }

    #[test]
    fn sessions_count_once_while_their_pauses_are_shorter_than_the_lifetime() {
        let sessions = Caching { calls_a_session: 10.0, pause_hours: 0.1, ..Caching::hits(0.9) };
        assert_eq!(sessions.arrivals(1_000.0, Lifetime::Minutes), 1_000.0);
        assert_eq!(sessions.arrivals(1_000.0, Lifetime::Hour), 100.0);
    }

    #[test]
    fn a_measured_share_holds_at_any_traffic() {
        let measured = Caching { is_measured: true, ..Caching::hits(0.86) };
        assert_eq!(measured.first_hit(1.0, Lifetime::Minutes), 0.86);
    }
}
