//! Published measurements: one typed row each, read by the names of the columns.
//!
//! `tests/data/measurements.md` says what the columns mean. A cell that is blank is not stated; a cell
//! that cannot be read makes its row unusable and says so, and leaves the other rows alone.

use super::cells::Cells;
use super::{Group, Server, Standing, names};
use crate::domain::catalog::table::Sheet;
use crate::domain::catalog::{Catalog, Gpu, OpenModel};
use crate::domain::sizing::{Arithmetic, Checkpointing, KvPrecision, Precision};

/// One row of the table: what was measured, on what, or why the row cannot be used.
#[derive(Clone, Debug)]
pub struct MeasuredRow {
    /// Name of the row; its line in the table where it has none.
    pub id: String,
    /// Name of its group, known or not.
    pub group: String,
    /// What was measured on what, in a few words made of its cells.
    pub subject: String,
    /// Where it was published.
    pub source: String,
    /// What the columns cannot say.
    pub caveat: String,
    /// Whether the figures of its group count it.
    pub standing: Standing,
    /// What was measured, in the unit of the row.
    pub value: f64,
    /// The row, or the reason why nothing can be predicted for it.
    pub measurement: Result<Measurement, String>,
}

/// What was measured and all that a prediction may use of it.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// Kind of figure.
    pub group: Group,
    /// Unit of the measured value.
    pub unit: MeasuredUnit,
    /// The model that ran.
    pub model: &'static OpenModel,
    /// The GPU it ran on.
    pub gpu: &'static Gpu,
    /// Inference, or how it was trained.
    pub method: Method,
    /// Format of the weights in memory.
    pub weights: Precision,
    /// Format of the matrix products.
    pub arithmetic: Arithmetic,
    /// Format of the attention cache.
    pub kv: KvPrecision,
    /// GPUs of one copy: tensor parallel × pipeline stages.
    pub gpus_per_replica: u32,
    /// All GPUs; `None` where the source does not say.
    pub gpus_total: Option<u32>,
    /// Requests in flight; `None` at offline saturation.
    pub concurrency: Option<f64>,
    /// Prompt, tokens.
    pub input_tokens: f64,
    /// Answer, tokens.
    pub output_tokens: f64,
    /// Padded or packed length of a training sequence, tokens.
    pub sequence_tokens: f64,
    /// Tokens of one forward pass on each GPU.
    pub step_tokens: f64,
    /// Tokens of the whole training run.
    pub run_tokens: Option<f64>,
    /// Which activations are recomputed; what is not stated counts as selective.
    pub checkpointing: Checkpointing,
    /// Whether the loss is computed in chunks.
    pub chunked_loss: bool,
    /// Rank of the adapters.
    pub lora_rank: f64,
    /// Letters of the adapted matrices; `None` for all.
    pub lora_targets: Option<String>,
    /// Optimizer bytes per trained parameter, weights and gradients apart.
    pub optimizer_bytes: f64,
    /// How the states and layers are divided over GPUs.
    pub sharding: Sharding,
    /// Kind of software.
    pub software: Software,
    /// The engine that served.
    pub server: Server,
    /// Year of the measurement, where it is stated.
    pub year: Option<u32>,
}

/// Inference, or how a model was trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// No training.
    Inference,
    /// All parameters in mixed precision, or a pretraining.
    Full,
    /// All parameters with optimizer states in bf16.
    FullBf16States,
    /// Adapters on bf16 weights.
    Lora,
    /// Adapters on 4-bit weights.
    QLora,
}

/// Unit of a measured value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredUnit {
    /// 10⁹ bytes on each GPU.
    Gigabytes,
    /// 2³⁰ bytes on each GPU.
    Gibibytes,
    /// Tokens per second of all GPUs.
    TokensPerSecond,
    /// Tokens per second of each GPU.
    TokensPerSecondPerGpu,
    /// Milliseconds per output token.
    MsPerToken,
    /// Milliseconds to the first token.
    MsToFirstToken,
    /// Minutes of the whole run.
    Minutes,
    /// GPU-hours of the whole run.
    GpuHours,
}

impl MeasuredUnit {
    /// The unit as people write it.
    pub const fn label(self) -> &'static str {
        match self {
            MeasuredUnit::Gigabytes => "GB",
            MeasuredUnit::Gibibytes => "GiB",
            MeasuredUnit::TokensPerSecond => "tokens/s",
            MeasuredUnit::TokensPerSecondPerGpu => "tokens/s per GPU",
            MeasuredUnit::MsPerToken => "ms per token",
            MeasuredUnit::MsToFirstToken => "ms to first token",
            MeasuredUnit::Minutes => "minutes",
            MeasuredUnit::GpuHours => "GPU-hours",
        }
    }
}

/// Kind of software that ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Software {
    /// A hardware vendor's or frontier laboratory's own stack.
    VendorTuned,
    /// An open training framework: packed, compiled, sharded.
    FrameworkTuned,
    /// A plain training loop, unpacked.
    FrameworkPlain,
    /// A serving engine of the vLLM class.
    ServingEngine,
    /// An unoptimised generation loop.
    Eager,
}

/// How a training run is divided over GPUs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharding {
    /// GPUs that share one copy of the states; `None` where nothing is stated.
    pub states: Option<u32>,
    /// GPUs that work on one layer together.
    pub tensor_parallel: u32,
    /// Groups of layers on GPUs of their own.
    pub pipeline_stages: u32,
}

/// Read a table of measurements; only a table without its columns is an error.
pub fn read_rows(table: &str) -> Result<Vec<MeasuredRow>, String> {
    let Sheet { columns, rows } = Sheet::read(table);
    for needed in ["group", "value", "unit", "model"] {
        if !columns.iter().any(|header| header.trim() == needed) {
            return Err(format!("the table has no column {needed}"));
        }
    }
    let read = |(line, row): (usize, &Vec<String>)| measured_row(line, &Cells::new(&columns, row));
    Ok(rows.iter().enumerate().map(read).collect())
}

/// One record of the table.
fn measured_row(line: usize, cells: &Cells<'_>) -> MeasuredRow {
    let number = || format!("line {}", line + 2);
    let owned = |column| cells.text(column).unwrap_or_default().to_owned();
    let value = cells.number("value").ok().flatten();
    MeasuredRow {
        id: cells.text("id").map_or_else(number, str::to_owned),
        group: group_name(cells),
        standing: standing(cells),
        subject: cells.subject(),
        source: owned("source"),
        caveat: owned("caveat"),
        value: value.unwrap_or(f64::NAN),
        measurement: match value {
            Some(value) if value > 0.0 => measurement(cells),
            _ => Err("no measured value".to_owned()),
        },
    }
}

/// The name of a row's group: of latencies, the time per token and to the first one are told apart by the unit.
fn group_name(cells: &Cells<'_>) -> String {
    let written = cells.text("group").unwrap_or_default();
    let latency = match cells.text("unit") {
        Some("ms_ttft") => Group::FirstToken,
        _ => Group::TimePerToken,
    };
    if written.eq_ignore_ascii_case(LATENCY) { latency.name().to_owned() } else { written.to_owned() }
}

/// Name of both kinds of latency in a table.
const LATENCY: &str = "infer_latency";

/// Whether the figures count a row.
fn standing(cells: &Cells<'_>) -> Standing {
    let server = cells.text("engine").map_or(Server::Unnamed, Server::from_cell);
    let is_burst = cells.text("caveat").is_some_and(|text| text.contains("sent at once"));
    let input_tokens = cells.number("input_tokens").ok().flatten().unwrap_or(0.0);
    Standing::of(server, year(cells), is_burst, input_tokens)
}

/// The year that the cell `date` starts with.
fn year(cells: &Cells<'_>) -> Option<u32> {
    cells.text("date")?.get(..4)?.parse().ok()
}

/// The usable row, or the first reason why it is none.
fn measurement(cells: &Cells<'_>) -> Result<Measurement, String> {
    let written = group_name(cells);
    if written.is_empty() {
        return Err("column group is blank".to_owned());
    }
    let group = Group::from_name(&written.to_ascii_lowercase())
        .ok_or_else(|| format!("group {written} is not known"))?;
    let unit = cells.word("unit", unit)?;
    let catalog = Catalog::builtin();
    let model = cells.word("model", |name| names::model(catalog, name))?;
    let gpu = cells.word("gpu", |name| names::gpu(catalog, name))?;
    let method = match cells.text("method") {
        Some(_) => cells.word("method", method)?,
        None if group.is_training() => Method::Full,
        None => Method::Inference,
    };
    let weights = match cells.text("weight_precision") {
        Some(_) => cells.word("weight_precision", weights)?,
        None => Precision::Bf16,
    };
    let arithmetic = match cells.text("compute_precision") {
        Some(_) => cells.word("compute_precision", arithmetic)?,
        None => weights.arithmetic_on(gpu),
    };
    let kv = match cells.text("kv_precision") {
        Some(_) => cells.word("kv_precision", kv)?,
        None => weights.kv_of_vendors(),
    };
    let gpus_total = cells.count("gpus_total")?;
    let sequence = cells.number("seq_len")?.unwrap_or(DEFAULT_SEQUENCE).max(1.0);
    let batch = cells.number("micro_batch")?.unwrap_or(1.0).max(1.0);
    let default_optimizer = if method == Method::FullBf16States { 4.0 } else { 12.0 };
    let concurrency = cells.text("concurrency").filter(|text| !text.eq_ignore_ascii_case("max"));
    Ok(Measurement {
        group,
        unit,
        model,
        gpu,
        method,
        weights,
        arithmetic,
        kv,
        // A system whose copies are not told apart is one copy.
        gpus_per_replica: cells.count("gpus_per_replica")?.or(gpus_total).unwrap_or(1),
        gpus_total,
        concurrency: concurrency.map(|_| cells.number("concurrency")).transpose()?.flatten(),
        input_tokens: cells.number("input_tokens")?.unwrap_or(0.0),
        output_tokens: cells.number("output_tokens")?.unwrap_or(1.0),
        sequence_tokens: sequence,
        step_tokens: cells.number("tokens_per_step_per_gpu")?.unwrap_or(batch * sequence),
        run_tokens: cells.number("tokens_total")?,
        checkpointing: match cells.text("checkpointing") {
            None => Checkpointing::Selective,
            Some(_) if cells.flag("checkpointing") => Checkpointing::Full,
            Some(text) if text.eq_ignore_ascii_case("selective") => Checkpointing::Selective,
            Some(_) => Checkpointing::Off,
        },
        chunked_loss: cells.flag("chunked_loss"),
        lora_rank: cells.number("lora_rank")?.unwrap_or(DEFAULT_RANK),
        lora_targets: cells.text("lora_targets").map(str::to_owned),
        optimizer_bytes: cells.number("optimizer_state_bytes_per_param")?.unwrap_or(default_optimizer),
        sharding: cells.text("sharding").map_or(Sharding::UNSTATED, Sharding::from_text),
        software: match cells.text("software") {
            Some(_) => cells.word("software", software)?,
            None => Software::FrameworkTuned,
        },
        server: cells.text("engine").map_or(Server::Unnamed, Server::from_cell),
        year: year(cells),
    })
}

/// Sequence of a training row that does not state one, tokens.
const DEFAULT_SEQUENCE: f64 = 4096.0;
/// Rank of an adapter row that does not state one; it hardly matters for memory and not for time.
const DEFAULT_RANK: f64 = 16.0;

fn unit(name: &str) -> Option<MeasuredUnit> {
    Some(match name {
        "gb" => MeasuredUnit::Gigabytes,
        "gib" => MeasuredUnit::Gibibytes,
        "tok_s_total" | "tok_s" => MeasuredUnit::TokensPerSecond,
        "tok_s_per_gpu" => MeasuredUnit::TokensPerSecondPerGpu,
        "ms_per_token" => MeasuredUnit::MsPerToken,
        "ms_ttft" => MeasuredUnit::MsToFirstToken,
        "minutes" => MeasuredUnit::Minutes,
        "gpu_hours" => MeasuredUnit::GpuHours,
        _ => return None,
    })
}

fn method(name: &str) -> Option<Method> {
    Some(match name {
        "inference" => Method::Inference,
        "full" | "sft" | "pretrain" | "full_mixed" => Method::Full,
        "full_bf16_states" => Method::FullBf16States,
        "lora" => Method::Lora,
        "qlora" => Method::QLora,
        _ => return None,
    })
}

fn weights(name: &str) -> Option<Precision> {
    Some(match name {
        "bf16" | "fp16" | "f16" => Precision::Bf16,
        "fp8" | "int8" | "w8a8" => Precision::Fp8,
        "fp4" | "mxfp4" => Precision::Mxfp4,
        "nvfp4" => Precision::Nvfp4,
        "int4" | "awq" | "gptq" => Precision::Int4,
        "nf4" | "nf4-dq" | "nf4_dq" => Precision::Nf4,
        _ => return None,
    })
}

fn arithmetic(name: &str) -> Option<Arithmetic> {
    Some(match name {
        "bf16" | "fp16" | "f16" | "tf32" => Arithmetic::Bf16,
        "fp8" | "mxfp8" | "int8" => Arithmetic::Fp8,
        "fp4" | "nvfp4" | "mxfp4" => Arithmetic::Fp4,
        _ => return None,
    })
}

fn kv(name: &str) -> Option<KvPrecision> {
    Some(match name {
        "bf16" | "fp16" | "f16" => KvPrecision::Bf16,
        "fp8" | "int8" => KvPrecision::Fp8,
        _ => return None,
    })
}

fn software(name: &str) -> Option<Software> {
    Some(match name {
        "vendor-tuned" => Software::VendorTuned,
        "framework-tuned" => Software::FrameworkTuned,
        "framework-plain" => Software::FrameworkPlain,
        "vllm" | "sglang" | "tgi" => Software::ServingEngine,
        "eager" => Software::Eager,
        _ => return None,
    })
}

impl Sharding {
    /// Nothing is stated.
    const UNSTATED: Self = Self { states: None, tensor_parallel: 1, pipeline_stages: 1 };

    /// Read `none`, or pairs of a way and a number such as `fsdp 32 tp 8 pp 2`.
    fn from_text(text: &str) -> Self {
        let mut sharding = Self { states: Some(1), ..Self::UNSTATED };
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.windows(2) {
            let Ok(number) = pair[1].parse::<u32>() else { continue };
            match pair[0].to_ascii_lowercase().as_str() {
                "tp" => sharding.tensor_parallel = number.max(1),
                "pp" => sharding.pipeline_stages = number.max(1),
                "fsdp" | "fsdp2" | "zero3" | "zero-3" => sharding.states = Some(number.max(1)),
                _ => {}
            }
        }
        sharding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,group,model,gpu,weight_precision,gpus_total,value,unit,sharding,software";

    fn read(row: &str) -> MeasuredRow {
        read_rows(&format!("{HEADER}\n{row}\n")).unwrap().remove(0)
    }

    #[test]
    fn a_row_is_read_by_the_names_of_its_columns_and_blanks_have_defaults() {
        let written = read("X1,train_memory,Llama-3.1-8B,H100 SXM,,8,30,GiB,fsdp 4 tp 2,framework-tuned");
        let row = written.measurement.unwrap();
        assert_eq!((written.id.as_str(), written.value), ("X1", 30.0));
        assert_eq!((row.weights, row.method, row.gpus_total), (Precision::Bf16, Method::Full, Some(8)));
        assert_eq!(row.sharding, Sharding { states: Some(4), tensor_parallel: 2, pipeline_stages: 1 });
        assert_eq!(row.step_tokens, DEFAULT_SEQUENCE);
    }

    #[test]
    fn what_cannot_be_read_is_a_reason_and_no_panic() {
        for (row, reason) in [
            ("X1,train_memory,Nemesis-9B,H100 SXM,,1,30,GiB,,", "model Nemesis-9B is not known"),
            ("X1,train_memory,Llama-3.1-8B,Abacus,,1,30,GiB,,", "gpu Abacus is not known"),
            ("X1,train_memory,Llama-3.1-8B,,,1,30,GiB,,", "column gpu is blank"),
            ("X1,train_memory,Llama-3.1-8B,H100,,many,30,GiB,,", "column gpus_total holds no number: many"),
            ("X1,train_memory,Llama-3.1-8B,H100,,1,,GiB,,", "no measured value"),
            ("X1,train_memory,Llama-3.1-8B,H100,,1,30,stone,,", "unit stone is not known"),
            ("X1,hunger,Llama-3.1-8B,H100,,1,30,GiB,,", "group hunger is not known"),
            ("X1", "no measured value"),
        ] {
            assert_eq!(read(row).measurement.err().as_deref(), Some(reason), "{row}");
        }
        assert!(read_rows("").is_err());
        assert!(read_rows("a,b\n1,2\n").is_err());
    }
}
