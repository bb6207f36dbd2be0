//! What is taken from the engine: which cards serve and train, how fast, and for how long. Nothing of its money.

use tunewise::domain::cost::{Costed, Offer, Origin, Setting, Variant};
use tunewise::domain::decide::{Candidate, Decision};
use tunewise::domain::effort::in_use;
use tunewise::domain::strategy::StrategyId;

use super::knowledge::{self, Knowledge};
use super::months::Plain;

/// One replica on own or a provider's cards: what sizing found.
#[derive(Clone, Debug)]
pub struct Replica {
    pub gpu: String,
    pub gpus: f64,
    pub calls_per_second: f64,
}

/// One training run on cards: what sizing found.
#[derive(Clone, Debug)]
pub struct Training {
    pub gpu: String,
    pub gpus: f64,
    pub gpu_hours: f64,
}

/// The hardware of one strategy.
#[derive(Clone, Debug, Default)]
pub struct Hardware {
    /// What it serves on.
    pub replica: Option<Replica>,
    /// Its training run.
    pub training: Option<Training>,
    /// Whether bought serving cards cannot train it, so that cards are bought for that.
    pub buys_to_train: bool,
    /// Dedicated endpoints at providers, by the id of the offer.
    pub endpoints: Vec<(String, Replica)>,
}

/// The hardware that a strategy serves on at the present volume.
pub fn own(candidate: &Candidate) -> Hardware {
    hardware(candidate, candidate.variant())
}

/// The hardware on which the reference serves until a strategy is ready.
pub fn before(decision: &Decision, candidate: &Candidate) -> Hardware {
    let reference = decision.comparison.reference.map(|reference| reference.id);
    let reference = reference.and_then(|id: StrategyId| decision.comparison.candidate(id));
    reference.map(|reference| hardware(reference, candidate.variant_before())).unwrap_or_default()
}

/// How a strategy brings knowledge in.
pub fn knowledge(plain: &Plain, candidate: &Candidate) -> Knowledge {
    knowledge::brought(plain, candidate.costed.retrieves())
}

/// How the reference brings knowledge in.
pub fn knowledge_before(plain: &Plain, decision: &Decision) -> Knowledge {
    let reference = decision.comparison.reference.map(|reference| reference.id);
    knowledge::brought(plain, reference.is_some_and(|id| decision.comparison.retrieves(id)))
}

/// Whether today's set-up retrieves knowledge.
pub fn retrieves_today(setting: &Setting) -> bool {
    in_use(setting.inputs).is_some_and(|today| Costed::of(setting, today.strategy(), None).retrieves())
}

fn hardware(candidate: &Candidate, chosen: Option<&Variant>) -> Hardware {
    let operation = &candidate.costed.operation;
    let replica = chosen.and_then(|variant| {
        let option = operation.option_of(variant)?;
        Some(Replica {
            gpu: option.gpu.name.clone(),
            gpus: f64::from(option.gpus),
            calls_per_second: option.estimate.calls_per_second,
        })
    });
    let training = operation.job.as_ref().map(|job| Training {
        gpu: job.gpu.name.clone(),
        gpus: f64::from(job.gpus),
        gpu_hours: job.gpu_hours,
    });
    Hardware {
        replica,
        training,
        buys_to_train: chosen.is_some_and(|variant| variant.training_purchase_usd > 0.0),
        endpoints: operation.variants.iter().filter_map(|variant| endpoint(candidate, variant)).collect(),
    }
}

fn endpoint(candidate: &Candidate, variant: &Variant) -> Option<(String, Replica)> {
    let Origin::Offer(place) = variant.origin else { return None };
    let Offer::Tuned(offer) = candidate.costed.operation.offers.get(place)? else { return None };
    let fleet = variant.fleet.as_ref()?;
    let replica = Replica {
        gpu: offer.row.endpoint_gpu.clone()?,
        gpus: fleet.gpus_per_replica,
        calls_per_second: fleet.calls_per_second,
    };
    Some((offer.row.id(), replica))
}
