//! What the engine says for a measured row.
//!
//! What the row leaves open: no requests in flight means offline saturation; a copy of the model is all
//! GPUs of the system; recomputation that is not stated is selective; several GPUs without a stated
//! division share the states; mixed-precision Adam; adapters on all matrices. Rows take one micro-batch
//! a step, as their columns say, so gradients are not accumulated.

use super::{Group, MeasuredUnit, Measurement, Method, Server, Software};
use crate::domain::sizing::{
    Engine, Load, LoraTargets, Replica, ServingEstimate, TrainingRun, TrainingStack, TuningMethod,
    serve_as_run, serving_memory,
};
use crate::domain::units::{GB, GIB};

/// Predict a row in its own unit, or say why the engine cannot.
pub fn predict(row: &Measurement) -> Result<f64, String> {
    match row.group {
        Group::TrainMemory => in_memory_unit(training_memory(row)?, row.unit),
        Group::InferMemory => in_memory_unit(serving_bytes(row)?, row.unit),
        Group::InferThroughput => throughput(row),
        Group::TimePerToken | Group::FirstToken => latency(row),
        Group::TrainThroughput | Group::TrainTime | Group::TrainGpuHours => training(row),
    }
}

const NO_ARCHITECTURE: &str = "the architecture of the model is not known in full";

fn in_memory_unit(bytes: f64, unit: MeasuredUnit) -> Result<f64, String> {
    match unit {
        MeasuredUnit::Gigabytes => Ok(bytes / GB),
        MeasuredUnit::Gibibytes => Ok(bytes / GIB),
        _ => Err("the unit is none of memory".to_owned()),
    }
}

/// The training run of a row.
fn run(row: &Measurement) -> Result<TrainingRun<'static>, String> {
    let rank = row.lora_rank;
    let method = match row.method {
        Method::Full | Method::FullBf16States => TuningMethod::Full,
        Method::Lora => TuningMethod::Lora { rank },
        Method::QLora => TuningMethod::QLora { rank },
        Method::Inference => return Err("a row of training without a method of training".to_owned()),
    };
    let stack = match row.software {
        Software::VendorTuned => TrainingStack::Expert,
        Software::FrameworkTuned | Software::ServingEngine => TrainingStack::Tuned,
        Software::FrameworkPlain | Software::Eager => TrainingStack::Notebook,
    };
    let gpus = row.gpus_total.unwrap_or(1);
    let targets = row.lora_targets.as_deref().map_or(LoraTargets::ALL_LINEAR, LoraTargets::from_letters);
    Ok(TrainingRun {
        model: row.model,
        gpu: row.gpu,
        gpus,
        method,
        micro_batch_tokens: row.step_tokens,
        sequence_tokens: row.sequence_tokens,
        checkpointing: row.checkpointing,
        chunked_loss: row.chunked_loss,
        sharded: row.sharding.states.unwrap_or(gpus) > 1,
        tensor_parallel: row.sharding.tensor_parallel,
        pipeline_stages: row.sharding.pipeline_stages,
        accumulates: false,
        optimizer_bytes_per_param: row.optimizer_bytes,
        lora_targets: targets,
        stack,
        arithmetic: row.arithmetic,
    })
}

/// Bytes on each GPU of a training run.
fn training_memory(row: &Measurement) -> Result<f64, String> {
    let memory = run(row)?.memory_per_gpu().ok_or(NO_ARCHITECTURE)?;
    Ok(memory.total_gib() * GIB)
}

/// Speed, duration or GPU-hours of a training run.
fn training(row: &Measurement) -> Result<f64, String> {
    let run = run(row)?;
    let gpus = f64::from(run.gpus);
    let hours = |tokens| run.hours(tokens).ok_or(NO_ARCHITECTURE);
    let tokens = || row.run_tokens.ok_or("the tokens of the run are not stated");
    match row.unit {
        MeasuredUnit::TokensPerSecond => Ok(1.0 / (hours(1.0)? * 3600.0)),
        MeasuredUnit::TokensPerSecondPerGpu => Ok(1.0 / (hours(1.0)? * 3600.0 * gpus)),
        MeasuredUnit::Minutes => Ok(hours(tokens()?)? * 60.0),
        MeasuredUnit::GpuHours => Ok(run.campaign_gpu_hours(tokens()?).ok_or(NO_ARCHITECTURE)?),
        _ => Err("the unit is none of training".to_owned()),
    }
}

/// The load of a row: one prompt and one answer, all of the same length.
fn load(row: &Measurement) -> Load {
    Load {
        prefix_tokens: 0.0,
        prefix_hit: 0.0,
        variable_tokens: row.input_tokens,
        output_tokens: row.output_tokens,
        length_tail_factor: 1.0,
    }
}

/// The copy of the model that a row ran on.
fn replica(row: &Measurement) -> Replica<'static> {
    let engine = match row.software {
        Software::VendorTuned | Software::FrameworkTuned => Engine::TUNED,
        Software::ServingEngine if row.year.is_some_and(|year| year < 2025) => Engine::OF_2024,
        Software::ServingEngine if row.server == Server::Sglang => Engine::SGLANG,
        Software::ServingEngine => Engine::VLLM,
        Software::FrameworkPlain | Software::Eager => Engine::plain_loop(row.weights),
    };
    let replica = Replica::new(row.model, row.gpu, row.gpus_per_replica, row.weights, engine);
    Replica { kv: row.kv, arithmetic: row.arithmetic, ..replica }
}

/// One copy of the model under the load of the row.
fn serving(row: &Measurement) -> Result<ServingEstimate, String> {
    let in_flight = row.concurrency.unwrap_or(f64::INFINITY);
    serve_as_run(&replica(row), &load(row), in_flight).map_err(|reason| reason.to_string())
}

/// Bytes on each GPU while serving.
fn serving_bytes(row: &Measurement) -> Result<f64, String> {
    let in_engine = !matches!(row.software, Software::Eager | Software::FrameworkPlain);
    let tokens = row.input_tokens + row.output_tokens;
    let requests = row.concurrency.unwrap_or(1.0);
    let memory = serving_memory(&replica(row), requests, tokens, in_engine).ok_or(NO_ARCHITECTURE)?;
    Ok(memory.total_gib() * GIB)
}

/// Output tokens per second of all copies.
fn throughput(row: &Measurement) -> Result<f64, String> {
    let copies = f64::from(row.gpus_total.unwrap_or(row.gpus_per_replica)) / f64::from(row.gpus_per_replica);
    let all = serving(row)?.output_tokens_per_second * copies;
    match row.unit {
        MeasuredUnit::TokensPerSecond => Ok(all),
        MeasuredUnit::TokensPerSecondPerGpu => Ok(all / (copies * f64::from(row.gpus_per_replica))),
        _ => Err("the unit is none of throughput".to_owned()),
    }
}

/// Mean time per token or to the first one.
fn latency(row: &Measurement) -> Result<f64, String> {
    let estimate = serving(row)?;
    match row.unit {
        MeasuredUnit::MsPerToken => Ok(estimate.time_per_output_token_s * 1e3),
        MeasuredUnit::MsToFirstToken => Ok(estimate.time_to_first_token_s * 1e3),
        _ => Err("the unit is none of latency".to_owned()),
    }
}
