//! Files of published models that the catalogue does not have: parameters and cache as their makers say.

use serde_json::{Value, json};
use tunewise::codec::{Decoded, from_json};
use tunewise::domain::answer::{Answer, answer};
use tunewise::domain::catalog::OpenModel;
use tunewise::domain::catalog::model_files::{ModelReading, Unknown, read_model_files};
use tunewise::domain::sizing::{KvPrecision, Precision, kv_bytes_per_token, weight_bytes};
use tunewise::domain::strategy::StrategyId;

/// A file of `tests/data/configs`, its published parameters in billions, and the bytes that it caches per token in
/// bf16, averaged over a context of so many tokens.
struct Published {
    file: &'static str,
    text: &'static str,
    params_b: f64,
    context: f64,
    kv_bytes: f64,
}

macro_rules! published {
    ($($file:literal, $params:expr, $context:expr, $kv:expr;)*) => {
        &[$(Published {
            file: $file,
            text: include_str!(concat!("../../data/configs/", $file, ".json")),
            params_b: $params,
            context: $context,
            kv_bytes: $kv,
        }),*]
    };
}

/// Counts of the safetensors as published with the models. Bytes: layers · 2 · heads · width · 2, of latent attention
/// layers · (rank + rope) · 2, windowed layers up to their window.
const PUBLISHED: &[Published] = published![
    "glm-4.7-flash", 31.22, 32_000.0, 47.0 * 576.0 * 2.0;
    "deepseek-v2-lite", 15.71, 32_000.0, 27.0 * 576.0 * 2.0;
    "kimi-linear-48b-a3b", 49.12, 32_000.0, 7.0 * 576.0 * 2.0;
    "mistral-nemo-12b", 12.25, 32_000.0, 40.0 * 2.0 * 8.0 * 128.0 * 2.0;
    "mistral-7b-v0.1", 7.24, 8_192.0, 32.0 * 2.0 * 8.0 * 128.0 * 2.0 / 2.0;
    "qwen1.5-moe-a2.7b", 14.32, 8_192.0, 24.0 * 2.0 * 16.0 * 128.0 * 2.0;
    "qwen3-0.6b", 0.596, 32_000.0, 28.0 * 2.0 * 8.0 * 128.0 * 2.0;
    "gemma-2-2b", 2.614, 8_192.0, (13.0 + 13.0 / 2.0) * 2.0 * 4.0 * 256.0 * 2.0;
    "gemma-3-1b", 1.0, 32_768.0, (4.0 + 22.0 * 512.0 / 32_768.0) * 2.0 * 256.0 * 2.0;
    "phi-3.5-mini", 3.82, 32_000.0, 32.0 * 2.0 * 32.0 * 96.0 * 2.0;
    "olmoe-1b-7b", 6.92, 4_096.0, 16.0 * 2.0 * 16.0 * 128.0 * 2.0;
    "starcoder2-7b", 7.17, 8_192.0, 32.0 * 2.0 * 4.0 * 128.0 * 2.0 / 2.0;
    "pythia-6.9b", 6.857, 2_048.0, 32.0 * 2.0 * 32.0 * 128.0 * 2.0;
    "falcon-7b", 6.92, 2_048.0, 32.0 * 2.0 * 1.0 * 64.0 * 2.0;
    "opt-6.7b", 6.66, 2_048.0, 32.0 * 2.0 * 32.0 * 128.0 * 2.0;
    "command-r7b", 8.03, 8_192.0, (8.0 + 24.0 / 2.0) * 2.0 * 8.0 * 128.0 * 2.0;
    "falcon-h1-7b", 7.59, 32_000.0, 44.0 * 2.0 * 2.0 * 128.0 * 2.0;
    "granite-4.0-h-small", 32.21, 32_000.0, 4.0 * 2.0 * 8.0 * 128.0 * 2.0;
    "nemotron-h-8b", 8.1, 8_192.0, 4.0 * 2.0 * 8.0 * 128.0 * 2.0;
    "nemotron-3-nano-30b-a3b", 31.58, 32_000.0, 6.0 * 2.0 * 2.0 * 128.0 * 2.0;
    "jamba-1.5-mini", 51.57, 32_000.0, 4.0 * 2.0 * 8.0 * 128.0 * 2.0;
    "minimax-m2", 228.7, 32_000.0, 62.0 * 2.0 * 8.0 * 128.0 * 2.0;
    "mistral-small-3.1-24b", 24.01, 32_000.0, 40.0 * 2.0 * 8.0 * 128.0 * 2.0;
    "qwen2.5-7b-awq", 7.62, 32_000.0, 28.0 * 2.0 * 4.0 * 128.0 * 2.0;
];

fn read(text: &str) -> ModelReading {
    read_model_files(&[text.as_bytes()]).unwrap_or_else(|error| panic!("{error}"))
}

fn reading_of(file: &str) -> ModelReading {
    read(PUBLISHED.iter().find(|one| one.file == file).unwrap().text)
}

fn model_of(file: &str) -> OpenModel {
    reading_of(file).model.unwrap()
}

#[test]
fn every_published_file_gives_its_parameters_within_two_per_cent_and_its_cache_exactly() {
    for Published { file, text, params_b, context, kv_bytes } in PUBLISHED {
        let reading = read(text);
        assert!(reading.is_usable(), "{file}: {:?}", reading.unknown);
        let model = reading.model.unwrap();
        let off = (model.params_total_b / params_b - 1.0) * 100.0;
        println!("{file}: {:.3} of {params_b} B ({off:+.2} %), {kv_bytes} B a token", model.params_total_b);
        assert!(off.abs() < 2.0, "{file}: {} of {params_b}, {off:+.2} %", model.params_total_b);
        assert_eq!(kv_bytes_per_token(&model, *context, KvPrecision::Bf16), *kv_bytes, "{file}");
    }
}

const FLASH: &str = "GLM-4.7-Flash";

/// A scenario that serves GLM-4.7-Flash in bf16 on one 96 GB card, with this row of it.
fn served(row: &Value) -> Decoded {
    let scenario = json!({
        "answers": {
            "task": "converse", "serving_gpu": "RTX PRO 6000 Blackwell Server", "serving_gpu_count": "1",
            "weight_precision": "bf16", "input_tokens": 30_000, "output_tokens": 1_000, "prefix_tokens": 1_000,
            "requests_per_month": 20_000, "open_model": FLASH,
        },
        "rows": [row],
    });
    from_json(&scenario.to_string()).unwrap()
}

fn answered(decoded: &Decoded) -> Answer {
    answer(&decoded.scenario.case().unwrap())
}

/// The row as the case enters it by hand, with further columns.
fn by_hand(like: Option<&str>, further: &Value) -> Value {
    let mut set = json!({
        "model": FLASH, "params_total_b": 31.2, "params_active_b": 3.6, "layers": 47, "hidden": 2048, "q_heads": 20,
        "ffn": 10_240, "vocab": 154_880, "tied_embeddings": "0", "attention": "MLA", "max_context": 202_752,
        "experts": 64, "top_k": 4, "moe_ffn": 1536, "shared_experts": 1, "dense_layers": 1,
        "licence_class": "permissive",
    });
    set.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    let mut row = json!({ "table": "open_models", "set": set });
    if let Some(like) = like {
        row["like"] = json!(like);
    }
    row
}

fn ranks() -> Value {
    json!({ "mla_q_rank": 768, "mla_kv_rank": 512, "mla_nope_dim": 192, "mla_rope_dim": 64, "mla_v_dim": 256 })
}

/// Case 24, from the file.
#[test]
fn glm_flash_from_its_config_caches_54144_bytes_a_token_weighs_62_gb_and_fits_one_card_of_96_gb() {
    let model = model_of("glm-4.7-flash");
    assert_eq!(kv_bytes_per_token(&model, 31_000.0, KvPrecision::Bf16), 54_144.0);
    let gib = 31_000.0 * 54_144.0 / 1_073_741_824.0;
    assert!((gib - 1.56_f64).abs() < 0.01, "{gib}");
    let weights = weight_bytes(&model, Precision::Bf16).unwrap() / 1e9;
    assert!((weights - 62.4).abs() < 0.1, "{weights}");
    let config: Value =
        serde_json::from_str(PUBLISHED.iter().find(|one| one.file == "glm-4.7-flash").unwrap().text).unwrap();
    let decoded = served(&json!({ "table": "open_models", "config": config, "set": { "model": FLASH } }));
    assert!(
        decoded.notices.iter().any(|notice| notice.contains("predict further tokens")),
        "{:?}",
        decoded.notices
    );
    let answer = answered(&decoded);
    let own = answer.get(StrategyId::OpenSelf).unwrap();
    assert!(own.hardware.is_some() && own.tco().is_some(), "{:?}", own.out);
}

/// Case 24, by hand: the columns that it needs are there, and it costs what the file's row costs.
#[test]
fn glm_flash_entered_by_its_ranks_fits_the_card_too() {
    let decoded = served(&by_hand(None, &ranks()));
    assert_eq!(decoded.notices, Vec::<String>::new());
    let answer = answered(&decoded);
    assert!(answer.get(StrategyId::OpenSelf).unwrap().hardware.is_some());
}

/// Case 24a: read as twenty heads the cache would be 17.8 times as large.
#[test]
fn latent_attention_without_its_ranks_is_refused_with_the_column_and_named_where_it_is_chosen() {
    let decoded = served(&by_hand(None, &json!({ "kv_heads": 20, "head_dim": 256 })));
    let errors = decoded.scenario.case().unwrap_err();
    let expected = "“GLM-4.7-Flash” is a row of yours that was left out. Rank of latent keys and values: \
                    Needed with MLA; without it the cache would be counted by the heads.";
    assert_eq!((errors[0].id.as_str(), errors[0].message.as_str()), ("open_model", expected));
}

/// Case 24b: the work-around of one wide head stays possible.
#[test]
fn latent_attention_written_as_one_wide_head_is_still_taken() {
    let decoded = served(&by_hand(None, &json!({ "kv_heads": 1, "head_dim": 288 })));
    assert!(answered(&decoded).get(StrategyId::OpenSelf).unwrap().hardware.is_some());
}

/// Cases 24c to 24e: what a row inherits and contradicts is named with where it is from.
#[test]
fn a_contradictory_inherited_column_is_named_with_the_row_that_it_is_from() {
    let decoded = served(&by_hand(Some("DeepSeek-V3"), &json!({ "mla_q_rank": 768 })));
    let message = decoded.scenario.case().unwrap_err()[0].message.clone();
    assert!(message.contains("Layers with full attention"), "{message}");
    assert!(message.contains("It is 61 in “DeepSeek-V3”"), "{message}");
    let mended = by_hand(Some("DeepSeek-V3"), &json!({ "mla_q_rank": 768, "full_attn_layers": "" }));
    assert!(served(&mended).scenario.case().is_ok());
}

#[test]
fn a_row_whose_config_is_not_understood_is_an_error_that_says_why() {
    let row = json!({ "table": "open_models", "config": { "model_type": "hyena" }, "set": { "model": "x" } });
    let invalid = served(&row).strictly().unwrap_err();
    assert!(invalid[0].message.contains("“hyena” is not known"), "{}", invalid[0].message);
    let like =
        json!({ "table": "open_models", "like": "DeepSeek-V3", "config": {}, "set": { "model": "x" } });
    assert!(served(&like).strictly().unwrap_err()[0].message.contains("rests on no other"));
}

#[test]
fn gpt_oss_from_its_file_is_the_row_of_the_catalogue() {
    let gpt_oss = r#"{"model_type": "gpt_oss", "num_hidden_layers": 24, "hidden_size": 2880, "num_attention_heads": 64,
        "num_key_value_heads": 8, "head_dim": 64, "intermediate_size": 2880, "num_local_experts": 32,
        "num_experts_per_tok": 4, "vocab_size": 201088, "sliding_window": 128, "tie_word_embeddings": false,
        "max_position_embeddings": 131072, "quantization_config": {"quant_method": "mxfp4"}}"#;
    let (read, row) = (read(gpt_oss).model.unwrap(), catalogued("gpt-oss-20b"));
    let kv = |model| kv_bytes_per_token(model, 32_768.0, KvPrecision::Bf16);
    assert_eq!((kv(&read), read.released_in()), (kv(&row), row.released_in()));
    assert!((read.params_total_b / row.params_total_b - 1.0).abs() < 0.02);
}

fn catalogued(name: &str) -> OpenModel {
    tunewise::domain::catalog::Catalog::builtin().open_model(name).unwrap().clone()
}

#[test]
fn an_encoder_of_images_is_named_and_not_counted() {
    assert_eq!(reading_of("mistral-small-3.1-24b").unknown, [Unknown::Part("vision_config")]);
}
