//! What a record is made from, and what stands on its cover.

use crate::domain::answer::{Answer, Found, Path};
use crate::domain::case::Case;
use crate::domain::scenario::Scenario;

/// What a record is made from.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// What the user said.
    pub scenario: &'a Scenario,
    /// What it means.
    pub case: &'a Case,
    /// The answer to it.
    pub answer: &'a Answer,
    /// Where each open measurement leads.
    pub paths: &'a [Path],
    /// What would change the answer, by input; empty where nobody looked.
    pub found: &'a Found,
}

/// What stands on the cover, as the caller gives it; blank where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Name of the scenario.
    pub name: String,
    /// Who hands the record in.
    pub author: String,
    /// The day, as one writes it.
    pub date: String,
    /// The link that opens the scenario again.
    pub link: String,
}
