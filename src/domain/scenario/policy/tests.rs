//! Good files, wrong rows, hostile texts, and what a policy does to an answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::catalogue::tests::PRICES;
use super::*;
use crate::domain::answer::Answer;
use crate::domain::answer::answer as ask;
use crate::domain::case::Case;
use crate::domain::input::DataBoundary;
use crate::domain::rules::FindingEffect;
use crate::domain::rules::analysis::Problem;
use crate::domain::scenario::{Scenario, scenario_of};

const BANK: &str = r#"{
    "policy": 1,
    "name": "Example Bank",
    "rules": [
        {"id": "BANK-1", "on": ["own-gpus"], "when": [{"fact": "on_call", "is": false}], "effect": "excludes",
         "reason": "Nothing runs on our GPUs with nobody on call.", "relax": "somebody on call",
         "source": "IT standard 7"},
        {"id": "BANK-2", "on": ["api"], "effect": {"against": 3}, "reason": "At {requests} requests we watch lock-in."}
    ],
    "excluded": {"custom": "No model of our own before 2028.", "prompt-small": "Only the {approved} model."},
    "defaults": {"hourly_rate": 120, "data_boundary": "contract", "contracted_providers": "openai", "on_call": false}
}"#;

pub(super) fn scenario(text: &str) -> Scenario {
    under(Policy::read(text).unwrap())
}

fn under(policy: Policy) -> Scenario {
    let mut scenario = Scenario::default();
    assert_eq!(scenario.set_policy(Some(Arc::new(policy))), []);
    scenario
}

fn answer(text: &str) -> Answer {
    ask(&scenario(text).case().unwrap())
}

/// Places and messages of what is wrong with a file.
pub(super) fn wrong(text: &str) -> Vec<String> {
    let errors = Policy::read(text).unwrap_err();
    errors.iter().map(|error| format!("{}: {}", error.place, error.message)).collect()
}

/// A file with one part put in.
pub(super) fn file(part: &str) -> String {
    format!(r#"{{"policy": 1, "name": "N", {part}}}"#)
}

#[test]
fn its_rules_find_and_name_the_policy_as_their_source() {
    let evaluation = answer(BANK);
    let lora = evaluation.get(StrategyId::Lora).unwrap();
    assert_eq!(lora.out[0].rule(), "BANK-1");
    assert_eq!(lora.out[0].relax().as_deref(), Some("somebody on call"));
    let of = |id: StrategyId, rule: &str| {
        let findings = &evaluation.explanation(id).unwrap().findings;
        findings.iter().find(|finding| finding.rule == rule).cloned()
    };
    assert_eq!(of(StrategyId::Lora, "BANK-1").unwrap().source, "Policy of Example Bank: IT standard 7");
    let prompt = of(StrategyId::Prompt, "BANK-2").unwrap();
    assert_eq!(prompt.effect, FindingEffect::Against(3));
    assert_eq!(prompt.source, "Policy of Example Bank");
    assert_eq!(prompt.text, "At 150,000 requests we watch lock-in.");
    assert_eq!(of(StrategyId::Lora, "BANK-2"), None);
}

#[test]
fn excluded_strategies_are_out_with_the_reason_given() {
    let evaluation = answer(BANK);
    let small = evaluation.get(StrategyId::PromptSmall).unwrap();
    assert_eq!(small.out[0].to_string(), "Example Bank excludes it: Only the approved model.");
    let told = evaluation.explanation(StrategyId::PromptSmall).unwrap();
    assert!(told.in_full().contains("Would let it in: an exception from the policy of Example Bank"));
    assert!(!evaluation.get(StrategyId::Custom).unwrap().survives());
    assert!(evaluation.get(StrategyId::Prompt).unwrap().survives());
}

#[test]
fn its_defaults_take_the_place_of_ours_and_an_answer_that_of_both() {
    let mut scenario = scenario(BANK);
    let inputs = scenario.case().unwrap().inputs;
    assert_eq!(inputs.team.hourly_rate, 120.0);
    assert_eq!(inputs.constraints.data_boundary, DataBoundary::Contract);
    assert_eq!(inputs.constraints.contracted_providers, ["openai"]);
    let record = input("hourly_rate").unwrap();
    assert_eq!(scenario.text(record), "120");
    // Our own default is an answer here, the policy's is none.
    scenario.type_in(record, "100");
    assert!(scenario.is_changed("hourly_rate"));
    assert_eq!(scenario.case().unwrap().inputs.team.hourly_rate, 100.0);
    assert_eq!(
        scenario_of(&scenario.case().unwrap().inputs, scenario.rows.clone()).entries,
        scenario.entries
    );
    scenario.type_in(record, "120");
    assert!(!scenario.is_changed("hourly_rate"));
    scenario.put(record, &input::Value::Number(100.0));
    scenario.reset("hourly_rate");
    assert_eq!(scenario.case().unwrap().inputs, inputs);
}

#[test]
fn an_empty_policy_changes_nothing_but_its_name() {
    let with = answer(&file(r#""rules": []"#));
    assert_eq!(with, ask(&Case::default()));
}

#[test]
fn a_policy_that_leaves_nothing_is_said_with_what_to_relax() {
    let all: Vec<String> = StrategyId::ALL.iter().map(|id| format!("\"{}\": \"no\"", id.key())).collect();
    let evaluation = answer(&file(&format!("\"excluded\": {{{}}}", all.join(","))));
    assert_eq!(evaluation.decided.choice.reference, None);
    assert!(evaluation.relaxations[0].text.contains("an exception from the policy of N"));
}

#[test]
fn what_a_rule_of_it_keeps_out_may_be_let_in_by_an_exception() {
    let rule = r#""rules": [{"id": "X", "on": ["all"], "effect": "excludes", "reason": "r"}]"#;
    let relaxations = answer(&file(rule)).relaxations;
    assert!(relaxations[0].text.ends_with(": an exception from the policy of N"), "{relaxations:?}");
    assert!(relaxations.iter().all(|one| one.waived_rules == ["X"] && one.changes.is_empty()));
}

#[test]
fn an_exception_from_one_rule_of_it_leaves_the_other_in_force() {
    let rules = r#""rules": [
        {"id": "GPUS", "on": ["own-gpus"], "effect": "excludes", "reason": "g", "relax": "GPUs allowed"},
        {"id": "VENDORS", "on": ["providers"], "effect": "excludes", "reason": "v", "relax": "vendors allowed"}
    ]"#;
    let case = scenario(&file(rules)).case().unwrap();
    let relaxations = ask(&case).relaxations;
    let of = |id: StrategyId| relaxations.iter().find(|one| one.strategy == id).unwrap();
    let prompt = of(StrategyId::Prompt);
    assert_eq!(
        (prompt.waived_rules.as_slice(), prompt.changes.as_slice()),
        (&["VENDORS".to_owned()][..], &[][..])
    );
    assert_eq!(prompt.text, "Prompted API model: vendors allowed");
    let mut relaxed = case.clone();
    relaxed.waive("VENDORS");
    let evaluation = ask(&relaxed);
    assert!(evaluation.get(StrategyId::Prompt).unwrap().survives());
    let out = &evaluation.get(StrategyId::OpenSelf).unwrap().out;
    assert_eq!(out.iter().map(|one| one.rule()).collect::<Vec<_>>(), ["GPUS"]);
    let out = &evaluation.get(StrategyId::LoraRoute).unwrap().out;
    assert!(out.iter().any(|one| one.rule() == "GPUS") && out.iter().all(|one| one.rule() != "VENDORS"));
}

#[test]
fn what_two_rules_of_it_keep_out_takes_an_exception_from_both() {
    let others = StrategyId::ALL.map(StrategyId::key).into_iter().filter(|key| *key != "prompt-small");
    let others: Vec<String> = others.map(|key| format!("\"{key}\"")).collect();
    let relaxations = answer(&file(&format!(
        r#""rules": [
            {{"id": "A", "on": ["all"], "effect": "excludes", "reason": "a", "relax": "A waived"}},
            {{"id": "B", "on": [{}], "effect": "excludes", "reason": "b", "relax": "B waived"}}
        ]"#,
        others.join(",")
    )))
    .relaxations;
    assert_eq!(relaxations[0].strategy, StrategyId::PromptSmall);
    assert_eq!(relaxations[0].waived_rules, ["A"]);
    assert_eq!(relaxations[1].waived_rules, ["A", "B"]);
    assert!(relaxations[1].text.ends_with(": A waived; B waived"), "{}", relaxations[1].text);
}

#[test]
fn a_rule_of_it_takes_no_role_and_no_id_of_the_built_in_ones() {
    let rule = |id: &str, role: &str| {
        file(&format!(
            r#""rules": [{{"id": "{id}", {role} "on": ["lora"], "effect": "warns", "reason": "r"}}]"#
        ))
    };
    assert!(Policy::read(&rule("excluded-lorries", "")).is_ok());
    assert_eq!(wrong(&rule("excluded-lora", "")), ["rules 1: The id “excluded-lora” is taken."]);
    assert_eq!(wrong(&rule("X", r#""role": "latency","#)), ["rules 1: Only built-in rules have a `role`."]);
    let unknown = wrong(&rule("X", r#""role": "magic","#));
    assert!(unknown[0].starts_with("rules 1: Unknown variant `magic`"), "{unknown:?}");
}

#[test]
fn every_wrong_row_is_reported_at_once_and_nothing_is_taken() {
    let text = r#"{
        "policy": 1, "name": "N", "prices": [],
        "rules": [
            {"id": "A", "on": ["lora"], "effect": "warns", "reason": "fine"},
            {"id": "A", "on": ["lora"], "effect": "warns", "reason": "again"},
            {"id": "F5", "on": ["lora"], "effect": "warns", "reason": "ours"},
            {"id": "B", "on": ["magic"], "effect": "warns", "reason": "r"},
            {"id": "C", "on": ["lora"], "when": [{"fact": "weather", "is": true}], "effect": "warns", "reason": "r"},
            {"id": "D", "on": ["lora"], "effect": {"for": 9}, "reason": "r"},
            {"id": "E", "on": ["lora"], "effect": {"prefers": "lora"}, "reason": "r"},
            {"id": "G", "on": ["lora"], "effect": "warns", "reason": "with {weather}"},
            {"id": "H", "on": ["lora"], "effect": "warns"},
            7
        ],
        "excluded": {"magic": "no", "custom": 5, "lora": " "},
        "defaults": {"weather": 1, "hourly_rate": "lots", "horizon": 1e9, "labels": [1], "measured_speed_open": 10}
    }"#;
    let found = wrong(text);
    for expected in [
        "the file: “prices” is not known.",
        "excluded custom: It must name",
        "excluded lora: A reason of",
        "excluded magic: It must name",
        "rules 2: The id “A” is taken.",
        "rules 3: The id “F5” is taken.",
        "rules 4: There is no strategy or set “magic” (on)",
        "rules 5: There is no fact “weather” (when[0].fact)",
        "rules 6: A strength is 1, 2 or 3 (effect.for)",
        "rules 7: It must prefer",
        "rules 8: It names “weather”",
        "rules 9: Missing field `reason`",
        "rules 10: Invalid type: integer `7`, expected a rule",
        "defaults horizon: Must lie between",
        "defaults hourly_rate: “lots” is not a number",
        "defaults labels: It must be a number",
        "defaults weather: There is no such input.",
        "defaults measured_speed_open: It needs the GPU",
    ] {
        assert!(found.iter().any(|line| line.starts_with(expected)), "{expected}: {found:#?}");
    }
    assert_eq!(found.len(), 18, "{found:#?}");
}

#[test]
fn a_file_of_another_kind_is_refused_in_plain_words() {
    assert_eq!(wrong(""), ["the file: It is not JSON, or is cut off."]);
    assert_eq!(wrong("[]"), ["the file: It is no JSON object."]);
    assert_eq!(
        wrong(r#"{"policy": 2, "name": "N"}"#),
        ["policy: It was made for a newer version of Tunewise."]
    );
    assert_eq!(wrong(r#"{"name": "N"}"#), ["policy: It must say \"policy\": 1."]);
    assert!(wrong(r#"{"policy": 1}"#)[0].starts_with("name: "));
    assert!(wrong(r#"{"policy": 1, "name": "a\u0007"}"#)[0].starts_with("name: "));
    assert_eq!(wrong(&file(r#""rules": {}"#)), ["rules: Invalid type: map, expected a sequence"]);
}

#[test]
fn it_travels_without_spaces_in_the_order_of_the_alphabet_and_with_its_numbers_as_written() {
    let text = r#" { "policy": 1, "name": "\u00c9 \"N\"",
        "rules": [ {"on": ["lora"], "id": "A", "when": [{"fact": "labels", "below": 2.50e1}], "reason": "r", "effect": {"for": 2}} ],
        "defaults": { "on_call": false, "hourly_rate": 120.50 }, "excluded": {} } "#;
    assert_eq!(
        Policy::read(text).unwrap().text(),
        r#"{"defaults":{"hourly_rate":120.50,"on_call":false},"excluded":{},"name":"É \"N\"","policy":1,"rules":[{"effect":{"for":2},"id":"A","on":["lora"],"reason":"r","when":[{"below":2.50e1,"fact":"labels"}]}]}"#
    );
}

#[test]
fn what_is_nested_too_deeply_or_too_large_for_a_number_is_refused() {
    for value in ["[".repeat(30_000) + &"]".repeat(30_000), "1e400".to_owned()] {
        let found = wrong(&file(&format!("\"defaults\": {{\"labels\": {value}}}")));
        assert_eq!(found, ["the file: It is not JSON, or is cut off."]);
    }
}

#[test]
fn sizes_are_bounded() {
    assert!(wrong(&" ".repeat(MOST_BYTES + 1))[0].contains("longer than 64 kB"));
    let row = r#"{"id":"X","on":["lora"],"effect":"warns","reason":"r"}"#;
    let many = vec![row; MOST_RULES + 1].join(",");
    assert_eq!(wrong(&file(&format!("\"rules\": [{many}]"))), ["rules: There are more than 200 of them."]);
    let condition = r#"{"fact":"labels","below":1}"#;
    let long =
        row.replace(r#""effect""#, &format!("\"when\":[{}],\"effect\"", vec![condition; 17].join(",")));
    assert!(wrong(&file(&format!("\"rules\": [{long}]")))[0].contains("more than 16 conditions"));
    let wordy = row.replace("\"r\"", &format!("\"{}\"", "r".repeat(2_000)));
    assert!(wrong(&file(&format!("\"rules\": [{wordy}]")))[0].contains("characters"));
    let wrong_rows = vec!["7"; 150].join(",");
    assert_eq!(wrong(&file(&format!("\"rules\": [{wrong_rows}]"))).len(), MOST_ERRORS);
}

#[test]
fn no_mutation_of_a_file_makes_it_panic() {
    let mut state = 1_u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut read = 0;
    for round in 0..3_000 {
        // Mutations reach rows of the catalogue too.
        let mut bytes = [BANK, PRICES][round / 4 % 2].as_bytes().to_vec();
        for _ in 0..=round % 4 {
            let at = below(bytes.len());
            match below(3) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, below(256) as u8),
                _ => bytes[at] = below(256) as u8,
            }
        }
        match Policy::read(&String::from_utf8_lossy(&bytes)) {
            Ok(policy) => {
                read += 1;
                assert_eq!(Policy::read(policy.text()), Ok(policy.clone()));
                let scenario = under(policy);
                if read % 40 == 0 {
                    let _ = ask(&scenario.resolve(&BTreeMap::new()).case);
                }
            }
            Err(errors) => assert!(!errors.is_empty() && errors.len() <= MOST_ERRORS),
        }
    }
    assert!(read > 200, "{read}: some mutations only change words");
}

#[test]
fn it_is_checked_together_with_the_built_in_table() {
    assert_eq!(Policy::read(BANK).unwrap().issues(), []);
    let rule = |on: &str, when: &str, effect: &str| {
        let part = format!(
            r#""rules": [{{"id": "X", "on": ["{on}"], "when": [{when}], "effect": {effect}, "reason": "r"}}]"#
        );
        let issues = Policy::read(&file(&part)).unwrap().issues();
        issues.iter().map(|issue| issue.problem).collect::<Vec<_>>()
    };
    let excludes = r#""excludes""#;
    assert_eq!(rule("lora", r#"{"fact": "labels", "below": 0}"#, excludes), [Problem::NeverFires]);
    let moot = r#"{"fact": "knowledge", "at_most": 0}, {"fact": "failure_mode", "is": "behaviour"}"#;
    assert_eq!(rule("rag", moot, excludes), [Problem::Shadowed], "H6 excludes more");
    // M2 prefers LoRA to QLoRA where its training fits.
    let fits = r#"{"fact": "lora_training_fits", "is": true}"#;
    assert_eq!(rule("lora", fits, r#"{"prefers": "qlora"}"#), [Problem::Contradiction]);
    assert_eq!(rule("lora", fits, excludes), [], "an organisation may exclude what we prefer");
}
