//! Entries against faithful, careless and foreign texts, and against other tabs.

use super::*;

/// Knuth's linear congruential generator: the same numbers every time.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn text(&mut self, most: usize) -> String {
        const SIGNS: [char; 14] =
            ['a', 'B', '7', ' ', '"', '\\', '{', '}', ',', '\n', 'ß', '€', '\u{202e}', '𝄞'];
        (0..self.below(most + 1)).map(|_| SIGNS[self.below(SIGNS.len())]).collect()
    }

    fn entry(&mut self) -> Entry {
        let mut entry = Entry::new(self.text(6), self.below(1 << 30) as u64 * 1_000, self.text(60));
        entry.note = self.text(30);
        entry
    }

    fn library(&mut self) -> Library {
        let entries = (0..self.below(12)).map(|_| {
            let id = EntryId::made(self.below(20) as u64, self.below(3) as u32);
            (id, self.entry())
        });
        let entries = entries.collect();
        let texts = ["{broken", r#"{"v":7,"rooms":[1,2]}"#, "", "\u{202e}"];
        let aside = (0..self.below(4)).map(|_| {
            let id = EntryId::made(1_000 + self.below(3) as u64, 0);
            (id, texts[self.below(texts.len())].to_owned())
        });
        Library { entries, aside: aside.collect() }
    }
}

fn id(text: &str) -> EntryId {
    EntryId::new(text).unwrap()
}

#[test]
fn what_is_kept_is_read_as_it_was() {
    let mut lcg = Lcg(1);
    for _ in 0..2_000 {
        let entry = lcg.entry();
        assert_eq!(Entry::read(&entry.text()), Ok(entry));
    }
}

#[test]
fn a_library_is_read_as_it_was() {
    let mut lcg = Lcg(2);
    for _ in 0..500 {
        let library = lcg.library();
        assert_eq!(Library::read(&library.text()), Ok(library));
    }
}

#[test]
fn no_text_cut_or_changed_makes_it_panic() {
    let mut lcg = Lcg(3);
    for _ in 0..5_000 {
        let text = if lcg.below(2) == 0 { lcg.entry().text() } else { lcg.library().text() };
        let mut signs: Vec<char> = text.chars().collect();
        signs.truncate(lcg.below(signs.len() + 1));
        for _ in 0..lcg.below(3) {
            if !signs.is_empty() {
                let place = lcg.below(signs.len());
                signs[place] = lcg.text(1).chars().next().unwrap_or('x');
            }
        }
        let text: String = signs.into_iter().collect();
        let _ = (Entry::read(&text), Library::read(&text));
    }
}

#[test]
fn an_entry_of_a_later_program_is_told_from_a_damaged_one() {
    for later in [r#"{"v":2}"#, r#"{"v":2,"name":"n","edited":1,"scenario":"{}"}"#, r#"{"v":9,"name":[]}"#] {
        assert_eq!(Entry::read(later), Err(Broken::Newer), "{later}");
    }
    for damaged in ["", "{", "[]", "null", r#"{"v":1}"#, r#"{"name":"n","edited":1,"scenario":"{}"}"#] {
        assert_eq!(Entry::read(damaged), Err(Broken::NotAnEntry), "{damaged}");
    }
    assert_eq!(Library::read(r#"{"tunewise_library":2}"#), Err(Broken::Newer));
    assert_eq!(Library::read(r#"{"entries":{}}"#), Err(Broken::NotAnEntry));
}

#[test]
fn what_a_later_program_has_added_is_written_again() {
    let text = r#"{"v":1,"name":"n","edited":1,"scenario":"{}","colour":"red"}"#;
    let mut entry = Entry::read(text).unwrap();
    entry.rename(" m ");
    assert!(entry.text().contains(r#""colour":"red""#), "{}", entry.text());
    assert_eq!(Entry::read(&entry.text()).unwrap().name, "m");
}

#[test]
fn an_id_cannot_lead_to_another_place_of_the_storage() {
    for text in ["", "A", "a b", "a:b", "../x", "ß", &"a".repeat(41)] {
        assert_eq!(EntryId::new(text), None, "{text}");
    }
    assert_eq!(EntryId::made(u64::MAX, u32::MAX).as_str().len(), 25);
    assert_eq!(EntryId::new(EntryId::made(1, 2).as_str()), Some(EntryId::made(1, 2)));
}

#[test]
fn a_merged_library_has_every_scenario_of_both_and_no_name_or_id_twice() {
    let mut lcg = Lcg(4);
    for _ in 0..500 {
        let (mut mine, theirs) = (lcg.library(), lcg.library());
        // Names that stand there twice already are the reader's own.
        let (names, before) =
            (mine.entries.values().map(|one| one.name.clone()).collect::<Vec<_>>(), mine.clone());
        mine.merge(theirs.clone());
        for (id, entry) in &before.entries {
            assert_eq!(mine.entries.get(id), Some(entry));
        }
        for entry in theirs.entries.values() {
            assert!(
                mine.entries.values().any(|one| one.scenario == entry.scenario && one.note == entry.note)
            );
        }
        for (id, text) in &before.aside {
            assert_eq!(mine.aside.get(id), Some(text));
        }
        for text in theirs.aside.values() {
            assert!(mine.aside.values().any(|one| one == text));
        }
        let ids: std::collections::BTreeSet<_> = mine.entries.keys().chain(mine.aside.keys()).collect();
        assert_eq!(ids.len(), mine.len(), "no id twice");
        let added: Vec<&Entry> = mine
            .entries
            .iter()
            .filter(|(id, _)| !before.entries.contains_key(id))
            .map(|(_, entry)| entry)
            .collect();
        for (place, entry) in added.iter().enumerate() {
            assert!(!names.contains(&entry.name), "{}", entry.name);
            assert!(added.iter().skip(place + 1).all(|other| other.name != entry.name), "{}", entry.name);
        }
        let size = mine.len();
        for again in [before, theirs] {
            let count = again.len();
            assert_eq!(mine.merge(again), Merged { added: vec![], present: count });
        }
        assert_eq!(mine.len(), size, "what is there already is not taken twice");
    }
}

#[test]
fn a_large_library_is_parted_and_every_part_keeps_the_bounds() {
    let mut lcg = Lcg(5);
    for _ in 0..300 {
        let library = lcg.library();
        let parts = library.clone().parts(600, 5);
        let mut whole = Library::default();
        for part in &parts {
            assert!(part.len() <= 5 && (part.text().len() <= 600 || part.len() == 1), "{}", part.text());
            whole.entries.extend(part.entries.clone());
            whole.aside.extend(part.aside.clone());
        }
        assert_eq!(whole, library);
    }
}

#[test]
fn of_the_same_name_both_are_kept() {
    let mut mine =
        Library { entries: [(id("a"), Entry::new("Pilot", 1, "{1}"))].into(), ..Library::default() };
    let theirs = Library {
        entries: [(id("a"), Entry::new("Pilot", 2, "{2}")), (id("b"), Entry::new("Pilot", 3, "{3}"))].into(),
        ..Library::default()
    };
    let merged = mine.merge(theirs.clone());
    assert_eq!(merged, Merged { added: vec![id("a-2"), id("b")], present: 0 });
    let names: Vec<&str> = mine.newest_first().iter().map(|id| mine.entries[*id].name.as_str()).collect();
    assert_eq!(names, ["Pilot (3)", "Pilot (2)", "Pilot"]);
    assert_eq!(mine.newest_first(), [&id("b"), &id("a-2"), &id("a")]);
    // The same file once more: a number that a name was given here does not make another of it.
    assert_eq!(mine.merge(theirs), Merged { added: vec![], present: 2 });
}

#[test]
fn a_name_is_free_or_counted_on() {
    let taken = ["Pilot", "Pilot (2)", "Pilot (this tab)"];
    let is_taken = |name: &str| taken.contains(&name);
    assert_eq!(free_name("Other", is_taken), "Other");
    assert_eq!(free_name(" Pilot ", is_taken), "Pilot (3)");
    assert_eq!(free_name("Pilot (2)", is_taken), "Pilot (3)");
    assert_eq!(free_name("  ", is_taken), FIRST_NAME);
    assert_eq!(
        free_name("in\u{202e}voice\u{7}s\u{2066}", is_taken),
        "invoices",
        "nothing that turns what is read"
    );
    assert_eq!([FIRST_NAME, "Your scenario (2)", "Your scenario (this tab)"].map(given_name), [None; 3]);
    assert_eq!(given_name("Pilot (2)"), Some("Pilot (2)"));
    assert_eq!(this_tab("Pilot", is_taken), "Pilot (this tab) (2)");
    assert_eq!(this_tab("Pilot (this tab)", |_| false), "Pilot (this tab)");
    let long = "n".repeat(500);
    assert!(free_name(&long, |name| name.len() == MOST_NAME_CHARS).len() <= MOST_NAME_CHARS);
    assert!(this_tab(&long, |_| false).ends_with(" (this tab)"));
}

#[test]
fn an_edit_goes_into_its_entry_unless_that_holds_what_this_tab_has_not_shown() {
    let seen = Entry::new("Pilot", 5, "{1}");
    let with = |scenario: &str| Entry { edited: 9, scenario: scenario.to_owned(), ..seen.clone() };
    assert_eq!(saving(&seen.text(), Some(&seen.text()), "{2}", 9), Saving::Into(with("{2}")));
    assert_eq!(saving(&seen.text(), Some(&seen.text()), "{1}", 9), Saving::Held);
    assert_eq!(saving(&seen.text(), Some(&with("{3}").text()), "{2}", 9), Saving::Beside);
    assert_eq!(saving(&seen.text(), Some(&with("{2}").text()), "{2}", 9), Saving::Held);
    assert_eq!(saving(&seen.text(), None, "{2}", 9), Saving::Anew);
    for foreign in ["{broken", r#"{"v":2}"#, ""] {
        assert_eq!(saving(&seen.text(), Some(foreign), "{2}", 9), Saving::Beside, "{foreign}");
    }
}

#[test]
fn a_name_given_in_another_tab_stays_with_the_edit_of_this_one() {
    let seen = Entry::new("Pilot", 5, "{1}");
    let renamed = Entry { name: "Rollout".to_owned(), ..seen.clone() };
    match saving(&seen.text(), Some(&renamed.text()), "{2}", 4) {
        Saving::Into(entry) => {
            assert_eq!((entry.name.as_str(), entry.edited, entry.scenario.as_str()), ("Rollout", 5, "{2}"))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn entries_beyond_the_most_are_counted_and_not_read() {
    // One id for all of them: to find each another would take hours.
    let text = |count: usize| {
        format!(r#"{{"tunewise_library":1,"entries":{{{}}}}}"#, vec![r#""a":0"#; count].join(","))
    };
    assert_eq!(Library::read(&text(MOST_ENTRIES)).map(|library| library.len()), Ok(MOST_ENTRIES));
    assert_eq!(Library::read(&text(600_000)), Err(Broken::TooMany(600_000)));
}

#[test]
fn a_text_longer_than_any_entry_is_refused_before_it_is_read() {
    let long = Entry::new("Long", 1, "x".repeat(1024 * 1024));
    assert_eq!(Entry::read(&long.text()), Err(Broken::NotAnEntry));
    let fits = Entry::new("Fits", 1, "\"".repeat(256 * 1024));
    assert_eq!(Entry::read(&fits.text()), Ok(fits));
}
