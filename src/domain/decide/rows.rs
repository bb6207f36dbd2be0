//! The rows of the catalogue that a cost is read from.

use super::assessment::RowUsed;
use super::comparison::{Candidate, Comparison};
use crate::domain::catalog::Gpu;
use crate::domain::catalog::own::Table;
use crate::domain::cost::{Costed, Embedder, Offer, Origin, Setting, Variant};
use crate::domain::strategy::{ModelRole, Serving};

/// Add to each strategy the rows that its cost is read from, those of what serves until it is ready among them.
pub fn add_rows(comparison: &mut Comparison) {
    let Comparison { setting, assessments, candidates, .. } = comparison;
    for (assessment, candidate) in assessments.iter_mut().zip(candidates.iter()) {
        let meanwhile = candidate.costed.until_ready.as_ref();
        let meanwhile =
            meanwhile.and_then(|until| candidates.iter().find(|one| one.costed.strategy.id == until.id));
        assessment.rows = rows(setting, candidate, meanwhile);
    }
}

fn rows(setting: &Setting, candidate: &Candidate, meanwhile: Option<&Candidate>) -> Vec<RowUsed> {
    let own = candidate.variant().map(|variant| of_variant(setting, &candidate.costed, variant));
    let before = meanwhile
        .zip(candidate.variant_before())
        .map(|(meanwhile, variant)| of_variant(setting, &meanwhile.costed, variant));
    let mut rows: Vec<RowUsed> = Vec::new();
    for row in own.into_iter().chain(before).flatten() {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

fn of_variant(setting: &Setting, costed: &Costed, variant: &Variant) -> Vec<RowUsed> {
    let operation = &costed.operation;
    let called = |id: &String| (Table::ApiModels, id.clone());
    let card = |gpu: &Gpu| (Table::Gpus, gpu.name.clone());
    let mut rows: Vec<RowUsed> = operation.calls.iter().map(|calls| called(&calls.row.model_id)).collect();
    // A classifier or verifier is priced as the smaller model.
    rows.extend(operation.has_classifier.then(|| called(&setting.inputs.models.small_api_model)));
    if let Origin::Offer(place) = variant.origin {
        rows.extend(operation.offers.get(place).map(|offer| match offer {
            Offer::PerToken(calls) => called(&calls.row.model_id),
            Offer::Tuned(offer) => (Table::HostedTuning, offer.row.id()),
        }));
    }
    rows.extend(open_model(setting, costed).map(|name| (Table::OpenModels, name.clone())));
    rows.extend(operation.option_of(variant).map(|option| card(option.gpu)));
    rows.extend(operation.job.as_ref().map(|job| card(job.gpu)));
    let retrieval = setting.with_retrieval(costed.retrieves()).retrieval().ok().flatten();
    rows.extend(retrieval.and_then(|cost| match cost.embedder {
        Embedder::Api(row) => Some(called(&row.model_id)),
        Embedder::Own { .. } => None,
    }));
    rows
}

/// The open weights that it runs on GPUs of its own.
fn open_model<'a>(setting: &Setting<'a>, costed: &Costed) -> Option<&'a String> {
    let models = &setting.inputs.models;
    match (costed.strategy.serving, costed.strategy.model) {
        (Serving::OwnGpus, ModelRole::Base) => Some(&models.base_model),
        (Serving::OwnGpus, ModelRole::Open) => Some(&models.open_model),
        _ => None,
    }
}
