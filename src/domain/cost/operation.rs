//! What a strategy runs on: calls to models, offers of providers, GPU configurations and their training.

use std::sync::Arc;

use super::ledger::Lines;
use super::model::{Origin, Variant};
use super::prices::PricePath;
use crate::domain::catalog::{ApiModel, HostedTuning};
use crate::domain::hardware::{ServingOption, TrainingJob};
use crate::domain::workload::{CallTokens, MeasuredSplit};

/// How a strategy can serve, with everything that its variants are made of.
#[derive(Clone, Debug, Default)]
pub struct Operation<'a> {
    /// The ways to serve: one for each offer or GPU configuration, or one in all.
    pub variants: Arc<[Variant]>,
    /// Calls to models of providers that every variant makes: flow by flow, those of the first flows.
    pub calls: Vec<ModelCalls<'a>>,
    /// Whether a classifier or verifier reads each request; its tokens are the flow after those of `calls`.
    pub has_classifier: bool,
    /// Offers of providers, one for each variant that comes from one.
    pub offers: Vec<Offer<'a>>,
    /// GPU configurations, one for each variant that runs on one.
    pub options: Vec<ServingOption<'a>>,
    /// The training run, if it trains on GPUs of its own choice.
    pub job: Option<TrainingJob<'a>>,
    /// Ledger months in which a model retires that every variant calls; those of an offer stand with the offer.
    pub migrations: Vec<usize>,
}

impl<'a> Operation<'a> {
    /// What is paid before the first month has been paid: it is in use already.
    pub fn sink_one_offs(&mut self) {
        let sunk = |variant: &Variant| {
            let mut fixed = variant.fixed.to_vec();
            fixed.iter_mut().take(1).for_each(|lines| *lines = Lines::default());
            Variant { fixed: fixed.into(), ..variant.clone() }
        };
        self.variants = self.variants.iter().map(sunk).collect();
    }

    /// The GPU configuration that a variant runs on; `None` for one that comes from elsewhere.
    pub fn option_of(&self, variant: &Variant) -> Option<&ServingOption<'a>> {
        match variant.origin {
            Origin::Option(place) => self.options.get(place),
            Origin::Calls | Origin::Offer(_) => None,
        }
    }

    /// Ledger months in which a model retires that a variant calls.
    pub fn migrations_of(&self, variant: &Variant) -> &[usize] {
        let offer = match variant.origin {
            Origin::Offer(place) => self.offers.get(place),
            Origin::Calls | Origin::Option(_) => None,
        };
        match offer {
            Some(Offer::PerToken(calls)) => &calls.prices.migrations,
            Some(Offer::Tuned(_)) | None => &self.migrations,
        }
    }
}

/// Calls to one model of a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelCalls<'a> {
    /// The model.
    pub row: &'a ApiModel,
    /// Tokens of one call.
    pub tokens: CallTokens,
    /// Its measured split, where that speaks for it.
    pub split: Option<MeasuredSplit>,
    /// Its prices over the months.
    pub prices: Arc<PricePath>,
}

/// An offer of a provider that one variant comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer<'a> {
    /// Open weights, billed per token.
    PerToken(ModelCalls<'a>),
    /// A model tuned and served by the provider.
    Tuned(TunedOffer<'a>),
}

/// An offer to tune a model and to serve the result.
#[derive(Clone, Debug, PartialEq)]
pub struct TunedOffer<'a> {
    /// The offer.
    pub row: &'a HostedTuning,
    /// Tokens of one call.
    pub tokens: CallTokens,
    /// Tokens of one training run.
    pub training_tokens: f64,
}
