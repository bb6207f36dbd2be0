//! A result of what is asked first, looked at before anybody has it.

use leptos::prelude::*;

use crate::browser::focus;
use crate::charts::Intervals;
use crate::components::anew::Anew;
use crate::domain::answer::answer;
use crate::domain::evidence::Evidence;
use crate::domain::input::{Value, input};
use crate::domain::units::words::count_exact;
use crate::state::Page;

/// Id of the section's heading: it takes the focus of the button, which goes with its result.
pub const HEADING: &str = "evidence-heading";

/// A choice of results; the one that is chosen is drawn in its row, and nothing else of the page follows it.
#[component]
pub fn TryResult(drawn: Memo<Intervals>, tried: RwSignal<Option<Evidence>>) -> impl IntoView {
    let offered = move || drawn.with(|one| one.results.clone());
    let name = move || {
        let first = drawn.with(|one| Some(one.rows.iter().find(|row| row.id == one.first)?.name.clone()));
        format!("Try a result for {}:", first.unwrap_or_default())
    };
    view! {
        <div
            class="try-result"
            role="radiogroup"
            aria-labelledby="try-result-name"
            data-testid="try-result"
            hidden=move || offered().is_empty()
        >
            <span id="try-result-name" prop:textContent=name />
            <Anew of=offered let:results>
                <Choice result=None tried />
                {results
                    .into_iter()
                    .map(|result| view! { <Choice result=Some(result) tried /> })
                    .collect_view()}
            </Anew>
        </div>
        <div aria-live="polite">
            <Anew of=move || tried.get() let:result>
                {result.map(|result| view! { <Consequence result drawn /> })}
            </Anew>
        </div>
    }
}

#[component]
fn Choice(result: Option<Evidence>, tried: RwSignal<Option<Evidence>>) -> impl IntoView {
    let words = result.map_or_else(|| "none".to_owned(), counts);
    let key = result.map_or_else(|| "none".to_owned(), Evidence::format);
    view! {
        <label>
            <input
                type="radio"
                name="try-result"
                value=key
                prop:checked=move || tried.get() == result
                on:change=move |_| tried.set(result)
            />
            <span>{words}</span>
        </label>
    }
}

/// What would be decided then, and the way to say that it is so.
#[component]
fn Consequence(result: Evidence, drawn: Memo<Intervals>) -> impl IntoView {
    let page = Page::get();
    let record = drawn.with_untracked(|one| input(one.first))?;
    let value = Value::Evidence(result);
    let then = page.case.with_untracked(|case| case.edited(|inputs| (record.set)(inputs, &value)));
    let headline = answer(&then).verdict.headline;
    let said = format!("Now with {} right.", counts(result));
    let take = move |_| {
        page.try_values(&[(record, value.clone())], said.clone());
        focus::give(HEADING);
    };
    Some(view! {
        <p class="try-then" data-testid="try-then">
            {format!("With {} right: ", counts(result))} <b>{headline}</b> " "
            <button type="button" class="link" data-testid="take-result" on:click=take>
                "Take it over"
            </button>
        </p>
    })
}

fn counts(result: Evidence) -> String {
    match result {
        Evidence::Counted { correct, total } => {
            format!("{} of {}", count_exact(f64::from(correct)), count_exact(f64::from(total)))
        }
        other => other.format(),
    }
}
