//! The figures of one strategy: its ledger at the present volume and what is read off it.

use super::assessment::{BudgetFigures, Cost, HALF_A_CENT, Hardware, PriceOfQuality, ReplicaMemory};
use super::comparable::compares_errors;
use super::comparison::{Candidate, Comparison, Serves};
use super::deciding::Deciding;
use crate::domain::cost::{BreakEven, break_even, exit_usd, payments};
use crate::domain::cost::{Costed, Curve, Fleet, Ledger, Line, Lines, Point, Setting, Variant, sized_growth};
use crate::domain::effort::{in_use, re_evaluation_hours};
use crate::domain::evidence::{FEWEST_EXAMPLES, FIRST_EVALUATION, QualityState};
use crate::domain::hardware::{ServingOption, billing, purchase_usd};
use crate::domain::input::{BudgetScope, GpuBilling};
use crate::domain::rules::CostFacts;
use crate::domain::strategy::{Exclusion, StrategyId};

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
    /// What budgets have to hold.
    budget: BudgetFigures,
}

impl<'a> Priced<'a> {
    /// Price a strategy; `None` if its cost is unknown or it is impossible.
    pub fn of(setting: &'a Setting, costed: &'a Costed) -> Option<Priced<'a>> {
        let model = costed.model.as_ref().ok()?;
        let curve = Curve::new(model, &setting.months);
        let point = curve.point(setting.inputs.work.requests_per_month);
        let variant = curve.chosen(&point)?;
        let ledger = curve.ledger(&point)?;
        let bought = purchase(setting, costed, variant) + variant.training_purchase_usd;
        // Capital of cards that stand before the launch is in their purchase.
        let bought_apart = bought - ledger.capital.first().copied().unwrap_or(0.0);
        let first = ledger.months.first().copied().unwrap_or_default();
        let upfront = first.paid() + bought_apart;
        let budget = budget_figures(setting, costed, &ledger, bought_apart);
        Some(Priced { curve, point, variant, ledger, upfront, budget })
    }

    /// What rules may compare.
    pub fn facts(&self, setting: &Setting) -> CostFacts {
        CostFacts {
            per_request: self.per_request(setting),
            upfront: self.budget.upfront,
            dearest_month: self.budget.ordinary_month,
            occasional_month: self.budget.occasional_month,
            tco: self.point.cost,
        }
    }

    /// Total cost of ownership of one request, US dollars.
    fn per_request(&self, setting: &Setting) -> f64 {
        self.point.cost / (self.point.requests * setting.months.discounted_volume)
    }

    /// What it comes to: the bill, and wrong answers where they are priced and known, US dollars.
    pub fn total(&self) -> f64 {
        self.point.cost + self.curve.model.errors_per_request.map_or(0.0, |_| self.errors())
    }

    fn errors(&self) -> f64 {
        self.ledger.by_line().get(Line::Errors)
    }

    /// Every figure of its cost.
    pub fn cost(
        &self,
        setting: &Setting,
        costed: &Costed,
        reference: Option<&Priced>,
        state: &QualityState,
    ) -> Cost {
        let inputs = setting.inputs;
        let requests = inputs.work.requests_per_month;
        let tco = self.point.cost;
        let volume = requests * setting.months.discounted_volume;
        let workload = setting.with_retrieval(costed.retrieves()).workload;
        let tokens = workload.prompted(inputs.models.reasoning_multiplier_api);
        let tokens_per_request = (tokens.input() + tokens.output) * setting.calls_per_request;
        let more = self.curve.at(requests * (1.0 + MARGINAL_STEP));
        let first_own = self.ledger.months.get(self.curve.model.own_from.min(setting.months.horizon));
        Cost {
            tco,
            tco_band: banded(&self.curve, &self.point, setting, costed),
            errors: self.curve.model.errors_per_request.map(|_| self.errors()),
            undiscounted: self.ledger.undiscounted(),
            per_request: self.per_request(setting),
            marginal_per_request: (more - tco) / (volume * MARGINAL_STEP),
            per_million_tokens: tco / (volume * tokens_per_request) * MILLION,
            per_accepted: state.share().filter(|share| *share > 0.0).map(|share| tco / (volume * share)),
            payback_month: reference.and_then(|reference| self.payback(reference)),
            monthly_now: first_own.map_or(0.0, Lines::paid),
            monthly_at_horizon: self.ledger.months.last().map_or(0.0, Lines::paid),
            upfront: self.upfront,
            budget: self.budget.clone(),
            price_of_quality: None,
            ledger: self.ledger.clone(),
        }
    }

    /// First month from which the cumulative cost stays at or below the reference's, wrong answers included if both
    /// are known.
    fn payback(&self, reference: &Priced) -> Option<usize> {
        let errors = compares_errors(self.curve.model, reference.curve.model);
        let sums =
            |ledger: &Ledger| if errors { ledger.cumulative_with_errors() } else { ledger.cumulative() };
        let own = sums(&self.ledger);
        let behind =
            own.iter().zip(&sums(&reference.ledger)).rposition(|(own, other)| *own > other + HALF_A_CENT);
        match behind {
            None => Some(0),
            Some(last) if last + 1 < own.len() => Some(last + 1),
            Some(_) => None,
        }
    }

    /// The ways in which it serves, as places among those of its model.
    pub fn serves(&self) -> Option<Serves> {
        let place = |all: &[Variant], one: &Variant| all.iter().position(|other| std::ptr::eq(other, one));
        let model = self.curve.model;
        let before = self.curve.chosen_before(&self.point);
        Some(Serves {
            own: place(&model.variants, self.variant)?,
            before: before.and_then(|before| place(&model.before, before)),
        })
    }
}

/// What budgets have to hold; `bought` is what is paid for cards before the launch, US dollars.
fn budget_figures(setting: &Setting, costed: &Costed, ledger: &Ledger, bought: f64) -> BudgetFigures {
    let scope = setting.inputs.constraints.budget_scope;
    let counted = match scope {
        BudgetScope::Invoices => Lines::invoiced,
        BudgetScope::People => Lines::paid,
    };
    // Leaving what is in use comes with invoices, and is booked with the build.
    let leaving = match scope {
        BudgetScope::Invoices => exit_usd(costed.strategy, setting.inputs),
        BudgetScope::People => 0.0,
    };
    let (ordinary_month_is, ordinary_month) = ledger.dearest_ordinary_month(counted);
    let occasions = ledger.occasions(counted);
    let in_all = |(month, _): &(usize, f64)| {
        let capital = ledger.capital.get(*month).copied().unwrap_or(0.0);
        ledger.months.get(*month).map_or(0.0, counted) - capital
    };
    BudgetFigures {
        upfront: ledger.months.first().map_or(0.0, counted) + leaving + bought,
        ordinary_month,
        ordinary_month_is,
        occasional_month: occasions.iter().map(in_all).fold(0.0, f64::max),
        occasions,
    }
}

/// TCO with the hardware chosen at the cheap and at the dear ends of its sizing bands, all at once.
pub fn banded(curve: &Curve, point: &Point, setting: &Setting, costed: &Costed) -> (f64, f64) {
    let chosen = curve.chosen(point).and_then(|variant| Some((variant, option_of(costed, variant)?)));
    let Some((variant, option)) = chosen else { return (point.cost, point.cost) };
    let band = option.estimate.band;
    let (cheap, dear) = training_band(variant, setting, costed);
    (curve.at_speed(point, band.high) + cheap, curve.at_speed(point, band.low) + dear)
}

/// What training may cost less and more than estimated, present value in US dollars.
fn training_band(variant: &Variant, setting: &Setting, costed: &Costed) -> (f64, f64) {
    // Bought cards cost what they cost, however long the run.
    let Some(job) = costed.operation.job.as_ref().filter(|_| billing(setting.inputs) != GpuBilling::Owned)
    else {
        return (0.0, 0.0);
    };
    let months = variant.fixed.iter().zip(&setting.months.discount);
    let usd: f64 = months.map(|(lines, factor)| lines.get(Line::TrainingCompute) * factor).sum();
    (usd * (job.band.low - 1.0), usd * (job.band.high - 1.0))
}

fn option_of<'a, 'b>(costed: &'a Costed<'b>, variant: &Variant) -> Option<&'a ServingOption<'b>> {
    costed.operation.option_of(variant)
}

/// Purchase of the cards that the last month needs, where they are bought.
fn purchase(setting: &Setting, costed: &Costed, variant: &Variant) -> f64 {
    let (Some(option), Some(fleet)) = (option_of(costed, variant), &variant.fleet) else { return 0.0 };
    if billing(setting.inputs) != GpuBilling::Owned {
        return 0.0;
    }
    let gpus = |fleet: &Fleet| {
        let horizon = setting.months.horizon;
        fleet
            .month(horizon, setting.inputs.work.requests_per_month * setting.months.peak_growth[horizon])
            .peak_gpus
    };
    // What is in use today grows card by card, after the launch.
    if in_use(setting.inputs) == Some(costed.strategy.id) {
        return 0.0;
    }
    let to_buy = (gpus(fleet) - fleet.standing_gpus).max(0.0);
    purchase_usd(option.gpu, setting.inputs).map_or(0.0, |usd| usd * to_buy)
}

/// People's hours a month: upkeep, and retrains with their evaluation spread over their interval.
pub fn hours_per_month(setting: &Setting, costed: &Costed) -> f64 {
    let inputs = setting.inputs;
    let upkeep: f64 = costed.parts.iter().map(|part| part.upkeep_hours(inputs)).sum();
    if !costed.strategy.adaptation.is_tuned() {
        return upkeep;
    }
    let run: f64 = costed.parts.iter().map(|part| part.run_hours(inputs)).sum();
    upkeep + (run + re_evaluation_hours(inputs)) / inputs.team.retrain_interval
}

/// Show each strategy's hardware, and how the models are paid that it calls.
pub fn add_hardware(comparison: &mut Comparison) {
    for (assessment, candidate) in comparison.assessments.iter_mut().zip(&comparison.candidates) {
        assessment.hardware = hardware(&comparison.setting, candidate);
        assessment.payments = candidate.variant().map_or_else(Vec::new, |variant| {
            payments(&candidate.costed.operation, variant, comparison.setting.inputs)
        });
    }
}

/// Where the memory of one replica goes.
fn memory(option: &ServingOption) -> ReplicaMemory {
    let estimate = &option.estimate;
    ReplicaMemory {
        weights_gib: estimate.weights_gib,
        kv_gib: estimate.kv_gib_per_request * estimate.batch,
        runtime_gib: estimate.runtime_gib,
        usable_gib: estimate.usable_gib,
        calls_in_flight: estimate.batch,
        users_held: option.users_held,
    }
}

/// The hardware that a candidate serves on.
fn hardware(setting: &Setting, candidate: &Candidate) -> Option<Hardware> {
    let (option, fleet) =
        (option_of(&candidate.costed, candidate.variant()?)?, candidate.variant()?.fleet.as_ref()?);
    let requests = setting.inputs.work.requests_per_month;
    let horizon = setting.months.horizon;
    // Slower replicas need what more requests would.
    let month =
        |month, speed| fleet.month(month, requests * sized_growth(fleet, &setting.months, month) / speed);
    let band = option.estimate.band;
    let gpus = |at| (month(at, band.high).peak_gpus, month(at, 1.0).peak_gpus, month(at, band.low).peak_gpus);
    let (first, last) = (month(1, 1.0), month(horizon, 1.0));
    let speed = option.estimate.output_tokens_per_second;
    let owned = billing(setting.inputs) == GpuBilling::Owned;
    Some(Hardware {
        gpu: option.gpu.name.clone(),
        gpus_per_replica: option.gpus,
        memory: memory(option),
        peak_replicas: (first.peak_replicas, last.peak_replicas),
        peak_gpus: gpus(1),
        peak_gpus_at_horizon: gpus(horizon),
        precision: option.precision.label(),
        tokens_per_second: (speed * band.low, speed, speed * band.high),
        utilisation: first.utilisation,
        usd_per_gpu_hour: (!owned).then_some(option.usd_per_gpu_hour),
        source: option.source(setting.inputs),
        measured: band.is_measured(),
    })
}

/// Add break-evens of the survivors against the reference.
pub fn add_break_evens(comparison: &mut Comparison) {
    let Some(against) = comparison.reference.map(|reference| reference.id) else { return };
    for (id, found) in break_evens(comparison, against) {
        if let Some(assessment) = comparison.assessments.iter_mut().find(|one| one.id == id) {
            assessment.break_even = Some(found);
        }
    }
}

/// Break-evens of the survivors against one strategy, by rung.
pub fn break_evens(comparison: &Comparison, against: StrategyId) -> Vec<(StrategyId, BreakEven)> {
    let Comparison { setting, assessments, candidates, .. } = comparison;
    let months = &setting.months;
    let curve = |candidate| Candidate::model(candidate).map(|model| Curve::new(model, months));
    let Some(other) = comparison.candidate(against).and_then(curve) else { return Vec::new() };
    let today = setting.inputs.work.requests_per_month;
    let survivors = assessments.iter().zip(candidates);
    let survivors = survivors.filter(|(one, _)| one.id != against && one.survives());
    let found = survivors.filter_map(|(one, candidate)| {
        let own = curve(candidate)?;
        let errors = compares_errors(own.model, other.model);
        Some((one.id, break_even(&own, &other, against, errors, today, months)))
    });
    found.collect()
}

/// For every cheaper strategy without known quality: the extra wrong answers at which its saving is gone.
pub fn add_price_of_quality(comparison: &mut Comparison, holder: Option<StrategyId>) {
    let Some(holder_tco) = holder.and_then(|id| comparison.get(id)?.tco()) else { return };
    let (inputs, months) = (comparison.inputs, &comparison.setting.months);
    let discounted_requests = inputs.work.requests_per_month * months.discounted_volume;
    let cost_per_error = inputs.quality.cost_per_error.filter(|usd| *usd > 0.0);
    for assessment in &mut comparison.assessments {
        let is_known = assessment.quality.share().is_some();
        let Some(cost) = assessment.cost.as_mut().ok().filter(|_| !is_known) else { continue };
        let saving_per_request = (holder_tco - cost.tco) / discounted_requests;
        if saving_per_request > 0.0 {
            let extra_error_share = cost_per_error.map(|usd| saving_per_request / usd);
            cost.price_of_quality = Some(PriceOfQuality { saving_per_request, extra_error_share });
        }
    }
}

/// Add the counts that decide to each strategy that nothing but its own measurement keeps out: for the examples that its measurement has,
/// if these are enough to tell anything.
pub fn add_deciding(comparison: &mut Comparison) {
    let quality = &comparison.inputs.quality;
    for assessment in &mut comparison.assessments {
        let measured = match assessment.quality {
            QualityState::Meets(measured) | QualityState::Fails(measured) => Some(measured.total),
            QualityState::Unclear { measured, .. } => Some(measured.total),
            QualityState::Untested | QualityState::Stated(_) | QualityState::AssumedEqual => None,
        };
        let examples = measured.filter(|total| *total >= FEWEST_EXAMPLES).unwrap_or(FIRST_EVALUATION);
        let can_be_measured = assessment.out.iter().all(Exclusion::is_evidence);
        assessment.deciding = can_be_measured.then(|| Deciding::of(examples, quality.bar_of(assessment.id)));
    }
}
