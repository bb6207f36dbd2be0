//! Experts: how many there are, how wide, and in which layers.

use super::config::Config;
use super::family::Family;
use super::layers::{Layers, from_on};
use super::unknown::Unknown;

/// The experts of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mixture {
    /// Routed experts per layer.
    pub experts: f64,
    /// Of which a token uses so many.
    pub top_k: f64,
    /// Width of one.
    pub width: f64,
    /// Experts that every token uses; none if their width is no multiple.
    pub shared: Option<f64>,
    /// Layers without experts, wherever they stand.
    pub dense_layers: f64,
}

impl Mixture {
    /// The mixture of a file; none for a dense model.
    ///
    /// # Errors
    /// The member that is missing.
    pub fn of(config: &Config, family: &Family, layers: &Layers) -> Result<Option<Mixture>, Unknown> {
        let number =
            |keys: &[&str]| config.number(keys).or_else(|| keys.iter().find_map(|key| family.default(key)));
        let experts = number(&["num_experts", "n_routed_experts", "num_local_experts", "moe_num_experts"]);
        let Some(experts) = experts.filter(|experts| *experts > 0.0) else { return Ok(None) };
        let top_k = number(&[
            "num_experts_per_tok",
            "num_experts_per_token",
            "experts_per_token",
            "moe_k",
            "moe_topk",
        ]);
        let width = number(&["moe_intermediate_size", "intermediate_size"]);
        let width = width.filter(|width| *width >= 1.0).ok_or(Unknown::Missing("moe_intermediate_size"))?;
        Ok(Some(Mixture {
            experts,
            top_k: top_k.ok_or(Unknown::Missing("num_experts_per_tok"))?,
            width,
            shared: shared(&number, width),
            dense_layers: layers.ffn.map_or_else(|| dense_layers(config, layers.all), |(_, plain)| plain),
        }))
    }
}

/// Shared experts in experts; none if that is not whole.
fn shared(number: &impl Fn(&[&str]) -> Option<f64>, width: f64) -> Option<f64> {
    let widths = [
        "shared_expert_intermediate_size",
        "moe_shared_expert_intermediate_size",
        "shared_intermediate_size",
    ];
    let count =
        || number(&["n_shared_experts", "num_shared_experts", "moe_num_shared_experts"]).unwrap_or(0.0);
    let shared = number(&widths).map_or_else(count, |shared| shared / width);
    (libm::floor(shared) == shared).then_some(shared)
}

/// Layers without experts.
fn dense_layers(config: &Config, all: f64) -> f64 {
    if let Some(period) = config.number(&["expert_layer_period"]).filter(|period| *period >= 1.0) {
        return all - from_on(all, period, config.number(&["expert_layer_offset"]));
    }
    let first =
        config.number(&["first_k_dense_replace"]).or_else(|| config.number(&["moe_layer_start_index"]));
    let first = first.unwrap_or(0.0).min(all);
    let steps = ["decoder_sparse_step", "interleave_moe_layer_step", "moe_layer_freq", "moe_layer_interval"];
    let step = config.number(&steps).filter(|step| *step >= 1.0).unwrap_or(1.0);
    let named = config.list("mlp_only_layers").map_or(0.0, |layers| layers.len() as f64);
    all - (libm::floor((all - first) / step) - named).max(0.0)
}
