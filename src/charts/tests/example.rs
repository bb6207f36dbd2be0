//! An evaluation made by hand, and curves of cost over volume to go with it.

use std::sync::Arc;

use crate::charts::{Crossover, Curve, VolumeCurves};
use crate::domain::answer::{
    Answer, Assessment, BudgetFigures, Choice, Cost, Decided, Grade, Verdict, VerdictConfidence,
};
use crate::domain::cost::{Ledger, Line, Lines};
use crate::domain::evidence::QualityState;
use crate::domain::input::Inputs;
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::domain::workload::Months;

/// A ledger that pays once, then the same amount each month.
pub(super) fn ledger(once: &[(Line, f64)], monthly: &[(Line, f64)], horizon: usize) -> Ledger {
    let lines = |amounts: &[(Line, f64)]| {
        let mut lines = Lines::default();
        for (line, usd) in amounts {
            lines.add(*line, *usd);
        }
        lines
    };
    let mut months = vec![lines(once)];
    months.extend((0..horizon).map(|_| lines(monthly)));
    Ledger {
        occasional: vec![Lines::default(); months.len()],
        capital: vec![0.0; months.len()],
        discount: vec![1.0; months.len()],
        months,
    }
}

pub(super) fn assessment(id: StrategyId, ledger: Ledger) -> Assessment {
    let errors = ledger.by_line().get(Line::Errors);
    let tco = ledger.tco() - errors;
    let cost = Cost {
        undiscounted: ledger.undiscounted(),
        ledger,
        tco,
        errors: (errors > 0.0).then_some(errors),
        tco_band: (tco, tco),
        per_request: 0.01,
        marginal_per_request: 0.01,
        per_million_tokens: 1.0,
        per_accepted: None,
        payback_month: None,
        monthly_now: 1.0,
        monthly_at_horizon: 1.0,
        upfront: 1.0,
        budget: BudgetFigures::default(),
        price_of_quality: None,
    };
    Assessment {
        id,
        name: id.strategy().name.to_owned(),
        rung: id.strategy().rung,
        out: Vec::new(),
        quality: QualityState::Untested,
        clearly_fails: false,
        cost: Ok(cost),
        range: None,
        swings: Vec::new(),
        deciding: None,
        hardware: None,
        payments: Vec::new(),
        rows: Vec::new(),
        lead_weeks: 2.0,
        hours_per_month: 4.0,
        break_even: None,
        fired: Vec::new(),
        model: None,
    }
}

pub(super) fn evaluation(
    assessments: Vec<Assessment>,
    use_now: Option<StrategyId>,
    rival: Option<StrategyId>,
) -> Answer {
    let reference = assessments.first().map(|one| one.id);
    let decided = Decided {
        assessments,
        choice: Choice { reference, use_now, rival, ..Choice::default() },
        pilots: Vec::new(),
        declined: Vec::new(),
        discounted_requests: 1e6,
        requests_per_month: 60_000.0,
        months: Arc::new(Months::of(&Inputs::default())),
    };
    Answer {
        decided,
        verdict: Verdict { headline: String::new(), lede: Vec::new(), short: String::new() },
        confidence: VerdictConfidence { grade: Grade::Low, because: String::new(), reasons: Vec::new() },
        explanations: Vec::new(),
        pilots: Vec::new(),
        crossings: Vec::new(),
        relaxations: Vec::new(),
        trace: Vec::new(),
        plan: Vec::new(),
    }
}

/// Prompting against tuning, a retrieval variant, an excluded strategy, a giant, and one without a cost.
pub(super) fn example() -> Answer {
    let prompt =
        ledger(&[(Line::PeopleBuild, 8_000.0)], &[(Line::Tokens, 900.0), (Line::PeopleRun, 400.0)], 24);
    let lora = ledger(
        &[
            (Line::Labels, 6_000.0),
            (Line::TrainingCompute, 700.0),
            (Line::PeopleBuild, 30_000.0),
            (Line::Evaluation, 3_000.0),
        ],
        &[(Line::ServingCompute, 500.0), (Line::PeopleRun, 300.0)],
        24,
    );
    let rag =
        ledger(&[(Line::PeopleBuild, 20_000.0)], &[(Line::Tokens, 1_300.0), (Line::Retrieval, 120.0)], 24);
    let full =
        ledger(&[(Line::Labels, 90_000.0)], &[(Line::ServingCompute, 900.0), (Line::Errors, 200.0)], 24);
    let custom = ledger(&[(Line::TrainingCompute, 2e6)], &[(Line::ServingCompute, 9_000.0)], 24);
    let mut excluded = assessment(StrategyId::Full, full);
    excluded.out.push(Exclusion::NoCountAllowed);
    let mut unknown = assessment(StrategyId::HostedTune, ledger(&[], &[], 24));
    unknown.cost = Err("no price".to_owned());
    evaluation(
        vec![
            assessment(StrategyId::Prompt, prompt),
            assessment(StrategyId::Rag, rag),
            unknown,
            assessment(StrategyId::Lora, lora),
            excluded,
            assessment(StrategyId::Custom, custom),
        ],
        Some(StrategyId::Prompt),
        Some(StrategyId::Lora),
    )
}

/// Cost of 1,000 requests: tuning crosses prompting where the caller says.
pub(super) fn curves(crossings: &[f64]) -> VolumeCurves {
    let mut volumes: Vec<f64> = (0..=48).map(|step| 6_000.0 * libm::exp10(f64::from(step) / 24.0)).collect();
    volumes[48] = 600_000.0;
    volumes.push(60_000.0);
    volumes.extend(crossings);
    volumes.sort_by(f64::total_cmp);
    volumes.dedup();
    let prompt = |volume: f64| 3.45 + 566_667.0 / volume;
    let curve = |id, cost: fn(f64) -> f64| Curve {
        id,
        costs: volumes.iter().map(|volume| Some(cost(*volume))).collect(),
    };
    let crossover = |volume: &f64| Crossover {
        id: StrategyId::Lora,
        volume: *volume,
        said: *volume,
        cost: prompt(*volume),
        cheaper_above: true,
    };
    VolumeCurves {
        range: (6_000.0, 600_000.0),
        listed: vec![6_000.0, 60_000.0, 600_000.0],
        curves: vec![
            curve(StrategyId::Prompt, |volume| 3.45 + 566_667.0 / volume),
            curve(StrategyId::Lora, |volume| 4.45 + 1_000_000.0 / volume),
            curve(StrategyId::Rag, |volume| 5.0 + 700_000.0 / volume),
            curve(StrategyId::Custom, |volume| 60.0 + 9_000_000.0 / volume),
        ],
        crossovers: crossings.iter().map(crossover).collect(),
        volumes,
    }
}
