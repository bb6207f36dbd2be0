//! One strategy: its name with its reason, a row of figures, and what opens under it.

use leptos::html::Tbody;
use leptos::prelude::*;

use super::cells;
use super::detail::StrategyDetail;
use super::ways::row_id;
use crate::domain::answer::{Answer, Assessment};
use crate::domain::strategy::StrategyId;
use crate::state::Page;

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
            Standing::Verdict => Some("Use now."),
            Standing::Build => Some("Build it."),
            Standing::Rival | Standing::In | Standing::Out => None,
        }
    }
}

/// A body of the table.
#[component]
pub fn StrategyRow(id: StrategyId, opened: RwSignal<Option<StrategyId>>) -> impl IntoView {
    let page = Page::get();
    let body = NodeRef::<Tbody>::new();
    let is_open = RwSignal::new(false);
    let detail_id = format!("detail-{}", id.key());
    let standing = page.strategy(id, Standing::of);
    Effect::new(move |_| {
        if opened.get() == Some(id)
            && let Some(body) = body.get()
        {
            is_open.set(true);
            body.scroll_into_view();
        }
    });
    view! {
        <tbody class=move || standing.get().class() node_ref=body>
            <tr data-strategy=id.key()>
                <th scope="row" data-column="strategy">
                    <RowButton id is_open controls=detail_id.clone() />
                    <Why id standing />
                </th>
                <Cell id column="total" read=cells::total />
                <Cell id column="range" read=|assessment, _| cells::range(assessment) />
                <Cell id column="per-thousand" read=cells::per_thousand />
                <Cell id column="break-even" read=|assessment, _| cells::break_even(assessment) />
                <Cell id column="lead" read=|assessment, _| cells::lead(assessment) />
                <Cell id column="hours" read=|assessment, _| cells::hours(assessment) />
            </tr>
            <tr class="detail-row" id=detail_id hidden=move || !is_open.get()>
                <td colspan="7">
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
            id=row_id(id)
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
    view! { <td data-column=column prop:textContent=Page::get().strategy(id, read) /> }
}

/// What it is in this answer, and why.
#[component]
fn Why(id: StrategyId, standing: Memo<Standing>) -> impl IntoView {
    let why = Page::get().strategy(id, |assessment, answer| format!(" {}", cells::why(assessment, answer)));
    let words = move || standing.get().words().map(|words| view! { <b prop:textContent=words /> });
    view! { <small data-column="why">{words} <span prop:textContent=why /></small> }
}
