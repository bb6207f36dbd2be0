//! Scenarios of an earlier catalogue: answered by its rows, handed on with its number, and updated on request.

use std::sync::Arc;

use tunewise::codec::{Headline, decode, encode, from_json, to_json};
use tunewise::domain::answer::answer;
use tunewise::domain::catalog::{CATALOG_VERSION, Edition};
use tunewise::domain::input::Entry;
use tunewise::domain::scenario::policy::Policy;
use tunewise::domain::scenario::presets::PRESETS;
use tunewise::domain::scenario::{OwnRows, Scenario};
use tunewise::domain::update::update;

use crate::random;

const EARLIER: u32 = 2;

/// A scenario as if it had been made with an earlier catalogue.
fn earlier(scenario: &Scenario) -> Scenario {
    let edition = Edition::of(EARLIER).unwrap();
    let policy = scenario.policy().map(|policy| Policy::read_over(edition, policy.text()).unwrap());
    let (rows, refused) = OwnRows::over_edition(edition, policy.map(Arc::new), scenario.rows.rows().to_vec());
    assert_eq!(refused, []);
    Scenario { rows, ..scenario.clone() }
}

fn headline(scenario: &Scenario) -> Headline {
    Headline::of(&answer(&scenario.case().unwrap()))
}

/// A scenario whose answer rests on what the present catalogue has and the earlier one had not: a priority tier.
fn paying_for_priority() -> Scenario {
    let entry = |text: &str| Entry::Text(text.to_owned());
    let entries = [("api_model", entry("gpt-6.1-sol")), ("service_tier", entry("priority"))];
    Scenario { entries: entries.map(|(id, entry)| (id.to_owned(), entry)).into(), ..Scenario::default() }
}

#[test]
fn a_link_keeps_the_catalogue_that_it_was_made_with_and_the_numbers_of_that_day() {
    for scenario in PRESETS.iter().map(|preset| preset.scenario()).chain((0..40).map(random::scenario)) {
        let scenario = earlier(&scenario);
        let Ok(case) = scenario.case() else { continue };
        let shown = Headline::of(&answer(&case));
        let read = decode(&encode(&scenario, &shown)).unwrap();
        assert_eq!(read.versions.catalog, EARLIER);
        assert_eq!(read.scenario, scenario);
        assert_eq!(headline(&read.scenario), shown);
        assert_eq!(read.headline, Some(shown));
        assert_eq!(read.notices, [""; 0], "its prices are those that it is answered by");
    }
}

#[test]
fn what_an_earlier_catalogue_did_not_know_is_unknown_in_its_links_and_known_once_updated() {
    let present = paying_for_priority();
    let then = earlier(&present);
    let (case, updated_case) = (then.case().unwrap(), present.case().unwrap());
    let before = answer(&case);
    let offered = update(&then, &before).unwrap();
    assert!(!offered.changes.is_empty());
    let updated = offered.outcome.unwrap();
    assert_eq!(updated.scenario, present);
    assert_ne!(Headline::of(&before), Headline::of(&answer(&updated_case)), "{}", updated.effect);
    assert!(updated.effect.starts_with("Updating "), "{}", updated.effect);
    assert_eq!(update(&updated.scenario, &answer(&updated_case)), None);
}

#[test]
fn what_an_answer_rests_on_is_named_first_of_what_has_changed() {
    let then = earlier(&paying_for_priority());
    let before = answer(&then.case().unwrap());
    let offered = update(&then, &before).unwrap();
    let used = |row: &str| {
        before.decided.assessments.iter().flat_map(|one| &one.rows).any(|(_, id)| row.contains(id.as_str()))
    };
    let first = offered.changes.first().unwrap();
    assert!(first.of.as_ref().is_some_and(|(_, id)| used(id)), "{first}");
}

#[test]
fn policy_and_own_rows_lie_over_the_catalogue_of_their_scenario() {
    let policy = r#"{"policy":1,"name":"Bank","catalogue":[{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":0.5}}]}"#;
    let mut scenario = Scenario::default();
    scenario.set_policy(Some(Arc::new(Policy::read(policy).unwrap())));
    let own = serde_json::from_value(serde_json::json!(
        {"table": "api_models", "like": "gpt-4.1", "set": {"model_id": "house", "input_usd_per_m": "1.5"}}
    ));
    scenario.put_row(None, own.unwrap()).unwrap();
    let then = earlier(&scenario);
    assert_ne!(then, scenario);
    let read = from_json(&to_json(&then, &headline(&then))).unwrap();
    assert_eq!(read.scenario, then);
    assert_eq!(read.scenario.rows.edition().version, EARLIER);
    assert_eq!(read.scenario.rows.catalog().gpu("L4").unwrap().usd_hr_neocloud, Some(0.5));
    assert_eq!(read.scenario.updated().unwrap(), (scenario, Vec::new()));
    // Taking the policy out of force leaves the prices of that day.
    let mut without = then.clone();
    assert_eq!(without.set_policy(None), []);
    assert_eq!(without.rows.edition().version, EARLIER);
}

#[test]
fn a_catalogue_that_is_still_to_come_is_told_and_the_present_one_answers() {
    let json = to_json(&Scenario::default(), &headline(&Scenario::default()));
    let later = json.replace(&format!("\"c\":{CATALOG_VERSION}"), &format!("\"c\":{}", CATALOG_VERSION + 1));
    assert_ne!(json, later);
    let read = from_json(&later).unwrap();
    assert!(read.notices.iter().any(|notice| notice.contains("later prices")), "{:?}", read.notices);
    assert!(read.scenario.rows.edition().is_current());
}

#[test]
fn a_recorded_result_agrees_with_its_own_answer_and_with_no_other() {
    let shown = headline(&Scenario::default());
    assert!(shown.agrees_with(&shown));
    let total = shown.tco_usd.unwrap();
    assert!(!shown.agrees_with(&Headline { tco_usd: Some(total + 0.01), ..shown.clone() }));
    assert!(!shown.agrees_with(&Headline { tco_usd: None, ..shown.clone() }));
    assert!(!shown.agrees_with(&Headline { strategy: Some("custom".to_owned()), ..shown.clone() }));
    // Links of earlier programs do not record the strategy; wording may be mended.
    assert!(shown.agrees_with(&Headline { strategy: None, verdict: String::new(), ..shown.clone() }));
}
