//! Whether a replica can serve a load, and how fast (formulas.md §5, method §5).
//!
//! Throughput grows with the batch, and so do both latencies: the largest batch that memory and the
//! targets allow is the best one. A looser target or a further GPU never lowers the throughput.

use super::kv::kv_bytes;
use super::memory::{WeightBytes, usable_gib};
use super::roofline::Roofline;
use super::serving::{LatencyTargets, Load, MEAN_SHARE_OF_P95, Replica, ServingEstimate};
use super::{Band, CannotServe, LIMITED_BAND_AT_MOST, LatencyMeasure, bounded, within};
use crate::domain::catalog::{Gpu, OpenModel, ParameterCount, parameter_count};
use crate::domain::units::GIB;

/// Most steps of the search for a batch; a dense model takes one, a mixture about five.
const MOST_STEPS: u32 = 20;
/// The search ends with a step smaller than this share of the batch.
const CLOSE: f64 = 1e-12;

/// Size a replica for a load: the largest batch that memory and latency targets allow.
pub fn serve(
    replica: &Replica<'_>,
    load: &Load,
    targets: &LatencyTargets,
) -> Result<ServingEstimate, CannotServe> {
    let fitted = Fitted::new(replica, load)?;
    let limits = Limits::of(targets);
    let batch = limits.largest_batch(&fitted.roofline)?;
    fitted.estimate(batch, limits.carried(replica.engine.speed_band, &fitted.roofline, batch))
}

/// Size a replica for a load with so many requests in flight, or as many as memory allows.
pub fn serve_at_concurrency(
    replica: &Replica<'_>,
    load: &Load,
    concurrency: f64,
) -> Result<ServingEstimate, CannotServe> {
    let fitted = Fitted::new(replica, load)?;
    fitted.estimate(within(concurrency, 1.0, fitted.roofline.batch_in_memory), replica.engine.speed_band)
}

/// Estimate a replica that is known to run, such as one that was measured: neither context nor memory
/// is asked, which keep a reserve that a benchmark may spend.
pub fn serve_as_run(
    replica: &Replica<'_>,
    load: &Load,
    concurrency: f64,
) -> Result<ServingEstimate, CannotServe> {
    let load = load.in_range();
    let count = known_count(replica.model)?;
    check_gpu(replica.gpu)?;
    let weights = WeightBytes::of(replica.model, &count, replica.weights);
    let running = Fitted::running(replica, &load, &count, &weights);
    running.estimate(within(concurrency, 1.0, running.roofline.batch_in_memory), replica.engine.speed_band)
}

/// A replica that holds at least one long call.
struct Fitted {
    roofline: Roofline,
    weights_gib: f64,
    kv_gib_per_request: f64,
    runtime_gib: f64,
    usable_gib: f64,
}

impl Fitted {
    /// Check data, context and memory, in this order.
    fn new(replica: &Replica<'_>, load: &Load) -> Result<Self, CannotServe> {
        let load = load.in_range();
        let model = replica.model;
        let count = known_count(model)?;
        check_gpu(replica.gpu)?;
        let limit = context_limit(model)?;
        let needed = load.total_tokens();
        if needed > limit {
            return Err(CannotServe::ContextTooLong { needed, limit });
        }
        let weights = WeightBytes::of(model, &count, replica.weights);
        let longest = (needed * load.length_tail_factor).min(limit);
        check_fit(replica, weights.total, kv_bytes(model, longest, replica.kv))?;
        Ok(Self::running(replica, &load, &count, &weights))
    }

    /// Without any check; `load` is in range.
    fn running(replica: &Replica<'_>, load: &Load, count: &ParameterCount, weights: &WeightBytes) -> Self {
        Self {
            roofline: Roofline::new(replica, load, count, weights),
            weights_gib: replica
                .measured_gib
                .map_or(weights.total / GIB, |gib| gib * f64::from(replica.gpus)),
            runtime_gib: replica.runtime_gib(),
            kv_gib_per_request: kv_bytes(replica.model, load.total_tokens(), replica.kv) / GIB,
            usable_gib: usable_gib(replica),
        }
    }

    /// Everything that follows from the batch; refused if absurd columns left no usable number.
    fn estimate(&self, batch: f64, band: Band) -> Result<ServingEstimate, CannotServe> {
        let calls_per_second = self.roofline.calls_per_second(batch);
        let latency = self.roofline.latency(batch);
        let estimate = ServingEstimate {
            batch,
            output_tokens_per_second: calls_per_second * self.roofline.output_tokens,
            calls_per_second,
            time_to_first_token_s: latency.first_token_s,
            time_per_output_token_s: latency.per_token_s,
            weights_gib: self.weights_gib,
            kv_gib_per_request: self.kv_gib_per_request,
            runtime_gib: self.runtime_gib,
            usable_gib: self.usable_gib,
            band,
        };
        let numbers = [
            estimate.output_tokens_per_second,
            estimate.calls_per_second,
            estimate.time_to_first_token_s,
            estimate.time_per_output_token_s,
        ];
        let usable = numbers.iter().all(|number| number.is_finite() && *number > 0.0);
        usable.then_some(estimate).ok_or(CannotServe::UnknownModelData { what: "plausible sizes and speeds" })
    }
}

/// Parameters by use, or the reason why they are not known.
fn known_count(model: &OpenModel) -> Result<ParameterCount, CannotServe> {
    let count = parameter_count(model).filter(|count| count.matmul > 0.0 && model.params_total_b > 0.0);
    count.ok_or(CannotServe::UnknownModelData { what: "the architecture of the model" })
}

/// A GPU row without memory, bandwidth or peak sizes nothing.
fn check_gpu(gpu: &Gpu) -> Result<(), CannotServe> {
    let columns = [gpu.mem_gb_marketing, gpu.mem_gib_usable_approx, gpu.mem_bw_gb_s, gpu.bf16_dense_tflops];
    let known = columns.iter().all(|column| column.is_finite() && *column > 0.0);
    known.then_some(()).ok_or(CannotServe::UnknownModelData { what: "memory, bandwidth and peak of the GPU" })
}

/// Longest context; without it nobody can say whether a call is accepted.
fn context_limit(model: &OpenModel) -> Result<f64, CannotServe> {
    let limit = model.max_context.filter(|limit| limit.is_finite());
    limit.ok_or(CannotServe::UnknownModelData { what: "the longest context of the model" })
}

/// Whether weights, runtime and one long call fit into the memory the engine may fill.
fn check_fit(replica: &Replica<'_>, weights: f64, longest_call: f64) -> Result<(), CannotServe> {
    let needed_gib = bounded((replica.taken_bytes(weights) + longest_call) / GIB);
    let usable_gib = usable_gib(replica);
    if needed_gib <= usable_gib { Ok(()) } else { Err(CannotServe::DoesNotFit { needed_gib, usable_gib }) }
}

/// Latency targets of the 95th percentile, seconds; infinite where none is set.
struct Limits {
    first_token_s: f64,
    per_token_s: f64,
}

impl Limits {
    fn of(targets: &LatencyTargets) -> Self {
        // A target that is no number sets no limit.
        let limit =
            |target: Option<f64>| target.filter(|seconds| seconds.is_finite()).unwrap_or(f64::INFINITY);
        Self {
            first_token_s: limit(targets.time_to_first_token_s),
            per_token_s: limit(targets.time_per_output_token_s),
        }
    }

    /// What the band of a speed makes of the throughput at the largest batch within the limits.
    ///
    /// A faster replica keeps a limit with more calls in flight, a slower one with fewer: the limits are solved
    /// again at both ends. Beyond [`LIMITED_BAND_AT_MOST`] nobody runs a replica like that: who misses a target
    /// narrowly shortens the steps instead of leaving the batch empty.
    fn carried(&self, speed: Band, roofline: &Roofline, batch: f64) -> Band {
        let is_limited = self.first_token_s.is_finite() || self.per_token_s.is_finite();
        if !is_limited {
            return speed;
        }
        let at = |pace: f64| {
            let limits =
                Self { first_token_s: self.first_token_s * pace, per_token_s: self.per_token_s * pace };
            // At a pace that misses a limit even alone, one call is in flight.
            let its_batch = limits.largest_batch(roofline).unwrap_or(1.0);
            pace * roofline.calls_per_second(its_batch) / roofline.calls_per_second(batch)
        };
        let most = LIMITED_BAND_AT_MOST;
        Band { low: within(at(speed.low), most.low, 1.0), high: within(at(speed.high), 1.0, most.high) }
    }

    /// The first limit that this batch misses.
    fn missed(&self, roofline: &Roofline, batch: f64) -> Option<CannotServe> {
        let mean = roofline.latency(batch);
        let first = mean.first_token_s / MEAN_SHARE_OF_P95;
        let each = mean.per_token_s / MEAN_SHARE_OF_P95;
        let (measure, best_s, target_s) = if first > self.first_token_s {
            (LatencyMeasure::FirstToken, bounded(first), self.first_token_s)
        } else if each > self.per_token_s {
            (LatencyMeasure::PerOutputToken, bounded(each), self.per_token_s)
        } else {
            return None;
        };
        Some(CannotServe::LatencyUnreachable { measure, best_s, target_s })
    }

    /// Largest batch within the limits.
    ///
    /// Both latencies grow with the batch, ever less steeply, as experts are touched that others touched before. So the
    /// tangent at a batch that keeps a limit meets the limit at a batch that keeps it too: Newton's steps from one
    /// request on never overshoot.
    fn largest_batch(&self, roofline: &Roofline) -> Result<f64, CannotServe> {
        let most = roofline.batch_in_memory;
        if self.missed(roofline, most).is_none() {
            return Ok(most);
        }
        if let Some(reason) = self.missed(roofline, 1.0) {
            return Err(reason);
        }
        let mut batch = 1.0;
        for _ in 0..MOST_STEPS {
            let step = roofline.tangents_meet(
                batch,
                self.first_token_s * MEAN_SHARE_OF_P95,
                self.per_token_s * MEAN_SHARE_OF_P95,
            );
            // Rounding may put the last step backwards; what is not a number is no step either.
            let is_step = step > CLOSE * batch;
            if !is_step {
                break;
            }
            batch = (batch + step).min(most);
        }
        Ok(batch)
    }
}

#[cfg(test)]
mod tests;
