//! What stands first wherever two strategies are shown side by side: the verdict, or what stands for it, and its rival.

use super::assessment::Assessment;
use super::decision::Decided;
use crate::domain::strategy::StrategyId;

/// What stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// What is used now.
    Verdict,
    /// Nothing is proven yet: what is tested first.
    FirstTrial,
    /// Nothing is proven or tested: the lowest strategy that fits.
    Reference,
    /// Nothing fits: the cheapest whose cost is known.
    Cheapest,
}

impl Leads {
    /// What it is called.
    pub const fn words(self) -> &'static str {
        match self {
            Leads::Verdict => "the verdict",
            Leads::FirstTrial => "the first trial",
            Leads::Reference => "the reference",
            Leads::Cheapest => "the cheapest",
        }
    }
}

/// The strategies that are shown first; each has a known cost.
#[derive(Clone, Copy, Debug)]
pub struct Lead<'a> {
    /// The verdict, or what stands for it.
    pub first: &'a Assessment,
    /// What that is.
    pub is: Leads,
    /// The best other one.
    pub rival: Option<&'a Assessment>,
}

impl Decided {
    /// What stands first, and its rival; `None` if no cost is known.
    pub fn lead(&self) -> Option<Lead<'_>> {
        let mut survivors = self.costed_survivors();
        let pilot = self.pilots.first().map(|pilot| pilot.strategy);
        let costed =
            |id: Option<StrategyId>| id.and_then(|id| self.get(id)).filter(|one| one.tco().is_some());
        let parts = [
            (costed(self.choice.use_now), Leads::Verdict),
            (costed(pilot), Leads::FirstTrial),
            (costed(self.choice.reference), Leads::Reference),
            (survivors.first().copied(), Leads::Cheapest),
        ];
        let (first, is) = parts.into_iter().find_map(|(one, is)| Some((one?, is)))?;
        survivors.retain(|one| one.id != first.id);
        let rival = costed(self.choice.rival).filter(|one| one.id != first.id);
        Some(Lead { first, is, rival: rival.or(survivors.first().copied()) })
    }

    /// What nothing excludes and whose cost is known, the cheapest first.
    pub fn costed_survivors(&self) -> Vec<&Assessment> {
        let mut survivors: Vec<&Assessment> =
            self.assessments.iter().filter(|one| one.survives() && one.tco().is_some()).collect();
        survivors.sort_by(|a, b| a.tco().unwrap_or(f64::MAX).total_cmp(&b.tco().unwrap_or(f64::MAX)));
        survivors
    }
}
