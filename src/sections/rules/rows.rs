//! The rules in words, each with the strategies that it fired for.

use crate::domain::answer::Answer;
use crate::domain::rules::{Effect, Rule, Selection, builtin, members};
use crate::domain::scenario::policy::Policy;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::lower_first;

/// Groups of our table by the first letters of their ids.
const GROUPS: [(&str, &str); 9] = [
    ("P", "Pretrained models"),
    ("F", "Fine-tuning"),
    ("M", "Which way of tuning, and a model of one’s own"),
    ("H", "Retrieval, routing and combinations"),
    ("TDL", "Team, labels, upkeep and licences"),
    ("US", "Kinds of tasks and traffic"),
    ("XBQ", "Horizon, budgets and the bar"),
    ("A", "Providers and audit"),
    ("E", "Evidence"),
];

/// Sets of strategies with names of their own, the larger first.
pub const SETS: [(&str, &str); 6] = [
    ("all", "all strategies"),
    ("providers", "whatever shows data to a provider"),
    ("own-gpus", "everything on own GPUs"),
    ("prompted", "everything prompted"),
    ("tuned", "everything tuned"),
    ("api", "everything on an API model"),
];

/// A rule in words, and for whom it fired.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Row {
    pub(super) group: String,
    pub(super) id: String,
    pub(super) effect: String,
    pub(super) on: String,
    pub(super) condition: String,
    pub(super) reason: String,
    pub(super) relax: Option<String>,
    pub(super) source: String,
    pub(super) fired: Vec<String>,
}

/// All rules, a policy's first.
pub(super) fn rows(policy: Option<&Policy>, answer: &Answer) -> Vec<Row> {
    let own = policy.into_iter().flat_map(|policy| {
        let group = format!("Policy of {}", policy.name());
        policy.rules().iter().map(move |rule| row(group.clone(), rule, answer))
    });
    let mut rows: Vec<Row> = own.collect();
    for (letters, title) in GROUPS {
        let mut of_group: Vec<&Rule> = builtin().iter().filter(|rule| is_of(rule, letters)).collect();
        of_group.sort_by(|a, b| a.id.cmp(&b.id));
        rows.extend(of_group.into_iter().map(|rule| row(title.to_owned(), rule, answer)));
    }
    rows
}

fn is_of(rule: &Rule, letters: &str) -> bool {
    rule.id.starts_with(|letter| letters.contains(letter))
}

fn row(group: String, rule: &Rule, answer: &Answer) -> Row {
    let name = |id: StrategyId| lower_first(id.strategy().name);
    let effect = match &rule.effect {
        Effect::Prefers(key) => {
            format!("prefers {}", StrategyId::from_key(key).map_or_else(String::new, name))
        }
        Effect::Excludes => "excludes".to_owned(),
        _ => rule.as_fired().effect.words(),
    };
    let found = |rule: &Rule| {
        let fired = answer.decided.assessments.iter();
        let fired = fired.filter(|one| one.fired.iter().any(|fired| fired.rule == rule.id));
        fired.map(|one| lower_first(&one.name)).collect()
    };
    Row {
        group,
        id: rule.id.clone(),
        effect,
        on: on_words(&rule.on),
        condition: match rule.when.as_slice() {
            [] => "Always".to_owned(),
            _ => format!("When {}", rule.condition()),
        },
        reason: rule.reason_unfilled(),
        relax: rule.relax_unfilled(),
        source: rule.source.clone(),
        fired: found(rule),
    }
}

/// Strategies by the names of the sets that they make up, the rest one by one.
fn on_words(on: &Selection) -> String {
    names_of(&on.ids().collect::<Vec<_>>())
}

/// Names of strategies, by the sets that they make up.
pub fn names_of(strategies: &[StrategyId]) -> String {
    let mut left = strategies.to_vec();
    let mut words: Vec<String> = Vec::new();
    for (set, name) in SETS {
        let members = members(set);
        if members.iter().all(|id| left.contains(id)) {
            left.retain(|id| !members.contains(id));
            words.push(name.to_owned());
        }
    }
    words.extend(left.into_iter().map(|id| lower_first(id.strategy().name)));
    words.join("; ")
}

/// The rows that hold all words of a query, and, where asked for, that fired.
pub(super) fn shown(mut rows: Vec<Row>, query: &str, only_fired: bool) -> Vec<Row> {
    let words: Vec<String> = query.split_whitespace().map(str::to_ascii_lowercase).collect();
    rows.retain(|row| {
        let parts = [&row.group, &row.id, &row.effect, &row.on, &row.condition, &row.reason, &row.source];
        let text = parts.map(|part| part.to_ascii_lowercase()).join(" ");
        (!only_fired || !row.fired.is_empty()) && words.iter().all(|word| text.contains(word.as_str()))
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_ours_stands_in_one_group() {
        for rule in builtin() {
            assert_eq!(GROUPS.iter().filter(|(letters, _)| is_of(rule, letters)).count(), 1, "{}", rule.id);
        }
    }

    #[test]
    fn strategies_are_named_by_their_sets_and_each_is_named_once() {
        let words = |id: &str| on_words(&builtin().iter().find(|rule| rule.id == id).unwrap().on);
        assert_eq!(words("P2"), "all strategies");
        assert_eq!(words("F1"), "everything tuned");
        assert_eq!(words("P4b"), "everything tuned; custom model");
        assert_eq!(words("M1a"), "full fine-tuning, self-hosted");
    }

    #[test]
    fn a_query_keeps_what_holds_its_words_and_the_switch_what_fired() {
        let answer = crate::domain::answer::answer(&crate::domain::case::Case::default());
        let rows: Vec<Row> = builtin().iter().map(|rule| row(String::new(), rule, &answer)).collect();
        let ids = |query: &str, only_fired: bool| -> Vec<String> {
            shown(rows.clone(), query, only_fired).into_iter().map(|row| row.id).collect()
        };
        assert_eq!(ids("", false).len(), builtin().len());
        assert!(ids("consumer 7b", false).contains(&"M3c".to_owned()));
        let fired = ids("", true);
        assert!(fired.contains(&"M1a".to_owned()) && !fired.contains(&"F5".to_owned()), "{fired:?}");
        assert!(ids("no such words", false).is_empty());
    }
}
