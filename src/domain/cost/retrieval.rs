//! Retrieval: embedding the corpus, keeping the index, serving queries (method §4).

use super::ledger::{Line, Lines};
use super::serving::provenance;
use crate::domain::case::Case;
use crate::domain::demand::{Months, calls_per_request};
use crate::domain::input::DataBoundary;
use crate::domain::units::GIB;
use crate::domain::units::words::{GAP, count_exact, share_exact, usd_exact, usd_rate};

/// Bytes of one vector component.
const BYTES_PER_DIMENSION: f64 = 4.0;
/// Size of a graph index against its vectors (formulas.md §8).
const INDEX_OVERHEAD: f64 = 1.5;
/// Dimensions where embedding runs on own hardware and the row does not say.
const OWN_DIMENSIONS: f64 = 1_024.0;
const MILLION: f64 = 1e6;

/// What retrieval costs beside the passages in the prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct RetrievalCost {
    /// By ledger month from 0: embedding, refresh, storage.
    pub fixed: Vec<Lines>,
    /// For each request: query embedding and reranking, US dollars.
    pub per_request: f64,
    /// Gibibytes of the index.
    pub index_gib: f64,
    /// The computation in words.
    pub text: String,
    /// Where formula and price come from.
    pub source: String,
}

/// Price retrieval for these inputs.
///
/// `own_embedding_usd_per_month` is the rent or capital cost of a small GPU where no API may embed.
///
/// ```text
/// index once = corpus · 1/(1 − overlap) · p_embed;  each month the changed share again
/// store      = corpus / (chunk·(1 − overlap)) · dimensions · 4 B · 1.5, at a price per GiB with a minimum
/// ```
///
/// # Errors
/// A sentence, if the embedding model is unknown.
pub fn retrieval_cost(
    case: &Case,
    months: &Months,
    own_embedding_usd_per_month: Option<f64>,
) -> Result<RetrievalCost, String> {
    let inputs = &case.inputs;
    let data = &inputs.data;
    let spread = 1.0 - data.chunk_overlap;
    let embedded_tokens = data.knowledge_tokens / spread;
    let mut source = "formulas.md §8; embedding price of the catalogue, 2026-11".to_owned();
    let (usd_per_m, dimensions, name) = match own_embedding_usd_per_month {
        Some(_) => (0.0, OWN_DIMENSIONS, "an own embedding model"),
        None => {
            let row = case
                .catalog
                .api_model(&inputs.models.embedding_model)
                .ok_or_else(|| "the embedding model is not in the catalogue".to_owned())?;
            let dimensions = row
                .embedding_dims
                .ok_or_else(|| format!("the dimensions of {} are unknown", row.model_id))?;
            if row.confidence.is_entered() {
                source = format!("formulas.md §8; embedding price {}", provenance(row));
            }
            (row.input_usd_per_m, dimensions, row.model_id.as_str())
        }
    };
    let index_once = embedded_tokens / MILLION * usd_per_m;
    let vectors = data.knowledge_tokens / (data.chunk_tokens * spread);
    let index_gib = vectors * dimensions * BYTES_PER_DIMENSION * INDEX_OVERHEAD / GIB;
    let store = (index_gib * data.vector_price).max(data.vector_minimum);
    let refresh = data.knowledge_change_per_month * index_once;
    let mut fixed = vec![Lines::default(); months.horizon + 1];
    for (month, lines) in fixed.iter_mut().enumerate() {
        let running = store + refresh + own_embedding_usd_per_month.unwrap_or(0.0);
        lines.add(Line::Retrieval, if month == 0 { index_once } else { running });
    }
    let per_query = data.query_tokens / MILLION * usd_per_m + data.rerank_price / 1_000.0;
    let own = own_embedding_usd_per_month
        .map_or(String::new(), |usd| format!(", a GPU for it at {} a month", usd_exact(usd)));
    let queries = match per_query {
        usd if usd > 0.0 => format!("; 1,000 queries at {}", usd_rate(usd * 1_000.0)),
        _ => String::new(),
    };
    let text = format!(
        "{}{GAP}M tokens embedded once with {name} ({}), {} again each month; index of {index_gib:.2}{GAP}GiB at {} a month{own}{queries}",
        count_exact(embedded_tokens / MILLION),
        usd_exact(index_once),
        share_exact(data.knowledge_change_per_month),
        usd_exact(store),
    );
    Ok(RetrievalCost { fixed, per_request: per_query * calls_per_request(inputs), index_gib, text, source })
}

/// Whether the boundary lets an API embed the documents.
pub const fn api_may_embed(boundary: DataBoundary) -> bool {
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
        let cost = retrieval_cost(&case, &months, None).unwrap();
        assert!((cost.fixed[0].total() - 16.0).abs() < 0.005);
        assert!((cost.index_gib * GIB - 18.432e9).abs() < 1e6);
        let store = (18.432e9 / GIB * 0.33_f64).max(30.0);
        assert!((cost.fixed[1].total() - (store + 4.0)).abs() < 0.005);
    }
}
