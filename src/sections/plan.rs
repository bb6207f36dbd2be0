//! The plan with its dates, and the events at which to look again, each to try.

use leptos::prelude::*;

use super::changes::nearest::FlipButton;
use crate::browser::focus;
use crate::components::anew::Anew;
use crate::components::fields::value_words;
use crate::components::fold::Fold;
use crate::domain::answer::{Flip, Flips, PlanStep, Trigger, plan_line};
use crate::domain::input::{Input, Value, input};
use crate::state::{FlipBook, Page, Progress};

/// Prices that may change without a date; where another answer wins is found by the search for flips.
const PRICES: [&str; 3] = ["api_input_price", "api_output_price", "serving_gpu_price"];

/// Id of the fold: it takes the focus of a button that goes with its line.
const PLAN: &str = "plan";

/// Steps of one term.
#[derive(Clone, Debug, PartialEq)]
struct Stage {
    term: String,
    steps: Vec<PlanStep>,
}

/// Flips of prices, by the id of the input.
type PriceFlips = Vec<(&'static str, Flip)>;

/// Steps and the triggers to watch.
#[component]
pub fn Plan() -> impl IntoView {
    let page = Page::get();
    let prices = price_flips(page.flips);
    let reasons = move || prices.with(|prices| prices.as_ref().map_or(0, Vec::len));
    let said =
        Memo::new(move |_| page.answer.with(|answer| plan_line(&answer.plan, &answer.decided, reasons())));
    view! {
        <Fold id=PLAN title="Plan" said on_paper=true>
            <Dates prices />
        </Fold>
    }
}

#[component]
fn Dates(prices: Memo<Option<PriceFlips>>) -> impl IntoView {
    let stages = Page::get().read(|answer| stages(&answer.plan));
    view! {
        <dl class="when" data-testid="plan">
            <Anew of=move || stages.get() let:stages>
                {stages.into_iter().map(stage).collect_view()}
            </Anew>
        </dl>
        <div>
            <Anew of=move || prices.get() let:found>
                {found.map(price_lines)}
            </Anew>
        </div>
    }
}

fn stages(plan: &[PlanStep]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    // The last one waits for nothing: it says what most of them come to.
    let (last, events) = plan.split_last().unzip();
    for step in events.unwrap_or_default() {
        match stages.iter_mut().find(|stage| stage.term == step.term) {
            Some(stage) => stage.steps.push(step.clone()),
            None => stages.push(Stage { term: step.term.clone(), steps: vec![step.clone()] }),
        }
    }
    stages.extend(last.map(|step| Stage { term: "In the end".to_owned(), steps: vec![step.clone()] }));
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
        <dt>{stage.term}</dt>
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
    let label = format!("Try it: {}, {}", record.label, value_words(&value, record));
    let try_it = move |_| {
        page.put(record, &value);
        focus::give(PLAN);
    };
    view! {
        <button
            type="button"
            class="link flip"
            data-trial=record.id
            aria-label=label
            on:click=try_it
        >
            "Try it"
        </button>
    }
}

/// The nearest prices at which the answer is another; nothing while they are searched.
fn price_flips(book: FlipBook) -> Memo<Option<PriceFlips>> {
    let of_prices = PRICES.map(|id| (id, book.of(id)));
    Memo::new(move |_| {
        let found = |(id, flips): (&'static str, Memo<Option<Flips>>)| {
            flips.get().unwrap_or_default().found.into_iter().map(move |flip| (id, flip))
        };
        let all = || of_prices.into_iter().flat_map(found).collect();
        (book.progress().get() == Progress::Done).then(all)
    })
}

fn price_lines(found: PriceFlips) -> AnyView {
    if found.is_empty() {
        let none = "No price of the API model or of the serving GPU, each alone, changes the answer within its range.";
        return view! { <p class="hint">{none}</p> }.into_any();
    }
    let line = |(id, flip): (&'static str, Flip)| {
        let (record, verdict) = (input(id)?, format!(": {}", flip.verdict()));
        Some(view! { <li><FlipButton record flip back=PLAN /> {verdict}</li> })
    };
    view! {
        <h3>"Prices at which to look again"</h3>
        <ul class="prices">{found.into_iter().filter_map(line).collect_view()}</ul>
    }
    .into_any()
}
