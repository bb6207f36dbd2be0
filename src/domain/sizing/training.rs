//! Training runs: what is trained, on what, and how.

use serde::{Deserialize, Serialize};

use super::{Arithmetic, LoraTargets};
use crate::domain::catalog::{Gpu, OpenModel};

/// Optimizer bytes per trained parameter of mixed-precision Adam: fp32 copy and two moments.
pub const MIXED_ADAM_BYTES: f64 = 12.0;
/// What is trained.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TuningMethod {
    /// All parameters.
    Full,
    /// Adapters on bf16 weights.
    Lora {
        /// Rank of the adapters.
        rank: f64,
    },
    /// Adapters on 4-bit weights.
    QLora {
        /// Rank of the adapters.
        rank: f64,
    },
}

/// How well the training software uses the GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrainingStack {
    /// A plain loop: examples padded, nothing compiled.
    Notebook,
    /// An open framework: packed, compiled, sharded.
    Tuned,
    /// Vendor recipes and people who know them.
    Expert,
}

/// Which activations the backward pass recomputes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checkpointing {
    /// None: all are kept.
    Off,
    /// What is cheap to recompute: kept are a layer's input, attention's output and every second
    /// product, as torchtitan does by default. Time counts it as free.
    Selective,
    /// All but the layers' inputs: one forward pass more.
    Full,
}

/// One training run on one kind of GPU.
#[derive(Clone, Copy, Debug)]
pub struct TrainingRun<'a> {
    /// The base.
    pub model: &'a OpenModel,
    /// The GPU.
    pub gpu: &'a Gpu,
    /// How many of them.
    pub gpus: u32,
    /// What is trained.
    pub method: TuningMethod,
    /// Tokens of one forward pass on each GPU: micro-batch × padded length.
    pub micro_batch_tokens: f64,
    /// Tokens that attend to each other: the length of a packed sequence or example.
    pub sequence_tokens: f64,
    /// Which activations are recomputed instead of kept.
    pub checkpointing: Checkpointing,
    /// Whether the loss is computed in chunks.
    pub chunked_loss: bool,
    /// Whether states are divided over all GPUs (FSDP, ZeRO-3) or copied to each.
    pub sharded: bool,
    /// GPUs that work on one layer together; 1 where sharding alone divides the work.
    pub tensor_parallel: u32,
    /// Groups of layers on GPUs of their own; 1 where there is no pipeline.
    pub pipeline_stages: u32,
    /// Whether gradients of several micro-batches are summed before an update, so that they stay in
    /// memory while the next activations grow.
    pub accumulates: bool,
    /// Optimizer bytes per trained parameter, with its fp32 copy; gradients apart.
    pub optimizer_bytes_per_param: f64,
    /// Matrices that carry adapters.
    pub lora_targets: LoraTargets,
    /// How well the software uses the GPU.
    pub stack: TrainingStack,
    /// Format of the matrix products.
    pub arithmetic: Arithmetic,
}

impl<'a> TrainingRun<'a> {
    /// The careful run on few GPUs: micro-batch 1 of the example's length, accumulated, checkpointing,
    /// chunked loss, sharded mixed-precision Adam, adapters on all matrices, a tuned stack in bf16.
    pub const fn new(
        model: &'a OpenModel,
        gpu: &'a Gpu,
        gpus: u32,
        method: TuningMethod,
        example_tokens: f64,
    ) -> Self {
        Self {
            model,
            gpu,
            gpus,
            method,
            micro_batch_tokens: example_tokens,
            sequence_tokens: example_tokens,
            checkpointing: Checkpointing::Full,
            chunked_loss: true,
            sharded: true,
            tensor_parallel: 1,
            pipeline_stages: 1,
            accumulates: true,
            optimizer_bytes_per_param: MIXED_ADAM_BYTES,
            lora_targets: LoraTargets::ALL_LINEAR,
            stack: TrainingStack::Tuned,
            arithmetic: Arithmetic::Bf16,
        }
    }
}
