//! The constraints: what rules and arithmetic say of a strategy, held against no other or against the reference.

use super::figures::Priced;
use super::subject::subject;
use crate::domain::case::Case;
use crate::domain::cost::{Against, Costed, Setting, Unpriced};
use crate::domain::rules::{self, CostFacts, Effect, Rule, Subject};
use crate::domain::strategy::{Exclusion, Strategy, StrategyId};

/// Another strategy that a rule prefers, and what it says of the one it speaks of.
pub struct Preference {
    /// The other strategy.
    pub preferred: StrategyId,
    /// Why the one is out while that one survives.
    pub exclusion: Exclusion,
}

/// What the rules that fired prefer to their subject.
pub fn preferences(rules: &[&Rule], subject: &Subject) -> Vec<Preference> {
    let preference = |rule: &&Rule| match &rule.effect {
        Effect::Prefers(key) => {
            Some(Preference { preferred: StrategyId::from_key(key)?, exclusion: rule.exclusion(subject) })
        }
        _ => None,
    };
    rules.iter().filter_map(preference).collect()
}

/// Why a strategy is out: excluded by a rule, or impossible.
pub fn screen(costed: &Costed, subject: &Subject, fired: &[&Rule]) -> Vec<Exclusion> {
    // A rule says it better than the arithmetic that follows from it, so rules come first.
    let excluding = fired.iter().filter(|rule| rule.effect == Effect::Excludes);
    let mut out: Vec<Exclusion> = excluding.map(|rule| rule.exclusion(subject)).collect();
    if let Err(Unpriced::Impossible(exclusion)) = &costed.model {
        out.push(exclusion.clone());
    }
    out
}

/// A strategy that stands alone: held against no other.
#[derive(Clone, Debug, PartialEq)]
pub struct Alone {
    /// Why it would be out.
    pub out: Vec<Exclusion>,
    /// What it would cost, as far as that is known.
    pub cost: Option<CostFacts>,
    /// What rules prefer to it.
    pub preferred: Vec<StrategyId>,
}

impl Alone {
    /// What is said of a strategy as it is costed.
    pub fn of(setting: &Setting, costed: &Costed) -> Alone {
        let facts = Priced::of(setting, costed).map(|priced| priced.facts(setting));
        let subject = subject(setting, costed, facts, None);
        let fired = rules::fired(&setting.case.rules, &subject);
        let preferred = preferences(&fired, &subject).into_iter().map(|one| one.preferred).collect();
        Alone { out: screen(costed, &subject, &fired), cost: subject.cost, preferred }
    }

    /// Whether nothing excludes it.
    pub fn survives(&self) -> bool {
        self.out.is_empty()
    }
}

/// What would be said of a strategy if it stood alone.
pub fn alone(case: &Case, id: StrategyId) -> Alone {
    let setting = Setting::new(case);
    Alone::of(&setting, &best_way(&setting, id.strategy(), None))
}

/// A strategy with the better way to bring knowledge in, of those that the constraints allow: a budget may hold one and
/// not the other.
pub fn best_way<'a>(
    setting: &Setting<'a>,
    strategy: &'static Strategy,
    against: Option<Against<'_, 'a>>,
) -> Costed<'a> {
    let survives = |costed: &Costed| Alone::of(setting, costed).survives();
    match Costed::each_way(setting, strategy, against) {
        (better, Some(other)) if !survives(&better) && survives(&other) => other,
        (better, _) => better,
    }
}
