//! What providers and meters give: an export of usage, metered electricity, and the software of a training run.

use tunewise::codec::from_json;
use tunewise::domain::answer::{Answer, answer};
use tunewise::domain::case::Case;
use tunewise::domain::catalog::Catalog;
use tunewise::domain::cost::Line;
use tunewise::domain::hardware::training_run;
use tunewise::domain::input::TrainingLoop;
use tunewise::domain::sizing::{TrainingRun, TuningMethod};
use tunewise::domain::strategy::StrategyId;
use tunewise::domain::usage::{Reader, UsageSummary, engine_bill, entries};

fn case(json: &str) -> Case {
    from_json(json).unwrap().scenario.case().unwrap()
}

fn serving_usd(answer: &Answer) -> f64 {
    let cost = answer.get(StrategyId::OpenSelf).unwrap().cost.as_ref().unwrap();
    cost.ledger.months[1].get(Line::ServingCompute)
}

/// A month of one model in the columns of the console: plain input, written for 5 minutes and an hour, read, output.
fn summary(tokens: [u32; 5]) -> UsageSummary {
    let [plain, written, written_hour, read, output] = tokens;
    let export = format!(
        "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,\
usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,\
usage_output_tokens,web_search_count,inference_geo,speed\n\
2026-11-03,claude-haiku-4-5-20251001,key,Default,standard,≤ 200k,{plain},{written},{written_hour},{read},{output},\
0,not_available,\n"
    );
    let mut reader = Reader::default();
    reader.take(export.as_bytes()).unwrap();
    let usage = reader.finish().unwrap();
    UsageSummary::of(&usage, usage.newest_whole_period(), Catalog::builtin())
}

#[test]
fn a_row_of_an_export_costs_what_it_does_by_hand() {
    // 1.124832 · 1 + 0.254558 · 5 = 2.397622.
    let summary = summary([1_124_832, 0, 0, 0, 254_558]);
    let model = &summary.models[0];
    assert_eq!(model.row.as_deref(), Some("claude-haiku-4-5"));
    assert!((model.list_usd.unwrap() - 2.397_622).abs() < 1e-9, "{model:?}");
    assert_eq!(summary.list_usd(), model.list_usd.ok());
    assert_eq!(model.requests, None, "the console does not count calls");
}

#[test]
fn the_engine_bills_what_the_export_says_once_the_calls_are_known() {
    // With a cache: 0.4 · 1 + 0.2 · 1.25 + 0.1 · 2 + 3 · 0.1 + 0.05 · 5 = 1.40.
    for (tokens, by_hand) in
        [([1_124_832, 0, 0, 0, 254_558], 2.397_622), ([400_000, 200_000, 100_000, 3_000_000, 50_000], 1.40)]
    {
        let mut case = case(
            r#"{"answers": {"start": "2026-12", "horizon": 1, "growth_per_month": 0, "task": "extract"}}"#,
        );
        let summary = summary(tokens);
        for (record, value) in entries(&summary.models[0], 1_000.0) {
            (record.set)(&mut case.inputs, &value);
        }
        assert_eq!(case.inputs.models.api_model, "claude-haiku-4-5");
        let usd = engine_bill(&answer(&case)).unwrap();
        assert!((usd - by_hand).abs() < 1e-9, "{usd}");
        assert!((summary.list_usd().unwrap() - by_hand).abs() < 1e-9);
    }
}

/// One bought card at home, with more answers.
fn home_server(more: &str) -> Case {
    case(&format!(
        r#"{{"answers": {{"task": "code", "open_model": "Qwen3-30B-A3B", "serving_gpu": "RTX 3090", "serving_gpu_count": "1",
        "weight_precision": "int4", "consumer_gpus": true, "data_boundary": "own-premises", "downtime_accepted": true,
        "requests_per_month": 100000, "input_tokens": 10000, "output_tokens": 600, "electricity_price": 0.227,
        "hosting_price": 0, "power_usage_effectiveness": 1, "serving_overhead_share": 0, "owned_network_share": 0,
        "length_tail": 1, "time_per_output_token_ms": 150 {more}}}}}"#
    ))
}

#[test]
fn metered_electricity_costs_what_the_meter_says_however_many_cards_there_are() {
    // 64 kWh · $0.227 = $14.528.
    let with = |kwh: f64| serving_usd(&answer(&home_server(&format!(r#", "metered_kwh": {kwh}"#))));
    let usd = with(64.0) - with(0.0);
    assert!((usd - 14.528).abs() < 1e-6, "{usd}");
    // 1.136 billion tokens: $0.0128 a million.
    assert!((usd / 1_136.0 - 0.012_8).abs() < 5e-5);
}

#[test]
fn a_bought_card_draws_its_power_while_it_works_and_a_share_of_it_while_it_idles() {
    let fleet = |more: &str| {
        let answer = answer(&home_server(more));
        let hardware = answer.get(StrategyId::OpenSelf).unwrap().hardware.clone().unwrap();
        (serving_usd(&answer), hardware.peak_gpus.1, hardware.utilisation)
    };
    let (without, gpus, busy) = fleet(r#", "metered_kwh": 0"#);
    for idle in [0.0, 0.2, 1.0] {
        let (usd, ..) = fleet(&format!(r#", "idle_power_share": {idle}"#));
        // 350 W around the clock is 255.7 kWh a month, idle or not.
        let kwh = 0.35 * 730.5 * gpus * (idle + (1.0 - idle) * busy);
        assert!((usd - without - kwh * 0.227).abs() < 1e-6 * usd, "{idle}: {usd} {without} {kwh}");
    }
}

#[test]
fn a_plain_loop_runs_out_of_memory_where_the_logits_of_a_large_vocabulary_fill_the_card() {
    let catalog = Catalog::builtin();
    let (model, gpu) = (catalog.open_model("Gemma-3-12B").unwrap(), catalog.gpu("H100 SXM").unwrap());
    let mut case = Case::default();
    for (tokens, plain, chunked) in [(14_000.0, 76.4, 34.5), (15_000.0, 80.1, 35.3), (28_000.0, 129.0, 45.3)]
    {
        for (software, gib) in [(TrainingLoop::Plain, plain), (TrainingLoop::Tuned, chunked)] {
            case.inputs.models.training_loop = software;
            let run = TrainingRun::new(model, gpu, 1, TuningMethod::Lora { rank: 16.0 }, tokens);
            let memory = training_run(run, &case.inputs).memory_per_gpu().unwrap().total_gib();
            // The gradients of earlier micro-batches, 0.1 GiB, are counted as well.
            assert!((memory - gib).abs() < 0.15, "{tokens} {software:?}: {memory} for {gib}");
        }
    }
}

#[test]
fn what_rests_on_the_software_of_training_says_so() {
    let told = |software: &str, input: u32| {
        let case = case(&format!(
            r#"{{"answers": {{"task": "extract", "base_model": "Gemma-3-12B", "training_gpu": "H100 SXM",
            "training_gpu_count": "1", "prefix_tokens": 0, "output_tokens": 1000, "lora_rank": 16,
            "requests_per_month": 20000, "labels": 1000, "input_tokens": {input}, "training_loop": "{software}"}}}}"#
        ));
        let answer = answer(&case);
        let lora = answer.get(StrategyId::Lora).unwrap();
        let out: Vec<String> = lora.out.iter().map(ToString::to_string).collect();
        let derivations = &answer.explanation(StrategyId::Lora).unwrap().derivations;
        let training = derivations.iter().find(|one| one.line == Line::TrainingCompute);
        (out.join(" "), training.map(|one| one.text.clone()).unwrap_or_default())
    };
    let (_, chunked) = told("tuned", 27_000);
    assert!(chunked.contains("computes the loss in chunks"), "{chunked}");
    let (out, _) = told("plain", 27_000);
    assert!(out.contains("LoRA training in a plain loop"), "{out}");
    let (_, short) = told("plain", 3_000);
    assert!(short.contains("plain loop"), "{short}");
}
