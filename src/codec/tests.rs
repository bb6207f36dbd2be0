//! The codec against faithful, careless and hostile texts.

mod bounds;
mod careless;
mod compared;
mod corrected;
mod golden;
mod policies;
mod strict;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::migration::{Migration, run};
use super::*;
use crate::domain::answer::answer;
use crate::domain::catalog::own::{OwnRow, Table};
use crate::domain::input::{Entry, Inputs, Kind, Scale, input, registry, value_text};
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::presets::PRESETS;
use crate::domain::scenario::{OwnRows, scenario_of};

/// A small generator of the same numbers every time (Knuth's MMIX constants).
struct Lcg(u64);

impl Lcg {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, bound: usize) -> usize {
        self.next() as usize % bound.max(1)
    }

    /// In 0..1, with many digits.
    fn share(&mut self) -> f64 {
        (self.next() as f64 + self.next() as f64 / 2_147_483_648.0) / 2_147_483_648.0
    }
}

fn headline() -> Headline {
    Headline {
        strategy: None,
        verdict: "Keep prompting an API model.".to_owned(),
        tco_usd: Some(31_204.123_456_789),
    }
}

fn answered(pairs: &[(&str, Entry)]) -> Scenario {
    let answers = pairs.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
    Scenario { name: "Invoices".to_owned(), entries: answers, ..Scenario::default() }
}

/// The same with a changed row of the catalogue.
fn with_own_row(mut scenario: Scenario) -> Scenario {
    let set = [("usd_hr_neocloud".to_owned(), "1.9".to_owned())].into();
    scenario.rows.put(None, OwnRow { table: Table::Gpus, like: Some("H100 SXM".to_owned()), set }).unwrap();
    scenario
}

/// A scenario with so many inputs changed to odd values within their range.
fn changed(count: usize, random: &mut Lcg) -> Scenario {
    let mut scenario = Scenario { name: "A name of some length".to_owned(), ..Scenario::default() };
    let records: Vec<_> = registry().collect();
    while scenario.entries.len() < count {
        let record = records[random.below(records.len())];
        let answer = match record.kind {
            Kind::Number { min, max, whole, scale, .. } => {
                let share = if scale == Scale::Log { random.share() / 1e3 } else { random.share() };
                let number = min + (max - min) * share;
                Entry::Number(if whole { number.floor() } else { number })
            }
            Kind::Choice { options } => Entry::Text(options[random.below(options.len())].0.to_owned()),
            Kind::Flag => Entry::Flag(random.below(2) == 1),
            Kind::Evidence => Entry::Text(format!("{}/{}", random.below(1000), 1000)),
            Kind::Month => Entry::Text("2028-03".to_owned()),
            Kind::Row(_) => Entry::Text("auto".to_owned()),
            Kind::Names(_) => Entry::Text("OpenAI".to_owned()),
        };
        scenario.entries.insert(record.id.to_owned(), answer);
    }
    scenario
}

/// What a scenario means, whichever way its answers are written.
fn meaning(scenario: &Scenario) -> Inputs {
    scenario.resolve(&BTreeMap::new()).case.inputs
}

#[test]
fn what_is_shared_comes_back_to_the_last_bit() {
    let mut random = Lcg(1);
    for count in 0..40 {
        let scenario = changed(count, &mut random);
        let read = decode(&encode(&scenario, &headline())).unwrap();
        assert_eq!(meaning(&read.scenario), meaning(&scenario));
        for (id, answer) in &read.scenario.entries {
            match (answer, &scenario.entries[id]) {
                (Entry::Number(after), Entry::Number(before)) => {
                    assert_eq!(after.to_bits(), before.to_bits())
                }
                (after, before) => assert_eq!(after, before),
            }
        }
        assert_eq!(read.scenario.name, scenario.name);
        assert_eq!(read.headline, Some(headline()));
        assert_eq!(read.versions, Versions::CURRENT);
        assert!(read.notices.is_empty(), "{:?}", read.notices);
        assert_eq!(from_json(&to_json(&scenario, &headline())), Ok(read));
    }
}

#[test]
fn a_link_of_twenty_five_changed_inputs_stays_under_two_thousand_characters() {
    let mut random = Lcg(2);
    for _ in 0..50 {
        let scenario = changed(25, &mut random);
        let link = encode(&scenario, &headline());
        assert!(link.len() < 1_500, "{} characters", link.len());
        assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
    }
}

/// The link of a scenario with its own result.
fn own_link(scenario: &Scenario) -> String {
    encode(scenario, &Headline::of(&answer(&scenario.resolve(&BTreeMap::new()).case)))
}

#[test]
fn the_link_of_a_preset_with_a_dozen_changes_is_no_longer_than_twelve_hundred_characters() {
    let mut random = Lcg(8);
    for preset in PRESETS {
        let mut scenario = preset.scenario();
        assert!(own_link(&scenario).len() <= 600, "{}: {}", preset.id, own_link(&scenario).len());
        scenario.entries.extend(changed(12, &mut random).entries);
        let link = own_link(&scenario);
        assert!(link.len() <= 1_200, "{}: {} characters", preset.id, link.len());
    }
}

/// The same with numbers as people write them, of six digits at most.
fn in_six_digits(mut scenario: Scenario) -> Scenario {
    for entry in scenario.entries.values_mut() {
        if let Entry::Number(number) = entry {
            *number = format!("{number:.5e}").parse().unwrap();
        }
    }
    scenario
}

#[test]
fn a_preset_of_which_everything_is_changed_fits_four_thousand_characters_and_can_be_read_back() {
    let mut random = Lcg(3);
    for preset in PRESETS {
        let mut scenario = preset.scenario();
        scenario.entries.extend(changed(registry().count(), &mut random).entries);
        // Digits to the last bit, which nobody writes, take some hundred characters more.
        let link = own_link(&scenario);
        assert!(link.len() <= 4_500, "{}: {} characters", preset.id, link.len());
        assert_eq!(meaning(&decode(&link).unwrap().scenario), meaning(&scenario));
        let written = in_six_digits(scenario);
        let link = own_link(&written);
        assert!(link.len() <= 4_000, "{}: {} characters", preset.id, link.len());
        assert_eq!(meaning(&decode(&link).unwrap().scenario), meaning(&written));
    }
}

#[test]
fn without_own_rows_the_text_is_as_it_was_before_there_were_any() {
    let text = to_json(&answered(&[("labels", Entry::Number(5.0))]), &headline());
    assert_eq!(
        text,
        r#"{"a":{"labels":5.0},"c":3,"f":1,"h":{"t":31204.123456789,"v":"Keep prompting an API model."},"m":3,"n":"Invoices","r":3}"#
    );
}

#[test]
fn own_rows_travel_with_what_was_filled_in_and_nothing_else() {
    let scenario = with_own_row(Scenario::default());
    let text = to_json(&scenario, &headline());
    let rows = r#""o":[{"like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"},"table":"gpus"}]"#;
    assert!(text.contains(rows) && text.contains(r#""f":2"#), "{text}");
    assert_eq!(decode(&encode(&scenario, &headline())).unwrap().scenario, scenario);
    let lost = text.replace(rows, r#""o":[]"#);
    assert_eq!(from_json(&lost).unwrap().scenario.rows, OwnRows::default());
}

#[test]
fn a_wrong_answer_travels_so_that_the_other_side_sees_it_too() {
    let scenario = answered(&[
        ("requests_per_month", Entry::Text("lots".to_owned())),
        ("growth_per_month", Entry::Number(7.0)),
        ("input_tokens", Entry::Number(f64::NAN)),
    ]);
    let read = decode(&encode(&scenario, &headline())).unwrap();
    assert_eq!(read.scenario.case().unwrap_err().len(), 3);
}

#[test]
fn an_answer_equal_to_the_default_does_not_count_as_changed() {
    let record = input("requests_per_month").unwrap();
    let default = value_text(record, &record.default_value());
    let text = format!("{{\"requests_per_month\": \"{default}\", \"growth_per_month\": 0.0456}}");
    let read = from_json(&text).unwrap();
    assert_eq!(read.scenario.entries.keys().collect::<Vec<_>>(), ["growth_per_month"]);
    assert_eq!(scenario_of(&read.scenario.case().unwrap().inputs, OwnRows::default()), read.scenario);
}

#[test]
fn a_scenario_written_by_hand_is_read_in_three_forms() {
    let number = ("requests_per_month".to_owned(), Entry::Number(200_000.0));
    for text in [
        r#"{"f":1,"r":3,"c":3,"m":3,"a":{"requests_per_month":200000}}"#,
        r#"{"name": "x", "answers": {"requests_per_month": 200000}}"#,
        r#"{"requests_per_month": 200000}"#,
    ] {
        let read = from_json(text).unwrap();
        assert_eq!(
            read.scenario.entries.clone().into_iter().collect::<Vec<_>>(),
            std::slice::from_ref(&number)
        );
        assert_eq!(read.headline, None);
    }
    assert_eq!(from_json("{}").unwrap().scenario, Scenario::default());
}

#[test]
fn what_is_unknown_or_unreadable_is_named_and_left_out() {
    let read = from_json(
        r#"{"f":1,"r":3,"c":3,"m":3,"a":{"from_the_future":1,"input_tokens":[1],"output_tokens":300}}"#,
    )
    .unwrap();
    assert_eq!(read.scenario.entries.len(), 1);
    assert_eq!(
        read.notices,
        [
            "Not known to this version and left out: from_the_future.",
            "Not readable and left out: input_tokens."
        ]
    );
}

#[test]
fn a_thousand_unknown_answers_make_one_short_notice() {
    let answers: Vec<String> = (0..1_000).map(|index| format!("\"{}{index}\":1", "x".repeat(100))).collect();
    let read = from_json(&format!("{{\"answers\":{{{}}}}}", answers.join(","))).unwrap();
    assert_eq!(read.notices.len(), 1);
    assert!(read.notices[0].len() < 400 && read.notices[0].ends_with("and 995 more."), "{}", read.notices[0]);
}

#[test]
fn later_versions_are_read_with_a_notice_and_a_later_format_is_refused() {
    let of = |f: u32, r: u32, c: u32, m: u32| {
        from_json(&format!("{{\"f\":{f},\"r\":{r},\"c\":{c},\"m\":{m},\"a\":{{}}}}"))
    };
    assert_eq!(of(1, 99, 99, 99).unwrap().notices.len(), 3);
    assert_eq!(of(3, 1, 1, 1), Err(DecodeError::Newer));
    assert_eq!(from_json(r#"{"f":3,"scenario":{}}"#), Err(DecodeError::Newer));
    assert!(DecodeError::Newer.to_string().contains("newer version"));
}

#[test]
fn a_migration_keeps_the_old_default_unless_it_was_answered() {
    let steps = [Migration {
        to: 2,
        apply: |answers| {
            answers.entry("growth_per_month".to_owned()).or_insert(Entry::Number(0.01));
        },
    }];
    let after = |registry: u32, scenario: &Scenario| {
        let mut answers = scenario.entries.clone();
        run(&steps, registry, &mut answers);
        answers.get("growth_per_month").cloned()
    };
    let answered = answered(&[("growth_per_month", Entry::Number(0.2))]);
    assert_eq!(after(1, &Scenario::default()), Some(Entry::Number(0.01)));
    assert_eq!(after(1, &answered), Some(Entry::Number(0.2)));
    assert_eq!(after(2, &Scenario::default()), None);
}

#[test]
fn a_truncated_link_is_damaged_wherever_it_is_cut() {
    let link = encode(&changed(20, &mut Lcg(4)), &headline());
    for length in 0..link.len() {
        assert_eq!(decode(&link[..length]), Err(DecodeError::Damaged), "{length}");
    }
}

#[test]
fn a_link_with_one_changed_character_never_opens_as_another_scenario() {
    let scenario = changed(20, &mut Lcg(5));
    let link = encode(&scenario, &headline());
    let original = decode(&link).unwrap();
    for index in 0..link.len() {
        for other in "AZaz09-_".chars() {
            let mutated = format!("{}{other}{}", &link[..index], &link[index + 1..]);
            assert!(decode(&mutated).map_or(true, |read| read == original), "{index} {other}");
        }
    }
}

#[test]
fn no_byte_string_makes_it_panic() {
    let mut random = Lcg(6);
    let valid = encode(&changed(20, &mut Lcg(7)), &headline());
    let json = to_json(&with_own_row(changed(20, &mut Lcg(7))), &headline());
    for round in 0..6_000 {
        let length = random.below(300);
        let noise: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        let noise = String::from_utf8_lossy(&noise).into_owned();
        let _ = decode(&noise);
        let _ = from_json(&noise);
        let _ = text_in_link(&noise);
        // Mutations reach deeper than noise.
        for text in [&valid, &json] {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=round % 8 {
                match random.below(3) {
                    0 => drop(bytes.remove(random.below(bytes.len()))),
                    1 => bytes.insert(random.below(bytes.len()), random.next() as u8),
                    _ => {
                        let index = random.below(bytes.len());
                        bytes[index] = random.next() as u8;
                    }
                }
            }
            let mutated = String::from_utf8_lossy(&bytes).into_owned();
            let _ = decode(&mutated);
            if let Ok(read) = from_json(&mutated) {
                let _ = read.scenario.resolve(&BTreeMap::new());
            }
        }
    }
}

#[test]
fn what_is_json_but_no_scenario_is_refused_in_plain_words() {
    for text in [
        "1",
        "null",
        "[]",
        "\"x\"",
        r#"{"f":"one","a":{}}"#,
        r#"{"hello":1}"#,
        r#"{"f":1,"r":0,"c":3,"m":3,"a":{}}"#,
    ] {
        assert_eq!(from_json(text), Err(DecodeError::NotAScenario), "{text}");
    }
    assert_eq!(from_json("{"), Err(DecodeError::Damaged));
}

#[test]
fn control_characters_do_not_reach_the_page() {
    let read = from_json(r#"{"name":"a\u0000b\u001b[31m","answers":{"evidence_prompt":"1\n7/20"}}"#).unwrap();
    assert_eq!(read.scenario.name, "ab[31m");
}

#[test]
fn the_text_is_found_in_a_whole_link() {
    assert_eq!(text_in_link("https://example.org/a/#s=abc "), Some("abc"));
    assert_eq!(text_in_link("#s=abc"), Some("abc"));
    assert_eq!(text_in_link("https://example.org/#results"), None);
}

const POLICY: &str =
    r#"{"policy":1,"name":"Example Bank","excluded":{"custom":"no"},"defaults":{"hourly_rate":120}}"#;
