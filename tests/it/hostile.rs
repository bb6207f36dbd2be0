//! Random and mutated inputs to all that reads what others wrote: a few thousand here, a million by `examples/fuzz.rs`.

mod accounted;
mod inputs;
mod mutation;
mod reading;
mod seeds;
mod spans;

use std::collections::BTreeMap;

use inputs::{Decoder, hostile};
use reading::{Meter, read};
use seeds::{Seeds, text};

/// Inputs of the bounded run.
const INPUTS: u64 = 6_000;

/// Measures nothing.
struct Unmeasured;

impl Meter for Unmeasured {
    fn measure<T>(&mut self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

#[test]
fn no_hostile_input_panics_opens_as_something_else_or_loses_a_word() {
    let seeds = Seeds::new();
    let mut counts: BTreeMap<Decoder, (u32, u32)> = BTreeMap::new();
    for number in 0..INPUTS {
        let input = hostile(&seeds, 2026, number);
        let is_read = read(&input, number, &mut Unmeasured).unwrap_or_else(|what| {
            let shown: String = input.files.iter().map(|file| text(file)).collect();
            panic!("{:?} {number}: {what}\n{}", input.decoder, shown.chars().take(3_000).collect::<String>())
        });
        let (read, refused) = counts.entry(input.decoder).or_default();
        *(if is_read { read } else { refused }) += 1;
    }
    // Where all were read, or all refused, nothing would be tried.
    assert_eq!(counts.len(), Decoder::ALL.len());
    for (decoder, (read, refused)) in counts {
        // A changed link hardly ever opens: that is what its checksum is for.
        let is_tried = refused > 10 && (read > 5 || decoder == Decoder::ChangedLink);
        assert!(is_tried, "{decoder:?}: {read} read, {refused} refused");
    }
}
