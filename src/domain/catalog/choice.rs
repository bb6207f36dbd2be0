//! What a field that names rows of the catalogue may hold: their keys, and the names of providers.

use super::{ApiKind, Catalog};
use crate::domain::units::names::provider_name;

/// The rows that a field picks one of: part of a table, or all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowTable {
    /// Chat models at an API provider.
    ApiChat,
    /// Embedding models at an API provider.
    Embedding,
    /// Open-weight models offered in the picker.
    OpenModel,
    /// Offers of the open model at an inference provider, or `auto`.
    ManagedOffer,
    /// Hosted tuning offers, or `auto`.
    HostedTuning,
    /// GPUs, or `auto`.
    Gpu,
}

/// What a field that takes several names names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameTable {
    /// Providers of models.
    Providers,
    /// GPUs.
    Gpus,
}

impl NameTable {
    /// Every name that there is, in the order in which it is offered.
    pub fn names(self, catalog: &Catalog) -> Vec<String> {
        match self {
            NameTable::Providers => providers(catalog),
            NameTable::Gpus => catalog.gpus.iter().map(|row| row.name.clone()).collect(),
        }
    }

    /// What a reader calls one of them, by its name in the catalogue.
    pub fn words(self, name: &str) -> String {
        match self {
            NameTable::Providers => provider_name(name),
            NameTable::Gpus => name.to_owned(),
        }
    }

    /// One of them in words.
    const fn noun(self) -> &'static str {
        match self {
            NameTable::Providers => "provider",
            NameTable::Gpus => "GPU",
        }
    }
}

/// The key of a row, if there is one that may be chosen.
///
/// # Errors
/// That there is none, in a sentence.
pub fn find_row(table: RowTable, id: &str, catalog: &Catalog) -> Result<String, String> {
    if row_options(table, catalog).iter().any(|option| option == id) {
        Ok(id.to_owned())
    } else {
        Err(format!("“{}” is not in the catalogue, nor among your rows or a policy’s.", shortened(id)))
    }
}

/// The ids that a row input may hold.
pub fn row_options(table: RowTable, catalog: &Catalog) -> Vec<String> {
    let auto = || vec!["auto".to_owned()];
    let api = |kind: ApiKind| {
        catalog.api_models.iter().filter(move |row| row.kind == kind).map(|row| row.model_id.clone())
    };
    match table {
        RowTable::ApiChat => api(ApiKind::Chat).collect(),
        RowTable::Embedding => api(ApiKind::Embedding).collect(),
        RowTable::OpenModel => {
            catalog.open_models.iter().filter(|row| row.picker).map(|row| row.model.clone()).collect()
        }
        RowTable::ManagedOffer => {
            let offers = catalog.api_models.iter().filter(|row| row.open_model.is_some());
            auto().into_iter().chain(offers.map(|row| row.model_id.clone())).collect()
        }
        RowTable::HostedTuning => {
            auto().into_iter().chain(catalog.hosted_tuning.iter().map(|row| row.id())).collect()
        }
        RowTable::Gpu => auto().into_iter().chain(catalog.gpus.iter().map(|row| row.name.clone())).collect(),
    }
}

/// Every provider name of the catalogue, sorted.
pub fn providers(catalog: &Catalog) -> Vec<String> {
    let mut names: Vec<String> = catalog.api_models.iter().map(|row| row.provider.clone()).collect();
    names.extend(catalog.hosted_tuning.iter().map(|row| row.provider.clone()));
    names.sort();
    names.dedup();
    names
}

/// Names with commas between them, sorted and each once.
///
/// # Errors
/// The first that there is not, in a sentence.
pub fn find_names(table: NameTable, text: &str, catalog: &Catalog) -> Result<Vec<String>, String> {
    let known = table.names(catalog);
    let mut names: Vec<String> =
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    match names.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(format!(
            "“{}” is not a {} of the catalogue, nor of your rows or a policy’s.",
            shortened(name),
            table.noun()
        )),
        None => Ok(names),
    }
}

/// Enough of a text to recognise it by.
pub(in crate::domain) fn shortened(text: &str) -> String {
    text.chars().take(24).collect()
}
