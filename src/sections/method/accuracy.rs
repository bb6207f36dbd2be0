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
const ROWS: [[&str; 8]; 8] = [
    ["training memory", "18", "0.99", "5 %", "18 %", "0.53", "40 %", "70 %"],
    ["inference memory", "4", "0.99", "1 %", "2 %", "1.09", "10 %", "18 %"],
    ["inference throughput", "69", "0.95", "9 %", "23 %", "1.25", "65 %", "338 %"],
    ["time per token", "11", "1.05", "5 %", "18 %", "0.42", "42 %", "89 %"],
    ["time to first token", "2", "0.91", "9 %", "11 %", "1.16", "16 %", "23 %"],
    ["training throughput", "55", "0.99", "10 %", "30 %", "0.97", "30 %", "62 %"],
    ["training time", "23", "0.91", "7 %", "30 %", "1.14", "53 %", "126 %"],
    ["pretraining GPU-hours", "6", "0.97", "16 %", "35 %", "0.58", "31 %", "61 %"],
];

/// Columns of the table of serving engines.
const SERVING_HEAD: [&str; 6] =
    ["Figure", "Software", "Rows", "Mean ratio", "Median error", "9 of 10 within"];

/// Serving engines by software, and what stands apart; tests hold them against docs/ESTIMATES.md.
const SERVING: [[&str; 6]; 22] = [
    ["throughput", "steady rows of 2025–26", "217", "1.00", "12 %", "38 %"],
    ["throughput", "of them vLLM", "125", "0.95", "13 %", "34 %"],
    ["throughput", "of them SGLang", "76", "1.08", "12 %", "49 %"],
    ["throughput", "of them TensorRT-LLM", "16", "0.94", "18 %", "39 %"],
    ["throughput", "bursts", "33", "1.43", "51 %", "100 %"],
    ["throughput", "llama.cpp", "2", "1.28", "30 %", "47 %"],
    ["throughput", "ATOM", "10", "0.95", "10 %", "18 %"],
    ["throughput", "older releases", "13", "0.99", "14 %", "21 %"],
    ["time per token", "steady rows of 2025–26", "148", "1.01", "11 %", "34 %"],
    ["time per token", "of them vLLM", "70", "1.04", "11 %", "44 %"],
    ["time per token", "of them SGLang", "69", "0.99", "11 %", "31 %"],
    ["time per token", "of them TensorRT-LLM", "9", "1.02", "7 %", "26 %"],
    ["time per token", "llama.cpp", "7", "1.33", "36 %", "46 %"],
    ["time per token", "TGI", "3", "1.09", "12 %", "14 %"],
    ["time per token", "ATOM", "10", "1.09", "10 %", "27 %"],
    ["time per token", "older releases", "2", "0.96", "4 %", "4 %"],
    ["time to first token", "steady rows of 2025–26", "74", "0.82", "37 %", "95 %"],
    ["time to first token", "of them vLLM", "42", "1.01", "42 %", "104 %"],
    ["time to first token", "of them SGLang", "27", "0.66", "33 %", "79 %"],
    ["time to first token", "of them TensorRT-LLM", "5", "0.42", "39 %", "82 %"],
    ["time to first token", "llama.cpp", "6", "0.55", "34 %", "73 %"],
    ["time to first token", "ATOM", "4", "0.47", "52 %", "60 %"],
];

const SERVING_WORDS: &str = "Of the throughput rows above, 68 are vendor-tuned runs. These are 529 rows of the software that users run, mostly vLLM and SGLang. Short bursts, llama.cpp, TGI, ATOM and releases before 2025 stand apart. Refitted with one source left out at a time, throughput is off by 18 % and time per token by 15 % in the median; the time to the first token is poor, above 16 calls at once most of all.";

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
            <p>{SERVING_WORDS}</p>
            <PlainTable table=serving() />
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

fn serving() -> Table {
    Table {
        caption: "Speed on serving engines by software".to_owned(),
        head: SERVING_HEAD.map(str::to_owned).into(),
        rows: SERVING.iter().map(|row| row.map(Cell::from).into()).collect(),
        word_columns: (2, 0),
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
        for row in super::SERVING {
            let line = format!("| {} |", row.join(" | "));
            assert!(account.contains(&line), "docs/ESTIMATES.md lacks {line}");
        }
        assert_eq!(super::ROWS.iter().map(|row| row[1].parse::<u32>().unwrap()).sum::<u32>(), 188);
    }
}
