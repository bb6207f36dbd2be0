//! How the line of retrieval came about.

use super::line::{Derivation, provenance};
use crate::domain::catalog::model_name;
use crate::domain::cost::{Embedder, Line, RetrievalCost};
use crate::domain::input::Inputs;
use crate::domain::units::words::{GAP, count_exact, share_exact, usd_exact, usd_rate};

const MILLION: f64 = 1e6;

/// Embedding, refresh, index and queries.
pub(super) fn of_retrieval(cost: &RetrievalCost, inputs: &Inputs) -> Derivation {
    let (name, own) = match cost.embedder {
        Embedder::Api(row) => (model_name(&row.model_id), String::new()),
        Embedder::Own { usd_per_month } => {
            ("an own embedding model", format!(", a GPU for it at {} a month", usd_exact(usd_per_month)))
        }
    };
    let queries = match cost.usd_per_query {
        usd if usd > 0.0 => format!("; 1,000 queries at {}", usd_rate(usd * 1_000.0)),
        _ => String::new(),
    };
    let text = format!(
        "{}{GAP}M tokens embedded once with {name} ({}), {} again each month; index of {:.2}{GAP}GiB at {} a month{own}{queries}",
        count_exact(cost.embedded_tokens / MILLION),
        usd_exact(cost.index_usd),
        share_exact(inputs.data.knowledge_change_per_month),
        cost.index_gib,
        usd_exact(cost.store_usd_per_month),
    );
    Derivation { line: Line::Retrieval, text, formula: "method §4, retrieval", source: source(cost) }
}

fn source(cost: &RetrievalCost) -> String {
    match cost.embedder {
        Embedder::Api(row) if row.confidence.is_entered() => {
            format!("embedding price {}", provenance(row))
        }
        Embedder::Api(row) => format!("embedding price of the catalogue, {}", provenance(row)),
        Embedder::Own { .. } => "size and rent of that GPU: assumptions of this tool, 2026-11".to_owned(),
    }
}
