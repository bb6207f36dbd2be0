//! What a reader should hold against the verdict: a forced choice, and prices from memory.

use crate::domain::catalog::{Confidence, Provenance, model_name};
use crate::domain::cost::Line;
use crate::domain::decide::{Assessment, Candidate, Comparison, StandIn};
use crate::domain::explain::spans::{Span, plain, strong};
use crate::domain::units::names::provider_name;

/// From this part of the total on, a price decides it.
const DECISIVE: f64 = 0.25;

/// That no vendor is named where only named ones count, that the choice was forced and is unmeasured, and what
/// stands in for what; first of all.
pub fn forced(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    let mut spans = Vec::new();
    if comparison.inputs.constraints.lacks_vendors() {
        spans.push(plain("Only vendors under contract may see the data: "));
        spans.push(strong("name yours, or no provider counts"));
        spans.push(plain(". "));
    }
    if comparison.stands_in(holder.id) {
        spans.extend(stand_in(comparison));
        spans.push(plain(" "));
    } else if comparison.is_forced_and_weaker(holder) {
        spans.push(strong(what_is_left(comparison)));
        spans.push(plain(". "));
    }
    spans
}

/// That nothing as strong as the chosen model is left, or which vendors under contract serve what is.
fn what_is_left(comparison: &Comparison) -> String {
    let vendors: Vec<_> = comparison.vendors_of_equals().into_iter().map(provider_name).collect();
    if vendors.is_empty() {
        return "Your constraints leave no model as strong as the one you chose".to_owned();
    }
    let chosen = model_name(&comparison.inputs.models.api_model);
    format!("{chosen} is not under contract: choose a model of {} as API model", vendors.join(" or "))
}

/// What stands in for the open model that was chosen, and why; nothing where nothing does.
pub fn stand_in(comparison: &Comparison) -> Vec<Span> {
    let Some(StandIn { base, open }) = comparison.stand_in() else { return Vec::new() };
    vec![strong(format!("{base} stands in for {open}, which none of the GPUs allowed can serve")), plain(".")]
}

/// What serves a strategy at a price from memory, and what of its total that decides, US dollars; `None` where no such
/// price decides it.
pub fn price_from_memory(comparison: &Comparison, holder: &Assessment) -> Option<(String, f64)> {
    let cost = holder.cost.as_ref().ok()?;
    let by_line = cost.ledger.by_line();
    let candidate = comparison.candidate(holder.id)?;
    let lines = [Line::Tokens, Line::ServingCompute];
    let bill = lines.into_iter().fold(0.0, |sum, line| sum + by_line.get(line));
    (bill >= DECISIVE * cost.total() && bill > 0.0).then_some(())?;
    Some((from_memory(comparison, candidate)?, bill))
}

/// What serves a strategy at a price that nobody looked up.
fn from_memory(comparison: &Comparison, candidate: &Candidate) -> Option<String> {
    let models = &comparison.inputs.models;
    let is_recalled = |row: &dyn Provenance| row.confidence() == Confidence::Recall;
    let operation = &candidate.costed.operation;
    let has_own_price = |id: &str| {
        id == models.api_model && (models.api_input_price.is_some() || models.api_output_price.is_some())
    };
    let called = operation.calls.iter().map(|calls| calls.row);
    let called = called.filter(|row| is_recalled(*row) && !has_own_price(&row.model_id));
    let variant = candidate.variant()?;
    let option = operation
        .option_of(variant)
        .filter(|option| is_recalled(option.gpu) && models.serving_gpu_price.is_none());
    let mut names = called
        .map(|row| model_name(&row.model_id).to_owned())
        .chain(option.map(|option| option.gpu.name.clone()));
    names.next()
}
