//! What is wrong with a table of rules, found without running it.
//!
//! Facts are taken as independent of each other, each within its range. So a rule that is said never to
//! fire never does; one that passes may still depend on facts that do not go together.

use super::region::Region;
use super::{Effect, FACTS, Rule};
use crate::domain::strategy::StrategyId;

/// Tables longer than this are looked at up to here.
const MOST_RULES: usize = 400;

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Two rules have the same id.
    SameId,
    /// The words of a rule name a fact that does not exist.
    UnknownFact,
    /// A rule prefers a strategy that does not exist, or one to itself.
    UnknownPreference,
    /// No values of the facts let a rule fire.
    NeverFires,
    /// Wherever a rule fires, what it says is moot, because others have decided already.
    Shadowed,
    /// Two rules that can fire together demand opposite things of a strategy.
    Contradiction,
    /// No rule speaks for a strategy, or none against it.
    Unspoken,
    /// The table is too long to be looked at as a whole.
    TooLong,
}

/// Something that is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What kind it is.
    pub problem: Problem,
    /// Ids of the rules.
    pub rules: Vec<String>,
    /// A sentence for whoever wrote the table.
    pub text: String,
}

/// A rule with where it can fire, for each of its strategies.
struct Row<'a> {
    rule: &'a Rule,
    regions: Vec<(StrategyId, Region)>,
}

/// Everything that is wrong with a table, in the order of its rows; empty: nothing.
pub fn analyse(rules: &[Rule]) -> Vec<Issue> {
    let mut issues = Vec::new();
    if rules.len() > MOST_RULES {
        let text = format!("The table has {} rules; only the first {MOST_RULES} were checked.", rules.len());
        issues.push(Issue { problem: Problem::TooLong, rules: Vec::new(), text });
    }
    let rows: Vec<Row> = rules
        .iter()
        .take(MOST_RULES)
        .map(|rule| Row { rule, regions: rule.on.ids().map(|id| (id, Region::of(rule, id))).collect() })
        .collect();
    for (index, row) in rows.iter().enumerate() {
        check_row(row, &mut issues);
        for (other_index, other) in rows.iter().enumerate() {
            if index < other_index {
                check_pair(row, other, &mut issues);
            }
            if index != other_index {
                check_shadow(row, other, index > other_index, &mut issues);
            }
        }
    }
    check_strategies(&rows, &mut issues);
    issues
}

fn issue(problem: Problem, rules: &[&Rule], text: String) -> Issue {
    Issue { problem, rules: rules.iter().map(|rule| rule.id.clone()).collect(), text }
}

fn check_row(row: &Row, issues: &mut Vec<Issue>) {
    let rule = row.rule;
    for template in [Some(&rule.reason), rule.relax.as_ref()].into_iter().flatten() {
        for name in template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
        {
            if !FACTS.iter().any(|fact| fact.id == name) {
                let text = format!("Rule {} names “{name}”, which is no fact.", rule.id);
                issues.push(issue(Problem::UnknownFact, &[rule], text));
            }
        }
    }
    if let Effect::Prefers(preferred) = &rule.effect {
        let text = match StrategyId::from_key(preferred) {
            None => format!("Rule {} prefers “{preferred}”, which is no strategy.", rule.id),
            Some(id) if rule.speaks_of(id) => format!("Rule {} prefers {preferred} to itself.", rule.id),
            Some(_) => String::new(),
        };
        if !text.is_empty() {
            issues.push(issue(Problem::UnknownPreference, &[rule], text));
        }
    }
    if row.regions.iter().all(|(_, region)| region.is_empty()) {
        let stuck = row.regions.first().and_then(|(_, region)| region.stuck_on());
        let why =
            stuck.map_or_else(String::new, |label| format!(": no value of “{label}” passes its conditions"));
        issues.push(issue(Problem::NeverFires, &[rule], format!("Rule {} can never fire{why}.", rule.id)));
    }
}

fn check_pair(one: &Row, other: &Row, issues: &mut Vec<Issue>) {
    let (a, b) = (one.rule, other.rule);
    if a.id == b.id {
        issues.push(issue(Problem::SameId, &[a, b], format!("Two rules are called {}.", a.id)));
    }
    for (demanding, excluding) in [(one, other), (other, one)] {
        if excluding.rule.effect != Effect::Excludes {
            continue;
        }
        let text = match &demanding.rule.effect {
            Effect::Needs => meeting(demanding, excluding).map(|id| {
                format!(
                    "Rule {} says what {} needs where rule {} excludes it.",
                    demanding.rule.id,
                    id.key(),
                    excluding.rule.id
                )
            }),
            Effect::Prefers(preferred) => preferred_and_out(demanding, preferred, excluding).map(|id| {
                format!(
                    "Rule {} prefers {} where rule {} excludes it.",
                    demanding.rule.id,
                    id.key(),
                    excluding.rule.id
                )
            }),
            _ => None,
        };
        if let Some(text) = text {
            issues.push(issue(Problem::Contradiction, &[demanding.rule, excluding.rule], text));
        }
    }
    if let Some((first, second)) = preferred_to_each_other(one, other) {
        let text = format!(
            "Rule {} prefers {} to {}, and rule {} the reverse, where both can fire: both would be out.",
            a.id,
            first.key(),
            second.key(),
            b.id
        );
        issues.push(issue(Problem::Contradiction, &[a, b], text));
    }
}

/// A strategy of both rules for which both can fire, if they speak of the same matter: one fact at least.
fn meeting(one: &Row, other: &Row) -> Option<StrategyId> {
    one.regions.iter().find_map(|(id, region)| {
        let its = other.region(*id)?;
        ((its.is_everywhere() || region.shares_a_fact(its)) && region.meets(its)).then_some(*id)
    })
}

/// The preferred strategy, if an exclusion on the same matter can fire for it at the same time.
fn preferred_and_out(preferring: &Row, preferred: &str, excluding: &Row) -> Option<StrategyId> {
    let id = StrategyId::from_key(preferred)?;
    let its = excluding.region(id)?;
    let together = |region: &Region| (its.is_everywhere() || region.shares_a_fact(its)) && region.meets(its);
    preferring.regions.iter().any(|(_, region)| together(region)).then_some(id)
}

fn preferred_to_each_other(one: &Row, other: &Row) -> Option<(StrategyId, StrategyId)> {
    let (Effect::Prefers(first), Effect::Prefers(second)) = (&one.rule.effect, &other.rule.effect) else {
        return None;
    };
    let (first, second) = (StrategyId::from_key(first)?, StrategyId::from_key(second)?);
    let meets = one.region(second)?.meets(other.region(first)?);
    (first != second && meets).then_some((first, second))
}

/// Whether a rule is moot because another one excludes all it speaks of, wherever it can fire.
fn check_shadow(row: &Row, by: &Row, is_later: bool, issues: &mut Vec<Issue>) {
    if by.rule.effect != Effect::Excludes || row.regions.iter().all(|(_, region)| region.is_empty()) {
        return;
    }
    let covers = |row: &Row, by: &Row| {
        row.regions.iter().all(|(id, region)| {
            region.is_empty() || by.region(*id).is_some_and(|its| region.lies_within(its))
        })
    };
    if !covers(row, by) {
        return;
    }
    // Of two rules that say the same only the later one is superfluous.
    let same = row.rule.effect == Effect::Excludes && covers(by, row);
    if !same || is_later {
        let text = format!(
            "Rule {} changes nothing: wherever it fires, rule {} excludes the same strategies.",
            row.rule.id, by.rule.id
        );
        issues.push(issue(Problem::Shadowed, &[row.rule, by.rule], text));
    }
}

fn check_strategies(rows: &[Row], issues: &mut Vec<Issue>) {
    for id in StrategyId::ALL {
        let speaks = |wanted: fn(&Effect) -> bool| {
            let fires = |row: &&Row| row.region(id).is_some_and(|region| !region.is_empty());
            rows.iter().filter(fires).any(|row| wanted(&row.rule.effect))
        };
        for (side, spoken) in [("for", speaks(speaks_for)), ("against", speaks(speaks_against))] {
            if !spoken {
                let text = format!("No rule speaks {side} {}.", id.key());
                issues.push(Issue { problem: Problem::Unspoken, rules: Vec::new(), text });
            }
        }
    }
}

const fn speaks_for(effect: &Effect) -> bool {
    matches!(effect, Effect::For(_) | Effect::Notes)
}

const fn speaks_against(effect: &Effect) -> bool {
    matches!(effect, Effect::Against(_) | Effect::Excludes | Effect::Prefers(_) | Effect::Warns)
}

impl Row<'_> {
    fn region(&self, id: StrategyId) -> Option<&Region> {
        self.regions.iter().find(|(own, _)| *own == id).map(|(_, region)| region)
    }
}

#[cfg(test)]
mod tests;
