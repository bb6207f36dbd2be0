//! What comparable tools and much-quoted rules say for the same rows.
//!
//! Their closed forms as published, on the same facts, to compare with; the engine uses none of them.
//!
//! ```text
//! memory, serving      2 B (or the format's) per parameter × 1.2
//! memory, training     full 16 B per parameter (bf16 states 8), LoRA 2, QLoRA 0.5; × 1.2, / shards
//! tokens per second    0.55 · bandwidth / weights, times the requests whose multi-head cache fits
//! time per token       weights / (0.55 · bandwidth)
//! time to first token  2·N·prompt / (0.7 · peak)
//! training             6·N·D at half the bf16 peak, LoRA like full
//! ```
//!
//! Sources: the 1.2 is the widespread serving rule; bytes per parameter as in LLaMA-Factory's hardware
//! table; 0.55 is llmfit's constant; a cache without grouped heads is what vllm-fit and llmfit were
//! reported for; 0.7 is llm-analysis' default; 6ND at a fixed share is what most calculators do.
//! Mixtures count with the published active parameters for computing: the favourable reading.

use super::{Group, MeasuredUnit, Measurement, Method};
use crate::domain::units::{GB, GIB};

/// Allowance for everything but the weights.
const ALLOWANCE: f64 = 1.2;
/// Share of the bandwidth bound that a single stream is said to reach.
const STREAM_SHARE: f64 = 0.55;
/// Share of the peak that prefill is said to reach.
const PREFILL_SHARE: f64 = 0.7;
/// Share of the bf16 peak that training is said to reach.
const FIXED_MFU: f64 = 0.5;
const TERA: f64 = 1e12;

/// Predict a row by rule of thumb, in its own unit, or say why there is no rule.
pub fn rule_of_thumb(row: &Measurement) -> Result<f64, String> {
    let parameters = row.model.params_total_b * GB;
    let weights = parameters * row.weights.bytes_per_param();
    let gpus = f64::from(row.gpus_per_replica);
    let stream = STREAM_SHARE * gpus * row.gpu.mem_bw_gb_s * GB / weights;
    let all_gpus = f64::from(row.gpus_total.unwrap_or(1));
    let token_s = 6.0 * row.model.params_active_b * GB / (FIXED_MFU * row.gpu.bf16_dense_tflops * TERA);
    let run_s = || row.run_tokens.map(|tokens| tokens * token_s).ok_or("the tokens are not stated");
    match (row.group, row.unit) {
        (Group::TrainMemory, unit) => in_unit(training_bytes(row, parameters) * ALLOWANCE, unit),
        (Group::InferMemory, unit) => in_unit(weights * ALLOWANCE / gpus, unit),
        (Group::InferThroughput, MeasuredUnit::TokensPerSecond) => {
            let copies = f64::from(row.gpus_total.unwrap_or(row.gpus_per_replica)) / gpus;
            let in_flight = row.concurrency.unwrap_or(f64::INFINITY).min(requests(row, weights)).max(1.0);
            Ok(stream * in_flight * copies)
        }
        (Group::TimePerToken, MeasuredUnit::MsPerToken) => Ok(1e3 / stream),
        (Group::FirstToken, MeasuredUnit::MsToFirstToken) => {
            let peak = PREFILL_SHARE * gpus * row.gpu.bf16_dense_tflops * TERA;
            Ok(2e3 * row.model.params_active_b * GB * row.input_tokens / peak)
        }
        (_, MeasuredUnit::TokensPerSecond) => Ok(all_gpus / token_s),
        (_, MeasuredUnit::TokensPerSecondPerGpu) => Ok(1.0 / token_s),
        (_, MeasuredUnit::Minutes) => Ok(run_s()? / all_gpus / 60.0),
        (_, MeasuredUnit::GpuHours) => Ok(run_s()? / 3600.0),
        _ => Err("no rule of thumb for this unit".to_owned()),
    }
}

fn in_unit(bytes: f64, unit: MeasuredUnit) -> Result<f64, String> {
    match unit {
        MeasuredUnit::Gigabytes => Ok(bytes / GB),
        MeasuredUnit::Gibibytes => Ok(bytes / GIB),
        _ => Err("no rule of thumb for this unit".to_owned()),
    }
}

/// Bytes of training states on each GPU.
fn training_bytes(row: &Measurement, parameters: f64) -> f64 {
    let each = match row.method {
        Method::Full => 16.0,
        Method::FullBf16States => 8.0,
        Method::QLora => 0.5,
        Method::Lora | Method::Inference => 2.0,
    };
    parameters * each / f64::from(row.sharding.states.unwrap_or(1).max(1))
}

/// Requests whose multi-head cache fits beside the weights.
fn requests(row: &Measurement, weights: f64) -> f64 {
    let model = row.model;
    let cache = 2.0 * model.layers * model.hidden * row.kv.bytes() * (row.input_tokens + row.output_tokens);
    let memory = row.gpu.mem_gb_marketing * GB * f64::from(row.gpus_per_replica);
    (memory - weights) / cache
}
