//! The plan: now, next, later.

use leptos::prelude::*;

use crate::state::store;

/// Steps and the triggers to watch.
#[component]
pub fn Plan() -> impl IntoView {
    let plan = store().read(|evaluation| {
        let mut stages: Vec<(&'static str, Vec<String>)> = Vec::new();
        for step in &evaluation.advice.plan {
            match stages.iter_mut().find(|(when, _)| *when == step.when) {
                Some((_, texts)) => texts.push(step.text.clone()),
                None => stages.push((step.when, vec![step.text.clone()])),
            }
        }
        stages
    });
    let stage = |(when, texts): (&'static str, Vec<String>)| {
        view! {
            <dt>{when}</dt>
            <dd>
                <ul>{texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            </dd>
        }
    };
    view! {
        <section class="plan" aria-labelledby="plan-heading">
            <h2 id="plan-heading">"Plan"</h2>
            <dl data-testid="plan">{move || plan.get().into_iter().map(stage).collect_view()}</dl>
        </section>
    }
}
