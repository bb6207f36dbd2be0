//! Open-weight models: architecture, sizes and licence.

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use super::table::{filled, flag};
use super::{Confidence, Provenance, TierClass};
use crate::domain::units::{Date, YearMonth};

/// How freely the weights may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum LicenceClass {
    /// Apache, MIT and the like.
    Permissive,
    /// The vendor's own terms: user limits, naming, attribution.
    Community,
    /// Not for every commercial use.
    Restricted,
}

/// Format in which weights are released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum WeightFormat {
    /// 16-bit floating point.
    Bf16,
    /// 8-bit floating point.
    Fp8,
    /// 4-bit integers with group scales (AWQ, GPTQ).
    Int4,
    /// 4-bit floating point in blocks of 32.
    Mxfp4,
    /// 4-bit floating point in blocks of 16.
    Nvfp4,
    /// 4-bit normal floats (bitsandbytes).
    Nf4,
    /// GGUF, mostly 4-bit blocks.
    #[serde(rename = "q4_k_m")]
    #[strum(serialize = "q4_k_m")]
    Q4KM,
    /// GGUF, mostly 5-bit blocks.
    #[serde(rename = "q5_k_m")]
    #[strum(serialize = "q5_k_m")]
    Q5KM,
    /// GGUF in 6-bit blocks.
    #[serde(rename = "q6_k")]
    #[strum(serialize = "q6_k")]
    Q6K,
    /// GGUF in 8-bit blocks.
    #[serde(rename = "q8_0")]
    #[strum(serialize = "q8_0")]
    Q80,
}

impl WeightFormat {
    /// The word of the table.
    pub const fn word(self) -> &'static str {
        match self {
            WeightFormat::Bf16 => "bf16",
            WeightFormat::Fp8 => "fp8",
            WeightFormat::Int4 => "int4",
            WeightFormat::Mxfp4 => "mxfp4",
            WeightFormat::Nvfp4 => "nvfp4",
            WeightFormat::Nf4 => "nf4",
            WeightFormat::Q4KM => "q4_k_m",
            WeightFormat::Q5KM => "q5_k_m",
            WeightFormat::Q6K => "q6_k",
            WeightFormat::Q80 => "q8_0",
        }
    }
}

/// One open-weight architecture; counts are plain numbers, sizes say their unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenModel {
    /// Name; unique in the table.
    #[serde(deserialize_with = "filled")]
    pub model: String,
    /// Published total, billions: decides memory.
    pub params_total_b: f64,
    /// Published active parameters, billions; definitions differ, compute uses
    /// [`matmul_params`](super::matmul_params) instead.
    pub params_active_b: f64,
    /// Transformer layers.
    pub layers: f64,
    /// Width of the residual stream.
    pub hidden: f64,
    /// Query heads.
    pub q_heads: f64,
    /// Key and value heads; blank for latent attention.
    pub kv_heads: Option<f64>,
    /// Width of a head; blank for latent attention, whose parts are below.
    pub head_dim: Option<f64>,
    /// Width of the dense feed-forward block.
    pub ffn: f64,
    /// Entries of the vocabulary.
    pub vocab: f64,
    /// Whether input and output share one embedding matrix; 0 or 1 in the table.
    #[serde(deserialize_with = "flag")]
    pub tied_embeddings: bool,
    /// Routed experts per layer; blank for dense models.
    pub experts: Option<f64>,
    /// Routed experts used by a token.
    pub top_k: Option<f64>,
    /// Width of one expert.
    pub moe_ffn: Option<f64>,
    /// Experts used by every token.
    pub shared_experts: Option<f64>,
    /// Leading layers without experts.
    pub dense_layers: Option<f64>,
    /// One layer in so many has experts.
    pub moe_every: Option<f64>,
    /// Rank of the compressed queries of latent attention.
    pub mla_q_rank: Option<f64>,
    /// Rank of its compressed keys and values, which is what it caches.
    pub mla_kv_rank: Option<f64>,
    /// Width of the part of a head without position.
    pub mla_nope_dim: Option<f64>,
    /// Width of the part with position, cached once for all heads.
    pub mla_rope_dim: Option<f64>,
    /// Width of a value head.
    pub mla_v_dim: Option<f64>,
    /// Kind of attention in words.
    #[serde(deserialize_with = "filled")]
    pub attention: String,
    /// Layers that cache the whole context.
    pub full_attn_layers: Option<f64>,
    /// Tokens that a windowed layer keeps.
    pub window: Option<f64>,
    /// Windowed layers; what remains of `layers` keeps a constant state.
    pub window_layers: Option<f64>,
    /// Layers with linear attention or a state space, whose state does not grow; blank: what remains of `layers`.
    ///
    /// A layer may have full attention beside it.
    pub linear_layers: Option<f64>,
    /// Parameters of the mixing block of one of them, millions; blank: as many as attention.
    pub linear_params_m: Option<f64>,
    /// What they keep of one request, MiB; blank is unknown and counts as nothing.
    pub linear_state_mib: Option<f64>,
    /// Whether a gate as wide as the queries stands behind attention, 1 or 0; blank: none.
    pub gated_attention: Option<f64>,
    /// Layers with a feed-forward block; blank: all.
    pub ffn_layers: Option<f64>,
    /// Matrices of a feed-forward block: 3 with a gate, 2 without; blank: 3.
    pub ffn_matrices: Option<f64>,
    /// Format in which the weights are released; blank: bf16.
    pub weight_format: Option<WeightFormat>,
    /// Longest context, tokens.
    pub max_context: Option<f64>,
    /// Name of the licence.
    pub licence: Option<String>,
    /// How freely the weights may be used.
    pub licence_class: Option<LicenceClass>,
    /// Total by the parameter formula, billions.
    pub computed_total_b: Option<f64>,
    /// Active by the same formula with both embeddings, billions.
    pub computed_active_b: Option<f64>,
    /// Multiplied per token by the same formula, billions.
    pub computed_active_matmul_b: Option<f64>,
    /// Error of the computed total, per cent of the published one.
    pub err_total_pct: Option<f64>,
    /// Cache per token in bf16, averaged over 4,096 tokens, KiB.
    pub kv_kib_per_tok_bf16_at_4k: Option<f64>,
    /// Cache per token in bf16, averaged over 32,768 tokens, KiB.
    pub kv_kib_per_tok_bf16_at_32k: Option<f64>,
    /// What the multi-head formula would say, KiB: wrong, for tests.
    pub kv_naive_kib_per_tok: Option<f64>,
    /// Weights in bf16, 10^9 bytes.
    pub bf16_weights_gb: Option<f64>,
    /// Where the architecture was read.
    #[serde(deserialize_with = "filled")]
    pub source: String,
    /// Support of the architecture.
    pub arch_confidence: Confidence,
    /// Support of the published counts.
    pub params_confidence: Confidence,
    /// Support of the longest context.
    pub context_confidence: Option<Confidence>,
    /// Support of the licence.
    pub licence_confidence: Option<Confidence>,
    /// Whether it is offered for choice; the rest serves the measurements.
    pub picker: bool,
    /// The row to choose instead.
    pub superseded_by: Option<String>,
    /// What the columns cannot say.
    pub note: Option<String>,
}

/// What is known of a family of models and no column says.
///
/// A row is of the family that its name begins with, be it the catalogue's or an author's: the form for rows of
/// one's own says so.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Family {
    /// How the names of its models begin.
    name: &'static str,
    /// Whether its weights are released in mxfp4, 4.25 bits a parameter.
    is_mxfp4: bool,
    /// What a layer of full attention caches of what the columns of a row say, 0 to 1.
    full_layer_cache_share: f64,
}

impl Family {
    /// A model of no other family: nothing is to be added to its row.
    const OTHER: Family = Family { name: "", is_mxfp4: false, full_layer_cache_share: 1.0 };

    /// Families whose rows do not say it all; the notes of the rows do.
    const KNOWN: [Family; 2] = [
        Family { name: "gpt-oss", is_mxfp4: true, ..Family::OTHER },
        // Full layers keep fewer, wider heads and store keys and values once.
        Family { name: "Gemma-4", full_layer_cache_share: 0.25, ..Family::OTHER },
    ];

    fn of(model: &str) -> Family {
        let found = Family::KNOWN.into_iter().find(|family| model.starts_with(family.name));
        found.unwrap_or(Family::OTHER)
    }
}

impl OpenModel {
    /// Format in which its weights are released, where it is not bf16: what the row says, else what its family does.
    pub fn released_in(&self) -> Option<WeightFormat> {
        let of_family = || Family::of(&self.model).is_mxfp4.then_some(WeightFormat::Mxfp4);
        self.weight_format.or_else(of_family).filter(|format| *format != WeightFormat::Bf16)
    }

    /// What a layer of full attention caches of what the columns say, 0 to 1: a quarter in Gemma 4, else all of it.
    pub fn full_layer_cache_share(&self) -> f64 {
        Family::of(&self.model).full_layer_cache_share
    }

    /// Class by total parameters, as in the price table.
    pub fn tier_class(&self) -> TierClass {
        TierClass::of_open_weights(self.params_total_b)
    }

    /// Width of a head as attention multiplies it: with latent attention, the mean of the query-key
    /// and the value width.
    pub fn head_width(&self) -> Option<f64> {
        let latent = || Some((self.mla_nope_dim? + self.mla_rope_dim? + self.mla_v_dim?) / 2.0);
        self.head_dim.or_else(latent)
    }

    /// Whether its kind of attention is given as latent (MLA).
    pub fn says_latent(&self) -> bool {
        self.attention.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "MLA")
    }

    /// Whether tokens are routed to some of several experts.
    pub fn is_mixture_of_experts(&self) -> bool {
        self.experts.is_some_and(|experts| experts > 0.0)
    }
}

impl Provenance for OpenModel {
    fn source(&self) -> &str {
        &self.source
    }

    /// Month of the revision that the source names behind an `@`.
    ///
    /// Rows read from a file without a dated revision name none.
    fn as_of(&self) -> Option<YearMonth> {
        // A row that was entered may name the source of the row it rests on, whose date is not its own.
        if self.arch_confidence.is_entered() {
            return None;
        }
        let day = self.source.split('@').nth(1)?.get(..10)?;
        Some(day.parse::<Date>().ok()?.year_month())
    }

    fn confidence(&self) -> Confidence {
        Confidence::weakest(&[
            Some(self.arch_confidence),
            Some(self.params_confidence),
            self.context_confidence,
            self.licence_confidence,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    #[test]
    fn every_family_has_rows_whose_notes_say_what_it_adds() {
        let rows = &Catalog::builtin().open_models;
        let notes = |of: fn(&OpenModel) -> bool| {
            let rows = rows.iter().filter(move |row| of(row));
            rows.map(|row| row.note.clone().unwrap_or_default()).collect::<Vec<_>>()
        };
        let mxfp4 = notes(|row| row.released_in() == Some(WeightFormat::Mxfp4));
        assert_eq!(mxfp4, ["MXFP4 MoE weights (4.25 bit/param)"; 2]);
        let shared = notes(|row| row.full_layer_cache_share() < 1.0);
        assert_eq!(shared.len(), 2);
        assert!(shared.iter().all(|note| note.contains("global heads")), "{shared:?}");
        let says = rows.iter().filter(|row| row.note.as_ref().is_some_and(|note| note.contains("MXFP4")));
        assert_eq!(says.count(), mxfp4.len(), "what is released in mxfp4 is of a family that is known");
    }
}
