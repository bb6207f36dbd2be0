//! Sizing of models on own GPUs: closed forms for memory, throughput, latency and training.
//!
//! [`serve`] sizes a [`Replica`] for a [`Load`]; a [`TrainingRun`] knows its memory, whether it fits
//! and its hours, [`TrainingRun::campaign_gpu_hours`] those of a model from scratch.
//! The formulas and constants, with their sources and errors, stand in `data/formulas.md` §§1–5;
//! each file names its section and what it improves on.
//!
//! What fits, and how many calls at once, is asked of the usable memory of a GPU in GiB.
//!
//! How good they are is measured: [`validation`](super::validation) predicts published measurements,
//! and the error bands of every kind of estimate are what it finds.
//!
//! Simplifications: one replica at saturation, no queue; headroom is the caller's.
//!
//! Out of scope: replicas over the week, prices, choice of the GPU.

mod bands;
mod chip;
mod engine;
mod kv;
mod link;
mod lora;
mod memory;
mod precision;
mod roofline;
mod serving;
mod throughput;
mod training;
mod training_memory;
mod training_time;

pub use super::strategy::{CannotServe, LatencyMeasure};
pub use bands::{
    Band, CAMPAIGN_BAND, CURRENT_SPEED_BAND, LIMITED_BAND_AT_MOST, SERVING_MEMORY_BAND, TIME_PER_TOKEN_BAND,
    TRAINING_HOURS_BAND, TRAINING_MEMORY_BAND, TUNED_SPEED_BAND,
};
pub use engine::Engine;
pub use kv::{kv_bytes, kv_bytes_per_token};
pub use link::Link;
pub use lora::{LoraTargets, lora_params};
pub use memory::{ServingMemory, calls_held, serving_memory, usable_gib, weight_bytes};
pub use precision::{Arithmetic, KvPrecision, Precision};
pub use serving::{LatencyTargets, Load, Replica, ServingEstimate};
pub use throughput::{serve, serve_as_run, serve_at_concurrency};
pub use training::{Checkpointing, MIXED_ADAM_BYTES, TrainingRun, TrainingStack, TuningMethod};
pub use training_memory::TrainingMemory;

/// The number within its bounds; NaN becomes the lower one.
const fn within(number: f64, low: f64, high: f64) -> f64 {
    // NaN compares as false.
    if number > low { number.min(high) } else { low }
}

/// A size as it may leave the domain: not negative, finite.
const fn bounded(size: f64) -> f64 {
    within(size, 0.0, f64::MAX)
}

#[cfg(test)]
mod properties;
