//! Precisions, fits, cards and users at once.

use std::sync::Arc;

use tunewise::domain::answer::at_once;
use tunewise::domain::case::Case;
use tunewise::domain::catalog::Catalog;
use tunewise::domain::hardware::{ServedModel, serving_options};
use tunewise::domain::input::Inputs;
use tunewise::domain::sizing::{KvPrecision, Precision, kv_bytes_per_token, weight_bytes};
use tunewise::domain::strategy::StrategyId;
use tunewise::domain::workload::CallTokens;

use crate::support::{case, evaluate, of};

/// Within this factor of the middle an estimate is right.
const BAND: f64 = 1.6;

fn lede(answer: &tunewise::domain::answer::Answer) -> String {
    answer.verdict.lede.iter().map(|span| span.text.as_str()).collect()
}

/// Why a strategy is out for the GPUs.
fn capacity_reasons(inputs: &Inputs, id: StrategyId) -> Vec<String> {
    let reasons = of(&evaluate(inputs), id).out.clone();
    let of_capacity = reasons.iter().filter(|reason| reason.rule() == "capacity");
    of_capacity.map(|reason| format!("{reason}; {}", reason.relax().unwrap_or_default())).collect()
}

/// Case 16: Qwen3-235B-A22B in fp8 on four H100, whatever the length of its context.
fn longest_call(change: impl Fn(&mut Inputs)) -> f64 {
    let mut inputs = scene! {
        task: "converse", open_model: "Qwen3-235B-A22B", serving_gpu: "H100 SXM", serving_gpu_count: "4",
        weight_precision: "fp8", length_tail: 1.0, deferrable_share: 1.0, cache_hit_share: 0.0,
    };
    change(&mut inputs);
    let mut case: Case = case(&inputs);
    let mut catalog = Catalog::builtin().clone();
    for row in catalog.open_models.iter_mut().filter(|row| row.model == "Qwen3-235B-A22B") {
        row.max_context = Some(1e6);
    }
    case.catalog = Arc::new(catalog);
    let model = case.catalog.open_model("Qwen3-235B-A22B").unwrap();
    let fits = |tokens: f64| {
        let tokens =
            CallTokens { prefix: 0.0, variable: tokens - 1_000.0, output: 1_000.0, ..CallTokens::default() };
        serving_options(&ServedModel { model, is_tuned: false, tokens }, &case.inputs, &case.catalog).is_ok()
    };
    let (mut low, mut high) = (2_000.0, 1e6);
    while high - low > 1.0 {
        let middle = (low + high) / 2.0;
        *(if fits(middle) { &mut low } else { &mut high }) = middle;
    }
    low
}

#[test]
fn case_16_the_room_for_the_cache_is_that_of_each_engine_with_its_reserve() {
    let model = Catalog::builtin().open_model("Qwen3-235B-A22B").unwrap();
    assert_eq!(kv_bytes_per_token(model, 1e5, KvPrecision::Bf16), 192_512.0);
    // vLLM at 0.9 leaves 8.11 GiB of each card: by hand 4 × 8.11 GiB / 192,512 B = 180,935 tokens; measured 178,880.
    let vllm = longest_call(|inputs| {
        let h100 = Catalog::builtin().gpu("H100 SXM").unwrap();
        inputs.models.measured_memory_open = Some(0.9 * h100.mem_gib_usable_approx - 8.11);
    });
    assert!((vllm - 180_935.0).abs() < 2.0 && (vllm / 178_880.0 - 1.0).abs() < 0.02, "{vllm}");
    // SGLang holds 367,404 on the same machine.
    let estimate = longest_call(|_| ());
    assert!(estimate / 367_404.0 < BAND && 367_404.0 / estimate < BAND, "{estimate}");
    // fp8 weights do not make an fp8 cache: that is asked for, and holds twice as much.
    let narrow =
        longest_call(|inputs| inputs.models.kv_precision = tunewise::domain::input::CachePrecision::Fp8);
    assert!((narrow / estimate - 2.0).abs() < 0.001, "{narrow} {estimate}");
}

#[test]
fn case_18_a_70b_in_int4_fits_two_cards_of_24_gb() {
    let model = Catalog::builtin().open_model("Llama-3.3-70B").unwrap();
    let gigabytes = weight_bytes(model, Precision::Int4).unwrap() / 1e9;
    assert!((gigabytes - 39.76).abs() < 0.01, "{gigabytes}");
    for boundary in ["any-vendor", "own-premises"] {
        let inputs = scene! {
            task: "converse", open_model: "Llama-3.3-70B", serving_gpu: "RTX 3090", serving_gpu_count: "2",
            weight_precision: "int4", consumer_gpus: true, input_tokens: 500.0, output_tokens: 300.0,
            prefix_tokens: 200.0, requests_per_month: 3_000.0, length_tail: 4.0, data_boundary: boundary,
        };
        assert_eq!(capacity_reasons(&inputs, StrategyId::OpenSelf), Vec::<String>::new());
        let answer = evaluate(&inputs);
        assert!(!of(&answer, StrategyId::OpenSelf).name.contains("Llama-3.1-8B"));
        assert!(!lede(&answer).contains("stands in for"), "{}", lede(&answer));
    }
}

#[test]
fn case_18_a_model_that_stands_in_for_the_chosen_one_is_named_in_headline_and_lede() {
    // In bf16 the 70B fits no two cards of 24 GB.
    for today in ["nothing", "open-self"] {
        let answer = evaluate(&scene! {
            task: "converse", open_model: "Llama-3.3-70B", serving_gpu: "RTX 3090", serving_gpu_count: "2",
            weight_precision: "bf16", consumer_gpus: true, input_tokens: 500.0, output_tokens: 300.0,
            prefix_tokens: 200.0, requests_per_month: 3_000.0, data_boundary: "own-premises", today: today,
        });
        assert_eq!(answer.decided.choice.use_now, Some(StrategyId::OpenSelf), "{today}");
        for words in [answer.verdict.headline.clone(), lede(&answer)] {
            assert!(words.contains("Llama-3.1-8B") && words.contains("Llama-3.3-70B"), "{today}: {words}");
        }
    }
}

#[test]
fn case_19_four_cards_on_one_bus_serve_a_70b_in_bf16() {
    let on = |count: &str| {
        scene! {
            task: "converse", open_model: "Llama-3.3-70B", serving_gpu: "L40S", weight_precision: "bf16",
            input_tokens: 1_000.0, output_tokens: 300.0, prefix_tokens: 0.0, requests_per_month: 20_000.0,
            serving_gpu_count: count, deferrable_share: 1.0,
        }
    };
    let gpus = |count: &str| {
        let answer = evaluate(&on(count));
        let own = of(&answer, StrategyId::OpenSelf);
        own.hardware.as_ref().map(|hardware| hardware.gpus_per_replica)
    };
    assert_eq!(gpus("4"), Some(4));
    assert!(gpus("auto").is_some_and(|gpus| gpus >= 4), "auto looks beyond two");
    // Two of them are too few: two more of the same come before larger ones.
    let reasons = capacity_reasons(&on("2"), StrategyId::OpenSelf);
    assert!(reasons[0].ends_with("; more cards (4 × L40S), larger ones, or a smaller model"), "{reasons:?}");
}

#[test]
fn case_19_four_cards_on_one_bus_tune_a_70b_by_qlora() {
    for gpu in ["A10G / A10", "RTX 3090"] {
        let inputs = scene! {
            task: "extract", base_model: "Llama-3.3-70B", training_gpu: gpu, training_gpu_count: "4",
            prefix_tokens: 0.0, input_tokens: 400.0, output_tokens: 100.0, consumer_gpus: true,
        };
        assert_eq!(capacity_reasons(&inputs, StrategyId::Qlora), Vec::<String>::new(), "{gpu}");
        assert!(of(&evaluate(&inputs), StrategyId::Qlora).cost.is_ok(), "{gpu}");
    }
}

/// Case 26: five users of 128,000 tokens each on a 70B in 8 bits.
fn five_users(cache: &str) -> Inputs {
    scene! {
        task: "converse", open_model: "Llama-3.3-70B", serving_gpu: "H100 SXM", serving_gpu_count: "auto",
        weight_precision: "fp8", kv_precision: cache, input_tokens: 127_000.0, output_tokens: 1_000.0,
        prefix_tokens: 0.0, length_tail: 1.0, requests_per_month: 5_000.0, time_per_output_token_ms: 300.0,
        cache_hit_share: 0.0, downtime_accepted: true, gpu_billing: "reserved", users_at_once: 5.0, context_at_once: 128_000.0,
    }
}

#[test]
fn case_26_five_long_users_take_three_to_four_cards_of_80_gb() {
    // By hand: 70.55 GB + 5 × 128,000 × 163,840 B = 175 GB, about 178 with runtime; 285 GB with a bf16 cache.
    for (cache, by_hand) in [("fp8", 178.0), ("bf16", 285.0)] {
        let inputs = five_users(cache);
        let sets = at_once(&case(&inputs));
        let [set] = sets.as_slice() else { panic!("{sets:?}") };
        let gigabytes = set.needed_gib() * 1.073_741_824;
        assert!((gigabytes / by_hand - 1.0).abs() < 0.05, "{cache}: {gigabytes}");
        assert!((3.0..=4.0).contains(&set.cards()), "{set:?}");
        assert!(set.needed_gib() <= set.usable_gib);
        // The fleet that is priced holds them too.
        let answer = evaluate(&inputs);
        let hardware = of(&answer, StrategyId::OpenSelf).hardware.as_ref().unwrap();
        let held = hardware.memory.users_held.unwrap() * hardware.peak_replicas.0;
        assert!(held >= 5.0 && (3.0..=4.0).contains(&hardware.peak_gpus.1), "{hardware:?}");
    }
}

#[test]
fn users_at_once_without_a_context_fill_a_call_and_one_beyond_the_model_is_refused() {
    let mut inputs = five_users("fp8");
    let stated = at_once(&case(&inputs));
    inputs.work.context_at_once = None;
    assert_eq!(at_once(&case(&inputs)), stated);
    inputs.work.context_at_once = Some(1e6);
    assert!(at_once(&case(&inputs)).is_empty());
    let reasons = of(&evaluate(&inputs), StrategyId::OpenSelf).out.clone();
    assert!(reasons.iter().any(|reason| reason.rule() == "context"), "{reasons:?}");
    inputs.work.users_at_once = None;
    let answer = evaluate(&inputs);
    assert_eq!(of(&answer, StrategyId::OpenSelf).hardware.as_ref().unwrap().memory.users_held, None);
}
