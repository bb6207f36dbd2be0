//! Shapes of price: service tiers, each worked out by hand to the cent.

use serde_json::{Value, json};
use tunewise::domain::catalog::{ApiKind, Catalog};
use tunewise::domain::cost::Line;
use tunewise::domain::input::ServiceTier;
use tunewise::domain::strategy::StrategyId;

use super::bills::{answered, case_of, token_bill, with};
use crate::support::{evaluate, explained, of, to_the_cent};

/// A model with every service tier: a call of 1,000 tokens in and 200 out costs (1,000 · 2 + 200 · 10) / 10⁶ = $0.004.
fn tiered(answers: &Value) -> Value {
    let scenario = json!({
        "answers": {
            "start": "2026-12", "horizon": 1, "growth_per_month": 0, "retry_share": 0, "discount_rate": 0,
            "api_model": "own-model", "requests_per_month": 100_000, "prefix_tokens": 0, "input_tokens": 1_000,
            "output_tokens": 200,
        },
        "rows": [{"table": "api_models", "set": {
            "model_id": "own-model", "provider": "own", "kind": "chat", "tier_class": "mid",
            "input_usd_per_m": 2, "output_usd_per_m": 10, "batch_discount": 0.5, "flex_multiplier": 0.4,
            "priority_multiplier": 1.75,
        }}],
    });
    with(&scenario, answers)
}

#[test]
fn each_service_tier_costs_what_it_does_by_hand() {
    // 75,000 calls cannot wait, 25,000 can: 300 + 100 at the list price.
    let bill = |tier: &str| token_bill(&tiered(&json!({"deferrable_share": 0.25, "service_tier": tier})));
    to_the_cent("the cheapest", bill("automatic"), 300.0 + 0.4 * 100.0);
    to_the_cent("standard", bill("standard"), 300.0 + 100.0);
    to_the_cent("batch", bill("batch"), 300.0 + 0.5 * 100.0);
    to_the_cent("flex", bill("flex"), 300.0 + 0.4 * 100.0);
    to_the_cent("priority", bill("priority"), 1.75 * 300.0 + 0.4 * 100.0);
}

#[test]
fn calls_that_cannot_wait_never_take_flex() {
    for tier in ["automatic", "flex", "batch"] {
        to_the_cent(tier, token_bill(&tiered(&json!({"service_tier": tier}))), 400.0);
    }
}

#[test]
fn a_model_without_the_tier_bills_the_standard_one_and_says_so() {
    let mut scenario = tiered(&json!({"deferrable_share": 0.25, "service_tier": "priority"}));
    scenario["rows"][0]["set"]["priority_multiplier"] = json!("");
    let answer = answered(&scenario);
    to_the_cent("no priority", token_bill(&scenario), 300.0 + 40.0);
    let told = &explained(&answer, StrategyId::Prompt).derivations;
    let tokens = told.iter().find(|it| it.line == Line::Tokens).unwrap();
    assert!(tokens.text.contains("with no priority price listed for this model"), "{}", tokens.text);
    let paid = &of(&answer, StrategyId::Prompt).payments;
    assert_eq!((paid[0].model.as_str(), paid[0].ways.unwrap().waiting.served.word()), ("own-model", "flex"));
}

#[test]
fn a_measured_split_is_billed_in_the_tiers_too() {
    let split = json!({
        "split_plain_tokens": 1_000, "split_output_tokens": 200, "deferrable_share": 0.25,
        "service_tier": "priority",
    });
    to_the_cent("priority", token_bill(&tiered(&split)), 1.75 * 300.0 + 40.0);
}

#[test]
fn a_tier_that_is_asked_for_never_costs_less_than_the_cheapest_that_calls_may_take() {
    // Standard for all is not among them: without its cache a batch may cost more, and calls take it all the same.
    for row in Catalog::builtin().api_models.iter().filter(|row| row.kind == ApiKind::Chat) {
        for waiting in [0.0, 0.4, 1.0] {
            let total = |tier: ServiceTier| {
                let mut case =
                    case_of(&tiered(&json!({"deferrable_share": waiting, "prefix_tokens": 3_000})));
                row.model_id.clone_into(&mut case.inputs.models.api_model);
                case.inputs.models.service_tier = tier;
                of(&evaluate(&case), StrategyId::Prompt).tco()
            };
            let cheapest = total(ServiceTier::Automatic);
            for tier in [ServiceTier::Batch, ServiceTier::Flex, ServiceTier::Priority] {
                assert!(cheapest <= total(tier), "{} {waiting}: {}", row.model_id, tier.id());
            }
        }
    }
}
