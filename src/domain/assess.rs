//! From inputs to the whole answer: screen, cost, break-even and decision, strategy by strategy.

use super::advice;
use super::breakeven::{Curve, break_even};
use super::cost::{
    Built, CostModel, Line, Study, Unpriced, Variant, Volume, label_price, labels_missing, parts as parts_of,
};
use super::evaluation::{Assessment, Cost, Evaluation, Hardware, PriceOfQuality, Reason};
use super::evidence::QualityState;
use super::hardware::{billing, purchase_usd};
use super::input::{GpuBilling, Inputs};
use super::rules::{self, CostFacts, ReferenceFacts, Subject, tier};
use super::strategy::{STRATEGIES, Strategy, StrategyId};

const MILLION: f64 = 1e6;
/// Step of volume over which the cost of one more request is taken.
const MARGINAL_STEP: f64 = 0.1;

/// How much of the answer to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Full,
    /// The decision only: no break-evens, no findings that do not gate or order.
    Decision,
}

/// Compute the whole answer for these inputs. Pure and deterministic; about a millisecond.
pub fn evaluate(inputs: &Inputs) -> Evaluation {
    evaluate_to(inputs, Depth::Full)
}

/// Compute the answer to the given depth.
pub fn evaluate_to(inputs: &Inputs, depth: Depth) -> Evaluation {
    let study = Study::new(inputs);
    let reference = find_reference(&study);
    let builts: Vec<Built> = STRATEGIES
        .iter()
        .map(|strategy| match &reference {
            Some(reference) if reference.strategy.id == strategy.id => reference.clone(),
            other => study.build(strategy, other.as_ref()),
        })
        .collect();
    let facts = reference.as_ref().map(|reference| reference_facts(&study, reference));
    let mut assessments: Vec<Assessment> =
        builts.iter().map(|built| assess(&study, built, reference.as_ref(), facts)).collect();
    apply_preferences(&study, &builts, facts, &mut assessments);
    if depth == Depth::Full {
        add_break_evens(&study, &builts, reference.as_ref(), &mut assessments);
    }
    let discounted_requests = inputs.work.requests_per_month * study.months.discounted_volume();
    let advice = advice::decide(&study, &builts, facts, &assessments, depth);
    let holder = advice.use_now.or(advice.reference);
    add_price_of_quality(inputs, holder, discounted_requests, &mut assessments);
    if depth == Depth::Full {
        let lines: Vec<String> = assessments
            .iter()
            .map(|assessment| advice::why_not(assessment, &assessments, &advice, inputs))
            .collect();
        for (assessment, line) in assessments.iter_mut().zip(lines) {
            assessment.why_not = line;
        }
    }
    assessments.sort_by_key(|assessment| (assessment.rung, assessment.id));
    Evaluation { strategies: assessments, advice, discounted_requests }
}

/// Total cost of ownership over volume, US dollars, for charts; `None` where a cost is unknown.
pub fn tco_over_volume(inputs: &Inputs, ids: &[StrategyId], volumes: &[f64]) -> Vec<Vec<Option<f64>>> {
    let study = Study::new(inputs);
    let reference = find_reference(&study);
    ids.iter()
        .map(|id| {
            let is_reference = reference.as_ref().is_some_and(|reference| reference.strategy.id == *id);
            let other = reference.as_ref().filter(|_| !is_reference);
            let built = study.build(id.strategy(), other);
            let at = |volume: &f64| {
                let model = built.model.as_ref().ok()?;
                Some(model.present_value(&study.months, Volume::exactly(*volume)))
            };
            volumes.iter().map(at).collect()
        })
        .collect()
}

/// Rung of a strategy under these inputs: retrieval takes the first where the task needs it.
fn rung(strategy: &Strategy, retrieval: bool) -> u8 {
    match strategy.id {
        StrategyId::Rag if retrieval => 1,
        _ => strategy.rung,
    }
}

/// The lowest rung that the constraints allow, evidence disregarded; a tuned one only if no prompted one survives.
fn find_reference(study: &Study) -> Option<Built> {
    let mut order: Vec<&'static Strategy> = STRATEGIES.iter().collect();
    order.sort_by_key(|strategy| {
        (!strategy.is_prompted(), rung(strategy, study.workload.retrieval), strategy.id)
    });
    order.into_iter().map(|strategy| study.build(strategy, None)).find(|built| {
        let subject = subject(study, built, None);
        screen(built, &subject).is_empty()
    })
}

fn subject<'a>(study: &'a Study<'a>, built: &'a Built, reference: Option<ReferenceFacts>) -> Subject<'a> {
    let inputs = study.inputs;
    let state = QualityState::of(built.strategy.evidence(inputs), inputs.quality.required_quality);
    Subject {
        study,
        built,
        state,
        clearly_fails: clearly_fails(&state, built.strategy, inputs),
        cost: built.model.as_ref().ok().and_then(|model| cost_facts(study, built, model)),
        reference,
    }
}

/// A failed measurement is clear evidence against prompting only after a real attempt; unstated hours count as one.
fn clearly_fails(state: &QualityState, strategy: &Strategy, inputs: &Inputs) -> bool {
    let tried = inputs.quality.prompt_hours_spent.is_none_or(|hours| hours >= inputs.team.prompt_effort_before_evidence);
    state.fails() && (tried || !strategy.is_prompted())
}

/// Reasons why a strategy is out: impossible, or excluded by a rule.
fn screen(built: &Built, subject: &Subject) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = match &built.model {
        Err(Unpriced::Impossible(reason)) => vec![reason.clone()],
        _ => Vec::new(),
    };
    let excluding = rules::fired(rules::builtin(), subject).filter(|rule| rule.effect == rules::Effect::Excludes);
    let ruled_out: Vec<Reason> = excluding.map(|rule| rule.reason(subject)).collect();
    // A rule says it better than the arithmetic that follows from it.
    reasons.splice(0..0, ruled_out);
    reasons
}

fn reference_facts(study: &Study, reference: &Built) -> ReferenceFacts {
    let subject = subject(study, reference, None);
    let tokens_usd = reference.model.as_ref().ok().and_then(|model| {
        let variant = model.chosen(&study.months, study.inputs.work.requests_per_month)?;
        let ledger = model.ledger(&study.months, study.inputs.work.requests_per_month, variant);
        Some(ledger.by_line().get(Line::Tokens))
    });
    ReferenceFacts {
        id: reference.strategy.id,
        state: subject.state,
        fails: subject.clearly_fails,
        tokens_usd,
        tier: tier(reference.strategy.id, study.inputs),
    }
}

fn assess(study: &Study, built: &Built, reference: Option<&Built>, facts: Option<ReferenceFacts>) -> Assessment {
    let subject = subject(study, built, facts);
    let out = screen(built, &subject);
    let cost = match &built.model {
        Ok(model) => cost(study, built, model, reference, &subject)
            .ok_or_else(|| "nothing can serve it".to_owned()),
        Err(Unpriced::Unknown(reason)) => Err(reason.clone()),
        Err(Unpriced::Impossible(reason)) => Err(reason.text.clone()),
    };
    let findings = rules::fired(rules::builtin(), &subject).map(|rule| rule.finding(&subject)).collect();
    Assessment {
        id: built.strategy.id,
        name: name(study, built.strategy),
        rung: rung(built.strategy, study.workload.retrieval),
        out,
        quality: subject.state,
        clearly_fails: subject.clearly_fails,
        hardware: built.model.as_ref().ok().and_then(|model| hardware(study, built, model)),
        lead_weeks: built.lead_weeks,
        hours_per_month: hours_per_month(study, built),
        cost,
        break_even: None,
        findings,
        why_not: String::new(),
    }
}

/// The strategy's name here: with retrieval where the task needs it.
fn name(study: &Study, strategy: &Strategy) -> String {
    if study.workload.retrieval && !matches!(strategy.id, StrategyId::Prompt | StrategyId::Rag) {
        format!("{} + retrieval", strategy.name)
    } else {
        strategy.name.to_owned()
    }
}

/// People's hours a month: upkeep, and retrains with their evaluation spread over their interval.
fn hours_per_month(study: &Study, built: &Built) -> f64 {
    let inputs = study.inputs;
    let upkeep: f64 = built.parts.iter().map(|part| part.upkeep_hours(inputs)).sum();
    if !built.strategy.adaptation.is_tuned() {
        return upkeep;
    }
    let run: f64 = built.parts.iter().map(|part| part.run_hours(inputs)).sum();
    upkeep + (run + inputs.team.re_evaluation) / inputs.team.retrain_interval
}

/// Purchase of the cards that the last month needs, where they are bought.
fn purchase(study: &Study, built: &Built, variant: &Variant) -> f64 {
    let (Some(index), Some(fleet)) = (variant.hardware, &variant.fleet) else { return 0.0 };
    if billing(study.inputs) != GpuBilling::Owned {
        return 0.0;
    }
    let horizon = study.months.horizon;
    let requests = study.inputs.work.requests_per_month * study.months.peak_growth[horizon];
    let gpus = fleet.month(horizon, requests).peak_gpus;
    built.options.get(index).and_then(|option| purchase_usd(option.gpu, study.inputs)).map_or(0.0, |usd| usd * gpus)
}

fn cost_facts(study: &Study, built: &Built, model: &CostModel) -> Option<CostFacts> {
    let requests = study.inputs.work.requests_per_month;
    let variant = model.chosen(&study.months, requests)?;
    let ledger = model.ledger(&study.months, requests, variant);
    let paid = |month: &super::cost::Lines| month.total() - month.get(Line::Errors);
    let upfront = ledger.months.first().map_or(0.0, paid) + purchase(study, built, variant);
    let dearest_month = ledger.months.iter().skip(1).map(paid).fold(0.0, f64::max);
    Some(CostFacts { upfront, dearest_month, tco: ledger.tco() - ledger.by_line().get(Line::Errors) })
}

fn cost(
    study: &Study,
    built: &Built,
    model: &CostModel,
    reference: Option<&Built>,
    subject: &Subject,
) -> Option<Cost> {
    let inputs = study.inputs;
    let months = &study.months;
    let requests = inputs.work.requests_per_month;
    let variant = model.chosen(months, requests)?;
    let ledger = model.ledger(months, requests, variant);
    let errors = ledger.by_line().get(Line::Errors);
    let tco = ledger.tco() - errors;
    let volume = requests * months.discounted_volume();
    let tokens = study.workload.prompted(inputs.models.reasoning_multiplier_api);
    let tokens_per_request = (tokens.input() + tokens.output) * study.calls_per_request;
    let more = model.present_value(months, Volume::exactly(requests * (1.0 + MARGINAL_STEP)));
    let facts = cost_facts(study, built, model)?;
    let first_own = ledger.months.get(model.own_from.min(months.horizon));
    Some(Cost {
        tco,
        tco_band: (banded(study, built, model, true), banded(study, built, model, false)),
        errors: model.errors_per_request.map(|_| errors),
        undiscounted: ledger.undiscounted(),
        per_request: tco / volume,
        marginal_per_request: (more - tco) / (volume * MARGINAL_STEP),
        per_million_tokens: tco / (volume * tokens_per_request) * MILLION,
        per_accepted: subject.state.share().filter(|share| *share > 0.0).map(|share| tco / (volume * share)),
        payback_month: reference
            .filter(|reference| reference.strategy.id != built.strategy.id)
            .and_then(|reference| payback(study, &ledger, reference)),
        monthly_now: first_own.map_or(0.0, super::cost::Lines::total),
        monthly_at_horizon: ledger.months.last().map_or(0.0, super::cost::Lines::total),
        upfront: facts.upfront,
        price_of_quality: None,
        derivation: built.derivations.clone(),
        ledger,
    })
}

/// TCO with every fleet at the cheap or the dear end of its sizing band.
fn banded(study: &Study, built: &Built, model: &CostModel, cheap: bool) -> f64 {
    let volume = Volume::exactly(study.inputs.work.requests_per_month);
    if built.options.is_empty() {
        return model.present_value(&study.months, volume);
    }
    let mut at_end = model.clone();
    for variant in &mut at_end.operation.variants {
        let band = variant.hardware.and_then(|index| built.options.get(index)).map(|option| option.estimate.band);
        if let (Some(fleet), Some(band)) = (&mut variant.fleet, band) {
            fleet.calls_per_second *= if cheap { band.high } else { band.low };
        }
    }
    at_end.present_value(&study.months, volume)
}

/// First month from which the cumulative cost stays below the reference's.
fn payback(study: &Study, own: &super::cost::Ledger, reference: &Built) -> Option<usize> {
    let requests = study.inputs.work.requests_per_month;
    let model = reference.model.as_ref().ok()?;
    let variant = model.chosen(&study.months, requests)?;
    let its = model.ledger(&study.months, requests, variant).cumulative();
    let own = own.cumulative();
    let behind = own.iter().zip(&its).rposition(|(own, its)| own >= its);
    match behind {
        None => Some(0),
        Some(last) if last + 1 < own.len() => Some(last + 1),
        Some(_) => None,
    }
}

fn hardware(study: &Study, built: &Built, model: &CostModel) -> Option<Hardware> {
    let requests = study.inputs.work.requests_per_month;
    let months = &study.months;
    let variant = model.chosen(months, requests)?;
    let option = built.options.get(variant.hardware?)?;
    let fleet = variant.fleet.as_ref()?;
    let first = fleet.month(1, requests);
    let last = fleet.month(months.horizon, requests * months.growth[months.horizon]);
    let speed = option.estimate.output_tokens_per_second;
    let owned = billing(study.inputs) == GpuBilling::Owned;
    Some(Hardware {
        gpu: option.gpu.name.clone(),
        gpus_per_replica: option.gpus,
        peak_replicas: (first.peak_replicas, last.peak_replicas),
        precision: option.precision.label(),
        tokens_per_second: (speed * option.estimate.band.low, speed, speed * option.estimate.band.high),
        utilisation: first.utilisation,
        usd_per_gpu_hour: (!owned).then_some(option.usd_per_gpu_hour),
        source: option.source(),
    })
}

/// A preferred strategy that survives puts the other one out, unless that one alone is measured to meet the bar.
fn apply_preferences(
    study: &Study,
    builts: &[Built],
    facts: Option<ReferenceFacts>,
    assessments: &mut [Assessment],
) {
    let standing: Vec<(StrategyId, bool, bool)> = assessments
        .iter()
        .map(|assessment| (assessment.id, assessment.survives(), assessment.quality.meets()))
        .collect();
    for (built, assessment) in builts.iter().zip(assessments.iter_mut()) {
        let subject = subject(study, built, facts);
        for rule in rules::fired(rules::builtin(), &subject) {
            let rules::Effect::Prefers(preferred) = &rule.effect else { continue };
            let Some((_, survives, meets)) = standing.iter().find(|(id, ..)| id.key() == preferred) else { continue };
            let spared = assessment.quality.meets() && !meets;
            if *survives && !spared {
                assessment.out.push(rule.reason(&subject));
            }
        }
    }
}

/// Whether the comparison of two strategies includes the cost of wrong answers: only if both are known.
pub fn compares_errors(own: &CostModel, other: &CostModel) -> bool {
    own.errors_per_request.is_some() && other.errors_per_request.is_some()
}

fn add_break_evens(study: &Study, builts: &[Built], reference: Option<&Built>, assessments: &mut [Assessment]) {
    let Some((reference, its)) = reference.and_then(|built| Some((built, built.model.as_ref().ok()?))) else { return };
    let curves = [Curve::new(its, &study.months, false), Curve::new(its, &study.months, true)];
    for (built, assessment) in builts.iter().zip(assessments.iter_mut()) {
        let Ok(model) = &built.model else { continue };
        if built.strategy.id == reference.strategy.id {
            continue;
        }
        let with_errors = compares_errors(model, its);
        let own = Curve::new(model, &study.months, with_errors);
        let other = &curves[usize::from(with_errors)];
        let today = study.inputs.work.requests_per_month;
        assessment.break_even = Some(break_even(&own, other, reference.strategy.id, today, &study.months));
    }
}

/// For every cheaper strategy without known quality: the extra wrong answers at which its saving is gone.
fn add_price_of_quality(
    inputs: &Inputs,
    holder: Option<StrategyId>,
    discounted_requests: f64,
    assessments: &mut [Assessment],
) {
    let holder_tco = holder
        .and_then(|id| assessments.iter().find(|assessment| assessment.id == id))
        .and_then(Assessment::tco);
    let Some(holder_tco) = holder_tco else { return };
    for assessment in assessments.iter_mut().filter(|assessment| assessment.quality.share().is_none()) {
        let Ok(cost) = &mut assessment.cost else { continue };
        let saving_per_request = (holder_tco - cost.tco) / discounted_requests;
        if saving_per_request > 0.0 {
            let extra_error_share = inputs.quality.cost_per_error.filter(|usd| *usd > 0.0).map(|usd| saving_per_request / usd);
            cost.price_of_quality = Some(PriceOfQuality { saving_per_request, extra_error_share });
        }
    }
}

/// Money spent on a trial before its quality is known (method §11).
///
/// Labels + experiments + half the build of its own parts + one re-evaluation; nothing that the holder has already.
pub fn pilot_cost(study: &Study, built: &Built, holder: Option<StrategyId>) -> f64 {
    let inputs = study.inputs;
    let rate = inputs.team.hourly_rate;
    let existing = holder.map_or_else(Vec::new, |id| parts_of(id.strategy(), study.workload.retrieval));
    let own = built.parts.iter().filter(|part| !existing.contains(part));
    let build: f64 = own.clone().map(|part| part.build_hours(inputs)).sum();
    let runs: f64 = own.map(|part| part.run_hours(inputs)).sum::<f64>() * inputs.team.experiments;
    let labels = labels_missing(built.strategy, inputs) * label_price(inputs, &study.workload);
    let first_month = built.model.as_ref().ok().and_then(|model| {
        let variant = model.chosen(&study.months, inputs.work.requests_per_month)?;
        variant.fixed.first().map(|lines| lines.get(Line::TrainingCompute))
    });
    labels + first_month.unwrap_or(0.0) + (build / 2.0 + runs + inputs.team.re_evaluation) * rate
}
