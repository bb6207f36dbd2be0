//! What attention keeps and computes per token (formulas.md §2).
//!
//! ```text
//! multi-head, grouped   2 · L · n_kv · d · b
//! latent                L_full · (kv_rank + rope) · b
//! windowed              2 · n_kv · d · b · (L_full + L_window · min(1, window / context))
//! linear                nothing per token: only the full layers count; a state per request
//! ```
//!
//! Error: page granularity under 2 % from a context of 1,024 tokens on. Engines that do not
//! implement windows or latent attention pay the multi-head figure.

use super::{KvPrecision, bounded};
use crate::domain::catalog::OpenModel;
use crate::domain::units::MIB;

/// Bytes cached per token, averaged over a context of so many tokens.
///
/// A model whose row names no key-value heads counts as multi-head, which caches the most.
pub fn kv_bytes_per_token(model: &OpenModel, context_tokens: f64, kv: KvPrecision) -> f64 {
    let seen = SeenBy::layers_of(model);
    if let Some(rank) = model.mla_kv_rank {
        return bounded(seen.full * (rank + model.mla_rope_dim.unwrap_or(0.0)) * kv.bytes());
    }
    let kept = seen.windowed * (seen.window / context_tokens.max(1.0)).min(1.0);
    let layers = seen.full * model.full_layer_cache_share() + kept;
    bounded(2.0 * model.kv_heads.unwrap_or(model.q_heads) * head_width(model) * kv.bytes() * layers)
}

/// Bytes cached by one request of so many tokens, with the state of its linear layers, which does not grow.
pub fn kv_bytes(model: &OpenModel, tokens: f64, kv: KvPrecision) -> f64 {
    let state = model.linear_state_mib.unwrap_or(0.0) * MIB;
    bounded(kv_bytes_per_token(model, tokens, kv) * tokens.max(0.0) + state)
}

/// Operations of attention itself in one forward pass over a sequence: `2 · n_h · d · Σ_L s²`,
/// for windowed layers the part of `s²` inside the window.
pub(super) fn attention_flops(model: &OpenModel, tokens: f64) -> f64 {
    let seen = SeenBy::layers_of(model);
    let square = tokens * tokens;
    let beyond = (tokens - seen.window).max(0.0);
    let pairs = seen.full * square + seen.windowed * (square - beyond * beyond);
    2.0 * model.q_heads * head_width(model) * pairs
}

/// How many layers see how much of the context.
struct SeenBy {
    full: f64,
    windowed: f64,
    window: f64,
}

impl SeenBy {
    fn layers_of(model: &OpenModel) -> Self {
        let windowed = model.window_layers.unwrap_or(0.0);
        let linear = model.linear_layers.unwrap_or(0.0);
        Self {
            full: model.full_attn_layers.unwrap_or(model.layers - windowed - linear),
            windowed,
            window: model.window.unwrap_or(f64::MAX),
        }
    }
}

/// Width of a head; rows that leave it open have heads that divide the residual stream.
pub(super) fn head_width(model: &OpenModel) -> f64 {
    model.head_width().unwrap_or(model.hidden / model.q_heads.max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    fn model(name: &str) -> &'static OpenModel {
        Catalog::builtin().open_model(name).unwrap()
    }

    fn kib(name: &str, context: f64) -> f64 {
        kv_bytes_per_token(model(name), context, KvPrecision::Bf16) / 1024.0
    }

    #[test]
    fn every_model_matches_the_cache_columns_of_the_table() {
        for row in &Catalog::builtin().open_models {
            for (context, column) in
                [(4096.0, row.kv_kib_per_tok_bf16_at_4k), (32_768.0, row.kv_kib_per_tok_bf16_at_32k)]
            {
                // The columns are rounded to 0.1 KiB.
                let difference = kib(&row.model, context) - column.unwrap();
                assert!(difference.abs() < 0.051, "{} at {context}", row.model);
            }
        }
    }

    #[test]
    fn grouped_heads_of_llama_cache_131072_bytes_per_token() {
        assert_eq!(kv_bytes_per_token(model("Llama-3.1-8B"), 8192.0, KvPrecision::Bf16), 131_072.0);
        let sequences = 32.0 * kv_bytes(model("Llama-3.1-8B"), 8192.0, KvPrecision::Bf16);
        assert!((sequences / 1e9 - 34.4).abs() < 0.05);
        assert_eq!(kib("Llama-3.3-70B", 8192.0), 320.0);
        assert_eq!(kib("Llama-3.1-405B", 8192.0), 504.0);
        assert_eq!(kv_bytes_per_token(model("Llama-3.3-70B"), 1.0, KvPrecision::Fp8), 160.0 * 1024.0);
    }

    #[test]
    fn latent_attention_caches_its_rank_and_not_its_heads() {
        assert_eq!(kib("DeepSeek-V3", 4096.0), 68.625);
        assert!(model("DeepSeek-V3").kv_naive_kib_per_tok.unwrap() / kib("DeepSeek-V3", 4096.0) > 71.0);
    }

    #[test]
    fn windowed_layers_cache_the_window_only() {
        assert_eq!(kib("Gemma-3-27B", 32_768.0), 93.0);
        assert!((model("Gemma-3-27B").kv_naive_kib_per_tok.unwrap() / 93.0 - 5.3).abs() < 0.05);
        assert!((kib("gpt-oss-120b", 32_768.0) - 36.0).abs() < 0.2);
        // Inside the window it is an ordinary model.
        assert_eq!(kib("Gemma-3-27B", 512.0), model("Gemma-3-27B").kv_naive_kib_per_tok.unwrap());
    }

    #[test]
    fn linear_attention_layers_cache_nothing_per_token() {
        assert_eq!(kib("Qwen3.5-397B-A17B", 4096.0), 30.0);
        assert_eq!(model("Qwen3.5-397B-A17B").kv_naive_kib_per_tok, Some(120.0));
    }

    #[test]
    fn a_longer_request_never_caches_less() {
        for row in &Catalog::builtin().open_models {
            let sizes = (0..40).map(|step| f64::from(step * step) * 100.0);
            let bytes: Vec<f64> = sizes.map(|tokens| kv_bytes(row, tokens, KvPrecision::Bf16)).collect();
            assert!(bytes.is_sorted() && bytes[39] > 0.0, "{}", row.model);
        }
    }

    #[test]
    fn attention_work_is_quadratic_until_the_window_and_linear_beyond() {
        let full = model("Llama-3.1-8B");
        assert_eq!(attention_flops(full, 2048.0), 2.0 * 32.0 * 32.0 * 128.0 * 2048.0 * 2048.0);
        let windowed = model("Gemma-3-27B");
        assert!(attention_flops(windowed, 32_768.0) < 0.25 * 2.0 * 62.0 * 32.0 * 128.0 * 32_768.0 * 32_768.0);
        assert!(attention_flops(model("DeepSeek-V3"), 1000.0) > 0.0);
    }

    #[test]
    fn unknown_heads_count_as_multi_head() {
        let mut row = model("Llama-3.1-8B").clone();
        row.kv_heads = None;
        row.head_dim = None;
        assert_eq!(kv_bytes_per_token(&row, 4096.0, KvPrecision::Bf16), 4.0 * 131_072.0);
    }

    #[test]
    fn absurd_numbers_stay_finite() {
        let mut row = model("Llama-3.1-8B").clone();
        row.layers = f64::MAX;
        row.full_attn_layers = None;
        for context in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            assert!(kv_bytes_per_token(&row, context, KvPrecision::Bf16).is_finite());
            assert!(kv_bytes(&row, context, KvPrecision::Bf16).is_finite());
        }
    }
}
