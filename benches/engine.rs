//! How long one recompute takes: the default scenario, each preset, and the decision alone.
#![allow(missing_docs, reason = "criterion's macros generate undocumented functions")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use tunewise::domain::answer;
use tunewise::domain::case::Case;
use tunewise::domain::cost::Setting;
use tunewise::domain::decide::Decision;
use tunewise::domain::presets::PRESETS;

fn recompute(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("recompute");
    group.sample_size(20);
    let defaults = Case::default();
    group.bench_function("default", |bencher| bencher.iter(|| answer(black_box(&defaults))));
    group.bench_function("default, decision only", |bencher| {
        bencher.iter(|| Decision::of(Setting::new(black_box(&defaults))).outcome())
    });
    for preset in PRESETS {
        let Ok(case) = preset.scenario().case() else { continue };
        group.bench_function(preset.id, |bencher| bencher.iter(|| answer(black_box(&case))));
    }
    group.finish();
}

criterion_group!(benches, recompute);
criterion_main!(benches);
