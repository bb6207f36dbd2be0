//! What must hold for every replica, load and target.

use super::*;

#[test]
fn a_looser_target_never_lowers_the_throughput() {
    for model in ["Llama-3.1-8B", "Llama-3.3-70B", "Qwen3-235B-A22B", "gpt-oss-20b"] {
        let replica = replica(model, "H200 SXM", 8, Precision::Fp8);
        for limit in [per_token as fn(f64) -> LatencyTargets, first_token] {
            let reached: Vec<f64> = (1..200)
                .filter_map(|step| {
                    serve(&replica, &load(1000.0, 300.0), &limit(f64::from(step) * 0.005)).ok()
                })
                .map(|estimate| estimate.output_tokens_per_second)
                .collect();
            assert!(reached.len() > 100 && reached.is_sorted(), "{model}");
        }
    }
}

#[test]
fn the_batch_is_the_largest_that_keeps_the_targets() {
    let (mut limited, mut missed) = (0, 0);
    let load = load(1000.0, 300.0);
    for (model, gpu) in Catalog::builtin()
        .open_models
        .iter()
        .flat_map(|m| Catalog::builtin().gpus.iter().map(move |g| (m, g)))
    {
        for (gpus, targets) in
            [1, 8].iter().flat_map(|n| [per_token(0.08), per_token(0.02), first_token(0.4)].map(|t| (*n, t)))
        {
            let replica = Replica::new(model, gpu, gpus, Precision::Fp8, Engine::VLLM);
            let Ok(found) = serve(&replica, &load, &targets) else { continue };
            let beyond = |estimate: &ServingEstimate, slack: f64| {
                let over = |p95: f64, target: Option<f64>| target.is_some_and(|target| p95 > target * slack);
                over(estimate.p95_time_to_first_token_s(), targets.time_to_first_token_s)
                    || over(estimate.p95_time_per_output_token_s(), targets.time_per_output_token_s)
            };
            assert!(!beyond(&found, 1.0 + 1e-12), "{} on {gpus} {}: {found:?}", model.model, gpu.name);
            let more = serve_at_concurrency(&replica, &load, found.batch * 1.000_001).unwrap();
            // Where memory limits the batch, there are not more in flight.
            if more.batch > found.batch && targets != NO_TARGETS {
                limited += 1;
                missed += u32::from(beyond(&more, 1.0));
            }
        }
    }
    assert!(limited > 500 && missed == limited, "{missed} of {limited}");
}

#[test]
fn further_gpus_of_a_node_speed_up_a_model_that_fills_the_first_ones() {
    // What a layer waits for its links costs the small ones more than it brings.
    for model in ["Llama-3.3-70B", "Llama-3.1-405B", "Qwen3-235B-A22B"] {
        for gpu in ["H100 SXM", "H200 SXM", "B200 SXM", "MI300X"] {
            let mut reached = 0.0;
            for gpus in [1, 2, 4, 8] {
                let replica = replica(model, gpu, gpus, Precision::Fp8);
                let serving = serve(&replica, &load(1000.0, 300.0), &NO_TARGETS);
                let now = serving.map_or(0.0, |estimate| estimate.output_tokens_per_second);
                assert!(now >= reached, "{model} on {gpus} {gpu}: {now} {reached}");
                reached = now;
            }
        }
    }
}

#[test]
fn a_replica_on_two_nodes_pays_the_network_between_its_layers() {
    let alone = |gpus| {
        let replica = replica("Llama-3.1-405B", "H100 SXM", gpus, Precision::Fp8);
        serve_at_concurrency(&replica, &load(200.0, 200.0), 1.0).unwrap().time_per_output_token_s
    };
    // 126 layers of 290 µs are 37 ms, more than half of the weights take to be read on eight.
    assert!(alone(16) > alone(8) && alone(16) > 0.0365, "{} {}", alone(16), alone(8));
}

#[test]
fn every_model_on_every_gpu_is_refused_or_finite() {
    let precisions = Precision::ALL;
    let loads = [load(1000.0, 300.0), load(0.0, 0.0), load(1e9, 1.0), load(30_000.0, 2000.0)];
    let mut served = 0;
    for model in &Catalog::builtin().open_models {
        for gpu in &Catalog::builtin().gpus {
            for (gpus, weights) in [0, 1, 2, 4, 8, 16].iter().flat_map(|n| precisions.map(|p| (*n, p))) {
                let replica = Replica::new(model, gpu, gpus, weights, Engine::VLLM);
                for targets in [NO_TARGETS, per_token(0.08)] {
                    for load in &loads {
                        served += u32::from(assert_sane(serve(&replica, load, &targets)));
                    }
                }
            }
        }
    }
    assert!(served > 50_000, "{served}");
}

#[test]
fn absurd_inputs_are_refused_or_finite() {
    let base = replica("Qwen3-235B-A22B", "H200 SXM", 8, Precision::Fp8);
    for absurd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -1.0, 0.0, f64::MIN_POSITIVE] {
        let gpu = Gpu { mem_bw_gb_s: absurd, ..base.gpu.clone() };
        let model = OpenModel { hidden: absurd, ..base.model.clone() };
        let replicas = [
            Replica { engine: Engine { pace: absurd, ..base.engine }, ..base },
            Replica { gpu: &gpu, ..base },
            Replica { model: &model, ..base },
        ];
        for replica in &replicas {
            assert_sane(serve(replica, &load(1000.0, 300.0), &per_token(0.08)));
        }
        assert_sane(serve(&base, &load(absurd, absurd), &per_token(absurd)));
        assert_sane(serve(&base, &load(1000.0, 300.0), &first_token(absurd)));
        assert_sane(serve_at_concurrency(&base, &load(1000.0, 300.0), absurd));
    }
}

/// Fail on anything that is no finite positive number; tell whether it serves.
fn assert_sane(outcome: Result<ServingEstimate, CannotServe>) -> bool {
    let numbers = match outcome {
        Ok(estimate) => vec![
            estimate.batch,
            estimate.output_tokens_per_second,
            estimate.calls_per_second,
            estimate.time_to_first_token_s,
            estimate.time_per_output_token_s,
            estimate.weights_gib,
            estimate.kv_gib_per_request,
            estimate.usable_gib,
        ],
        Err(CannotServe::ContextTooLong { needed, limit }) => vec![needed, limit],
        Err(CannotServe::DoesNotFit { needed_gib, usable_gib }) => {
            vec![needed_gib, usable_gib + 1.0]
        }
        Err(CannotServe::LatencyUnreachable { best_s, target_s, .. }) => {
            vec![best_s, target_s.abs() + 1.0]
        }
        Err(CannotServe::UnknownModelData { .. }) => vec![],
    };
    assert!(numbers.iter().all(|number| number.is_finite() && *number > 0.0), "{outcome:?}");
    outcome.is_ok()
}
