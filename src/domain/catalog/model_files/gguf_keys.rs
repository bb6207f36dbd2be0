//! The members of a GGUF header under the names of a `config.json`, so that both are understood in one place.

use serde_json::{Map, Value, json};

use super::config::Config;
use super::gguf::Gguf;
use super::unknown::Unreadable;

/// Architectures, and the `model_type` whose layers they have.
const TYPES: [(&str, &str); 15] = [
    ("llama", "llama"),
    ("qwen2", "qwen2"),
    ("qwen2moe", "qwen2_moe"),
    ("qwen3", "qwen3"),
    ("qwen3moe", "qwen3_moe"),
    ("gemma2", "gemma2"),
    ("gemma3", "gemma3_text"),
    ("phi3", "phi3"),
    ("deepseek2", "deepseek_v3"),
    ("glm4moe", "glm4_moe"),
    ("gpt-oss", "gpt_oss"),
    ("starcoder2", "starcoder2"),
    ("gptneox", "gpt_neox"),
    ("command-r", "cohere"),
    ("cohere2", "cohere2"),
];

/// Members behind the name of the architecture, and what a `config.json` calls them.
const KEYS: [(&str, &str); 20] = [
    ("block_count", "num_hidden_layers"),
    ("embedding_length", "hidden_size"),
    ("feed_forward_length", "intermediate_size"),
    ("context_length", "max_position_embeddings"),
    ("vocab_size", "vocab_size"),
    ("attention.head_count", "num_attention_heads"),
    ("attention.head_count_kv", "num_key_value_heads"),
    ("attention.key_length", "head_dim"),
    ("attention.sliding_window", "sliding_window"),
    ("attention.q_lora_rank", "q_lora_rank"),
    ("attention.kv_lora_rank", "kv_lora_rank"),
    ("attention.value_length_mla", "v_head_dim"),
    ("rope.dimension_count", "qk_rope_head_dim"),
    ("expert_count", "num_experts"),
    ("expert_used_count", "num_experts_per_tok"),
    ("expert_feed_forward_length", "moe_intermediate_size"),
    ("expert_shared_count", "n_shared_experts"),
    ("expert_shared_feed_forward_length", "shared_expert_intermediate_size"),
    ("leading_dense_block_count", "first_k_dense_replace"),
    ("nextn_predict_layers", "num_nextn_predict_layers"),
];

/// The tensor kind in blocks of 32 four-bit floats.
const MXFP4: u32 = 39;
/// Kinds without a quantisation: 32 and 16 bits.
const WIDE: [u32; 3] = [0, 1, 30];

/// The header as a `config.json`.
///
/// # Errors
/// Where it names no architecture.
pub fn config_of(gguf: &Gguf) -> Result<Config, Unreadable> {
    let text = |key: &str| gguf.members.get(key).and_then(Value::as_str);
    let kind = text("general.architecture").ok_or(Unreadable::Gguf("it names no architecture"))?;
    let mut members = Map::new();
    for (key, called) in KEYS {
        if let Some(value) = gguf.members.get(&format!("{kind}.{key}")).and_then(one_number) {
            members.insert(called.to_owned(), value);
        }
    }
    let known = TYPES.iter().find(|(name, _)| *name == kind).map_or(kind, |(_, known)| *known);
    let is_mixture = members.get("num_experts").and_then(Value::as_f64).is_some_and(|experts| experts > 0.0);
    let known = if known == "llama" && is_mixture { "mixtral" } else { known };
    members.insert("model_type".to_owned(), known.into());
    members.insert("tie_word_embeddings".to_owned(), (!gguf.has_output).into());
    if let (false, Some(tokens)) =
        (members.contains_key("vocab_size"), gguf.lengths.get("tokenizer.ggml.tokens"))
    {
        members.insert("vocab_size".to_owned(), (*tokens).into());
    }
    add_latent(gguf, kind, &mut members);
    take_further(&mut members);
    if let Some(name) = text("general.name") {
        members.insert("_name_or_path".to_owned(), name.into());
    }
    if let Some(quantised) = quantisation(gguf) {
        members.insert("quantization_config".to_owned(), quantised);
    }
    Ok(Config::of(members))
}

/// A number, or the one that all items of a list have.
fn one_number(value: &Value) -> Option<Value> {
    match value {
        Value::Array(items) => {
            let first = items.first()?;
            items.iter().all(|item| item == first).then(|| first.clone())
        }
        number => number.is_number().then(|| number.clone()),
    }
}

/// The parts of a latent head, which this format counts together.
fn add_latent(gguf: &Gguf, kind: &str, members: &mut Map<String, Value>) {
    if !members.contains_key("kv_lora_rank") {
        members.remove("qk_rope_head_dim");
        return;
    }
    let number = |key: &str| gguf.members.get(&format!("{kind}.{key}")).and_then(Value::as_f64);
    let key = number("attention.key_length_mla").or_else(|| number("attention.key_length"));
    if let (Some(key), Some(rope)) = (key, number("rope.dimension_count")) {
        members.insert("qk_nope_head_dim".to_owned(), (key - rope).into());
    }
    if let (false, Some(value)) = (members.contains_key("v_head_dim"), number("attention.value_length")) {
        members.insert("v_head_dim".to_owned(), value.into());
    }
    members.remove("head_dim");
    members.remove("num_key_value_heads");
}

/// This format counts the layers that predict further tokens among the others.
fn take_further(members: &mut Map<String, Value>) {
    let number = |key: &str| members.get(key).and_then(Value::as_f64);
    if let (Some(all), Some(further)) = (number("num_hidden_layers"), number("num_nextn_predict_layers")) {
        members.insert("num_hidden_layers".to_owned(), (all - further).into());
    }
}

/// The mixture of blocks that the file says, if most numbers are no wide ones.
fn quantisation(gguf: &Gguf) -> Option<Value> {
    let most = gguf.by_kind.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(kind, _)| *kind)?;
    let is_wide = WIDE.contains(&most);
    let kind = gguf.members.get("general.file_type");
    (!is_wide).then(|| match most {
        MXFP4 => json!({ "quant_method": "mxfp4" }),
        _ => json!({ "quant_method": "gguf", "file_type": kind }),
    })
}
