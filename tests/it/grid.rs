//! Two thousand scenarios over all inputs: whatever is asked, the answer is whole, finite and consistent.

use crate::support::evaluate;
use std::ops::Range;
use std::sync::OnceLock;
use std::thread;

use tunewise::codec::{Headline, decode, encode};
use tunewise::domain::answer::{Answer, Assessment, Cost};
use tunewise::domain::cost::{BreakEven, VOLUME_RANGE};
use tunewise::domain::cost::{Ledger, Line};
use tunewise::domain::effort::in_use;
use tunewise::domain::evidence::QualityState;
use tunewise::domain::input::Inputs;
use tunewise::domain::strategy::StrategyId;

use crate::random::{inputs, scenario};

/// Scenarios of the grid.
const SCENARIOS: u64 = 2_000;

/// The inputs and the answer of every scenario of the grid, computed once for all tests.
pub fn grid() -> &'static [(Inputs, Answer)] {
    static GRID: OnceLock<Vec<(Inputs, Answer)>> = OnceLock::new();
    GRID.get_or_init(|| {
        let part = |seeds: Range<u64>| -> Vec<_> {
            let answered = |inputs: Inputs| (inputs.clone(), evaluate(&inputs));
            seeds.map(inputs).map(answered).collect()
        };
        thread::scope(|scope| {
            let second = scope.spawn(|| part(SCENARIOS / 2..SCENARIOS));
            let mut all = part(0..SCENARIOS / 2);
            all.extend(second.join().unwrap());
            all
        })
    })
}

/// Run a check over the whole grid; the seed tells which scenario fails.
fn over_the_grid(check: impl Fn(u64, &Inputs, &Answer)) {
    assert_eq!(grid().len(), usize::try_from(SCENARIOS).unwrap());
    for (seed, (inputs, evaluation)) in (0..).zip(grid()) {
        check(seed, inputs, evaluation);
    }
}

#[track_caller]
fn finite(seed: u64, what: &str, figures: &[f64]) {
    assert!(figures.iter().all(|figure| figure.is_finite()), "scenario {seed}, {what}: {figures:?}");
}

fn check_ledger(seed: u64, key: &str, ledger: &Ledger) {
    for (month, lines) in ledger.months.iter().enumerate() {
        for line in Line::ALL {
            let usd = lines.get(line);
            assert!(
                usd.is_finite() && usd >= -1e-9,
                "scenario {seed}, {key}, month {month}, {line:?}: {usd}"
            );
        }
    }
    finite(seed, key, &ledger.discount);
    assert_eq!(ledger.months.len(), ledger.discount.len());
}

fn check_cost(seed: u64, key: &str, cost: &Cost) {
    check_ledger(seed, key, &cost.ledger);
    let (cheap, dear) = cost.tco_band;
    finite(
        seed,
        key,
        &[
            cost.tco,
            cheap,
            dear,
            cost.undiscounted,
            cost.per_request,
            cost.marginal_per_request,
            cost.per_million_tokens,
            cost.monthly_now,
            cost.monthly_at_horizon,
            cost.upfront,
        ],
    );
    let optional =
        [cost.errors, cost.per_accepted, cost.price_of_quality.map(|price| price.saving_per_request)];
    finite(seed, key, &optional.into_iter().flatten().collect::<Vec<_>>());
    let extra = cost.price_of_quality.and_then(|price| price.extra_error_share);
    finite(seed, key, &extra.into_iter().collect::<Vec<_>>());
    // The total is what is left when wrong answers are taken out again, so it is as exact as both together.
    let slack = 1e-9 * cost.ledger.tco().max(1.0);
    assert!(
        cheap <= cost.tco + slack && cost.tco <= dear + slack,
        "scenario {seed}, {key}: {cheap} {} {dear}",
        cost.tco
    );
    let errors = cost.errors.unwrap_or(0.0);
    let sum = cost.ledger.tco() - errors;
    assert!(
        (sum - cost.tco).abs() <= 1e-9 * cost.ledger.tco().max(1.0),
        "scenario {seed}, {key}: {sum} {}",
        cost.tco
    );
    assert!(
        cost.payback_month.is_none_or(|month| month < cost.ledger.months.len()),
        "scenario {seed}, {key}"
    );
}

fn check_break_even(seed: u64, key: &str, found: &BreakEven) {
    let mut before = 0.0;
    for crossing in &found.crossings {
        let volume = crossing.volume;
        assert!(volume >= VOLUME_RANGE.0 && volume <= VOLUME_RANGE.1, "scenario {seed}, {key}: {volume}");
        assert!(volume > before, "scenario {seed}, {key}: crossings rise: {found:?}");
        before = volume;
    }
    if found.alternates.is_none() {
        let mut cheaper = found.cheaper_at_start;
        for crossing in &found.crossings {
            assert_ne!(crossing.cheaper_above, cheaper, "scenario {seed}, {key}: {found:?}");
            cheaper = crossing.cheaper_above;
        }
    }
}

fn check_assessment(seed: u64, assessment: &Assessment, least_rent: f64) {
    let key = assessment.id.key();
    finite(seed, key, &[assessment.lead_weeks, assessment.hours_per_month]);
    match &assessment.cost {
        Ok(cost) => check_cost(seed, key, cost),
        Err(reason) => assert!(!reason.is_empty(), "scenario {seed}, {key}: unknown for no reason"),
    }
    if let Some(hardware) = &assessment.hardware {
        let (low, speed, high) = hardware.tokens_per_second;
        let (first, last) = hardware.peak_replicas;
        finite(seed, key, &[low, speed, high, first, last, hardware.utilisation]);
        assert!(0.0 < low && low <= speed && speed <= high, "scenario {seed}, {key}");
        for (few, likely, many) in [hardware.peak_gpus, hardware.peak_gpus_at_horizon] {
            finite(seed, key, &[few, likely, many]);
            assert!(few <= likely && likely <= many, "scenario {seed}, {key}: {few} {likely} {many}");
        }
        assert!((0.0..=1.0).contains(&hardware.utilisation), "scenario {seed}, {key}");
        assert!(
            hardware.usd_per_gpu_hour.is_none_or(|usd| usd >= least_rent),
            "scenario {seed}, {key}: free GPUs"
        );
    }
    if let Some(found) = &assessment.break_even {
        check_break_even(seed, key, found);
    }
    for reason in &assessment.out {
        check_words(seed, &reason.to_string());
    }
}

/// Words for people: there, filled in, and with numbers that are numbers.
#[track_caller]
fn check_words(seed: u64, text: &str) {
    assert!(!text.trim().is_empty(), "scenario {seed}: no words");
    for bad in ["NaN", "inf ", "$inf", "{", "}", "Some(", "(None", "None)"] {
        assert!(!text.contains(bad), "scenario {seed}: “{text}” has {bad}");
    }
}

/// Every figure of an answer is finite and in its range, every sentence is whole; no GPU-hour costs less than `least_rent`.
pub fn check_answer(seed: u64, evaluation: &Answer, least_rent: f64) {
    assert_eq!(evaluation.decided.assessments.len(), StrategyId::ALL.len());
    assert!(evaluation.decided.assessments.windows(2).all(|pair| pair[0].rung <= pair[1].rung));
    finite(seed, "discounted requests", &[evaluation.decided.discounted_requests]);
    for assessment in &evaluation.decided.assessments {
        check_assessment(seed, assessment, least_rent);
    }
    assert_eq!(evaluation.explanations.len(), StrategyId::ALL.len());
    for (assessment, told) in evaluation.strategies() {
        assert_eq!((assessment.id, assessment.fired.len()), (told.id, told.findings.len()));
        assert_eq!(assessment.cost.is_ok(), !told.derivations.is_empty(), "scenario {seed}, {:?}", told.id);
        check_words(seed, &told.in_full());
        told.findings.iter().for_each(|finding| check_words(seed, &finding.text));
    }
    for (pilot, told) in evaluation.pilots() {
        finite(
            seed,
            "pilot",
            &[pilot.cost, pilot.saving.unwrap_or(0.0), pilot.break_even_chance.unwrap_or(0.0)],
        );
        assert!(
            pilot.cost >= 0.0 && pilot.break_even_chance.is_none_or(|chance| (0.0..=1.0).contains(&chance))
        );
        for text in
            [&told.name, &told.takes, &told.gives, &told.if_passed, &told.if_failed, &told.chance_note]
        {
            check_words(seed, text);
        }
    }
    let advice = &evaluation;
    check_words(seed, &advice.verdict.headline);
    check_words(seed, &advice.verdict.short);
    check_words(seed, &advice.verdict.lede.iter().map(|span| span.text.as_str()).collect::<String>());
    for step in &advice.trace {
        check_words(seed, &step.summary);
        if !step.text.is_empty() {
            check_words(seed, &step.text);
        }
        step.compared.iter().for_each(|(_, found)| check_words(seed, found));
    }
    advice.plan.iter().for_each(|step| check_words(seed, &step.text));
}

#[test]
fn every_figure_of_every_scenario_is_finite_and_nothing_panics() {
    over_the_grid(|seed, _, evaluation| check_answer(seed, evaluation, f64::MIN_POSITIVE));
}

#[test]
fn every_scenario_ends_with_a_recommendation_a_trial_or_a_stated_reason() {
    over_the_grid(|seed, inputs, evaluation| {
        let advice = &evaluation;
        let survivors: Vec<&Assessment> =
            evaluation.decided.assessments.iter().filter(|found| found.survives()).collect();
        match (advice.decided.choice.use_now, advice.decided.choice.reference) {
            (Some(id), Some(reference)) => {
                let holder = evaluation.get(id).unwrap();
                assert!(holder.survives(), "scenario {seed}: {} is used and out: {:?}", id.key(), holder.out);
                // Only the reference and what is in use today are used without proof, and never on a clear failure.
                if id == reference || in_use(inputs) == Some(id) {
                    assert!(!holder.clearly_fails, "scenario {seed}: {} fails", id.key());
                } else {
                    assert!(holder.quality.is_accepted(), "scenario {seed}: {} is not proven", id.key());
                    assert!(holder.cost.is_ok(), "scenario {seed}: {} has no known cost", id.key());
                    let late = inputs.constraints.launch_weeks.is_some_and(|weeks| holder.lead_weeks > weeks);
                    assert!(!late, "scenario {seed}: {} is not ready by the launch", id.key());
                }
            }
            (None, Some(reference)) => {
                let failed = evaluation.get(reference).unwrap();
                assert!(failed.clearly_fails, "scenario {seed}: the reference holds and is not used");
                let proven =
                    survivors.iter().filter(|found| found.quality.is_accepted() && found.cost.is_ok());
                let ready = |found: &&&Assessment| {
                    inputs.constraints.launch_weeks.is_none_or(|weeks| found.lead_weeks <= weeks)
                };
                assert_eq!(proven.filter(ready).count(), 0, "scenario {seed}: something proven is not used");
            }
            (None, None) => {
                // Quality is disregarded when the reference is sought, so a failure alone never empties the list.
                assert!(
                    !advice.relaxations.is_empty(),
                    "scenario {seed}: nothing fits, and nothing is said to relax"
                );
            }
            (Some(_), None) => panic!("scenario {seed}: used without a reference"),
        }
        for found in evaluation.decided.assessments.iter().filter(|found| !found.survives()) {
            assert!(found.out.iter().all(|reason| !reason.rule().is_empty()), "scenario {seed}");
        }
    });
}

#[test]
fn every_trial_is_of_a_survivor_whose_cost_is_known_and_whose_quality_is_open() {
    over_the_grid(|seed, inputs, evaluation| {
        let advice = &evaluation;
        for (pilot, told) in advice.pilots() {
            let tried = evaluation.get(pilot.strategy).unwrap();
            // The stronger API model is prompted in the place of the reference that fails.
            let stronger = advice.decided.choice.use_now.is_none()
                && Some(pilot.strategy) == advice.decided.choice.reference;
            if stronger {
                assert_ne!(told.name, tried.name, "scenario {seed}: it names the other model");
                continue;
            }
            assert!(tried.survives() && tried.cost.is_ok(), "scenario {seed}: {}", pilot.strategy.key());
            let late = inputs.constraints.launch_weeks.is_some_and(|weeks| tried.lead_weeks > weeks);
            let open =
                !matches!(tried.quality, QualityState::Fails(_)) && (!tried.quality.is_accepted() || late);
            assert!(open, "scenario {seed}: {} is {:?}", pilot.strategy.key(), tried.quality);
            if let (Some(chance), Some(saving)) = (pilot.break_even_chance, pilot.saving) {
                assert!(chance <= inputs.economics.pilot_threshold + 1e-12, "scenario {seed}");
                assert!(
                    (chance * (saving + pilot.cost) - pilot.cost).abs() <= 1e-6 * (1.0 + pilot.cost),
                    "scenario {seed}"
                );
            }
        }
    });
}

#[test]
fn the_same_link_gives_the_same_numbers_for_any_scenario() {
    for seed in (0..SCENARIOS).step_by(13) {
        let scenario = scenario(seed);
        let evaluation = &grid()[usize::try_from(seed).unwrap()].1;
        let headline =
            Headline { strategy: None, verdict: evaluation.verdict.headline.clone(), tco_usd: None };
        let read = decode(&encode(&scenario, &headline)).unwrap();
        assert_eq!(read.scenario, scenario, "scenario {seed}");
        assert_eq!(evaluate(&read.scenario.case().unwrap()), *evaluation, "scenario {seed}");
    }
}

#[test]
fn the_grid_reaches_every_verdict_that_matters() {
    // A grid that only ever says “prompt” would prove little.
    let mut used = std::collections::BTreeSet::new();
    let (mut nothing_fits, mut nothing_proven, mut pilots) = (0, 0, 0);
    for (_, evaluation) in grid() {
        let advice = &evaluation;
        match (advice.decided.choice.use_now, advice.decided.choice.reference) {
            (Some(id), _) => {
                used.insert(id.key());
            }
            (None, Some(_)) => nothing_proven += 1,
            (None, None) => nothing_fits += 1,
        }
        pilots += usize::from(!advice.decided.pilots.is_empty());
    }
    assert!(used.len() >= 10, "{used:?}");
    assert!(
        nothing_fits > 50 && nothing_proven > 40 && pilots > 100,
        "{nothing_fits} {nothing_proven} {pilots}"
    );
}
