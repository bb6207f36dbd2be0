//! All figures of the twelve strategies, each row to open.

mod cells;
mod costs;
mod detail;
mod figures;
mod hardware;
mod row;
mod ways;

use leptos::prelude::*;

use crate::browser::focus;
use crate::charts::by_cost;
use crate::domain::answer::Answer;
use crate::domain::strategy::StrategyId;
use crate::state::Page;
use row::StrategyRow;

/// Columns after the strategy's name: key and head.
const COLUMNS: [(&str, &str); 6] = [
    ("total", "Total"),
    ("range", "Low to high"),
    ("per-thousand", "Per 1,000"),
    ("break-even", "Cheaper, requests a month"),
    ("lead", "Weeks to launch"),
    ("hours", "Hours a month"),
];

/// The table, the cheapest first, as in the picture.
#[component]
pub fn StrategyTable(
    /// The strategy that was asked for in the picture: its row opens.
    opened: RwSignal<Option<StrategyId>>,
) -> impl IntoView {
    let page = Page::get();
    let reference = page.read(reference_words);
    let ranking = page.read(ranked);
    let rows = move || {
        // A row that is moved keeps the focus of its button.
        focus::keep();
        ranking.get()
    };
    view! {
        <div class="strategies">
            <table data-testid="strategy-table">
                <caption class="unseen">"All twelve strategies"</caption>
                <thead>
                    <Heads />
                </thead>
                <For each=rows key=|id| id.key() let:id>
                    <StrategyRow id opened />
                </For>
            </table>
            <p class="hint" prop:textContent=reference />
        </div>
    }
}

#[component]
fn Heads() -> impl IntoView {
    let head = |(column, text): (&'static str, &'static str)| {
        view! {
            <th scope="col" data-column=column>
                {text}
            </th>
        }
    };
    view! {
        <tr>
            {head(("strategy", "Strategy"))}
            {COLUMNS.map(head).collect_view()}
        </tr>
    }
}

fn reference_words(answer: &Answer) -> String {
    let reference = answer.decided.choice.reference.and_then(|id| answer.get(id));
    reference.map_or(String::new(), |one| format!("“Cheaper” is meant against the reference: {}.", one.name))
}

/// The order of the picture.
fn ranked(answer: &Answer) -> Vec<StrategyId> {
    by_cost(answer).into_iter().map(|one| one.id).collect()
}
