//! The order in which trials are proposed (method §11.5).

use super::pilot::Pilot;
use crate::domain::strategy::StrategyId;

/// A group of trials reaches to this multiple of the chance of its first (method §11.5, assumption).
const GROUP_REACH: f64 = 1.5;

/// A trial with what it is ordered by.
#[derive(Debug)]
pub struct Ranked {
    /// The trial.
    pub pilot: Pilot,
    /// Weeks until it could serve.
    pub lead_weeks: f64,
    /// Strength of the findings for it minus against it.
    pub net_strength: i32,
    /// Its rung.
    pub rung: u8,
}

impl Ranked {
    fn chance(&self) -> f64 {
        self.pilot.break_even_chance.unwrap_or(1.0)
    }

    fn place(&self) -> (u8, StrategyId) {
        (self.rung, self.pilot.strategy)
    }

    /// Whether it costs no more, saves no less and is ready no later than another, and one of these is better.
    fn dominates(&self, other: &Ranked) -> bool {
        let saving = |one: &Ranked| one.pilot.saving.unwrap_or(0.0);
        let is_no_worse = self.pilot.cost <= other.pilot.cost
            && saving(self) >= saving(other)
            && self.lead_weeks <= other.lead_weeks;
        let is_better = self.pilot.cost < other.pilot.cost
            || saving(self) > saving(other)
            || self.lead_weeks < other.lead_weeks;
        is_no_worse && is_better
    }
}

/// Trials by the chance at which they pay, in groups of about the same chance by the strength of their reasons; none
/// before one that dominates it.
pub fn in_order(mut trials: Vec<Ranked>) -> Vec<Pilot> {
    trials.sort_by(|a, b| a.chance().total_cmp(&b.chance()).then(a.place().cmp(&b.place())));
    let mut group = 0;
    let mut first = f64::NEG_INFINITY;
    let mut waiting: Vec<(usize, Ranked)> = Vec::with_capacity(trials.len());
    for trial in trials {
        if trial.chance() > first * GROUP_REACH || waiting.is_empty() {
            group += 1;
            first = trial.chance();
        }
        waiting.push((group, trial));
    }
    // Within a group the order by chance stays where strengths are equal.
    waiting.sort_by_key(|(group, trial)| (*group, -trial.net_strength));
    let mut pilots = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free = |(_, one): &(usize, Ranked)| waiting.iter().all(|(_, other)| !other.dominates(one));
        // Domination has no circles, so one is always free.
        let next = waiting.iter().position(is_free).unwrap_or(0);
        pilots.push(waiting.remove(next).1.pilot);
    }
    pilots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(strategy: StrategyId, cost: f64, saving: f64, lead_weeks: f64, net_strength: i32) -> Ranked {
        let pilot = Pilot {
            strategy,
            stronger_model: None,
            cost,
            cost_lines: Vec::new(),
            tco: 1e5,
            saving: Some(saving),
            break_even_chance: Some(cost / (cost + saving)),
            needs_share: None,
        };
        Ranked { pilot, lead_weeks, net_strength, rung: strategy.strategy().rung }
    }

    fn order(trials: Vec<Ranked>) -> Vec<StrategyId> {
        in_order(trials).into_iter().map(|pilot| pilot.strategy).collect()
    }

    #[test]
    fn a_trial_that_is_cheaper_saves_more_and_is_ready_sooner_comes_first_whatever_speaks_for_the_other() {
        let found = order(vec![
            trial(StrategyId::Lora, 28e3, 86e3, 12.0, 6),
            trial(StrategyId::PromptSmall, 1.6e3, 258e3, 1.0, 0),
        ]);
        assert_eq!(found, [StrategyId::PromptSmall, StrategyId::Lora]);
        // About the same chance, so strength would decide; but one dominates.
        let found = order(vec![
            trial(StrategyId::Lora, 10e3, 100e3, 12.0, 6),
            trial(StrategyId::PromptSmall, 9e3, 101e3, 1.0, 0),
        ]);
        assert_eq!(found, [StrategyId::PromptSmall, StrategyId::Lora]);
    }

    #[test]
    fn within_half_again_of_the_chance_strength_decides_and_beyond_it_chance_does() {
        let near = vec![
            trial(StrategyId::PromptSmall, 9e3, 100e3, 1.0, 0),
            trial(StrategyId::Lora, 12e3, 100.5e3, 12.0, 3),
        ];
        assert_eq!(order(near), [StrategyId::Lora, StrategyId::PromptSmall]);
        let far = vec![
            trial(StrategyId::PromptSmall, 5e3, 100e3, 1.0, 0),
            trial(StrategyId::Lora, 12e3, 100.5e3, 12.0, 3),
        ];
        assert_eq!(order(far), [StrategyId::PromptSmall, StrategyId::Lora]);
    }

    #[test]
    fn the_order_in_which_trials_are_found_changes_nothing() {
        let all = || {
            vec![
                trial(StrategyId::PromptSmall, 5e3, 100e3, 1.0, 0),
                trial(StrategyId::Route, 5e3, 90e3, 2.0, 2),
                trial(StrategyId::Lora, 7e3, 100.5e3, 12.0, 3),
                trial(StrategyId::HostedTune, 7e3, 100.5e3, 6.0, 3),
            ]
        };
        let expected = order(all());
        for turn in 1..4 {
            let mut turned = all();
            turned.rotate_left(turn);
            assert_eq!(order(turned), expected);
        }
    }
}
