//! Worked examples, and what must hold for every run.

use super::*;
use crate::domain::catalog::{Catalog, Gpu};

fn model(name: &str) -> &'static OpenModel {
    Catalog::builtin().open_model(name).unwrap()
}

fn gpu(name: &str) -> &'static Gpu {
    Catalog::builtin().gpu(name).unwrap()
}

/// 8B, 4,096 tokens per GPU, checkpointing, no chunking: the worked example.
fn worked(method: TuningMethod) -> TrainingRun<'static> {
    let run = TrainingRun::new(model("Llama-3.1-8B"), gpu("H100 SXM"), 1, method, 4096.0);
    TrainingRun { chunked_loss: false, ..run }
}

fn gigabytes(gib: f64) -> f64 {
    gib * GIB / GB
}

#[test]
fn full_tuning_of_an_8b_takes_16_bytes_per_parameter_and_its_activations() {
    let memory = worked(TuningMethod::Full).memory_per_gpu().unwrap();
    let states = memory.weights_gib + memory.gradients_gib + memory.optimizer_gib;
    assert!((gigabytes(states) - 128.5).abs() < 0.1);
    assert!((gigabytes(memory.activations_gib + memory.logits_gib) - 8.4).abs() < 0.05);
}

#[test]
fn lora_and_qlora_of_an_8b_take_26_and_16_gigabytes() {
    let total = |method| gigabytes(worked(method).memory_per_gpu().unwrap().total_gib());
    assert!((total(TuningMethod::Lora { rank: 16.0 }) - 26.2).abs() < 0.1);
    assert!((total(TuningMethod::QLora { rank: 16.0 }) - 15.8).abs() < 0.1);
}

#[test]
fn activations_of_an_8b_match_the_worked_example() {
    let lora = worked(TuningMethod::Lora { rank: 16.0 });
    let kept = TrainingRun { checkpointing: Checkpointing::Off, ..lora }.memory_per_gpu().unwrap();
    assert!((gigabytes(kept.activations_gib) - 27.6).abs() < 0.1);
    let chunked = TrainingRun { chunked_loss: true, ..lora }.memory_per_gpu().unwrap();
    assert!((gigabytes(chunked.activations_gib + chunked.logits_gib) - 2.0).abs() < 0.02);
}

#[test]
fn qlora_never_needs_more_than_lora_nor_lora_more_than_full() {
    for model in Catalog::builtin().open_models.iter().filter(|row| row.picker) {
        for (gpus, tokens, rank) in [(1, 512.0, 8.0), (8, 4096.0, 16.0), (16, 32_768.0, 64.0)] {
            let total = |method| {
                let run = TrainingRun::new(model, gpu("H100 SXM"), gpus, method, tokens);
                run.memory_per_gpu().unwrap().total_gib()
            };
            let (qlora, lora) = (TuningMethod::QLora { rank }, TuningMethod::Lora { rank });
            assert!(total(qlora) <= total(lora), "{}", model.model);
            assert!(total(lora) <= total(TuningMethod::Full), "{}", model.model);
        }
    }
}

#[test]
fn more_tokens_never_need_less_memory() {
    for model in &Catalog::builtin().open_models {
        for checkpointing in [Checkpointing::Full, Checkpointing::Selective, Checkpointing::Off] {
            let total = |tokens| {
                let run = TrainingRun::new(model, gpu("H100 SXM"), 8, TuningMethod::Full, tokens);
                TrainingRun { checkpointing, ..run }.memory_per_gpu().unwrap().total_gib()
            };
            assert!([0.0, 128.0, 1024.0, 8192.0, 131_072.0].map(total).is_sorted());
        }
    }
}

#[test]
fn checkpointing_and_chunks_never_need_more() {
    for model in &Catalog::builtin().open_models {
        let full = TrainingRun::new(model, gpu("H100 SXM"), 8, TuningMethod::Full, 4096.0);
        let total = |run: TrainingRun<'_>| run.memory_per_gpu().unwrap().total_gib();
        let by = |checkpointing| total(TrainingRun { checkpointing, ..full });
        let ways = [Checkpointing::Full, Checkpointing::Selective, Checkpointing::Off];
        assert!(ways.map(by).is_sorted(), "{}", model.model);
        assert!(total(full) <= total(TrainingRun { chunked_loss: false, ..full }), "{}", model.model);
    }
}

#[test]
fn sharding_divides_the_states_and_only_them() {
    let one = worked(TuningMethod::Full);
    let eight = TrainingRun { gpus: 8, ..one };
    let (alone, shared) = (one.memory_per_gpu().unwrap(), eight.memory_per_gpu().unwrap());
    assert_eq!(shared.optimizer_gib, alone.optimizer_gib / 8.0);
    assert_eq!(shared.activations_gib, alone.activations_gib);
    assert!(shared.overhead_gib > alone.overhead_gib);
    let copied = TrainingRun { sharded: false, ..eight }.memory_per_gpu().unwrap();
    assert_eq!(copied, alone);
}

#[test]
fn qlora_fits_where_lora_does_not_and_full_needs_a_node() {
    let run = |name, gpus, method| TrainingRun::new(model("Llama-3.1-8B"), gpu(name), gpus, method, 2048.0);
    assert!(run("T4", 1, TuningMethod::QLora { rank: 16.0 }).fits());
    assert!(!run("T4", 1, TuningMethod::Lora { rank: 16.0 }).fits());
    assert!(run("RTX 4090", 1, TuningMethod::Lora { rank: 16.0 }).fits());
    assert!(!run("H100 SXM", 1, TuningMethod::Full).fits());
    assert!(run("H100 SXM", 4, TuningMethod::Full).fits());
    assert!(!run("H100 SXM", 0, TuningMethod::QLora { rank: 16.0 }).fits());
}

#[test]
fn absurd_runs_stay_finite_and_do_not_fit() {
    let mut row = model("Llama-3.1-8B").clone();
    row.params_total_b = f64::MAX;
    row.vocab = f64::MAX;
    for tokens in [f64::NAN, f64::INFINITY, -1.0] {
        let run = TrainingRun::new(&row, gpu("H100 SXM"), 1, TuningMethod::Full, tokens);
        assert!(run.memory_per_gpu().unwrap().total_gib().is_finite());
        assert!(!run.fits());
    }
}

#[test]
fn an_unknown_architecture_has_no_memory_and_does_not_fit() {
    let mut row = model("Llama-3.1-8B").clone();
    row.kv_heads = None;
    let run = TrainingRun::new(&row, gpu("H100 SXM"), 8, TuningMethod::QLora { rank: 16.0 }, 512.0);
    assert_eq!(run.memory_per_gpu(), None);
    assert!(!run.fits());
}
