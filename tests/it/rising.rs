//! What more of something costs: more requests, and longer calls to providers are never cheaper.

use tunewise::domain::cost::Curve;
use tunewise::domain::strategy::{Serving, StrategyId};
use tunewise::domain::workload::Months;

use crate::random;
use crate::support::decide;

#[test]
fn more_requests_never_cost_less_at_a_held_share_of_cache_hits() {
    let mut seen = 0;
    for seed in 0..400 {
        let mut case = random::case(seed * 11 + 3);
        // The share of hits grows with traffic, which is a saving of its own.
        case.inputs.data.cache_hit_share = 0.0;
        let decided = decide(&case);
        let months = Months::of(&case.inputs);
        for id in StrategyId::ALL {
            let Some(model) = decided.get(id).and_then(|one| one.model.as_deref()) else { continue };
            let curve = Curve::new(model, &months);
            let mut before: f64 = 0.0;
            for step in 0..30 {
                let volume = 10.0 * 1.8_f64.powi(step);
                let cost = curve.at(volume);
                assert!(
                    cost >= before - 1e-6 * before.abs() - 0.01,
                    "scenario {seed}: {} at {volume}: {cost} < {before}",
                    id.key()
                );
                before = cost;
                seen += 1;
            }
        }
    }
    assert!(seen > 20_000, "{seen}");
}

#[test]
fn longer_calls_to_providers_never_cost_less() {
    let mut seen = 0;
    for seed in 0..300 {
        let case = random::case(seed * 13 + 7);
        let before = decide(&case);
        for input in ["input_tokens", "output_tokens"] {
            let longer = case.edited(|inputs| match input {
                "input_tokens" => inputs.work.input_tokens *= 1.25,
                _ => inputs.work.output_tokens *= 1.25,
            });
            let after = decide(&longer);
            if after.choice.reference != before.choice.reference {
                continue;
            }
            // On GPUs longer answers leave more time between the prompts of others, and longer examples may call for
            // other training cards: a smaller or a quicker machine may do.
            let on_gpus = |id: &StrategyId| {
                matches!(id.strategy().serving, Serving::OwnGpus | Serving::TunedAtProvider)
            };
            for id in StrategyId::ALL.into_iter().filter(|id| !on_gpus(id)) {
                let cost =
                    |decided: &tunewise::domain::decide::Decided| decided.get(id).and_then(|one| one.tco());
                if let (Some(short), Some(long)) = (cost(&before), cost(&after)) {
                    assert!(
                        long >= short * (1.0 - 1e-9) - 0.01,
                        "scenario {seed}, {input}: {} {short} → {long}",
                        id.key()
                    );
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 1_000, "{seen}");
}
