//! Names of models and GPUs as publications write them.

use crate::domain::catalog::{Catalog, Gpu, OpenModel};

/// Models that run like one of the catalogue: the same shape under another name.
const SAME_SHAPE: [(&str, &str); 20] = [
    ("llama7b", "Llama-2-7B"),
    ("llama13b", "Llama-2-13B"),
    ("llama38b", "Llama-3.1-8B"),
    ("llama370b", "Llama-3.3-70B"),
    ("llama3170b", "Llama-3.3-70B"),
    ("llama3405b", "Llama-3.1-405B"),
    ("llama4scout17b16e", "Llama-4-Scout"),
    ("llama4maverick17b128e", "Llama-4-Maverick"),
    ("mistral7b", "Mistral-7B-v0.3"),
    ("mistral7bv01", "Mistral-7B-v0.3"),
    ("mistral7bv02", "Mistral-7B-v0.3"),
    ("mixtral8x7bv01", "Mixtral-8x7B"),
    ("mixtral8x22bv01", "Mixtral-8x22B"),
    ("deepseekr1", "DeepSeek-V3"),
    ("deepseekv30324", "DeepSeek-V3"),
    ("deepseekv31", "DeepSeek-V3"),
    ("deepseekr10528", "DeepSeek-V3"),
    ("kimik20905", "Kimi-K2"),
    ("phi4", "Phi-4-14B"),
    ("mistralsmall324b", "Mistral-Small-24B"),
];

/// GPUs by the names that leave out what is usual, or that compute alike.
///
/// H800: an H100 with slower links. RTX 4080 and the like are not guessed at.
const USUAL: [(&str, &str); 26] = [
    ("h100", "H100 SXM"),
    ("h100sxm5", "H100 SXM"),
    ("h10080gb", "H100 SXM"),
    ("h100sxm80gb", "H100 SXM"),
    ("h800", "H100 SXM"),
    ("h200", "H200 SXM"),
    ("h200sxm5", "H200 SXM"),
    ("h200nvl", "H200 NVL (PCIe)"),
    ("b200", "B200 SXM"),
    ("b300", "B300 SXM"),
    ("gb200", "GB200 NVL72 (per GPU)"),
    ("gb300", "GB300 NVL72 (per GPU)"),
    ("gb200nvl72", "GB200 NVL72 (per GPU)"),
    ("gb300nvl72", "GB300 NVL72 (per GPU)"),
    ("a100", "A100 SXM 80GB"),
    ("a10080gb", "A100 SXM 80GB"),
    ("a100sxm", "A100 SXM 80GB"),
    ("a100sxm40gb", "A100 40GB"),
    ("a100pcie40gb", "A100 40GB"),
    ("a100pcie", "A100 PCIe 80GB"),
    ("a10g", "A10G / A10"),
    ("a10", "A10G / A10"),
    ("a6000", "RTX A6000"),
    ("v100", "V100 16/32GB"),
    ("gaudi3", "Gaudi 3"),
    ("rtxpro6000", "RTX PRO 6000 Blackwell Server"),
];

/// The model of this name.
pub fn model<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a OpenModel> {
    let key = model_key(name);
    let same = SAME_SHAPE.iter().find(|(alias, _)| *alias == key).map(|(_, name)| *name);
    let named = catalog.open_models.iter().find(|row| model_key(&row.model) == key);
    named.or_else(|| same.and_then(|name| catalog.open_model(name)))
}

/// The GPU of this name.
pub fn gpu<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a Gpu> {
    let key = gpu_key(name);
    let usual = USUAL.iter().find(|(alias, _)| *alias == key).map(|(_, name)| *name);
    let named = catalog.gpus.iter().find(|row| gpu_key(&row.name) == key);
    named.or_else(|| usual.and_then(|name| catalog.gpu(name)))
}

/// A model's name without publisher, tuning and punctuation.
fn model_key(name: &str) -> String {
    let short = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let mut key: String = short.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    for ending in ["instruct", "chat", "hf", "base", "fp8", "bf16", "it", "pt"] {
        if let Some(stem) = key.strip_suffix(ending) {
            key = stem.to_owned();
        }
    }
    key.strip_prefix("meta").map_or_else(|| key.clone(), str::to_owned)
}

/// A GPU's name without vendor and punctuation.
fn gpu_key(name: &str) -> String {
    let mut key = name.to_ascii_lowercase();
    for word in ["nvidia", "amd", "geforce", "instinct", "tensor core", "intel"] {
        key = key.replace(word, "");
    }
    key.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_catalogue_is_found_by_its_own_name() {
        let catalog = Catalog::builtin();
        for row in &catalog.open_models {
            assert_eq!(model(catalog, &row.model).map(|found| &found.model), Some(&row.model));
        }
        for row in &catalog.gpus {
            assert_eq!(gpu(catalog, &row.name).map(|found| &found.name), Some(&row.name));
        }
    }

    #[test]
    fn every_alias_leads_to_a_row() {
        let catalog = Catalog::builtin();
        for (alias, name) in SAME_SHAPE {
            assert!(model(catalog, alias).is_some() && catalog.open_model(name).is_some(), "{alias}");
        }
        for (alias, name) in USUAL {
            assert!(gpu(catalog, alias).is_some() && catalog.gpu(name).is_some(), "{alias}");
        }
    }

    #[test]
    fn names_are_found_as_publications_write_them() {
        let catalog = Catalog::builtin();
        let finds = |name: &str| model(catalog, name).map(|row| row.model.clone());
        assert_eq!(finds("meta-llama/Meta-Llama-3-8B-Instruct").as_deref(), Some("Llama-3.1-8B"));
        assert_eq!(finds("Llama-2-7b-hf").as_deref(), Some("Llama-2-7B"));
        assert_eq!(finds("openai/gpt-oss-120b").as_deref(), Some("gpt-oss-120b"));
        assert_eq!(finds("DeepSeek-R1").as_deref(), Some("DeepSeek-V3"));
        assert_eq!(finds("Llama-17-5T"), None);
        let card = |name: &str| gpu(catalog, name).map(|row| row.name.clone());
        assert_eq!(card("NVIDIA GeForce RTX 4090").as_deref(), Some("RTX 4090"));
        assert_eq!(card("NVIDIA H100 80GB").as_deref(), Some("H100 SXM"));
        assert_eq!(card("AMD Instinct MI300X").as_deref(), Some("MI300X"));
        assert_eq!(card("Abacus"), None);
    }
}
