//! The table holds what it promises: known facts, known strategies, no row that cannot fire.

use super::*;
use crate::domain::strategy::RuleRole;
use std::collections::BTreeSet;

#[test]
fn every_row_of_the_table_is_read() {
    let rows = include_str!("rules.json").lines().filter(|line| line.starts_with('{')).count();
    assert!(rows > 40);
    assert_eq!(builtin().len(), rows);
}

#[test]
fn reasons_name_only_facts_that_exist_and_every_rule_cites_a_source() {
    let facts: BTreeSet<&str> = FACTS.iter().map(|fact| fact.id).collect();
    for rule in builtin() {
        if let Effect::Prefers(preferred) = &rule.effect {
            assert!(StrategyId::from_key(preferred).is_some(), "{}", rule.id);
        }
        for template in [Some(&rule.reason), rule.relax.as_ref()].into_iter().flatten() {
            for name in template.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                assert!(facts.contains(name), "{}: {{{name}}}", rule.id);
            }
        }
        assert!(!rule.source.is_empty() && !rule.reason.is_empty(), "{}", rule.id);
    }
}

#[test]
fn every_role_is_that_of_rules_whose_effect_it_stands_for() {
    let of_role = |role: RuleRole| {
        let rules = builtin().iter().filter(move |rule| rule.role == Some(role));
        rules.map(|rule| rule.id.as_str()).collect::<Vec<_>>()
    };
    for (role, ids) in [
        (RuleRole::DataBoundary, vec!["F5"]),
        (RuleRole::Latency, vec!["F6", "F6t"]),
        (RuleRole::Hiring, vec!["T1x"]),
        (RuleRole::UpfrontBudget, vec!["B1"]),
        (RuleRole::MonthlyBudget, vec!["B2"]),
        (RuleRole::Labels, vec!["P4b"]),
        (RuleRole::LabelsLate, vec!["P4c"]),
        (RuleRole::LabelMaker, vec!["D2"]),
        (RuleRole::Licence, vec!["L1"]),
        (RuleRole::Proof, vec!["M4a", "M4f", "M5a", "M5b", "E2", "E3"]),
        (RuleRole::PretrainingText, vec!["M4c", "M4e"]),
        (RuleRole::MeetsBar, vec!["P2"]),
        (RuleRole::FailsBar, vec!["E1"]),
        (RuleRole::SpeaksForQuality, vec!["F1", "F2", "F7", "M1", "M4", "M4p", "H4"]),
        (RuleRole::BringsKnowledge, vec!["H1b"]),
        (RuleRole::KnowledgeUnstated, vec!["H1s"]),
    ] {
        assert_eq!(of_role(role), ids);
    }
    for rule in builtin() {
        let fits = match rule.role {
            None => true,
            Some(RuleRole::LabelsLate | RuleRole::KnowledgeUnstated) => rule.effect == Effect::Warns,
            Some(RuleRole::MeetsBar) => matches!(rule.effect, Effect::For(_)),
            Some(role) if role.speaks_for_quality() => matches!(rule.effect, Effect::For(_)),
            Some(_) => rule.effect == Effect::Excludes && rule.relax.is_some(),
        };
        assert!(fits, "{}", rule.id);
    }
}

#[test]
fn ids_of_rules_and_facts_are_unique() {
    let ids: BTreeSet<&str> = builtin().iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), builtin().len());
    let facts: BTreeSet<&str> = FACTS.iter().map(|fact| fact.id).collect();
    assert_eq!(facts.len(), FACTS.len());
}

#[test]
fn every_strategy_has_a_rule_for_it_and_one_against_it() {
    for id in StrategyId::ALL {
        let speaks = |wanted: fn(&Effect) -> bool| {
            builtin().iter().any(|rule| rule.speaks_of(id) && wanted(&rule.effect))
        };
        assert!(speaks(|effect| matches!(effect, Effect::For(_) | Effect::Notes)), "{id:?}");
        assert!(
            speaks(|effect| matches!(
                effect,
                Effect::Against(_) | Effect::Excludes | Effect::Prefers(_) | Effect::Warns
            )),
            "{id:?}"
        );
    }
}

#[test]
fn every_fact_is_used_by_a_rule() {
    for fact in FACTS {
        let in_condition = builtin()
            .iter()
            .any(|rule| rule.when.iter().any(|condition| condition.fact.fact().id == fact.id));
        let in_words = builtin().iter().any(|rule| rule.reason.contains(&format!("{{{}}}", fact.id)));
        assert!(in_condition || in_words, "{}", fact.id);
    }
}

#[test]
fn a_rule_with_an_unknown_fact_or_strategy_is_refused_when_read() {
    let rule = |on: &str, fact: &str| {
        format!(
            r#"[{{"id":"X","on":["{on}"],"when":[{{"fact":"{fact}","is":true}}],"effect":"warns","reason":"r","source":"s"}}]"#
        )
    };
    assert_eq!(parse(&rule("lora", "retrieval")).unwrap().len(), 1);
    assert_eq!(parse(&rule("lora", "weather")).unwrap_err(), "there is no fact “weather” (when[0].fact)");
    assert_eq!(parse(&rule("magic", "retrieval")).unwrap_err(), "there is no strategy or set “magic” (on)");
}

#[test]
fn a_rule_with_a_missing_or_misspelt_part_is_refused_when_read() {
    let whole = r#"[{"id":"X","on":["all"],"when":[{"fact":"labels","below":3.5}],"effect":{"for":2},"reason":"r","relax":"x","source":"s"}]"#;
    let rules = parse(whole).unwrap();
    assert_eq!(rules[0].effect, Effect::For(2));
    assert_eq!(rules[0].when[0].test, Test::Below(3.5));
    for (part, other) in [
        ("[{", "{"),
        ("\"id\"", "\"di\""),
        ("[\"all\"]", "\"all\""),
        ("\"when\"", "\"if\""),
        ("[{\"fact\":\"labels\",\"below\":3.5}]", "true"),
        ("\"below\":3.5", "\"beneath\":3.5"),
        ("\"below\":3.5", "\"below\":\"3.5\""),
        ("\"below\":3.5", "\"below\":3.5,\"above\":1"),
        ("{\"for\":2}", "\"for\""),
        ("{\"for\":2}", "{\"for\":2.5}"),
        ("{\"for\":2}", "{\"for\":256}"),
        ("{\"for\":2}", "{\"forbids\":2}"),
        ("\"reason\":\"r\",", ""),
        ("\"source\":\"s\"", "\"source\":null"),
        ("\"source\":\"s\"", "\"source\":\"s\",\"role\":\"magic\""),
    ] {
        assert!(whole.contains(part) && parse(&whole.replace(part, other)).is_err(), "{part} as {other}");
    }
}

#[test]
fn a_finding_says_what_it_compared_with_the_values_and_words_of_the_form() {
    let mut case = crate::domain::case::Case::default();
    let inputs = &mut case.inputs;
    inputs.work.requests_per_month = 150_000.0;
    inputs.work.mixed_difficulty = true;
    inputs.work.hard_share = 0.3;
    inputs.constraints.data_boundary = crate::domain::input::DataBoundary::OwnCloud;
    let evaluation = crate::domain::answer(&case);
    let compared = |id: StrategyId, rule: &str| {
        let findings = &evaluation.explanation(id).unwrap().findings;
        findings.iter().find(|finding| finding.rule == rule).unwrap().compared.clone()
    };
    assert_eq!(compared(StrategyId::Prompt, "P7c"), ["requests a month: 150,000 (at least 100,000)"]);
    assert_eq!(
        compared(StrategyId::Route, "H2"),
        [
            "easy and hard requests can be told apart: yes",
            "share of hard requests: 30\u{a0}% (at least 5\u{a0}%)",
            "share of hard requests: 30\u{a0}% (at most 60\u{a0}%)"
        ]
    );
    let label = crate::domain::input::DataBoundary::OwnCloud.label();
    let boundary = &compared(StrategyId::Prompt, "F5")[0];
    assert!(boundary.starts_with(&format!("where the data may go: “{label}” (“")), "{boundary}");
    for told in &evaluation.explanations {
        for finding in &told.findings {
            let rule = builtin().iter().find(|rule| rule.id == finding.rule).unwrap();
            assert_eq!(finding.compared.len(), rule.when.len(), "{}", rule.id);
        }
    }
}

#[test]
fn a_rule_reads_plainly_before_it_has_values() {
    let read = |id: &str| builtin().iter().find(|rule| rule.id == id).unwrap();
    assert_eq!(read("P7c").reason_unfilled(), "At [requests a month] requests a month API cost adds up.");
    assert_eq!(read("P7c").condition(), "requests a month at least 100,000");
    for rule in builtin() {
        let words = format!("{}{}", rule.reason_unfilled(), rule.condition());
        assert!(!words.contains(['{', '}', '_']), "{}: {words}", rule.id);
    }
}
