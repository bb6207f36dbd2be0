//! Retrieval: embedding the corpus, keeping the index, serving queries (method §4).

use super::ledger::{Line, Lines};
use crate::domain::case::Case;
use crate::domain::catalog::{ApiModel, model_name};
use crate::domain::hardware::allowed_gpus;
use crate::domain::input::{DataBoundary, Inputs};
use crate::domain::units::{GIB, HOURS_PER_MONTH};
use crate::domain::workload::{Months, calls_per_request};

/// Bytes of one vector component.
const BYTES_PER_DIMENSION: f64 = 4.0;
/// Size of a graph index against its vectors (formulas.md §8).
const INDEX_OVERHEAD: f64 = 1.5;
/// Dimensions where embedding runs on own hardware and the row does not say.
const OWN_DIMENSIONS: f64 = 1_024.0;
const MILLION: f64 = 1e6;

/// What retrieval costs beside the passages in the prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct RetrievalCost<'a> {
    /// By ledger month from 0: embedding, refresh, storage.
    pub fixed: Vec<Lines>,
    /// For each request: query embedding and reranking, US dollars.
    pub per_request: f64,
    /// Gibibytes of the index.
    pub index_gib: f64,
    /// What embeds.
    pub embedder: Embedder<'a>,
    /// Tokens embedded once, overlap included.
    pub embedded_tokens: f64,
    /// US dollars for embedding them.
    pub index_usd: f64,
    /// US dollars a month to keep the index.
    pub store_usd_per_month: f64,
    /// US dollars for one query.
    pub usd_per_query: f64,
}

/// What embeds the documents and the queries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Embedder<'a> {
    /// A model of a provider.
    Api(&'a ApiModel),
    /// An own model on a small GPU, at its rent or capital cost.
    Own {
        /// US dollars a month.
        usd_per_month: f64,
    },
}

impl Embedder<'_> {
    /// US dollars for a million tokens.
    fn usd_per_m(&self) -> f64 {
        match self {
            Embedder::Api(row) => row.input_usd_per_m,
            Embedder::Own { .. } => 0.0,
        }
    }

    /// US dollars a month, whatever is embedded.
    fn usd_per_month(&self) -> f64 {
        match self {
            Embedder::Api(_) => 0.0,
            Embedder::Own { usd_per_month } => *usd_per_month,
        }
    }

    /// Components of a vector.
    fn dimensions(&self) -> Result<f64, String> {
        match self {
            Embedder::Api(row) => row
                .embedding_dims
                .ok_or_else(|| format!("the dimensions of {} are unknown", model_name(&row.model_id))),
            Embedder::Own { .. } => Ok(OWN_DIMENSIONS),
        }
    }
}

/// Price retrieval for this case.
///
/// # Errors
/// A sentence, if no model can embed or the one that does is unknown.
pub fn retrieval_cost<'a>(case: &'a Case, months: &Months) -> Result<RetrievalCost<'a>, String> {
    priced(embedder(case)?, &case.inputs, months)
}

/// The chosen model, or an own one on the cheapest GPU where no API may embed.
fn embedder(case: &Case) -> Result<Embedder<'_>, String> {
    let inputs = &case.inputs;
    if api_may_embed(inputs.constraints.data_boundary) {
        let row = case.catalog.api_model(&inputs.models.embedding_model);
        let row = row.ok_or_else(|| "the embedding model is not in the catalogue".to_owned())?;
        return Ok(Embedder::Api(row));
    }
    let allowed = allowed_gpus("auto", inputs, &case.catalog).map(|gpu| gpu.usd_per_hour);
    let cheapest = allowed.fold(f64::INFINITY, f64::min);
    if !cheapest.is_finite() {
        return Err("no GPU with a known price can run the embedding model".to_owned());
    }
    Ok(Embedder::Own { usd_per_month: cheapest * HOURS_PER_MONTH })
}

/// ```text
/// index once = corpus · 1/(1 − overlap) · p_embed;  each month the changed share again
/// store      = corpus / (chunk·(1 − overlap)) · dimensions · 4 B · 1.5, at a price per GiB with a minimum
/// ```
fn priced<'a>(embedder: Embedder<'a>, inputs: &Inputs, months: &Months) -> Result<RetrievalCost<'a>, String> {
    let data = &inputs.data;
    let spread = 1.0 - data.chunk_overlap;
    let embedded_tokens = data.knowledge_tokens / spread;
    let usd_per_m = embedder.usd_per_m();
    let index_usd = embedded_tokens / MILLION * usd_per_m;
    let vectors = data.knowledge_tokens / (data.chunk_tokens * spread);
    let index_gib = vectors * embedder.dimensions()? * BYTES_PER_DIMENSION * INDEX_OVERHEAD / GIB;
    let store_usd_per_month = (index_gib * data.vector_price).max(data.vector_minimum);
    let refresh = data.knowledge_change_per_month * index_usd;
    let mut fixed = vec![Lines::default(); months.horizon + 1];
    for (month, lines) in fixed.iter_mut().enumerate() {
        let running = store_usd_per_month + refresh + embedder.usd_per_month();
        lines.add(Line::Retrieval, if month == 0 { index_usd } else { running });
    }
    let usd_per_query = data.query_tokens / MILLION * usd_per_m + data.rerank_price / 1_000.0;
    Ok(RetrievalCost {
        fixed,
        per_request: usd_per_query * calls_per_request(inputs),
        index_gib,
        embedder,
        embedded_tokens,
        index_usd,
        store_usd_per_month,
        usd_per_query,
    })
}

/// Whether the boundary lets an API embed the documents.
const fn api_may_embed(boundary: DataBoundary) -> bool {
    boundary.allows_providers()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_two_million_chunks_holds() {
        // formulas.md §8: 2 M chunks × 1,536 dims = 12.3 GB, 18.4 with the index; 800 M tokens at $0.02/M = $16.
        let mut case = Case::default();
        let inputs = &mut case.inputs;
        inputs.data.knowledge_tokens = 800e6;
        inputs.data.chunk_overlap = 0.0;
        inputs.data.chunk_tokens = 400.0;
        inputs.data.knowledge_change_per_month = 0.25;
        let months = Months::of(&case.inputs);
        let cost = retrieval_cost(&case, &months).unwrap();
        assert!((cost.fixed[0].total() - 16.0).abs() < 0.005);
        assert!((cost.index_gib * GIB - 18.432e9).abs() < 1e6);
        let store = (18.432e9 / GIB * 0.33_f64).max(30.0);
        assert!((cost.fixed[1].total() - (store + 4.0)).abs() < 0.005);
    }
}
