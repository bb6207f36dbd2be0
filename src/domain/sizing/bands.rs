//! How wrong each kind of estimate may be: likely low and high end as factors on it.
//!
//! All but one come from the published measurements of `tests/data/measurements.csv` and `tests/data/serving.csv`: the 10th and 90th
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

/// Speed of a vendor-tuned replica or a plain loop: 68 rows of throughput, 3 sources.
pub const TUNED_SPEED_BAND: Band = Band { low: 0.89, high: 1.30 };
/// Speed of a replica on an engine of 2025–26: 217 rows of throughput, 10 sources.
pub const CURRENT_SPEED_BAND: Band = Band { low: 0.76, high: 1.37 };
/// Throughput under a latency target at most: either band, carried through the target, ends here.
pub const LIMITED_BAND_AT_MOST: Band = Band::around(1.6);
/// Mean time per token on an engine of 2025–26: 148 rows, 7 sources. The time to the first token has none: half of its
/// 74 rows are off by more than a third, and above 16 at once nearly all.
pub const TIME_PER_TOKEN_BAND: Band = Band { low: 0.78, high: 1.25 };
/// Memory of serving: 4 rows, 1 source.
pub const SERVING_MEMORY_BAND: Band = Band::around(1.05);
/// Memory of training on each GPU: 18 rows, 4 sources.
pub const TRAINING_MEMORY_BAND: Band = Band { low: 0.89, high: 1.19 };
/// Duration of a training run, tokens per second being one over it: 78 rows, 7 sources.
pub const TRAINING_HOURS_BAND: Band = Band { low: 0.86, high: 1.31 };
/// GPU-hours of a whole pretraining: 6 model cards, 3 sources.
pub const CAMPAIGN_BAND: Band = Band { low: 0.80, high: 1.86 };
