//! Texts of every kind, whole, cut off and changed.

use std::collections::BTreeMap;

use super::*;
use crate::codec::{Headline, encode, to_json};
use crate::domain::answer::{answer, paths};
use crate::domain::input::Entry as Answered;
use crate::domain::library::{Broken, Entry, EntryId, FIRST_NAME};
use crate::domain::record::{Basis, Cover, markdown, record};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::presets::PRESETS;

fn headline() -> Headline {
    Headline { tco_usd: Some(1.5), strategy: None, verdict: "Prompt an API model.".to_owned() }
}

fn asked(requests: f64) -> Scenario {
    let mut scenario = Scenario { name: "Pilot".to_owned(), ..Scenario::default() };
    scenario.entries.insert("requests_per_month".to_owned(), Answered::Number(requests));
    scenario
}

fn link(requests: f64) -> String {
    format!("https://example.org/tunewise/#s={}", encode(&asked(requests), &headline()))
}

fn id(text: &str) -> EntryId {
    EntryId::new(text).unwrap()
}

fn library_of(count: usize) -> Library {
    let entry = |place: usize| {
        let mut entry =
            Entry::new(format!("N{place}"), place as u64, to_json(&asked(place as f64 + 1.0), &headline()));
        entry.annotate("why");
        (id(&format!("a-{place}")), entry)
    };
    Library { entries: (0..count).map(entry).collect(), ..Library::default() }
}

fn volume(intake: Result<Intake, Foreign>) -> Option<f64> {
    let decoded = match intake.ok()? {
        Intake::Scenario(decoded) | Intake::Link(decoded, _) | Intake::Record(_, decoded, _) => decoded,
        Intake::Library(_) => return None,
    };
    match decoded.scenario.entries.get("requests_per_month") {
        Some(Answered::Number(requests)) => Some(*requests),
        _ => None,
    }
}

/// The record of a scenario as a document and as data.
fn records(link: Option<String>) -> (String, String) {
    let scenario = PRESETS[0].scenario();
    let case = scenario.resolve(&BTreeMap::new()).case;
    let answer = answer(&case);
    let paths = paths(&case);
    let basis =
        Basis { scenario: &scenario, case: &case, answer: &answer, paths: &paths, found: &BTreeMap::new() };
    let cover = Cover { name: "Pilot".to_owned(), link: link.unwrap_or_default(), ..Cover::default() };
    let record = record(&basis, &cover);
    (markdown(&record), serde_json::to_string_pretty(&record).unwrap())
}

#[test]
fn a_library_and_one_entry_of_it_are_read_as_they_were() {
    let library = library_of(3);
    assert_eq!(recognise(&library.text()), Ok(Intake::Library(library.clone())));
    assert_eq!(recognise(&format!("\u{feff}\n {} \n", library.text())), Ok(Intake::Library(library.clone())));
    let entry = &library.entries[&id("a-1")];
    match recognise(&entry.text()) {
        Ok(Intake::Library(one)) => assert_eq!(one.entries.values().collect::<Vec<_>>(), [entry]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn entries_that_cannot_be_read_are_set_aside_and_ids_that_stand_twice_lose_nothing() {
    let text = r#"{"tunewise_library":1,"entries":{"a":{"v":9,"later":[1]},"b":7,"b":{"v":1,"name":"N","edited":1,"scenario":"{}"},"B c":{"v":1,"name":"M","edited":1,"scenario":"{}"}},"aside":{"a":"{broken"}}"#;
    let Ok(Intake::Library(library)) = recognise(text) else { panic!("{:?}", recognise(text)) };
    let names: Vec<&str> = library.entries.values().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["N", "M"]);
    let aside: Vec<&str> = library.aside.values().map(String::as_str).collect();
    assert_eq!(aside, [r#"{"v":9,"later":[1]}"#, "{broken", "7"]);
    assert_eq!(recognise(&library.text()), Ok(Intake::Library(library)), "and once more");
}

#[test]
fn names_and_notes_of_a_file_leave_the_words_around_them_alone() {
    let mut library = library_of(2);
    library.entries.get_mut(&id("a-0")).unwrap().name = "in\u{202e}voices\n of \u{2066}May".to_owned();
    let other = library.entries.get_mut(&id("a-1")).unwrap();
    (other.name, other.note) = ("\u{200b}".to_owned(), "a\u{202e}b\nc".to_owned());
    let Ok(Intake::Library(read)) = recognise(&library.text()) else { panic!() };
    assert_eq!(read.entries[&id("a-0")].name, "invoices of May");
    assert_eq!(read.entries[&id("a-1")].name, FIRST_NAME);
    assert_eq!(read.entries[&id("a-1")].note, "ab\nc");
}

#[test]
fn scenarios_are_read_in_every_form() {
    assert_eq!(volume(recognise(&to_json(&asked(4321.0), &headline()))), Some(4321.0));
    for by_hand in [
        r#"{"name":"x","answers":{"requests_per_month":4321}}"#,
        r#" {"requests_per_month": 4321} "#,
        r#"{"policy":{"policy":1,"name":"House"},"answers":{"requests_per_month":4321}}"#,
    ] {
        assert_eq!(volume(recognise(by_hand)), Some(4321.0), "{by_hand}");
    }
}

#[test]
fn a_link_is_found_alone_and_in_any_text() {
    let link = link(4321.0);
    let fragment = &link[link.find('#').unwrap()..];
    for text in [
        link.clone(),
        fragment.to_owned(),
        format!("<{link}>"),
        format!("See [this]({link}), please.\nOr not."),
        format!("a,b\n1,{link}\n"),
        format!(r#"{{"ticket":"{link}"}}"#),
        format!("{link}=="),
    ] {
        assert_eq!(volume(recognise(&text)), Some(4321.0), "{text}");
    }
    let other = self::link(5.0);
    match recognise(&format!("#s=AAAA {link} {other} {link}")) {
        Ok(Intake::Link(_, others)) => assert_eq!(others, 1),
        other => panic!("{other:?}"),
    }
    for damaged in ["#s=AAAA", &link[..link.len() - 9]] {
        assert_eq!(recognise(damaged), Err(Foreign::Unreadable(DecodeError::Damaged)), "{damaged}");
    }
    assert_eq!(recognise("The anchor is #s=all and more."), Err(Foreign::Text));
}

#[test]
fn a_record_is_one_of_its_own_and_opens_its_scenario() {
    let (document, data) = records(Some(link(4321.0)));
    for (text, form) in [(document, RecordForm::Markdown), (data, RecordForm::Json)] {
        match recognise(&text) {
            Ok(Intake::Record(found, ..)) => assert_eq!(found, form),
            other => panic!("{other:?}"),
        }
        assert_eq!(volume(recognise(&text)), Some(4321.0));
    }
    let (document, data) = records(None);
    for text in [document, data] {
        assert_eq!(recognise(&text), Err(Foreign::RecordWithoutLink));
    }
}

#[test]
fn what_is_something_else_is_named_with_the_place_where_it_belongs() {
    let usage = "model,input_tokens,output_tokens,requests\ngpt-4o,1000,200,3\n";
    for (text, foreign) in [
        ("", Foreign::Empty),
        ("\u{feff} \n", Foreign::Empty),
        (usage, Foreign::Usage),
        (r#"{"policy":1,"name":"House rules"}"#, Foreign::Policy),
        (r#"{"architectures":["LlamaForCausalLM"],"hidden_size":4096}"#, Foreign::ModelFile),
        ("Name;Role\nA;B\n", Foreign::Table),
        (r#"{"compilerOptions":{}}"#, Foreign::Json),
        ("[1,2,3]", Foreign::Json),
        (r#"{"a":1,"#, Foreign::DamagedJson),
        (r#"{"f":99,"a":{}}"#, Foreign::Unreadable(DecodeError::Newer)),
        (r#"{"f":1,"a":{}}"#, Foreign::Unreadable(DecodeError::NotAScenario)),
        (r#"{"tunewise_library":2,"shelves":[]}"#, Foreign::Library(Broken::Newer)),
        (r#"{"tunewise_library":1,"entries":[]}"#, Foreign::Library(Broken::NotAnEntry)),
        ("Dear all, the meeting is at ten.", Foreign::Text),
    ] {
        assert_eq!(recognise(text), Err(foreign), "{text}");
    }
    for (bytes, foreign) in [
        (&b"GGUF\x03\0\0\0"[..], Foreign::ModelFile),
        (b"PK\x03\x04rest", Foreign::Archive),
        (b"%PDF-1.7", Foreign::Pdf),
        (b"\xff\xfe{\0", Foreign::NotText),
        (b"{\"a\":\"\xe9\"}", Foreign::NotText),
    ] {
        assert_eq!(recognise_bytes(bytes), Err(foreign), "{bytes:?}");
    }
}

#[test]
fn two_hundred_full_scenarios_fit_and_more_than_the_bounds_are_refused() {
    let mut full = library_of(200);
    for entry in full.entries.values_mut() {
        entry.scenario = format!("{:?}", "x".repeat(18_000));
        entry.annotate(&"n".repeat(1_000));
    }
    assert!(full.text().len() < MOST_BYTES, "{}", full.text().len());
    assert_eq!(recognise(&full.text()), Ok(Intake::Library(full)));
    assert_eq!(
        recognise(&library_of(MOST_ENTRIES + 1).text()),
        Err(Foreign::Library(Broken::TooMany(MOST_ENTRIES + 1)))
    );
    let long = " ".repeat(MOST_BYTES + 1);
    assert_eq!(recognise(&long), Err(Foreign::TooLarge(MOST_BYTES + 1)));
    assert_eq!(recognise_bytes(long.as_bytes()), Err(Foreign::TooLarge(MOST_BYTES + 1)));
    assert!(
        Foreign::TooLarge(5_000_000)
            .to_string()
            .starts_with("It has 4.8 MiB; scenarios from a file have at most 4 MiB.")
    );
}

#[test]
fn a_library_that_is_cut_off_says_so_and_one_that_is_changed_loses_no_entry_silently() {
    let library = library_of(4);
    let text = library.text();
    for end in 1..text.len() {
        let cut = recognise(&text[..end]);
        let is_told = matches!(cut, Err(Foreign::DamagedLibrary | Foreign::DamagedJson));
        assert!(is_told, "{end}: {cut:?}");
    }
    // Knuth's linear congruential generator: the same places every time.
    let mut seed = 7_u64;
    let mut draw = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % bound
    };
    let signs = b"\"{}[]:,\\x0 n";
    for _ in 0..4_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=draw(2) {
            let place = draw(bytes.len());
            bytes[place] = signs[draw(signs.len())];
        }
        if let Ok(Intake::Library(read)) = recognise_bytes(&bytes) {
            // A changed sign may turn two entries into one only where it puts one into the other's text.
            let kept: usize = read.entries.values().map(|entry| entry.text().len()).sum::<usize>()
                + read.aside.values().map(String::len).sum::<usize>();
            assert!(read.len() == 4 || kept + 200 > text.len(), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
