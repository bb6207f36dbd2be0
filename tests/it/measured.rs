//! Measurements and contracts of the user: each replaces an estimate or a list price, and its band with it.

use std::collections::BTreeMap;

use tunewise::domain::answer::{Answer, Derivation};
use tunewise::domain::catalog::Catalog;
use tunewise::domain::cost::Line;
use tunewise::domain::input::Entry;
use tunewise::domain::input::{Group, Inputs, Value, registry};
use tunewise::domain::scenario::Scenario;
use tunewise::domain::strategy::StrategyId;
use tunewise::domain::workload::Months;

use crate::support::{case, cost, evaluate, explained, in_month, of, to_the_cent};

const MONTH_HOURS: f64 = 730.5;

/// Llama-3.1-8B, prompted and tuned, on one reserved H100 a replica at 3.99 an hour.
macro_rules! on_h100 {
    ($($id:ident: $value:expr),* $(,)?) => {
        scene! {
            open_model: "Llama-3.1-8B", base_model: "Llama-3.1-8B", serving_gpu: "H100 SXM", serving_gpu_count: "1",
            training_gpu: "H100 SXM", training_gpu_count: "8", gpu_billing: "reserved", requests_per_month: 2e7,
            growth_per_month: 0.0, retry_share: 0.0, output_tokens: 200.0, shape: "flat", burst: 1.0,
            peak_utilisation: 0.5, labels: 20_000.0, discount_rate: 0.0, horizon: 12.0,
            $($id: $value,)*
        }
    };
}

fn training_words(evaluation: &Answer, id: StrategyId) -> &Derivation {
    explained(evaluation, id).derivations.iter().find(|one| one.line == Line::TrainingCompute).unwrap()
}

#[test]
fn a_measured_speed_sizes_the_fleet_whatever_the_software_and_has_no_band() {
    for software in ["tuned", "vllm", "plain"] {
        let inputs = on_h100! { measured_speed_open: 500.0, maturity: software };
        let evaluation = evaluate(&inputs);
        let one = of(&evaluation, StrategyId::OpenSelf);
        let hardware = one.hardware.as_ref().unwrap();
        assert_eq!(hardware.tokens_per_second, (500.0, 500.0, 500.0), "{software}");
        assert!(hardware.measured && hardware.source.contains("your measurement"), "{}", hardware.source);
        // 2e7 × 200 tokens in 2,629,800 seconds are 1,521 a second; at half load a replica carries 250.
        assert_eq!(hardware.peak_gpus, (7.0, 7.0, 7.0), "{software}");
        let cost = one.cost.as_ref().unwrap();
        to_the_cent(
            "a month",
            in_month(&cost.ledger, 12, Line::ServingCompute),
            7.0 * 3.99 * 1.15 * MONTH_HOURS,
        );
        to_the_cent("the cheap end", cost.tco_band.0, cost.tco);
        to_the_cent("the dear end", cost.tco_band.1, cost.tco);
    }
}

#[test]
fn a_measured_speed_is_that_of_its_model_only() {
    let evaluation = evaluate(&on_h100! { measured_speed_tuned: 500.0 });
    let hardware = |id: StrategyId| of(&evaluation, id).hardware.as_ref().unwrap();
    assert!(hardware(StrategyId::Lora).measured && hardware(StrategyId::Full).measured);
    assert!(!hardware(StrategyId::OpenSelf).measured && !hardware(StrategyId::Custom).measured);
    assert!(!hardware(StrategyId::OpenSelf).source.contains("measurement"));
}

#[test]
fn what_ran_fits_and_meets_its_latency_but_no_call_longer_than_the_context() {
    // 141 GB of weights in bf16 on a card of 80 GB, and a target that no estimate meets.
    let refused = scene! {
        open_model: "Llama-3.3-70B", serving_gpu: "H100 SXM", serving_gpu_count: "1", weight_precision: "bf16",
        time_per_output_token_ms: 5.0,
    };
    let run = |inputs: &Inputs| evaluate(inputs);
    assert!(!of(&run(&refused), StrategyId::OpenSelf).survives());
    let mut measured = refused.clone();
    measured.models.measured_speed_open = Some(40.0);
    let evaluation = run(&measured);
    let one = of(&evaluation, StrategyId::OpenSelf);
    assert_eq!(one.hardware.as_ref().unwrap().tokens_per_second.1, 40.0);
    measured.work.input_tokens = 1e6;
    assert!(!of(&run(&measured), StrategyId::OpenSelf).survives(), "longer than any context of the model");
}

#[test]
fn a_measured_run_replaces_the_estimate_of_its_method_only() {
    let evaluation =
        evaluate(&on_h100! { measured_hours_lora: 123.0, experiments: 2.0, retrain_interval: 24.0 });
    let lora = of(&evaluation, StrategyId::Lora).cost.as_ref().unwrap();
    to_the_cent("two runs", in_month(&lora.ledger, 0, Line::TrainingCompute), 2.0 * 123.0 * 3.99);
    let words = &training_words(&evaluation, StrategyId::Lora).text;
    assert!(words.contains("123 GPU-hours (measured)"), "{words}");
    for other in [StrategyId::Qlora, StrategyId::Full] {
        let words = &training_words(&evaluation, other).text;
        assert!(!words.contains("measured"), "{words}");
    }
    // With the speed measured too nothing of the cost has a band.
    let evaluation = evaluate(&on_h100! { measured_hours_lora: 123.0, measured_speed_tuned: 500.0 });
    let lora = of(&evaluation, StrategyId::Lora).cost.as_ref().unwrap();
    to_the_cent("the cheap end", lora.tco_band.0, lora.tco);
    to_the_cent("the dear end", lora.tco_band.1, lora.tco);
}

#[test]
fn a_run_that_was_measured_fits_where_the_estimate_says_no() {
    let scene = |hours: Option<f64>| {
        let mut inputs = scene! {
            base_model: "Llama-3.3-70B", training_gpu: "A100 SXM 80GB", training_gpu_count: "1", labels: 5_000.0,
        };
        inputs.models.measured_hours_lora = hours;
        evaluate(&inputs)
    };
    assert!(of(&scene(None), StrategyId::Lora).cost.is_err());
    assert!(of(&scene(Some(40.0)), StrategyId::Lora).cost.is_ok());
}

#[test]
fn a_measured_utilisation_replaces_the_time_of_every_method_whose_hours_are_not_measured() {
    let hours = |inputs: &Inputs, id| {
        let evaluation = evaluate(inputs);
        let text = training_words(&evaluation, id).text.clone();
        let (before, _) = text.split_once(" GPU-hours").unwrap();
        let hours: f64 = before.rsplit(' ').next().unwrap().replace(',', "").parse().unwrap();
        (hours, text.contains("(measured)"))
    };
    let half = on_h100! { measured_mfu: 0.4 };
    let quarter = on_h100! { measured_mfu: 0.2, measured_hours_qlora: 77.0 };
    for id in [StrategyId::Lora, StrategyId::Full] {
        let ((fast, is_measured), (slow, _)) = (hours(&half, id), hours(&quarter, id));
        assert!(is_measured && (slow / fast - 2.0).abs() < 0.05, "{id:?}: {slow} {fast}");
    }
    assert_eq!(hours(&quarter, StrategyId::Qlora), (77.0, true));
    assert!(!hours(&on_h100! {}, StrategyId::Lora).1);
}

#[test]
fn a_measured_peak_decides_whether_training_fits() {
    // An estimate that does not fit, and one that does, on one card of 80 GB.
    let scene = |base: &str, peak: Option<f64>| {
        let mut inputs = scene! {
            base_model: base, training_gpu: "A100 SXM 80GB", training_gpu_count: "1", labels: 5_000.0,
        };
        inputs.models.measured_memory_lora = peak;
        of(&evaluate(&inputs), StrategyId::Lora).cost.is_ok()
    };
    assert!(!scene("Llama-3.3-70B", None) && scene("Llama-3.3-70B", Some(71.0)));
    assert!(scene("Llama-3.1-8B", None) && !scene("Llama-3.1-8B", Some(90.0)));
}

#[test]
fn measured_weights_and_runtime_leave_the_rest_for_requests() {
    let speed = |gib: Option<f64>| {
        let mut inputs = on_h100! { maturity: "vllm" };
        inputs.models.measured_memory_open = gib;
        let evaluation = evaluate(&inputs);
        let hardware = of(&evaluation, StrategyId::OpenSelf).hardware.as_ref();
        hardware.map(|hardware| hardware.tokens_per_second.1)
    };
    let (estimated, roomy, tight) =
        (speed(None).unwrap(), speed(Some(10.0)).unwrap(), speed(Some(62.0)).unwrap());
    assert!(tight < estimated && estimated <= roomy, "{tight} {estimated} {roomy}");
    assert_eq!(speed(Some(90.0)), None, "more than the card has");
}

#[test]
fn the_users_prices_of_the_api_model_replace_its_list_and_nobody_elses() {
    let listed = scene! { requests_per_month: 1e6, growth_per_month: 0.0, horizon: 6.0, discount_rate: 0.0 };
    let mut own = listed.clone();
    (own.models.api_input_price, own.models.api_output_price) = (Some(1.0), Some(5.0));
    let bill = |inputs: &Inputs, id| in_month(&cost(inputs, id).ledger, 1, Line::Tokens);
    // gpt-6.1-sol lists $2 and $10: half of everything, cached input included.
    to_the_cent("half", bill(&own, StrategyId::Prompt), bill(&listed, StrategyId::Prompt) / 2.0);
    to_the_cent("the small one", bill(&own, StrategyId::PromptSmall), bill(&listed, StrategyId::PromptSmall));
    let answer = evaluate(&own);
    let derivations = &explained(&answer, StrategyId::Prompt).derivations;
    let tokens = derivations.iter().find(|one| one.line == Line::Tokens).unwrap();
    assert!(tokens.source.starts_with("your prices; "), "{}", tokens.source);
    assert!(tokens.text.contains("at $1.00 in") && tokens.text.contains("$5.00 out"), "{}", tokens.text);
    // One of the two leaves the other as listed; nothing is free by being blank.
    let mut output = listed.clone();
    output.models.api_output_price = Some(0.0);
    let (all, without_output) = (bill(&listed, StrategyId::Prompt), bill(&output, StrategyId::Prompt));
    assert!(0.0 < without_output && without_output < all, "{without_output} {all}");
}

#[test]
fn a_contract_holds_through_announced_changes_until_the_model_retires() {
    let path = |inputs: &Inputs, id: &str| {
        let row = Catalog::builtin().api_model(id).unwrap();
        tunewise::domain::cost::price_path(row, &Months::of(inputs), &case(inputs)).unwrap()
    };
    let changing = "gemini/gemini-3.8-flash";
    let inputs =
        scene! { api_model: changing, api_input_price: 0.5, api_output_price: 2.0, start: "2026-11" };
    let months = path(&inputs, changing).months;
    assert!(months[1..12].iter().all(|prices| (prices.base.input, prices.base.output) == (0.5, 2.0)));
    // gpt-5 retires in the first month: its successor costs what it lists.
    let inputs = scene! { api_model: "gpt-5", api_input_price: 0.5 };
    assert_eq!(path(&inputs, "gpt-5").months[1].base.input, 2.0);
}

#[test]
fn the_users_price_of_the_serving_gpu_is_what_rent_costs_and_means_nothing_to_bought_cards() {
    let month =
        |inputs: &Inputs| in_month(&cost(inputs, StrategyId::OpenSelf).ledger, 12, Line::ServingCompute);
    let inputs =
        on_h100! { serving_gpu_price: 2.5, requests_per_month: 1_000.0, committed_use_discount: 0.3 };
    // The discount is in the price already.
    to_the_cent("a month", month(&inputs), 2.0 * 2.5 * 1.15 * MONTH_HOURS);
    let evaluation = evaluate(&inputs);
    let hardware = of(&evaluation, StrategyId::OpenSelf).hardware.as_ref().unwrap();
    assert_eq!(hardware.usd_per_gpu_hour, Some(2.5));
    assert!(hardware.source.starts_with("price: yours; "), "{}", hardware.source);
    // A card that the catalogue has no rent for.
    let inputs =
        on_h100! { serving_gpu: "H200 NVL (PCIe)", serving_gpu_price: 3.0, requests_per_month: 1_000.0 };
    to_the_cent("without a list price", month(&inputs), 2.0 * 3.0 * 1.15 * MONTH_HOURS);
    let bought = on_h100! { data_boundary: "own-premises", requests_per_month: 1_000.0 };
    let mut priced = bought.clone();
    priced.models.serving_gpu_price = Some(0.01);
    assert_eq!(month(&bought), month(&priced));
}

#[test]
fn a_measurement_without_a_gpu_to_hold_for_is_refused_and_changes_nothing() {
    let ids = [
        "measured_hours_full",
        "measured_hours_lora",
        "measured_hours_qlora",
        "measured_memory_full",
        "measured_memory_lora",
        "measured_memory_open",
        "measured_memory_qlora",
        "measured_memory_tuned",
        "measured_mfu",
        "measured_speed_open",
        "measured_speed_tuned",
        "serving_gpu_price",
    ];
    let said = |count: &str| {
        let mut scenario = Scenario::default();
        let counts = ["serving_gpu_count", "training_gpu_count"];
        // A utilisation is a share.
        let value = |id: &str| Entry::Number(if id == "measured_mfu" { 0.5 } else { 5.0 });
        let answers = ids.map(|id| (id, value(id))).into_iter();
        scenario.entries = answers.map(|(id, answer)| (id.to_owned(), answer)).collect();
        scenario.entries.extend(counts.map(|id| (id.to_owned(), Entry::Text(count.to_owned()))));
        scenario
    };
    let mut refused: Vec<String> = said("8").case().unwrap_err().into_iter().map(|error| error.id).collect();
    refused.sort_unstable();
    assert_eq!(refused, ids);
    let inputs = said("auto").resolve(&BTreeMap::new()).case.inputs;
    assert_eq!(inputs, Inputs::default());
    let mut placed = said("8");
    for id in ["serving_gpu", "training_gpu"] {
        placed.entries.insert(id.to_owned(), Entry::Text("H100 SXM".to_owned()));
    }
    assert_eq!(placed.case().unwrap().inputs.models.measured_speed_open, Some(5.0));
}

#[test]
fn what_is_measured_is_blank_at_first_and_not_among_the_first_questions() {
    let own: Vec<_> = registry()
        .filter(|one| {
            ["measured_", "api_input_price", "api_output_price", "serving_gpu_price"]
                .iter()
                .any(|start| one.id.starts_with(start))
        })
        .collect();
    assert_eq!(own.len(), 14);
    for one in own {
        assert!(
            one.group == Group::Models && !one.basic && one.default_value() == Value::Blank,
            "{}",
            one.id
        );
    }
}
