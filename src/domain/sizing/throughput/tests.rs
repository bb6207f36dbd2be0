//! Worked examples and traps of the closed form.

mod properties;

use super::*;
use crate::domain::catalog::Catalog;
use crate::domain::sizing::{Engine, Precision, TIME_PER_TOKEN_BAND, TUNED_SPEED_BAND};

const NO_TARGETS: LatencyTargets =
    LatencyTargets { time_to_first_token_s: None, time_per_output_token_s: None };

fn replica(model: &str, gpu: &str, gpus: u32, weights: Precision) -> Replica<'static> {
    let catalog = Catalog::builtin();
    let (model, gpu) = (catalog.open_model(model).unwrap(), catalog.gpu(gpu).unwrap());
    Replica { kv: weights.kv_of_vendors(), ..Replica::new(model, gpu, gpus, weights, Engine::TUNED) }
}

fn load(input: f64, output: f64) -> Load {
    Load {
        prefix_tokens: 0.0,
        prefix_hit: 0.0,
        variable_tokens: input,
        output_tokens: output,
        length_tail_factor: Load::DEFAULT_TAIL_FACTOR,
    }
}

fn per_token(seconds: f64) -> LatencyTargets {
    LatencyTargets { time_per_output_token_s: Some(seconds), ..NO_TARGETS }
}

fn first_token(seconds: f64) -> LatencyTargets {
    LatencyTargets { time_to_first_token_s: Some(seconds), ..NO_TARGETS }
}

/// Output tokens per second without latency targets.
fn throughput(replica: &Replica<'_>, load: &Load) -> f64 {
    serve(replica, load, &NO_TARGETS).unwrap().output_tokens_per_second
}

#[test]
fn a_70b_on_two_h100_emits_4000_tokens_per_second() {
    let replica = replica("Llama-3.3-70B", "H100 SXM", 2, Precision::Fp8);
    let load = Load { length_tail_factor: 1.0, ..load(1000.0, 1000.0) };
    let estimate = serve(&replica, &load, &NO_TARGETS).unwrap();
    // 157.3 GB claimed, less 2 of runtime and 72.65 of weights, over 1,500 tokens of 160 KiB.
    assert!((estimate.batch - 336.1).abs() < 1.0);
    assert!((estimate.output_tokens_per_second - 4000.0).abs() < 40.0);
    // t_step 60.0 ms, t_pre 71.0 ms; published are 4,205 tokens a second.
    let tpot_ms = estimate.time_per_output_token_s * 1e3;
    assert!((tpot_ms - (60.0 + 335.1 * 71.0 / 1000.0)).abs() < 0.5);
    assert_eq!(estimate.band, TUNED_SPEED_BAND);
    assert_eq!(estimate.kv_gib_per_request, 2000.0 * 160.0 * 1024.0 / GIB);
}

#[test]
fn alone_a_request_to_that_70b_gets_56_tokens_per_second() {
    let replica = replica("Llama-3.3-70B", "H100 SXM", 2, Precision::Fp8);
    let estimate = serve_at_concurrency(&replica, &load(1.0, 1000.0), 1.0).unwrap();
    assert!((estimate.time_per_output_token_s * 1e3 - 17.9).abs() < 0.1);
    assert!((estimate.output_tokens_per_second - 56.0).abs() < 0.7);
}

#[test]
fn an_8b_on_one_l40s_emits_2610_ideal_and_half_of_that_at_half_the_pace() {
    let ideal = replica("Llama-3.1-8B", "L40S", 1, Precision::Fp8);
    let estimate = serve(&ideal, &load(1500.0, 300.0), &NO_TARGETS).unwrap();
    // (44.45 − 1 − 9.08) GB over 1,650 tokens of 64 KiB.
    assert!((estimate.batch - 317.9).abs() < 1.0);
    assert!((estimate.output_tokens_per_second - 2611.0).abs() < 30.0);
    let half = Replica { engine: Engine { pace: 0.5, ..ideal.engine }, ..ideal };
    assert!((throughput(&half, &load(1500.0, 300.0)) - 1305.5).abs() < 15.0);
}

#[test]
fn small_models_are_bound_by_launches_when_alone() {
    let replica = replica("Llama-3.1-8B", "H100 SXM", 1, Precision::Fp8);
    let estimate = serve_at_concurrency(&replica, &load(200.0, 200.0), 5.0).unwrap();
    // NIM measured 4.58 ms per token at five users.
    let measured = 4.58 / (estimate.time_per_output_token_s * 1e3);
    assert!(TIME_PER_TOKEN_BAND.low < measured && measured < TIME_PER_TOKEN_BAND.high, "{measured}");
    // About 10 ms to the first token, and not 40.
    assert!(estimate.time_to_first_token_s < 0.014);
}

#[test]
fn the_pace_of_a_release_applies_once_to_throughput_and_latency() {
    let tuned = replica("Llama-3.3-70B", "H100 SXM", 2, Precision::Fp8);
    let slower = Replica { engine: Engine { pace: 0.3, ..tuned.engine }, ..tuned };
    let (fast, slow) = (
        serve(&tuned, &load(1000.0, 1000.0), &NO_TARGETS).unwrap(),
        serve(&slower, &load(1000.0, 1000.0), &NO_TARGETS).unwrap(),
    );
    assert_eq!(fast.batch, slow.batch);
    assert!((slow.output_tokens_per_second / fast.output_tokens_per_second - 0.3).abs() < 1e-9);
    assert!((slow.time_per_output_token_s / fast.time_per_output_token_s - 1.0 / 0.3).abs() < 1e-9);
}

#[test]
fn a_call_never_waits_for_its_own_prefill_between_its_tokens() {
    let replica = replica("Qwen3-32B", "H100 SXM", 2, Precision::Fp8);
    let each = |input: f64, requests| {
        serve_at_concurrency(&replica, &load(input, 100.0), requests).unwrap().time_per_output_token_s
    };
    // Alone only the longer cache counts: 8,000 tokens of 128 KiB, of which each GPU reads half.
    let cache_s = 8000.0 * 131_072.0 / (2.0 * 3350e9 * 0.85);
    let grown = each(8100.0, 1.0) - each(100.0, 1.0);
    assert!(grown > cache_s && grown < 3.0 * cache_s, "{grown} {cache_s}");
    assert!(each(8100.0, 2.0) - each(100.0, 2.0) > 10.0 * grown, "a second call brings its prefill");
}

#[test]
fn a_band_is_carried_through_a_target_and_ends_where_nobody_runs_a_replica_so() {
    let replica = replica("Llama-3.3-70B", "H100 SXM", 2, Precision::Fp8);
    let band = |targets: LatencyTargets| serve(&replica, &load(1000.0, 1000.0), &targets).unwrap().band;
    assert_eq!(band(NO_TARGETS), TUNED_SPEED_BAND);
    assert_eq!(band(per_token(10.0)), TUNED_SPEED_BAND, "a target that limits nobody changes nothing");
    let limited = band(per_token(0.04));
    let most = LIMITED_BAND_AT_MOST;
    assert!(limited.low < TUNED_SPEED_BAND.low && limited.high > TUNED_SPEED_BAND.high, "{limited:?}");
    assert!(limited.low >= most.low && limited.high <= most.high, "{limited:?}");
}

#[test]
fn swapping_input_and_output_changes_the_capacity() {
    let replica = replica("Llama-3.1-8B", "H100 SXM", 1, Precision::Bf16);
    let calls = |load: Load| serve(&replica, &load, &NO_TARGETS).unwrap().calls_per_second;
    assert!(calls(load(2000.0, 200.0)) > 2.0 * calls(load(200.0, 2000.0)));
}

#[test]
fn a_cached_prefix_saves_prefill_but_no_memory() {
    let replica = replica("Llama-3.1-8B", "H100 SXM", 1, Precision::Bf16);
    let missed = Load { prefix_tokens: 3000.0, ..load(500.0, 200.0) };
    let hit = Load { prefix_hit: 1.0, ..missed };
    let (cold, warm) =
        (serve(&replica, &missed, &NO_TARGETS).unwrap(), serve(&replica, &hit, &NO_TARGETS).unwrap());
    assert_eq!(cold.batch, warm.batch);
    assert_eq!(cold.kv_gib_per_request, warm.kv_gib_per_request);
    assert!(warm.calls_per_second > 1.5 * cold.calls_per_second);
    assert!(warm.time_to_first_token_s < cold.time_to_first_token_s);
    // No prefix at all is the same prompt, computed in full.
    assert_eq!(serve(&replica, &load(3500.0, 200.0), &NO_TARGETS).unwrap(), cold);
}

#[test]
fn misses_above_five_per_cent_decide_the_first_token() {
    let replica = replica("Llama-3.1-8B", "H100 SXM", 1, Precision::Bf16);
    let first = |hit| {
        let load = Load { prefix_tokens: 8000.0, prefix_hit: hit, ..load(500.0, 200.0) };
        serve_at_concurrency(&replica, &load, 1.0).unwrap().time_to_first_token_s
    };
    assert_eq!(first(0.0), first(0.9));
    assert!(first(0.96) < 0.5 * first(0.9));
}

#[test]
fn a_call_longer_than_the_context_is_refused_with_its_numbers() {
    let replica = replica("Gemma-2-9B", "H100 SXM", 1, Precision::Bf16);
    assert_eq!(
        serve(&replica, &load(8000.0, 193.0), &NO_TARGETS),
        Err(CannotServe::ContextTooLong { needed: 8193.0, limit: 8192.0 })
    );
    assert!(serve(&replica, &load(8000.0, 192.0), &NO_TARGETS).is_ok());
}

#[test]
fn a_model_that_does_not_fit_says_what_it_needs() {
    let replica = replica("Llama-3.3-70B", "H100 SXM", 1, Precision::Bf16);
    let Err(CannotServe::DoesNotFit { needed_gib, usable_gib }) =
        serve(&replica, &load(1000.0, 500.0), &NO_TARGETS)
    else {
        panic!("141 GB on one 80 GB card");
    };
    // Weights 131.4, runtime 0.9, a call of 6,000 tokens 1.8 GiB; 0.92 of 79.6.
    assert!((needed_gib - 134.2).abs() < 0.1 && (usable_gib - 73.23).abs() < 0.01);
}

#[test]
fn the_long_call_of_the_fit_is_capped_by_the_context() {
    let replica = replica("Qwen3-8B", "L4", 1, Precision::Bf16);
    // 4 × 9,000 tokens need 4.9 GiB of cache beside 15.3 of weights and 0.9 of runtime: too much for 20.7.
    let long = load(8000.0, 1000.0);
    assert!(matches!(serve(&replica, &long, &NO_TARGETS), Err(CannotServe::DoesNotFit { .. })));
    assert!(serve(&replica, &Load { length_tail_factor: 1.0, ..long }, &NO_TARGETS).is_ok());
    let gpus = Replica { gpus: 2, ..replica };
    let whole_context = Load { length_tail_factor: 1e6, ..long };
    assert!(serve(&gpus, &whole_context, &NO_TARGETS).is_ok());
}

#[test]
fn unknown_context_or_architecture_is_said_and_not_guessed() {
    let known = replica("Llama-3.1-8B", "H100 SXM", 1, Precision::Bf16);
    let refused = |change: fn(&mut OpenModel)| {
        let mut row = known.model.clone();
        change(&mut row);
        let outcome = serve(&Replica { model: &row, ..known }, &load(1000.0, 100.0), &NO_TARGETS);
        matches!(outcome, Err(CannotServe::UnknownModelData { .. }))
    };
    assert!(refused(|row| row.max_context = None));
    assert!(refused(|row| row.kv_heads = None));
    assert!(refused(|row| row.params_total_b = f64::NAN));
    assert!(refused(|row| row.layers = f64::NAN));
}

#[test]
fn a_latency_target_limits_the_batch_and_widens_the_band() {
    let replica = replica("Llama-3.3-70B", "H100 SXM", 2, Precision::Fp8);
    let free = serve(&replica, &load(1000.0, 1000.0), &NO_TARGETS).unwrap();
    let bound = serve(&replica, &load(1000.0, 1000.0), &per_token(0.04)).unwrap();
    assert!(bound.batch < free.batch && bound.output_tokens_per_second < free.output_tokens_per_second);
    // The mean stays at three quarters of the target, and reaches it.
    assert!((bound.time_per_output_token_s - 0.03).abs() < 1e-6);
    assert!((bound.p95_time_per_output_token_s() - 0.04).abs() < 1e-6);
}

#[test]
fn an_unreachable_target_names_the_best_that_can_be_had() {
    let replica = replica("Llama-3.3-70B", "H100 SXM", 2, Precision::Fp8);
    let each = serve(&replica, &load(1000.0, 1000.0), &per_token(0.02));
    let Err(CannotServe::LatencyUnreachable { measure, best_s, target_s }) = each else {
        panic!("17.7 ms on the mean is 23.7 at the 95th percentile");
    };
    assert_eq!((measure, target_s), (LatencyMeasure::PerOutputToken, 0.02));
    assert!((best_s - 0.0237).abs() < 0.0003);
    let first = serve(&replica, &load(20_000.0, 1000.0), &first_token(1.0));
    assert!(matches!(
        first,
        Err(CannotServe::LatencyUnreachable { measure: LatencyMeasure::FirstToken, .. })
    ));
}

#[test]
fn experts_speed_up_decoding_but_not_memory() {
    let dense = replica("Qwen3-32B", "H100 SXM", 2, Precision::Bf16);
    let mixture = replica("Qwen3-30B-A3B", "H100 SXM", 2, Precision::Bf16);
    assert!(throughput(&mixture, &load(1000.0, 500.0)) > 2.0 * throughput(&dense, &load(1000.0, 500.0)));
    let one =
        serve(&replica("DeepSeek-V3", "H100 SXM", 8, Precision::Fp8), &load(1000.0, 500.0), &NO_TARGETS);
    assert!(matches!(one, Err(CannotServe::DoesNotFit { .. })), "all 671 GB must be resident");
}

#[test]
fn a_gpu_without_fp8_saves_memory_but_computes_in_bf16() {
    let load = load(1000.0, 1000.0);
    let narrow =
        serve(&replica("Llama-3.1-8B", "A100 SXM 80GB", 1, Precision::Fp8), &load, &NO_TARGETS).unwrap();
    let wide =
        serve(&replica("Llama-3.1-8B", "A100 SXM 80GB", 1, Precision::Bf16), &load, &NO_TARGETS).unwrap();
    // 9.08 of 16.06 GB: a twelfth of an 8B is its embedding and head.
    assert!(narrow.weights_gib < 0.57 * wide.weights_gib && narrow.batch > wide.batch);
    // Prefill, bound by arithmetic, is no faster.
    let first = |weights| {
        let replica = replica("Llama-3.1-8B", "A100 SXM 80GB", 1, weights);
        let load = Load { length_tail_factor: 1.0, ..Load { variable_tokens: 60_000.0, ..load } };
        serve_at_concurrency(&replica, &load, 1.0).unwrap().time_to_first_token_s
    };
    assert!((first(Precision::Fp8) / first(Precision::Bf16) - 1.0).abs() < 0.01);
}
