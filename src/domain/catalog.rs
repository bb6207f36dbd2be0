//! The catalogue: prices, models, GPUs and effort defaults, each row with its source, date and confidence.
//!
//! The tables under `catalog/` are embedded and parsed once. Columns keep their names, a blank is
//! unknown or not offered and never zero. `open_model` in the price and tuning tables is the only
//! column added to the facts.
//!
//! A policy and a scenario may lay rows of their own over them: see [`own`]. Out of scope: prices of the day.

mod api_model;
mod architecture;
pub mod changes;
pub mod choice;
pub mod citation;
mod edition;
mod effort;
mod gpu;
mod hosted_tuning;
mod length_tiers;
pub mod model_files;
mod open_model;
pub mod own;
mod provenance;
pub(crate) mod table;

use serde::{Deserialize, Serialize};

pub use api_model::{ApiKind, ApiModel, Generation, PriceChange, PriceStatus, SeatBeyond, TierClass};
pub use architecture::{
    ParameterCount, active_ffn_width, computed_total_params, ffn_adapter_width, further_token_params,
    matmul_params, parameter_count, routed_per_token,
};
pub use edition::{Edition, File};
pub use effort::{Basis, Effort};
pub use gpu::{Gpu, Interconnect};
pub use hosted_tuning::{Availability, HostedMethod, HostedTuning, ServingMode};
pub use length_tiers::{LengthTiers, StatedTier};
pub use open_model::{LicenceClass, OpenModel, WeightFormat};
pub use provenance::{Confidence, Provenance};

pub use super::units::names::{model_name, provider_name};

/// Version of the built-in tables: the rows of one version never change.
pub const CATALOG_VERSION: u32 = 3;
/// Day the built-in tables were compiled, `YYYY-MM-DD`.
pub const CATALOG_DATE: &str = "2026-11-27";

/// All tables, in the order of their files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// Models at API providers, with today's list prices.
    pub api_models: Vec<ApiModel>,
    /// Dated changes of those prices, the oldest first within a model.
    pub price_changes: Vec<PriceChange>,
    /// Offers to tune and serve a base model.
    pub hosted_tuning: Vec<HostedTuning>,
    /// Open-weight architectures.
    pub open_models: Vec<OpenModel>,
    /// Accelerators.
    pub gpus: Vec<Gpu>,
    /// People and process defaults.
    pub efforts: Vec<Effort>,
}

impl Catalog {
    /// The API model of this `model_id`.
    pub fn api_model(&self, model_id: &str) -> Option<&ApiModel> {
        self.api_models.iter().find(|row| row.model_id == model_id)
    }

    /// The dated prices of this `model_id`, the oldest first.
    pub fn price_changes_of<'a>(&'a self, model_id: &'a str) -> impl Iterator<Item = &'a PriceChange> {
        self.price_changes.iter().filter(move |row| row.model_id == model_id)
    }

    /// The tuning offer of this [`HostedTuning::id`].
    pub fn hosted_tuning_offer(&self, id: &str) -> Option<&HostedTuning> {
        self.hosted_tuning.iter().find(|row| row.id() == id)
    }

    /// The open-weight model of this name.
    pub fn open_model(&self, model: &str) -> Option<&OpenModel> {
        self.open_models.iter().find(|row| row.model == model)
    }

    /// The accelerator of this name.
    pub fn gpu(&self, name: &str) -> Option<&Gpu> {
        self.gpus.iter().find(|row| row.name == name)
    }

    /// The effort default of this id.
    pub fn effort(&self, id: &str) -> Option<&Effort> {
        self.efforts.iter().find(|row| row.id == id)
    }
}

const API_PRICES: &str = include_str!("catalog/api_prices.csv");
const PRICE_CHANGES: &str = include_str!("catalog/price_changes.csv");
const HOSTED_TUNING: &str = include_str!("catalog/hosted_tuning.csv");
const OPEN_MODELS: &str = include_str!("catalog/open_models.csv");
const GPUS: &str = include_str!("catalog/gpus.csv");
const EFFORT_DEFAULTS: &str = include_str!("catalog/effort_defaults.csv");

#[cfg(test)]
mod tests;
