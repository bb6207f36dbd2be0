//! The service tiers of a provider: which of them calls may take, and which they are billed by (method §4).

use super::rates::TokenPrices;
use crate::domain::input::{Inputs, ServiceTier};

/// A service tier that calls are billed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Served {
    /// Answered at once, at the list price.
    #[default]
    Standard,
    /// Answered sooner, at a premium.
    Priority,
    /// Answered within a day, at a discount.
    Batch,
    /// Answered when there is room, at a discount.
    Flex,
}

impl Served {
    /// Word for it in a sentence and a result.
    pub const fn word(self) -> &'static str {
        match self {
            Served::Standard => "standard",
            Served::Priority => "priority",
            Served::Batch => "batch",
            Served::Flex => "flex",
        }
    }
}

/// What decides by which tiers calls are billed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// The tier that is asked for.
    pub tier: ServiceTier,
    /// Part of the calls that can wait, 0 to 1.
    pub waiting: f64,
}

impl Service {
    /// All calls at the list price.
    pub const STANDARD: Service = Service { tier: ServiceTier::Standard, waiting: 0.0 };
    /// All calls in a batch, where one is sold.
    pub const BATCH: Service = Service { tier: ServiceTier::Batch, waiting: 1.0 };

    /// What a scenario asks for.
    pub const fn of(inputs: &Inputs) -> Service {
        Service { tier: inputs.models.service_tier, waiting: inputs.work.deferrable_share }
    }

    /// Whether a model is sold in the tier that is asked for; the cheapest and the standard one always are.
    pub const fn is_sold(&self, prices: &TokenPrices) -> bool {
        match self.tier {
            ServiceTier::Automatic | ServiceTier::Standard => true,
            ServiceTier::Batch => prices.batch_discount.is_some(),
            ServiceTier::Flex => prices.flex.is_some(),
            ServiceTier::Priority => prices.priority.is_some(),
        }
    }

    /// The tier of calls that cannot wait. Priority only where it is asked for and sold: it is a premium for nothing
    /// that the cost counts. Never flex, which promises no time and may refuse a call.
    pub fn at_once(&self, prices: &TokenPrices) -> Served {
        match self.tier {
            ServiceTier::Priority if prices.priority.is_some() => Served::Priority,
            _ => Served::Standard,
        }
    }

    /// Factor of that tier on the list price.
    pub fn factor_at_once(&self, prices: &TokenPrices) -> f64 {
        match self.at_once(prices) {
            Served::Priority => prices.priority.unwrap_or(1.0),
            Served::Standard | Served::Batch | Served::Flex => 1.0,
        }
    }

    /// The tiers among which calls that can wait take the cheapest, of equal ones the first: batch and flex where sold
    /// and not ruled out by the tier that is asked for, else the standard one.
    pub fn of_waiting(&self, prices: &TokenPrices) -> [Option<Served>; 2] {
        let is_free = matches!(self.tier, ServiceTier::Automatic | ServiceTier::Priority);
        let batch = is_free || self.tier == ServiceTier::Batch;
        let flex = is_free || self.tier == ServiceTier::Flex;
        let batch = prices.batch_discount.filter(|_| batch).map(|_| Served::Batch);
        let flex = prices.flex.filter(|_| flex).map(|_| Served::Flex);
        match (batch, flex) {
            (None, None) => [Some(Served::Standard), None],
            tiers => [tiers.0, tiers.1],
        }
    }
}
