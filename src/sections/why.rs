//! Why: the chain of the decision, what holds for several strategies, and the rules that fired.

mod shared;

use leptos::prelude::*;

use super::findings::{FindingList, tally};
use super::rules::RuleList;
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::fold::Fold;
use crate::components::table::{PlainTable, Table};
use crate::domain::answer::{BREAK_EVEN, Step, why_line};
use crate::domain::strategy::StrategyId;
use crate::state::Page;
use shared::SharedFindings;

/// The reasons.
#[component]
pub fn Why() -> impl IntoView {
    let said = Page::get().read(|answer| why_line(&answer.trace, &answer.decided));
    view! {
        <Fold id="why" title="Why" said on_paper=true>
            <Reasons />
        </Fold>
    }
}

#[component]
fn Reasons() -> impl IntoView {
    let page = Page::get();
    let stages = page.read(|answer| answer.trace.iter().map(|step| step.stage).collect::<Vec<_>>());
    let chain = move || {
        let stages = stages.get().into_iter();
        stages.filter(|stage| *stage != BREAK_EVEN).collect::<Vec<_>>()
    };
    let crosses = move || stages.with(|stages| stages.contains(&BREAK_EVEN));
    view! {
        <ol class="chain" data-testid="trace">
            <For each=chain key=|stage| *stage let:stage>
                <li>
                    <ChainStep stage />
                </li>
            </For>
        </ol>
        <Show when=crosses>
            <div class="crossing">
                <ChainStep stage=BREAK_EVEN />
            </div>
        </Show>
        <SharedFindings />
        <h3>"The rules that speak for or against each"</h3>
        {StrategyId::ALL.map(|id| view! { <StrategyRules id /> }).collect_view()}
        <Disclosure class="rule-table" id="rules" summary=|| "All rules, and which of them fired">
            <RuleList />
        </Disclosure>
    }
}

/// One step of the chain: a statement, which opens to what it rests on, what was compared and the rules that decided.
#[component]
fn ChainStep(stage: &'static str) -> impl IntoView {
    let summary = of_step(stage, |step| step.summary.clone());
    view! {
        <Disclosure summary=move || view! { <span prop:textContent=summary /> }>
            <Grounds stage />
        </Disclosure>
    }
}

#[component]
fn Grounds(stage: &'static str) -> impl IntoView {
    let text = of_step(stage, |step| step.text.clone());
    let rules = of_step(stage, |step| rules_line(&step.rules));
    let compared = of_step(stage, |step| step.compared.clone());
    view! {
        <div>
            <p prop:textContent=text />
            <Anew of=move || compared.get() let:rows>
                {(!rows.is_empty()).then(|| view! { <PlainTable table=compared_table(stage, rows) /> })}
            </Anew>
            <p class="source" prop:textContent=rules />
        </div>
    }
}

/// The rules that decided; each is told below with its source.
fn rules_line(rules: &[String]) -> String {
    match rules {
        [] => String::new(),
        [one] => format!("Rule {one}, below with its source."),
        several => format!("Rules {}, below with their sources.", several.join(", ")),
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
    let findings = page.read(move |answer| answer.own_findings(id));
    let counts = move || findings.with(|findings| tally(findings));
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
