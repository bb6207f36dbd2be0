//! One strategy: a row of figures with its reason below, and what opens under it.

use leptos::prelude::*;

use super::bar::CostBar;
use super::cells;
use super::detail::StrategyDetail;
use crate::domain::evaluation::{Assessment, Evaluation};
use crate::domain::strategy::StrategyId;
use crate::state::store;

/// A bar of full length is so many times the verdict's cost, unless all are shorter.
const LONGEST_BAR: f64 = 8.0;

/// What a strategy is in this answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Standing {
    Verdict,
    Rival,
    #[default]
    In,
    Out,
}

impl Standing {
    fn of(assessment: &Assessment, evaluation: &Evaluation) -> Standing {
        let advice = &evaluation.advice;
        match assessment.id {
            id if advice.use_now == Some(id) => Standing::Verdict,
            _ if !assessment.survives() => Standing::Out,
            id if advice.rival == Some(id) => Standing::Rival,
            _ => Standing::In,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Standing::Verdict => "strategy is-verdict",
            Standing::Rival => "strategy is-rival",
            Standing::In => "strategy",
            Standing::Out => "strategy is-out",
        }
    }

    fn words(self) -> Option<&'static str> {
        match self {
            Standing::Verdict => Some("Use now:"),
            Standing::Rival => Some("Best rival."),
            Standing::In => None,
            Standing::Out => Some("Excluded."),
        }
    }
}

/// A body of the table.
#[component]
pub fn StrategyRow(id: StrategyId) -> impl IntoView {
    let store = store();
    let is_open = RwSignal::new(false);
    let standing = store.read_strategy(id, Standing::of);
    let name = store.read_strategy(id, |assessment, _| assessment.name.clone());
    let why = store.read_strategy(id, |assessment, _| cells::why(assessment));
    let total = store.read_strategy(id, |assessment, _| cells::total(assessment));
    let share = store.read_strategy(id, bar_share);
    let detail_id = format!("detail-{}", id.key());
    let cell = move |key: &'static str, text: fn(&Assessment, &Evaluation) -> String| {
        let text = store.read_strategy(id, text);
        view! { <td role="cell" data-column=key>{move || text.get()}</td> }
    };
    view! {
        <tbody role="rowgroup" class=move || standing.get().class()>
            <tr role="row" data-strategy=id.key()>
                <th role="rowheader" scope="row" data-column="strategy">
                    <button
                        type="button"
                        class="row-button"
                        aria-expanded=move || is_open.get().to_string()
                        aria-controls=detail_id.clone()
                        on:click=move |_| is_open.update(|open| *open = !*open)
                    >
                        {move || name.get()}
                    </button>
                </th>
                {cell("quality", |assessment, _| assessment.quality.label().to_owned())}
                <td role="cell" data-column="tco">
                    <span>{move || total.get()}</span>
                    <CostBar share />
                </td>
                {cell("per-request", |assessment, _| cells::per_thousand(assessment))}
                {cell("price-of-quality", |assessment, _| cells::price_of_quality(assessment))}
                {cell("break-even", cells::break_even)}
                {cell("payback", cells::payback)}
                {cell("lead", |assessment, _| cells::lead(assessment))}
                {cell("hours", |assessment, _| cells::hours(assessment))}
                <td role="cell" data-column="why">
                    {move || standing.get().words().map(|words| view! { <b>{words}</b> " " })} {move || why.get()}
                </td>
            </tr>
            <tr role="row" class="detail-row" id=detail_id hidden=move || !is_open.get()>
                <td role="cell">
                    <Show when=move || is_open.get()>
                        <StrategyDetail id />
                    </Show>
                </td>
            </tr>
        </tbody>
    }
}

/// Cost against the end of the scale: the dearest survivor, but no more than a few times the cheapest.
fn bar_share(assessment: &Assessment, evaluation: &Evaluation) -> Option<f64> {
    let costs = || evaluation.strategies.iter().filter(|other| other.survives()).filter_map(Assessment::tco);
    let least = costs().fold(f64::INFINITY, f64::min);
    let most = costs().fold(0.0, f64::max);
    let end = most.min(LONGEST_BAR * least);
    assessment.tco().filter(|_| end > 0.0 && end.is_finite()).map(|tco| tco / end)
}
