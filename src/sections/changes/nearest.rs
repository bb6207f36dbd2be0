//! What would change the answer: the nearest values at which the verdict is another, each to click.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::fields::{flip_words, from_words, unit_words};
use crate::domain::answer::Flip;
use crate::domain::input::{Input, Kind, input};
use crate::domain::units::Unit;
use crate::state::{FlipBook, Page, Progress};

/// The nearest flips of all inputs.
#[component]
pub fn FlipList() -> impl IntoView {
    let flips = Page::get().flips;
    let progress = flips.progress();
    let nearest = flips.nearest();
    view! {
        <section
            class="flips"
            aria-labelledby="flips-heading"
            data-testid="flips"
            class:is-searching=move || progress.get() == Progress::Begun
            aria-busy=move || (progress.get() != Progress::Done).to_string()
        >
            <h2 id="flips-heading">"What would change the answer"</h2>
            <p class="searching" prop:textContent=move || status(progress.get()) />
            <p class="hint">
                <span prop:textContent=move || summary(flips) /> " " <a href="#changes">"All inputs"</a>
            </p>
            <ul class="nearest">
                <Anew of=move || nearest.get() let:nearest>
                    {nearest.into_iter().filter_map(|(id, flip)| nearest_item(id, flip)).collect_view()}
                </Anew>
            </ul>
        </section>
    }
}

fn status(progress: Progress) -> &'static str {
    match progress {
        Progress::Begun => "looking…",
        Progress::Likely => "nearest so far; looking further…",
        Progress::Done => "nearest first; choose one to try it",
    }
}

/// How many inputs could change it at all; followed.
fn summary(flips: FlipBook) -> String {
    if flips.progress().get() != Progress::Done {
        return "Looking at every input in turn.".to_owned();
    }
    let all = flips.all();
    let changing = all.iter().filter(|(_, flips)| !flips.found.is_empty()).count();
    match changing {
        0 => format!("No single one of {} inputs changes the answer within its range.", all.len()),
        _ => format!("{changing} of {} inputs would change it, each alone.", all.len()),
    }
}

/// A flip to click, and the verdict that it leads to; nothing where there is no such input.
pub fn nearest_item(id: &str, flip: Flip) -> Option<AnyView> {
    let record = input(id)?;
    let (kind, verdict) = (flip.kind.label(), flip.verdict());
    let item = view! {
        <li data-kind=kind>
            <FlipButton record flip />
            <p class="flip-to">
                {format!("{verdict} ")} <span class="flip-kind">{kind}</span>
            </p>
        </li>
    };
    Some(item.into_any())
}

/// Sets the value when it is clicked.
#[component]
pub fn FlipButton(record: &'static Input, flip: Flip) -> impl IntoView {
    let page = Page::get();
    let (to, words) = (flip.to.clone(), flip_words(&flip, record));
    let unit = counted_in(record).map(|unit| view! { <span class="unit">{format!("{unit} ")}</span> });
    let from = move || from_words(&flip, &page.value_of(record), record);
    view! {
        <button type="button" class="flip" data-flip=record.id on:click=move |_| page.put(record, &to)>
            {format!("{} ", record.label)} {unit} <span prop:textContent=from /> " → "
            <b>{words}</b>
        </button>
    }
}

/// The unit, where the value does not say it itself.
fn counted_in(record: &Input) -> Option<String> {
    let is_plain = matches!(record.kind, Kind::Number { unit: Unit::Plain(_), .. });
    unit_words(record).filter(|_| is_plain)
}
