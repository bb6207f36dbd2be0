//! Memory of served weights (formulas.md §3.1).
//!
//! ```text
//! weights = Σ parameters × bytes        all experts are resident: the total counts, not the active
//! needed  = weights + cache of one long request + runtime per GPU
//! ```
//!
//! Embedding and output head, and of an mxfp4 mixture everything but the experts, stay in bf16 when the
//! rest is stored in fewer bits, as in the published checkpoints; of GGUF kinds nothing does.

use super::precision::LeftWide;
use super::serving::RUNTIME_BYTES_PER_GPU;
use super::{CannotServe, Precision, Replica, bounded, kv_bytes};
use crate::domain::catalog::{OpenModel, ParameterCount, parameter_count};
use crate::domain::units::GIB;

/// Bytes of the weights by how a decode step reads them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WeightBytes {
    /// All of them.
    pub total: f64,
    /// Of routed experts, read only when a token of the batch is routed to them.
    pub experts: f64,
    /// Of the input embedding where it is only looked up.
    pub looked_up: f64,
}

impl WeightBytes {
    /// Weigh the published total; the formula only says how it divides.
    pub fn of(model: &OpenModel, count: &ParameterCount, precision: Precision) -> Self {
        let total = model.params_total_b * 1e9;
        let wide = Precision::Bf16.bytes_per_param();
        let narrow = precision.bytes_per_param();
        let kept_wide = match precision.left_wide() {
            LeftWide::Nothing => 0.0,
            LeftWide::AllButExperts if count.routed_experts > 0.0 => total - count.routed_experts,
            LeftWide::Embeddings | LeftWide::AllButExperts => count.embeddings(),
        };
        let kept_wide = kept_wide.clamp(0.0, total.max(0.0));
        let embedding_bytes = if kept_wide > 0.0 { wide } else { narrow };
        Self {
            total: kept_wide * wide + (total - kept_wide) * narrow,
            experts: count.routed_experts * narrow,
            looked_up: count.looked_up() * embedding_bytes,
        }
    }
}

/// Bytes of the weights in memory; `None` where the row lacks a column that its kind needs.
pub fn weight_bytes(model: &OpenModel, precision: Precision) -> Option<f64> {
    let count = parameter_count(model)?;
    Some(bounded(WeightBytes::of(model, &count, precision).total))
}

/// Memory of a replica that serves, on each of its GPUs, GiB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServingMemory {
    /// Weights.
    pub weights_gib: f64,
    /// Attention cache of the requests in flight.
    pub kv_gib: f64,
    /// Activations and runtime of a serving engine; none in a plain loop.
    pub runtime_gib: f64,
    /// A matrix in bf16 beside its 4-bit copy, while weights are quantised on loading.
    pub loading_gib: f64,
}

impl ServingMemory {
    /// Sum of all parts, GiB.
    pub fn total_gib(&self) -> f64 {
        bounded(self.weights_gib + self.kv_gib + self.runtime_gib + self.loading_gib)
    }
}

/// Memory that so many requests of so many tokens take on each GPU, with the runtime of a serving
/// engine or in a plain loop; `None` where the row lacks a column that its kind needs.
///
/// Weights in nf4 are published in bf16 and quantised on loading, one matrix at a time; the largest is
/// the embedding. Other formats are stored as they are served.
pub fn serving_memory(
    replica: &Replica<'_>,
    requests: f64,
    tokens: f64,
    in_engine: bool,
) -> Option<ServingMemory> {
    let count = parameter_count(replica.model)?;
    let weights = WeightBytes::of(replica.model, &count, replica.weights).total;
    let cache = kv_bytes(replica.model, tokens, replica.kv) * requests;
    let quantised_on_loading = replica.weights == Precision::Nf4;
    let matrix = count.embedding * Precision::Bf16.bytes_per_param();
    let share = |bytes: f64| bounded(bytes / f64::from(replica.gpus.max(1)) / GIB);
    Some(ServingMemory {
        weights_gib: share(weights),
        kv_gib: share(cache),
        runtime_gib: if in_engine { RUNTIME_BYTES_PER_GPU / GIB } else { 0.0 },
        loading_gib: if quantised_on_loading { share(matrix) } else { 0.0 },
    })
}

/// Memory the engine may fill on all GPUs of a replica, GiB.
pub fn usable_gib(replica: &Replica<'_>) -> f64 {
    bounded(replica.claimed_bytes() / GIB)
}

/// Calls of so many tokens whose caches a replica holds at once beside weights and runtime; one at least.
///
/// # Errors
/// That such a call is longer than the model's context, that not even one fits, or what of the model is not known.
pub fn calls_held(replica: &Replica<'_>, tokens: f64) -> Result<f64, CannotServe> {
    let unknown = |what| CannotServe::UnknownModelData { what };
    let count = parameter_count(replica.model).ok_or(unknown("the architecture of the model"))?;
    let limit = replica.model.max_context.ok_or(unknown("the longest context of the model"))?;
    if tokens > limit {
        return Err(CannotServe::ContextTooLong { needed: tokens, limit });
    }
    let weights = WeightBytes::of(replica.model, &count, replica.weights).total;
    let taken_gib = bounded(replica.taken_bytes(weights) / GIB);
    let cache_gib = kv_bytes(replica.model, tokens, replica.kv) / GIB;
    let usable_gib = usable_gib(replica);
    let held = (usable_gib - taken_gib) / cache_gib.max(f64::MIN_POSITIVE);
    if held < 1.0 {
        return Err(CannotServe::DoesNotFit { needed_gib: taken_gib + cache_gib, usable_gib });
    }
    Ok(libm::floor(held.min(replica.engine.most_in_flight)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    fn gigabytes(name: &str, precision: Precision) -> f64 {
        weight_bytes(Catalog::builtin().open_model(name).unwrap(), precision).unwrap() / 1e9
    }

    #[test]
    fn small_llamas_weigh_what_was_measured() {
        // litgpt peaks: 13.52 and 26.21 GB in bf16; nf4 peaks stand 10 % above the weights.
        assert!((gigabytes("Llama-2-7B", Precision::Bf16) - 13.48).abs() < 0.01);
        assert!((gigabytes("Llama-2-13B", Precision::Bf16) - 26.03).abs() < 0.02);
        assert!((gigabytes("Llama-2-7B", Precision::Nf4) - 3.87).abs() < 0.01);
    }

    #[test]
    fn all_experts_are_resident() {
        // 671 B parameters in fp8, 1.85 B of embedding and head in bf16.
        assert!((gigabytes("DeepSeek-V3", Precision::Fp8) - 672.85).abs() < 0.01);
        assert!((gigabytes("Mixtral-8x7B", Precision::Bf16) - 93.4).abs() < 0.01);
    }

    #[test]
    fn quantised_checkpoints_weigh_their_real_bytes() {
        // 68.45 B on linear layers, 2.10 B in embedding and head: 4 + 20/128 bits and 16 bits.
        assert!((gigabytes("Llama-3.3-70B", Precision::Int4) - 39.76).abs() < 0.01);
        assert!((gigabytes("Llama-3.3-70B", Precision::Fp8) - 72.65).abs() < 0.01);
        // The published files: 8.54 GB (Q8_0), 6.60 (Q6_K), 5.73 (Q5_K_M), 4.92 (Q4_K_M); the means over a file
        // differ by the share of the embeddings.
        let published = [
            (Precision::Q80, 8.54),
            (Precision::Q6K, 6.60),
            (Precision::Q5KM, 5.73),
            (Precision::Q4KM, 4.92),
        ];
        for (format, file) in published {
            let weighed = gigabytes("Llama-3.1-8B", format);
            assert!((weighed / file - 1.0).abs() < 0.015, "{format:?} {weighed}");
        }
    }

    #[test]
    fn gpt_oss_120b_in_mxfp4_fits_80_gb() {
        let weights = gigabytes("gpt-oss-120b", Precision::Mxfp4);
        assert!((64.0..66.0).contains(&weights), "{weights}");
    }

    #[test]
    fn narrower_formats_never_weigh_more() {
        for row in &Catalog::builtin().open_models {
            let weigh = |precision| weight_bytes(row, precision).unwrap();
            assert!(weigh(Precision::Fp8) < weigh(Precision::Bf16));
            assert!(weigh(Precision::Nf4) < weigh(Precision::Bf16));
            assert!(weigh(Precision::Nf4) < weigh(Precision::Int4));
        }
    }

    #[test]
    fn parts_never_exceed_the_whole() {
        for row in &Catalog::builtin().open_models {
            let count = parameter_count(row).unwrap();
            for precision in Precision::ALL {
                let bytes = WeightBytes::of(row, &count, precision);
                // Kimi's computed total lies 2.6 % above the rounded one that is published.
                assert!(bytes.experts + bytes.looked_up <= bytes.total * 1.03, "{}", row.model);
            }
        }
    }
}
