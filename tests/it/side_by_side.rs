//! Scenarios side by side: what differs is told, exactly, and nothing else.

use std::sync::Arc;

use tunewise::domain::answer::{answer, flips_of};
use tunewise::domain::catalog::Edition;
use tunewise::domain::catalog::own::{OwnRow, Table};
use tunewise::domain::input::{Value, input, registry};
use tunewise::domain::scenario::presets::PRESETS;
use tunewise::domain::scenario::{OwnRows, Scenario};
use tunewise::domain::side_by_side::{Asked, Origin, Side, SideBySide, VOLUME, notes, read, rows, title};
use tunewise::domain::units::Cell;

use crate::random;

fn side(name: &str, scenario: &Scenario) -> Arc<Side> {
    let case = scenario.case().unwrap();
    let answer = answer(&case);
    let asked = Asked { name, scenario, case: &case, answer: &answer, volume_flips: None, wrong_fields: 0 };
    Arc::new(read(&asked))
}

fn both(one: &Scenario, other: &Scenario) -> SideBySide {
    SideBySide::new([side("One", one), side("Other", other)])
}

fn with(id: &str, value: &Value) -> Scenario {
    let mut scenario = Scenario::default();
    scenario.put(input(id).unwrap(), value);
    scenario
}

fn differing(sides: &SideBySide) -> Vec<&'static str> {
    sides.differing().into_iter().map(|(_, record)| record.id).collect()
}

fn find<'a>(rows: &'a [Vec<Cell>], label: &str) -> &'a [Cell] {
    let row = rows.iter().find(|row| row[0].text.starts_with(label));
    row.unwrap_or_else(|| panic!("no row {label} in {rows:#?}"))
}

/// A text with plain spaces and without what it is held against.
fn alone(text: &str) -> String {
    let plain = text.replace('\u{a0}', " ");
    match plain.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((before, inside)) if inside.contains('$') || inside.starts_with("the same") => before.to_owned(),
        _ => plain,
    }
}

#[test]
fn a_scenario_beside_itself_differs_in_nothing() {
    for seed in 0..60 {
        let scenario = random::scenario(seed);
        let sides = both(&scenario, &scenario);
        assert_eq!(differing(&sides), [""; 0], "seed {seed}");
        for row in rows(&sides).iter().filter(|row| row.len() == 3) {
            assert_eq!(alone(&row[1].text), alone(&row[2].text), "seed {seed}");
            let told = row[2].text.replace('\u{a0}', " ");
            assert!(!told.contains("(+$") && !told.contains("(−$"), "seed {seed}: {told}");
        }
        assert!(rows(&sides).iter().any(|row| row[0].text == "No input differs"), "seed {seed}");
    }
}

#[test]
fn the_inputs_that_are_told_are_exactly_those_whose_values_differ() {
    for seed in 0..60 {
        let (one, other) = (random::scenario(seed), random::scenario(seed + 1_000));
        let (first, second) = (one.case().unwrap().inputs, other.case().unwrap().inputs);
        let expected: Vec<&str> = registry()
            .filter(|record| (record.get)(&first) != (record.get)(&second))
            .map(|record| record.id)
            .collect();
        let sides = both(&one, &other);
        let told = differing(&sides);
        assert_eq!(told, expected, "seed {seed}");
        let all = rows(&sides);
        let headings = all.iter().filter(|row| row[0].text.starts_with("Inputs that differ")).count();
        let after = all.iter().skip_while(|row| !row[0].text.starts_with("Inputs that differ"));
        assert_eq!(after.count(), expected.len() + headings, "seed {seed}: one row for each");
    }
}

#[test]
fn the_order_of_the_columns_changes_only_the_order() {
    for seed in 0..20 {
        let scenarios = [0, 1_000, 2_000].map(|more| random::scenario(seed + more));
        let [a, b, c] = [0, 1, 2].map(|place| side(["A", "B", "C"][place], &scenarios[place]));
        let there = SideBySide::new([a.clone(), b.clone(), c.clone()]);
        let back = SideBySide::new([c, b, a]);
        assert_eq!(differing(&there), differing(&back), "seed {seed}");
        let (there, back) = (rows(&there), rows(&back));
        assert_eq!(there.len(), back.len(), "seed {seed}");
        for (row, other) in there.iter().zip(&back) {
            assert_eq!(row[0], other[0], "seed {seed}");
            let own: Vec<_> = row[1..].iter().map(|cell| (cell.number, alone(&cell.text))).collect();
            let mut its: Vec<_> = other[1..].iter().map(|cell| (cell.number, alone(&cell.text))).collect();
            its.reverse();
            assert_eq!(own, its, "seed {seed}: {}", row[0].text);
        }
    }
}

#[test]
fn the_figures_are_those_of_the_answer() {
    for preset in PRESETS {
        let scenario = preset.scenario();
        let answer = answer(&scenario.case().unwrap());
        let sides = both(&Scenario::default(), &scenario);
        let rows = rows(&sides);
        let first = answer.decided.lead().unwrap().first;
        let cost = first.cost.as_ref().unwrap();
        assert_eq!(find(&rows, "Recommended")[2].text, answer.verdict.headline, "{}", preset.name);
        assert_eq!(find(&rows, "Total cost")[2].number, first.total(), "{}", preset.name);
        assert_eq!(find(&rows, "Paid before launch")[2].number, Some(cost.upfront), "{}", preset.name);
        let years: f64 = rows
            .iter()
            .filter(|row| row[0].text == "Before launch" || row[0].text.starts_with("Year "))
            .filter_map(|row| row[2].number)
            .sum();
        let errors = if sides.counts_errors() {
            cost.errors
                .map_or(0.0, |_| cost.ledger.months.iter().map(|month| month.total() - month.paid()).sum())
        } else {
            0.0
        };
        assert!((years - cost.undiscounted - errors).abs() < 0.01, "{}: {years}", preset.name);
    }
}

#[test]
fn totals_of_different_horizons_are_not_held_against_one_another_and_costs_per_month_are() {
    let sides = both(&Scenario::default(), &with("horizon", &Value::Number(13.0)));
    let all = rows(&sides);
    assert!(!find(&all, "Total cost")[2].text.contains('('));
    assert!(find(&all, "The same per month")[2].text.contains('('));
    assert!(find(&all, "Year 2")[2].text.contains("1\u{a0}month only"), "{:?}", find(&all, "Year 2"));
    assert!(notes(&sides).join(" ").contains("The horizons differ"));
    assert!(title(&sides).contains("per month"), "{}", title(&sides));
    let long = both(&Scenario::default(), &with("horizon", &Value::Number(12.0)));
    assert_eq!(find(&rows(&long), "Year 2")[2].text, "beyond its horizon");
}

#[test]
fn what_is_stated_is_told_from_what_is_the_default() {
    let sides = both(&Scenario::default(), &with("requests_per_month", &Value::Number(400_000.0)));
    let [(place, record)] = sides.differing()[..] else { panic!("{:?}", sides.differing().len()) };
    assert_eq!(record.id, "requests_per_month");
    let origins: Vec<Origin> = sides.sides().iter().map(|side| side.values[place].origin).collect();
    assert_eq!(origins, [Origin::Default, Origin::Stated]);
    let all = rows(&sides);
    let row = find(&all, record.label);
    assert!(row[1].text.ends_with("(default)") && row[2].text == "400,000 (stated)", "{row:?}");
}

#[test]
fn own_rows_that_differ_are_named() {
    let mut other = Scenario::default();
    let set = [("usd_hr_neocloud".to_owned(), "1.9".to_owned())].into();
    other.put_row(None, OwnRow { table: Table::Gpus, like: Some("H100 SXM".to_owned()), set }).unwrap();
    let all = rows(&both(&Scenario::default(), &other));
    let row = find(&all, "Own rows of the catalogue");
    assert_eq!(row[1].text, "none");
    assert!(row[2].text.starts_with("H100 SXM: "), "{row:?}");
}

#[test]
fn volumes_that_change_the_answer_are_searched_or_told_to_be_unknown() {
    let scenario = Scenario::default();
    let case = scenario.case().unwrap();
    let answer = answer(&case);
    let flips = flips_of(&case, input(VOLUME).unwrap());
    let asked = Asked {
        name: "A",
        scenario: &scenario,
        case: &case,
        answer: &answer,
        volume_flips: Some(&flips),
        wrong_fields: 0,
    };
    let all = rows(&SideBySide::new([Arc::new(read(&asked)), side("B", &scenario)]));
    let row = find(&all, "Volume that changes");
    assert!(row[1].text != row[2].text && row[2].text == "still being searched", "{row:?}");
}

#[test]
fn a_name_cannot_turn_or_flood_the_page() {
    let hostile = format!("a\u{202E}b\n{}", "x".repeat(5_000));
    let name = side(&hostile, &Scenario::default()).name.clone();
    assert!(name.starts_with("ab x") && name.chars().count() == 120, "{name}");
}

#[test]
fn catalogues_of_several_versions_are_told_apart() {
    let present = Scenario::default();
    let (rows_of_then, _) = OwnRows::over_edition(Edition::of(2).unwrap(), None, Vec::new());
    let then = Scenario { rows: rows_of_then, ..Scenario::default() };
    assert!(rows(&both(&present, &present)).iter().all(|row| row[0].text != "Catalogue"));
    let rows = rows(&both(&present, &then));
    let row = rows.iter().find(|row| row[0].text == "Catalogue").unwrap();
    let told: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(told, ["Catalogue", "version 3 of 27 November 2026", "version 2 of 27 November 2026"]);
}
