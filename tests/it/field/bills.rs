//! Bills that people got: caches within sessions, prices by length, and how fast a provider is.

use serde_json::{Value, json};
use tunewise::codec::from_json;
use tunewise::domain::answer::Answer;
use tunewise::domain::case::Case;
use tunewise::domain::cost::Line;
use tunewise::domain::strategy::StrategyId;

use crate::support::{evaluate, explained, in_month, of, to_the_cent};

/// The case of a scenario as it is given to the headless command.
pub fn case_of(scenario: &Value) -> Case {
    from_json(&scenario.to_string()).unwrap().strictly().unwrap().scenario.case().unwrap()
}

pub fn answered(scenario: &Value) -> Answer {
    evaluate(&case_of(scenario))
}

/// The token bill of month 1.
fn tokens(answer: &Answer, id: StrategyId) -> f64 {
    in_month(&of(answer, id).cost.as_ref().unwrap().ledger, 1, Line::Tokens)
}

pub fn token_bill(scenario: &Value) -> f64 {
    tokens(&answered(scenario), StrategyId::Prompt)
}

/// A scenario with some answers added or changed.
pub fn with(scenario: &Value, answers: &Value) -> Value {
    let mut changed = scenario.clone();
    changed["answers"].as_object_mut().unwrap().extend(answers.as_object().unwrap().clone());
    changed
}

/// A month of sessions of a coding agent on Claude Sonnet 4.6.
fn coding_agent(requests: f64) -> Value {
    json!({"answers": {
        "start": "2026-12", "horizon": 1, "growth_per_month": 0, "retry_share": 0, "discount_rate": 0,
        "api_model": "claude-sonnet-4-6", "requests_per_month": requests,
    }})
}

#[test]
fn the_measured_split_of_an_agent_session_costs_what_was_billed() {
    // 352 · 3 + 2,100 · 15 + 286,600 · 0.30 + 46,500 · 6.00 per million: $0.3975 a session.
    let split = json!({
        "split_plain_tokens": 352, "split_read_tokens": 286_600, "split_written_1h_tokens": 46_500,
        "split_output_tokens": 2_100,
    });
    const SESSION: f64 = (352.0 * 3.0 + 2_100.0 * 15.0 + 286_600.0 * 0.3 + 46_500.0 * 6.0) / 1e6;
    assert!((SESSION - 0.3975).abs() < 5e-5);
    let few = with(&coding_agent(22.0), &split);
    to_the_cent("22 sessions", token_bill(&few), 8.75);
    to_the_cent("22 sessions", token_bill(&few), 22.0 * SESSION);
    to_the_cent("a million", token_bill(&with(&coding_agent(1e6), &split)), 1e6 * SESSION);
    // What was billed is for whole sessions, however many calls and retries they took.
    let calls = json!({"calls_per_request": 40, "retry_share": 0.05, "history_share": 1});
    to_the_cent("the same in calls", token_bill(&with(&few, &calls)), 22.0 * SESSION);
    // Written for five minutes it would have been a quarter less.
    let minutes = json!({"split_written_1h_tokens": "", "split_written_5m_tokens": 46_500});
    to_the_cent("five minutes", token_bill(&with(&few, &minutes)), 22.0 * (SESSION - 46_500.0 * 2.25 / 1e6));
}

#[test]
fn a_measured_share_of_hits_holds_at_little_traffic() {
    let hits = json!({
        "calls_per_request": 1, "prefix_tokens": 333_100, "input_tokens": 352, "output_tokens": 2_100,
        "cache_hit_share": 0.8604, "cache_hits_measured": true, "cache_lifetime": "one-hour",
    });
    to_the_cent("22 sessions", token_bill(&with(&coding_agent(22.0), &hits)), 8.75);
}

#[test]
fn a_measured_split_speaks_for_its_model_and_gives_others_its_lengths() {
    let split = json!({
        "split_plain_tokens": 352, "split_read_tokens": 286_600, "split_written_1h_tokens": 46_500,
        "split_output_tokens": 2_100, "calls_per_request": 10, "small_api_model": "claude-haiku-4-5",
        "tokenizer_ratio_small": 1.2,
    });
    let scenario = with(&coding_agent(22.0), &split);
    let answer = answered(&scenario);
    // Haiku 4.5: a third of the prices; the lifetime is the cheaper one, and its tokens are a fifth more.
    let cached = 333_100.0;
    let hit = 286_600.0 / cached;
    let call = cached * (hit * 0.1 + (1.0 - hit) * 1.25) + 352.0 + 2_100.0 * 5.0;
    to_the_cent("the small model", tokens(&answer, StrategyId::PromptSmall), 22.0 * 1.2 * call / 1e6);
    let words = |id| explained(&answer, id).derivations.iter().find(|it| it.line == Line::Tokens).unwrap();
    assert!(words(StrategyId::Prompt).text.contains("by the measured split, which speaks for this model"));
    assert!(words(StrategyId::PromptSmall).text.contains("with the lengths and the share of cache hits"));
    // The same model in the other role is not scaled by a tokenizer that it shares.
    let same = with(&scenario, &json!({"small_api_model": "claude-sonnet-4-6"}));
    let answer = answered(&same);
    to_the_cent(
        "the same model",
        tokens(&answer, StrategyId::PromptSmall),
        tokens(&answer, StrategyId::Prompt),
    );
}

#[test]
fn a_session_that_resends_everything_costs_what_its_calls_add_up_to() {
    // Ten calls a minute apart: prefix 5,000, each adds 800 in and 200 out that all later ones send again. With every
    // hit at hand: written once are prefix, inputs but the last and outputs but the last; all else is read.
    let session = json!({
        "calls_per_request": 10, "minutes_between_calls": 1, "history_share": 1, "prefix_tokens": 5_000,
        "input_tokens": 800, "output_tokens": 200, "cache_hit_share": 1,
    });
    let mut usd = 0.0;
    let mut stored = 0.0;
    for turn in 0..10_u32 {
        let history = f64::from(turn) * 1_000.0;
        let left = if turn < 9 { 800.0 } else { 0.0 };
        usd +=
            stored * 0.3 + (5_000.0 + history + left - stored) * 3.75 + (800.0 - left) * 3.0 + 200.0 * 15.0;
        stored = 5_000.0 + history + left;
    }
    // At a thousand a month hardly one session finds the prefix of another: 1,000 / 8,766 in five minutes.
    let hit = 1.0 - (-1_000.0 / (730.5 * 12.0_f64)).exp();
    let read = hit * 5_000.0 * (3.75 - 0.3);
    to_the_cent(
        "a thousand sessions",
        token_bill(&with(&coding_agent(1_000.0), &session)),
        1_000.0 * (usd - read) / 1e6,
    );
    let million = token_bill(&with(&coding_agent(1e6), &session));
    to_the_cent("a million sessions", million, usd - 5_000.0 * (3.75 - 0.3));
    // Five hundred calls are a session too, and what does not fit the context is out.
    let long = with(
        &coding_agent(22.0),
        &with(&json!({"answers": session}), &json!({"calls_per_request": 500}))["answers"],
    );
    assert!(token_bill(&long) > 0.0);
    let longer = with(&long, &json!({"input_tokens": 2_000}));
    assert!(of(&answered(&longer), StrategyId::Prompt).cost.is_err(), "500 × 2,200 tokens in a million");
}

/// Qwen3 coder flash at DashScope: four tiers, the first of them the row's own prices.
fn coder_flash(tiers: &Value) -> Value {
    json!({
        "answers": {
            "start": "2026-12", "horizon": 1, "growth_per_month": 0, "retry_share": 0, "discount_rate": 0,
            "task": "code", "api_model": "dashscope/qwen3-coder-flash", "requests_per_month": 1_000_000,
            "prefix_tokens": 0, "input_tokens": 150_000, "output_tokens": 2_000,
        },
        "rows": [{"table": "api_models", "set": {
            "model_id": "dashscope/qwen3-coder-flash", "provider": "dashscope", "kind": "chat",
            "tier_class": "small", "input_usd_per_m": 0.3, "cached_input_usd_per_m": 0.08,
            "output_usd_per_m": 1.5, "max_input_tokens": 997_952, "length_tiers": tiers,
        }}],
    })
}

#[test]
fn each_call_is_priced_in_the_tier_of_its_own_length() {
    let scenario = coder_flash(&json!("32k 0.5/2.5; 128k 0.8/4; 256k 1.6/9.6"));
    let usd = |input: f64| token_bill(&with(&scenario, &json!({"input_tokens": input}))) / 1e6;
    to_the_cent("150,000 tokens, a million calls", token_bill(&scenario), 128_000.0);
    for (input, in_usd, out_usd) in [
        (32_000.0, 0.3, 1.5),
        (32_001.0, 0.5, 2.5),
        (128_000.0, 0.5, 2.5),
        (256_000.0, 0.8, 4.0),
        (900_000.0, 1.6, 9.6),
    ] {
        let right = (input * in_usd + 2_000.0 * out_usd) / 1e6;
        assert!((usd(input) - right).abs() < 1e-9, "{input}: {} {right}", usd(input));
    }
}

#[test]
fn the_calls_of_a_growing_session_stand_in_different_tiers() {
    let scenario = coder_flash(&json!("32k 0.5/2.5; 128k 0.8/4; 256k 1.6/9.6"));
    let session = json!({
        "calls_per_request": 5, "history_share": 1, "input_tokens": 30_000, "output_tokens": 10_000,
        "cache_hit_share": 0, "minutes_between_calls": 10,
    });
    // 30, 70, 110, 150 and 190 thousand tokens of input.
    let right =
        0.3 * 30e3 + 0.5 * (70e3 + 110e3) + 0.8 * (150e3 + 190e3) + 10e3 * (1.5 + 2.0 * 2.5 + 2.0 * 4.0);
    to_the_cent("a million sessions", token_bill(&with(&scenario, &session)), right);
}

#[test]
fn tiers_that_cannot_be_are_refused_by_name() {
    for wrong in ["128k 0.8/4; 32k 0.5/2.5", "32k 0.5", "32k", "32k 0.5/0.6/2.5"] {
        let text = coder_flash(&json!(wrong)).to_string();
        let invalid = from_json(&text).unwrap().strictly().unwrap_err();
        assert!(invalid[0].message.starts_with("Prices by length"), "{wrong}: {invalid:?}");
    }
}

/// The screening firm that moved from GPT-4 to a tuned 7B model; 15 s to the first token where 2 are wanted.
fn screening_firm(more: &Value) -> Value {
    let firm = json!({
        "answers": {
            "task": "extract", "api_model": "gpt-4-0613", "requests_per_month": 30_000, "growth_per_month": 0,
            "input_tokens": 3_000, "prefix_tokens": 2_000, "output_tokens": 50, "required_quality": "84 %",
            "evidence_prompt": "820/1000", "evidence_hosted": "870/1000", "base_model": "Llama-3.1-8B",
            "labels": 50_000, "start": "2026-12",
        },
        "rows": [{"table": "api_models", "like": "gpt-4.1", "set": {
            "model_id": "gpt-4-0613", "input_usd_per_m": 30, "cached_input_usd_per_m": "",
            "output_usd_per_m": 60, "batch_discount": "", "max_input_tokens": 8_192, "max_output_tokens": 4_096,
            "retires_on": "", "successor_model_id": "",
        }}],
    });
    with(&firm, more)
}

#[test]
fn the_latency_of_the_model_in_use_does_not_exclude_other_models() {
    let slow = json!({"time_to_first_token_s": 2, "provider_time_to_first_token_s": 15});
    let answer = answered(&screening_firm(&json!({})));
    assert_eq!(answer.decided.choice.use_now, Some(StrategyId::HostedTune));
    let answer = answered(&screening_firm(&slow));
    assert!(!of(&answer, StrategyId::Prompt).out.is_empty(), "GPT-4 takes 15 s");
    // Nobody states how fast the tuned model is: that is said, and keeps nothing out.
    let hosted = of(&answer, StrategyId::HostedTune);
    assert!(hosted.out.is_empty());
    // What is measured is used, and the cheaper model that nobody measured is a trial.
    assert_eq!(answer.decided.choice.use_now, Some(StrategyId::HostedTune));
    let trials: Vec<_> = answer.decided.pilots.iter().map(|pilot| pilot.strategy).collect();
    assert_eq!(trials.first(), Some(&StrategyId::PromptSmall));
    // A row that states its own time is judged by it.
    let mut stated = screening_firm(&slow);
    stated["rows"].as_array_mut().unwrap().push(json!(
        {"table": "api_models", "like": "gpt-6-luna", "set": {"time_to_first_token_s": 3}}
    ));
    let stated = answered(&stated);
    assert!(of(&answer, StrategyId::PromptSmall).out.len() < of(&stated, StrategyId::PromptSmall).out.len());
}
