//! All twelve strategies, ranked, each to open.

mod bar;
mod cells;
mod costs;
mod detail;
mod row;

use leptos::prelude::*;

use crate::domain::evaluation::{Assessment, Evaluation};
use crate::domain::strategy::StrategyId;
use crate::format::months;
use crate::state::store;
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

/// The ranked table.
#[component]
pub fn StrategyTable() -> impl IntoView {
    let store = store();
    let order = store.read(ranked);
    let inputs = store.inputs();
    let horizon = Memo::new(move |_| months(inputs.with(|inputs| inputs.economics.horizon as usize)));
    let reference = store.read(|evaluation| {
        let reference = evaluation.advice.reference.and_then(|id| evaluation.get(id));
        reference.map(|assessment| assessment.name.clone())
    });
    let heads = COLUMNS.into_iter().map(|(key, head)| {
        view! { <th role="columnheader" scope="col" data-column=key>{head}</th> }
    });
    view! {
        <section class="strategies" aria-labelledby="strategies-heading">
            <h2 id="strategies-heading">"All twelve strategies, over " {move || horizon.get()}</h2>
            <p class="caption">
                "Total cost of ownership in today’s money. "
                {move || reference.get().map(|name| format!("Reference: {name}. "))}
                "Price of quality: the extra wrong answers, or dollars for each 1,000 requests, at which a saving is gone. Open a row for costs, hardware and reasons."
            </p>
            <table role="table" data-testid="strategy-table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col" data-column="strategy">"Strategy"</th>
                        {heads.collect_view()}
                        <th role="columnheader" scope="col" data-column="why" class="unseen">"Why, or why not"</th>
                    </tr>
                </thead>
                <For each=move || order.get() key=|id| id.key() let:id>
                    <StrategyRow id />
                </For>
            </table>
        </section>
    }
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
    crate::order::sort_by(&mut assessments, |a, b| {
        let by_cost = || a.tco().unwrap_or(f64::MAX).total_cmp(&b.tco().unwrap_or(f64::MAX));
        rank(a).cmp(&rank(b)).then_with(by_cost).then_with(|| (a.rung, a.id).cmp(&(b.rung, b.id)))
    });
    assessments.into_iter().map(|assessment| assessment.id).collect()
}
