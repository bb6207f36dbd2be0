//! Step and prefill times of a replica: reading, computing, launching and communicating, summed.
//!
//! ```text
//! t_step   = (W_rest + W_experts·touched + B·KV) / (n·BW·0.85)
//!          + B·2·N_a / (n·P) + B·attention / (n·P_bf16·0.16) + B·σ
//!          + L·(τ + link) + B·all-reduce
//! touched  = 1 − (1 − k/E)^B                      of the routed experts
//! P        = attainable peak: of the format, times the best that was measured of the bf16 peak;
//!            fp8 × 0.7, weights to unpack × 0.7; in decoding a mixture reaches a quarter of it
//! t_pre    = 2·N_a·s / (n·P·e_p) + attention / (n·P_bf16·e_p) + s·all-reduce
//! t_token  = t_step + (B − 1)·t_pre/O             a step waits for the prefill of the other calls
//! t_first  = max(t_pre, one read of the weights) + L·λ + 3 ms + t_step·(1 − 1/B)
//! X        = B·O / (B·t_pre + O·t_step)
//! ```
//!
//! `τ`, `λ`, `σ` and `e_p` belong to the software ([`Engine`](super::Engine)), the rest to the hardware
//! ([`Chip`], [`LinkCost`]). A call waits for its own prefill once, before its first token, and never between its tokens. A
//! newcomer waits for the running step, if one of the other B − 1 calls runs.
//!
//! Both latencies and the time that a batch takes grow with the batch, the latencies ever less steeply: the
//! search for the largest batch rests on that.
//!
//! Constants are fitted to 365 published rows of 2025–26 engines and 68 vendor-tuned ones; weakly determined
//! are the share of attention (0.12 to 0.3 fit alike) and of decoding a dense model (0.8 to 1). Above 16 calls at
//! once the first token comes later than said: no queue before the prefill is modelled.
//!
//! Simplifications: the caches of a shared prefix are not shared; several GPUs divide the cache
//! evenly even where the model has fewer key-value heads.

use super::chip::{Chip, LinkCost};
use super::kv::{attention_flops, kv_bytes_per_token};
use super::memory::WeightBytes;
use super::serving::{Load, Replica};
use super::within;
use crate::domain::catalog::{OpenModel, ParameterCount};

/// Share of the attainable peak that prefill of a mixture reaches of what a dense model does.
const MIXTURE_PREFILL_SHARE: f64 = 0.5;
/// Share of the attainable peak that the small products of a mixture reach in decoding.
const MIXTURE_DECODE_SHARE: f64 = 0.22;
/// Share of the bf16 peak that attention reaches in decoding.
const ATTENTION_SHARE: f64 = 0.16;
/// Receiving a call and answering it, seconds.
const HANDLING_S: f64 = 0.003;
/// Cache misses beyond this share of calls decide the 95th percentile.
const MISSES_BELOW_P95: f64 = 0.05;

/// Times of one replica under one load, as functions of the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roofline {
    /// Requests that memory allows, at least one.
    pub batch_in_memory: f64,
    /// Prefill of a mean call, seconds.
    prefill_s: f64,
    /// First token of a call that nobody else delays, at the 95th percentile, seconds.
    alone_s: f64,
    /// Launches, links and all weights but experts, seconds per step.
    always_s: f64,
    /// All experts, seconds per step.
    experts_s: f64,
    /// Logarithm of the share of experts that one token leaves alone.
    ln_untouched: f64,
    /// Cache, arithmetic and scheduling of one request, seconds per step.
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
        let misses_decide = 1.0 - load.prefix_hit > MISSES_BELOW_P95;
        let deciding = speed.prefill_s(replica, load, count, if misses_decide { 0.0 } else { 1.0 });
        let read_once = weights.total / speed.bytes;
        Self {
            batch_in_memory: batch_in_memory(replica, weights.total, cache),
            prefill_s: speed.prefill_s(replica, load, count, load.prefix_hit),
            alone_s: deciding.max(read_once) + speed.handling_s + model.layers * speed.prefill_launch_s,
            always_s: resident / speed.bytes + model.layers * speed.launch_s,
            experts_s: weights.experts / speed.bytes,
            ln_untouched: libm::log(within(untouched, 0.0, 1.0)),
            request_s: cache / speed.bytes
                + 2.0 * count.matmul / speed.decode_flops
                + decode_attention_flops(model, context) / speed.attention_flops
                + speed.token_s,
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
            first_token_s: self.alone_s + step * (1.0 - 1.0 / batch),
            per_token_s: step + (batch - 1.0) * self.others_s(),
        }
    }

    /// Prefill of one other call, seconds for each token of this one.
    fn others_s(&self) -> f64 {
        self.prefill_s / self.output_tokens
    }

    /// How many more requests until the first of the tangents of both latencies at this batch meets its mean target,
    /// seconds.
    pub fn tangents_meet(&self, batch: f64, first_token_s: f64, per_token_s: f64) -> f64 {
        let step = self.step_s(batch);
        // Experts that are all touched have an infinite logarithm, and dense models none worth an exponential.
        let mixed = self.experts_s > 0.0 && self.ln_untouched.is_finite();
        let touching = if mixed { -self.ln_untouched * libm::exp(batch * self.ln_untouched) } else { 0.0 };
        let slope = self.request_s + self.experts_s * touching;
        let busy = 1.0 - 1.0 / batch;
        let first = (first_token_s - self.alone_s - step * busy) / (slope * busy + step / (batch * batch));
        let wait = self.others_s();
        first.min((per_token_s - step - (batch - 1.0) * wait) / (slope + wait))
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

/// What the GPUs of a replica reach together under its software.
struct Speed {
    /// Bytes read per second.
    bytes: f64,
    decode_flops: f64,
    attention_flops: f64,
    prefill_flops: f64,
    prefill_attention_flops: f64,
    /// One layer of a step, seconds.
    launch_s: f64,
    /// One layer of a prefill, seconds.
    prefill_launch_s: f64,
    /// Links and scheduling of one token of a step, seconds.
    token_s: f64,
    /// Links of one token of a prompt, seconds.
    prompt_token_s: f64,
    handling_s: f64,
}

impl Speed {
    fn of(replica: &Replica<'_>, count: &ParameterCount) -> Self {
        let (model, engine) = (replica.model, &replica.engine);
        let gpus = f64::from(replica.gpus.max(1));
        let pace = within(engine.pace, 0.01, 10.0);
        let chip = Chip::of(replica.gpu);
        let link = LinkCost::of(replica.link, replica.gpu, replica.gpus);
        let is_mixture = count.routed_experts > 0.0;
        let of_mixture = |share: f64| if is_mixture { share } else { 1.0 };
        let more = |dense: f64, mixture: f64| if is_mixture { mixture } else { dense };
        let peak = chip.attainable_flops(replica.weights, replica.arithmetic) * gpus * pace;
        let wide = chip.attainable_bf16_flops() * gpus * pace;
        let prefill_share = chip.prefill_share(engine.prefill_share);
        let launch = engine.launch_s + more(0.0, engine.mixture_launch_s);
        let all_reduce = link.all_reduce_s(model) / pace;
        Self {
            bytes: chip.bytes_per_second() * gpus * pace,
            decode_flops: peak * of_mixture(MIXTURE_DECODE_SHARE),
            attention_flops: wide * ATTENTION_SHARE,
            prefill_flops: peak * prefill_share * of_mixture(MIXTURE_PREFILL_SHARE),
            prefill_attention_flops: wide * prefill_share,
            launch_s: (launch * chip.launch_factor() + link.latency_s()) / pace,
            prefill_launch_s: more(engine.prefill_launch_s, engine.mixture_prefill_launch_s) / pace,
            token_s: engine.sequence_s / pace + all_reduce,
            prompt_token_s: all_reduce,
            handling_s: HANDLING_S / pace,
        }
    }

    /// Prefill of a mean call when so large a share of calls find the prefix, seconds.
    ///
    /// The tokens of a cached prefix are not computed, but the others attend to them:
    /// `attention(prompt) − hit·attention(prefix)`.
    fn prefill_s(&self, replica: &Replica<'_>, load: &Load, count: &ParameterCount, hit: f64) -> f64 {
        let computed = load.variable_tokens + (1.0 - hit) * load.prefix_tokens;
        let attention = attention_flops(replica.model, load.prompt_tokens())
            - hit * attention_flops(replica.model, load.prefix_tokens);
        2.0 * count.matmul * computed / self.prefill_flops
            + attention.max(0.0) / self.prefill_attention_flops
            + computed * self.prompt_token_s
    }
}

/// Operations of attention for one more token after a context of so many.
///
/// Latent attention, as served, works on the latent: its rank twice and the rotary part for each head.
fn decode_attention_flops(model: &OpenModel, context: f64) -> f64 {
    match model.mla_kv_rank {
        Some(rank) => {
            let width = 2.0 * rank + model.mla_rope_dim.unwrap_or(0.0);
            2.0 * model.layers * model.q_heads * width * context
        }
        None => (attention_flops(model, context + 1.0) - attention_flops(model, context)).max(0.0),
    }
}

/// Requests whose caches fit beside the weights, at least one: the fit test has already admitted a long call, and
/// what was measured did run.
fn batch_in_memory(replica: &Replica<'_>, weights: f64, cache: f64) -> f64 {
    within(replica.room_bytes(weights) / cache, 1.0, replica.engine.most_in_flight)
}
