//! Who gets to see what: providers that are called, cards that serve, weights that are downloaded.

use super::basis::Basis;
use super::data::ExposureLine;
use super::text::said;
use crate::domain::answer::{Assessment, Lead};
use crate::domain::case::Case;
use crate::domain::catalog::own::Table;
use crate::domain::catalog::{ApiKind, model_name, provider_name};
use crate::domain::cost::Line;
use crate::domain::hardware::billing;
use crate::domain::input::GpuBilling;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::lower_first;

/// Who gets to see what with the verdict, or what stands for it, and with its rival.
pub fn exposure(basis: &Basis) -> Vec<ExposureLine> {
    let Some(Lead { first, rival, .. }) = basis.answer.decided.lead() else { return Vec::new() };
    let shown = [first].into_iter().chain(rival);
    shown.flat_map(|one| of_strategy(one, basis.case)).collect()
}

fn of_strategy(one: &Assessment, case: &Case) -> Vec<ExposureLine> {
    let line = |(table, id): &(Table, String)| {
        let only_checks = checks_with(one.id, *table, id, case);
        let (what, party, gets) = if only_checks { check(id) } else { used(*table, id, case)? };
        Some(ExposureLine {
            strategy: said(&one.name),
            what: said(&what),
            party: said(&party),
            gets: said(&gets),
        })
    };
    let retrieves = one.cost.as_ref().is_ok_and(|cost| cost.ledger.by_line().get(Line::Retrieval) > 0.0);
    let index = retrieves.then(|| ExposureLine {
        strategy: said(&one.name),
        what: "index of the knowledge".to_owned(),
        party: "not stated: you, or a service of your choice".to_owned(),
        gets: "documents and queries".to_owned(),
    });
    one.rows.iter().filter_map(line).chain(index).collect()
}

/// Whether a model is there as the price of a classifier or verifier alone.
fn checks_with(strategy: StrategyId, table: Table, id: &str, case: &Case) -> bool {
    let models = &case.inputs.models;
    strategy == StrategyId::LoraRoute
        && table == Table::ApiModels
        && id == models.small_api_model
        && id != models.api_model
}

/// What reads each request before a model is chosen.
fn check(id: &str) -> (String, String, String) {
    (
        format!("classifier or verifier, priced as {}", model_name(id)),
        "not stated: you, or a service of your choice".to_owned(),
        "each request, to choose the model".to_owned(),
    )
}

/// What is used, who runs it, and what they get.
fn used(table: Table, id: &str, case: &Case) -> Option<(String, String, String)> {
    let catalog = &case.catalog;
    Some(match table {
        Table::ApiModels => {
            let row = catalog.api_model(id)?;
            let gets = match row.kind {
                ApiKind::Embedding => "documents and queries, to embed them",
                ApiKind::Chat | ApiKind::Tuned => "prompts with all that they carry, and answers",
            };
            (model_name(id).to_owned(), provider_name(&row.provider), gets.to_owned())
        }
        Table::HostedTuning => {
            let row = catalog.hosted_tuning_offer(id)?;
            let gets = "training examples, prompts and answers".to_owned();
            (format!("tuning of {}", row.name()), provider_name(&row.provider), gets)
        }
        Table::OpenModels => {
            let row = catalog.open_model(id)?;
            let licence = row.licence.clone().unwrap_or_else(|| "a licence that is not known".to_owned());
            let gets = format!("nothing: weights under {licence}");
            (format!("weights of {}", row.model), "nobody, once downloaded".to_owned(), gets)
        }
        Table::Gpus => {
            let party = match billing(&case.inputs) {
                GpuBilling::Owned => "you, on cards of your own".to_owned(),
                rented => format!("whoever rents them out to you, {}", lower_first(rented.label())),
            };
            (
                format!("GPUs: {id}"),
                party,
                "prompts and answers in memory; examples where it trains".to_owned(),
            )
        }
    })
}
