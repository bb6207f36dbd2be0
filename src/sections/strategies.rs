//! All twelve strategies, ranked, each to open.

mod bar;
mod cells;
mod costs;
mod detail;
mod figures;
mod hardware;
mod row;
mod ways;

use leptos::prelude::*;

use crate::browser::focus;
use crate::domain::answer::{Answer, Assessment};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::months;
use crate::state::Page;
use row::StrategyRow;

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

const CAPTION: &str = "Price of quality: for what is cheaper but not measured, the extra wrong answers, or dollars for each 1,000 requests, at which its saving is gone. Open a row for costs, hardware and reasons.";

/// The ranked table.
#[component]
pub fn StrategyTable() -> impl IntoView {
    let page = Page::get();
    let horizon = Memo::new(move |_| page.case.with(|case| months(case.inputs.economics.horizon as usize)));
    let reference = page.read(reference_words);
    let ranking = page.read(ranked);
    let rows = move || {
        // A row that is moved keeps the focus of its button.
        focus::keep();
        ranking.get()
    };
    view! {
        <section class="strategies" aria-labelledby="strategies-heading">
            <h2 id="strategies-heading">
                "All twelve strategies, over " <span prop:textContent=horizon />
            </h2>
            <p class="caption">
                "Total cost of ownership in today’s money. " <span prop:textContent=reference /> {CAPTION}
            </p>
            <table role="table" data-testid="strategy-table">
                <thead role="rowgroup">
                    <Heads />
                </thead>
                <For each=rows key=|id| id.key() let:id>
                    <StrategyRow id />
                </For>
            </table>
        </section>
    }
}

#[component]
fn Heads() -> impl IntoView {
    let head = |column: &'static str, text: &'static str, class: Option<&'static str>| {
        view! {
            <th role="columnheader" scope="col" data-column=column class=class>
                {text}
            </th>
        }
    };
    view! {
        <tr role="row">
            {head("strategy", "Strategy", None)}
            {COLUMNS.map(|(column, text)| head(column, text, None)).collect_view()}
            {head("why", "Why, or why not", Some("unseen"))}
        </tr>
    }
}

fn reference_words(answer: &Answer) -> String {
    let reference = answer.decided.choice.reference.and_then(|id| answer.get(id));
    reference.map_or(String::new(), |assessment| format!("Reference: {}. ", assessment.name))
}

/// The verdict, then survivors by cost, then what is of unknown cost, then what is out.
fn ranked(answer: &Answer) -> Vec<StrategyId> {
    let verdict = answer.decided.choice.use_now;
    let rank = |assessment: &Assessment| match assessment {
        assessment if Some(assessment.id) == verdict => 0,
        assessment if !assessment.survives() => 3,
        assessment if assessment.tco().is_none() => 2,
        _ => 1,
    };
    let mut assessments: Vec<&Assessment> = answer.decided.assessments.iter().collect();
    assessments.sort_by(|a, b| {
        let total = |one: &Assessment| one.total().unwrap_or(f64::MAX);
        let by_cost = || total(a).total_cmp(&total(b));
        rank(a).cmp(&rank(b)).then_with(by_cost).then_with(|| (a.rung, a.id).cmp(&(b.rung, b.id)))
    });
    assessments.into_iter().map(|assessment| assessment.id).collect()
}
