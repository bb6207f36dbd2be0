//! One strategy: a row of figures with its reason below, and what opens under it.

use leptos::prelude::*;

use super::bar::CostBar;
use super::cells;
use super::detail::StrategyDetail;
use crate::domain::answer::{Answer, Assessment};
use crate::domain::strategy::StrategyId;
use crate::state::Page;

/// A bar of full length is so many times the verdict's cost, unless all are shorter.
const LONGEST_BAR: f64 = 8.0;

/// What a strategy is in this answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Standing {
    Verdict,
    /// The verdict, yet to be built.
    Build,
    Rival,
    #[default]
    In,
    Out,
}

impl Standing {
    fn of(assessment: &Assessment, answer: &Answer) -> Standing {
        let choice = &answer.decided.choice;
        match assessment.id {
            id if choice.use_now == Some(id) && choice.must_be_built => Standing::Build,
            id if choice.use_now == Some(id) => Standing::Verdict,
            _ if !assessment.survives() => Standing::Out,
            id if choice.rival == Some(id) => Standing::Rival,
            _ => Standing::In,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Standing::Verdict | Standing::Build => "strategy is-verdict",
            Standing::Rival => "strategy is-rival",
            Standing::In => "strategy",
            Standing::Out => "strategy is-out",
        }
    }

    fn words(self) -> Option<&'static str> {
        match self {
            Standing::Verdict => Some("Use now:"),
            Standing::Build => Some("Build:"),
            Standing::Rival => Some("Best rival."),
            Standing::In => None,
            Standing::Out => Some("Excluded."),
        }
    }
}

/// A body of the table.
#[component]
pub fn StrategyRow(id: StrategyId) -> impl IntoView {
    let page = Page::get();
    let is_open = RwSignal::new(false);
    let detail_id = format!("detail-{}", id.key());
    let standing = page.strategy(id, Standing::of);
    view! {
        <tbody role="rowgroup" class=move || standing.get().class()>
            <tr role="row" data-strategy=id.key()>
                <th role="rowheader" scope="row" data-column="strategy">
                    <RowButton id is_open controls=detail_id.clone() />
                </th>
                <Cell id column="quality" read=|assessment, _| assessment.quality.label().to_owned() />
                <td role="cell" data-column="tco">
                    <span prop:textContent=page.strategy(id, cells::total) />
                    <CostBar share=page.strategy(id, bar_share) />
                </td>
                <Cell id column="per-request" read=cells::per_thousand />
                <Cell id column="price-of-quality" read=|assessment, _| cells::price_of_quality(assessment) />
                <Cell id column="break-even" read=cells::break_even />
                <Cell id column="payback" read=cells::payback />
                <Cell id column="lead" read=|assessment, _| cells::lead(assessment) />
                <Cell id column="hours" read=|assessment, _| cells::hours(assessment) />
                <Why id standing />
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

/// The name, which opens the row.
#[component]
fn RowButton(id: StrategyId, is_open: RwSignal<bool>, controls: String) -> impl IntoView {
    let name = Page::get().strategy(id, |assessment, _| assessment.name.clone());
    view! {
        <button
            type="button"
            class="row-button"
            aria-controls=controls
            aria-expanded=move || is_open.get().to_string()
            prop:textContent=name
            on:click=move |_| is_open.update(|open| *open = !*open)
        />
    }
}

/// A cell that holds one text.
#[component]
fn Cell(id: StrategyId, column: &'static str, read: fn(&Assessment, &Answer) -> String) -> impl IntoView {
    view! { <td role="cell" data-column=column prop:textContent=Page::get().strategy(id, read) /> }
}

/// What it is in this answer, and why.
#[component]
fn Why(id: StrategyId, standing: Memo<Standing>) -> impl IntoView {
    let why = Page::get().strategy(id, |assessment, answer| {
        format!(" {}{}", with_stop(cells::why(assessment, answer)), cells::interval(assessment))
    });
    let words = move || standing.get().words().map(|words| view! { <b prop:textContent=words /> });
    view! { <td role="cell" data-column="why">{words} <span prop:textContent=why /></td> }
}

/// A sentence ends with a full stop, which another one may follow.
fn with_stop(text: String) -> String {
    if text.is_empty() || text.ends_with('.') { text } else { text + "." }
}

/// Cost against the end of the scale: the dearest survivor, but no more than a few times the cheapest.
fn bar_share(assessment: &Assessment, answer: &Answer) -> Option<f64> {
    let costs =
        || answer.decided.assessments.iter().filter(|other| other.survives()).filter_map(Assessment::total);
    let least = costs().fold(f64::INFINITY, f64::min);
    let most = costs().fold(0.0, f64::max);
    let end = most.min(LONGEST_BAR * least);
    assessment.total().filter(|_| end > 0.0 && end.is_finite()).map(|total| total / end)
}
