//! How knowledge is brought in, and what retrieval costs beside the passages in the prompt (method §2, §4).

use tunewise::domain::input::DataBoundary;
use tunewise::domain::strategy::StrategyId;

use super::amounts::Month;
use super::hardware;
use super::months::{HOURS, Plain};
use super::tokens::{Called, call_to};

/// Where the knowledge of a call stands.
pub struct Knowledge {
    /// Whether it is retrieved.
    pub retrieves: bool,
    /// Tokens in the cached prefix.
    pub in_prefix: f64,
    /// K, tokens that each call retrieves.
    pub retrieved: f64,
}

/// Whether knowledge is more than min(200 k tokens, what the model's context leaves), so that it must be retrieved
/// (rule H5).
pub fn is_too_much_for_prompt(plain: &Plain) -> bool {
    let data = &plain.inputs.data;
    let none = Knowledge { retrieves: false, in_prefix: 0.0, retrieved: 0.0 };
    let without = call_to(plain, &none, Called::Large).longest();
    let api = plain.catalog.api_models.iter().find(|row| row.model_id == plain.inputs.models.api_model);
    let left = match api.and_then(|row| row.max_input_tokens) {
        Some(longest) => (longest - without).max(0.0),
        None => 200_000.0,
    };
    data.knowledge_tokens > left.min(200_000.0)
}

/// Whether a strategy may bring knowledge in by retrieval, and whether in the prompt: `prompt` carries it and `rag`
/// retrieves it; the others must retrieve what does not fit, and do either with what fits (method §2).
pub fn may_retrieve_and_may_carry(plain: &Plain, id: StrategyId) -> (bool, bool) {
    match id {
        StrategyId::Prompt => (false, true),
        StrategyId::Rag => (true, false),
        _ if is_too_much_for_prompt(plain) => (true, false),
        _ => (plain.inputs.data.knowledge_tokens > 0.0, true),
    }
}

/// Knowledge brought in one way: retrieved, or in the prefix.
pub fn brought(plain: &Plain, retrieves: bool) -> Knowledge {
    let data = &plain.inputs.data;
    Knowledge {
        retrieves,
        in_prefix: if retrieves { 0.0 } else { data.knowledge_tokens },
        retrieved: if retrieves { data.retrieved_tokens } else { 0.0 },
    }
}

/// The retrieval line of every month: the index once, then store, refresh and queries (method §4, formulas §8).
pub fn retrieval(plain: &Plain, knowledge: &Knowledge) -> Result<Vec<Month>, String> {
    let mut ledger = vec![Month::default(); plain.horizon() + 1];
    if !knowledge.retrieves {
        return Ok(ledger);
    }
    let data = &plain.inputs.data;
    let embedder = embedder(plain)?;
    let overlap = 1.0 - data.chunk_overlap;
    let index_once = data.knowledge_tokens / overlap * embedder.usd_per_m / 1e6;
    let vectors = data.knowledge_tokens / (data.chunk_tokens * overlap);
    // Four bytes a dimension, 1.5 for the graph.
    let gib = vectors * embedder.dimensions * 4.0 * 1.5 / f64::from(1_u32 << 30);
    let store = (gib * data.vector_price).max(data.vector_minimum);
    let refresh = data.knowledge_change_per_month * index_once;
    let query = data.query_tokens * embedder.usd_per_m / 1e6 + data.rerank_price / 1_000.0;
    ledger[0].retrieval = index_once;
    for month in 1..=plain.horizon() {
        let queries = plain.requests(month) * plain.calls_per_request();
        ledger[month].retrieval = store + refresh + embedder.usd_per_month + queries * query;
    }
    Ok(ledger)
}

struct Embedder {
    usd_per_m: f64,
    usd_per_month: f64,
    dimensions: f64,
}

/// The chosen model, or an own one of 1,024 dimensions on the cheapest card where no provider may see the data (method §2).
fn embedder(plain: &Plain) -> Result<Embedder, String> {
    let boundary = plain.inputs.constraints.data_boundary;
    if matches!(boundary, DataBoundary::AnyVendor | DataBoundary::Contract) {
        let id = &plain.inputs.models.embedding_model;
        let row = plain.catalog.api_models.iter().find(|row| row.model_id == *id);
        let row = row.ok_or("no such embedding model")?;
        let dimensions = row.embedding_dims.ok_or("the embedding's dimensions are unknown")?;
        return Ok(Embedder { usd_per_m: row.input_usd_per_m, usd_per_month: 0.0, dimensions });
    }
    let cheapest = hardware::cheapest_hour_of_auto(plain).ok_or("no card has a price")?;
    Ok(Embedder { usd_per_m: 0.0, usd_per_month: cheapest * HOURS, dimensions: 1_024.0 })
}
