//! Rows of the catalogue, the user's own and those of a policy, generated from every column up to the ends of its
//! range: the answer stays whole and finite, and the link brings back the same rows and the same numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use tunewise::codec::{Headline, decode, encode, from_json};
use tunewise::domain::catalog::choice::row_options;
use tunewise::domain::catalog::own::{CellKind, Column, NumberKind, OwnRow, Table};
use tunewise::domain::input::{Kind, Value, input, registry};
use tunewise::domain::scenario::policy::Policy;
use tunewise::domain::scenario::{OwnRows, Scenario};
use tunewise::domain::strategy::StrategyId;

use crate::grid::check_answer;
use crate::random::{Lcg, scenario};
use crate::support::{evaluate, of};

/// Scenarios with generated rows.
const SCENARIOS: u64 = 600;

fn headline() -> Headline {
    Headline { strategy: None, verdict: "A verdict.".to_owned(), tco_usd: None }
}

/// A valid cell, most often at an end of its range or somewhere between by factors.
fn cell(random: &mut Lcg, column: &Column, rows: &OwnRows) -> String {
    if !column.needed && random.below(6) == 0 {
        return String::new();
    }
    match column.kind {
        CellKind::Name => format!("own {}", random.below(20)),
        CellKind::Text => (*random.one_of(&["NVIDIA", "SXM5", "NVLink9", "words"])).to_owned(),
        CellKind::Number(kind, min, max) => {
            let low = min.max(max * 1e-9);
            let number = match random.below(4) {
                0 => min,
                1 => max,
                _ => low * (max / low).powf(random.share()),
            };
            let whole = kind == NumberKind::Whole;
            (if whole { number.round().clamp(min, max) } else { number }).to_string()
        }
        CellKind::Words(words) => (*random.one_of(words)).to_owned(),
        CellKind::Day => (*random.one_of(&["2026-12-31", "2027-06-30", "2020-02-29"])).to_owned(),
        CellKind::Month => "2026-10".to_owned(),
        CellKind::Tiers => {
            (*random.one_of(&["32k 0.5/2.5; 128k 0.8/0.2/4", "200000 3/0.3/3.75/15"])).to_owned()
        }
        CellKind::Row(table) => any_id(random, table, rows),
    }
}

/// The key of any row of a table.
fn any_id(random: &mut Lcg, table: Table, rows: &OwnRows) -> String {
    let cells = rows.cells(table);
    let row: &Vec<String> = random.one_of(&cells);
    table.id(row)
}

/// A few own rows over those of the catalogue or of a policy; what does not go together is refused and left out.
fn own_rows(random: &mut Lcg, under: &OwnRows) -> OwnRows {
    let mut rows = under.clone();
    for _ in 0..=random.below(4) {
        let table = *random.one_of(&Table::ALL);
        let below = any_id(random, table, under);
        let mut row = OwnRow { table, like: Some(below), set: BTreeMap::new() };
        for _ in 0..=random.below(5) {
            let column = random.one_of(table.columns());
            row.fill(column.name, cell(random, column, &rows));
        }
        let _ = rows.put(None, row);
    }
    rows
}

/// A policy that holds these rows.
fn policy_of(rows: &OwnRows) -> Policy {
    let members = |row: &OwnRow| {
        let set: Vec<String> = row.set.iter().map(|(column, text)| format!("{column:?}:{text:?}")).collect();
        let like = row.like.as_deref().unwrap_or_default();
        format!("{{\"table\":{:?},\"like\":{like:?},\"set\":{{{}}}}}", row.table.key(), set.join(","))
    };
    let rows: Vec<String> = rows.rows().iter().map(members).collect();
    let text = format!("{{\"policy\":1,\"name\":\"N\",\"catalogue\":[{}]}}", rows.join(","));
    Policy::read(&text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

/// A scenario of the grid with own rows, every other time over those of a policy; they are chosen wherever they can be.
fn with_rows(seed: u64) -> Scenario {
    let mut random = Lcg(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 7);
    random.next();
    let mut scenario = scenario(seed);
    if seed % 2 == 1 {
        let policy = policy_of(&own_rows(&mut random, &OwnRows::default()));
        assert_eq!(scenario.set_policy(Some(Arc::new(policy))), []);
    }
    scenario.rows = own_rows(&mut random, &scenario.rows);
    let rows = scenario.rows.clone();
    for record in registry() {
        if let Kind::Names(table) = record.kind {
            // A row was made into something else.
            let known = table.names(rows.catalog());
            let text = scenario.text(record);
            let names = text.split(", ").map(str::to_owned).filter(|name| known.contains(name)).collect();
            scenario.put(record, &Value::Names(names));
        }
        let Kind::Row(choice) = record.kind else { continue };
        let table = Table::of(choice);
        let options = row_options(choice, rows.catalog());
        let own: Vec<&String> = options.iter().filter(|id| rows.author(table, id).is_some()).collect();
        if !own.is_empty() && random.below(5) > 0 {
            scenario.put(record, &Value::Row((*random.one_of(&own)).clone()));
        } else if !options.contains(&scenario.text(record)) {
            // A row was made into something else.
            scenario.put(record, &Value::Row(options[0].clone()));
        }
    }
    scenario
}

#[test]
fn every_figure_stays_finite_whatever_the_own_rows_hold() {
    let (mut rows, mut of_policies, mut chosen) = (0, 0, 0);
    for seed in 0..SCENARIOS {
        let scenario = with_rows(seed);
        rows += scenario.rows.rows().len();
        of_policies += scenario.policy().map_or(0, |policy| policy.catalogue().rows().len());
        let case = scenario.case().unwrap_or_else(|errors| panic!("scenario {seed}: {errors:?}"));
        let models = &case.inputs.models;
        for (table, id) in [(Table::Gpus, &models.serving_gpu), (Table::OpenModels, &models.base_model)] {
            chosen += usize::from(scenario.rows.author(table, id).is_some());
        }
        check_answer(seed, &evaluate(&case), 0.0);
    }
    // Refused or unchosen rows would prove nothing.
    assert!(rows > 900 && of_policies > 450, "{rows} rows, {of_policies} of policies");
    assert!(chosen > 250, "{chosen} chosen");
}

#[test]
fn a_link_brings_back_the_same_rows_and_the_same_numbers() {
    for seed in (0..SCENARIOS).step_by(5) {
        let scenario = with_rows(seed);
        let read = decode(&encode(&scenario, &headline())).unwrap();
        assert_eq!(read.notices, [] as [&str; 0], "scenario {seed}");
        assert_eq!(read.scenario, scenario, "scenario {seed}");
        let (before, after) = (scenario.case().unwrap(), read.scenario.case().unwrap());
        assert_eq!(before.catalog, after.catalog, "scenario {seed}");
        if seed % 50 == 0 {
            assert_eq!(evaluate(&before), evaluate(&after), "scenario {seed}");
        }
    }
}

#[test]
fn successors_that_lead_back_to_each_other_make_the_cost_unknown_and_end() {
    let retires = |model: &str, next: &str| {
        let set = [("retires_on", "2027-03-15"), ("successor_model_id", next)];
        let set = set.map(|(column, text)| (column.to_owned(), text.to_owned()));
        OwnRow { table: Table::ApiModels, like: Some(model.to_owned()), set: set.into() }
    };
    let (sol, older) = ("gpt-6.1-sol", "gpt-5");
    for rows in [vec![retires(sol, sol)], vec![retires(sol, older), retires(older, sol)]] {
        let (rows, refused) = OwnRows::over(None, rows);
        assert_eq!(refused, []);
        let evaluation = evaluate(&Scenario { rows, ..Scenario::default() }.case().unwrap());
        let unknown = of(&evaluation, StrategyId::Prompt).cost.as_ref().unwrap_err();
        assert!(unknown.contains("lead back to one that has retired"), "{unknown}");
    }
}

#[test]
fn an_endpoint_without_a_price_beside_tokens_is_not_free() {
    let offer = |usd: &str| {
        let set = [
            ("base_model", "ours"),
            ("provider", "openai"),
            ("training_usd_per_m_tokens", "3"),
            ("serving_mode", "both"),
            ("tuned_input_usd_per_m", "1"),
            ("tuned_output_usd_per_m", "2"),
            ("endpoint_usd_per_hour", usd),
            ("availability", "open"),
        ];
        let set = set.map(|(column, text)| (column.to_owned(), text.to_owned()));
        let (rows, refused) =
            OwnRows::over(None, vec![OwnRow { table: Table::HostedTuning, like: None, set: set.into() }]);
        assert_eq!(refused, []);
        let mut scenario = Scenario { rows, ..Scenario::default() };
        let record = input("hosted_tuning").unwrap();
        scenario.put(record, &Value::Row("openai/ours".to_owned()));
        of(&evaluate(&scenario.case().unwrap()), StrategyId::HostedTune).tco()
    };
    assert_eq!(offer(""), None);
    assert!(offer("2") > offer("0") && offer("0").is_some());
}

#[test]
fn where_the_cost_of_a_request_is_unknown_no_accuracy_is_said_to_pay() {
    let warned = |usd: &str| {
        let set = [("output_usd_per_m".to_owned(), usd.to_owned())].into();
        let row = OwnRow { table: Table::ApiModels, like: Some("gpt-6.1-sol".to_owned()), set };
        let mut scenario = Scenario { rows: OwnRows::over(None, vec![row]).0, ..Scenario::default() };
        for (id, value) in [("cost_per_error", 20.0), ("value_of_success", 1.0)] {
            scenario.put(input(id).unwrap(), &Value::Number(value));
        }
        let evaluation = evaluate(&scenario.case().unwrap());
        let fired = &of(&evaluation, evaluation.decided.choice.reference.unwrap()).fired;
        fired.iter().any(|fired| ["Q1", "Q1n"].contains(&fired.rule.as_str()))
    };
    assert!(warned("10"), "the bar of 90 % is below 95 %");
    assert!(!warned(""), "the request is not free because nobody knows what it costs");
}

#[test]
fn a_default_whose_row_was_made_into_something_else_is_missed_beside_its_field() {
    let set = [("kind".to_owned(), "embedding".to_owned())].into();
    let row = OwnRow { table: Table::ApiModels, like: Some("gpt-6.1-sol".to_owned()), set };
    let mut scenario = Scenario { rows: OwnRows::over(None, vec![row]).0, ..Scenario::default() };
    let errors = scenario.case().unwrap_err();
    assert_eq!(errors.iter().map(|error| error.id.as_str()).collect::<Vec<_>>(), ["api_model"]);
    scenario.put(input("api_model").unwrap(), &Value::Row("claude-sonnet-5".to_owned()));
    assert!(scenario.case().is_ok());
}

#[test]
fn an_own_row_that_nothing_refers_to_changes_no_figure() {
    let plain = scenario(3);
    let mut with_row = plain.clone();
    let set = [("model_id".to_owned(), "mine".to_owned()), ("open_model".to_owned(), String::new())].into();
    let embedding = Some("text-embedding-3-small".to_owned());
    with_row.rows.put(None, OwnRow { table: Table::ApiModels, like: embedding, set }).unwrap();
    assert_eq!(evaluate(&plain.case().unwrap()), evaluate(&with_row.case().unwrap()));
}

#[test]
fn hostile_rows_are_left_out_with_a_sentence_each_and_the_rest_is_read() {
    let read = |rows: &str| from_json(&format!(r#"{{"answers":{{"labels":5}},"rows":{rows}}}"#)).unwrap();
    let good = r#"{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":0.4}}"#;
    for bad in [
        "7",
        "null",
        r#"{"table":"rockets","set":{"a":"b"}}"#,
        r#"{"table":"gpus","like":7,"set":{"name":"x"}}"#,
        r#"{"table":"gpus","like":"L4","set":{"name":["x"]}}"#,
        r#"{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":-1}}"#,
        r#"{"table":"gpus","like":"L4","set":{"mem_bw_gb_s":0}}"#,
        r#"{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":1e308}}"#,
        r#"{"table":"gpus","like":"L4","set":{"spec_confidence":"read","spec_source":"NVIDIA"}}"#,
        r#"{"table":"gpus","like":"L4","set":{"name":"\u0000"}}"#,
        good,
    ] {
        let decoded = read(&format!("[{good},{bad}]"));
        assert_eq!(decoded.scenario.rows.rows().len(), 1, "{bad}");
        assert_eq!(decoded.notices.len(), 1, "{bad}: {:?}", decoded.notices);
        assert!(decoded.notices[0].len() < 300, "{}", decoded.notices[0]);
        assert_eq!(decoded.scenario.case().unwrap().inputs.data.labels, 5.0);
    }
    let long = format!(r#"[{{"table":"gpus","like":"L4","set":{{"name":"{}"}}}}]"#, "x".repeat(100_000));
    let said = &read(&long).notices[0];
    assert!(said.contains("80 characters") && said.len() < 300, "{said}");
    let many =
        (0..3_000).map(|index| format!(r#"{{"table":"gpus","like":"L4","set":{{"name":"{index}"}}}}"#));
    let many = read(&format!("[{}]", many.collect::<Vec<_>>().join(",")));
    assert_eq!(many.scenario.rows.rows().len(), 40);
    assert!(many.notices.len() == 1 && many.notices[0].contains("40 rows"), "{:?}", many.notices);
    let all_bad = vec![r#"{"table":"gpus","like":"L4","set":{"tdp_w":-1}}"#; 30].join(",");
    assert_eq!(read(&format!("[{all_bad}]")).notices.len(), 6);
    assert_eq!(read("{}").notices.len(), 1);
}
