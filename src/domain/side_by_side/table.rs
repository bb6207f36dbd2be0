//! All that is compared, as rows of one table; a row of one cell is the heading of those that follow.

use super::answer_rows::answer_rows;
use super::input_rows::{input_rows, other_rows};
use super::sides::SideBySide;
use super::year_rows::year_rows;
use crate::domain::units::Cell;

/// The rows: a name, then one cell for each side.
pub fn rows(sides: &SideBySide) -> Vec<Vec<Cell>> {
    let mut rows = answer_rows(sides);
    let errors = if sides.counts_errors() { ", wrong answers included" } else { "" };
    rows.push(heading(format!("As paid, by year{errors}")));
    rows.extend(year_rows(sides));
    let groups = input_rows(sides);
    if groups.is_empty() {
        rows.push(heading("No input differs".to_owned()));
    }
    for (group, of_group) in groups {
        rows.push(heading(format!("Inputs that differ: {}", group.label())));
        rows.extend(of_group);
    }
    let others = other_rows(sides);
    if !others.is_empty() {
        rows.push(heading("Catalogue and policy".to_owned()));
        rows.extend(others);
    }
    rows
}

fn heading(text: String) -> Vec<Cell> {
    vec![text.into()]
}
