//! What files say and leave open, and what damaged and hostile ones do.

use super::*;
use crate::domain::catalog::{Catalog, WeightFormat, parameter_count};
use crate::domain::sizing::{KvPrecision, kv_bytes_per_token};

const LLAMA: &str = r#"{"model_type": "llama", "num_hidden_layers": 32, "hidden_size": 4096, "num_attention_heads": 32,
    "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "torch_dtype": "bfloat16"}"#;

fn read(text: &str) -> ModelReading {
    read_model_files(&[text.as_bytes()]).unwrap()
}

/// The Llama with a member more, or another value of one.
fn llama_with(members: &str) -> ModelReading {
    let mut all: serde_json::Map<_, _> = serde_json::from_str(LLAMA).unwrap();
    all.extend(serde_json::from_str::<serde_json::Map<_, _>>(members).unwrap());
    read(&serde_json::to_string(&all).unwrap())
}

#[test]
fn a_llama_is_the_row_of_the_catalogue() {
    let reading = read(LLAMA);
    assert_eq!(reading.unknown, []);
    let (model, row) = (reading.model.unwrap(), Catalog::builtin().open_model("Llama-3.1-8B").unwrap());
    assert_eq!(parameter_count(&model), parameter_count(row));
    let kv = |model| kv_bytes_per_token(model, 8192.0, KvPrecision::Bf16);
    assert_eq!(kv(&model), kv(row));
}

#[test]
fn what_is_not_known_is_named_and_keeps_the_row_from_being_used() {
    let is = |members: &str, expected: Unknown| {
        let reading = llama_with(members);
        assert_eq!(reading.unknown, std::slice::from_ref(&expected), "{members}");
        assert!(!reading.is_usable(), "{members}");
    };
    is(r#"{"model_type": "hyena"}"#, Unknown::Family("hyena".to_owned()));
    is(r#"{"hidden_size": null}"#, Unknown::Missing("hidden_size"));
    is(r#"{"num_hidden_layers": 1e9}"#, Unknown::Missing("num_hidden_layers"));
    is(r#"{"num_hidden_layers": 1, "layer_types": ["hyena"]}"#, Unknown::LayerType("hyena".to_owned()));
    is(r#"{"layer_types": ["full_attention"]}"#, Unknown::Layers);
    is(
        r#"{"model_type": "mistral", "num_key_value_heads": null, "num_hidden_layers": 1, "layer_types": ["sliding_attention"]}"#,
        Unknown::Missing("sliding_window"),
    );
    is(r#"{"num_experts": 8}"#, Unknown::Missing("num_experts_per_tok"));
    is(r#"{"num_hidden_layers": 1, "layer_types": ["linear_attention"]}"#, Unknown::Mixer);
}

#[test]
fn a_layer_whose_parameters_are_unknown_is_used_once_the_files_count_them() {
    let config = r#"{"model_type": "qwen3_next", "num_hidden_layers": 4, "hidden_size": 64, "num_attention_heads": 4,
        "num_key_value_heads": 2, "head_dim": 16, "intermediate_size": 128, "vocab_size": 1000}"#;
    let index = r#"{"metadata": {"total_size": 2, "total_parameters": 500000}, "weight_map": {"a": "b"}}"#;
    assert!(!read(config).is_usable());
    let both = read_model_files(&[index.as_bytes(), config.as_bytes()]).unwrap();
    assert!(both.is_usable(), "{:?}", both.unknown);
    assert_eq!(both.parameters.stated, Some(0.0005));
}

#[test]
fn the_index_is_the_count_and_a_difference_is_told() {
    let index =
        |bytes: &str| format!(r#"{{"metadata": {{"total_size": {bytes}}}, "weight_map": {{"a": "b"}}}}"#);
    let with = |bytes: &str| read_model_files(&[LLAMA.as_bytes(), index(bytes).as_bytes()]).unwrap();
    assert_eq!(with("16060522496").unknown, []);
    let larger = with("18e9");
    assert!(matches!(larger.unknown[..], [Unknown::Parameters { stated: 9.0, .. }]), "{:?}", larger.unknown);
    assert_eq!(larger.model.unwrap().params_total_b, 9.0);
    assert_eq!(read_model_files(&[index("1").as_bytes()]), Err(Unreadable::IndexAlone));
    assert_eq!(read_model_files(&[LLAMA.as_bytes(), LLAMA.as_bytes()]), Err(Unreadable::Twice));
}

#[test]
fn the_quantisation_sets_the_format_of_the_weights() {
    let format = |quantised: &str| {
        let reading = llama_with(&format!(r#"{{"quantization_config": {quantised}}}"#));
        assert!(reading.is_usable());
        (reading.model.unwrap().weight_format, reading.unknown)
    };
    for (quantised, expected) in [
        (r#"{"quant_method": "awq", "bits": 4}"#, WeightFormat::Int4),
        (r#"{"quant_method": "gptq", "bits": 4}"#, WeightFormat::Int4),
        (
            r#"{"quant_method": "bitsandbytes", "load_in_4bit": true, "bnb_4bit_quant_type": "nf4"}"#,
            WeightFormat::Nf4,
        ),
        (r#"{"quant_method": "modelopt", "quant_algo": "NVFP4"}"#, WeightFormat::Nvfp4),
        (r#"{"quant_method": "gguf", "file_type": 15}"#, WeightFormat::Q4KM),
        (r#"{"quant_method": "fp8"}"#, WeightFormat::Fp8),
        (r#"{"quant_method": "mxfp4"}"#, WeightFormat::Mxfp4),
        (
            r#"{"quant_method": "compressed-tensors", "config_groups": {"group_0": {"weights": {"num_bits": 8, "type": "float"}}}}"#,
            WeightFormat::Fp8,
        ),
    ] {
        assert_eq!(format(quantised), (Some(expected), Vec::new()), "{quantised}");
    }
    let (open, unknown) = format(r#"{"quant_method": "gptq", "bits": 3}"#);
    assert_eq!((open, unknown), (None, vec![Unknown::Format("gptq, 3 bits".to_owned())]));
}

/// A GGUF header of these members and tensors.
struct Header(Vec<u8>);

impl Header {
    fn new(tensors: u64, members: u64) -> Header {
        let mut header = Header(b"GGUF".to_vec());
        header.0.extend(3_u32.to_le_bytes());
        header.0.extend(tensors.to_le_bytes());
        header.0.extend(members.to_le_bytes());
        header
    }

    fn text(&mut self, text: &str) {
        self.0.extend((text.len() as u64).to_le_bytes());
        self.0.extend(text.as_bytes());
    }

    fn number(&mut self, name: &str, number: u32) {
        self.text(name);
        self.0.extend(4_u32.to_le_bytes());
        self.0.extend(number.to_le_bytes());
    }

    fn tensor(&mut self, name: &str, dims: &[u64], kind: u32) {
        self.text(name);
        self.0.extend((dims.len() as u32).to_le_bytes());
        dims.iter().for_each(|dim| self.0.extend(dim.to_le_bytes()));
        self.0.extend(kind.to_le_bytes());
        self.0.extend(0_u64.to_le_bytes());
    }
}

/// The Llama as a GGUF file, its tensors counted as two.
fn gguf() -> Vec<u8> {
    let mut header = Header::new(2, 9);
    header.text("general.architecture");
    header.0.extend(8_u32.to_le_bytes());
    header.text("llama");
    header.text("tokenizer.ggml.tokens");
    header.0.extend(9_u32.to_le_bytes());
    header.0.extend(8_u32.to_le_bytes());
    header.0.extend(2_u64.to_le_bytes());
    header.text("a");
    header.text("b");
    for (name, number) in [
        ("llama.block_count", 32),
        ("llama.embedding_length", 4096),
        ("llama.feed_forward_length", 14_336),
        ("llama.attention.head_count", 32),
        ("llama.attention.head_count_kv", 8),
        ("llama.context_length", 131_072),
        ("llama.vocab_size", 128_256),
    ] {
        header.number(name, number);
    }
    header.tensor("output.weight", &[128_256, 4096], 30);
    header.tensor("the rest", &[7_504_924_672], 30);
    header.0
}

#[test]
fn the_header_of_a_gguf_file_is_read_as_a_config_is() {
    let (gguf, config) = (read_model_files(&[&gguf()]).unwrap(), read(LLAMA));
    assert_eq!(gguf.unknown, []);
    assert_eq!(gguf.parameters.stated, Some(8.030261248));
    let (gguf, config) = (gguf.model.unwrap(), config.model.unwrap());
    assert_eq!(parameter_count(&gguf), parameter_count(&config));
    assert_eq!(gguf.max_context, Some(131_072.0));
}

#[test]
fn a_damaged_gguf_file_ends_with_a_sentence_wherever_it_is_cut_or_changed() {
    let whole = gguf();
    for cut in 4..whole.len() {
        assert!(matches!(read_model_files(&[&whole[..cut]]), Err(Unreadable::Gguf(_))), "{cut}");
    }
    for place in 4..whole.len() {
        for byte in [0, 1, 0x7f, 0xff] {
            let mut changed = whole.clone();
            changed[place] = byte;
            // Whatever comes out, it does not panic and nothing of it is no number.
            if let Ok(reading) = read_model_files(&[&changed]) {
                assert!(reading.model.is_none_or(|model| model.params_total_b.is_finite()));
            }
        }
    }
}

#[test]
fn hostile_texts_end_with_a_sentence() {
    let long = format!("{{\"a\": \"{}\"}}", "x".repeat(MOST_CONFIG_BYTES));
    let deep = "[".repeat(100_000);
    assert_eq!(read_model_files(&[long.as_bytes()]), Err(Unreadable::TooLong));
    assert!(matches!(read_model_files(&[deep.as_bytes()]), Err(Unreadable::NoConfig(_))));
    assert!(matches!(read_model_files(&[b"[]"]), Err(Unreadable::NoConfig(_))));
    assert_eq!(read_model_files(&[b" "]), Err(Unreadable::Empty));
    assert_eq!(read_model_files(&[]), Err(Unreadable::Empty));
    assert_eq!(read_model_files(&[b"{}".as_slice(); MOST_FILES + 1]), Err(Unreadable::TooMany));
    assert!(!read("{}").is_usable());
    for absurd in [r#"{"hidden_size": -1}"#, r#"{"hidden_size": 1e300}"#, r#"{"hidden_size": []}"#] {
        assert_eq!(llama_with(absurd).unknown, [Unknown::Missing("hidden_size")], "{absurd}");
    }
    let pattern = r#"{"model_type": "gemma3_text", "sliding_window": 512, "sliding_window_pattern": 0}"#;
    assert!(llama_with(pattern).is_usable());
}
