//! Speeds of serving engines that users measured, against the band that the engine states.

use tunewise::domain::catalog::Catalog;
use tunewise::domain::sizing::{
    Engine, Load, Precision, Replica, ServingEstimate, TIME_PER_TOKEN_BAND, calls_held, serve_as_run,
    serve_at_concurrency,
};

/// A replica in vLLM.
fn vllm(model: &str, gpu: &str, gpus: u32, weights: Precision) -> Replica<'static> {
    let catalog = Catalog::builtin();
    let (model, gpu) = (catalog.open_model(model).unwrap(), catalog.gpu(gpu).unwrap());
    Replica::new(model, gpu, gpus, weights, Engine::VLLM)
}

fn load(input: f64, output: f64) -> Load {
    Load {
        prefix_tokens: 0.0,
        prefix_hit: 0.0,
        variable_tokens: input,
        output_tokens: output,
        length_tail_factor: 1.0,
    }
}

/// The measured throughput, tokens per second, lies within the band, each end of it within 1.6 of the middle.
fn holds_throughput(estimate: &ServingEstimate, measured: f64) {
    let share = measured / estimate.output_tokens_per_second;
    let band = estimate.band;
    assert!(band.low <= share && share <= band.high, "{measured}: {estimate:?}");
    assert!(band.low >= 1.0 / 1.6 && band.high <= 1.6, "{band:?}");
}

/// The measured time per token, milliseconds, lies within the band of current engines.
fn holds_time(estimate: &ServingEstimate, measured: f64) {
    let share = measured / (estimate.time_per_output_token_s * 1e3);
    let band = TIME_PER_TOKEN_BAND;
    assert!(band.low <= share && share <= band.high, "{measured} ms: {estimate:?}");
}

#[test]
fn gpt_oss_20b_on_one_h100_writes_2765_tokens_a_second_for_32_at_once() {
    let sglang = Replica { engine: Engine::SGLANG, ..vllm("gpt-oss-20b", "H100 SXM", 1, Precision::Mxfp4) };
    let estimate = serve_at_concurrency(&sglang, &load(512.0, 1024.0), 32.0).unwrap();
    holds_throughput(&estimate, 2765.4);
    holds_time(&estimate, 7.9);
}

#[test]
fn a_mixture_alone_on_an_a100_takes_ten_milliseconds_a_token_whatever_the_prompt() {
    let replica = vllm("Qwen3-30B-A3B", "A100 SXM 80GB", 1, Precision::Bf16);
    for (input, output, measured) in [
        (128.0, 128.0, 9.6),
        (128.0, 1024.0, 9.7),
        (1024.0, 128.0, 9.8),
        (4096.0, 128.0, 10.3),
        (8192.0, 128.0, 10.6),
    ] {
        holds_time(&serve_at_concurrency(&replica, &load(input, output), 1.0).unwrap(), measured);
    }
}

#[test]
fn a_4b_alone_on_an_rtx_4090_takes_eleven_milliseconds_a_token() {
    let replica = vllm("Qwen3-4B", "RTX 4090", 1, Precision::Bf16);
    for (input, output) in
        [(128.0, 128.0), (128.0, 1024.0), (1024.0, 128.0), (2048.0, 128.0), (4096.0, 128.0)]
    {
        let estimate = serve_at_concurrency(&replica, &load(input, output), 1.0).unwrap();
        holds_time(&estimate, 10.3);
        holds_time(&estimate, 10.9);
    }
}

#[test]
fn a_70b_in_int4_serves_one_and_five_on_two_and_four_graphics_cards() {
    for (gpus, one, five) in [(2, 30.0, 121.0), (4, 46.0, 152.0)] {
        let replica = vllm("Llama-3.3-70B", "RTX 3090", gpus, Precision::Int4);
        let run = |requests| serve_as_run(&replica, &load(400.0, 400.0), requests).unwrap();
        holds_throughput(&run(1.0), one);
        holds_throughput(&run(5.0), five);
    }
}

#[test]
fn each_engine_keeps_its_own_reserve_beside_the_cache_of_a_235b_on_four_h100() {
    // Tokens of a bf16 cache beside fp8 weights, in calls of 10,000.
    for (engine, measured) in [(Engine::VLLM, 178_880.0), (Engine::SGLANG, 367_404.0)] {
        let replica = Replica { engine, ..vllm("Qwen3-235B-A22B", "H100 SXM", 4, Precision::Fp8) };
        let held = calls_held(&replica, 10_000.0).unwrap() * 10_000.0;
        assert!(held / measured < 1.6 && measured / held < 1.6, "{held} {measured}");
    }
}
