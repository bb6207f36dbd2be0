//! How long a training run takes (formulas.md §4).
//!
//! ```text
//! operations per token = 2·N_a·P + attention·P_attention / s
//!   full          P = 3: forward, backward to inputs, backward to weights      6N
//!   LoRA, QLoRA   P = 2: no backward to the frozen weights                     4N
//!   attention     3 passes either way: it has no weights to leave out
//!   checkpointing one forward pass more of both
//! time per token = products / F + attention / F_a + activations / BW           on one GPU
//!                + (weights + update) / BW + exchange / link                   each step, per token
//! hours = time per token · tokens · nodes^0.04 / n
//! ```
//!
//! One share of the peak for all models, the usual MFU, is off by a factor of two: matrix products,
//! attention and the element-wise rest are bound by different things. Products reach a steady share of
//! the best product measured on the GPU; attention a smaller one; norms, activations and the copies that
//! go to experts and back are bound by bandwidth, which is what makes narrow models and mixtures slow
//! and 4-bit formats gain less than their peak says. Summed, not overlapped, as the prefill is.
//!
//! The head stays in bf16 whatever the format of the rest. MFU, where it is given or taken, is quoted
//! against the dense bf16 peak and counts recomputation as work.

use super::kv::attention_flops;
use super::lora::lora_params;
use super::training::{Checkpointing, TrainingRun, TrainingStack, TuningMethod};
use super::training_memory::{activation_bytes_per_token, sharded_weight_bytes};
use super::{Arithmetic, within};
use crate::domain::catalog::{Gpu, ParameterCount, matmul_params, parameter_count};
use crate::domain::units::GB;

/// What the matrix products of training reach of the best product measured on the GPU.
///
/// The best is a large square product; those of a layer are smaller. This share, those of fp8, attention
/// and plain loops, the trips, the fast link and the loss over nodes are fitted together on the training
/// rows of `tests/data/measurements.csv` and rounded. Share and trips trade against each other: refits
/// without one source give 0.92 to 1.05 with 6 to 10 trips, hardly different in error.
const PRODUCT_SHARE: f64 = 0.90;
/// Best product against the peak where none was measured: what H100, H200 and B200 reach.
const UNMEASURED_BEST: f64 = 0.80;
/// Further share with fp8: scaling factors, and what stays in bf16 around each product.
const FP8_SHARE: f64 = 0.75;
/// What attention reaches of the best bf16 product: softmax between two small causal products, and a
/// backward pass that recomputes the first.
const ATTENTION_SHARE: f64 = 0.35;
/// How often a training pass moves the kept activations through memory: written and read forward,
/// read, and their gradients written and read twice, backward.
const ACTIVATION_TRIPS: f64 = 6.0;
/// Speed of a plain loop against a packed, compiled one: padding and gaps between launches.
const PLAIN_LOOP_SHARE: f64 = 0.37;
/// GPUs of one node; beyond it the network takes its part.
const NODE_GPUS: f64 = 8.0;
/// Loss over nodes: time grows with their number to this power, 3 % each doubling.
const NODE_LOSS: f64 = 0.04;
/// Most cards that one set of bridges joins.
const BRIDGED_GPUS: u32 = 4;
/// What a GPU exchanges over NVLink or Infinity Fabric without hiding it, bytes per second: two
/// thirds of one direction of NVLink 4.
const FAST_LINK_BYTES_S: f64 = 300e9;
/// What GPUs without a switched fabric exchange through the host, bytes per second: half of PCIe 4.
const SLOW_LINK_BYTES_S: f64 = 12e9;
/// Bytes of a bf16 value.
const BF16: f64 = 2.0;
/// Bytes that unpacking moves for a 4-bit parameter: read packed, written in bf16.
const UNPACKED_BYTES: f64 = 2.5;
/// Micro-batches in flight for each pipeline stage; fewer leave more of the pipeline empty.
const MICRO_BATCHES_PER_STAGE: f64 = 4.0;
/// GPU-hours of a published pretraining against those of its last token count alone: restarts, failed
/// nodes, annealing, long-context phases, ablations, and stacks younger by years since.
///
/// Geometric mean of the model cards in `tests/data/measurements.csv`, 1.1 to 3.4.
const CAMPAIGN_FACTOR: f64 = 1.9;

impl TrainingRun<'_> {
    /// Operations per trained token, recomputation included; `None` where the model's row lacks a
    /// column that its kind needs.
    pub fn flops_per_token(&self) -> Option<f64> {
        let attention = self.attention_flops_per_token() * (3.0 + self.recomputed());
        let flops = 2.0 * matmul_params(self.model)? * self.weight_passes() + attention;
        Some(flops).filter(|flops| flops.is_finite())
    }

    /// Wall-clock hours for so many tokens (set × epochs); GPU-hours are `gpus` times it.
    ///
    /// `None` where the row of model or GPU does not allow an answer.
    pub fn hours(&self, tokens_total: f64) -> Option<f64> {
        let seconds = self.gpu_seconds_per_token()? / f64::from(self.gpus) * tokens_total;
        Some(seconds / 3600.0).filter(|hours| hours.is_finite() && *hours >= 0.0)
    }

    /// GPU-hours below which no number of such GPUs gets: computing alone, without reading weights and exchange.
    pub fn least_gpu_hours(&self, tokens_total: f64) -> Option<f64> {
        let seconds = self.computing_s(&parameter_count(self.model)?);
        Some(seconds * tokens_total / 3600.0).filter(|hours| hours.is_finite())
    }

    /// As [`TrainingRun::hours`], at a share of the dense bf16 peak that was measured.
    pub fn hours_at(&self, tokens_total: f64, mfu: f64) -> Option<f64> {
        let flops = self.flops_per_token()? * tokens_total;
        let hours = gpu_hours(flops, self.gpu, mfu)? / f64::from(self.gpus);
        Some(hours).filter(|hours| hours.is_finite())
    }

    /// GPU-hours of a whole pretraining campaign that ends with so many tokens seen: the run itself
    /// times what published campaigns took beyond it, 1.9.
    pub fn campaign_gpu_hours(&self, tokens_total: f64) -> Option<f64> {
        let hours = self.hours(tokens_total)? * f64::from(self.gpus) * CAMPAIGN_FACTOR;
        Some(hours).filter(|hours| hours.is_finite())
    }

    /// Share of the dense bf16 peak that the run reaches, recomputation counted as work; above one
    /// where narrow formats allow it.
    pub fn default_mfu(&self) -> f64 {
        let speed = Arithmetic::Bf16.peak_flops(self.gpu);
        let reached = self.flops_per_token().zip(self.gpu_seconds_per_token());
        reached.map_or(0.0, |(flops, seconds)| within(flops / (seconds * speed), 0.0, 16.0))
    }

    /// Seconds that one GPU works for one token.
    fn gpu_seconds_per_token(&self) -> Option<f64> {
        let count = parameter_count(self.model)?;
        let computing = self.computing_s(&count);
        let step_tokens = within(self.micro_batch_tokens, 1.0, 1e12);
        let step = (self.memory_bound_s(&count) + self.exchange_s()) / step_tokens;
        let nodes = f64::from(self.gpus) / NODE_GPUS;
        // Most runs that are tried stay on one node: 1 to any power, without the power.
        let loss = if nodes > 1.0 { libm::pow(nodes, NODE_LOSS) } else { 1.0 };
        let alone = computing + step + self.tensor_parallel_s();
        let seconds = alone * loss * self.pipeline_factor();
        Some(seconds).filter(|seconds| seconds.is_finite() && *seconds > 0.0 && self.gpus > 0)
    }

    /// Products, attention and element-wise work of one token, seconds.
    fn computing_s(&self, count: &ParameterCount) -> f64 {
        let best = best_product_share(self.gpu);
        let wide = Arithmetic::Bf16.peak_flops(self.gpu) * best;
        let narrow = self.arithmetic.peak_flops(self.gpu) * best * self.format_share();
        let passes = 2.0 * self.weight_passes();
        let layers = (count.matmul - count.embedding).max(0.0);
        let products = passes * (layers / narrow + count.embedding / wide) / PRODUCT_SHARE;
        let attention_passes = 3.0 + self.recomputed();
        let attention = self.attention_flops_per_token() * attention_passes / (wide * ATTENTION_SHARE);
        let moved = self.model.layers * activation_bytes_per_token(self.model) * ACTIVATION_TRIPS;
        let elementwise = moved * attention_passes / 3.0 / self.bytes_per_second();
        let share = if self.stack == TrainingStack::Notebook { PLAIN_LOOP_SHARE } else { 1.0 };
        (products + attention + elementwise) / share
    }

    /// Reading the weights in each pass, unpacking them, and updating what is trained: seconds of a step.
    ///
    /// Vendor recipes run many micro-batches at once and hide it. Accumulated steps share one update.
    fn memory_bound_s(&self, count: &ParameterCount) -> f64 {
        if self.stack == TrainingStack::Expert {
            return 0.0;
        }
        let passes = self.weight_passes();
        let layers = (count.matmul - count.embedding).max(0.0);
        let unpacked = if self.unpacks() { UNPACKED_BYTES * layers } else { 0.0 };
        let read = passes * (count.matmul * BF16 + unpacked) / f64::from(self.model_parallel());
        let trained = match self.method {
            TuningMethod::Full => count.total,
            TuningMethod::Lora { rank } | TuningMethod::QLora { rank } => {
                lora_params(self.model, rank, self.lora_targets)
            }
        };
        // Weights, gradients and states are read and written once.
        let states = trained * 2.0 * (2.0 * BF16 + within(self.optimizer_bytes_per_param, 0.0, 64.0));
        let shards = if self.sharded { f64::from(self.gpus.max(1)) } else { 1.0 };
        let update = if self.accumulates { 0.0 } else { states / shards };
        (read + update) / self.bytes_per_second()
    }

    /// Passing sharded weights between GPUs: seconds of a step.
    ///
    /// Each step gathers all weights forward and backward, and full tuning scatters gradients:
    /// `2 or 3 · W · (n − 1) / n`. Vendor recipes hide it behind computing where the links are fast.
    fn exchange_s(&self) -> f64 {
        let bridged = self.gpu.has_bridge() && self.gpus <= BRIDGED_GPUS;
        let fast = self.gpu.has_fast_interconnect() || bridged;
        if self.gpus < 2 || !self.sharded || (fast && self.stack == TrainingStack::Expert) {
            return 0.0;
        }
        let passes = if matches!(self.method, TuningMethod::Full) { 3.0 } else { 2.0 };
        let others = 1.0 - 1.0 / f64::from(self.gpus);
        let link = if fast { FAST_LINK_BYTES_S } else { SLOW_LINK_BYTES_S };
        passes * sharded_weight_bytes(self) * others / f64::from(self.model_parallel()) / link
    }

    /// Sums over a tensor-parallel group, two forward, two backward, two recomputed, seconds of each
    /// of its GPUs for one token of the group's batch.
    fn tensor_parallel_s(&self) -> f64 {
        let group = f64::from(self.tensor_parallel.max(1));
        let sums = 4.0 + 2.0 * self.recomputed();
        // A ring passes the vector twice, but for its own part.
        let bytes = self.model.layers * sums * 2.0 * self.model.hidden * BF16 * (group - 1.0) / group;
        let link = if self.gpu.has_fast_interconnect() { FAST_LINK_BYTES_S } else { SLOW_LINK_BYTES_S };
        group * bytes / link
    }

    /// Time lost while a pipeline fills and drains.
    fn pipeline_factor(&self) -> f64 {
        let stages = f64::from(self.pipeline_stages.max(1));
        1.0 + (stages - 1.0) / (MICRO_BATCHES_PER_STAGE * stages)
    }

    /// Passes over the weights, forward counted as one.
    fn weight_passes(&self) -> f64 {
        let trained = if matches!(self.method, TuningMethod::Full) { 3.0 } else { 2.0 };
        trained + self.recomputed()
    }

    fn recomputed(&self) -> f64 {
        if self.checkpointing == Checkpointing::Full { 1.0 } else { 0.0 }
    }

    fn unpacks(&self) -> bool {
        matches!(self.method, TuningMethod::QLora { .. })
    }

    fn model_parallel(&self) -> u32 {
        self.tensor_parallel.max(1).saturating_mul(self.pipeline_stages.max(1))
    }

    fn attention_flops_per_token(&self) -> f64 {
        let sequence = within(self.sequence_tokens, 1.0, 1e9);
        attention_flops(self.model, sequence) / sequence
    }

    /// What training reaches of a narrow format's peak beyond what it reaches of bf16; fp4 has its
    /// share in [`Arithmetic::peak_flops`] already.
    fn format_share(&self) -> f64 {
        let fp8 = self.arithmetic == Arithmetic::Fp8 && self.gpu.fp8_dense_tflops.is_some();
        if fp8 { FP8_SHARE } else { 1.0 }
    }

    fn bytes_per_second(&self) -> f64 {
        self.gpu.mem_bw_gb_s * GB * BANDWIDTH_SHARE
    }
}

/// Share of the memory bandwidth that a training step reaches.
const BANDWIDTH_SHARE: f64 = 0.90;

/// Best measured matrix product against the peak; the usual share where none was measured.
fn best_product_share(gpu: &Gpu) -> f64 {
    let measured = gpu.measured_best_bf16_matmul_tflops;
    within(measured.map_or(UNMEASURED_BEST, |best| best / gpu.bf16_dense_tflops), 0.1, 1.0)
}

/// Hours of one GPU for so many operations; what is no number of operations takes no known time.
fn gpu_hours(flops: f64, gpu: &Gpu, mfu: f64) -> Option<f64> {
    let speed = Arithmetic::Bf16.peak_flops(gpu) * mfu;
    let hours = flops / (speed * 3600.0);
    (speed > 0.0 && flops >= 0.0 && hours.is_finite()).then_some(hours)
}

#[cfg(test)]
mod tests;
