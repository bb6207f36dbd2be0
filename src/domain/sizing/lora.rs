//! Low-rank adapters: which matrices they sit on, and how many parameters they have.

use super::bounded;
use super::kv::head_width;
use crate::domain::catalog::{OpenModel, ffn_adapter_width};

/// Matrices of a layer that carry an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoraTargets {
    /// Queries.
    pub query: bool,
    /// Keys.
    pub key: bool,
    /// Values.
    pub value: bool,
    /// Output of attention.
    pub output: bool,
    /// Gate of the feed-forward block.
    pub gate: bool,
    /// Upward matrix of the feed-forward block.
    pub up: bool,
    /// Downward matrix of the feed-forward block.
    pub down: bool,
}

impl LoraTargets {
    /// Every linear matrix of a layer: what recent recipes adapt.
    pub const ALL_LINEAR: Self =
        Self { query: true, key: true, value: true, output: true, gate: true, up: true, down: true };

    /// The matrices named by the letters `q k v o g u d`; other letters are ignored.
    pub fn from_letters(letters: &str) -> Self {
        let has = |letter| letters.contains(letter);
        Self {
            query: has('q'),
            key: has('k'),
            value: has('v'),
            output: has('o'),
            gate: has('g'),
            up: has('u'),
            down: has('d'),
        }
    }
}

/// Trainable parameters of adapters: `Σ layers Σ targets r·(in + out)` (formulas.md §3.2).
///
/// Latent attention: queries are its two query matrices, keys the compression, values the expansion.
/// In a mixture every expert has its own adapters, which is the most a recipe can ask for.
pub fn lora_params(model: &OpenModel, rank: f64, targets: LoraTargets) -> f64 {
    let attention = AttentionWidths::of(model);
    let per_layer = [
        (targets.query, attention.query),
        (targets.key, attention.key),
        (targets.value, attention.value),
        (targets.output, attention.output),
    ];
    let widths: f64 = per_layer.iter().filter(|(on, _)| *on).map(|(_, width)| width).sum();
    let blocks = [targets.gate, targets.up, targets.down].iter().filter(|on| **on).count();
    let blocks = f64::from(u8::try_from(blocks).unwrap_or(0));
    bounded(rank * (model.layers * widths + blocks * ffn_adapter_width(model)))
}

/// Inputs plus outputs of the attention matrices of one layer.
struct AttentionWidths {
    query: f64,
    key: f64,
    value: f64,
    output: f64,
}

impl AttentionWidths {
    fn of(model: &OpenModel) -> Self {
        let (h, heads) = (model.hidden, model.q_heads);
        let Some(kv_rank) = model.mla_kv_rank else {
            let width = head_width(model);
            let shared = h + model.kv_heads.unwrap_or(heads) * width;
            let whole = h + heads * width;
            return Self { query: whole, key: shared, value: shared, output: whole };
        };
        let part = |column: Option<f64>| column.unwrap_or(0.0);
        let (q_rank, rope) = (part(model.mla_q_rank), part(model.mla_rope_dim));
        let (nope, value) = (part(model.mla_nope_dim), part(model.mla_v_dim));
        Self {
            query: h + 2.0 * q_rank + heads * (nope + rope),
            key: h + kv_rank + rope,
            value: kv_rank + heads * (nope + value),
            output: h + heads * value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    fn adapters(name: &str, rank: f64, letters: &str) -> f64 {
        lora_params(Catalog::builtin().open_model(name).unwrap(), rank, LoraTargets::from_letters(letters))
    }

    #[test]
    fn adapter_counts_equal_the_published_ones() {
        assert_eq!(adapters("Llama-3.2-3B", 32.0, "qv"), 9_175_040.0); // PEFT
        assert_eq!(adapters("Llama-2-7B", 8.0, "qv"), 4_194_304.0); // litgpt
        assert_eq!(adapters("Llama-2-13B", 8.0, "qv"), 6_553_600.0); // litgpt
        assert_eq!(adapters("Llama-3.1-8B", 16.0, "qkvogud"), 41_943_040.0);
    }

    #[test]
    fn all_linear_is_every_letter() {
        assert_eq!(LoraTargets::from_letters("qkvogud"), LoraTargets::ALL_LINEAR);
        assert_eq!(adapters("Llama-3.1-8B", 16.0, ""), 0.0);
        assert_eq!(adapters("Llama-3.1-8B", 0.0, "qkvogud"), 0.0);
    }

    #[test]
    fn adapters_are_a_small_part_of_every_model() {
        for row in &Catalog::builtin().open_models {
            let share = lora_params(row, 16.0, LoraTargets::ALL_LINEAR) / (row.params_total_b * 1e9);
            assert!(share > 0.0 && share < 0.05, "{}: {share}", row.model);
        }
    }
}
