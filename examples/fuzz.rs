//! A million random and mutated inputs to all that reads what others wrote.
//!
//! ```text
//! cargo run --profile fast --no-default-features --example fuzz    (or with a number of inputs, and a seed)
//! ```
//!
//! Links, scenarios, comparisons, rows, pasted texts and files, kept scenarios, policies, files of models and usage
//! exports, most of them nearly right (`tests/it/hostile/`). None may panic, open as something else than it says, lose an
//! answer without a word, or be long in what is said of it. Says how many were read and refused, the slowest and the
//! largest in memory, and leaves these, and those that fail, under `target/fuzz/`. Exits with 1 if one fails.

use std::any::Any;
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[path = "../tests/it/hostile/accounted.rs"]
mod accounted;
#[path = "../tests/it/hostile/inputs.rs"]
mod inputs;
#[path = "../tests/it/hostile/mutation.rs"]
mod mutation;
#[path = "../tests/it/random.rs"]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "shared with the tests, which stop at the first surprise"
)]
mod random;
#[path = "../tests/it/hostile/reading.rs"]
mod reading;
#[path = "../tests/it/hostile/seeds.rs"]
mod seeds;
#[path = "../tests/it/hostile/spans.rs"]
mod spans;

use inputs::{Decoder, Hostile, hostile};
use reading::{Meter, read};
use seeds::Seeds;

/// Inputs without being told a number.
const INPUTS: u64 = 1_000_000;
/// The seed without being told one.
const SEED: u64 = 2026;
/// The slowest input so far is read so many times more.
const REPEATS: usize = 4;
/// Failures after which it stops.
const MOST_FAILURES: usize = 20;

/// What the reading of one input took.
#[derive(Clone, Copy, Default)]
struct Taken {
    number: u64,
    bytes: usize,
    time: Duration,
    memory: u64,
}

impl Meter for Taken {
    fn measure<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (start, mut result) = (Instant::now(), None);
        let memory = allocation_counter::measure(|| result = Some(work()));
        (self.time, self.memory) = (start.elapsed(), memory.bytes_max);
        match result {
            Some(result) => result,
            None => unreachable!("the work was done"),
        }
    }
}

/// How the inputs of one reader ended.
#[derive(Default)]
struct Ends {
    read: u64,
    refused: u64,
    slowest: Taken,
    largest: Taken,
}

impl Ends {
    fn take(&mut self, is_read: bool, taken: Taken) {
        *(if is_read { &mut self.read } else { &mut self.refused }) += 1;
        self.note(taken);
    }

    fn note(&mut self, taken: Taken) {
        if taken.time > self.slowest.time {
            self.slowest = taken;
        }
        if taken.memory > self.largest.memory {
            self.largest = taken;
        }
    }

    fn join(&mut self, other: &Ends) {
        self.read += other.read;
        self.refused += other.refused;
        self.note(other.slowest);
        self.note(other.largest);
    }
}

type AllEnds = BTreeMap<Decoder, Ends>;

fn main() -> ExitCode {
    let mut told = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let (Ok(inputs), Ok(seed)) = (told.next().unwrap_or(Ok(INPUTS)), told.next().unwrap_or(Ok(SEED))) else {
        eprintln!("usage: fuzz [INPUTS] [SEED]");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from("target/fuzz");
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::from(2);
    }
    // A panic is reported with its input.
    std::panic::set_hook(Box::new(|_| {}));
    let (seeds, start) = (Seeds::new(), Instant::now());
    let (ends, failures) = run(&seeds, seed, inputs);
    report(&ends, inputs, start.elapsed());
    let extreme = ends.values().flat_map(|ends| [("slowest", ends.slowest), ("largest", ends.largest)]);
    for (what, taken) in extreme {
        let input = hostile(&seeds, seed, taken.number);
        keep(&folder, &format!("{what}-{:?}", input.decoder), &input);
    }
    for (number, what) in &failures {
        let input = hostile(&seeds, seed, *number);
        keep(&folder, &format!("failed-{number}"), &input);
        eprintln!("{:?} {number}: {}", input.decoder, what.chars().take(600).collect::<String>());
    }
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// All inputs, on all cores.
fn run(seeds: &Seeds, seed: u64, inputs: u64) -> (AllEnds, Vec<(u64, String)>) {
    let (next, all, failures) = (AtomicU64::new(0), Mutex::new(AllEnds::new()), Mutex::new(Vec::new()));
    let work = || {
        let mut mine = AllEnds::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= inputs {
                break;
            }
            let input = hostile(seeds, seed, number);
            let mut taken =
                Taken { number, bytes: input.files.iter().map(Vec::len).sum(), ..Taken::default() };
            let outcome = catch_unwind(AssertUnwindSafe(|| read(&input, number, &mut taken)));
            let outcome = outcome.unwrap_or_else(|panic| Err(format!("panics: {}", message(panic.as_ref()))));
            if outcome.is_ok() && mine.get(&input.decoder).is_none_or(|ends| taken.time > ends.slowest.time) {
                again(&input, &mut taken);
            }
            match outcome {
                Ok(is_read) => mine.entry(input.decoder).or_default().take(is_read, taken),
                Err(what) => {
                    let Ok(mut failures) = failures.lock() else { break };
                    failures.push((number, what));
                    if failures.len() >= MOST_FAILURES {
                        break;
                    }
                }
            }
        }
        if let Ok(mut all) = all.lock() {
            mine.iter().for_each(|(decoder, ends)| all.entry(*decoder).or_default().join(ends));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    let mut failures = failures.into_inner().unwrap_or_default();
    failures.sort();
    (all.into_inner().unwrap_or_default(), failures)
}

/// Measure the slowest once more: another program may have been at work meanwhile.
fn again(input: &Hostile, taken: &mut Taken) {
    for _ in 0..REPEATS {
        let mut again = *taken;
        if read(input, 1, &mut again).is_ok() {
            taken.time = taken.time.min(again.time);
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?").to_owned()
}

fn report(ends: &AllEnds, inputs: u64, time: Duration) {
    println!("{inputs} inputs in {:.0} s", time.as_secs_f64());
    let ms = |taken: &Taken| taken.time.as_secs_f64() * 1e3;
    let mib = |taken: &Taken| taken.memory as f64 / f64::from(1 << 20);
    for (decoder, Ends { read, refused, slowest, largest }) in ends {
        println!(
            "{:<12} {read:>7} read {refused:>7} refused, slowest {:>6.1} ms of {:>9} bytes, largest {:>5.1} MiB of {:>9} bytes",
            format!("{decoder:?}"),
            ms(slowest),
            slowest.bytes,
            mib(largest),
            largest.bytes
        );
    }
}

/// Leave the files of an input to be looked at.
fn keep(folder: &Path, name: &str, input: &Hostile) {
    for (index, file) in input.files.iter().enumerate() {
        let path = folder.join(format!("{name}-{index}.txt"));
        if let Err(error) = fs::write(&path, file) {
            eprintln!("{}: {error}", path.display());
        }
    }
}
