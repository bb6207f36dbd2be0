//! Why: the chain of the decision, and the rules that fired for each strategy.

use leptos::prelude::*;

use super::findings::{FindingList, tally};
use super::rules::RuleList;
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::table::{PlainTable, Table};
use crate::domain::answer::Step;
use crate::domain::strategy::StrategyId;
use crate::state::Page;

/// The reasons.
#[component]
pub fn Why() -> impl IntoView {
    let stages = Page::get().read(|answer| answer.trace.iter().map(|step| step.stage).collect::<Vec<_>>());
    view! {
        <section class="why" aria-labelledby="why-heading">
            <h2 id="why-heading">"Why"</h2>
            <ol class="trace" data-testid="trace">
                <For each=move || stages.get() key=|stage| *stage let:stage>
                    <TraceStep stage />
                </For>
            </ol>
            <h3>"The rules that fired, by strategy"</h3>
            {StrategyId::ALL.map(|id| view! { <StrategyRules id /> }).collect_view()}
            <Disclosure class="rule-table" summary=|| "All rules, and which of them fired">
                <RuleList />
            </Disclosure>
        </section>
    }
}

/// One step of the chain: what came of it, the rules that decided, and what was compared.
#[component]
fn TraceStep(stage: &'static str) -> impl IntoView {
    let text = of_step(stage, |step| format!("{} {}", step.summary, step.text));
    let rules = of_step(stage, |step| format!(" {}", step.rules.join(", ")));
    let compared = of_step(stage, |step| step.compared.clone());
    view! {
        <li>
            <span class="stage">{stage}</span>
            <div>
                <p>
                    <span prop:textContent=text />
                    <span class="source" prop:textContent=rules />
                </p>
                <Show when=move || !compared.with(Vec::is_empty)>
                    <Compared stage rows=compared />
                </Show>
            </div>
        </li>
    }
}

/// Something of one step of the present chain; its default where there is no such step.
fn of_step<T>(stage: &'static str, read: fn(&Step) -> T) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    Page::get().read(move |answer| {
        let step = answer.trace.iter().find(|step| step.stage == stage);
        step.map(read).unwrap_or_default()
    })
}

#[component]
fn Compared(stage: &'static str, rows: Memo<Vec<(String, String)>>) -> impl IntoView {
    view! {
        <Disclosure class="compared" summary=|| "What was compared">
            <div>
                <Anew of=move || rows.get() let:rows>
                    <PlainTable table=compared_table(stage, rows) />
                </Anew>
            </div>
        </Disclosure>
    }
}

fn compared_table(stage: &str, rows: Vec<(String, String)>) -> Table {
    Table {
        caption: format!("{stage}: what was compared"),
        head: vec!["Compared".to_owned(), "Found".to_owned()],
        rows: rows.into_iter().map(|(name, found)| vec![name.into(), found.into()]).collect(),
        word_columns: (2, 0),
    }
}

#[component]
fn StrategyRules(id: StrategyId) -> impl IntoView {
    let page = Page::get();
    let name = page.strategy(id, |assessment, _| format!("{} ", assessment.name));
    let counts = page
        .read(move |answer| answer.explanation(id).map_or_else(String::new, |words| tally(&words.findings)));
    let findings = page.findings(id);
    let summary = move || {
        view! {
            <span prop:textContent=name />
            <span class="tally" prop:textContent=counts />
        }
    };
    view! {
        <Disclosure class="rules-of" summary>
            <FindingList findings />
        </Disclosure>
    }
}
