//! Scenarios worked on paper, equal to the engine to the cent.
//!
//! The prices are copied from the catalogue by hand, so a change of a row shows up here.

use tunewise::domain::cost::Line;
use tunewise::domain::input::Inputs;
use tunewise::domain::strategy::StrategyId;

use crate::support::{cost, evaluate, in_month, line, of, to_the_cent, without_people};

const MONTH_HOURS: f64 = 730.5;
const MILLION: f64 = 1e6;

/// gpt-6.1-sol, US dollars per million tokens.
const SOL_IN: f64 = 2.0;
const SOL_CACHED: f64 = 0.1;
const SOL_WRITE: f64 = 2.5;
const SOL_OUT: f64 = 10.0;
/// gpt-6-luna: a twentieth of it, its cached input a tenth.
const LUNA_IN: f64 = 0.1;
const LUNA_CACHED: f64 = 0.01;
const LUNA_WRITE: f64 = 0.125;
const LUNA_OUT: f64 = 0.5;

#[test]
fn a_token_bill_with_cache_and_batch_adds_up_to_the_cent() {
    // A million requests, growing by a tenth, three months: 1.00 + 1.10 + 1.21 = 3.31 M requests.
    // Two calls each and 5 % retries: 2.1 calls a request, 6.951 M calls.
    // A call: prefix 2,400 (cached), variable input 600, output 400. Four of ten calls can wait.
    let inputs = without_people(scene! {
        requests_per_month: 1e6, growth_per_month: 0.1, calls_per_request: 2.0, retry_share: 0.05,
        prefix_tokens: 2_400.0, input_tokens: 600.0, output_tokens: 400.0,
        cache_hit_share: 0.9, deferrable_share: 0.4, horizon: 3.0, discount_rate: 0.0,
    });
    // Nine calls of ten read the prefix at 0.10, one writes it at 2.50: 2,400 × 0.34 = 816.
    // The rest is 600 × 2 + 400 × 10 = 5,200; together $6,016 a million calls.
    const SYNC: f64 = 2_400.0 * (0.9 * SOL_CACHED + 0.1 * SOL_WRITE) + 600.0 * SOL_IN + 400.0 * SOL_OUT;
    // In a batch everything costs half, and cached input is listed at 0.05: $3,008.
    const BATCH: f64 = 2_400.0 * (0.9 * 0.05 + 0.1 * 1.25) + 600.0 * 1.0 + 400.0 * 5.0;
    const CALLS_M: f64 = 3.31 * 2.1;
    const BILL: f64 = CALLS_M * (0.6 * SYNC + 0.4 * BATCH);
    to_the_cent("a million synchronous calls", SYNC, 6_016.0);
    to_the_cent("a million batched calls", BATCH, 3_008.0);
    to_the_cent("the bill", BILL, 33_453.772_8);

    let cost = cost(&inputs, StrategyId::Prompt);
    to_the_cent(
        "tokens of month 1",
        in_month(&cost.ledger, 1, Line::Tokens),
        2.1 * (0.6 * 6_016.0 + 0.4 * 3_008.0),
    );
    to_the_cent("tokens", line(&cost.ledger, Line::Tokens), BILL);
    to_the_cent("TCO", cost.tco, BILL);
    to_the_cent("1,000 requests", cost.per_request * 1_000.0, BILL / 3_310.0);
    // 2.1 calls × 3,400 tokens a request.
    to_the_cent("a million tokens", cost.per_million_tokens, BILL / (3.31 * 2.1 * 3_400.0));
    to_the_cent("one more thousand", cost.marginal_per_request * 1_000.0, BILL / 3_310.0);
}

#[test]
fn little_traffic_finds_a_cold_cache_and_pays_more_for_each_call() {
    // 5,000 calls a month are 5,000 / 8,766 in five minutes; 1 − e^(−0.5704) = 43.5 % find the prefix.
    let inputs = |requests: f64| {
        without_people(scene! {
            requests_per_month: requests, growth_per_month: 0.0, retry_share: 0.0,
            prefix_tokens: 2_400.0, input_tokens: 600.0, output_tokens: 400.0,
            horizon: 1.0, discount_rate: 0.0,
        })
    };
    let hit = 1.0 - (-5_000.0 / (MONTH_HOURS * 12.0_f64)).exp();
    assert!((hit - 0.434_7).abs() < 1e-4, "{hit}");
    let call = 2_400.0 * (hit * SOL_CACHED + (1.0 - hit) * SOL_WRITE) + 5_200.0;
    to_the_cent("cold", cost(&inputs(5_000.0), StrategyId::Prompt).tco, 5_000.0 / MILLION * call);
    // 1,000 calls: only 10.8 % would hit, and a write at 2.50 for the rest costs more than no cache at all.
    to_the_cent(
        "no cache is cheaper",
        cost(&inputs(1_000.0), StrategyId::Prompt).tco,
        1_000.0 / MILLION * 10_000.0,
    );
}

#[test]
fn people_migrations_and_discounting_add_up_to_the_cent() {
    // Seven months, models retire every three: months 3 and 6 pay a migration and get a later price.
    // 21 % a year: month 12 is worth 1/1.21, month m is worth 1.21^(−m/12).
    let inputs = scene! {
        requests_per_month: 1e6, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: 0.0, input_tokens: 1_000.0, output_tokens: 100.0,
        horizon: 7.0, migration_interval: 3.0, api_price_decline: 0.2, discount_rate: 0.21,
    };
    // Build 80 h and evaluation set 60 h at $100; then 8 h a month; a migration takes 24 + 16 h.
    const ONE_OFFS: f64 = 8_000.0 + 6_000.0;
    const MONTHLY: f64 = 800.0;
    const MIGRATION: f64 = 4_000.0;
    const TOKENS: f64 = 1_000.0 * SOL_IN + 100.0 * SOL_OUT;
    let price = |month: i32| match month {
        1 | 2 => 1.0,
        // A fifth off a year, at the migration and not before.
        3..=5 => 0.8_f64.powf(3.0 / 12.0),
        _ => 0.8_f64.powf(6.0 / 12.0),
    };
    let paper: f64 = (1..=7)
        .map(|month| {
            let migration = if month == 3 || month == 6 { MIGRATION } else { 0.0 };
            (MONTHLY + migration + TOKENS * price(month)) * 1.21_f64.powf(-f64::from(month) / 12.0)
        })
        .sum();
    let cost = cost(&inputs, StrategyId::Prompt);
    to_the_cent("TCO", cost.tco, ONE_OFFS + paper);
    to_the_cent("before launch", cost.upfront, ONE_OFFS);
    to_the_cent("tokens before", in_month(&cost.ledger, 2, Line::Tokens), 3_000.0);
    to_the_cent("tokens after", in_month(&cost.ledger, 3, Line::Tokens), 3_000.0 * 0.945_742);
    to_the_cent("the migration", in_month(&cost.ledger, 6, Line::PeopleRun), 800.0 + 2_400.0);
    to_the_cent("its evaluation", in_month(&cost.ledger, 6, Line::Evaluation), 1_600.0);
}

/// Tuned at Thinking Machines: Qwen3-8B, training 0.44, input 0.195, cached 0.039, output 0.60 a million.
fn hosted_scene(prefix: f64) -> Inputs {
    scene! {
        requests_per_month: 300_000.0, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: prefix, input_tokens: 600.0, output_tokens: 300.0,
        complexity: "complex", labels: 400.0, label_cost: 2.0,
        hosted_tuning: "thinking_machines/Qwen3-8B/lora", horizon: 10.0, discount_rate: 0.0,
    }
}

#[test]
fn hosted_tuning_adds_up_with_its_training_labels_delay_and_retrain() {
    // The prefix shrinks to a quarter: 4,400 → 1,100 tokens. An example has 1,100 + 600 + 300 = 2,000.
    // A complex task needs 1,000 labels, 400 are there: 600 × $2 × 1.15 for review.
    const LABELS: f64 = 600.0 * 2.0 * 1.15;
    // 1,000 examples × 2,000 tokens × 3 epochs = 6 M tokens a run; three runs at first.
    const RUN: f64 = 6.0 * 0.44;
    // Build: prompts 80 h, tuning 120 h, three runs of 16 h; evaluation set 60 h and one re-evaluation of 16 h.
    const BUILD: f64 = (80.0 + 120.0 + 3.0 * 16.0) * 100.0;
    const EVALUATION: f64 = (60.0 + 16.0) * 100.0;
    // Ready after 6 weeks where prompting takes 2: 4 weeks are 0.92 months, so one month of the reference.
    const REFERENCE_CALL: f64 =
        4_400.0 * (0.9 * SOL_CACHED + 0.1 * SOL_WRITE) + 600.0 * SOL_IN + 300.0 * SOL_OUT;
    // Then nine of ten calls read 1,100 tokens at 0.039 and one pays 0.195: there is no write price.
    const TUNED_CALL: f64 = 1_100.0 * (0.9 * 0.039 + 0.1 * 0.195) + 600.0 * 0.195 + 300.0 * 0.6;
    const CALLS_M: f64 = 0.3;
    const TOKENS: f64 = CALLS_M * (REFERENCE_CALL + 9.0 * TUNED_CALL);
    // Own operation from month 2; six months later, in month 8, one run of 16 h, its tokens and a re-evaluation.
    const RUNNING: f64 = 10.0 * 800.0;
    const RETRAIN: f64 = 1_600.0 + RUN + 1_600.0;

    let cost = cost(&hosted_scene(4_400.0), StrategyId::HostedTune);
    to_the_cent("labels", line(&cost.ledger, Line::Labels), LABELS);
    to_the_cent("training", in_month(&cost.ledger, 0, Line::TrainingCompute), 3.0 * RUN);
    to_the_cent(
        "month 1 is the reference's",
        in_month(&cost.ledger, 1, Line::Tokens),
        CALLS_M * REFERENCE_CALL,
    );
    to_the_cent("month 2 is its own", in_month(&cost.ledger, 2, Line::Tokens), CALLS_M * TUNED_CALL);
    to_the_cent("tokens", line(&cost.ledger, Line::Tokens), TOKENS);
    to_the_cent("retrain", in_month(&cost.ledger, 8, Line::TrainingCompute), RUN);
    let tco = LABELS + 3.0 * RUN + BUILD + EVALUATION + TOKENS + RUNNING + RETRAIN;
    to_the_cent("TCO", cost.tco, tco);
    to_the_cent("before launch", cost.upfront, LABELS + 3.0 * RUN + BUILD + EVALUATION);
}

#[test]
fn a_tuned_prefix_below_1024_tokens_loses_the_cache() {
    // 4,000 tokens shrink to 1,000: shorter than 1,100, and dearer.
    let month =
        |prefix: f64| in_month(&cost(&hosted_scene(prefix), StrategyId::HostedTune).ledger, 2, Line::Tokens);
    to_the_cent("no cache", month(4_000.0), 0.3 * (1_000.0 * 0.195 + 600.0 * 0.195 + 300.0 * 0.6));
    assert!(month(4_000.0) > month(4_400.0));
}

fn policies(knowledge: f64) -> Inputs {
    scene! {
        requests_per_month: 100_000.0, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: 1_200.0, input_tokens: 300.0, output_tokens: 350.0,
        knowledge_tokens: knowledge, knowledge_change_per_month: 0.25, retrieved_tokens: 2_000.0,
        chunk_tokens: 400.0, chunk_overlap: 0.1, query_tokens: 50.0, rerank_price: 1.0,
        vector_price: 0.33, vector_minimum: 30.0, horizon: 2.0, discount_rate: 0.0,
    }
}

#[test]
fn retrieval_pays_for_embedding_churn_store_queries_and_above_all_passages() {
    // text-embedding-3-small: $0.02 a million, 1,536 dimensions of 4 bytes. Chunks overlap by a tenth.
    // 50 M tokens → 55.56 M embedded = $1.11; a quarter again each month.
    const EMBEDDED: f64 = 50.0 / 0.9 * 0.02;
    // 138,889 vectors × 6,144 bytes × 1.5 = 1.19 GiB: $0.39 a month, so the minimum of $30.
    const GIB: f64 = 50e6 / (400.0 * 0.9) * 1_536.0 * 4.0 * 1.5 / 1_073_741_824.0;
    // A query of 50 tokens and a reranking at $1 a thousand.
    const QUERIES: f64 = 100_000.0 * (50.0 * 0.02 / MILLION + 0.001);
    // A call: 1,200 cached, 300 + 2,000 variable, 350 out. The passages are $400 of $1,020.
    const TOKENS: f64 =
        0.1 * (1_200.0 * (0.9 * SOL_CACHED + 0.1 * SOL_WRITE) + 2_300.0 * SOL_IN + 350.0 * SOL_OUT);
    // Prompts 80 h, retrieval 320 h, evaluation set 60 h; 8 + 12 h a month.
    const ONE_OFFS: f64 = (80.0 + 320.0 + 60.0) * 100.0;
    const PEOPLE: f64 = (8.0 + 12.0) * 100.0;
    const { assert!(GIB > 1.19 && GIB < 1.2) };

    let evaluation = evaluate(&policies(50e6));
    assert_eq!(evaluation.decided.choice.reference, Some(StrategyId::Rag));
    let cost = of(&evaluation, StrategyId::Rag).cost.clone().unwrap();
    to_the_cent("embedding", in_month(&cost.ledger, 0, Line::Retrieval), EMBEDDED);
    to_the_cent(
        "a month of retrieval",
        in_month(&cost.ledger, 1, Line::Retrieval),
        30.0 + 0.25 * EMBEDDED + QUERIES,
    );
    to_the_cent("tokens", in_month(&cost.ledger, 1, Line::Tokens), TOKENS);
    let month = 30.0 + 0.25 * EMBEDDED + QUERIES + TOKENS + PEOPLE;
    to_the_cent("TCO", cost.tco, ONE_OFFS + EMBEDDED + 2.0 * month);
}

#[test]
fn a_large_index_is_paid_by_its_size() {
    // A hundred times the knowledge: 119 GiB × $0.33 is above the minimum.
    const GIB: f64 = 5e9 / (400.0 * 0.9) * 1_536.0 * 4.0 * 1.5 / 1_073_741_824.0;
    const EMBEDDED: f64 = 5_000.0 / 0.9 * 0.02;
    let ledger = cost(&policies(5e9), StrategyId::Rag).ledger;
    let month = GIB * 0.33 + 0.25 * EMBEDDED + 100_000.0 * (50.0 * 0.02 / MILLION + 0.001);
    to_the_cent("a month of retrieval", in_month(&ledger, 1, Line::Retrieval), month);
    assert!(month - 100.1 > 30.0 + 0.25 * EMBEDDED);
}

/// A million requests of a prefix of 1,500 tokens, 500 more in and 200 out, to the large and the small model.
fn routed(kind: &str, hard: f64, classifier: f64) -> Inputs {
    scene! {
        requests_per_month: 1e6, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: 1_500.0, input_tokens: 500.0, output_tokens: 200.0,
        routing: kind, hard_share: hard, classifier_tokens: classifier, horizon: 1.0, discount_rate: 0.0,
    }
}

/// A million calls of each: 1,500 × 0.34 + 500 × 2 + 200 × 10 = $3,510, and 1,500 × 0.0215 + 50 + 100 = $182.25.
const LARGE: f64 = 1_500.0 * (0.9 * SOL_CACHED + 0.1 * SOL_WRITE) + 500.0 * SOL_IN + 200.0 * SOL_OUT;
const SMALL: f64 = 1_500.0 * (0.9 * LUNA_CACHED + 0.1 * LUNA_WRITE) + 500.0 * LUNA_IN + 200.0 * LUNA_OUT;

#[test]
fn predictive_routing_loses_where_the_classifier_eats_the_saving() {
    to_the_cent("large", LARGE, 3_510.0);
    to_the_cent("small", SMALL, 182.25);
    // Nine of ten requests are hard and a classifier reads 5,000 tokens of each: it costs $500, routing saves $333.
    const ROUTED: f64 = 0.9 * LARGE + 0.1 * SMALL + 5_000.0 * LUNA_IN;
    let inputs = routed("predictive", 0.9, 5_000.0);
    let evaluation = evaluate(&inputs);
    let tokens = |id: StrategyId| line(&of(&evaluation, id).cost.as_ref().unwrap().ledger, Line::Tokens);
    to_the_cent("routed", tokens(StrategyId::Route), ROUTED);
    to_the_cent("large alone", tokens(StrategyId::Prompt), LARGE);
    assert!(tokens(StrategyId::Route) > tokens(StrategyId::Prompt));
    // Prompts 80 h, routing 80 h, evaluation set 60 h and a re-evaluation of 16 h; 8 + 8 h a month.
    const PEOPLE: f64 = (80.0 + 80.0 + 60.0 + 16.0 + 16.0) * 100.0;
    to_the_cent("TCO", of(&evaluation, StrategyId::Route).tco().unwrap(), ROUTED + PEOPLE);
    assert_ne!(evaluation.decided.choice.use_now, Some(StrategyId::Route));
}

#[test]
fn a_cascade_pays_both_models_for_what_it_escalates_and_can_lose() {
    // The small model and a verifier of 400 tokens see everything, 95 % go on to the large one.
    const CASCADE: f64 = 0.95 * LARGE + SMALL + 400.0 * LUNA_IN;
    let evaluation = evaluate(&routed("cascade", 0.95, 400.0));
    let tokens = |id: StrategyId| line(&of(&evaluation, id).cost.as_ref().unwrap().ledger, Line::Tokens);
    to_the_cent("cascade", tokens(StrategyId::Route), CASCADE);
    assert!(tokens(StrategyId::Route) > tokens(StrategyId::Prompt));
}

#[test]
fn a_free_router_that_escalates_nothing_costs_what_the_small_model_costs() {
    for kind in ["predictive", "cascade"] {
        let evaluation = evaluate(&routed(kind, 0.0, 0.0));
        let tokens = |id: StrategyId| line(&of(&evaluation, id).cost.as_ref().unwrap().ledger, Line::Tokens);
        assert_eq!(tokens(StrategyId::Route), tokens(StrategyId::PromptSmall), "{kind}");
        to_the_cent(kind, tokens(StrategyId::Route), SMALL);
    }
}

#[test]
fn wrong_answers_cost_what_the_user_says_and_stay_out_of_the_total() {
    // 180 of 200 right: one in ten wrong at $0.50; 100,000 requests a month, four months.
    let inputs = without_people(scene! {
        requests_per_month: 100_000.0, growth_per_month: 0.0, retry_share: 0.0, prefix_tokens: 0.0,
        input_tokens: 1_000.0, output_tokens: 100.0, required_quality: 0.8, evidence_prompt: "180/200",
        cost_per_error: 0.5, horizon: 4.0, discount_rate: 0.0,
    });
    let cost = cost(&inputs, StrategyId::Prompt);
    to_the_cent("errors", cost.errors.unwrap(), 400_000.0 * 0.1 * 0.5);
    to_the_cent("TCO", cost.tco, 0.4 * 3_000.0);
    to_the_cent("a thousand right answers", cost.per_accepted.unwrap() * 1_000.0, 1_200.0 / 360.0);
}
