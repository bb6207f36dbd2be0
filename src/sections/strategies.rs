//! All twelve strategies, ranked, each to open.

mod bar;
mod cells;
mod costs;
mod detail;
mod row;
mod ways;

use crate::browser::dom::{Build, El, el};
use crate::domain::evaluation::{Assessment, Evaluation};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::months;
use crate::state::store;
use row::strategy_row;

/// Columns after the strategy's name: key and head.
const COLUMNS: [(&str, &str); 8] = [
    ("quality", "Quality"),
    ("tco", "Total cost"),
    ("per-request", "Per 1,000 requests"),
    ("price-of-quality", "Price of quality"),
    ("break-even", "Cheaper than the reference"),
    ("payback", "Pays back"),
    ("lead", "Lead time"),
    ("hours", "Hours a month"),
];

/// The ranked table.
pub fn strategy_table() -> El {
    let store = store();
    let horizon = move || months(store.inputs().with(|inputs| inputs.economics.horizon as usize));
    let reference = move || {
        store.read(|evaluation| {
            let reference = evaluation.advice.reference.and_then(|id| evaluation.get(id));
            reference.map_or(String::new(), |assessment| format!("Reference: {}. ", assessment.name))
        })
    };
    let rows = move || {
        let row = |id: StrategyId| (id.key().to_owned(), Box::new(move || strategy_row(id)) as Build);
        store.read(ranked).into_iter().map(row).collect()
    };
    let heads = el("tr")
        .attr("role", "row")
        .child(head("strategy", "Strategy"))
        .children(COLUMNS.map(|(column, text)| head(column, text)))
        .child(head("why", "Why, or why not").class("unseen"));
    el("section")
        .attrs(&[("class", "strategies"), ("aria-labelledby", "strategies-heading")])
        .child(
            el("h2").attr("id", "strategies-heading").text("All twelve strategies, over ").live(horizon),
        )
        .child(
            el("p")
                .class("caption")
                .text("Total cost of ownership in today’s money. ")
                .live(reference)
                .text(
                    "Price of quality: for what is cheaper but not measured, the extra wrong answers, or dollars for each 1,000 requests, at which its saving is gone. Open a row for costs, hardware and reasons.",
                ),
        )
        .child(
            el("table")
                .attrs(&[("role", "table"), ("data-testid", "strategy-table")])
                .child(el("thead").attr("role", "rowgroup").child(heads))
                .keyed(rows),
        )
}

fn head(column: &str, text: &str) -> El {
    el("th").attrs(&[("role", "columnheader"), ("scope", "col"), ("data-column", column)]).text(text)
}

/// The verdict, then survivors by cost, then what is of unknown cost, then what is out.
fn ranked(evaluation: &Evaluation) -> Vec<StrategyId> {
    let verdict = evaluation.advice.use_now;
    let rank = |assessment: &Assessment| match assessment {
        assessment if Some(assessment.id) == verdict => 0,
        assessment if !assessment.survives() => 3,
        assessment if assessment.tco().is_none() => 2,
        _ => 1,
    };
    let mut assessments: Vec<&Assessment> = evaluation.strategies.iter().collect();
    assessments.sort_by(|a, b| {
        let by_cost = || a.tco().unwrap_or(f64::MAX).total_cmp(&b.tco().unwrap_or(f64::MAX));
        rank(a).cmp(&rank(b)).then_with(by_cost).then_with(|| (a.rung, a.id).cmp(&(b.rung, b.id)))
    });
    assessments.into_iter().map(|assessment| assessment.id).collect()
}
