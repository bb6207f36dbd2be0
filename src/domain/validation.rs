//! How good the estimates of [`sizing`](super::sizing) are: published measurements against them.
//!
//! [`read_rows`] reads a table of measurements, [`check`] predicts each row with the engine, and
//! [`Summary`] says how far off a group is. The table is passed in as text, so that any other can be
//! checked in the same way. Nothing here is fitted: a row carries what its source states,
//! and [`predict`] says how a blank is read.
//!
//! ```text
//! ratio   prediction / measurement
//! error   |ratio − 1|                 of which a group gives median and 90th percentile
//! gmean   exp(mean ln ratio)
//! band    10th and 90th percentile of measurement / prediction
//! ```
//!
//! Percentiles are interpolated linearly between the two nearest rows.

mod cells;
mod class;
mod measurement;
mod names;
mod predict;
mod report;
mod rules_of_thumb;
mod serving;

pub use class::{AtOnce, ChipKind, Class};
pub use measurement::{MeasuredRow, MeasuredUnit, Measurement, Method, Sharding, Software, read_rows};
pub use predict::predict;
pub use report::{comparison, group_line, serving_lines};
pub use rules_of_thumb::rule_of_thumb;
pub use serving::{Server, Standing};

use super::sizing::Band;

/// Kind of measured figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Memory of training on each GPU.
    TrainMemory,
    /// Memory of serving on each GPU.
    InferMemory,
    /// Output tokens per second.
    InferThroughput,
    /// Time per output token after the first.
    TimePerToken,
    /// Time to the first token.
    FirstToken,
    /// Training tokens per second.
    TrainThroughput,
    /// Duration of a training run.
    TrainTime,
    /// GPU-hours of a whole pretraining, restarts included.
    TrainGpuHours,
}

impl Group {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::TrainMemory,
        Self::InferMemory,
        Self::InferThroughput,
        Self::TimePerToken,
        Self::FirstToken,
        Self::TrainThroughput,
        Self::TrainTime,
        Self::TrainGpuHours,
    ];

    /// Those of speed in serving.
    pub const OF_SERVING: [Self; 3] = [Self::InferThroughput, Self::TimePerToken, Self::FirstToken];

    /// Name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Group::TrainMemory => "train_memory",
            Group::InferMemory => "infer_memory",
            Group::InferThroughput => "infer_throughput",
            Group::TimePerToken => "infer_time_per_token",
            Group::FirstToken => "infer_first_token",
            Group::TrainThroughput => "train_throughput",
            Group::TrainTime => "train_time",
            Group::TrainGpuHours => "train_gpu_hours",
        }
    }

    /// Words for the page and the documentation.
    pub const fn label(self) -> &'static str {
        match self {
            Group::TrainMemory => "training memory",
            Group::InferMemory => "inference memory",
            Group::InferThroughput => "inference throughput",
            Group::TimePerToken => "time per token",
            Group::FirstToken => "time to first token",
            Group::TrainThroughput => "training throughput",
            Group::TrainTime => "training time",
            Group::TrainGpuHours => "pretraining GPU-hours",
        }
    }

    /// The group of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// Whether it measures training.
    pub const fn is_training(self) -> bool {
        matches!(self, Group::TrainMemory | Group::TrainThroughput | Group::TrainTime | Group::TrainGpuHours)
    }
}

/// A row with what was predicted for it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The row.
    pub measured: MeasuredRow,
    /// The prediction in the unit of the row, or why there is none.
    pub prediction: Result<f64, String>,
}

impl Checked {
    /// Prediction over measurement, where there is a prediction.
    pub fn ratio(&self) -> Option<f64> {
        self.prediction.as_ref().ok().map(|prediction| prediction / self.measured.value)
    }
}

/// Predict every row by a rule that may refuse: the engine's [`predict`] or another.
pub fn check(rows: Vec<MeasuredRow>, rule: impl Fn(&Measurement) -> Result<f64, String>) -> Vec<Checked> {
    let checked = |row: MeasuredRow| {
        let prediction = row.measurement.as_ref().map_err(String::clone).and_then(&rule);
        let usable = |value: &f64| value.is_finite() && *value > 0.0;
        let prediction = prediction.and_then(|value| {
            Some(value).filter(usable).ok_or_else(|| "the prediction is no usable number".to_owned())
        });
        Checked { measured: row, prediction }
    };
    rows.into_iter().map(checked).collect()
}

/// How far off the predictions of a group are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Rows that were predicted.
    pub count: usize,
    /// Geometric mean of prediction over measurement.
    pub geometric_mean: f64,
    /// Median of the error, a fraction.
    pub median_error: f64,
    /// 90th percentile of the error, a fraction.
    pub p90_error: f64,
    /// 10th and 90th percentile of measurement over prediction.
    pub band: Band,
}

impl Summary {
    /// Of ratios of prediction to measurement; `None` without any.
    pub fn of(ratios: &[f64]) -> Option<Self> {
        let count = ratios.len();
        if count == 0 {
            return None;
        }
        let logarithms: f64 = ratios.iter().map(|ratio| libm::log(*ratio)).sum();
        let errors = sorted(ratios.iter().map(|ratio| (ratio - 1.0).abs()));
        let inverses = sorted(ratios.iter().map(|ratio| 1.0 / ratio));
        Some(Self {
            count,
            geometric_mean: libm::exp(logarithms / count as f64),
            median_error: percentile(&errors, 0.5),
            p90_error: percentile(&errors, 0.9),
            band: Band { low: percentile(&inverses, 0.1), high: percentile(&inverses, 0.9) },
        })
    }

    /// Of the rows of one group that were predicted and that the group counts.
    pub fn of_group(checked: &[Checked], group: &str) -> Option<Self> {
        Self::of_rows(checked, |row| {
            row.measured.group == group && row.measured.standing == Standing::Counted
        })
    }

    /// Of the rows that were predicted among some.
    pub fn of_rows(checked: &[Checked], is_one: impl Fn(&Checked) -> bool) -> Option<Self> {
        Self::of(&checked.iter().filter(|row| is_one(row)).filter_map(Checked::ratio).collect::<Vec<f64>>())
    }
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// Percentile of sorted numbers, between the two nearest of them.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = share * sorted.len().saturating_sub(1) as f64;
    let at = |index: f64| sorted.get(index as usize).copied().unwrap_or(f64::NAN);
    let (below, above) = (at(place.floor()), at(place.ceil()));
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_takes_medians_percentiles_and_the_geometric_mean() {
        let summary = Summary::of(&[0.5, 1.0, 2.0]).unwrap();
        assert_eq!(summary.count, 3);
        assert!((summary.geometric_mean - 1.0).abs() < 1e-12);
        // Errors 0, 0.5 and 1; measured over predicted 0.5, 1 and 2.
        assert_eq!((summary.median_error, summary.p90_error), (0.5, 0.9));
        assert!((summary.band.low - 0.6).abs() < 1e-12 && (summary.band.high - 1.8).abs() < 1e-12);
        assert_eq!(Summary::of(&[]), None);
        assert_eq!(Summary::of(&[1.25]).unwrap().p90_error, 0.25);
    }

    #[test]
    fn a_group_closes_with_its_line_and_counts_what_was_skipped() {
        let table = "id,group,model,gpu,weight_precision,gpus_total,value,unit\n\
                     A,infer_memory,Llama-2-7B,A100 40GB,bf16,1,13.52,GB\n\
                     B,infer_memory,Nobody-7B,A100 40GB,bf16,1,13.52,GB\n\
                     C,hunger,Llama-2-7B,A100 40GB,bf16,1,13.52,GB\n";
        let checked = check(read_rows(table).unwrap(), |row| Ok(row.model.params_total_b));
        let line = group_line(&checked, "infer_memory");
        assert_eq!(line, "infer_memory n=1 gmean=0.499 median=50.1% p90=50.1% skipped=1");
        assert_eq!(group_line(&checked, "hunger"), "hunger n=0 gmean=- median=-% p90=-% skipped=1");
    }

    #[test]
    fn a_prediction_that_is_no_number_is_a_reason() {
        let table = "id,group,model,gpu,value,unit\nA,infer_memory,Llama-2-7B,A100 40GB,13.52,GB\n";
        for absurd in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
            let checked = check(read_rows(table).unwrap(), |_| Ok(absurd));
            assert!(checked[0].prediction.is_err() && checked[0].ratio().is_none());
        }
    }
}
