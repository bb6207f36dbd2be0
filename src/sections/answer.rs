//! The answer: verdict, confidence, what would change it, and the pilots.

mod flips;
mod pilots;

use leptos::prelude::*;

use crate::components::spans::Spans;
use crate::domain::input::input;
use crate::state::store;
use flips::FlipList;
use pilots::PilotList;

/// The verdict and what belongs to it.
#[component]
pub fn Answer() -> impl IntoView {
    let store = store();
    let headline = store.read(|evaluation| evaluation.advice.headline.clone());
    let lede = store.read(|evaluation| evaluation.advice.lede.clone());
    view! {
        <section class="answer" aria-labelledby="headline">
            <div aria-live="polite" aria-atomic="true">
                <h1 id="headline" data-testid="headline">{move || headline.get()}</h1>
            </div>
            <p class="lede" data-testid="lede">
                <Spans spans=lede />
            </p>
            <WrongFields />
            <Sureness />
            <Relaxations />
            <FlipList />
            <PilotList />
        </section>
    }
}

/// Said while a field is wrong: what is shown is the last valid answer.
#[component]
fn WrongFields() -> impl IntoView {
    let store = store();
    let errors = store.errors();
    let ids = Memo::new(move |_| {
        errors.with(|errors| errors.iter().map(|error| error.id.clone()).collect::<Vec<_>>())
    });
    let line = move || {
        let ids = ids.get();
        let count = match ids.len() {
            0 => return None,
            1 => "1 field needs".to_owned(),
            count => format!("{count} fields need"),
        };
        let fields = ids.iter().filter_map(|id| input(id)).map(|record| {
            view! {
                <button type="button" class="link" on:click=move |_| store.attention().set(Some(record.id))>
                    {record.label}
                </button>
                " "
            }
        });
        Some(view! {
            <p class="wrong-fields">{format!("Showing the last valid answer; {count} attention: ")} {fields.collect_view()}</p>
        })
    };
    view! { <div role="status" data-testid="wrong-fields">{line}</div> }
}

#[component]
fn Sureness() -> impl IntoView {
    let store = store();
    let sure = store.read(|evaluation| evaluation.advice.confidence);
    let reasons = store.read(|evaluation| evaluation.advice.confidence_reasons.join(" · "));
    view! {
        <p class="confidence" data-testid="confidence">
            "Confidence: " <b>{move || sure.get().label()}</b>
            {move || reasons.with(|reasons| (!reasons.is_empty()).then(|| format!(" · {reasons}")))}
        </p>
    }
}

/// What to relax where nothing fits.
#[component]
fn Relaxations() -> impl IntoView {
    let store = store();
    let relaxations = store.read(|evaluation| evaluation.advice.relaxations.clone());
    move || {
        let relaxations = relaxations.get();
        (!relaxations.is_empty()).then(|| {
            view! {
                <div class="relaxations">
                    <h2>"What would let something in"</h2>
                    <ul>{relaxations.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
                </div>
            }
        })
    }
}
