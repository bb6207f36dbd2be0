//! How good the estimates of hardware are: beside rules of thumb, the table of docs/ESTIMATES.md, and row by row
//! against the published measurements, which are predicted when this is opened.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::timing::after_paint;
use crate::charts::{ChartFigure, measured};
use crate::components::figure::{Easel, Figure};
use crate::components::table::{PlainTable, Table};
use crate::domain::units::Cell;
use crate::domain::validation::{Checked, Group, check, predict, read_rows};

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

/// One row for each kind of estimate; tests hold them against docs/ESTIMATES.md and that against the engine.
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
#[component]
pub fn Accuracy() -> impl IntoView {
    let easel = Easel::new();
    let group = RwSignal::new(None::<Group>);
    let figure = figure_of(group);
    view! {
        <div>
            <p>{WORDS}</p>
            <PlainTable table=summary() />
            <Kinds choose=move |chosen| group.set(chosen) />
            <Figure kind="measured" figure easel />
        </div>
    }
}

/// The measurements of a group, once they are predicted: words and table need not wait for the picture.
fn figure_of(group: RwSignal<Option<Group>>) -> Memo<Option<ChartFigure>> {
    let checked = RwSignal::new(Arc::<[Checked]>::default());
    after_paint(move || {
        let rows = check(read_rows(MEASUREMENTS).unwrap_or_default(), predict);
        let _ = checked.try_set(rows.into());
    });
    Memo::new(move |_| checked.with(|rows| measured(rows, group.get())))
}

fn summary() -> Table {
    Table {
        caption: "Estimates against published measurements".to_owned(),
        head: HEAD.map(str::to_owned).into(),
        rows: ROWS.iter().map(|row| row.map(Cell::from).into()).collect(),
        word_columns: (1, 0),
    }
}

/// A list of the kinds of estimates, to choose one or all.
#[component]
fn Kinds(choose: impl Fn(Option<Group>) + 'static) -> impl IntoView {
    let option = |value: &'static str, label: &'static str| view! { <option value=value>{label}</option> };
    let choose = move |event| choose(Group::from_name(&event_target_value(&event)));
    view! {
        <p class="kinds">
            <label>
                "Estimates shown: "
                <select on:change=choose>
                    {option("", "all kinds")}
                    {Group::ALL.map(|group| option(group.name(), group.label())).collect_view()}
                </select>
            </label>
        </p>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_says_what_the_account_of_estimates_says() {
        let account = include_str!("../../../docs/ESTIMATES.md");
        for row in super::ROWS {
            let line = format!("| {} |", row.join(" | "));
            assert!(account.contains(&line), "docs/ESTIMATES.md lacks {line}");
        }
        assert_eq!(super::ROWS.iter().map(|row| row[1].parse::<u32>().unwrap()).sum::<u32>(), 188);
    }
}
