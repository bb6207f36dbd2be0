//! Our own table is clean, and each thing that can be wrong with a table is found.

use super::*;
use crate::domain::rules::{builtin, parse};

/// One rule as JSON: id, strategies, conditions, effect.
fn rule(id: &str, on: &str, when: &str, effect: &str) -> String {
    format!(r#"{{"id":"{id}","on":["{on}"],"when":[{when}],"effect":{effect},"reason":"r","source":"s"}}"#)
}

/// What is found in a table, silence on strategies apart.
fn found(rules: &[String]) -> Vec<Issue> {
    let rules = parse(&format!("[{}]", rules.join(","))).unwrap();
    let mut issues = analyse(&rules);
    issues.retain(|issue| issue.problem != Problem::Unspoken);
    issues
}

#[track_caller]
fn assert_found(rules: &[String], problem: Problem, part: &str) {
    let issues = found(rules);
    assert_eq!(issues.len(), 1, "{issues:?}");
    assert_eq!(issues[0].problem, problem);
    assert!(issues[0].text.contains(part), "{}", issues[0].text);
}

const FEW: &str = r#"{"fact":"labels","below":100}"#;
const MANY: &str = r#"{"fact":"labels","at_least":100}"#;
const EXCLUDES: &str = r#""excludes""#;

#[test]
fn our_own_table_is_clean() {
    assert_eq!(analyse(builtin()), []);
}

#[test]
fn two_rules_of_the_same_id_are_found() {
    let rules = [rule("X", "lora", FEW, r#""warns""#), rule("X", "full", MANY, r#""warns""#)];
    assert_found(&rules, Problem::SameId, "called X");
}

#[test]
fn a_reason_that_names_no_fact_is_found() {
    let rules = [rule("X", "lora", FEW, r#""warns""#).replace("\"r\"", "\"with {labels} in {weather}\"")];
    assert_found(&rules, Problem::UnknownFact, "“weather”");
}

#[test]
fn a_preference_for_nothing_or_for_itself_is_found() {
    assert_found(&[rule("X", "lora", FEW, r#"{"prefers":"magic"}"#)], Problem::UnknownPreference, "magic");
    assert_found(&[rule("X", "lora", FEW, r#"{"prefers":"lora"}"#)], Problem::UnknownPreference, "to itself");
}

#[test]
fn conditions_that_no_value_passes_are_found() {
    let never = |when: &str| {
        assert_found(
            &[rule("X", "lora", when, EXCLUDES)],
            Problem::NeverFires,
            "can never fire: no value of",
        );
    };
    never(&format!("{FEW},{MANY}"));
    never(r#"{"fact":"labels","below":0}"#);
    never(r#"{"fact":"labels","above":1e9}"#);
    never(r#"{"fact":"labels","above":5},{"fact":"labels","at_most":5}"#);
    never(r#"{"fact":"labels","is":true}"#);
    never(r#"{"fact":"labels","known":false}"#);
    never(r#"{"fact":"task","is":"translate"}"#);
    never(r#"{"fact":"task","at_least":1}"#);
    never(r#"{"fact":"task","is":"code"},{"fact":"task","one_of":["act","extract"]}"#);
    never(r#"{"fact":"retrieval","is":true},{"fact":"retrieval","is":false}"#);
    never(r#"{"fact":"late","known":false},{"fact":"late","is":true}"#);
    // Whether a provider sees the data follows from the strategy.
    never(r#"{"fact":"uses_provider","is":true}"#);
}

#[test]
fn conditions_that_some_value_passes_are_not_found() {
    let sometimes = |when: &str| {
        assert_eq!(found(&[rule("X", "lora", when, EXCLUDES)]), [], "{when}");
    };
    sometimes("");
    sometimes(r#"{"fact":"labels","at_least":5},{"fact":"labels","at_most":5}"#);
    sometimes(r#"{"fact":"task","is":"code"},{"fact":"task","one_of":["act","code"]}"#);
    sometimes(r#"{"fact":"late","known":false}"#);
    sometimes(r#"{"fact":"late","known":true},{"fact":"late","is":true}"#);
    sometimes(r#"{"fact":"uses_provider","is":false}"#);
}

#[test]
fn a_strategy_that_is_told_what_it_needs_where_it_is_out_is_found() {
    let needs = rule("N", "lora", r#"{"fact":"labels","below":500}"#, r#""needs""#);
    assert_found(
        &[needs.clone(), rule("X", "tuned", r#"{"fact":"labels","below":100}"#, EXCLUDES)],
        Problem::Contradiction,
        "Rule N says what lora needs where rule X excludes it",
    );
    // Apart, or of another matter: no contradiction.
    assert_eq!(
        found(&[needs.clone(), rule("X", "lora", r#"{"fact":"labels","at_least":500}"#, EXCLUDES)]),
        []
    );
    assert_eq!(found(&[needs, rule("X", "lora", r#"{"fact":"regulated","is":true}"#, EXCLUDES)]), []);
}

#[test]
fn a_preference_for_what_is_out_is_found() {
    let rules = [rule("M", "full", FEW, r#"{"prefers":"lora"}"#), rule("X", "lora", FEW, EXCLUDES)];
    assert_found(&rules, Problem::Contradiction, "prefers lora where rule X excludes it");
}

#[test]
fn two_strategies_that_are_preferred_to_each_other_are_found() {
    let lora = rule("M", "full", FEW, r#"{"prefers":"lora"}"#);
    let full = |when: &str| rule("N", "lora", when, r#"{"prefers":"full"}"#);
    let both = [lora.clone(), full(r#"{"fact":"regulated","is":true}"#)];
    assert_found(&both, Problem::Contradiction, "both would be out");
    assert_eq!(found(&[lora, full(MANY)]), []);
}

#[test]
fn an_exclusion_within_another_is_found_and_the_wider_one_stays() {
    let wide = rule("W", "tuned", FEW, EXCLUDES);
    let narrow = rule("X", "lora", r#"{"fact":"labels","below":50}"#, EXCLUDES);
    for rules in [[wide.clone(), narrow.clone()], [narrow, wide.clone()]] {
        assert_found(&rules, Problem::Shadowed, "Rule X changes nothing: wherever it fires, rule W excludes");
    }
    let rules = [rule("A", "lora", FEW, EXCLUDES), rule("B", "lora", FEW, EXCLUDES)];
    assert_found(&rules, Problem::Shadowed, "Rule B changes nothing");
    let other = rule("X", "lora", r#"{"fact":"labels","below":150}"#, EXCLUDES);
    assert_eq!(found(&[wide, other]), []);
}

#[test]
fn a_reason_for_what_is_always_out_is_found() {
    let rules = [rule("X", "custom", "", EXCLUDES), rule("F", "custom", FEW, r#"{"for":2}"#)];
    assert_found(&rules, Problem::Shadowed, "Rule F changes nothing");
}

#[test]
fn a_strategy_that_no_rule_speaks_for_or_against_is_found() {
    let rules = parse(&format!("[{}]", rule("F", "all", "", r#"{"for":1}"#))).unwrap();
    let issues = analyse(&rules);
    assert_eq!(issues.len(), StrategyId::ALL.len());
    assert!(issues.iter().any(|issue| issue.text == "No rule speaks against hosted-tune."), "{issues:?}");
    assert_eq!(analyse(&[]).len(), 2 * StrategyId::ALL.len());
}

#[test]
fn a_very_long_table_is_looked_at_within_bounds() {
    let rules: Vec<String> =
        (0..2_000).map(|index| rule(&format!("X{index}"), "all", FEW, r#""notes""#)).collect();
    let issues = found(&rules);
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].problem, Problem::TooLong);
}
