//! Step and prefill times of a replica (formulas.md §5): reading, computing and launching, summed.
//!
//! ```text
//! φ        = n^−δ                                  what is left of n GPUs working on one layer
//! t_step   = (W_read + B·kv·(ISL + OSL/2)) / (n·BW·e_b·φ) + 2·N_a·B / (n·F·e_c·φ) + L·τ
//! W_read   = W − embedding lookup; experts: only those touched, 1 − (1 − k/E)^B of them
//! t_pre    = (2·N_a·computed tokens + attention) / (n·F·e_p·φ)
//! t_token  = t_step + B·t_pre/OSL                  a step waits for the prefill of newcomers
//! t_first  = t_pre + max(t_step, 10 ms)            a newcomer waits for the running step
//! X        = B·OSL / (B·t_pre + OSL·t_step)
//! ```
//!
//! `τ`, launching one layer, is 60 µs in engines that replay recorded graphs, and ten times as much in
//! plain loops ([`Replica::in_plain_loop`]). All times are divided by the software maturity, once, here. The wait for the running step
//! replaces the fixed 40 ms of the formulas, which is too slow for small models (cases_notes.md).
//!
//! Simplifications: the caches of a shared prefix are not shared; several GPUs divide the cache
//! evenly even where the model has fewer key-value heads; no queue before the prefill.

use super::kv::{attention_flops, kv_bytes_per_token};
use super::memory::{UTILISATION, WeightBytes};
use super::serving::{Load, Replica};
use super::within;
use crate::domain::catalog::ParameterCount;
use crate::domain::units::GB;

/// Share of the memory bandwidth that decoding reaches, `e_b`.
pub(super) const BANDWIDTH_SHARE: f64 = 0.90;
/// Share of the peak that decoding reaches, `e_c`.
const DECODE_SHARE: f64 = 0.50;
/// Share of the peak that prefill reaches, `e_p`.
const PREFILL_SHARE: f64 = 0.60;
/// Loss of working together, `δ`.
const PARALLEL_LOSS: f64 = 0.15;
/// What a mixture of experts reaches of all three shares.
const MIXTURE_SHARE: f64 = 0.5;
/// Shortest wait of a newcomer, seconds (measured for an 8B model).
const SHORTEST_WAIT_S: f64 = 0.010;
/// Cache misses beyond this share of calls decide the 95th percentile.
const MISSES_BELOW_P95: f64 = 0.05;

/// Times of one replica under one load, as functions of the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roofline {
    /// Requests that memory allows, at least one.
    pub batch_in_memory: f64,
    /// Prefill of a mean call, seconds.
    prefill_s: f64,
    /// Prefill that decides the 95th percentile of the first token, seconds.
    deciding_prefill_s: f64,
    /// Launches and all weights but experts, seconds per step.
    always_s: f64,
    /// All experts, seconds per step.
    experts_s: f64,
    /// Logarithm of the share of experts that one token leaves alone.
    ln_untouched: f64,
    /// Cache and arithmetic of one request, seconds per step.
    request_s: f64,
    /// Output of a mean call.
    pub output_tokens: f64,
}

impl Roofline {
    /// Collect the times; `load` is in range.
    pub fn new(replica: &Replica<'_>, load: &Load, count: &ParameterCount, weights: &WeightBytes) -> Self {
        let model = replica.model;
        let speed = Speed::of(replica, count);
        let context = load.prompt_tokens() + load.output_tokens / 2.0;
        let cache = (kv_bytes_per_token(model, context, replica.kv) * context).max(1.0);
        let untouched = 1.0 - model.top_k.unwrap_or(0.0) / model.experts.unwrap_or(0.0).max(1.0);
        let resident = (weights.total - weights.experts - weights.looked_up).max(0.0);
        let prefill = |hit: f64| prefill_flops(replica, load, count, hit) / speed.prefill_flops;
        let misses_decide = 1.0 - load.prefix_hit > MISSES_BELOW_P95;
        Self {
            batch_in_memory: batch_in_memory(replica, weights.total, cache),
            prefill_s: prefill(load.prefix_hit),
            deciding_prefill_s: prefill(if misses_decide { 0.0 } else { 1.0 }),
            always_s: resident / speed.bytes + model.layers * replica.launch_s / speed.maturity,
            experts_s: weights.experts / speed.bytes,
            ln_untouched: libm::log(within(untouched, 0.0, 1.0)),
            request_s: cache / speed.bytes + 2.0 * count.matmul / speed.decode_flops,
            output_tokens: load.output_tokens,
        }
    }

    /// One decode step of the whole batch, seconds.
    fn step_s(&self, batch: f64) -> f64 {
        // Dense models skip the exponential, the dearest operation of the search for a batch.
        let touched = if self.experts_s > 0.0 { 1.0 - libm::exp(batch * self.ln_untouched) } else { 0.0 };
        self.always_s + self.experts_s * touched + self.request_s * batch
    }

    /// Both latencies of the mean, which grow with the batch.
    pub fn latency(&self, batch: f64) -> Latency {
        let step = self.step_s(batch);
        Latency {
            first_token_s: self.deciding_prefill_s + step.max(SHORTEST_WAIT_S),
            per_token_s: step + batch * self.prefill_s / self.output_tokens,
        }
    }

    /// How many more requests until the first of the tangents of both latencies at this batch meets its mean target,
    /// seconds; the shortest wait is assumed to keep its own.
    pub fn tangents_meet(&self, batch: f64, first_token_s: f64, per_token_s: f64) -> f64 {
        let step = self.step_s(batch);
        // Experts that are all touched have an infinite logarithm, and dense models none worth an exponential.
        let mixed = self.experts_s > 0.0 && self.ln_untouched.is_finite();
        let touching = if mixed { -self.ln_untouched * libm::exp(batch * self.ln_untouched) } else { 0.0 };
        let slope = self.request_s + self.experts_s * touching;
        let wait = self.prefill_s / self.output_tokens;
        let first = (first_token_s - self.deciding_prefill_s - step) / slope;
        first.min((per_token_s - step - batch * wait) / (slope + wait))
    }

    /// Calls finished per second.
    pub fn calls_per_second(&self, batch: f64) -> f64 {
        batch / (batch * self.prefill_s + self.output_tokens * self.step_s(batch))
    }
}

/// Mean latencies, seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Latency {
    /// From arrival to the first token.
    pub first_token_s: f64,
    /// From one token of a request to the next.
    pub per_token_s: f64,
}

/// What the GPUs of a replica reach together.
struct Speed {
    maturity: f64,
    bytes: f64,
    decode_flops: f64,
    prefill_flops: f64,
}

impl Speed {
    fn of(replica: &Replica<'_>, count: &ParameterCount) -> Self {
        let gpus = f64::from(replica.gpus.max(1));
        let maturity = within(replica.maturity, 0.01, 10.0);
        let mixture = if count.routed_experts > 0.0 { MIXTURE_SHARE } else { 1.0 };
        let together = libm::pow(gpus, 1.0 - PARALLEL_LOSS) * mixture * maturity;
        let flops = replica.weights.arithmetic_on(replica.gpu).peak_flops(replica.gpu) * together;
        Self {
            maturity,
            bytes: replica.gpu.mem_bw_gb_s * GB * BANDWIDTH_SHARE * together,
            decode_flops: flops * DECODE_SHARE,
            prefill_flops: flops * PREFILL_SHARE,
        }
    }
}

/// Operations of the prefill of a mean call when so large a share of calls find the prefix.
///
/// The tokens of a cached prefix are not computed, but the others attend to them:
/// `attention(prompt) − hit·attention(prefix)`.
fn prefill_flops(replica: &Replica<'_>, load: &Load, count: &ParameterCount, hit: f64) -> f64 {
    let computed = load.variable_tokens + (1.0 - hit) * load.prefix_tokens;
    let attention = attention_flops(replica.model, load.prompt_tokens())
        - hit * attention_flops(replica.model, load.prefix_tokens);
    2.0 * count.matmul * computed + attention.max(0.0)
}

/// Requests whose caches fit beside the weights.
///
/// In units of the marketing figure, to which the constants are fitted. At least one: the fit test,
/// in units of usable memory, has already admitted a long call.
fn batch_in_memory(replica: &Replica<'_>, weights: f64, cache: f64) -> f64 {
    let (each, together) = replica.taken_bytes(weights);
    let per_gpu = replica.gpu.mem_gb_marketing * GB * UTILISATION - each;
    let budget = f64::from(replica.gpus) * per_gpu - together;
    within(budget / cache, 1.0, replica.most_in_flight)
}
