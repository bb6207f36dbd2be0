//! A policy's rows: what they do to prices, defaults and the user's own rows, and how wrong ones are refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::tests::{file, scenario, wrong};
use super::MOST_ROWS;
use crate::domain::answer;
use crate::domain::answer::flips_of;
use crate::domain::case::Case;
use crate::domain::catalog::own::{OwnRow, Table};
use crate::domain::catalog::{Catalog, Confidence};
use crate::domain::input::{Value, input};
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::{OwnRows, Scenario, left_out};
use crate::domain::strategy::StrategyId;

const SOL: &str = "gpt-6.1-sol";

/// A price changed, a GPU and a model of a new provider added; the last two are chosen.
pub(crate) const PRICES: &str = r#"{
    "policy": 1,
    "name": "Example {Bank}",
    "catalogue": [
        {"table": "api_models", "like": "gpt-6.1-sol", "set": {"input_usd_per_m": 1.5, "note": "framework contract"}},
        {"table": "gpus", "like": "H100 SXM", "set": {"name": "Bank H100", "usd_hr_neocloud": "1.10"}},
        {"table": "api_models", "set": {"model_id": "bank-1", "provider": "bank cloud", "input_usd_per_m": 0.3,
            "output_usd_per_m": 0.9, "batch_discount": 0.3, "max_input_tokens": null}}
    ],
    "defaults": {"serving_gpu": "Bank H100", "contracted_providers": "bank cloud", "data_boundary": "contract"}
}"#;

fn own(table: Table, like: Option<&str>, set: &[(&str, &str)]) -> OwnRow {
    let mut row = OwnRow { table, like: like.map(str::to_owned), set: BTreeMap::new() };
    set.iter().for_each(|(column, text)| row.fill(column, (*text).to_owned()));
    row
}

/// A scenario with this list of rows in its policy.
fn with(rows: &str) -> Scenario {
    scenario(&file(&format!("\"catalogue\": [{rows}]")))
}

#[test]
fn its_price_is_the_price_that_is_paid_and_names_the_policy_as_its_source() {
    let case =
        with(r#"{"table": "api_models", "like": "gpt-6.1-sol", "set": {"output_usd_per_m": 20}}"#).case();
    let evaluation = answer(&case.unwrap());
    let prompt = evaluation.get(StrategyId::Prompt).unwrap();
    let mut by_contract = Case::default();
    by_contract.inputs.models.api_output_price = Some(20.0);
    assert_eq!(prompt.tco(), answer(&by_contract).get(StrategyId::Prompt).unwrap().tco());
    let lines = &evaluation.explanation(StrategyId::Prompt).unwrap().derivations;
    let tokens = lines.iter().find(|line| line.text.contains("$20.00 out")).unwrap();
    assert!(
        tokens.source.starts_with("policy of N: Output, $ per M; the rest: litellm"),
        "{}",
        tokens.source
    );
    assert!(tokens.source.ends_with("undated, the policy’s, not checked"), "{}", tokens.source);
}

#[test]
fn its_rows_say_who_states_them_and_its_defaults_may_choose_them() {
    let case = scenario(PRICES).case().unwrap();
    let (inputs, catalog) = (&case.inputs, &case.catalog);
    assert_eq!(inputs.models.serving_gpu, "Bank H100");
    assert_eq!(inputs.constraints.contracted_providers, ["bank cloud"]);
    let (changed, added) = (catalog.api_model(SOL).unwrap(), catalog.api_model("bank-1").unwrap());
    assert_eq!((changed.input_usd_per_m, changed.output_usd_per_m), (1.5, Some(10.0)));
    assert_eq!((changed.confidence, changed.as_of), (Confidence::Policy, None));
    // Braces would name facts where a rule quotes it.
    let says = "policy of Example Bank: Input, $ per M (framework contract); the rest: litellm";
    assert!(changed.source.starts_with(says), "{}", changed.source);
    assert_eq!((added.source.as_str(), added.batch_discount), ("policy of Example Bank", Some(0.3)));
    let evaluation = answer(&case);
    let hardware = evaluation.get(StrategyId::OpenSelf).unwrap().hardware.as_ref().unwrap();
    assert_eq!(hardware.gpu, "Bank H100");
    assert!(hardware.source.starts_with("policy of Example Bank: GPU; Neocloud, $ an hour; the rest: "));
}

#[test]
fn rows_of_the_user_lie_over_those_of_the_policy() {
    let mut scenario = scenario(PRICES);
    let changed = own(Table::ApiModels, Some(SOL), &[("output_usd_per_m", "20")]);
    assert_eq!(scenario.put_row(None, changed), Ok(()));
    let copy = own(Table::Gpus, Some("Bank H100"), &[("name", "Lab card"), ("purchase_usd_per_gpu", "9000")]);
    assert_eq!(scenario.put_row(None, copy), Ok(()));
    let catalog = scenario.rows.catalog();
    let row = catalog.api_model(SOL).unwrap();
    assert_eq!((row.input_usd_per_m, row.output_usd_per_m), (1.5, Some(20.0)));
    let says = "entered by you: Output, $ per M; the rest: policy of Example Bank: Input, $ per M (framework";
    assert!(row.source.starts_with(says), "{}", row.source);
    assert_eq!(row.confidence, Confidence::Own);
    let card = catalog.gpu("Lab card").unwrap();
    assert_eq!((card.usd_hr_neocloud, card.purchase_usd_per_gpu), (Some(1.1), Some(9000.0)));
    scenario.rows.remove(Table::ApiModels, SOL);
    let uncovered = scenario.rows.catalog().api_model(SOL).unwrap();
    assert_eq!((uncovered.input_usd_per_m, uncovered.confidence), (1.5, Confidence::Policy));
}

#[test]
fn an_added_row_of_the_user_keeps_its_name_when_a_policy_brings_one_of_that_name() {
    let mut scenario = Scenario::default();
    let mine = own(Table::Gpus, Some("L4"), &[("name", "Bank H100"), ("usd_hr_neocloud", "0.2")]);
    assert_eq!(scenario.put_row(None, mine), Ok(()));
    assert_eq!(scenario.set_policy(Some(Arc::new(Policy::read(PRICES).unwrap()))), []);
    let count = |scenario: &Scenario| scenario.rows.catalog().gpus.len();
    assert_eq!(scenario.rows.catalog().gpu("Bank H100").unwrap().usd_hr_neocloud, Some(0.2));
    assert_eq!(count(&scenario), Catalog::builtin().gpus.len() + 1);
    scenario.rows.remove(Table::Gpus, "Bank H100");
    assert_eq!(scenario.rows.catalog().gpu("Bank H100").unwrap().usd_hr_neocloud, Some(1.1));
    // A name of the catalogue stays taken, whether the policy changes that row or not.
    let named = |name: &str| own(Table::ApiModels, Some("gpt-5"), &[("model_id", name)]);
    assert!(scenario.put_row(None, named(SOL)).is_err());
    assert!(scenario.put_row(None, named("gpt-5")).is_ok());
}

#[test]
fn without_the_policy_the_rows_that_rested_on_it_are_left_out_with_a_sentence_and_the_chosen_is_missed() {
    let mut scenario = scenario(PRICES);
    let rows = [
        own(Table::ApiModels, Some(SOL), &[("output_usd_per_m", "20")]),
        own(Table::Gpus, Some("Bank H100"), &[("purchase_usd_per_gpu", "9000")]),
        own(Table::ApiModels, Some("bank-1"), &[("cached_input_usd_per_m", "0.1")]),
    ];
    rows.into_iter().for_each(|row| assert_eq!(scenario.put_row(None, row), Ok(())));
    scenario.type_in(input("api_model").unwrap(), "bank-1");
    let refused = scenario.set_policy(None);
    assert_eq!(
        left_out(&refused),
        [
            "A row of yours was left out. GPUs, “Bank H100”: The row that it rests on, “Bank H100”, is not in the catalogue.",
            "A row of yours was left out. Prices of API models, “bank-1”: The row that it rests on, “bank-1”, is not in the catalogue.",
        ]
    );
    assert_eq!(scenario.rows.rows().len(), 1);
    let errors = scenario.case().unwrap_err();
    let expected = "“bank-1” is a row of yours that was left out. The row that it rests on, “bank-1”, is not in the catalogue.";
    assert_eq!((errors.len(), errors[0].id.as_str(), errors[0].message.as_str()), (1, "api_model", expected));
}

#[test]
fn a_row_that_no_longer_goes_together_with_the_policy_s_is_left_out() {
    let mut scenario = Scenario::default();
    let cached = own(Table::ApiModels, Some(SOL), &[("cached_input_usd_per_m", "1.8")]);
    assert_eq!(scenario.put_row(None, cached), Ok(()));
    let refused = scenario.set_policy(Some(Arc::new(Policy::read(PRICES).unwrap())));
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].message, "Cached, $ per M: Cached input costs no more than input.");
    assert_eq!(scenario.rows.rows(), []);
}

#[test]
fn announced_changes_hold_for_the_list_and_not_for_a_price_of_the_policy() {
    let flash = "gemini/gemini-3.8-flash";
    let changes = |scenario: &Scenario| scenario.rows.catalog().price_changes_of(flash).count();
    let row = |set: &str| with(&format!(r#"{{"table": "api_models", "like": "{flash}", "set": {{{set}}}}}"#));
    assert!(changes(&Scenario::default()) > 0);
    assert_eq!(changes(&row(r#""max_input_tokens": 100000"#)), changes(&Scenario::default()));
    // That it names itself makes it no other row.
    assert_eq!(changes(&row(&format!(r#""model_id": "{flash}", "input_usd_per_m": 0.7"#))), 0);
    let mut priced = row(r#""input_usd_per_m": 0.7"#);
    assert_eq!(changes(&priced), 0);
    let over = own(Table::ApiModels, Some(flash), &[("max_input_tokens", "100k")]);
    assert_eq!(priced.put_row(None, over), Ok(()));
    assert_eq!(changes(&priced), 0);
}

#[test]
fn a_policy_without_rows_copies_no_catalogue_and_one_with_rows_has_one_copy() {
    let plain = scenario(&file(r#""rules": []"#));
    assert!(std::ptr::eq(plain.rows.catalog(), Catalog::builtin()));
    let priced = scenario(PRICES);
    let of_policy = priced.policy().unwrap().catalogue().catalog().unwrap();
    assert!(std::sync::Arc::ptr_eq(&priced.case().unwrap().catalog, of_policy));
    assert_ne!(priced.rows, OwnRows::default());
    assert_eq!(scenario(PRICES).rows, priced.rows);
}

#[test]
fn a_provider_that_it_adds_is_among_what_would_change_the_answer() {
    let mut scenario = scenario(PRICES);
    scenario.type_in(input("api_model").unwrap(), "bank-1");
    let contracts = input("contracted_providers").unwrap();
    scenario.type_in(contracts, "");
    let found = flips_of(&scenario.case().unwrap(), contracts).found;
    let contract = Value::Names(vec!["bank cloud".to_owned()]);
    let flip = found.iter().find(|flip| flip.to == contract).unwrap();
    assert_eq!(flip.there.outcome.use_now, Some(StrategyId::Prompt));
}

#[test]
fn an_exception_from_its_rules_keeps_its_prices() {
    let part = r#""excluded": {"custom": "no", "lora": "no"}, "catalogue":
        [{"table": "gpus", "like": "H100 SXM", "set": {"name": "Bank H100"}}]"#;
    let case = scenario(&file(part)).case().unwrap();
    let ids = |case: &Case| {
        let of_policy = case.rules.iter().filter(|rule| rule.origin.is_policy());
        of_policy.map(|rule| rule.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&case), ["excluded-custom", "excluded-lora"]);
    let mut waived = case.clone();
    waived.waive("excluded-custom");
    assert_eq!(ids(&waived), ["excluded-lora"]);
    assert!(std::sync::Arc::ptr_eq(&waived.catalog, &case.catalog));
    waived.waive("no such rule");
    waived.waive("excluded-lora");
    assert_eq!(ids(&waived), [""; 0]);
}

#[test]
fn every_wrong_cell_is_reported_with_its_row_and_column_as_the_file_names_them() {
    let found = wrong(&file(
        r#""catalogue": [
            {"table": "gpus", "like": "L4", "set": {"usd_hr_neocloud": 0.4}},
            {"table": "rockets", "set": {"name": "x"}},
            {"table": "gpus", "like": 7, "set": {"name": "x"}},
            {"table": "gpus", "like": "none such", "set": {"name": "x"}},
            {"table": "gpus", "like": "L4", "set": ["name"]},
            {"table": "gpus", "like": "H100 SXM", "set": {"usd_hr_neocloud": [1]}},
            {"table": "gpus", "like": "H100 SXM", "set": {"usd_hr_neocloud": -1, "mem_bw_gb_s": "", "price": 1}},
            {"table": "gpus", "like": "L4", "set": {"tdp_w": 70}},
            {"table": "gpus", "like": "L4", "set": {}},
            {"table": "gpus", "like": "L4", "set": {"name": "H100 SXM"}, "price": 3},
            {"table": "api_models", "like": "gpt-6.1-sol", "set": {"batch_discount": 30, "confidence": "read"}},
            {"table": "open_models", "set": {"model": "Mine-7B"}},
            7
        ],
        "defaults": {"serving_gpu": "Bank H100"}"#,
    ));
    for expected in [
        "catalogue 2: Its table must be one of: api_models, hosted_tuning, open_models, gpus (table)",
        "catalogue 3: Invalid type: integer `7`, expected a string (like)",
        "catalogue 4: The row that it rests on, “none such”, is not in the catalogue.",
        "catalogue 5: Invalid type: sequence, expected a map (set)",
        "catalogue 6: A value must be a number, a text, true, false or null (set.usd_hr_neocloud)",
        "catalogue 7: usd_hr_neocloud: Must lie between 0 and 10,000.",
        "catalogue 7: mem_bw_gb_s: Needed.",
        "catalogue 7: price: this table has no such column to fill in.",
        "catalogue 8: name: Another of these rows has this name.",
        "catalogue 9: Nothing is filled in.",
        "catalogue 10: “price” is not known.",
        "catalogue 10: name: The catalogue has a row of this name.",
        "catalogue 11: batch_discount: Must lie between 0 and 1.",
        "catalogue 11: confidence: this table has no such column to fill in.",
        "catalogue 12: layers: Needed.",
        "catalogue 13: Invalid type: integer `7`, expected a row of a table",
        "defaults serving_gpu: “Bank H100” is not in the catalogue, nor among your rows or a policy’s.",
    ] {
        assert!(found.iter().any(|line| line.starts_with(expected)), "{expected}: {found:#?}");
    }
    assert!(found.iter().all(|line| !line.starts_with("catalogue 1:")), "{found:#?}");
}

#[test]
fn a_list_that_is_none_or_too_long_is_refused() {
    assert_eq!(wrong(&file(r#""catalogue": {}"#)), ["catalogue: Invalid type: map, expected a sequence"]);
    let rows = |count: usize| {
        let row = |index| format!(r#"{{"table":"gpus","like":"L4","set":{{"name":"card {index}"}}}}"#);
        (0..count).map(row).collect::<Vec<_>>().join(",")
    };
    let too_many = file(&format!("\"catalogue\": [{}]", rows(MOST_ROWS + 1)));
    assert_eq!(wrong(&too_many), ["catalogue: There are more than 100 of them."]);
    let mut full = with(&rows(MOST_ROWS));
    assert_eq!(full.rows.catalog().gpus.len(), Catalog::builtin().gpus.len() + MOST_ROWS);
    // They leave the user his own.
    assert_eq!(full.put_row(None, own(Table::Gpus, Some("card 7"), &[("tdp_w", "9")])), Ok(()));
    let long = format!(
        r#"{{"table":"gpus","like":"L4","set":{{"{}":1,"name":"{}"}}}}"#,
        "x".repeat(9_000),
        "y".repeat(9_000)
    );
    let found = wrong(&file(&format!("\"catalogue\": [{long}]")));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|line| line.len() < 200), "{found:?}");
}
