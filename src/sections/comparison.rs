//! What is shown beside up to three other scenarios; nothing of it is there unless it is asked for.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::charts::{ChartFigure, cumulative_beside, years_beside};
use crate::components::anew::Anew;
use crate::components::behind::behind;
use crate::components::copying::CopyLink;
use crate::components::figure::{Easel, Figure};
use crate::components::table::{HeadTools, PlainTable, Table};
use crate::domain::side_by_side::{Asked, Side, SideBySide, VOLUME, notes, read, rows, title};
use crate::state::{Compared, Page};

/// The comparison, while there is anything to compare with.
#[component]
pub fn Comparison(easel: Easel) -> impl IntoView {
    let page = Page::get();
    let is_any = Memo::new(move |_| page.compared.with(|compared| !compared.is_empty()));
    view! {
        <Show when=move || is_any.get()>
            <Compare easel />
        </Show>
    }
}

#[component]
fn Compare(easel: Easel) -> impl IntoView {
    let page = Page::get();
    let first = present(page);
    let sides = Memo::new(move |_| {
        let others = page
            .compared
            .with(|compared| compared.iter().map(|one| one.side.get()).collect::<Option<Vec<_>>>());
        Some(SideBySide::new([first.get()?].into_iter().chain(others?)))
    });
    let heading = move || sides.with(|sides| sides.as_ref().map_or_else(|| "Comparing…".to_owned(), title));
    let told = move || sides.with(|sides| sides.as_ref().map(notes).unwrap_or_default().join(" "));
    let figure = move |figure: fn(&SideBySide) -> Option<ChartFigure>| {
        Memo::new(move |_| sides.with(|sides| sides.as_ref().and_then(figure)))
    };
    let stale = Signal::derive(move || {
        page.scenario.track();
        page.compared.track();
    });
    view! {
        <section class="comparison" id="comparison" aria-labelledby="comparison-title">
            <For each=move || page.compared.get() key=|one| one.number let(one)>
                <Reading one />
            </For>
            <h2 id="comparison-title" prop:textContent=heading />
            <p class="deck" prop:textContent=told />
            <Anew of=move || sides.get() let:sides>
                {sides.map(|sides| view! { <Numbers sides /> })}
            </Anew>
            <CopyLink
                id="copy-comparison"
                by_hand_id="comparison-text"
                words="Copy link of the comparison"
                link=move || page.comparison_link()
                stale
            />
            <Figure kind="cumulative-beside" figure=figure(cumulative_beside) easel />
            <Figure kind="years-beside" figure=figure(years_beside) easel />
        </section>
    }
}

/// Reads off what is compared of one scenario, in a task of its own.
#[component]
fn Reading(one: Compared) -> impl IntoView {
    if one.side.get_untracked().is_none() {
        spawn_local(one.read());
    }
}

/// What is compared of the present scenario, a moment behind its answer.
fn present(page: Page) -> RwSignal<Option<Arc<Side>>> {
    let flips = page.flips.of(VOLUME);
    let source = move || {
        (
            page.name_in_comparison(),
            page.answer.get(),
            page.case.get(),
            flips.get(),
            page.errors.with(Vec::len),
        )
    };
    let compute = move |(name, answer, case, flips, wrong): &(_, Arc<_>, Arc<_>, Option<_>, usize)| {
        let name: &String = name;
        page.scenario.try_with_untracked(|scenario| {
            read(&Asked { name, scenario, case, answer, volume_flips: flips.as_ref(), wrong_fields: *wrong })
        })
    };
    behind(source, compute, || ())
}

/// The table; each head but that of what is shown opens its scenario or takes it out.
#[component]
fn Numbers(sides: SideBySide) -> impl IntoView {
    let page = Page::get();
    let names = sides.sides().iter().map(|side| side.name.clone());
    let head = [String::new()].into_iter().chain(names).collect::<Vec<_>>();
    let columns = head.len();
    let table = Table { caption: title(&sides), head, rows: rows(&sides), word_columns: (columns, 0) };
    let numbers = page.compared.with_untracked(|compared| {
        compared.iter().map(|one| (one.number, one.name.clone())).collect::<Vec<_>>()
    });
    let heads: HeadTools = Arc::new(move |column| match column {
        0 => ().into_any(),
        1 => view! { <span class="hint">"as shown"</span> }.into_any(),
        // What is shown has the first column after the names of the rows.
        column => {
            numbers.get(column - 2).cloned().map(|(number, name)| view! { <Tools number name /> }).into_any()
        }
    });
    view! { <PlainTable table heads /> }
}

#[component]
fn Tools(number: u32, name: String) -> impl IntoView {
    let page = Page::get();
    view! {
        <span class="comparison-tools">
            <button
                type="button"
                class="link"
                aria-label=format!("Open “{name}”")
                on:click=move |_| page.open_compared(number)
            >
                "Open"
            </button>
            <button
                type="button"
                class="link"
                aria-label=format!("Remove “{name}” from the comparison")
                on:click=move |_| page.stop_comparing(number)
            >
                "Remove"
            </button>
        </span>
    }
}
