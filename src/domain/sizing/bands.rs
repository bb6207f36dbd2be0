//! How wrong each kind of estimate may be: likely low and high end as factors on it.
//!
//! All but one come from the published measurements of `tests/data/measurements.csv`: the 10th and 90th
//! percentile of measured over predicted, rounded outwards to hundredths; where a group has fewer than ten
//! rows, all of them, and at least ×/÷1.05. A test holds the constants to the rows, so that a change of
//! a formula or of the data changes the bands too.

/// Factors on an estimate for its likely low and high end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// At most 1.
    pub low: f64,
    /// At least 1.
    pub high: f64,
}

impl Band {
    /// What is measured is off by nothing.
    pub const MEASURED: Band = Band { low: 1.0, high: 1.0 };

    /// Whether it is that of a measurement.
    pub fn is_measured(&self) -> bool {
        *self == Band::MEASURED
    }

    /// The same factor up and down.
    pub const fn around(factor: f64) -> Self {
        Self { low: 1.0 / factor, high: factor }
    }
}

/// Output tokens per second of a replica whose batch memory limits: 69 rows, 3 sources.
pub const SATURATED_BAND: Band = Band { low: 0.88, high: 1.20 };
/// Output tokens per second where a latency target limits the batch: 12 latency-limited results of MLPerf,
/// whose limits no row of the table states (formulas.md §5).
pub const LATENCY_LIMITED_BAND: Band = Band::around(1.7);
/// Mean time per token and to the first one: 13 rows, 2 sources.
pub const LATENCY_BAND: Band = Band { low: 0.94, high: 1.07 };
/// Memory of serving: 4 rows, 1 source.
pub const SERVING_MEMORY_BAND: Band = Band::around(1.05);
/// Memory of training on each GPU: 18 rows, 4 sources.
pub const TRAINING_MEMORY_BAND: Band = Band { low: 0.89, high: 1.19 };
/// Duration of a training run, tokens per second being one over it: 78 rows, 7 sources.
pub const TRAINING_HOURS_BAND: Band = Band { low: 0.86, high: 1.31 };
/// GPU-hours of a whole pretraining: 6 model cards, 3 sources.
pub const CAMPAIGN_BAND: Band = Band { low: 0.80, high: 1.86 };
