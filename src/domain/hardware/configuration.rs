//! A GPU configuration that can serve a load, and its words.

use super::prices::{billing, own_price};
use crate::domain::catalog::{Gpu, Provenance};
use crate::domain::input::{GpuBilling, Inputs};
use crate::domain::sizing::{Precision, ServingEstimate};

/// Bought modules come on boards of this many.
const BOARD: f64 = 8.0;

/// A GPU configuration that can serve a load, and its price.
pub type ServingOption<'a> = Configuration<&'a Gpu>;

/// A [`ServingOption`] as it is found and remembered: its GPU by its place in the catalogue.
pub type FoundOption = Configuration<usize>;

/// A [`ServingOption`], by its GPU or by the place of that in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Configuration<Card> {
    /// The GPU.
    pub gpu: Card,
    /// GPUs of one replica.
    pub gpus: u32,
    /// Precision of the weights.
    pub precision: Precision,
    /// What one replica does.
    pub estimate: ServingEstimate,
    /// Users at once, each with the whole of the context that is stated, that one replica holds; `None` where no such
    /// load is stated.
    pub users_held: Option<f64>,
    /// Rent, or capital, power and space, of one GPU-hour; US dollars of month 1, without overhead.
    pub usd_per_gpu_hour: f64,
}

impl<Card> Configuration<Card> {
    /// The same with its GPU named in another way.
    pub fn on<Other>(self, gpu: Other) -> Configuration<Other> {
        let Configuration { gpus, precision, estimate, users_held, usd_per_gpu_hour, .. } = self;
        Configuration { gpu, gpus, precision, estimate, users_held, usd_per_gpu_hour }
    }
}

impl ServingOption<'_> {
    /// GPUs come in multiples of this.
    pub fn gpu_multiple(&self, inputs: &Inputs) -> f64 {
        multiple(self.gpu, billing(inputs) == GpuBilling::Owned)
    }

    /// Words for tables.
    pub fn label(&self) -> String {
        format!("{} × {}, {}", self.gpus, self.gpu.name, self.precision.label())
    }

    /// Where price and specification come from.
    pub fn source(&self, inputs: &Inputs) -> String {
        let measured = if self.estimate.band.is_measured() { "speed: your measurement; " } else { "" };
        if own_price(inputs).is_some() {
            return format!("{measured}price: yours; {}", self.gpu.source());
        }
        let as_of = self.gpu.as_of().map_or_else(|| "undated".to_owned(), |month| month.to_string());
        format!("{measured}{}; prices {as_of}, {}", self.gpu.source(), self.gpu.confidence().label())
    }
}

/// GPUs come in multiples of this.
pub(super) fn multiple(gpu: &Gpu, is_bought: bool) -> f64 {
    if is_bought && gpu.is_bought_in_eights() {
        BOARD
    } else {
        f64::from(gpu.min_rentable.unwrap_or(1).max(1))
    }
}
