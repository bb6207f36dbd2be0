//! The figures of one strategy: its ledger at the present volume and what is read off it.

use crate::domain::cost::{
    Built, CostModel, Curve, Fleet, Ledger, Line, Lines, Point, Study, Variant, labels_missing, parts,
    sized_growth,
};
use crate::domain::evaluation::{Cost, Hardware};
use crate::domain::evidence::QualityState;
use crate::domain::hardware::{ServingOption, billing, purchase_usd};
use crate::domain::input::GpuBilling;
use crate::domain::rules::CostFacts;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{count_exact, counted};

const MILLION: f64 = 1e6;
/// Step of volume over which the cost of one more request is taken.
const MARGINAL_STEP: f64 = 0.1;

/// A strategy at the present volume: its curve, the variant it serves with and its ledger.
pub struct Priced<'a> {
    /// Cost over volume.
    pub curve: Curve<'a>,
    /// Cost at the present volume.
    point: Point,
    /// The variant it serves with.
    pub variant: &'a Variant,
    /// Month × line.
    pub ledger: Ledger,
    /// One-offs, hardware purchase included, US dollars.
    upfront: f64,
}

impl<'a> Priced<'a> {
    /// Price a strategy; `None` if its cost is unknown or it is impossible.
    pub fn of(study: &'a Study, built: &'a Built) -> Option<Priced<'a>> {
        let model = built.model.as_ref().ok()?;
        let curve = Curve::new(model, &study.months);
        let point = curve.point(study.inputs.work.requests_per_month);
        let variant = curve.chosen(&point)?;
        let ledger = curve.ledger(&point)?;
        let upfront = ledger.months.first().map_or(0.0, Lines::paid)
            + purchase(study, built, variant)
            + variant.training_purchase_usd;
        Some(Priced { curve, point, variant, ledger, upfront })
    }

    /// What rules may compare.
    pub fn facts(&self, study: &Study) -> CostFacts {
        CostFacts {
            per_request: self.per_request(study),
            upfront: self.upfront,
            dearest_month: self.ledger.dearest_month(),
            tco: self.point.cost,
        }
    }

    /// Total cost of ownership of one request, US dollars.
    fn per_request(&self, study: &Study) -> f64 {
        self.point.cost / (self.point.requests * study.months.discounted_volume)
    }

    fn errors(&self) -> f64 {
        self.ledger.by_line().get(Line::Errors)
    }

    /// Every figure of its cost.
    pub fn cost(
        &self,
        study: &Study,
        built: &Built,
        reference: Option<&Priced>,
        state: &QualityState,
    ) -> Cost {
        let inputs = study.inputs;
        let requests = inputs.work.requests_per_month;
        let tco = self.point.cost;
        let volume = requests * study.months.discounted_volume;
        let tokens = study.workload.prompted(inputs.models.reasoning_multiplier_api);
        let tokens_per_request = (tokens.input() + tokens.output) * study.calls_per_request;
        let more = self.curve.at(requests * (1.0 + MARGINAL_STEP));
        let first_own = self.ledger.months.get(self.curve.model.own_from.min(study.months.horizon));
        Cost {
            tco,
            tco_band: banded(&self.curve, (&self.point, self.variant), study, built),
            errors: self.curve.model.errors_per_request.map(|_| self.errors()),
            undiscounted: self.ledger.undiscounted(),
            per_request: self.per_request(study),
            marginal_per_request: (more - tco) / (volume * MARGINAL_STEP),
            per_million_tokens: tco / (volume * tokens_per_request) * MILLION,
            per_accepted: state.share().filter(|share| *share > 0.0).map(|share| tco / (volume * share)),
            payback_month: reference.and_then(|reference| self.payback(reference)),
            monthly_now: first_own.map_or(0.0, Lines::paid),
            monthly_at_horizon: self.ledger.months.last().map_or(0.0, Lines::paid),
            upfront: self.upfront,
            price_of_quality: None,
            derivation: study.derivations(
                built,
                (self.variant, self.curve.chosen_before(&self.point)),
                &self.ledger,
            ),
            ledger: self.ledger.clone(),
        }
    }

    /// First month from which the cumulative cost stays below the reference's, wrong answers included if both
    /// are known.
    fn payback(&self, reference: &Priced) -> Option<usize> {
        let errors = compares_errors(self.curve.model, reference.curve.model);
        let sums =
            |ledger: &Ledger| if errors { ledger.cumulative_with_errors() } else { ledger.cumulative() };
        let own = sums(&self.ledger);
        let behind = own.iter().zip(&sums(&reference.ledger)).rposition(|(own, its)| own >= its);
        match behind {
            None => Some(0),
            Some(last) if last + 1 < own.len() => Some(last + 1),
            Some(_) => None,
        }
    }

    /// The hardware it serves on.
    pub fn hardware(&self, study: &Study, built: &Built) -> Option<Hardware> {
        let (option, fleet) = (option_of(built, self.variant)?, self.variant.fleet.as_ref()?);
        let requests = study.inputs.work.requests_per_month;
        let horizon = study.months.horizon;
        // Slower replicas need what more requests would.
        let month =
            |month, speed| fleet.month(month, requests * sized_growth(fleet, &study.months, month) / speed);
        let band = option.estimate.band;
        let gpus =
            |at| (month(at, band.high).peak_gpus, month(at, 1.0).peak_gpus, month(at, band.low).peak_gpus);
        let (first, last) = (month(1, 1.0), month(horizon, 1.0));
        let speed = option.estimate.output_tokens_per_second;
        let owned = billing(study.inputs) == GpuBilling::Owned;
        Some(Hardware {
            gpu: option.gpu.name.clone(),
            gpus_per_replica: option.gpus,
            peak_replicas: (first.peak_replicas, last.peak_replicas),
            peak_gpus: gpus(1),
            peak_gpus_at_horizon: gpus(horizon),
            precision: option.precision.label(),
            tokens_per_second: (speed * band.low, speed, speed * band.high),
            utilisation: first.utilisation,
            usd_per_gpu_hour: (!owned).then_some(option.usd_per_gpu_hour),
            source: option.source(study.inputs),
            measured: band.is_measured(),
        })
    }
}

/// TCO with the hardware chosen at the cheap and at the dear ends of its sizing bands, all at once.
fn banded(curve: &Curve, (point, variant): (&Point, &Variant), study: &Study, built: &Built) -> (f64, f64) {
    let Some(option) = option_of(built, variant) else { return (point.cost, point.cost) };
    let band = option.estimate.band;
    let (cheap, dear) = training_band(variant, study, built);
    (curve.at_speed(point, band.high) + cheap, curve.at_speed(point, band.low) + dear)
}

/// What training may cost less and more than estimated, present value in US dollars.
fn training_band(variant: &Variant, study: &Study, built: &Built) -> (f64, f64) {
    // Bought cards cost what they cost, however long the run.
    let Some(job) = built.job.as_ref().filter(|_| billing(study.inputs) != GpuBilling::Owned) else {
        return (0.0, 0.0);
    };
    let months = variant.fixed.iter().zip(&study.months.discount);
    let usd: f64 = months.map(|(lines, factor)| lines.get(Line::TrainingCompute) * factor).sum();
    (usd * (job.band.low - 1.0), usd * (job.band.high - 1.0))
}

/// What a strategy costs at any volume, as the decision compares it.
pub struct OverVolume<'a, 'b> {
    curve: Curve<'a>,
    study: &'a Study<'b>,
    built: &'a Built<'b>,
}

impl<'a, 'b> OverVolume<'a, 'b> {
    /// Prepare it; `None` if the cost is unknown or the strategy impossible.
    pub fn of(study: &'a Study<'b>, built: &'a Built<'b>) -> Option<Self> {
        let curve = Curve::new(built.model.as_ref().ok()?, &study.months);
        Some(OverVolume { curve, study, built })
    }

    /// What its sizing band adds to its cost at the dear end, US dollars.
    pub fn dear(&self, requests: f64) -> f64 {
        let point = self.curve.point(requests);
        let band = |variant| banded(&self.curve, (&point, variant), self.study, self.built).1 - point.cost;
        self.curve.chosen(&point).map_or(0.0, band)
    }

    /// Its cost and another's, wrong answers included if both are known; US dollars.
    pub fn against(&self, other: &OverVolume, requests: f64) -> (f64, f64) {
        let with_errors = compares_errors(self.curve.model, other.curve.model);
        let errors = |curve: &Curve| match curve.model.errors_slope(&self.study.months) {
            Some(slope) if with_errors => slope * requests,
            _ => 0.0,
        };
        (self.curve.at(requests) + errors(&self.curve), other.curve.at(requests) + errors(&other.curve))
    }
}

fn option_of<'a, 'b>(built: &'a Built<'b>, variant: &Variant) -> Option<&'a ServingOption<'b>> {
    variant.hardware.and_then(|index| built.options.get(index))
}

/// Purchase of the cards that the last month needs, where they are bought.
fn purchase(study: &Study, built: &Built, variant: &Variant) -> f64 {
    let (Some(option), Some(fleet)) = (option_of(built, variant), &variant.fleet) else { return 0.0 };
    if billing(study.inputs) != GpuBilling::Owned {
        return 0.0;
    }
    let gpus = |fleet: &Fleet| {
        let horizon = study.months.horizon;
        fleet
            .month(horizon, study.inputs.work.requests_per_month * study.months.peak_growth[horizon])
            .peak_gpus
    };
    purchase_usd(option.gpu, study.inputs).map_or(0.0, |usd| usd * gpus(fleet))
}

/// Whether the comparison of two strategies includes the cost of wrong answers: only if both are known.
pub const fn compares_errors(own: &CostModel, other: &CostModel) -> bool {
    own.errors_per_request.is_some() && other.errors_per_request.is_some()
}

/// People's hours a month: upkeep, and retrains with their evaluation spread over their interval.
pub fn hours_per_month(study: &Study, built: &Built) -> f64 {
    let inputs = study.inputs;
    let upkeep: f64 = built.parts.iter().map(|part| part.upkeep_hours(inputs)).sum();
    if !built.strategy.adaptation.is_tuned() {
        return upkeep;
    }
    let run: f64 = built.parts.iter().map(|part| part.run_hours(inputs)).sum();
    upkeep + (run + inputs.team.re_evaluation) / inputs.team.retrain_interval
}

/// Money spent on a trial before its quality is known, by what it is spent on (method §11).
///
/// Labels + experiments + half the build of its own parts + one re-evaluation; nothing that the holder or what is in
/// use today has already.
/// Cards that only training needs count with their purchase.
pub fn pilot_cost_lines(
    study: &Study,
    built: &Built,
    ledger: Option<&Ledger>,
    holder: Option<StrategyId>,
) -> Vec<(String, f64)> {
    let (inputs, team) = (study.inputs, &study.inputs.team);
    let mut existing = study.sunk_parts();
    existing.extend(holder.into_iter().flat_map(|id| parts(id.strategy(), study.workload.retrieval)));
    let own = built.parts.iter().filter(|part| !existing.contains(part));
    let build: f64 = own.clone().map(|part| part.build_hours(inputs)).sum::<f64>() / 2.0;
    let runs: f64 = own.map(|part| part.run_hours(inputs)).sum::<f64>() * team.experiments;
    let missing = labels_missing(built.strategy, inputs);
    let training = ledger.and_then(|ledger| Some(ledger.months.first()?.get(Line::TrainingCompute)));
    let bought = built.model.as_ref().map_or(0.0, |model| {
        model.variants.iter().map(|variant| variant.training_purchase_usd).fold(f64::INFINITY, f64::min)
    });
    let is_bought = bought > 0.0;
    let compute = if is_bought { bought } else { training.unwrap_or(0.0) };
    let computing = if is_bought { "GPUs to train on, bought" } else { "computing for the experiments" };
    let rate = team.hourly_rate;
    let hours =
        |what: &str, hours: f64| (format!("{what}, {}", counted(&count_exact(hours), "hour")), hours * rate);
    let mut lines = vec![
        (counted(&count_exact(missing), "label"), built.labels_usd),
        (computing.to_owned(), compute),
        hours("people’s time in experiments", runs),
        hours("half the build of its own parts", build),
        hours("one re-evaluation", team.re_evaluation),
    ];
    lines.retain(|(_, usd)| *usd > 0.0);
    lines
}
