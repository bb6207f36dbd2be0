//! A recorded scenario, answered again.

use std::collections::BTreeMap;

use super::point::Point;
use super::stated::Stated;
use crate::domain::answer::{Answer, METHOD_VERSION, answer};
use crate::domain::case::Case;
use crate::domain::catalog::Edition;
use crate::domain::scenario::{Resolved, Scenario};
use crate::domain::units::one_line;

/// A record of a decision as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The scenario of its link, over the catalogue that it was made with.
    pub scenario: Scenario,
    /// What the document says.
    pub stated: Stated,
    /// The headline that its link carries.
    pub link_headline: Option<String>,
    /// What is paid in all by what its link recommends, US dollars; none where it recommends nothing.
    pub link_paid: Option<f64>,
    /// Version of the catalogue that it was made with.
    pub catalogue: u32,
    /// Version of the method that it was made with.
    pub method: u32,
    /// Sentences about what could not be read of its scenario.
    pub unread: Vec<String>,
}

impl Recorded {
    /// What it is called.
    pub fn name(&self) -> String {
        let own = Some(self.scenario.name.clone()).filter(|name| !name.is_empty());
        let name = self.stated.name.clone().or(own).map(|name| one_line(&name));
        name.unwrap_or_else(|| "Unnamed scenario".to_owned())
    }

    /// Whether today's figures of its scenario must be those of the record: same method, same prices, all of it read.
    pub fn is_repeatable(&self) -> bool {
        self.method == METHOD_VERSION && self.has_known_catalogue() && self.unread.is_empty()
    }

    /// Whether this program has the rows of its catalogue.
    pub fn has_known_catalogue(&self) -> bool {
        Edition::of(self.catalogue).is_some()
    }
}

/// A record with the answer that its own inputs have with the catalogue of its time and the present method.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// What was read.
    pub recorded: Recorded,
    /// The question that its inputs are.
    pub case: Case,
    /// The answer to it.
    pub answer: Answer,
    /// Fields of its scenario that are wrong.
    pub wrong_fields: usize,
}

/// Answer a recorded scenario again: some milliseconds.
pub fn replay(recorded: Recorded) -> Replayed {
    let Resolved { case, errors, .. } = recorded.scenario.resolve(&BTreeMap::new());
    let answer = answer(&case);
    Replayed { recorded, case, answer, wrong_fields: errors.len() }
}

impl Replayed {
    /// What its inputs come to.
    pub fn point(&self) -> Point {
        Point::of(&self.answer, &self.case.inputs)
    }
}
