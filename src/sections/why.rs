//! Why: the chain of the decision, and the rules that fired for each strategy.

use leptos::prelude::*;

use super::findings::{FindingList, tally};
use crate::components::disclosure::Disclosure;
use crate::domain::evaluation::Step;
use crate::domain::strategy::StrategyId;
use crate::state::store;

/// The reasons.
#[component]
pub fn Why() -> impl IntoView {
    let store = store();
    let trace = store.read(|evaluation| evaluation.advice.trace.clone());
    let rules = StrategyId::ALL.into_iter().map(|id| view! { <StrategyRules id /> });
    view! {
        <section class="why" aria-labelledby="why-heading">
            <h2 id="why-heading">"Why"</h2>
            <ol class="trace" data-testid="trace">
                {move || trace.get().into_iter().map(|step| view! { <TraceStep step /> }).collect_view()}
            </ol>
            <h3>"The rules that fired, by strategy"</h3>
            {rules.collect_view()}
        </section>
    }
}

#[component]
fn TraceStep(step: Step) -> impl IntoView {
    let rules = (!step.rules.is_empty()).then(|| format!(" {}", step.rules.join(", ")));
    view! {
        <li>
            <span class="stage">{step.stage}</span>
            <span>{step.text} {rules.map(|rules| view! { <span class="source">{rules}</span> })}</span>
        </li>
    }
}

#[component]
fn StrategyRules(id: StrategyId) -> impl IntoView {
    let store = store();
    let name = store.read_strategy(id, |assessment, _| assessment.name.clone());
    let findings = store.read_strategy(id, |assessment, _| assessment.findings.clone());
    let counts = store.read_strategy(id, |assessment, _| tally(&assessment.findings));
    view! {
        <Disclosure
            class="rules-of"
            summary=move || {
                view! { {move || name.get()} " " <span class="tally">{move || counts.get()}</span> }
            }
        >
            <FindingList findings />
        </Disclosure>
    }
}
