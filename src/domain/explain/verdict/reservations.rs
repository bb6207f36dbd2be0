//! What a reader should hold against the figures of the verdict: a forced choice, assumed hours, prices from memory.

use crate::domain::catalog::{Confidence, Provenance};
use crate::domain::cost::Line;
use crate::domain::decide::{Assessment, Candidate, Comparison};
use crate::domain::explain::confidence::MOST;
use crate::domain::explain::spans::{Span, money, plain, strong};
use crate::domain::units::words::usd_apart;

/// From this part of the total on, a price decides it.
const DECISIVE: f64 = 0.25;

/// That no vendor is named where only named ones count, that the choice was forced and is unmeasured, and what
/// stands in for what; first of all.
pub fn forced(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    let mut spans = Vec::new();
    if comparison.inputs.constraints.lacks_vendors() {
        spans.push(strong("Only vendors under contract may see the data, and you named none"));
        spans.push(plain(": name those that you have a contract with, or no provider counts. "));
    }
    if let Some(stand_in) = comparison.stand_in().filter(|_| comparison.stands_in(holder.id)) {
        spans.push(strong(format!(
            "{} stands in for {}, which none of the GPUs allowed can serve",
            stand_in.base, stand_in.open
        )));
        spans.push(plain("; nothing is measured of it. "));
    } else if comparison.is_forced_and_weaker(holder) {
        spans.push(strong("Your constraints leave no model as strong as the one you chose"));
        spans.push(plain(": this one is weaker, and unmeasured. "));
    }
    spans
}

/// That most of the money is an assumption about people, and that a decisive price is from memory.
pub fn of_money(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    let Ok(cost) = &holder.cost else { return Vec::new() };
    let total = cost.total();
    let by_line = cost.ledger.by_line();
    let people = cost.people();
    let mut spans = Vec::new();
    if people >= MOST * total && total > 0.0 {
        // Where a total is people alone, there are no two amounts to compare.
        let (part, whole) = usd_apart(people, total);
        let (part, whole) = if part == whole { (String::from("All"), whole) } else { (part, whole) };
        spans.push(plain(format!("{part} of the {whole} are people’s hours, assumed unless you set them. ")));
    }
    let Some(candidate) = comparison.candidate(holder.id) else { return spans };
    let bill =
        [Line::Tokens, Line::ServingCompute].into_iter().fold(0.0, |sum, line| sum + by_line.get(line));
    if bill >= DECISIVE * total
        && bill > 0.0
        && let Some(name) = from_memory(comparison, candidate)
    {
        spans.push(plain(format!("The price of {name}, {} of it, is from memory: check it. ", money(bill))));
    }
    spans
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
    let mut names =
        called.map(|row| row.model_id.clone()).chain(option.map(|option| option.gpu.name.clone()));
    names.next()
}
