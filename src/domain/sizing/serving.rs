//! What is asked of a replica, and what it can do.

use super::{Arithmetic, Band, Engine, KvPrecision, Link, Precision, within};
use crate::domain::catalog::{Gpu, OpenModel};
use crate::domain::units::GIB;

/// Activations and runtime of a serving engine on each GPU as its peak shows them, bytes (formulas.md §5).
pub(super) const RUNTIME_BYTES_PER_GPU: f64 = 1.5e9;

/// Tokens of one call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Prefix shared by all calls: instructions, examples, cached knowledge.
    pub prefix_tokens: f64,
    /// Share of calls that find the prefix in the cache, 0 to 1.
    pub prefix_hit: f64,
    /// Input of the call itself and what was retrieved for it.
    pub variable_tokens: f64,
    /// Output with hidden reasoning.
    pub output_tokens: f64,
    /// A long call against a mean one; a replica must hold one long call.
    pub length_tail_factor: f64,
}

impl Load {
    /// Long calls are four times the mean (method §5, an assumption).
    pub const DEFAULT_TAIL_FACTOR: f64 = 4.0;
    /// Beyond any context; keeps arithmetic on absurd inputs finite.
    const MOST_TOKENS: f64 = 1e12;

    /// The same load with every number in its range: a call emits at least one token.
    pub(super) fn in_range(&self) -> Self {
        let tokens = |count: f64, least: f64| within(count, least, Self::MOST_TOKENS);
        Self {
            prefix_tokens: tokens(self.prefix_tokens, 0.0),
            prefix_hit: within(self.prefix_hit, 0.0, 1.0),
            variable_tokens: tokens(self.variable_tokens, 0.0),
            output_tokens: tokens(self.output_tokens, 1.0),
            length_tail_factor: tokens(self.length_tail_factor, 1.0),
        }
    }

    /// Prompt in full, cached or not.
    pub(super) fn prompt_tokens(&self) -> f64 {
        self.prefix_tokens + self.variable_tokens
    }

    /// Prompt and output.
    pub(super) fn total_tokens(&self) -> f64 {
        self.prompt_tokens() + self.output_tokens
    }
}

/// Latency limits for 95 of 100 calls, seconds; `None` sets no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LatencyTargets {
    /// Until the first token.
    pub time_to_first_token_s: Option<f64>,
    /// From one token to the next.
    pub time_per_output_token_s: Option<f64>,
}

/// One copy of a model on one or several GPUs.
#[derive(Clone, Copy, Debug)]
pub struct Replica<'a> {
    /// The model.
    pub model: &'a OpenModel,
    /// The GPU it runs on.
    pub gpu: &'a Gpu,
    /// GPUs of the replica: tensor parallel × pipeline stages.
    pub gpus: u32,
    /// What joins them.
    pub link: Link,
    /// Format of the weights.
    pub weights: Precision,
    /// Format of the cache.
    pub kv: KvPrecision,
    /// Format of the matrix products: what the GPU computes of the weights' format.
    pub arithmetic: Arithmetic,
    /// The software that serves.
    pub engine: Engine,
    /// What weights and runtime take of each GPU, GiB, where that was measured.
    pub measured_gib: Option<f64>,
}

impl<'a> Replica<'a> {
    /// A replica with its cache in bf16, as engines ship, whatever its weights.
    pub fn new(model: &'a OpenModel, gpu: &'a Gpu, gpus: u32, weights: Precision, engine: Engine) -> Self {
        let arithmetic = weights.arithmetic_on(gpu);
        Self {
            model,
            gpu,
            gpus,
            link: Link::between(gpu, gpus),
            weights,
            kv: KvPrecision::Bf16,
            arithmetic,
            engine,
            measured_gib: None,
        }
    }

    /// A replica in a plain generation loop ([`Engine::plain_loop`]).
    pub fn in_plain_loop(model: &'a OpenModel, gpu: &'a Gpu, gpus: u32, weights: Precision) -> Self {
        Self::new(model, gpu, gpus, weights, Engine::plain_loop(weights))
    }

    /// Memory that the engine claims on all GPUs, bytes.
    pub(super) fn claimed_bytes(&self) -> f64 {
        f64::from(self.gpus) * self.engine.claimed_bytes(self.gpu)
    }

    /// What weights of so many bytes and the engine's reserve take of it, bytes; as measured where it was.
    pub(super) fn taken_bytes(&self, weights: f64) -> f64 {
        let gpus = f64::from(self.gpus);
        match self.measured_gib {
            Some(gib) => gpus * gib * GIB,
            None => weights + gpus * self.engine.reserve_bytes(self.gpu, self.model),
        }
    }

    /// The engine's reserve on all its GPUs, GiB; nothing where it was measured together with the weights.
    pub(super) fn runtime_gib(&self) -> f64 {
        let each =
            if self.measured_gib.is_some() { 0.0 } else { self.engine.reserve_bytes(self.gpu, self.model) };
        f64::from(self.gpus) * each / GIB
    }

    /// What is left for caches beside weights of so many bytes; below zero if the weights do not fit.
    pub(super) fn room_bytes(&self, weights: f64) -> f64 {
        self.claimed_bytes() - self.taken_bytes(weights)
    }
}

/// What a replica does at the largest batch that memory and latency allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServingEstimate {
    /// Requests in flight; not rounded.
    pub batch: f64,
    /// Output tokens per second of the replica, `X`.
    pub output_tokens_per_second: f64,
    /// Calls per second of the replica, `X / O`.
    pub calls_per_second: f64,
    /// Mean time to the first token, seconds: of a cache miss where those exceed 5 %.
    pub time_to_first_token_s: f64,
    /// Mean time per output token, seconds, other requests' prefill included.
    pub time_per_output_token_s: f64,
    /// Weights in memory, GiB.
    pub weights_gib: f64,
    /// Cache of one request at its full mean length, GiB.
    pub kv_gib_per_request: f64,
    /// Activations and runtime on all GPUs, GiB; in the weights where these were measured.
    pub runtime_gib: f64,
    /// Memory the engine claims on all GPUs, GiB.
    pub usable_gib: f64,
    /// Factors on the throughput for its likely low and high end.
    pub band: Band,
}

impl ServingEstimate {
    /// The same replica at the speed that was measured, output tokens per second; its band is gone. The latencies
    /// stay those of the estimate.
    #[must_use]
    pub fn measured_at(self, output_tokens_per_second: f64) -> Self {
        let calls_per_second =
            self.calls_per_second * (output_tokens_per_second / self.output_tokens_per_second);
        Self { output_tokens_per_second, calls_per_second, band: Band::MEASURED, ..self }
    }

    /// Time to the first token for 95 of 100 calls, seconds, as compared with the target.
    pub fn p95_time_to_first_token_s(&self) -> f64 {
        self.time_to_first_token_s / MEAN_SHARE_OF_P95
    }

    /// Time per output token for 95 of 100 calls, seconds, as compared with the target.
    pub fn p95_time_per_output_token_s(&self) -> f64 {
        self.time_per_output_token_s / MEAN_SHARE_OF_P95
    }
}

/// Mean of the closed form against the 95th percentile (formulas.md §5, latency-limited rows).
pub(super) const MEAN_SHARE_OF_P95: f64 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_out_of_range_is_brought_into_it() {
        let absurd = Load {
            prefix_tokens: f64::NAN,
            prefix_hit: 7.0,
            variable_tokens: f64::INFINITY,
            output_tokens: -3.0,
            length_tail_factor: 0.0,
        };
        let load = absurd.in_range();
        assert_eq!((load.prefix_tokens, load.prefix_hit), (0.0, 1.0));
        assert_eq!((load.output_tokens, load.length_tail_factor), (1.0, 1.0));
        assert!(load.total_tokens().is_finite());
    }
}
