//! The format that `quantization_config` gives the weights.

use super::config::Config;
use super::unknown::Unknown;
use crate::domain::catalog::WeightFormat;

/// The format of the weights; none is bf16.
///
/// # Errors
/// The quantisation that has no format here.
pub fn weight_format(config: &Config) -> Result<Option<WeightFormat>, Unknown> {
    let part = config.part("quantization_config").or_else(|| config.part("compression_config"));
    let Some(quantised) = part else { return Ok(None) };
    let method = quantised.text("quant_method").unwrap_or("").to_ascii_lowercase();
    let bits = quantised.number(&["bits", "w_bit"]);
    let found = match method.as_str() {
        "awq" | "gptq" | "auto-round" | "gptq_marlin" | "autoround" if bits == Some(4.0) => {
            Some(WeightFormat::Int4)
        }
        "fp8" | "fbgemm_fp8" => Some(WeightFormat::Fp8),
        "mxfp4" => Some(WeightFormat::Mxfp4),
        "compressed-tensors" => compressed(&quantised),
        "bitsandbytes" if quantised.text("bnb_4bit_quant_type") == Some("nf4") => Some(WeightFormat::Nf4),
        "modelopt" if quantised.text("quant_algo") == Some("NVFP4") => Some(WeightFormat::Nvfp4),
        "modelopt" if quantised.text("quant_algo") == Some("FP8") => Some(WeightFormat::Fp8),
        "gguf" => gguf(quantised.number(&["file_type"])),
        _ => None,
    };
    let bits = bits.or_else(|| quantised.number(&["file_type"]));
    let name = match (method.is_empty(), bits) {
        (true, _) => "quantization_config".to_owned(),
        (false, Some(kind)) if method == "gguf" => format!("gguf, file type {kind}"),
        (false, Some(bits)) => format!("{method}, {bits} bits"),
        (false, None) => method,
    };
    found.map(Some).ok_or(Unknown::Format(name))
}

/// Compressed tensors say width and kind of number in the first group of layers.
fn compressed(quantised: &Config) -> Option<WeightFormat> {
    let groups = quantised.part("config_groups")?;
    let weights = groups.part("group_0")?.part("weights")?;
    match (weights.number(&["num_bits"])? as u8, weights.text("type")?) {
        (4, "int") => Some(WeightFormat::Int4),
        (8, "float") => Some(WeightFormat::Fp8),
        (4, "float") if weights.number(&["group_size"]) == Some(16.0) => Some(WeightFormat::Nvfp4),
        _ => None,
    }
}

/// The format of a GGUF file by the number that llama.cpp gives its mixture of blocks.
fn gguf(file_type: Option<f64>) -> Option<WeightFormat> {
    match file_type? as u8 {
        7 => Some(WeightFormat::Q80),
        15 => Some(WeightFormat::Q4KM),
        17 => Some(WeightFormat::Q5KM),
        18 => Some(WeightFormat::Q6K),
        38 => Some(WeightFormat::Mxfp4),
        _ => None,
    }
}
