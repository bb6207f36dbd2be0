//! Where a rule can fire: for each fact it compares, the values that pass.

use super::{Condition, Fact, FactValue, Range, Rule, Test, Word};
use crate::domain::strategy::StrategyId;

/// The values of one fact that pass.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Allowed {
    low: f64,
    high: f64,
    /// Whether the ends themselves are left out.
    open: (bool, bool),
    /// Options, or no and yes, as bits.
    options: u64,
    is_number: bool,
    /// Whether the fact may be unknown.
    unknown: bool,
}

/// Where a rule can fire: facts that it does not name may have any value.
pub(super) struct Region {
    facts: Vec<(&'static Fact, Allowed)>,
}

impl Region {
    /// Where a rule can fire for a strategy.
    pub(super) fn of(rule: &Rule, id: StrategyId) -> Region {
        let mut facts: Vec<(&'static Fact, Allowed)> = Vec::new();
        for Condition { fact, test } in &rule.when {
            let fact = fact.fact();
            match facts.iter_mut().find(|(known, _)| known.id == fact.id) {
                Some((_, allowed)) => allowed.narrow(fact, test),
                None => {
                    let mut allowed = Allowed::all(fact, id);
                    allowed.narrow(fact, test);
                    facts.push((fact, allowed));
                }
            }
        }
        Region { facts }
    }

    /// Whether the rule can never fire.
    pub(super) fn is_empty(&self) -> bool {
        self.facts.iter().any(|(_, allowed)| allowed.is_empty())
    }

    /// Whether the rule always fires.
    pub(super) fn is_everywhere(&self) -> bool {
        self.facts.is_empty()
    }

    /// The label of a fact of which no value passes.
    pub(super) fn stuck_on(&self) -> Option<&'static str> {
        self.facts.iter().find(|(_, allowed)| allowed.is_empty()).map(|(fact, _)| fact.label)
    }

    /// Whether both name the same fact.
    pub(super) fn shares_a_fact(&self, other: &Region) -> bool {
        self.facts.iter().any(|(fact, _)| other.get(fact).is_some())
    }

    /// Whether both rules can fire at once.
    pub(super) fn meets(&self, other: &Region) -> bool {
        let apart = self
            .facts
            .iter()
            .any(|(fact, allowed)| other.get(fact).is_some_and(|its| allowed.and(its).is_empty()));
        !apart && !self.is_empty() && !other.is_empty()
    }

    /// Whether the other rule fires wherever this one does.
    pub(super) fn lies_within(&self, other: &Region) -> bool {
        other.facts.iter().all(|(fact, its)| self.get(fact).is_some_and(|own| own.and(*its) == own))
    }

    fn get(&self, fact: &Fact) -> Option<Allowed> {
        self.facts.iter().find(|(own, _)| own.id == fact.id).map(|(_, allowed)| *allowed)
    }
}

impl Allowed {
    /// Every value that a fact may have for a strategy.
    fn all(fact: &Fact, id: StrategyId) -> Allowed {
        let (low, high) = match fact.range {
            Range::Numbers(low, high) => (low, high),
            _ => (0.0, 0.0),
        };
        let options = match (fact.range, fact.of_strategy) {
            (Range::YesNo, Some(read)) => yes_or_no(read(id.strategy())),
            (Range::YesNo, None) => 0b11,
            // More options than bits do not occur; the rest would count as not allowed.
            (Range::Words(words), _) => words.iter().take(64).enumerate().map(|(at, _)| 1 << at).sum(),
            (Range::Numbers(..), _) => 0,
        };
        let is_number = matches!(fact.range, Range::Numbers(..));
        Allowed { low, high, open: (false, false), options, is_number, unknown: fact.may_be_unknown }
    }

    fn is_empty(&self) -> bool {
        let values = if self.is_number {
            self.low < self.high || self.low == self.high && self.open == (false, false)
        } else {
            self.options != 0
        };
        !values && !self.unknown
    }

    fn narrow(&mut self, fact: &Fact, test: &Test) {
        let only = match test {
            Test::Known(false) => return self.without_values(),
            Test::Known(true) => Allowed { unknown: false, ..*self },
            _ => passing(fact, test).unwrap_or(NOTHING),
        };
        *self = self.and(only);
    }

    fn without_values(&mut self) {
        let unknown = self.unknown;
        *self = Allowed { unknown, is_number: self.is_number, ..NOTHING };
    }

    /// What both allow; ends stay as they are where nothing narrows them, so that equal means the same.
    fn and(&self, other: Allowed) -> Allowed {
        let (low, low_open) = match self.low.total_cmp(&other.low) {
            std::cmp::Ordering::Equal => (self.low, self.open.0 || other.open.0),
            std::cmp::Ordering::Less => (other.low, other.open.0),
            std::cmp::Ordering::Greater => (self.low, self.open.0),
        };
        let (high, high_open) = match self.high.total_cmp(&other.high) {
            std::cmp::Ordering::Equal => (self.high, self.open.1 || other.open.1),
            std::cmp::Ordering::Less => (self.high, self.open.1),
            std::cmp::Ordering::Greater => (other.high, other.open.1),
        };
        Allowed {
            low,
            high,
            open: (low_open, high_open),
            options: self.options & other.options,
            is_number: self.is_number,
            unknown: self.unknown && other.unknown,
        }
    }
}

/// No value at all.
const NOTHING: Allowed = Allowed {
    low: f64::INFINITY,
    high: f64::NEG_INFINITY,
    open: (false, false),
    options: 0,
    is_number: false,
    unknown: false,
};

/// The values that pass a comparison; `None` if the fact is of another kind.
fn passing(fact: &Fact, test: &Test) -> Option<Allowed> {
    let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
    let numbers = |low: f64, high: f64, open: (bool, bool)| {
        matches!(fact.range, Range::Numbers(..)).then_some(Allowed {
            low,
            high,
            open,
            is_number: true,
            ..NOTHING
        })
    };
    let bits = |options: u64| Allowed { options, low, high, ..NOTHING };
    let word = |word: &String| match fact.range {
        Range::Words(words) => words.iter().take(64).position(|(id, _)| id == word).map_or(0, |at| 1 << at),
        _ => 0,
    };
    match test {
        Test::AtLeast(bound) => numbers(*bound, high, (false, false)),
        Test::Above(bound) => numbers(*bound, high, (true, false)),
        Test::AtMost(bound) => numbers(low, *bound, (false, false)),
        Test::Below(bound) => numbers(low, *bound, (false, true)),
        Test::Is(Word::Flag(flag)) => {
            (fact.range == Range::YesNo).then(|| bits(yes_or_no(FactValue::Flag(*flag))))
        }
        Test::Is(Word::Text(text)) => Some(bits(word(text))),
        Test::OneOf(words) => Some(bits(words.iter().map(word).fold(0, |all, bit| all | bit))),
        Test::Known(_) => None,
    }
}

/// No as the first bit, yes as the second.
const fn yes_or_no(value: FactValue) -> u64 {
    match value {
        FactValue::Flag(true) => 0b10,
        FactValue::Flag(false) => 0b01,
        _ => 0b11,
    }
}
