//! Why a replica cannot serve a load, as data; its sentence is made when it is shown.

use std::fmt;

use crate::domain::units::words::{GAP, count_exact};

/// Which latency limit is missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LatencyMeasure {
    /// Time to the first token.
    FirstToken,
    /// Time per output token.
    PerOutputToken,
}

/// Why a replica cannot serve a load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CannotServe {
    /// A mean call is longer than the model's context, tokens.
    ContextTooLong {
        /// Prompt and output of a mean call.
        needed: f64,
        /// Longest context of the model.
        limit: f64,
    },
    /// Weights and one long call do not fit the memory.
    DoesNotFit {
        /// Weights, runtime and the cache of one long call.
        needed_gib: f64,
        /// Memory the engine may fill.
        usable_gib: f64,
    },
    /// Even a single request at a time misses a latency target.
    LatencyUnreachable {
        /// Which one.
        measure: LatencyMeasure,
        /// 95th percentile with one request at a time, seconds.
        best_s: f64,
        /// The target, seconds.
        target_s: f64,
    },
    /// The catalogue row lacks a value without which nothing can be said.
    UnknownModelData {
        /// The value in words.
        what: &'static str,
    },
}

impl fmt::Display for CannotServe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CannotServe::ContextTooLong { needed, limit } => {
                let (needed, limit) = (count_exact(libm::round(*needed)), count_exact(*limit));
                write!(f, "a call of {needed} tokens is longer than the model's context of {limit}")
            }
            CannotServe::DoesNotFit { needed_gib, usable_gib } => write!(
                f,
                "weights and one long call need {needed_gib:.1}{GAP}GiB, the GPUs offer {usable_gib:.1}{GAP}GiB"
            ),
            CannotServe::LatencyUnreachable { measure, best_s, target_s } => {
                let what = match measure {
                    LatencyMeasure::FirstToken => "the first token takes",
                    LatencyMeasure::PerOutputToken => "each output token takes",
                };
                let (best, target) = (best_s * 1e3, target_s * 1e3);
                write!(f, "{what} {best:.0} ms at best (95 of 100 calls), the target is {target:.0} ms")
            }
            CannotServe::UnknownModelData { what } => {
                write!(f, "the catalogue does not know {what}")
            }
        }
    }
}

impl std::error::Error for CannotServe {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_its_numbers_in_plain_words() {
        let says = |reason: CannotServe| reason.to_string();
        assert_eq!(
            says(CannotServe::ContextTooLong { needed: 9_000.0, limit: 8_192.0 }),
            "a call of 9,000 tokens is longer than the model's context of 8,192"
        );
        assert_eq!(
            says(CannotServe::DoesNotFit { needed_gib: 133.25, usable_gib: 71.64 }),
            "weights and one long call need 133.2\u{a0}GiB, the GPUs offer 71.6\u{a0}GiB"
        );
        assert_eq!(
            says(CannotServe::LatencyUnreachable {
                measure: LatencyMeasure::PerOutputToken,
                best_s: 0.0312,
                target_s: 0.02
            }),
            "each output token takes 31 ms at best (95 of 100 calls), the target is 20 ms"
        );
        assert_eq!(
            says(CannotServe::UnknownModelData { what: "the longest context of the model" }),
            "the catalogue does not know the longest context of the model"
        );
    }
}
