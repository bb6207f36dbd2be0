//! How good the estimates of hardware are: beside rules of thumb, the table of the README, and row by row
//! against the published measurements, which are predicted when this is opened.

use std::rc::Rc;

use crate::browser::dom::{El, el};
use crate::browser::timing::after_paint;
use crate::charts::measured;
use crate::components::figure::{Easel, figure};
use crate::components::table::{Table, plain_table};
use crate::domain::validation::{Checked, Group, check, predict, read_rows};
use crate::state::Watched;

/// The published measurements.
const MEASUREMENTS: &str = include_str!("../../../tests/data/measurements.csv");

/// Columns of the table.
const HEAD: [&str; 8] = [
    "Estimate",
    "Rows",
    "Mean ratio",
    "Median error",
    "9 of 10 within",
    "Rule of thumb: mean ratio",
    "Its median error",
    "9 of its 10 within",
];

/// One row for each kind of estimate; tests hold them against the README and that against the engine.
const ROWS: [[&str; 8]; 7] = [
    ["training memory", "18", "0.99", "5 %", "18 %", "0.53", "40 %", "70 %"],
    ["inference memory", "4", "0.99", "1 %", "2 %", "1.09", "10 %", "18 %"],
    ["inference throughput", "69", "0.98", "6 %", "24 %", "1.25", "65 %", "338 %"],
    ["inference latency", "13", "1.01", "5 %", "11 %", "0.49", "25 %", "87 %"],
    ["training throughput", "55", "0.99", "10 %", "30 %", "0.97", "30 %", "62 %"],
    ["training time", "23", "0.91", "7 %", "30 %", "1.14", "53 %", "126 %"],
    ["pretraining GPU-hours", "6", "0.97", "16 %", "35 %", "0.58", "31 %", "61 %"],
];

const WORDS: &str = "188 published measurements of memory, speed and training, predicted by the same formulas that size your hardware here. The mean ratio is prediction over measurement; the error is how far that is from one. The rules of thumb are those of other calculators: 1.2 times the weights, one stream times the requests that fit, six operations for each parameter and token. The constants were chosen on these rows, so the errors are those of a fit; refitted with one source left out at a time, training throughput is off by 12 %, training time by 15 % and GPU-hours by 32 % in the median. Every row stands below with its source; the program that checks them, or a table of your own, is in the source code (examples/validate.rs).";

/// What the validation says.
pub fn accuracy() -> El {
    let table = Table {
        caption: "Estimates against published measurements".to_owned(),
        head: HEAD.map(str::to_owned).into(),
        rows: ROWS.iter().map(|row| row.map(str::to_owned).into()).collect(),
        word_columns: (1, 0),
    };
    let shown = Watched::new(None);
    let checked: Rc<[Checked]> = check(read_rows(MEASUREMENTS).unwrap_or_default(), predict).into();
    let rows = Rc::clone(&checked);
    // The words and the table need not wait for the picture.
    after_paint(move || shown.set(measured(&rows, None)));
    el("div")
        .child(el("p").text(WORDS))
        .child(plain_table(&table))
        .child(kinds(move |group| shown.set(measured(&checked, group))))
        .child(figure("measured", shown, Easel::new()))
}

/// A list of the kinds of estimates, to choose one or all.
fn kinds(choose: impl Fn(Option<Group>) + 'static) -> El {
    let option = |value: &str, label: &str| el("option").attr("value", value).text(label);
    let list = el("select")
        .child(option("", "all kinds"))
        .children(Group::ALL.map(|group| option(group.name(), group.label())))
        .on_value("change", move |name| choose(Group::from_name(&name)));
    el("p").class("kinds").child(el("label").text("Estimates shown: ").child(list))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_says_what_the_readme_says() {
        let readme = include_str!("../../../README.md");
        for row in super::ROWS {
            let line = format!("| {} |", row.join(" | "));
            assert!(readme.contains(&line), "README.md lacks {line}");
        }
        assert_eq!(super::ROWS.iter().map(|row| row[1].parse::<u32>().unwrap()).sum::<u32>(), 188);
    }
}
