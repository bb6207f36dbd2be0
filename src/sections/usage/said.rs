//! What an export says of a month, beside the engine, and the way into the scenario.

use std::sync::Arc;

use leptos::prelude::*;

use super::reading::{Reading, Stage};
use crate::components::anew::Anew;
use crate::domain::answer;
use crate::domain::units::words::{count_exact, usd_exact};
use crate::domain::units::{Unit, parse_number};
use crate::domain::usage::{ModelUsage, Period, Usage, UsageSummary, engine_bill, engine_sentence, entries};
use crate::state::Page;

/// What was read, once it is.
#[component]
pub fn Said(reading: Reading) -> impl IntoView {
    let usage = move || match reading.stage.get() {
        Stage::Read(usage) => Some(usage),
        _ => None,
    };
    view! {
        <Anew of=usage let:usage>
            {usage.map(|usage| view! { <SaidOf usage /> })}
        </Anew>
    }
}

/// The chosen period of a file, its table and its bills.
#[component]
fn SaidOf(usage: Arc<Usage>) -> impl IntoView {
    let page = Page::get();
    let periods = usage.periods();
    let period = RwSignal::new(usage.newest_whole_period());
    let summary =
        Memo::new(move |_| page.case.with(|case| UsageSummary::of(&usage, period.get(), &case.catalog)));
    view! {
        <div class="usage-said" data-testid="usage-said">
            <h3>"This is what you said"</h3>
            {(periods.len() > 1).then(|| period_choice(periods, period))}
            <Anew of=move || summary.get() let:summary>
                <p>{summary.bill_sentence()}</p>
                {summary.models.iter().cloned().map(|model| view! { <SaidOfModel model /> }).collect_view()}
                <TakeOver summary />
            </Anew>
        </div>
    }
}

fn period_choice(periods: Vec<Period>, period: RwSignal<Period>) -> AnyView {
    let chosen = period.get_untracked();
    let options = periods.iter().map(|one| {
        view! { <option value=one.key() selected=*one == chosen>{one.words()}</option> }
    });
    let options = options.collect_view();
    let choose = move |event| {
        let key = event_target_value(&event);
        if let Some(one) = periods.iter().find(|one| one.key() == key) {
            period.set(*one);
        }
    };
    view! {
        <label>
            "Month "
            <select id="usage-month" on:change=choose>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// What the file says of one model: only what it says, and what it leaves open.
#[component]
fn SaidOfModel(model: ModelUsage) -> impl IntoView {
    let tokens = &model.tokens;
    let of_tokens = |count: f64| (count > 0.0).then(|| count_exact(count));
    let facts = [
        ("Requests", model.requests.map(count_exact)),
        ("Plain input", of_tokens(tokens.plain)),
        ("Read from a cache", of_tokens(tokens.read)),
        ("Written for 5 minutes", of_tokens(tokens.written)),
        ("Written for 1 hour", of_tokens(tokens.written_hour)),
        ("Output", of_tokens(tokens.output)),
        ("Charged", model.spend_usd.map(usd_exact)),
        ("At list prices", model.list_usd.ok().map(usd_exact)),
        ("Open", Some(model.open_questions()).filter(|open| !open.is_empty())),
    ];
    let fact =
        |(what, text): (&'static str, Option<String>)| Some(view! { <dt>{what}</dt> <dd>{text?}</dd> });
    view! {
        <h4>{model.title()}</h4>
        <dl class="facts">{facts.into_iter().filter_map(fact).collect_view()}</dl>
    }
}

/// The model and the requests that go into the scenario, what the engine makes of them, and the button.
#[component]
fn TakeOver(summary: UsageSummary) -> impl IntoView {
    let page = Page::get();
    let place = RwSignal::new(0_usize);
    let typed = RwSignal::new(String::new());
    let models = StoredValue::new(summary.models);
    let model = move || models.with_value(|models| models.get(place.get()).cloned());
    let requests = move || {
        let of_file = model().and_then(|model| model.requests).filter(|requests| *requests > 0.0);
        of_file.or_else(|| parse_number(&typed.get(), Unit::Plain("a month")).ok().filter(|it| *it >= 1.0))
    };
    let taken = Memo::new(move |_| Some((model()?, requests()?)));
    let engine = Memo::new(move |_| {
        let (model, requests) = taken.get()?;
        let case = page.case.get();
        let case = case.edited(|inputs| {
            for (record, value) in entries(&model, requests) {
                (record.set)(inputs, &value);
            }
        });
        Some(engine_sentence(&model, engine_bill(&answer::answer(&case))))
    });
    let take = move |_| {
        if let Some((model, requests)) = taken.get_untracked() {
            let said = format!("The usage of {} is taken over.", model.title());
            page.try_values(&entries(&model, requests), said);
        }
    };
    let asks = Memo::new(move |_| model().is_some_and(|model| model.requests.is_none_or(|it| it <= 0.0)));
    view! {
        {(models.with_value(Vec::len) > 1).then(|| model_choice(models, place))}
        <Show when=move || asks.get()>
            <label for="usage-requests">"The file does not count requests. How many in this month?"</label>
            <input
                type="text"
                inputmode="numeric"
                id="usage-requests"
                class="entry"
                autocomplete="off"
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </Show>
        <p id="usage-engine" prop:textContent=move || engine.get().unwrap_or_default() />
        <p class="row-buttons">
            <button type="button" class="solid" disabled=move || taken.with(Option::is_none) on:click=take>
                "Use these figures"
            </button>
        </p>
    }
}

fn model_choice(models: StoredValue<Vec<ModelUsage>>, place: RwSignal<usize>) -> AnyView {
    let option = |(place, model): (usize, &ModelUsage)| view! { <option value=place.to_string()>{model.title()}</option> };
    let options = models.with_value(|models| models.iter().enumerate().map(option).collect_view());
    let choose = move |event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            place.set(chosen);
        }
    };
    view! {
        <label>
            "The model to take over "
            <select id="usage-model" on:change=choose>
                {options}
            </select>
        </label>
    }
    .into_any()
}
