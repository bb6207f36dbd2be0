//! The inputs in which scenarios differ, and what else they rest on that is not the same.

use super::side::Side;
use super::sides::SideBySide;
use crate::domain::answer::input_words::unit_words;
use crate::domain::catalog::Edition;
use crate::domain::input::{Group, Input, registry};
use crate::domain::units::words::counted;
use crate::domain::units::{Cell, Date, plain_text};

/// The longest text of a policy's name, characters.
const MOST_OF_NAME: usize = 120;

/// The inputs whose values differ, by group: each group with its rows.
pub fn input_rows(sides: &SideBySide) -> Vec<(Group, Vec<Vec<Cell>>)> {
    let differing = sides.differing();
    let of = |group: Group| {
        let of_group = differing.iter().filter(|(_, record)| record.group == group);
        of_group.map(|(place, record)| row(sides, *place, record)).collect::<Vec<_>>()
    };
    Group::ALL.into_iter().map(|group| (group, of(group))).filter(|(_, rows)| !rows.is_empty()).collect()
}

fn row(sides: &SideBySide, place: usize, record: &'static Input) -> Vec<Cell> {
    let cell = |side: &Side| match side.values.get(place) {
        Some(said) => format!("{} ({})", said.text, said.origin.words()).into(),
        None => Cell::known(None, |it| it.to_string()),
    };
    let cells = sides.sides().iter().map(|side| cell(side));
    [Cell::from(label(place, record))].into_iter().chain(cells).collect()
}

/// What an input is called where it stands alone, with its unit: one that goes on with the words of the input before
/// it begins with those.
fn label(place: usize, record: &Input) -> String {
    let before = registry().take(place).filter(|one| !goes_on(one)).last();
    let before = before.filter(|_| goes_on(record)).map(|one| format!("{} ", one.label)).unwrap_or_default();
    let unit = unit_words(record).map(|unit| format!(", {unit}")).unwrap_or_default();
    format!("{before}{}{unit}", record.label)
}

fn goes_on(record: &Input) -> bool {
    record.label.starts_with('…')
}

/// Catalogues, own rows of them and policies, where they are not the same.
pub fn other_rows(sides: &SideBySide) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    if sides.catalogues_differ() {
        let cells = sides.sides().iter().map(|side| {
            let Edition { version, date, .. } = side.edition;
            format!("version {version} of {}", date.parse().map_or_else(|_| (*date).to_owned(), Date::words))
                .into()
        });
        rows.push([Cell::from("Catalogue")].into_iter().chain(cells).collect());
    }
    let own = sides.differing_rows();
    if own.iter().any(|rows| !rows.is_empty()) {
        let cell =
            |rows: &Vec<&str>| if rows.is_empty() { Cell::from("none") } else { rows.join("; ").into() };
        let cells = own.iter().map(cell);
        rows.push([Cell::from("Own rows of the catalogue")].into_iter().chain(cells).collect());
    }
    if sides.policies_differ() {
        let cells = sides.sides().iter().map(|side| policy(side));
        rows.push([Cell::from("Policy")].into_iter().chain(cells).collect());
    }
    rows
}

fn policy(side: &Side) -> Cell {
    let Some(policy) = &side.policy else { return "none".into() };
    let number = |count: usize, noun: &str| counted(&count.to_string(), noun);
    let name = plain_text(policy.name(), MOST_OF_NAME);
    let (rules, defaults) = (policy.rules().len(), policy.defaults().count());
    let rows = policy.catalogue().rows_by_id().count();
    format!("{name}: {}, {}, {}", number(rules, "rule"), number(defaults, "default"), number(rows, "row"))
        .into()
}
