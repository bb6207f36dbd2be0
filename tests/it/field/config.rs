//! Files of published models that the catalogue does not have: parameters and cache as their makers say.

use tunewise::domain::catalog::OpenModel;
use tunewise::domain::catalog::model_files::{ModelReading, Unknown, read_model_files};
use tunewise::domain::sizing::{KvPrecision, kv_bytes_per_token};

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
