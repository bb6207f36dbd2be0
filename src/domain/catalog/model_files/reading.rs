//! A row of the open models from the members of a `config.json`, with what stays unknown.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::config::Config;
use super::family::{Family, Heads};
use super::format::weight_format;
use super::index::Index;
use super::layers::{Layers, window};
use super::mixer::Mixer;
use super::mixture::Mixture;
use super::unknown::Unknown;
use crate::domain::catalog::own::{OwnRow, Table};
use crate::domain::catalog::{OpenModel, further_token_params, parameter_count};
use crate::domain::units::MIB;

/// Computed and stated parameters that differ by more than this share are told.
const TOLERANCE: f64 = 0.02;
/// Parts of a file beside the language model.
const PARTS: [&str; 3] = ["vision_config", "audio_config", "speech_config"];
/// The longest name that is taken from a file, in characters: as long as a cell.
const MOST_NAME: usize = 80;

/// Parameters of a model, billions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parameters {
    /// By the formula, layers that predict further tokens included, as the files hold them.
    pub computed: Option<f64>,
    /// By the files.
    pub stated: Option<f64>,
}

/// What the files of a model say.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelReading {
    /// The row; its name is blank where no file has one.
    pub row: OwnRow,
    /// What is open, the most telling first.
    pub unknown: Vec<Unknown>,
    /// How many parameters there are, by formula and by file.
    pub parameters: Parameters,
    /// The row as the engine reads it, if it says enough.
    pub model: Option<OpenModel>,
}

impl ModelReading {
    /// What keeps the row from being used.
    pub fn decisive(&self) -> impl Iterator<Item = &Unknown> {
        let is_stated = self.parameters.stated.is_some();
        self.unknown.iter().filter(move |unknown| unknown.is_decisive(is_stated))
    }

    /// Whether parameters and cache are known, so that the row can be used.
    pub fn is_usable(&self) -> bool {
        self.model.is_some() && self.decisive().next().is_none()
    }
}

/// The cells so far, and what is open.
#[derive(Default)]
struct Cells {
    members: Map<String, Value>,
    unknown: Vec<Unknown>,
}

impl Cells {
    fn put(&mut self, column: &str, value: impl Into<Value>) {
        self.members.insert(column.to_owned(), value.into());
    }

    /// A size, or that its member is missing.
    fn need(&mut self, column: &str, found: Option<f64>, key: &'static str) {
        match found.filter(|number| *number >= 1.0) {
            Some(number) => self.put(column, number),
            None => self.unknown.push(Unknown::Missing(key)),
        }
    }

    fn number(&self, column: &str) -> Option<f64> {
        self.members.get(column)?.as_f64()
    }
}

/// The row of a model.
pub fn reading_of(config: &Config, index: Option<&Index>, held: Option<f64>) -> ModelReading {
    let mut cells = Cells::default();
    match config.model_type() {
        None => cells.unknown.push(Unknown::Missing("model_type")),
        Some(name) => match Family::of(name) {
            None => cells.unknown.push(Unknown::Family(name.to_owned())),
            Some(family) => describe(config, family, &mut cells),
        },
    }
    let Cells { mut members, mut unknown } = cells;
    let (parameters, model) = count(config, index, held, &mut members, &mut unknown);
    if let Some(name) = name_of(config) {
        members.insert("model".to_owned(), name.into());
    }
    let is_stated = parameters.stated.is_some();
    unknown.sort_by_key(|unknown| !unknown.is_decisive(is_stated));
    ModelReading { row: row_of(&members), unknown, parameters, model }
}

/// The name that the file gives, the last part of a path.
fn name_of(config: &Config) -> Option<String> {
    let name = config.text("_name_or_path")?.rsplit('/').next().unwrap_or_default();
    let fits = |c: &char| c.is_ascii_alphanumeric() || " -_.:+()".contains(*c);
    let name: String = name.chars().filter(fits).take(MOST_NAME).collect();
    let name = name.trim().to_owned();
    (!name.is_empty()).then_some(name)
}

/// Cells as they stand in the table.
fn row_of(members: &Map<String, Value>) -> OwnRow {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        number => number.as_f64().map_or_else(String::new, |number| format!("{number}")),
    };
    let set: BTreeMap<String, String> =
        members.iter().map(|(column, value)| (column.clone(), text(value))).collect();
    OwnRow { like: None, set, table: Table::OpenModels }
}

/// All cells that a file of a known family gives.
fn describe(config: &Config, family: &Family, cells: &mut Cells) {
    let number =
        |keys: &[&str]| config.number(keys).or_else(|| keys.iter().find_map(|key| family.default(key)));
    cells.need("hidden", number(&["hidden_size", "n_embd", "d_model"]), "hidden_size");
    cells.need(
        "q_heads",
        number(&["num_attention_heads", "n_head", "n_heads", "num_heads"]),
        "num_attention_heads",
    );
    cells.need("vocab", number(&["vocab_size"]), "vocab_size");
    if let Some(context) =
        number(&["max_position_embeddings", "n_positions", "seq_length", "max_sequence_length"])
    {
        cells.put("max_context", context);
    }
    let tied = config.flag("tie_word_embeddings").unwrap_or(family.tied);
    cells.put("tied_embeddings", u8::from(tied));
    if family.ffn_matrices != 3.0 {
        cells.put("ffn_matrices", family.ffn_matrices);
    }
    heads(config, family, cells);
    match Layers::of(config, family) {
        Ok(layers) => layers_and_blocks(config, family, &layers, cells),
        Err(unknown) => cells.unknown.push(unknown),
    }
    match weight_format(config) {
        Ok(Some(format)) => cells.put("weight_format", format.word()),
        Ok(None) => {}
        Err(unknown) => cells.unknown.push(unknown),
    }
    let parts = PARTS.into_iter().filter(|part| config.has_outside(part));
    cells.unknown.extend(parts.map(Unknown::Part));
    if config.number(&["index_topk"]).is_some() {
        cells.unknown.push(Unknown::SparseIndex);
    }
}

/// Heads, or the ranks of latent attention.
fn heads(config: &Config, family: &Family, cells: &mut Cells) {
    if let Some(rank) = config.number(&["kv_lora_rank"]).filter(|rank| *rank >= 1.0) {
        cells.put("mla_kv_rank", rank);
        if let Some(rank) = config.number(&["q_lora_rank"]).filter(|rank| *rank >= 1.0) {
            cells.put("mla_q_rank", rank);
        }
        cells.need("mla_rope_dim", config.number(&["qk_rope_head_dim"]), "qk_rope_head_dim");
        cells.need("mla_nope_dim", config.number(&["qk_nope_head_dim"]), "qk_nope_head_dim");
        cells.need("mla_v_dim", config.number(&["v_head_dim"]), "v_head_dim");
        return;
    }
    // What divides or follows these is not missed beside them.
    let (Some(hidden), Some(query)) = (cells.number("hidden"), cells.number("q_heads")) else { return };
    cells.need("kv_heads", kv_heads(config, family, query), "num_key_value_heads");
    let said = config.number(&["head_dim", "attention_head_dim"]).or_else(|| family.default("head_dim"));
    let width = said.or(Some(hidden / query)).filter(|width| libm::floor(*width) == *width);
    cells.need("head_dim", width, "head_dim");
    if family.gated_attention && config.flag("attn_output_gate") != Some(false) {
        cells.put("gated_attention", 1.0);
    }
}

/// How many key and value heads a layer has.
fn kv_heads(config: &Config, family: &Family, query: f64) -> Option<f64> {
    let is = |key: &str| config.flag(key) == Some(true);
    let said = config.number(&["num_key_value_heads", "num_kv_heads", "n_head_kv"]);
    match family.heads {
        Heads::Falcon if !is("new_decoder_architecture") => {
            if is("multi_query") {
                Some(1.0)
            } else {
                Some(query)
            }
        }
        Heads::MultiQuery if said.is_none() && is("multi_query") => Some(1.0),
        Heads::Said => said.or_else(|| family.default("num_key_value_heads")),
        Heads::Multi | Heads::MultiQuery | Heads::Falcon => {
            said.or_else(|| family.default("num_key_value_heads")).or(Some(query))
        }
    }
}

/// Layers by what they cache, and the blocks behind them.
fn layers_and_blocks(config: &Config, family: &Family, layers: &Layers, cells: &mut Cells) {
    cells.put("layers", layers.all);
    cells.put("full_attn_layers", layers.full);
    if layers.windowed > 0.0 {
        cells.put("window_layers", layers.windowed);
        cells.need("window", window(config, family), "sliding_window");
    }
    if layers.linear > 0.0 {
        cells.put("linear_layers", layers.linear);
        match cells.number("hidden").and_then(|hidden| Mixer::of(config, hidden)) {
            Some(mixer) => {
                cells.put("linear_params_m", mixer.params / 1e6);
                cells.put("linear_state_mib", layers.linear * mixer.state_bytes / MIB);
            }
            None => cells.unknown.push(Unknown::Mixer),
        }
    }
    cells.put("attention", kind_of(cells, layers));
    let mixture = Mixture::of(config, family, layers);
    if let Some((mixtures, plain)) = layers.ffn {
        cells.put("ffn_layers", mixtures + plain);
    }
    match mixture {
        Ok(Some(mixture)) => experts(&mixture, cells),
        Ok(None) => {}
        Err(unknown) => cells.unknown.push(unknown),
    }
    feed_forward(config, family, cells);
}

/// The experts of a mixture.
fn experts(mixture: &Mixture, cells: &mut Cells) {
    cells.put("experts", mixture.experts);
    cells.put("top_k", mixture.top_k);
    cells.put("moe_ffn", mixture.width);
    match mixture.shared {
        Some(shared) if shared > 0.0 => cells.put("shared_experts", shared),
        Some(_) => {}
        None => cells.unknown.push(Unknown::SharedExperts),
    }
    if mixture.dense_layers > 0.0 {
        cells.put("dense_layers", mixture.dense_layers);
    }
}

/// The width of a feed-forward block without experts.
fn feed_forward(config: &Config, family: &Family, cells: &mut Cells) {
    let said = if cells.number("experts").is_none() && config.get("shared_intermediate_size").is_some() {
        config.number(&["shared_intermediate_size"])
    } else {
        config.number(&[
            "intermediate_size_mlp",
            "intermediate_size",
            "ffn_dim",
            "n_inner",
            "ffn_hidden_size",
        ])
    };
    let by_width =
        || cells.number("hidden").map(|hidden| hidden * family.ffn_widths).filter(|width| *width > 0.0);
    let of_expert = || cells.number("moe_ffn").filter(|_| cells.number("dense_layers").is_none());
    let width = said.or_else(by_width).or_else(of_expert);
    cells.need("ffn", width, "intermediate_size");
}

/// The kind of attention in a few words.
fn kind_of(cells: &Cells, layers: &Layers) -> String {
    let kind = match (cells.number("mla_kv_rank"), cells.number("kv_heads"), cells.number("q_heads")) {
        (Some(_), _, _) => "MLA",
        (_, Some(kv), Some(query)) if kv == query => "MHA",
        (_, Some(1.0), _) => "MQA",
        _ => "GQA",
    };
    let sliding = if layers.windowed > 0.0 { "+sliding" } else { "" };
    let linear = if layers.linear > 0.0 { "+linear" } else { "" };
    format!("{kind}{sliding}{linear}")
}

/// Parameters by formula and by file; the files' count is the row's.
fn count(
    config: &Config,
    index: Option<&Index>,
    held: Option<f64>,
    members: &mut Map<String, Value>,
    unknown: &mut Vec<Unknown>,
) -> (Parameters, Option<OpenModel>) {
    let stated = held.filter(|held| *held > 0.0).or_else(|| stated_by(config, index?));
    let Some(model) = model_of(members, 1.0, 1.0) else {
        return (Parameters { computed: None, stated: stated.map(|all| all / 1e9) }, None);
    };
    let Some(counted) = parameter_count(&model) else {
        return (Parameters { computed: None, stated: stated.map(|all| all / 1e9) }, None);
    };
    let further = config.number(&["num_nextn_predict_layers"]).unwrap_or(0.0);
    let further = further * further_token_params(&model).unwrap_or(0.0);
    if further > 0.0 {
        unknown.push(Unknown::FurtherTokens(further / 1e9));
    }
    let computed = (counted.total + further) / 1e9;
    let total = stated.map_or(computed, |stated| stated / 1e9);
    if (computed / total - 1.0).abs() > TOLERANCE {
        unknown.push(Unknown::Parameters { computed, stated: total });
    }
    let active = match model.is_mixture_of_experts() {
        true => ((counted.matmul + counted.looked_up()) / 1e9).min(total),
        false => total,
    };
    let (total, active) = (rounded(total), rounded(active));
    members.insert("params_total_b".to_owned(), total.into());
    members.insert("params_active_b".to_owned(), active.into());
    let parameters = Parameters { computed: Some(computed), stated: stated.map(|all| all / 1e9) };
    (parameters, model_of(members, total, active))
}

/// Billions to the nearest thousand parameters.
fn rounded(billions: f64) -> f64 {
    libm::round(billions * 1e6) / 1e6
}

/// What an index says: a count, or bytes where all parameters take equally many.
fn stated_by(config: &Config, index: &Index) -> Option<f64> {
    let quantised = ["quantization_config", "compression_config"].iter().any(|key| config.get(key).is_some());
    let bytes_each = match config.text("torch_dtype").or_else(|| config.text("dtype")) {
        _ if quantised => None,
        Some("bfloat16" | "float16") => Some(2.0),
        Some("float32") => Some(4.0),
        _ => None,
    };
    index.parameters.or_else(|| Some(index.bytes? / bytes_each?))
}

/// The row as the engine reads it.
fn model_of(members: &Map<String, Value>, total: f64, active: f64) -> Option<OpenModel> {
    let mut members = members.clone();
    let rest = json!({
        "model": "this model", "params_total_b": total, "params_active_b": active, "source": "its files",
        "arch_confidence": "own", "params_confidence": "own", "picker": true,
    });
    members.extend(rest.as_object().cloned().unwrap_or_default());
    serde_json::from_value(Value::Object(members)).ok()
}
