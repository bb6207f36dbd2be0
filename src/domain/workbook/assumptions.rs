//! What the money rests on: every input, and rows of the catalogue.

use super::cell::{Cell, Look, Sheet};
use crate::domain::answer::Assessment;
use crate::domain::input::{Input, Kind, Value, registry};
use crate::domain::record::{Basis, estimate_lines, input_line, row_lines};
use crate::domain::units::Unit;

/// Every input with its value and where it comes from.
pub fn inputs(basis: &Basis) -> Sheet {
    let head = ["Input", "Value", "Unit or kind", "Stated or default", "Source", "Date", "Support"];
    let mut rows = vec![vec![Cell::text("Inputs", Look::Title)], head.map(Cell::head).to_vec()];
    rows.extend(registry().map(|input| line(basis, input)));
    Sheet { name: "Inputs".to_owned(), widths: vec![56, 24, 28, 18, 56, 10, 22], frozen: (2, 1), rows }
}

fn line(basis: &Basis, input: &Input) -> Vec<Cell> {
    let told = input_line(basis, input);
    let scenario = basis.scenario;
    let value = match ((input.get)(&basis.case.inputs), input.kind) {
        (Value::Number(number), Kind::Number { unit: Unit::Share(_), .. }) => {
            Cell::number(number, Look::Share)
        }
        (Value::Number(number), _) => Cell::number(number, Look::Plain),
        _ => Cell::plain(&told.value),
    };
    let is_default = !scenario.is_changed(input.id);
    let is_ours = is_default && scenario.default_of(input) == input.default_value();
    let mut cells = vec![Cell::plain(&told.label), value, Cell::plain(&told.unit)];
    cells.push(Cell::plain(if is_default { "default" } else { "stated" }));
    match is_ours {
        true => {
            let (title, as_of, confidence) = input.support();
            cells.extend([title, as_of, confidence].map(Cell::plain));
        }
        false => cells.push(Cell::plain(&told.origin)),
    }
    cells
}

/// Rows of the catalogue and estimates with a range that the costs are read from.
pub fn catalogue(basis: &Basis, strategies: &[&Assessment]) -> Sheet {
    let head = ["Table", "Row", "Values", "Source", "As of", "Support"];
    let mut rows = vec![
        vec![Cell::text("Rows of the catalogue that the costs are read from", Look::Title)],
        head.map(Cell::head).to_vec(),
    ];
    rows.extend(row_lines(basis, strategies).iter().map(|line| {
        let values = line.values.join("; ");
        [&line.table, &line.id, &values, &line.source, &line.as_of, &line.confidence]
            .map(|text| Cell::plain(text))
            .to_vec()
    }));
    rows.push(Vec::new());
    rows.push(vec![Cell::text("Estimates with a range", Look::Title)]);
    rows.push(["Estimate", "Likely", "Low to high", "Unit", "Source"].map(Cell::head).to_vec());
    rows.extend(estimate_lines(basis, strategies).iter().map(|line| {
        [&line.label, &line.value, &line.range, &line.unit, &line.source]
            .map(|text| Cell::plain(text))
            .to_vec()
    }));
    Sheet { name: "Catalogue".to_owned(), widths: vec![30, 34, 60, 60, 20, 22], frozen: (0, 1), rows }
}
