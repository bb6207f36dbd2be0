//! Shapes of price: service tiers, provisioned throughput and seats, each worked out by hand to the cent.

use serde_json::{Value, json};
use tunewise::domain::catalog::{ApiKind, Catalog};
use tunewise::domain::cost::{Line, PaidBy};
use tunewise::domain::input::ServiceTier;
use tunewise::domain::strategy::StrategyId;

use super::bills::{answered, case_of, token_bill, with};
use crate::support::{evaluate, explained, in_month, of, to_the_cent};

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
            let sold = [
                (ServiceTier::Batch, row.batch_discount.is_some()),
                (ServiceTier::Flex, row.flex_multiplier.is_some()),
                (ServiceTier::Priority, true),
            ];
            for (tier, _) in sold.into_iter().filter(|(_, is_sold)| *is_sold) {
                assert!(cheapest <= total(tier), "{} {waiting}: {}", row.model_id, tier.id());
            }
        }
    }
}

/// A model with units of throughput: $2 an hour for 60,000 tokens a minute, of which output takes four times as many.
fn with_units(answers: &Value, more: &Value) -> Value {
    let mut scenario = tiered(&json!({"requests_per_month": 10_000_000, "shape": "flat", "burst": 1.5}));
    let units = json!({
        "provisioned_usd_per_unit_hour": 2, "provisioned_tokens_per_minute": 60_000, "provisioned_output_weight": 4,
        "provisioned_min_units": 5,
    });
    set(&mut scenario, &units);
    set(&mut scenario, more);
    with(&scenario, answers)
}

/// Fill in cells of the scenario's own row.
fn set(scenario: &mut Value, cells: &Value) {
    let row = scenario["rows"][0]["set"].as_object_mut().unwrap();
    row.extend(cells.as_object().unwrap().clone());
}

/// What a month costs by line: tokens, and what is paid by time.
fn lines(scenario: &Value, month: usize) -> (f64, f64) {
    let answer = answered(scenario);
    let ledger = &of(&answer, StrategyId::Prompt).cost.as_ref().unwrap().ledger;
    (in_month(ledger, month, Line::Tokens), in_month(ledger, month, Line::ServingCompute))
}

fn paid_by(scenario: &Value) -> PaidBy {
    of(&answered(scenario), StrategyId::Prompt).payments[0].paid_by
}

/// Checks both lines of month 1.
fn costs(what: &str, scenario: &Value, tokens: f64, by_time: f64) {
    let paid = lines(scenario, 1);
    to_the_cent(what, paid.0, tokens);
    to_the_cent(what, paid.1, by_time);
}

#[test]
fn provisioned_throughput_costs_the_units_that_the_busiest_hour_takes() {
    // A call counts 1,000 + 4 · 200 = 1,800 tokens, so a unit takes 60,000 / 1,800 = 33.3 calls a minute. The busiest
    // minutes bring 10,000,000 / 730.5 / 60 · 1.5 = 342.2 of them: 11 units. Per token it is $40,000.
    costs("11 units", &with_units(&json!({}), &json!({})), 0.0, 11.0 * 2.0 * 730.5);
    // Few requests take the fewest units that are sold, where per token is asked to be left.
    let few = json!({"requests_per_month": 1_000_000, "api_payment": "provisioned"});
    costs("the fewest", &with_units(&few, &json!({})), 0.0, 5.0 * 2.0 * 730.5);
    let few = json!({"requests_per_month": 1_000_000});
    costs("the cheaper", &with_units(&few, &json!({})), 4_000.0, 0.0);
    assert_eq!(paid_by(&with_units(&few, &json!({}))), PaidBy::Tokens);
    let per_token = json!({"api_payment": "tokens"});
    costs("as asked for", &with_units(&per_token, &json!({})), 40_000.0, 0.0);
}

#[test]
fn committed_units_stay_through_the_quiet_months_of_their_term() {
    // Traffic falls by a fifth each month.
    let falling = json!({"horizon": 12, "growth_per_month": -0.2, "api_payment": "provisioned"});
    let free = json!({"provisioned_min_units": 1});
    let committed = json!({"provisioned_min_units": 1, "provisioned_commitment_months": 3});
    let units = |scenario: &Value, month| (lines(scenario, month).1 / (2.0 * 730.5)).round();
    let (free, committed) = (with_units(&falling, &free), with_units(&falling, &committed));
    // 10.27 · 0.8^(m − 1), rounded up.
    let of_free: Vec<f64> = (1..=6).map(|month| units(&free, month)).collect();
    assert_eq!(of_free, [11.0, 9.0, 7.0, 6.0, 5.0, 4.0]);
    let of_committed: Vec<f64> = (1..=6).map(|month| units(&committed, month)).collect();
    assert_eq!(of_committed, [11.0, 11.0, 11.0, 6.0, 6.0, 6.0]);
    // What outlasts the horizon is no way to pay.
    let longer =
        with_units(&json!({"api_payment": "provisioned"}), &json!({"provisioned_commitment_months": 2}));
    assert_eq!(paid_by(&longer), PaidBy::Tokens);
}

/// A model that is sold by the seat: $30 a month with 500 requests. A request of 100,000 tokens in and 20,000 out costs
/// (100,000 · 2 + 20,000 · 10) / 10⁶ = $0.40.
fn with_seats(answers: &Value, beyond: &str) -> Value {
    let long = json!({
        "requests_per_month": 12_000, "input_tokens": 100_000, "output_tokens": 20_000, "seats": 20,
    });
    let mut scenario = tiered(&long);
    set(
        &mut scenario,
        &json!({"seat_usd_per_month": 30, "seat_requests_per_month": 500, "seat_beyond": beyond}),
    );
    with(&scenario, answers)
}

#[test]
fn seats_cost_what_they_include_and_what_lies_beyond() {
    // 20 seats include 10,000 requests.
    costs("beyond per token", &with_seats(&json!({}), "per-token"), 2_000.0 * 0.4, 20.0 * 30.0);
    // Where it stops, 12,000 requests take 24 seats.
    costs("more seats", &with_seats(&json!({}), "stopped"), 0.0, 24.0 * 30.0);
    let within = json!({"requests_per_month": 9_000});
    for beyond in ["per-token", "stopped"] {
        costs("within", &with_seats(&within, beyond), 0.0, 20.0 * 30.0);
        assert_eq!(paid_by(&with_seats(&within, beyond)), PaidBy::Seats);
    }
    // 1,000 requests cost $400 per token; and without a number of users there is no way by seats.
    let few = json!({"requests_per_month": 1_000});
    costs("few", &with_seats(&few, "per-token"), 400.0, 0.0);
    let few = json!({"requests_per_month": 1_000, "api_payment": "seats"});
    costs("as asked for", &with_seats(&few, "per-token"), 0.0, 600.0);
    let nobody = json!({"seats": "", "api_payment": "seats"});
    costs("nobody", &with_seats(&nobody, "per-token"), 4_800.0, 0.0);
}

#[test]
fn the_cheapest_way_to_pay_is_taken_and_one_that_is_asked_for_never_costs_less() {
    for requests in [500.0, 1_900.0, 10_000.0, 10_500.0, 60_000.0, 3e6] {
        for beyond in ["per-token", "stopped"] {
            let total = |payment: &str| {
                let asked = json!({
                    "requests_per_month": requests, "api_payment": payment, "horizon": 24, "growth_per_month": 0.03,
                });
                let mut scenario = with_seats(&asked, beyond);
                set(
                    &mut scenario,
                    &json!({"provisioned_usd_per_unit_hour": 2, "provisioned_tokens_per_minute": 600_000}),
                );
                of(&answered(&scenario), StrategyId::Prompt).tco().unwrap()
            };
            let ways = ["tokens", "provisioned", "seats"].map(total);
            let least = ways.into_iter().fold(f64::INFINITY, f64::min);
            assert_eq!(total("cheapest"), least, "{requests} {beyond}: {ways:?}");
        }
    }
}

#[test]
fn break_evens_hold_where_seats_bend_the_curve() {
    // Beside seats for 20, which include 10,000 requests, a model at $0.10 a request: cheaper below 6,000, dearer up to
    // 11,333, and cheaper again beyond, but for what the second model costs to try.
    let asked = json!({
        "horizon": 24, "growth_per_month": 0.01, "small_api_model": "own-small", "evidence_prompt": "100/100",
    });
    let mut scenario = with_seats(&asked, "per-token");
    scenario["rows"].as_array_mut().unwrap().push(json!({"table": "api_models", "set": {
        "model_id": "own-small", "provider": "own", "kind": "chat", "tier_class": "small", "input_usd_per_m": 0.5,
        "output_usd_per_m": 2.5,
    }}));
    let answer = answered(&scenario);
    assert_eq!(answer.decided.choice.reference, Some(StrategyId::Prompt));
    let gap = |requests: f64| {
        let mut case = case_of(&scenario);
        case.inputs.work.requests_per_month = requests;
        let other = evaluate(&case);
        let tco = |id: StrategyId| of(&other, id).tco().unwrap();
        tco(StrategyId::PromptSmall) - tco(StrategyId::Prompt)
    };
    let small = of(&answer, StrategyId::PromptSmall).break_even.as_ref().unwrap();
    let turns: Vec<bool> = small.crossings.iter().map(|crossing| crossing.cheaper_above).collect();
    assert!(turns.ends_with(&[false, true]), "{:?}", small.crossings);
    for crossing in &small.crossings {
        let (below, above) = (gap(crossing.volume * 0.999), gap(crossing.volume * 1.001));
        let told = format!("{}: {below} {above}", crossing.volume);
        assert_eq!((below > 0.0, above < 0.0), (crossing.cheaper_above, crossing.cheaper_above), "{told}");
    }
}
