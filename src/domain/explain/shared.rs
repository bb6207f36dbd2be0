//! What holds for several strategies, told once.

use super::finding::Finding;
use crate::domain::rules::FindingEffect;
use crate::domain::strategy::StrategyId;

/// A warning or a note that holds for several strategies.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedFinding {
    /// What it says.
    pub finding: Finding,
    /// For which it holds, in their order.
    pub strategies: Vec<StrategyId>,
}

/// Whether a finding speaks neither for nor against anything, so that it needs no telling in each strategy.
const fn is_remark(effect: FindingEffect) -> bool {
    matches!(effect, FindingEffect::Warns | FindingEffect::Notes)
}

/// Remarks that hold for several strategies, warnings first, each once.
pub fn shared_findings<'a>(of_each: impl Iterator<Item = (StrategyId, &'a [Finding])>) -> Vec<SharedFinding> {
    let mut all: Vec<SharedFinding> = Vec::new();
    for (id, findings) in of_each {
        for finding in findings.iter().filter(|finding| is_remark(finding.effect)) {
            match all.iter_mut().find(|shared| shared.tells(finding)) {
                Some(known) => known.strategies.push(id),
                None => all.push(SharedFinding { finding: finding.clone(), strategies: vec![id] }),
            }
        }
    }
    all.retain(|shared| shared.strategies.len() > 1);
    all.sort_by_key(|shared| shared.finding.effect == FindingEffect::Notes);
    all
}

impl SharedFinding {
    /// Whether it says what a finding of one strategy says.
    pub fn tells(&self, finding: &Finding) -> bool {
        self.finding.rule == finding.rule && self.finding.text == finding.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::answer;
    use crate::domain::case::Case;

    #[test]
    fn a_remark_is_told_once_and_nothing_that_weighs_is_lost() {
        let answer = answer(&Case::default());
        let shared = answer.shared_findings();
        assert!(!shared.is_empty());
        for one in &shared {
            assert!(one.strategies.len() > 1 && is_remark(one.finding.effect));
            for id in &one.strategies {
                let own = answer.own_findings(*id);
                assert!(!own.contains(&one.finding), "{} of {}", one.finding.rule, id.key());
            }
        }
        for explanation in &answer.explanations {
            let own = answer.own_findings(explanation.id);
            let of_all = shared.iter().filter(|one| one.strategies.contains(&explanation.id)).count();
            assert_eq!(own.len() + of_all, explanation.findings.len(), "{}", explanation.id.key());
        }
    }
}
