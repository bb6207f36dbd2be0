//! What questions about GPUs have in common: the catalogue, and the GPUs that are allowed with their prices.

use std::sync::Arc;

use super::prices::PricedGpu;
use crate::domain::catalog::{Catalog, Gpu};

/// A catalogue in a question; the same one is equal to itself without a look at its rows.
#[derive(Clone, Debug)]
pub struct SharedCatalog(pub Arc<Catalog>);

impl PartialEq for SharedCatalog {
    fn eq(&self, other: &SharedCatalog) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

/// A GPU by its place in the catalogue, and the price of an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PricedPlace {
    /// Place among the GPUs of the catalogue.
    pub place: usize,
    /// US dollars for one GPU-hour of month 1.
    pub usd_per_hour: f64,
}

impl From<PricedGpu<'_>> for PricedPlace {
    fn from(gpu: PricedGpu) -> PricedPlace {
        PricedPlace { place: gpu.place, usd_per_hour: gpu.usd_per_hour }
    }
}

impl SharedCatalog {
    /// The GPUs at these places.
    pub fn gpus<'a>(&'a self, places: &'a [PricedPlace]) -> impl Iterator<Item = (&'a Gpu, PricedPlace)> {
        places.iter().filter_map(|found| Some((self.0.gpus.get(found.place)?, *found)))
    }
}
