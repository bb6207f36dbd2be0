//! Several sides, and what is the same in all of them.

use std::sync::Arc;

use super::side::{Bill, Leading, Side};
use crate::domain::input::{Input, registry};

/// Months of a year.
pub const MONTHS_PER_YEAR: usize = 12;
/// So many scenarios can be read side by side.
pub const MOST_SIDES: usize = 4;

/// Several scenarios, the one that all others are held against first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SideBySide {
    sides: Vec<Arc<Side>>,
}

impl SideBySide {
    /// The first [`MOST_SIDES`] of some sides.
    pub fn new(sides: impl IntoIterator<Item = Arc<Side>>) -> SideBySide {
        SideBySide { sides: sides.into_iter().take(MOST_SIDES).collect() }
    }

    /// The sides, in their order.
    pub fn sides(&self) -> &[Arc<Side>] {
        &self.sides
    }

    /// The inputs whose values are not the same in all, each with its place in [`Side::values`].
    pub fn differing(&self) -> Vec<(usize, &'static Input)> {
        registry().enumerate().filter(|(place, _)| !self.is_same(*place)).collect()
    }

    fn is_same(&self, place: usize) -> bool {
        let mut values = self.sides.iter().map(|side| side.values.get(place).map(|said| &said.value));
        let first = values.next();
        values.all(|value| Some(value) == first)
    }

    /// Whether all count the same months.
    pub fn has_one_horizon(&self) -> bool {
        self.sides
            .windows(2)
            .all(|two| two.first().map(|one| one.horizon) == two.last().map(|one| one.horizon))
    }

    /// Whether wrong answers are priced and known in all, so that they can be counted.
    pub fn counts_errors(&self) -> bool {
        let knows = |side: &Arc<Side>| side.leading.as_ref().is_some_and(|one| one.total.errors.is_some());
        self.sides.iter().all(knows)
    }

    /// The amount that can be held against the others': with wrong answers only where all know them.
    pub fn counted(&self, bill: Bill) -> f64 {
        bill.counted(self.counts_errors())
    }

    /// Own rows that are not the same in all, by side.
    pub fn differing_rows(&self) -> Vec<Vec<&str>> {
        let is_in_all = |row: &&str| self.sides.iter().all(|side| side.own_rows.iter().any(|it| it == row));
        let mut all = Vec::with_capacity(self.sides.len());
        for side in &self.sides {
            all.push(side.own_rows.iter().map(String::as_str).filter(|row| !is_in_all(row)).collect());
        }
        all
    }

    /// Whether the policies in force are not the same.
    pub fn policies_differ(&self) -> bool {
        self.differ_in(|side| &side.policy)
    }

    /// Whether they were made with catalogues of several versions.
    pub fn catalogues_differ(&self) -> bool {
        self.differ_in(|side| &side.edition)
    }

    fn differ_in<T: PartialEq>(&self, read: impl Fn(&Side) -> &T) -> bool {
        let mut all = self.sides.iter().map(|side| read(side));
        all.next().is_some_and(|first| all.any(|other| other != first))
    }

    /// The longest horizon, months.
    pub fn longest(&self) -> usize {
        self.sides.iter().map(|side| side.horizon).max().unwrap_or(0)
    }
}

impl Bill {
    /// What is paid, with or without wrong answers, US dollars.
    pub fn counted(self, with_errors: bool) -> f64 {
        self.paid + if with_errors { self.errors.unwrap_or(0.0) } else { 0.0 }
    }

    /// What it comes to: wrong answers count where they are known, US dollars.
    pub fn all(self) -> f64 {
        self.counted(true)
    }

    fn and(self, other: Bill) -> Bill {
        Bill {
            paid: self.paid + other.paid,
            errors: match (self.errors, other.errors) {
                (None, None) => None,
                (one, other) => Some(one.unwrap_or(0.0) + other.unwrap_or(0.0)),
            },
        }
    }
}

impl Leading {
    /// Before launch, then each year, the last of which may be shorter; undiscounted.
    pub fn years(&self) -> Vec<Bill> {
        let Some((launch, operation)) = self.months.split_first() else { return Vec::new() };
        let year = |months: &[Bill]| months.iter().fold(Bill::default(), |sum, month| sum.and(*month));
        [*launch].into_iter().chain(operation.chunks(MONTHS_PER_YEAR).map(year)).collect()
    }

    /// What 1,000 requests cost on average, present value; `None` without requests.
    pub fn per_thousand(&self) -> Option<f64> {
        (self.discounted_requests > 0.0).then(|| self.total.all() / self.discounted_requests * 1_000.0)
    }
}
