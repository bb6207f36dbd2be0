//! A test line by line: what it takes, the odds at which it pays, and what is known of its chance.

use super::chance;
use crate::domain::decide::Pilot;
use crate::domain::input::Inputs;
use crate::domain::units::words::{capital, percent, usd_short};

/// A test in words, for those who open it.
#[derive(Clone, Debug, PartialEq)]
pub struct TestWords {
    /// What it takes, line by line.
    pub takes: String,
    /// The odds at which it pays, with the calculation.
    pub pays: String,
    /// What is known of its chance, with source.
    pub chance: String,
}

impl TestWords {
    /// The words of a test under the inputs of its state.
    pub fn of(pilot: &Pilot, inputs: &Inputs) -> TestWords {
        let chance = match pilot.stronger_model {
            Some(_) => chance::of_prompting().to_owned(),
            None => chance::of(pilot.strategy.strategy(), inputs),
        };
        TestWords { takes: takes(pilot), pays: pays(pilot), chance }
    }
}

fn takes(pilot: &Pilot) -> String {
    let lines = pilot.cost_lines.iter().map(|line| format!("{}: {}", line.item, usd_short(line.usd)));
    let lines = capital(&lines.collect::<Vec<_>>().join("; "));
    match pilot.cost_lines.len() {
        0 => "Nothing beyond what you have.".to_owned(),
        1 => format!("{lines}."),
        _ => format!("{lines}. Together {}.", usd_short(pilot.cost)),
    }
}

fn pays(pilot: &Pilot) -> String {
    match (pilot.saving, pilot.break_even_chance) {
        (Some(saving), Some(chance)) => {
            let (cost, saving) = (usd_short(pilot.cost), usd_short(saving));
            let needs = pilot
                .needs_share
                .map_or_else(String::new, |share| format!(" To pass, {} have to be right.", percent(share)));
            format!("It {}: {cost} / ({saving} saved + {cost}).{needs}", chance::pays_from(chance))
        }
        _ => "Nothing is proven to compare it with: the test is the way to an answer.".to_owned(),
    }
}
