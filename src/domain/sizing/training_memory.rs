//! Memory of a training run on each GPU (formulas.md §§3.2, 3.3).
//!
//! ```text
//! states       full: (2 + 2 + optimizer) B per parameter      mixed Adam: 12 → 16
//!              LoRA: 2 B per base parameter + the same states per adapter parameter
//!              QLoRA: 0.516 B per linear parameter, 2 B per embedding + adapter states
//! a            2 B · (12h + 3·n_h·d + n_kv·d + 3f)             per token and layer
//!              less, with adapters, the inputs of frozen matrices that carry none
//! activations  L·a·tokens;  checkpointing: L·2h·tokens + max(a·tokens, logits); selective in between
//! logits       3.5 · 4 B · tokens · V / chunks                 chunked loss: 8
//! overhead     1 GB + two gathered layers and the embeddings where states are sharded
//! peak         weights + optimizer + overhead + max(gradients, activations + logits)
//! ```
//!
//! Gradients appear as activations go, so that only the larger counts; where micro-batches are
//! accumulated, the gradients of earlier ones are there from the start, and both count.
//!
//! Error on 18 published rows: median 5 %, nine of ten within 19 %. The gathered layers replace the 2–4 GB per
//! GPU of the formulas: they follow the model, from 0.2 GB for a quantised 7B to 3.5 GB for a 70B.

use super::kv::head_width;
use super::lora::lora_params;
use super::memory::WeightBytes;
use super::training::{Checkpointing, TrainingRun, TuningMethod};
use super::{Precision, bounded, within};
use crate::domain::catalog::{OpenModel, active_ffn_width, parameter_count, routed_per_token};
use crate::domain::units::{GB, GIB};

/// Share of usable memory that a plan may fill; above it the next GPU is the better choice.
const FILL: f64 = 0.85;
/// Bytes of a bf16 value.
const BF16: f64 = 2.0;
/// Workspace and context of the framework on each GPU, bytes.
const WORKSPACE_BYTES: f64 = 1.0 * GB;
/// Copies of the logits in fp32 that a loss holds.
const LOGIT_COPIES: f64 = 3.5;
/// Parts a chunked loss works in.
const LOSS_CHUNKS: f64 = 8.0;
/// Layers that sharded training gathers at a time: one in use, one on its way.
const GATHERED_LAYERS: f64 = 2.0;

/// Memory on each GPU of a run, GiB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingMemory {
    /// Base weights and adapters.
    pub weights_gib: f64,
    /// Gradients of what is trained, where not accumulated only what exceeds activations and logits.
    pub gradients_gib: f64,
    /// Optimizer states of what is trained, with its fp32 copy.
    pub optimizer_gib: f64,
    /// Kept activations; with checkpointing, the recomputed layer counts where it exceeds the logits.
    pub activations_gib: f64,
    /// Logits and their copies.
    pub logits_gib: f64,
    /// Workspace and gathered layers.
    pub overhead_gib: f64,
}

impl TrainingMemory {
    /// Sum of all parts, GiB.
    pub fn total_gib(&self) -> f64 {
        let states = self.weights_gib + self.gradients_gib + self.optimizer_gib;
        bounded(states + self.activations_gib + self.logits_gib + self.overhead_gib)
    }
}

impl TrainingRun<'_> {
    /// Memory on each GPU, GiB; `None` where the model's row lacks a column that its kind needs.
    pub fn memory_per_gpu(&self) -> Option<TrainingMemory> {
        let states = States::of(self)?;
        let working = Working::of(self);
        let shards = if self.sharded { f64::from(self.gpus.max(1)) } else { 1.0 };
        let gathered = if shards > 1.0 { states.gathered + states.embeddings } else { 0.0 };
        let gib = |bytes: f64| bounded(bytes / GIB);
        let gradients = states.gradients / shards;
        let beside = if self.accumulates { 0.0 } else { working.activations + working.logits };
        Some(TrainingMemory {
            weights_gib: gib(states.weights / shards),
            gradients_gib: gib((gradients - beside).max(0.0)),
            optimizer_gib: gib(states.optimizer / shards),
            activations_gib: gib(working.activations),
            logits_gib: gib(working.logits),
            overhead_gib: gib(WORKSPACE_BYTES + gathered),
        })
    }

    /// Whether the run fits: 85 % of what each of its GPUs can use (formulas.md §3.3).
    pub fn fits(&self) -> bool {
        self.memory_if_it_fits().is_some()
    }

    /// Memory on each GPU, GiB, if the run fits as [`TrainingRun::fits`] says.
    pub fn memory_if_it_fits(&self) -> Option<TrainingMemory> {
        self.memory_per_gpu().filter(|memory| self.gpus > 0 && memory.total_gib() <= self.room_gib())
    }

    /// Memory of each GPU that a run may fill, GiB.
    pub fn room_gib(&self) -> f64 {
        FILL * self.gpu.mem_gib_usable_approx
    }
}

/// Bytes of the base that sharded training passes between GPUs; routed experts stay where they are.
pub(super) fn sharded_weight_bytes(run: &TrainingRun<'_>) -> f64 {
    let layers = States::of(run).map_or(0.0, |states| states.gathered / GATHERED_LAYERS);
    layers * run.model.layers
}

/// Bytes that do not depend on the batch, before sharding.
struct States {
    weights: f64,
    gradients: f64,
    optimizer: f64,
    /// Two layers of the base without their routed experts, which stay where they are.
    gathered: f64,
    /// Embedding and head in bf16, which stay gathered through the step.
    embeddings: f64,
}

impl States {
    fn of(run: &TrainingRun<'_>) -> Option<Self> {
        let count = parameter_count(run.model)?;
        let (format, adapters) = match run.method {
            TuningMethod::Full => (Precision::Bf16, None),
            TuningMethod::Lora { rank } => (Precision::Bf16, Some(rank)),
            TuningMethod::QLora { rank } => (Precision::Nf4, Some(rank)),
        };
        let adapters = adapters.map(|rank| lora_params(run.model, rank, run.lora_targets));
        let trained = adapters.unwrap_or(run.model.params_total_b * 1e9);
        let base = WeightBytes::of(run.model, &count, format);
        let layers = (base.total - base.experts - count.embeddings() * BF16).max(0.0);
        Some(Self {
            weights: base.total + adapters.unwrap_or(0.0) * BF16,
            gradients: trained * BF16,
            optimizer: trained * within(run.optimizer_bytes_per_param, 0.0, 64.0),
            gathered: GATHERED_LAYERS * layers / run.model.layers.max(1.0),
            embeddings: count.embeddings() * BF16,
        })
    }
}

/// Bytes that grow with the tokens of one step.
struct Working {
    activations: f64,
    logits: f64,
}

impl Working {
    fn of(run: &TrainingRun<'_>) -> Self {
        let model = run.model;
        let tokens = within(run.micro_batch_tokens, 0.0, 1e12);
        let chunks = if run.chunked_loss { LOSS_CHUNKS } else { 1.0 };
        let logits = LOGIT_COPIES * 4.0 * tokens * model.vocab / chunks;
        let layer = tokens * (activation_bytes_per_token(model) - unkept_bytes_per_token(run)).max(0.0);
        // One layer is recomputed at a time, after the logits are gone.
        let recomputed = (layer - logits).max(0.0);
        let activations = match run.checkpointing {
            Checkpointing::Off => model.layers * layer,
            Checkpointing::Selective => {
                let kept = (selective_bytes_per_token(model) * tokens).min(layer);
                (model.layers * kept + recomputed).min(model.layers * layer)
            }
            Checkpointing::Full => model.layers * BF16 * model.hidden * tokens + recomputed,
        };
        Self { activations, logits }
    }
}

/// Bytes that one layer keeps for the backward pass, per token, with flash attention and a gated
/// feed-forward block; of a mixture, the experts a token passes and the copies sent to them and back.
pub(super) fn activation_bytes_per_token(model: &OpenModel) -> f64 {
    let width = head_width(model);
    // Latent attention is expanded to all heads in training.
    let kv_heads = model.kv_heads.unwrap_or(model.q_heads);
    let heads = 3.0 * model.q_heads * width + kv_heads * width;
    let copies = 2.0 * routed_per_token(model) * model.hidden;
    BF16 * (12.0 * model.hidden + heads + 3.0 * active_ffn_width(model) + copies)
}

/// What a layer keeps per token with selective recomputation: its input, attention's output and every
/// second product.
fn selective_bytes_per_token(model: &OpenModel) -> f64 {
    let heads = model.q_heads * head_width(model);
    let kv_heads = 2.0 * model.kv_heads.unwrap_or(model.q_heads) * head_width(model);
    let products = heads + kv_heads + 2.0 * model.hidden + 2.0 * active_ffn_width(model);
    BF16 * (model.hidden + heads + products / 2.0)
}

/// Inputs that only the gradient of a frozen matrix without an adapter would need.
fn unkept_bytes_per_token(run: &TrainingRun<'_>) -> f64 {
    if run.method == TuningMethod::Full {
        return 0.0;
    }
    let targets = run.lora_targets;
    let attention_input = if targets.query || targets.key || targets.value { 0.0 } else { run.model.hidden };
    let block_input = if targets.gate || targets.up { 0.0 } else { run.model.hidden };
    let inner = if targets.down { 0.0 } else { active_ffn_width(run.model) };
    BF16 * (attention_input + block_input + inner)
}

#[cfg(test)]
mod tests;
