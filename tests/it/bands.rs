//! The error bands of the estimates, as far as the figures that people act on: cost, GPUs and decision.

use tunewise::domain::catalog::Catalog;
use tunewise::domain::cost::{Costed, Line, Setting};
use tunewise::domain::hardware::{ServedModel, serving_options};
use tunewise::domain::input::Inputs;
use tunewise::domain::sizing::{
    CAMPAIGN_BAND, CURRENT_SPEED_BAND, LIMITED_BAND_AT_MOST, TRAINING_HOURS_BAND,
};
use tunewise::domain::strategy::StrategyId;
use tunewise::domain::workload::CallTokens;

use crate::support::{case, cost, evaluate, explained, line, of, to_the_cent, without_people};

/// A tuned 8B on rented cards that stand nearly idle, so that only training can cost more or less.
fn tuned(billing: &str, boundary: &str) -> Inputs {
    scene! {
        data_boundary: boundary, gpu_billing: billing, base_model: "Llama-3.1-8B", serving_gpu: "H100 SXM",
        serving_gpu_count: "1", training_gpu: "H100 SXM", requests_per_month: 1_000.0, growth_per_month: 0.0,
        labels: 20_000.0, input_tokens: 4_000.0, discount_rate: 0.0,
    }
}

#[test]
fn rented_training_costs_as_much_less_and_more_as_the_hours_of_measured_runs_differ() {
    let evaluation = evaluate(&tuned("reserved", "any-vendor"));
    let cost = of(&evaluation, StrategyId::Lora).cost.as_ref().unwrap();
    let training = line(&cost.ledger, Line::TrainingCompute);
    assert!(training > 100.0, "{training}");
    to_the_cent("the cheap end", cost.tco_band.0, cost.tco - (1.0 - TRAINING_HOURS_BAND.low) * training);
    to_the_cent("the dear end", cost.tco_band.1, cost.tco + (TRAINING_HOURS_BAND.high - 1.0) * training);
    let words = explained(&evaluation, StrategyId::Lora)
        .derivations
        .iter()
        .find(|one| one.line == Line::TrainingCompute)
        .unwrap();
    assert!(words.text.contains("GPU-hours (") && words.text.contains(" to "), "{}", words.text);
}

#[test]
fn training_on_bought_cards_and_at_a_provider_costs_what_it_costs() {
    // Bought cards that draw as much idle as under load: how fast they serve changes nothing either.
    let mut inputs = tuned("reserved", "own-premises");
    inputs.economics.idle_power_share = 1.0;
    let bought = cost(&inputs, StrategyId::Lora);
    to_the_cent("bought, cheap", bought.tco_band.0, bought.tco);
    to_the_cent("bought, dear", bought.tco_band.1, bought.tco);
    let hosted = cost(&tuned("reserved", "any-vendor"), StrategyId::HostedTune);
    assert_eq!(hosted.tco_band, (hosted.tco, hosted.tco));
}

#[test]
fn a_saving_that_is_gone_at_the_dear_end_of_the_training_hours_moves_nobody() {
    let (mut gone, mut kept) = (0, 0);
    for step in 0..60 {
        let inputs = without_people(scene! {
            requests_per_month: 3e5 * 10_f64.powf(f64::from(step) / 60.0), growth_per_month: 0.0, labels: 200_000.0,
            evidence_prompt: "970/1000", evidence_full: "980/1000", replace_margin: 0.05, replace_floor: 0.0,
            base_model: "Llama-3.1-8B", input_tokens: 2_000.0, output_tokens: 200.0, epochs: 10.0, experiments: 20.0,
            gpu_billing: "reserved", training_gpu: "H100 SXM", serving_gpu: "L40S", serving_gpu_count: "1",
            shape: "flat", burst: 1.0, horizon: 12.0, downtime_accepted: true, discount_rate: 0.0,
        });
        let evaluation = evaluate(&inputs);
        let (prompt, full) = (of(&evaluation, StrategyId::Prompt), of(&evaluation, StrategyId::Full));
        let holder = prompt.tco().unwrap();
        let full = full.cost.as_ref().unwrap();
        let used = evaluation.decided.choice.use_now == Some(StrategyId::Full);
        let enough = holder - full.tco > 0.05 * holder;
        assert_eq!(used, enough && full.tco_band.1 < holder, "{holder} {} {:?}", full.tco, full.tco_band);
        // The dear end of the training alone: what is left of the band without it would not have held it back.
        let training = line(&full.ledger, Line::TrainingCompute) * (TRAINING_HOURS_BAND.high - 1.0);
        gone += usize::from(enough && !used && full.tco_band.1 - training < holder);
        kept += usize::from(used);
    }
    assert!(gone > 0 && kept > 0, "{gone} {kept}");
}

#[test]
fn a_custom_model_takes_the_gpu_hours_of_a_published_campaign_within_its_band() {
    // The model cards of Llama 3.1: 15 T tokens took the 8B 1.46 M hours of H100 and the 70B 7.0 M. The shape is that of
    // the nearest dense model, scaled to the size that is asked for.
    for (params, tokens, gpu, published) in
        [(8.03e9, 15e12, "H100 SXM", 1.46e6), (70.55e9, 15e12, "H100 SXM", 7.0e6)]
    {
        let inputs = scene! {
            custom_params: params, custom_tokens_per_param: tokens / params, training_gpu: gpu,
        };
        let case = case(&inputs);
        let job =
            Costed::of(&Setting::new(&case), StrategyId::Custom.strategy(), None).operation.job.unwrap();
        assert_eq!((job.gpu.name.as_str(), job.band), (gpu, CAMPAIGN_BAND));
        let share = published / job.gpu_hours;
        assert!(CAMPAIGN_BAND.low < share && share < CAMPAIGN_BAND.high, "{params}: {share}");
    }
    // Twice the tokens take twice the hours.
    let hours = |tokens: f64| {
        let inputs = scene! { custom_tokens_per_param: tokens };
        let case = case(&inputs);
        let custom = Costed::of(&Setting::new(&case), StrategyId::Custom.strategy(), None);
        custom.operation.job.unwrap().gpu_hours
    };
    assert!((hours(1_000.0) / hours(500.0) - 2.0).abs() < 1e-9);
}

/// Llama-3.1-8B on one H100 a replica, as in [`super::on_paper_gpus`].
fn reserved(requests: f64) -> Inputs {
    scene! {
        data_boundary: "own-cloud", open_model: "Llama-3.1-8B", serving_gpu: "H100 SXM", serving_gpu_count: "1",
        gpu_billing: "reserved", requests_per_month: requests, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: 500.0, input_tokens: 1_000.0, output_tokens: 200.0,
        shape: "business-hours", burst: 1.5, peak_utilisation: 0.65,
    }
}

#[test]
fn the_number_of_gpus_is_a_range_that_follows_from_the_speed_of_a_replica() {
    let model = Catalog::builtin().open_model("Llama-3.1-8B").unwrap();
    let tokens = CallTokens { prefix: 500.0, variable: 1_000.0, output: 200.0, ..CallTokens::default() };
    let served = ServedModel { model, is_tuned: false, tokens };
    let case = case(&reserved(1e6));
    let estimate = serving_options(&served, &case.inputs, &case.catalog).unwrap()[0].estimate;
    // A replica at the peak: 3.5 times the mean, 1.5 times above it, planned to 65 %.
    let carried = |replicas: f64| replicas * estimate.calls_per_second * 0.65 / 5.25 * 730.5 * 3_600.0;
    let range = |requests: f64| {
        let evaluation = evaluate(&reserved(requests));
        of(&evaluation, StrategyId::OpenSelf).hardware.as_ref().unwrap().peak_gpus
    };
    let band = estimate.band;
    let (least, most) = (CURRENT_SPEED_BAND, LIMITED_BAND_AT_MOST);
    assert!(most.low <= band.low && band.low <= least.low, "{band:?}");
    assert!(least.high <= band.high && band.high <= most.high, "{band:?}");
    for replicas in [39.99, 64.0, 99.5] {
        let paper = ((replicas / band.high).ceil(), replicas.ceil(), (replicas / band.low).ceil());
        assert_eq!(range(carried(replicas)), paper, "{replicas}");
    }
    assert_eq!(range(10.0), (2.0, 2.0, 2.0), "what availability asks for has no band");
}

#[test]
fn boards_are_bought_whole_at_both_ends_and_stay_when_traffic_falls() {
    let inputs = scene! {
        data_boundary: "own-premises", open_model: "Llama-3.1-8B", serving_gpu: "H100 SXM", serving_gpu_count: "1",
        requests_per_month: 3e8, growth_per_month: -0.1,
    };
    let evaluation = evaluate(&inputs);
    let hardware = of(&evaluation, StrategyId::OpenSelf).hardware.as_ref().unwrap();
    let (few, likely, many) = hardware.peak_gpus;
    assert!([few, likely, many].iter().all(|gpus| gpus % 8.0 == 0.0 && *gpus > 0.0), "{few} {likely} {many}");
    assert!(few < many, "{few} {likely} {many}");
    assert_eq!(hardware.peak_gpus_at_horizon, hardware.peak_gpus);
}

#[test]
fn a_plain_loop_is_sized_as_loops_were_measured_and_answers_one_call_at_a_time() {
    let calls = |software: &str| {
        let inputs = scene! { maturity: software, open_model: "Llama-3.1-8B", serving_gpu: "H100 SXM", serving_gpu_count: "1" };
        let model = Catalog::builtin().open_model("Llama-3.1-8B").unwrap();
        let tokens = CallTokens { prefix: 0.0, variable: 1_000.0, output: 200.0, ..CallTokens::default() };
        let served = ServedModel { model, is_tuned: false, tokens };
        let case = case(&inputs);
        serving_options(&served, &case.inputs, &case.catalog).unwrap()[0].estimate
    };
    let (plain, engine, tuned) = (calls("plain"), calls("vllm"), calls("tuned"));
    assert_eq!(plain.batch, 1.0);
    // 32 layers of 0.6 ms and 8 GB of fp8 weights at 3 TB/s: 22 ms a token.
    assert!((plain.time_per_output_token_s - 0.022).abs() < 0.001, "{}", plain.time_per_output_token_s);
    assert!(plain.calls_per_second < engine.calls_per_second / 5.0, "{plain:?} {engine:?}");
    assert!(engine.calls_per_second < tuned.calls_per_second);
}
