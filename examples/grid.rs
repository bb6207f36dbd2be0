//! A hundred thousand scenarios over all inputs: none panics, and none ends without an answer.
//!
//! ```text
//! cargo run --release --no-default-features --example grid    (or with a number of scenarios)
//! ```
//!
//! Each scenario must end with something to use, something to try, or a reason with a relaxation that
//! helps: applied as it is stated, it lets the strategy in. What holds of every answer is checked
//! (`tests/it/invariants.rs`): nothing excluded is recommended, trials are in order, sentences are true to their
//! figures. In some of them every input is changed, and the
//! decision that remembers the last answers about GPUs must be the one made anew. Says how long it took, and exits
//! with 1 if one does not; `make test` runs it.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tunewise::domain::answer::{Answer, Relaxation, answer, paths};
use tunewise::domain::case::Case;
use tunewise::domain::decide::{Decided, Decision, decide};
use tunewise::domain::hardware::HardwareMemory;
use tunewise::domain::input::{input, registry};

#[path = "../tests/it/invariants.rs"]
mod invariants;
#[path = "../tests/it/random.rs"]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared with the tests, which stop at the first surprise"
)]
mod random;

/// Scenarios without being told a number.
const SCENARIOS: u64 = 100_000;

/// In one of so many scenarios every input is changed.
const CHANGED: u64 = 500;

/// In one of so many scenarios the paths are followed.
const PATHS: u64 = 50;

/// Failures after which a worker stops.
const MOST_FAILURES: usize = 10;

/// How the scenarios ended.
#[derive(Default)]
struct Ends {
    used: AtomicU64,
    tried: AtomicU64,
    nothing_to_try: AtomicU64,
    nothing_fits: AtomicU64,
}

fn main() -> ExitCode {
    let scenarios = std::env::args().nth(1).map_or(Some(SCENARIOS), |text| text.parse().ok());
    let Some(scenarios) = scenarios else {
        eprintln!("usage: grid [SCENARIOS]");
        return ExitCode::from(2);
    };
    let workers = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let (ends, start) = (Ends::default(), Instant::now());
    let failures: Vec<String> = std::thread::scope(|scope| {
        let work = |worker: u64| {
            let ends = &ends;
            let seeds = (worker..scenarios).step_by(workers as usize);
            scope.spawn(move || {
                seeds.filter_map(|seed| check(seed, ends)).take(MOST_FAILURES).collect::<Vec<String>>()
            })
        };
        let threads: Vec<_> = (0..workers).map(work).collect();
        let panicked = || vec!["a worker panicked".to_owned()];
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|_| panicked())).collect()
    });
    let seconds = start.elapsed().as_secs_f64();
    let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
    println!(
        "{scenarios} scenarios in {seconds:.1} s on {workers} threads: {} use something, {} try something, {} have nothing to try, in {} nothing fits",
        of(&ends.used),
        of(&ends.tried),
        of(&ends.nothing_to_try),
        of(&ends.nothing_fits)
    );
    for failure in &failures {
        eprintln!("{failure}");
    }
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is wrong with the answer to one scenario, if anything.
fn check(seed: u64, ends: &Ends) -> Option<String> {
    let case = random::case(seed);
    let evaluation = answer(&case);
    let advice = &evaluation;
    let (end, must_help) = match (advice.decided.choice.use_now, advice.decided.choice.reference) {
        (Some(_), _) => (&ends.used, false),
        (None, Some(_)) if !advice.decided.pilots.is_empty() => (&ends.tried, false),
        (None, Some(_)) => (&ends.nothing_to_try, true),
        (None, None) => (&ends.nothing_fits, true),
    };
    end.fetch_add(1, Ordering::Relaxed);
    if evaluation.decided.assessments.iter().any(|one| one.tco().is_some_and(|usd| !usd.is_finite())) {
        return Some(format!("scenario {seed}: a cost is not finite"));
    }
    if let Some(what) = invariants::broken(&case, &evaluation) {
        return Some(format!("scenario {seed}: {what}"));
    }
    if seed.is_multiple_of(PATHS)
        && let Some(what) = invariants::broken_paths(&evaluation, &paths(&case))
    {
        return Some(format!("scenario {seed}: {what}"));
    }
    let unhelped = must_help.then(|| unhelped(&case, &evaluation)).flatten();
    let unlike = if seed.is_multiple_of(CHANGED) { unlike(&case, seed) } else { None };
    unhelped.or(unlike).map(|what| format!("scenario {seed}: {what}"))
}

/// The first input with which the decision that remembers the last answers about GPUs differs, if there is one.
fn unlike(case: &Case, seed: u64) -> Option<String> {
    let other = random::inputs(seed + 1);
    let memory = HardwareMemory::default();
    let found = registry().find(|record| {
        let changed = case.edited(|inputs| (record.set)(inputs, &(record.get)(&other)));
        let remembering = Decision::remembering(&changed, &memory).with_figures();
        Decided::from(remembering) != decide(&changed)
    })?;
    Some(format!("the question about GPUs leaves {} out", found.id))
}

/// Why what is said to relax does not help, if it does not.
fn unhelped(case: &Case, evaluation: &Answer) -> Option<String> {
    let relaxations = &evaluation.relaxations;
    if relaxations.is_empty() {
        let out: Vec<String> = evaluation
            .decided
            .assessments
            .iter()
            .map(|one| {
                let reasons: Vec<String> =
                    one.out.iter().map(|out| format!("{}: {out}", out.rule())).collect();
                format!("  {}: {}", one.id.key(), reasons.join(" | "))
            })
            .collect();
        return Some(format!("nothing is said to relax\n{}", out.join("\n")));
    }
    relaxations.iter().find(|one| !helps(case, one)).map(|one| format!("this does not help: {}", one.text))
}

fn helps(case: &Case, relaxation: &Relaxation) -> bool {
    let mut relaxed = case.clone();
    for (id, value) in &relaxation.changes {
        if let Some(record) = input(id) {
            (record.set)(&mut relaxed.inputs, value);
        }
    }
    let decided = decide(&relaxed);
    let answered = decided.choice.use_now.is_some() || !decided.pilots.is_empty();
    answered && decided.get(relaxation.strategy).is_some_and(|one| one.survives())
}
