//! The plan: now, next, later, and the events that can be tried.

use leptos::prelude::*;

use super::changes::nearest::FlipButton;
use crate::components::anew::Anew;
use crate::components::fields::value_words;
use crate::domain::answer::{Flip, Flips, PlanStep, Trigger};
use crate::domain::input::{Input, Value, input};
use crate::state::{Page, Progress};

/// Prices that may change without a date; where another answer wins is found by the search for flips.
const PRICES: [&str; 3] = ["api_input_price", "api_output_price", "serving_gpu_price"];

/// Steps that are due at the same time.
#[derive(Clone, Debug, PartialEq)]
struct Stage {
    when: &'static str,
    steps: Vec<PlanStep>,
}

/// Steps and the triggers to watch.
#[component]
pub fn Plan() -> impl IntoView {
    let stages = Page::get().read(|answer| stages(&answer.plan));
    view! {
        <section class="plan" aria-labelledby="plan-heading">
            <h2 id="plan-heading">"Plan"</h2>
            <dl data-testid="plan">
                <Anew of=move || stages.get() let:stages>
                    {stages.into_iter().map(stage).collect_view()}
                </Anew>
            </dl>
            <PricesToWatch />
        </section>
    }
}

fn stages(plan: &[PlanStep]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for step in plan {
        match stages.iter_mut().find(|stage| stage.when == step.when) {
            Some(stage) => stage.steps.push(step.clone()),
            None => stages.push(Stage { when: step.when, steps: vec![step.clone()] }),
        }
    }
    stages
}

fn stage(stage: Stage) -> AnyView {
    let item = |step: PlanStep| {
        let trial = step.trigger.and_then(trial).map(|(record, value)| {
            view! { " " <TrialButton record value /> }
        });
        view! { <li>{step.text} {trial}</li> }
    };
    view! {
        <dt>{stage.when}</dt>
        <dd>
            <ul>{stage.steps.into_iter().map(item).collect_view()}</ul>
        </dd>
    }
    .into_any()
}

/// The change of one input that an event comes to.
fn trial(trigger: Trigger) -> Option<(&'static Input, Value)> {
    let (id, value) = trigger.trial();
    Some((input(id)?, value))
}

/// Lets the event happen.
#[component]
fn TrialButton(record: &'static Input, value: Value) -> impl IntoView {
    let page = Page::get();
    let words = value_words(&value, record);
    view! {
        <button
            type="button"
            class="flip"
            data-trial=record.id
            on:click=move |_| page.put(record, &value)
        >
            {format!("Try it: {} → ", record.label)}
            <b>{words}</b>
        </button>
    }
}

/// The nearest prices at which the answer is another; nothing while they are searched.
#[component]
fn PricesToWatch() -> impl IntoView {
    let book = Page::get().flips;
    let of_prices = PRICES.map(|id| (id, book.of(id)));
    let found = move || {
        let found = |(id, flips): (&'static str, Memo<Option<Flips>>)| {
            flips.get().unwrap_or_default().found.into_iter().map(move |flip| (id, flip))
        };
        let all = || of_prices.into_iter().flat_map(found).collect::<Vec<_>>();
        (book.progress().get() == Progress::Done).then(all)
    };
    view! {
        <div data-testid="prices-to-watch">
            <Anew of=found let:found>
                {found.map(price_lines)}
            </Anew>
        </div>
    }
}

fn price_lines(found: Vec<(&'static str, Flip)>) -> AnyView {
    if found.is_empty() {
        let none = "No price of the API model or of the serving GPU, each alone, changes the answer within its range.";
        return view! { <p class="hint">{none}</p> }.into_any();
    }
    let line = |(id, flip): (&'static str, Flip)| {
        let (record, verdict) = (input(id)?, format!(" → {}", flip.verdict()));
        Some(view! { <li><FlipButton record flip /> {verdict}</li> })
    };
    view! {
        <h3>"Reopen it when a price changes that much"</h3>
        <ul class="prices">{found.into_iter().filter_map(line).collect_view()}</ul>
    }
    .into_any()
}
