//! What only paper shows: whose sheet it is, what was entered, and room for signatures.

use leptos::prelude::*;

use crate::browser::window;
use crate::charts::{YearTable, by_year};
use crate::components::fields::value_words;
use crate::components::figure::Numbers;
use crate::components::printing::OnPaper;
use crate::domain::answer::METHOD_VERSION;
use crate::domain::input::{Input, REGISTRY_VERSION, registry};
use crate::domain::scenario::Scenario;
use crate::state::Page;

/// Name, date, versions and link.
#[component]
pub fn PaperHead() -> impl IntoView {
    view! {
        <OnPaper>
            <Head />
        </OnPaper>
    }
}

#[component]
fn Head() -> impl IntoView {
    let page = Page::get();
    let name = page.name().get_untracked();
    let catalogue = page.rows.with_untracked(|rows| rows.edition().version);
    view! {
        <header class="paper-head">
            <p>
                <b>{name}</b>
                <span>{window::today()}</span>
            </p>
            <p class="hint">
                {format!(
                    "Made with Tunewise: inputs version {REGISTRY_VERSION}, catalogue version {catalogue}, method version {METHOD_VERSION}. Open it again:",
                )}
            </p>
            <p class="paper-link">{page.link()}</p>
        </header>
    }
}

/// The inputs that differ from their defaults; the most asked for where none does.
#[component]
pub fn Entered() -> impl IntoView {
    view! {
        <OnPaper>
            <EnteredList />
        </OnPaper>
    }
}

#[component]
fn EnteredList() -> impl IntoView {
    let page = Page::get();
    let changed = page.scenario.with_untracked(changed);
    let (deck, shown) = match changed.is_empty() {
        true => (
            "Nothing was changed. The main default answers:",
            registry().filter(|record| record.basic).collect(),
        ),
        false => ("What differs from the default answers:", changed),
    };
    let item = |record: &'static Input| {
        view! {
            <div>
                <dt>{record.label}</dt>
                <dd>{value_words(&page.value_now(record), record)}</dd>
            </div>
        }
    };
    let rows = page.rows.with_untracked(|rows| rows.rows().len());
    let rows =
        (rows > 0).then(|| view! { <p class="deck">{format!("And {rows} rows of the catalogue.")}</p> });
    view! {
        <section class="entered">
            <h2>"What was entered"</h2>
            <p class="deck">{deck}</p>
            <dl>{shown.into_iter().map(item).collect_view()}</dl>
            {rows}
        </section>
    }
}

fn changed(scenario: &Scenario) -> Vec<&'static Input> {
    registry().filter(|record| scenario.is_changed(record.id)).collect()
}

/// What the verdict costs by year.
#[component]
pub fn CostsByYear() -> impl IntoView {
    view! {
        <OnPaper>
            <YearsOfVerdict />
        </OnPaper>
    }
}

#[component]
fn YearsOfVerdict() -> impl IntoView {
    let years = Page::get().answer.with_untracked(|answer| by_year(answer));
    years.map(|YearTable { table, note }| {
        view! {
            <section class="by-year">
                <h2>"Costs by year"</h2>
                <Numbers title="Costs by year".to_owned() table />
                <p class="deck">{note}</p>
            </section>
        }
    })
}

/// Places to sign.
#[component]
pub fn Signatures() -> impl IntoView {
    view! {
        <OnPaper>
            <section class="signatures" aria-label="Signatures">
                <div>"Decided by"</div>
                <div>"Date"</div>
                <div>"Look again on"</div>
            </section>
        </OnPaper>
    }
}
