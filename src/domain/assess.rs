//! From inputs to the whole answer: screen, cost, break-even and decision, strategy by strategy.

mod figures;
mod subject;

pub use figures::{OverVolume, Priced, compares_errors, pilot_cost_lines};
pub use subject::{subject, tier};

use super::advice;
use super::breakeven::break_even;
use super::case::Case;
use super::cost::{Built, Curve, Line, SharedHardware, Study, Unpriced};
use super::evaluation::{Assessment, Evaluation, PriceOfQuality};
use super::input::Inputs;
use super::rules::{self, CostFacts, Effect, ReferenceFacts, Rule, Subject};
use super::strategy::{Exclusion, Strategy, StrategyId};

/// How much of the answer to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Full,
    /// The decision only: no break-evens, no hardware to show, and no words beside the verdict.
    Decision,
}

/// Compute the whole answer for these inputs. Pure and deterministic; a few milliseconds.
pub fn evaluate(case: &Case) -> Evaluation {
    evaluate_to(case, Depth::Full)
}

/// The same without the chain of the decision and the plan.
///
/// A page shows those below the answer: their code need not arrive with it, so nothing here may reach it.
pub fn answer(case: &Case) -> Evaluation {
    evaluate_study(&Study::new(case), (Depth::Full, None))
}

/// Compute the answer to the given depth.
pub fn evaluate_to(case: &Case, depth: Depth) -> Evaluation {
    // For the volumes that the plan tries.
    let known = SharedHardware::default();
    let (study, reasons) = match depth {
        Depth::Full => (Study::new(case).sharing(Some(&known)), Some(advice::reasons as advice::Reasons)),
        Depth::Decision => (Study::unexplained(case), None),
    };
    evaluate_study(&study, (depth, reasons))
}

/// What is known of GPUs once these inputs are decided.
pub fn known_hardware(case: &Case) -> SharedHardware {
    let known = SharedHardware::default();
    decide_sharing(case, Some(&known));
    known
}

/// Compute the decision for inputs that ask the same of GPUs as others, of which that much is known.
///
/// What `shared` does not hold yet is found and kept there: [`SharedHardware::outlives`] says when that is right.
pub fn decide_sharing(case: &Case, shared: Option<&SharedHardware>) -> Evaluation {
    let study = Study::unexplained(case).sharing(shared);
    evaluate_study(&study, (Depth::Decision, None))
}

fn evaluate_study(study: &Study, (depth, reasons): (Depth, Option<advice::Reasons>)) -> Evaluation {
    let inputs = study.inputs;
    let reference = find_reference(study);
    let (builts, place) = build_all(study, reference);
    let priced: Vec<Option<Priced>> = builts.iter().map(|built| Priced::of(study, built)).collect();
    let its = place.and_then(|place| priced.get(place)).and_then(Option::as_ref);
    let reference = place.and_then(|place| builts.get(place));
    let facts = reference.map(|reference| reference_facts(study, reference, its));
    let mut assessments = assess_all(study, &builts, &priced, its, facts, depth);
    if let (Some(its), Some(facts), Depth::Full) = (its, facts, depth) {
        add_break_evens(study, &priced, (facts.id, its), &mut assessments);
    }
    // From here on by rung, so that no sentence depends on the order of the table.
    assessments.sort_by_key(|assessment| (assessment.rung, assessment.id));
    let discounted_requests = inputs.work.requests_per_month * study.months.discounted_volume;
    let advice = advice::decide(study, &builts, facts, &assessments, (depth, reasons));
    let holder = advice.use_now.or(advice.reference);
    add_price_of_quality(inputs, holder, discounted_requests, &mut assessments);
    if depth == Depth::Full {
        let line = |assessment: &Assessment| advice::why_not(assessment, &assessments, &advice, inputs);
        let lines: Vec<String> = assessments.iter().map(line).collect();
        for (assessment, line) in assessments.iter_mut().zip(lines) {
            assessment.why_not = line;
        }
    }
    Evaluation { strategies: assessments, advice, discounted_requests }
}

/// Total cost of ownership over volume, US dollars, for charts; `None` where a cost is unknown.
pub fn tco_over_volume(case: &Case, ids: &[StrategyId], volumes: &[f64]) -> Vec<Vec<Option<f64>>> {
    let study = Study::new(case);
    let (builts, _) = build_all(&study, find_reference(&study));
    let of = |id: &StrategyId| {
        let model =
            builts.iter().find(|built| built.strategy.id == *id).and_then(|built| built.model.as_ref().ok());
        let curve = model.map(|model| Curve::new(model, &study.months));
        volumes.iter().map(|volume| curve.as_ref().map(|curve| curve.at(*volume))).collect()
    };
    ids.iter().map(of).collect()
}

/// Every strategy built against the reference, in the order of the table, and the place of the reference.
fn build_all<'a>(study: &Study<'a>, reference: Option<Built<'a>>) -> (Vec<Built<'a>>, Option<usize>) {
    let holder = reference.as_ref().map(|reference| reference.strategy.id);
    let place = study.case.strategies.iter().position(|id| Some(*id) == holder);
    let mut builts: Vec<Built> = study
        .case
        .strategies
        .iter()
        .filter(|id| Some(**id) != holder)
        .map(|id| study.build(id.strategy(), reference.as_ref()))
        .collect();
    if let (Some(place), Some(reference)) = (place, reference) {
        builts.insert(place, reference);
    }
    (builts, place)
}

/// Rung of a strategy under these inputs: retrieval takes the first where the task needs it.
fn rung(strategy: &Strategy, retrieval: bool) -> u8 {
    match strategy.id {
        StrategyId::Rag if retrieval => 1,
        _ => strategy.rung,
    }
}

/// The lowest rung that the constraints allow, evidence disregarded; a tuned one only if no prompted one survives.
///
/// Where another one is preferred to it and survives too, that one is the reference.
fn find_reference<'a>(study: &Study<'a>) -> Option<Built<'a>> {
    let mut order: Vec<&'static Strategy> = study.case.strategies.iter().map(|id| id.strategy()).collect();
    order.sort_by_key(|strategy| {
        (!strategy.is_prompted(), rung(strategy, study.workload.retrieval), strategy.id)
    });
    let survivor = |strategy: &'static Strategy| {
        let built = study.build(strategy, None);
        let priced = Priced::of(study, &built);
        let subject = subject(study, &built, priced.as_ref(), None);
        let fired = rules::fired(&study.case.rules, &subject);
        let preferred = fired.iter().find_map(|rule| match &rule.effect {
            Effect::Prefers(key) => StrategyId::from_key(key),
            _ => None,
        });
        let survives = screen(&built, &subject, &fired).is_empty();
        survives.then_some((built, preferred))
    };
    let (first, preferred) = order.into_iter().find_map(survivor)?;
    let better = preferred.and_then(|id| survivor(id.strategy())).map(|(built, _)| built);
    Some(better.unwrap_or(first))
}

/// Why a strategy would be out if it stood alone, and what it would cost as far as that is known.
pub fn alone(case: &Case, id: StrategyId) -> (Vec<Exclusion>, Option<CostFacts>) {
    let study = Study::new(case);
    let built = study.build(id.strategy(), None);
    let priced = Priced::of(&study, &built);
    let subject = subject(&study, &built, priced.as_ref(), None);
    let fired = rules::fired(&case.rules, &subject);
    (screen(&built, &subject, &fired), subject.cost)
}

/// Why a strategy is out: excluded by a rule, or impossible.
fn screen(built: &Built, subject: &Subject, fired: &[&Rule]) -> Vec<Exclusion> {
    // A rule says it better than the arithmetic that follows from it, so rules come first.
    let excluding = fired.iter().filter(|rule| rule.effect == Effect::Excludes);
    let mut out: Vec<Exclusion> = excluding.map(|rule| rule.exclusion(subject)).collect();
    if let Err(Unpriced::Impossible(exclusion)) = &built.model {
        out.push(exclusion.clone());
    }
    out
}

fn reference_facts<'a>(study: &Study<'a>, reference: &Built<'a>, priced: Option<&Priced>) -> ReferenceFacts {
    let subject = subject(study, reference, priced, None);
    ReferenceFacts {
        id: reference.strategy.id,
        state: subject.state,
        fails: subject.clearly_fails,
        tokens_usd: priced.map(|priced| priced.ledger.by_line().get(Line::Tokens)),
        tier: tier(reference.strategy.id, study.case),
    }
}

fn assess_all<'a>(
    study: &Study<'a>,
    builts: &[Built<'a>],
    priced: &[Option<Priced>],
    its: Option<&Priced>,
    facts: Option<ReferenceFacts>,
    depth: Depth,
) -> Vec<Assessment> {
    let mut assessments = Vec::with_capacity(builts.len());
    let mut preferences: Vec<(usize, StrategyId, Exclusion)> = Vec::new();
    for (index, (built, priced)) in builts.iter().zip(priced).enumerate() {
        let subject = subject(study, built, priced.as_ref(), facts);
        let fired = rules::fired(&study.case.rules, &subject);
        for rule in &fired {
            if let Effect::Prefers(preferred) = &rule.effect
                && let Some(preferred) = StrategyId::from_key(preferred)
            {
                preferences.push((index, preferred, rule.exclusion(&subject)));
            }
        }
        let is_reference = facts.is_some_and(|facts| facts.id == built.strategy.id);
        let against = if is_reference { None } else { its };
        let cost = match (priced, &built.model) {
            (Some(priced), _) => Ok(priced.cost(study, built, against, &subject.state)),
            (None, Err(Unpriced::Unknown(reason))) => Err(reason.clone()),
            (None, Err(Unpriced::Impossible(exclusion))) => Err(exclusion.to_string()),
            (None, Ok(_)) => Err("nothing can serve it".to_owned()),
        };
        assessments.push(Assessment {
            id: built.strategy.id,
            name: name(study, built),
            rung: rung(built.strategy, study.workload.retrieval),
            out: screen(built, &subject, &fired),
            quality: subject.state,
            clearly_fails: subject.clearly_fails,
            hardware: match depth {
                Depth::Full => priced.as_ref().and_then(|priced| priced.hardware(study, built)),
                Depth::Decision => None,
            },
            lead_weeks: built.lead_weeks,
            hours_per_month: figures::hours_per_month(study, built),
            cost,
            break_even: None,
            findings: match depth {
                Depth::Full => fired.iter().map(|rule| rule.finding(&subject)).collect(),
                Depth::Decision => fired.iter().map(|rule| rule.bare_finding()).collect(),
            },
            why_not: String::new(),
        });
    }
    apply_preferences(preferences, &mut assessments);
    assessments
}

/// The strategy's name here: with retrieval where the task needs it, with the model that stands in for another.
fn name(study: &Study, built: &Built) -> String {
    let strategy = built.strategy;
    let mut name = strategy.name.to_owned();
    if strategy.id == StrategyId::OpenSelf && study.base_stands_in() {
        name = format!("{name} ({})", study.inputs.models.base_model);
    }
    if study.workload.retrieval && !matches!(strategy.id, StrategyId::Prompt | StrategyId::Rag) {
        name.push_str(" + retrieval");
    }
    name
}

/// A preferred strategy that survives puts the other one out, unless that one alone is measured to meet the bar.
fn apply_preferences(preferences: Vec<(usize, StrategyId, Exclusion)>, assessments: &mut [Assessment]) {
    let standing: Vec<(StrategyId, bool, bool)> = assessments
        .iter()
        .map(|assessment| (assessment.id, assessment.survives(), assessment.quality.meets()))
        .collect();
    for (index, preferred, exclusion) in preferences {
        let Some((_, survives, meets)) = standing.iter().find(|(id, ..)| *id == preferred) else { continue };
        let Some(assessment) = assessments.get_mut(index) else { continue };
        let spared = assessment.quality.meets() && !meets;
        if *survives && !spared {
            assessment.out.push(exclusion);
        }
    }
}

/// Break-evens of the survivors against the reference.
fn add_break_evens(
    study: &Study,
    priced: &[Option<Priced>],
    (against, its): (StrategyId, &Priced),
    assessments: &mut [Assessment],
) {
    let today = study.inputs.work.requests_per_month;
    for (priced, assessment) in priced.iter().zip(assessments.iter_mut()) {
        let Some(priced) = priced else { continue };
        if assessment.id != against && assessment.survives() {
            let errors = compares_errors(priced.curve.model, its.curve.model);
            assessment.break_even =
                Some(break_even(&priced.curve, &its.curve, against, errors, today, &study.months));
        }
    }
}

/// For every cheaper strategy without known quality: the extra wrong answers at which its saving is gone.
fn add_price_of_quality(
    inputs: &Inputs,
    holder: Option<StrategyId>,
    discounted_requests: f64,
    assessments: &mut [Assessment],
) {
    let holder = holder.and_then(|id| assessments.iter().find(|assessment| assessment.id == id));
    let Some(holder_tco) = holder.and_then(Assessment::tco) else { return };
    let cost_per_error = inputs.quality.cost_per_error.filter(|usd| *usd > 0.0);
    for assessment in assessments.iter_mut().filter(|assessment| assessment.quality.share().is_none()) {
        let Ok(cost) = &mut assessment.cost else { continue };
        let saving_per_request = (holder_tco - cost.tco) / discounted_requests;
        if saving_per_request > 0.0 {
            let extra_error_share = cost_per_error.map(|usd| saving_per_request / usd);
            cost.price_of_quality = Some(PriceOfQuality { saving_per_request, extra_error_share });
        }
    }
}
