//! What a few strategies come to while an input is tried, everything that they are held against staying what it is.

use super::decision::Decision;
use super::figures::Priced;
use super::reference;
use super::screen::best_way;
use crate::domain::cost::{Against, Costed, Setting, UntilReady};
use crate::domain::strategy::StrategyId;

/// The strategies that a decision holds the others against.
///
/// A line over an input stays on one reference: it shows what a strategy costs, not who else is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldAgainst {
    reference: Option<StrategyId>,
    /// What is in use today, where it serves until another one is ready.
    today: Option<StrategyId>,
}

impl HeldAgainst {
    /// Read it off a decision.
    pub fn of(Decision { comparison, choice, .. }: &Decision) -> HeldAgainst {
        let until_ready = |costed: &Costed| costed.until_ready.as_ref().map(|UntilReady { id, .. }| *id);
        let serves = comparison.candidates.iter().find_map(|candidate| until_ready(&candidate.costed));
        let today = serves.or_else(|| {
            // Nobody waits here; somebody may elsewhere.
            reference::today(&comparison.setting, &Vec::new()).map(|today| today.strategy.id)
        });
        HeldAgainst { reference: choice.reference, today: today.filter(|id| Some(*id) != choice.reference) }
    }

    /// The totals of strategies in a setting, wrong answers included where they are known, US dollars; `None` where a
    /// total is not known.
    pub fn totals(self, setting: &Setting, ids: &[StrategyId]) -> Vec<Option<f64>> {
        let reference = self.reference.map(|id| best_way(setting, id.strategy(), None));
        let today = self.today.map(|id| Costed::of(setting, id.strategy(), None));
        let against = reference
            .as_ref()
            .map(|reference| Against { reference, meanwhile: today.as_ref().unwrap_or(reference) });
        let of_one = |id: &StrategyId| match reference.as_ref().filter(|one| one.strategy.id == *id) {
            Some(reference) => total(setting, reference),
            None => total(setting, &best_way(setting, id.strategy(), against)),
        };
        ids.iter().map(of_one).collect()
    }
}

fn total(setting: &Setting, costed: &Costed) -> Option<f64> {
    Priced::of(setting, costed).map(|priced| priced.total()).filter(|total| total.is_finite())
}
