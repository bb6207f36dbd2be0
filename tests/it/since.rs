//! What has changed since a recorded decision: each cause with its amount, and nothing where nothing has.

use std::sync::Arc;

use tunewise::codec::{Headline, Intake, encode, recognise};
use tunewise::domain::answer::{METHOD_VERSION, answer, paths};
use tunewise::domain::catalog::Edition;
use tunewise::domain::input::{Entry, input};
use tunewise::domain::record::{Basis, Cover, markdown, record, written};
use tunewise::domain::scenario::presets::PRESETS;
use tunewise::domain::scenario::{OwnRows, Scenario};
use tunewise::domain::side_by_side::Asked;
use tunewise::domain::since::{Cause, Recorded, Since, Stated, document, replay, since, title};

use crate::random;

/// The record of a scenario as a document and as data; what would change its answer is not searched.
fn records(scenario: &Scenario) -> [String; 2] {
    let case = scenario.case().unwrap();
    let (answer, paths) = (answer(&case), paths(&case));
    let link = format!("https://a.test/#s={}", encode(scenario, &Headline::of(&answer)));
    let cover =
        Cover { name: "A | name".to_owned(), date: "2026-11-28".to_owned(), link, ..Cover::default() };
    let found = Default::default();
    let basis = Basis { scenario, case: &case, answer: &answer, paths: &paths, found: &found };
    let record = record(&basis, &cover);
    [markdown(&record), serde_json::to_string(&record).unwrap()]
}

fn recorded(text: &str) -> Recorded {
    match recognise(text) {
        Ok(Intake::Record(_, decoded, stated)) => decoded.recorded(*stated),
        other => panic!("{other:?}"),
    }
}

fn account(recorded: Recorded, shown: &Scenario) -> Since {
    let case = shown.case().unwrap();
    let answer = answer(&case);
    let asked = Asked {
        name: "Shown",
        scenario: shown,
        case: &case,
        answer: &answer,
        volume_flips: None,
        wrong_fields: 0,
    };
    since(&replay(recorded), &asked)
}

/// The same scenario over an earlier catalogue.
fn earlier(scenario: &Scenario) -> Scenario {
    let edition = Edition::of(2).unwrap();
    let (rows, _) = OwnRows::over_edition(edition, None, scenario.rows.rows().to_vec());
    Scenario { rows, ..scenario.clone() }
}

/// Whole cents, so that sums are exact.
fn cents(usd: f64) -> i64 {
    (usd * 100.0).round() as i64
}

fn adds_up(since: &Since) {
    let parts: Option<Vec<f64>> = since.steps.iter().map(|step| step.by).collect();
    if let (Some(parts), Some(by)) = (parts, since.by()) {
        assert_eq!(parts.iter().map(|by| cents(*by)).sum::<i64>(), cents(by), "{since:#?}");
    }
}

fn text_of(since: &Since) -> String {
    written(&document(since)).replace('\u{a0}', " ")
}

#[test]
fn a_record_beside_its_own_scenario_says_that_nothing_has_changed() {
    let valid = |scenario: &Scenario| scenario.case().is_ok();
    let scenarios = PRESETS.iter().map(|preset| preset.scenario()).chain((0..20).map(random::scenario));
    for scenario in scenarios.filter(valid) {
        for text in records(&scenario) {
            let since = account(recorded(&text), &scenario);
            assert!(since.is_same(), "{}\n{}", title(&since), text_of(&since));
            assert_eq!(title(&since), "Nothing has changed since the record");
            assert_eq!(since.date.as_deref(), Some("2026-11-28"));
            assert!(since.then.headline.is_some() && !since.then.totals.is_empty());
        }
    }
}

#[test]
fn each_changed_input_is_named_and_the_causes_add_up() {
    let ids = ["requests_per_month", "growth_per_month", "hourly_rate", "required_quality"];
    for (place, preset) in PRESETS.iter().enumerate() {
        let before = preset.scenario();
        let mut after = before.clone();
        let changed = [ids[place % 4], ids[(place + 1) % 4]].map(|id| input(id).unwrap());
        for (record, text) in changed.into_iter().zip(["77", "12"]) {
            after.type_in(record, text);
        }
        if after.case().is_err() {
            continue;
        }
        let [document, data] = records(&earlier(&before)).map(|text| account(recorded(&text), &after));
        assert_eq!(document.inputs, data.inputs);
        assert_eq!(document.steps, data.steps);
        for since in [document, data] {
            adds_up(&since);
            for record in changed {
                let is_named = since.inputs.iter().any(|row| row[0].text.contains(record.label));
                assert!(is_named, "{}: {:?}", record.id, since.inputs);
            }
            assert_eq!(since.inputs.len(), 2);
            assert_eq!(since.catalogues, (2, 3, 3));
            assert!(!since.figures.is_empty());
        }
    }
}

#[test]
fn what_the_catalogue_alone_changes_is_told_apart_from_the_inputs() {
    let text = |text: &str| Entry::Text(text.to_owned());
    let entries = [("api_model", text("gpt-6.1-sol")), ("service_tier", text("priority"))];
    let now =
        Scenario { entries: entries.map(|(id, entry)| (id.to_owned(), entry)).into(), ..Scenario::default() };
    let [document, _] = records(&earlier(&now));
    let since = account(recorded(&document), &now);
    assert_eq!(since.inputs, Vec::<Vec<_>>::new());
    assert!(since.steps.iter().any(|step| step.cause == Cause::Catalogue(2, 3)));
    assert!(text_of(&since).contains("The record rests on version 2; the present one is version 3."));
    // Beside itself over its own catalogue, what the present one would do is still said.
    let unchanged = account(recorded(&document), &earlier(&now));
    assert!(unchanged.update.is_some());
    assert!(!unchanged.is_same());
}

#[test]
fn a_record_that_was_changed_by_hand_is_said_to_be() {
    let scenario = PRESETS[0].scenario();
    let [document, data] = records(&scenario);
    let clean = account(recorded(&document), &scenario);
    let total = tunewise::domain::units::words::usd_exact(clean.then.total.unwrap());
    let forged = document.replace(&total, "$12.34");
    let since = account(recorded(&forged), &scenario);
    assert!(!since.altered.is_empty());
    adds_up(&since);
    assert_eq!(since.then.total, Some(12.34));
    assert!(text_of(&since).contains("it was changed by hand"), "{}", text_of(&since));
    let headline = clean.then.headline.unwrap();
    let forged = data.replace(&headline, "Buy everything.");
    let since = account(recorded(&forged), &scenario);
    assert!(since.altered.iter().any(|text| text.contains("Buy everything.")));
}

#[test]
fn a_record_whose_words_were_mended_since_was_not_changed_by_hand_and_its_verdict_stands() {
    let scenario = PRESETS[0].scenario();
    let [document, _] = records(&scenario);
    let mut old = recorded(&document);
    // The program of its time called the verdict and a line of the cost otherwise, in record and link alike.
    old.stated.headline = Some("Ask a model through an interface.".to_owned());
    old.link_headline = old.stated.headline.clone();
    old.stated.lines[0].0 = "Tokens".to_owned();
    let since = account(old, &scenario);
    assert_eq!(since.altered, Vec::<String>::new());
    assert!(!since.has_other_verdict());
    adds_up(&since);
    // An amount that is not its own is found by the sum.
    let mut forged = recorded(&document);
    forged.stated.lines[0] = ("Tokens".to_owned(), 1.0);
    forged.stated.paid = Some(1.0);
    assert!(!account(forged, &scenario).altered.is_empty());
}

#[test]
fn an_earlier_method_has_its_own_part_of_the_difference() {
    let scenario = PRESETS[0].scenario();
    let [document, _] = records(&scenario);
    let mut recorded = recorded(&document);
    recorded.method = METHOD_VERSION - 1;
    recorded.stated.total = recorded.stated.total.map(|usd| usd + 100.0);
    let since = account(recorded, &scenario);
    assert_eq!(since.steps[0].cause, Cause::Method(METHOD_VERSION - 1));
    assert_eq!(since.steps[0].by.map(cents), Some(-10_000));
    assert_eq!(since.corrections.len(), 1);
    adds_up(&since);
}

#[test]
fn a_hostile_record_says_little_and_breaks_nothing() {
    let scenario = PRESETS[1].scenario();
    let clean = records(&scenario).map(|text| recorded(&text));
    let hostile = [
        "|||||\n## Cost\n### \n| \\".to_owned(),
        format!("## Options\n| Strategy | Total |\n{}", "| \u{202e}x | $1e400 |\n".repeat(5_000)),
        format!("## Decision\n**{}**", "a\u{202e}<b>".repeat(100_000)),
        "{\"verdict\":{\"headline\":7},\"costs\":[{\"lines\":[{}],\"total\":{\"present_value_usd\":1e308}}]}"
            .to_owned(),
        String::new(),
    ];
    for text in &hostile {
        for stated in [Stated::of_markdown(text), Stated::of_json(text)] {
            assert!(stated.lines.len() <= 41 && stated.totals.len() <= 40);
            let since = account(Recorded { stated, ..clean[0].clone() }, &scenario);
            adds_up(&since);
            let text = text_of(&since);
            assert!(text.len() < 60_000 && !text.contains('\u{202e}') && !text.contains("NaN"));
        }
    }
}

#[test]
fn own_rows_and_policies_that_differ_are_named() {
    let before = PRESETS[0].scenario();
    let mut after = before.clone();
    let row = r#"{"table":"gpus","like":"H100 SXM","set":{"name":"Our GPU","usd_hr_neocloud":"1.9"}}"#;
    after.put_row(None, serde_json::from_str(row).unwrap()).unwrap();
    let policy =
        tunewise::domain::scenario::policy::Policy::read(r#"{"policy":1,"name":"House rules"}"#).unwrap();
    after.set_policy(Some(Arc::new(policy)));
    let [document, _] = records(&before);
    let text = text_of(&account(recorded(&document), &after));
    assert!(text.contains("Our GPU") && text.contains("House rules"), "{text}");
}
