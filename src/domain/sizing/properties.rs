//! What must hold for every model, GPU and load of the catalogue.

use super::*;
use crate::domain::catalog::{Catalog, Gpu, OpenModel, computed_total_params};

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// One entry of a list.
    fn pick<'a, Item>(&mut self, items: &'a [Item]) -> &'a Item {
        &items[self.below(items.len() as u64) as usize]
    }

    /// A size between two powers of two.
    fn size(&mut self, least: u32, most: u32) -> f64 {
        let power = f64::from(least) + f64::from(most - least) * (self.below(1000) as f64 / 1000.0);
        power.exp2().round()
    }

    /// A run on any model and GPU of the catalogue.
    fn run(&mut self) -> TrainingRun<'static> {
        let catalog = Catalog::builtin();
        let gpus = *self.pick(&[1, 2, 3, 4, 8, 16, 64]);
        let (model, gpu) = (self.pick(&catalog.open_models), self.pick(&catalog.gpus));
        let run = TrainingRun::new(model, gpu, gpus, TuningMethod::Full, self.size(5, 17));
        let mut coin = || self.below(2) == 1;
        let (chunked_loss, sharded, accumulates) = (coin(), coin(), coin());
        let ways = [Checkpointing::Off, Checkpointing::Selective, Checkpointing::Full];
        let lora_targets = LoraTargets::from_letters(TARGETS[self.below(5) as usize]);
        TrainingRun {
            checkpointing: *self.pick(&ways),
            chunked_loss,
            sharded,
            accumulates,
            lora_targets,
            optimizer_bytes_per_param: *self.pick(&[2.0, 4.0, 8.0, 12.0]),
            stack: *self.pick(&[TrainingStack::Notebook, TrainingStack::Tuned, TrainingStack::Expert]),
            arithmetic: *self.pick(&ARITHMETICS),
            tensor_parallel: *self.pick(&[1, 2, 8]),
            pipeline_stages: *self.pick(&[1, 4]),
            ..run
        }
    }
}

/// Adapted matrices as recipes choose them.
const TARGETS: [&str; 5] = ["qv", "qkvo", "gud", "qkvogud", "d"];
const ARITHMETICS: [Arithmetic; 3] = [Arithmetic::Bf16, Arithmetic::Fp8, Arithmetic::Fp4];
const PRECISIONS: [Precision; 10] = Precision::ALL;

fn load(input: f64, output: f64) -> Load {
    Load {
        prefix_tokens: 0.0,
        prefix_hit: 0.0,
        variable_tokens: input,
        output_tokens: output,
        length_tail_factor: 1.0,
    }
}

#[test]
fn qlora_never_needs_more_memory_than_lora_nor_lora_more_than_full_tuning() {
    let mut dice = Dice(0x5eed);
    for _ in 0..20_000 {
        let run = dice.run();
        let rank = dice.size(2, 6);
        // A plan that trains more in adapters than the model holds is no plan.
        if lora_params(run.model, rank, run.lora_targets) > 0.1 * run.model.params_total_b * 1e9 {
            continue;
        }
        let total = |method| TrainingRun { method, ..run }.memory_per_gpu().unwrap().total_gib();
        let (qlora, lora) = (total(TuningMethod::QLora { rank }), total(TuningMethod::Lora { rank }));
        assert!(qlora <= lora && lora <= total(TuningMethod::Full), "{run:?}");
    }
}

#[test]
fn more_tokens_a_step_never_need_less_training_memory() {
    let mut dice = Dice(0xfeed);
    for _ in 0..20_000 {
        let run = TrainingRun { method: TuningMethod::QLora { rank: 16.0 }, ..dice.run() };
        let method = *dice.pick(&[TuningMethod::Full, run.method]);
        let total = |tokens| {
            TrainingRun { method, micro_batch_tokens: tokens, ..run }.memory_per_gpu().unwrap().total_gib()
        };
        let tokens = dice.size(5, 17);
        // Gradients give way to activations byte for byte; the sum may round.
        assert!(total(tokens) <= total(tokens * 1.5) * (1.0 + 1e-12), "{run:?}");
    }
}

#[test]
fn more_context_or_requests_never_need_less_serving_memory() {
    let mut dice = Dice(0xc0de);
    let catalog = Catalog::builtin();
    for _ in 0..20_000 {
        let (model, gpu) = (dice.pick(&catalog.open_models), dice.pick(&catalog.gpus));
        let gpus = *dice.pick(&[1, 2, 8]);
        let replica = Replica::new(model, gpu, gpus, *dice.pick(&PRECISIONS), Engine::TUNED);
        let total = |requests, tokens| serving_memory(&replica, requests, tokens, true).unwrap().total_gib();
        let (requests, tokens) = (dice.size(0, 10), dice.size(0, 18));
        assert!(total(requests, tokens) <= total(requests, tokens * 2.0));
        assert!(total(requests, tokens) <= total(requests + 1.0, tokens));
    }
}

#[test]
fn swapping_input_and_output_lengths_changes_the_capacity() {
    let catalog = Catalog::builtin();
    let gpu = catalog.gpu("H200 SXM").unwrap();
    let mut compared = 0;
    for model in &catalog.open_models {
        // Engines of users prefill the largest dense models so slowly that reading is no cheaper there.
        let replica = Replica::new(model, gpu, 8, Precision::Fp8, Engine::TUNED);
        let calls = |input, output| {
            serve(&replica, &load(input, output), &LatencyTargets::default()).map(|it| it.calls_per_second)
        };
        for (long, short) in [(1800.0, 100.0), (1500.0, 300.0)] {
            // Reading is cheaper than writing.
            if let (Ok(reading), Ok(writing)) = (calls(long, short), calls(short, long)) {
                assert!(reading > 1.05 * writing, "{}: {reading} {writing}", model.model);
                compared += 1;
            }
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn more_gpus_never_hold_fewer_calls_whatever_the_load() {
    let mut dice = Dice(0xbead);
    let catalog = Catalog::builtin();
    for _ in 0..4_000 {
        let (model, gpu) = (dice.pick(&catalog.open_models), dice.pick(&catalog.gpus));
        let (weights, load) = (*dice.pick(&PRECISIONS), load(dice.size(0, 14), dice.size(0, 12)));
        let mut held = 0.0;
        for gpus in [1, 2, 4, 8, 16] {
            let replica = Replica::new(model, gpu, gpus, weights, Engine::VLLM);
            let serving = serve(&replica, &load, &LatencyTargets::default());
            let now = serving.map_or(0.0, |estimate| estimate.batch);
            assert!(now >= held, "{} on {gpus} {}", model.model, gpu.name);
            held = now;
        }
    }
}

#[test]
fn every_model_on_every_gpu_trains_in_every_format_to_finite_numbers() {
    let catalog = Catalog::builtin();
    let rank = 16.0;
    for (model, gpu) in catalog.open_models.iter().flat_map(|m| catalog.gpus.iter().map(move |g| (m, g))) {
        for method in [TuningMethod::Full, TuningMethod::Lora { rank }, TuningMethod::QLora { rank }] {
            for (gpus, arithmetic) in [1, 8, 1024].iter().flat_map(|n| ARITHMETICS.map(|a| (*n, a))) {
                let run = TrainingRun { arithmetic, ..TrainingRun::new(model, gpu, gpus, method, 2048.0) };
                let numbers = [
                    run.memory_per_gpu().unwrap().total_gib(),
                    run.hours(1e9).unwrap(),
                    run.campaign_gpu_hours(1e9).unwrap(),
                    run.default_mfu(),
                    run.flops_per_token().unwrap(),
                ];
                let sane = numbers.iter().all(|number| number.is_finite() && *number > 0.0);
                assert!(sane, "{} on {}: {numbers:?}", model.model, gpu.name);
            }
        }
        for weights in PRECISIONS {
            let replica = Replica::in_plain_loop(model, gpu, 1, weights);
            let memory = serving_memory(&replica, 1.0, 4096.0, true).unwrap().total_gib();
            let running = serve_as_run(&replica, &load(500.0, 100.0), f64::INFINITY).unwrap();
            let speed = running.output_tokens_per_second;
            assert!(memory.is_finite() && memory > 0.0 && speed.is_finite() && speed > 0.0);
        }
    }
}

#[test]
fn absurd_runs_have_unknown_or_finite_hours() {
    let mut dice = Dice(0xdead);
    for absurd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -1.0, 0.0, f64::MIN_POSITIVE] {
        for _ in 0..200 {
            let run = dice.run();
            let gpu = Gpu { mem_bw_gb_s: absurd, bf16_dense_tflops: absurd, ..run.gpu.clone() };
            let model = OpenModel { hidden: absurd, vocab: absurd, ..run.model.clone() };
            let runs = [
                TrainingRun { gpu: &gpu, ..run },
                TrainingRun { model: &model, ..run },
                TrainingRun { micro_batch_tokens: absurd, sequence_tokens: absurd, ..run },
                TrainingRun { optimizer_bytes_per_param: absurd, gpus: 0, tensor_parallel: 0, ..run },
            ];
            for run in &runs {
                assert!(run.hours(1e9).is_none_or(|hours| hours.is_finite() && hours >= 0.0));
                assert!(run.default_mfu().is_finite());
                assert!(run.memory_per_gpu().is_none_or(|memory| memory.total_gib().is_finite()));
            }
        }
    }
}

#[test]
fn computed_parameters_are_within_two_per_cent_of_the_published_or_the_row_says_why() {
    for row in &Catalog::builtin().open_models {
        let error = computed_total_params(row).unwrap() / (row.params_total_b * 1e9) - 1.0;
        let explained = row.note.as_ref().is_some_and(|note| note.contains("parameter count:"));
        assert!(error.abs() <= 0.02 || explained, "{}: {:.1} %", row.model, error * 100.0);
    }
}
