//! The workbook of a decision, opened by an independent reader: its totals are those of the answer, and its formulas come
//! to what stands beside them.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use tunewise::domain::answer::{Answer, answer};
use tunewise::domain::input::Entry;
use tunewise::domain::record::{Basis, Cover};
use tunewise::domain::scenario::Scenario;
use tunewise::domain::scenario::presets::PRESETS;
use tunewise::domain::workbook::workbook;
use tunewise::xlsx::xlsx;

use crate::random;

/// Sheets by name: values, and formulas as texts.
type Sheets = BTreeMap<String, (Range<Data>, Range<String>)>;

fn cover(name: &str) -> Cover {
    let text = str::to_owned;
    Cover {
        name: text(name),
        author: String::new(),
        date: text("1 December 2026"),
        link: text("https://tunewise.example/#s=abc"),
    }
}

fn written(scenario: &Scenario, name: &str) -> (Vec<u8>, Answer) {
    let case = scenario.case().unwrap();
    let answer = answer(&case);
    let found = BTreeMap::new();
    let basis = Basis { scenario, case: &case, answer: &answer, paths: &[], found: &found };
    let bytes = xlsx(&workbook(&basis, &cover(name))).unwrap();
    (bytes, answer)
}

fn opened(bytes: Vec<u8>) -> Sheets {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let values = book.worksheet_range(&name).unwrap();
        let formulas = book.worksheet_formula(&name).unwrap();
        (name, (values, formulas))
    });
    sheets.collect()
}

/// Computes the few kinds of formulas that the workbook has, from the values and formulas of the cells they name.
struct Calculator<'a>(&'a Sheets);

impl Calculator<'_> {
    fn cell(&self, sheet: &str, name: &str) -> f64 {
        let (row, column) = position(&name.replace('$', ""));
        let (values, formulas) = &self.0[sheet];
        match formulas.get_value((row, column)).filter(|formula| !formula.is_empty()) {
            Some(formula) => self.formula(sheet, formula),
            None => match values.get_value((row, column)) {
                Some(Data::Float(number)) => *number,
                Some(Data::Int(number)) => *number as f64,
                other => panic!("{sheet} {name}: {other:?}"),
            },
        }
    }

    fn range(&self, sheet: &str, range: &str) -> Vec<f64> {
        let (from, to) = range.split_once(':').unwrap();
        let ((top, left), (bottom, right)) = (position(from), position(to));
        let mut cells = Vec::new();
        for row in top..=bottom {
            for column in left..=right {
                cells.push(
                    self.cell(sheet, &tunewise::domain::workbook::place(row as usize, column as usize)),
                );
            }
        }
        cells
    }

    fn formula(&self, sheet: &str, formula: &str) -> f64 {
        let inside = |start: &str| formula.strip_prefix(start)?.strip_suffix(')');
        if let Some((launch, rest)) = formula.split_once("+NPV(") {
            let (rate, range) = rest.strip_suffix(')').unwrap().split_once(',').unwrap();
            let rate = self.cell(sheet, rate);
            let months = self.range(sheet, range);
            let later = (1..).zip(months).map(|(month, usd)| usd / (1.0 + rate).powi(month));
            return self.cell(sheet, launch) + later.sum::<f64>();
        }
        if let Some(range) = inside("SUM(") {
            return self.range(sheet, range).iter().sum();
        }
        if let Some(yearly) = formula.strip_prefix("(1+").and_then(|rest| rest.strip_suffix(")^(1/12)-1")) {
            return (1.0 + self.cell(sheet, yearly)).powf(1.0 / 12.0) - 1.0;
        }
        if let Some((other, name)) = formula.split_once('!') {
            return self.cell(other.trim_matches('\''), name);
        }
        if let Ok(number) = formula.parse() {
            return number;
        }
        formula.split('+').map(|name| self.cell(sheet, name)).sum()
    }
}

/// Row and column of a name such as `AB12`, from nought.
fn position(name: &str) -> (u32, u32) {
    let digits = name.find(|sign: char| sign.is_ascii_digit()).unwrap();
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    (row.parse::<u32>().unwrap() - 1, column - 1)
}

fn text(values: &Range<Data>, row: u32, column: u32) -> String {
    values.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

fn same(one: f64, other: f64, what: &str) {
    assert!((one - other).abs() < 0.005_f64.max(other.abs() * 1e-11), "{what}: {one} and {other}");
}

/// The workbook says of each costed strategy what the answer does; returns the cells that were computed again.
fn agrees(sheets: &Sheets, answer: &Answer, name: &str) -> usize {
    let mut computed = 0;
    for (sheet, (values, formulas)) in sheets {
        for (row, column, formula) in formulas.used_cells() {
            let (top, left) = formulas.start().unwrap();
            let at = (top + row as u32, left + column as u32);
            let shown = match values.get_value(at) {
                Some(Data::Float(number)) => *number,
                Some(Data::Int(number)) => *number as f64,
                other => panic!("{name}, {sheet}, {formula}: {other:?}"),
            };
            same(Calculator(sheets).formula(sheet, formula), shown, &format!("{name}, {sheet}: {formula}"));
            computed += 1;
        }
    }
    let (summary, _) = &sheets["Summary"];
    let row_of = |strategy: &str| (0..summary.height() as u32).find(|row| text(summary, *row, 0) == strategy);
    for one in &answer.decided.assessments {
        let row = row_of(&one.name).unwrap_or_else(|| panic!("{name}: {} has a row", one.name));
        let Ok(cost) = &one.cost else {
            assert_eq!(text(summary, row, 1), "not known");
            continue;
        };
        let told = |column: u32| text(summary, row, column).parse::<f64>().unwrap();
        same(told(1), cost.total(), &one.name);
        same(told(4), cost.undiscounted, &one.name);
        same(told(5), cost.upfront, &one.name);
        assert!(sheets.contains_key(&text(summary, row, 8)), "{}", one.name);
    }
    computed
}

#[test]
fn the_workbook_of_every_preset_opens_and_computes_to_the_totals_of_the_answer() {
    for preset in PRESETS {
        let (bytes, answer) = written(&preset.scenario(), preset.name);
        let sheets = opened(bytes);
        assert!(agrees(&sheets, &answer, preset.name) > 100, "{}", preset.name);
        let (inputs, _) = &sheets["Inputs"];
        assert!(inputs.height() > 90, "every input has a row: {}", inputs.height());
    }
}

#[test]
fn the_workbook_of_generated_scenarios_computes_to_the_totals_of_the_answer() {
    for number in 0..12 {
        let (scenario, name) = (random::scenario(number), format!("generated {number}"));
        let (bytes, answer) = written(&scenario, &name);
        agrees(&opened(bytes), &answer, &name);
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    let scenario = Scenario::default();
    assert_eq!(written(&scenario, "a").0, written(&scenario, "a").0);
}

#[test]
fn what_the_user_wrote_is_text_in_one_line_and_never_a_formula() {
    for name in ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://x\",\"y\")"] {
        let (bytes, _) = written(&Scenario::default(), &format!("{name}\u{202e}\n"));
        let sheets = opened(bytes);
        let (summary, formulas) = &sheets["Summary"];
        assert_eq!(summary.get_value((0, 0)), Some(&Data::String(name.to_owned())));
        assert!(formulas.get_value((0, 0)).is_none_or(String::is_empty));
    }
}

#[test]
fn a_strategy_of_any_name_has_a_sheet_of_its_own() {
    let entries = [("requests_per_month".to_owned(), Entry::Number(3e6))];
    let scenario = Scenario { entries: entries.into(), ..Scenario::default() };
    let (bytes, answer) = written(&scenario, "many");
    let costed = answer.decided.assessments.iter().filter(|one| one.cost.is_ok()).count();
    assert_eq!(opened(bytes).len(), costed + 4);
}
