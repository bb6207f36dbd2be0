//! The nearest values of one input at which the verdict changes (method §8).

use super::assess::{Depth, evaluate_to};
use super::evaluation::Advice;
use super::input::{Input, Inputs, Kind, Scale, Value};
use super::strategy::StrategyId;

/// Values tried on each side before the change is located.
const PROBES: usize = 14;
/// Halvings that locate a change.
const LOCATING_STEPS: usize = 18;

/// The verdict on the other side of a flip value.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The nearest value of the input at which the verdict differs.
    pub value: f64,
    /// The verdict there, in a few words.
    pub verdict: String,
}

/// The nearest flip on both sides; both absent: no value in range changes the answer.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Flips {
    /// Below today's value.
    pub below: Option<Flip>,
    /// Above today's value.
    pub above: Option<Flip>,
}

/// What makes two verdicts the same: the strategy in use and the pilots proposed first.
type Verdict = (Option<StrategyId>, Option<StrategyId>);

fn verdict(advice: &Advice) -> Verdict {
    (advice.use_now, advice.pilots.first().map(|pilot| pilot.strategy))
}

/// The nearest flips of a number on both sides of its present value, within its range, in one go.
pub fn of_number(inputs: &Inputs, record: &Input) -> Flips {
    let mut search = FlipSearch::new(inputs, record);
    loop {
        if let Some(flips) = search.step() {
            return flips;
        }
    }
}

/// The search for the nearest flips of a number, one evaluation a step, so that a page can draw in between.
///
/// Values are probed outwards, closer together near the present one, and the first change is narrowed down.
/// A change back within one probe step can be missed.
#[derive(Clone, Debug)]
pub struct FlipSearch {
    trial: Trial,
    now: f64,
    /// Verdict at the present value, once it is known.
    today: Option<Verdict>,
    below: Side,
    above: Side,
}

impl FlipSearch {
    /// A search that has not looked at anything yet; of an input that holds no number it finds no flips.
    pub fn new(inputs: &Inputs, record: &Input) -> FlipSearch {
        let (now, min, max, scale, whole) = match (record.kind, (record.get)(inputs)) {
            (Kind::Number { min, max, scale, whole, .. }, Value::Number(now)) => {
                (now, min, max, scale, whole)
            }
            _ => (0.0, 0.0, 0.0, Scale::Linear, false),
        };
        FlipSearch {
            trial: Trial { inputs: inputs.clone(), set: record.set, whole },
            now,
            today: None,
            below: Side::new(now, min, scale),
            above: Side::new(now, max, scale),
        }
    }

    /// Evaluate one more value; the flips as soon as both are known, and at every call from then on.
    pub fn step(&mut self) -> Option<Flips> {
        loop {
            let sides = [&mut self.below, &mut self.above];
            let next = sides.into_iter().find_map(|side| side.next().map(|value| (side, value)));
            let Some((side, value)) = next else {
                return Some(Flips {
                    below: self.below.flip(&self.trial),
                    above: self.above.flip(&self.trial),
                });
            };
            let Some(today) = self.today else {
                self.today = Some(verdict(&self.trial.advice(self.now)));
                return None;
            };
            if let Some(known) = side.known(value, &self.trial) {
                side.learn(value, known);
                continue;
            }
            let advice = self.trial.advice(value);
            side.learn(value, (verdict(&advice) != today).then_some(advice.short));
            return None;
        }
    }
}

/// The inputs with one number to vary.
#[derive(Clone, Debug)]
struct Trial {
    inputs: Inputs,
    set: fn(&mut Inputs, &Value),
    whole: bool,
}

impl Trial {
    /// The value that is evaluated in place of this one.
    fn taken(&self, value: f64) -> f64 {
        if self.whole { libm::round(value) } else { value }
    }

    fn advice(&mut self, value: f64) -> Advice {
        let taken = self.taken(value);
        (self.set)(&mut self.inputs, &Value::Number(taken));
        evaluate_to(&self.inputs, Depth::Decision).advice
    }
}

/// One direction of a search.
#[derive(Clone, Debug)]
struct Side {
    now: f64,
    end: f64,
    logarithmic: bool,
    /// Probe to take next.
    probe: usize,
    /// Farthest value known to give today's verdict.
    same: f64,
    /// Nearest value known to give another one, with that verdict.
    other: Option<Flip>,
    halvings: usize,
}

impl Side {
    fn new(now: f64, end: f64, scale: Scale) -> Side {
        Side {
            now,
            end,
            logarithmic: scale == Scale::Log && now > 0.0 && end > 0.0,
            probe: if now == end { PROBES + 1 } else { 1 },
            same: now,
            other: None,
            halvings: 0,
        }
    }

    fn between(&self, from: f64, to: f64, share: f64) -> f64 {
        if self.logarithmic { from * libm::pow(to / from, share) } else { from + (to - from) * share }
    }

    /// The value to look at next; `None` once the side is searched.
    fn next(&self) -> Option<f64> {
        let share = self.probe as f64 / PROBES as f64;
        match &self.other {
            Some(other) => {
                (self.halvings < LOCATING_STEPS).then(|| self.between(self.same, other.value, 0.5))
            }
            None if self.probe < PROBES => Some(self.between(self.now, self.end, share * share)),
            None => (self.probe == PROBES).then_some(self.end),
        }
    }

    /// What an earlier value says of this one, because both are evaluated as the same whole number.
    fn known(&self, value: f64, trial: &Trial) -> Option<Option<String>> {
        let alike = |earlier: f64| trial.taken(earlier) == trial.taken(value);
        if alike(self.same) {
            return Some(None);
        }
        self.other.as_ref().filter(|other| alike(other.value)).map(|other| Some(other.verdict.clone()))
    }

    /// Take in the verdict at the value looked at; `None`: it is today's.
    fn learn(&mut self, value: f64, changed: Option<String>) {
        if self.other.is_some() {
            self.halvings += 1;
        } else {
            self.probe += 1;
        }
        match changed {
            Some(verdict) => self.other = Some(Flip { value, verdict }),
            None => self.same = value,
        }
    }

    fn flip(&self, trial: &Trial) -> Option<Flip> {
        self.other.as_ref().map(|other| Flip { value: trial.taken(other.value), ..other.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::input;

    #[test]
    fn a_flip_value_changes_the_verdict_and_one_just_short_of_it_does_not() {
        let inputs = Inputs::default();
        for id in ["requests_per_month", "output_tokens", "labels", "horizon", "required_quality"] {
            let record = input(id).unwrap();
            let Value::Number(now) = (record.get)(&inputs) else { unreachable!() };
            let flips = of_number(&inputs, record);
            for flip in [flips.below, flips.above].into_iter().flatten() {
                let verdict_at = |value: f64| {
                    let mut changed = inputs.clone();
                    (record.set)(&mut changed, &Value::Number(value));
                    verdict(&evaluate_to(&changed, Depth::Decision).advice)
                };
                assert_ne!(verdict_at(flip.value), verdict_at(now), "{id} at {}", flip.value);
                let whole = matches!(record.kind, Kind::Number { whole: true, .. });
                let step = if whole { 1.0_f64.copysign(flip.value - now) } else { (flip.value - now) * 1e-3 };
                assert_eq!(verdict_at(flip.value - step), verdict_at(now), "{id} short of {}", flip.value);
            }
        }
    }

    /// The search written as one loop that evaluates every value anew, to hold the steps against.
    fn nearest(at: &impl Fn(f64) -> Advice, now: f64, end: f64, scale: Scale, whole: bool) -> Option<Flip> {
        let today = verdict(&at(now));
        let differs = |value: f64| verdict(&at(value)) != today;
        let side = Side::new(now, end, scale);
        let probe = |probe: usize| match probe {
            PROBES => end,
            _ => side.between(now, end, (probe as f64 / PROBES as f64) * (probe as f64 / PROBES as f64)),
        };
        let first = (1..=PROBES).find(|number| now != end && differs(probe(*number)))?;
        let mut same = if first == 1 { now } else { probe(first - 1) };
        let mut other = probe(first);
        for _ in 0..LOCATING_STEPS {
            let middle = side.between(same, other, 0.5);
            if differs(middle) { other = middle } else { same = middle }
        }
        Some(Flip { value: if whole { libm::round(other) } else { other }, verdict: at(other).short })
    }

    #[test]
    fn steps_find_what_one_loop_over_all_values_finds() {
        let contracts = crate::domain::presets::PRESETS[2].scenario().inputs_or_defaults().0;
        for inputs in [Inputs::default(), contracts] {
            for id in ["requests_per_month", "horizon", "growth_per_month", "input_tokens", "hourly_rate"] {
                let record = input(id).unwrap();
                let (Kind::Number { min, max, scale, whole, .. }, Value::Number(now)) =
                    (record.kind, (record.get)(&inputs))
                else {
                    unreachable!()
                };
                let at = |value: f64| {
                    let mut changed = inputs.clone();
                    let value = if whole { libm::round(value) } else { value };
                    (record.set)(&mut changed, &Value::Number(value));
                    evaluate_to(&changed, Depth::Decision).advice
                };
                let side = |end: f64| nearest(&at, now, end, scale, whole);
                let expected = Flips { below: side(min), above: side(max) };
                let mut search = FlipSearch::new(&inputs, record);
                let most = 1 + 2 * (PROBES + LOCATING_STEPS);
                let found = (0..=most).find_map(|_| search.step());
                assert_eq!(found, Some(expected.clone()), "{id}");
                assert_eq!(search.step(), Some(expected), "{id} once more");
            }
        }
    }

    #[test]
    fn an_input_without_a_number_has_no_flips_and_costs_no_evaluation() {
        let inputs = Inputs::default();
        let mut search = FlipSearch::new(&inputs, input("task").unwrap());
        assert_eq!(search.step(), Some(Flips::default()));
    }
}
