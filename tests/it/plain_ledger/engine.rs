//! What is taken from the engine: which cards serve and train, how fast, and for how long. Nothing of its money.

use tunewise::domain::cost::{Costed, Offer, Operation, Origin, Setting, Variant};
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
    /// Fleets alike that the calls are spread over: one for each task whose weights serve nothing else.
    pub copies: f64,
    /// Replicas of a copy, in parts, whose memory holds the users at once in the busiest hour.
    pub for_users: f64,
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
    /// Whether bought serving cards cannot train it, so that cards are bought for that; of no meaning where cards are
    /// rented.
    pub buys_to_train: bool,
    /// Dedicated endpoints at providers, by the id of the offer.
    pub endpoints: Vec<(String, Replica)>,
}

/// The hardware that a strategy serves on at the present volume.
pub fn own(candidate: &Candidate) -> Hardware {
    hardware(&candidate.costed.operation, candidate.variant())
}

/// What serves until a strategy is ready: today's set-up if it may go on, which is for the engine to say, else the
/// reference.
pub fn meanwhile(decision: &Decision, candidate: &Candidate) -> Option<StrategyId> {
    let name = candidate.costed.until_ready.as_ref().map(|serves| serves.name);
    let named = StrategyId::ALL.into_iter().find(|id| Some(id.strategy().name) == name);
    // A strategy whose cost is unknown because of what serves meanwhile does not name that.
    let setting = &decision.comparison.setting;
    let may_go_on = |id: &StrategyId| {
        let assessments = &decision.comparison.assessments;
        assessments.iter().any(|it| it.id == *id && it.out.is_empty())
    };
    let today = in_use(setting.inputs).filter(|_| candidate.model().is_none()).filter(may_go_on);
    named.or(today).or(decision.comparison.reference.map(|reference| reference.id))
}

/// The hardware on which that serves.
pub fn before(decision: &Decision, candidate: &Candidate) -> Hardware {
    let serves = meanwhile(decision, candidate).and_then(|id| decision.comparison.candidate(id));
    let (Some(serves), Some(model)) = (serves, candidate.model()) else { return Hardware::default() };
    if serves.model().is_some() {
        return hardware(&serves.costed.operation, candidate.variant_before());
    }
    // What it costs later is not known and does not matter.
    let until_then = decision.comparison.setting.priced_until(model.own_from - 1);
    let costed = Costed::of(&until_then, serves.costed.strategy, None);
    hardware(&costed.operation, candidate.variant_before())
}

/// How a strategy brings knowledge in.
pub fn knowledge(plain: &Plain, candidate: &Candidate) -> Knowledge {
    knowledge::brought(plain, candidate.costed.retrieves())
}

/// How a strategy of that name brings knowledge in, if there is one.
pub fn knowledge_of(plain: &Plain, decision: &Decision, id: Option<StrategyId>) -> Knowledge {
    knowledge::brought(plain, id.is_some_and(|id| decision.comparison.retrieves(id)))
}

/// Whether today's set-up retrieves knowledge.
pub fn retrieves_today(setting: &Setting) -> bool {
    in_use(setting.inputs).is_some_and(|today| Costed::of(setting, today.strategy(), None).retrieves())
}

fn hardware(operation: &Operation, chosen: Option<&Variant>) -> Hardware {
    let replica = chosen.and_then(|variant| {
        let option = operation.option_of(variant)?;
        Some(Replica {
            gpu: option.gpu.name.clone(),
            gpus: f64::from(option.gpus),
            calls_per_second: option.estimate.calls_per_second,
            copies: 1.0,
            for_users: variant.fleet.as_ref().map_or(0.0, |fleet| fleet.replicas_for_users),
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
        buys_to_train: chosen.is_some_and(|variant| !variant.fixed.is_empty()),
        endpoints: operation.variants.iter().filter_map(|variant| endpoint(operation, variant)).collect(),
    }
}

fn endpoint(operation: &Operation, variant: &Variant) -> Option<(String, Replica)> {
    let Origin::Offer(place) = variant.origin else { return None };
    let Offer::Tuned(offer) = operation.offers.get(place)? else { return None };
    let fleet = variant.fleet.as_ref()?;
    let replica = Replica {
        gpu: offer.row.endpoint_gpu.clone()?,
        gpus: fleet.gpus_per_replica,
        calls_per_second: fleet.calls_per_second,
        copies: 1.0,
        for_users: fleet.replicas_for_users,
    };
    Some((offer.row.id(), replica))
}
