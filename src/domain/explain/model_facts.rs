//! What was understood of the files of a model, in words: one line for each fact that decides its memory.

use crate::domain::catalog::model_files::ModelReading;
use crate::domain::catalog::{OpenModel, WeightFormat};
use crate::domain::sizing::{KvPrecision, kv_bytes_per_token};
use crate::domain::units::words::{count_exact, to_digits};

/// Context at which the cache per token is told, where a window makes it depend on that: tokens.
const CONTEXT: f64 = 32_768.0;
/// Digits of a count of parameters.
const DIGITS: usize = 4;

/// What a line is about, and what the files say of it.
pub type ModelFact = (&'static str, String);

/// The facts of a reading, the most telling first; none where the files describe no model.
pub fn model_facts(reading: &ModelReading) -> Vec<ModelFact> {
    let Some(model) = &reading.model else { return Vec::new() };
    let mut facts = vec![("Parameters", parameters(reading, model))];
    if reading.is_usable() {
        facts.push(("KV cache", cache(model)));
    }
    facts.push(("Layers", layers(model)));
    facts.extend(experts(model).map(|text| ("Experts", text)));
    facts.push(("Weights", format_of(model)));
    facts.extend(model.max_context.map(|tokens| ("Context", format!("{} tokens", count_exact(tokens)))));
    facts
}

/// So many billions.
fn billions(count: f64) -> String {
    format!("{} billion", count_exact(to_digits(count, DIGITS)))
}

fn parameters(reading: &ModelReading, model: &OpenModel) -> String {
    let by = if reading.parameters.stated.is_some() { "by the files" } else { "by the architecture" };
    let active = model
        .is_mixture_of_experts()
        .then(|| format!(", {} of them active", billions(model.params_active_b)));
    format!("{} {by}{}", billions(model.params_total_b), active.unwrap_or_default())
}

fn cache(model: &OpenModel) -> String {
    let bytes = count_exact(libm::round(kv_bytes_per_token(model, CONTEXT, KvPrecision::Bf16)));
    let context = match model.window_layers {
        Some(_) => format!(", averaged over a context of {}", count_exact(CONTEXT)),
        None => String::new(),
    };
    let state = model
        .linear_state_mib
        .map(|mib| format!("; beside it {} MiB a request", count_exact(to_digits(mib, DIGITS))));
    format!("{bytes} bytes a token in bf16{context}{}", state.unwrap_or_default())
}

fn layers(model: &OpenModel) -> String {
    let all = format!("{}, {}", count_exact(model.layers), model.attention);
    let parts = [
        ("with full attention", model.full_attn_layers),
        ("with a window", model.window_layers),
        ("with a constant state", model.linear_layers),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(kind, count)| {
            Some(format!("{} {kind}", count_exact(count.filter(|count| *count > 0.0)?)))
        })
        .collect();
    format!("{all}: {}", parts.join(", "))
}

fn experts(model: &OpenModel) -> Option<String> {
    let shared = model.shared_experts.map(|shared| format!(", {} shared", count_exact(shared)));
    let dense = model.dense_layers.map(|dense| format!("; {} layers without", count_exact(dense)));
    Some(format!(
        "{} a layer, {} used by a token{}{}",
        count_exact(model.experts?),
        count_exact(model.top_k?),
        shared.unwrap_or_default(),
        dense.unwrap_or_default()
    ))
}

fn format_of(model: &OpenModel) -> String {
    match model.weight_format {
        Some(format) if format != WeightFormat::Bf16 => format!("released in {}", format.word()),
        _ => "16 bits, unless another format is chosen".to_owned(),
    }
}
