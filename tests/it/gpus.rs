//! Defects of own GPUs found in comparable tools, as tests that they are not here (method §14).

use tunewise::domain::answer::Cost;
use tunewise::domain::catalog::Catalog;
use tunewise::domain::cost::Line;
use tunewise::domain::input::{DataBoundary, GpuBilling, TrafficShape};
use tunewise::domain::strategy::StrategyId;

use crate::support::{cost, evaluate, in_month, of, presets};

#[test]
fn lower_utilisation_never_cheapens_reserved_gpus() {
    let compute = |requests: f64, planned: f64| {
        let inputs = scene! {
            requests_per_month: requests, gpu_billing: "reserved", open_model: "Llama-3.1-8B",
            serving_gpu: "L40S", serving_gpu_count: "1", peak_utilisation: planned, growth_per_month: 0.0,
        };
        in_month(&cost(&inputs, StrategyId::OpenSelf).ledger, 12, Line::ServingCompute)
    };
    // Less traffic on the same replicas costs the same, and never nothing.
    assert_eq!(compute(10.0, 0.65), compute(100_000.0, 0.65));
    assert!(compute(10.0, 0.65) > 1_000.0);
    // Planning for emptier cards takes more of them.
    let planned = [1.0, 0.8, 0.65, 0.5, 0.3, 0.1].map(|planned| compute(5e6, planned));
    assert!(planned.is_sorted() && planned[0] < planned[5], "{planned:?}");
}

#[test]
fn swapping_input_and_output_lengths_changes_the_gpus_needed() {
    let peak = |input: f64, output: f64| {
        let inputs = scene! {
            requests_per_month: 3e8, prefix_tokens: 0.0, input_tokens: input, output_tokens: output,
            open_model: "Llama-3.1-8B", serving_gpu: "H100 SXM", serving_gpu_count: "1",
        };
        let evaluation = evaluate(&inputs);
        of(&evaluation, StrategyId::OpenSelf).hardware.as_ref().unwrap().peak_replicas.0
    };
    // Writing is slower than reading.
    let (writing, reading) = (peak(200.0, 1_000.0), peak(1_000.0, 200.0));
    assert!(writing > reading * 1.2, "{writing} {reading}");
}

#[test]
fn the_same_interactive_traffic_in_fewer_hours_never_needs_fewer_gpus_at_the_peak() {
    let peak = |requests: f64, shape: TrafficShape| {
        let mut inputs = scene! {
            requests_per_month: requests, open_model: "Llama-3.1-8B", serving_gpu: "L40S", serving_gpu_count: "1",
        };
        inputs.work.shape = shape;
        let evaluation = evaluate(&inputs);
        of(&evaluation, StrategyId::OpenSelf).hardware.as_ref().unwrap().peak_replicas.0
    };
    for requests in [1e5, 3e6, 3e7] {
        let flat = peak(requests, TrafficShape::Flat);
        for shape in TrafficShape::ALL {
            assert!(peak(requests, *shape) >= flat, "{shape:?} at {requests}");
        }
    }
    assert!(peak(3e7, TrafficShape::Spiky) > peak(3e7, TrafficShape::Flat));
}

#[test]
fn a_gpu_without_a_price_is_never_the_cheapest_nor_free() {
    let catalog = Catalog::builtin();
    for (name, inputs) in presets() {
        for boundary in DataBoundary::ALL {
            let mut inputs = inputs.clone();
            inputs.constraints.data_boundary = *boundary;
            for found in &evaluate(&inputs).decided.assessments {
                let Some(hardware) = &found.hardware else { continue };
                let gpu = catalog.gpu(&hardware.gpu).unwrap();
                let price = match boundary {
                    DataBoundary::AnyVendor | DataBoundary::Contract => gpu.usd_hr_neocloud,
                    DataBoundary::OwnCloud => gpu.usd_hr_hyperscaler,
                    DataBoundary::OwnPremises | DataBoundary::AirGap => gpu.purchase_usd_per_gpu,
                };
                assert!(price.is_some_and(|usd| usd > 0.0), "{name}, {boundary:?}: {}", hardware.gpu);
            }
        }
    }
    // Pinned, it is out with a reason.
    let evaluation = evaluate(&scene! { serving_gpu: "H200 NVL (PCIe)" });
    let own = of(&evaluation, StrategyId::OpenSelf);
    assert!(own.cost.is_err() && own.out[0].to_string().contains("price"), "{:?}", own.out);
}

#[test]
fn all_experts_must_fit_the_memory_however_few_are_active() {
    // 116.8 B parameters, 5.1 B of them active: an L4 holds the active ones and not the rest.
    let pinned = |model: &str, gpu: &str| {
        let evaluation = evaluate(&scene! { open_model: model, serving_gpu: gpu, serving_gpu_count: "1" });
        of(&evaluation, StrategyId::OpenSelf).clone()
    };
    let out = pinned("gpt-oss-120b", "L4");
    assert!(out.out.iter().any(|reason| reason.rule() == "capacity"), "{:?}", out.out);
    assert!(pinned("gpt-oss-120b", "H200 SXM").survives());
    // A dense model of the active size would be served by far fewer replicas than one of the total size.
    let speed = |model: &str| pinned(model, "H200 SXM").hardware.unwrap().tokens_per_second.1;
    assert!(speed("gpt-oss-120b") > speed("Llama-3.3-70B"));
}

#[test]
fn where_full_tuning_fits_so_does_lora_and_where_lora_fits_so_does_qlora() {
    let catalog = Catalog::builtin();
    let mut told_apart = 0;
    for base in ["Llama-3.2-3B", "Llama-3.1-8B", "Qwen3-14B", "Qwen3-32B", "Llama-3.3-70B"] {
        for gpu in catalog.gpus.iter().filter(|gpu| gpu.usd_hr_neocloud.is_some() && gpu.bf16_native) {
            let inputs = scene! {
                base_model: base, training_gpu: gpu.name.as_str(), training_gpu_count: "1", serving_gpu: "H200 SXM",
                labels: 20_000.0,
            };
            let evaluation = evaluate(&inputs);
            let fits = |id: StrategyId| of(&evaluation, id).cost.is_ok();
            let (qlora, lora, full) =
                (fits(StrategyId::Qlora), fits(StrategyId::Lora), fits(StrategyId::Full));
            assert!((!full || lora) && (!lora || qlora), "{base} on {}: {qlora} {lora} {full}", gpu.name);
            told_apart += usize::from(qlora != lora) + usize::from(lora != full);
        }
    }
    assert!(told_apart > 10, "{told_apart}");
}

#[test]
fn training_with_lora_never_costs_more_than_full_tuning_on_the_same_labels() {
    let mut compared = 0;
    for base in Catalog::builtin().open_models.iter().filter(|row| row.picker) {
        let evaluation =
            evaluate(&scene! { base_model: base.model.as_str(), labels: 20_000.0, growth_per_month: 0.0 });
        let (lora, full) = (of(&evaluation, StrategyId::Lora), of(&evaluation, StrategyId::Full));
        let (Ok(lora), Ok(full)) = (&lora.cost, &full.cost) else { continue };
        let first = |cost: &Cost| in_month(&cost.ledger, 0, Line::TrainingCompute);
        assert!(
            first(lora) > 0.0 && first(lora) <= first(full),
            "{}: {} {}",
            base.model,
            first(lora),
            first(full)
        );
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
}

#[test]
fn replicas_cover_the_peak_of_every_preset() {
    for (name, mut inputs) in presets() {
        inputs.work.deferrable_share = 0.0;
        let evaluation = evaluate(&inputs);
        let Some(hardware) = of(&evaluation, StrategyId::OpenSelf).hardware.clone() else { continue };
        let weight = match inputs.work.shape {
            TrafficShape::Flat => 1.0,
            TrafficShape::BusinessHours => 3.5,
            TrafficShape::ConsumerEvenings => 2.0,
            TrafficShape::Spiky => 6.0,
            TrafficShape::Nightly => 3.0,
        };
        let calls =
            inputs.work.requests_per_month * inputs.work.calls_per_request * (1.0 + inputs.work.retry_share);
        let tokens = calls * inputs.work.output_tokens / (730.5 * 3_600.0) * weight * inputs.work.burst;
        let capacity = hardware.tokens_per_second.1 * 0.65 * hardware.peak_replicas.0;
        assert!(capacity >= tokens * (1.0 - 1e-6), "{name}: {capacity} for {tokens}");
    }
}

#[test]
fn idle_time_follows_the_shape_of_the_traffic() {
    let utilisation = |shape: &str| {
        let inputs = scene! {
            requests_per_month: 3e8, shape: shape, gpu_billing: "reserved", open_model: "Llama-3.1-8B",
            serving_gpu: "L40S", serving_gpu_count: "1", growth_per_month: 0.0,
        };
        let evaluation = evaluate(&inputs);
        of(&evaluation, StrategyId::OpenSelf).hardware.as_ref().unwrap().utilisation
    };
    assert!(utilisation("flat") > 1.8 * utilisation("consumer-evenings"));
    assert!(utilisation("consumer-evenings") > 1.4 * utilisation("business-hours"));
}

#[test]
fn bought_hardware_counts_in_full_before_launch_whatever_way_it_is_billed_elsewhere() {
    let upfront = |billing: GpuBilling| {
        let mut inputs =
            scene! { open_model: "Llama-3.1-8B", serving_gpu: "H100 PCIe", serving_gpu_count: "1" };
        inputs.models.gpu_billing = billing;
        cost(&inputs, StrategyId::OpenSelf).upfront
    };
    let rented = upfront(GpuBilling::Reserved);
    // Two replicas of $29,000 with a fifth for network and spares.
    assert!((upfront(GpuBilling::Owned) - rented - 2.0 * 34_800.0).abs() < 0.005);
    assert_eq!(upfront(GpuBilling::Autoscaled), rented);
}
