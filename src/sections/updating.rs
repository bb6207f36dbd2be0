//! The catalogue that a scenario was made with, where it is an earlier one: what has changed, and the way to the present.

use leptos::prelude::*;

use crate::browser::focus;
use crate::components::disclosure::Disclosure;
use crate::domain::update::Update;
use crate::state::Page;

/// So many changes are named, the rest counted.
const MOST_NAMED: usize = 40;

/// What has changed since, what updating would do, and the button that does it; nothing on the present catalogue.
#[component]
pub fn EarlierCatalogue() -> impl IntoView {
    let page = Page::get();
    let read = move |read: fn(&Update) -> String| {
        page.update.with(|update| update.as_deref().map(read).unwrap_or_default())
    };
    let can_update = Memo::new(move |_| {
        page.update.with(|update| update.as_deref().is_some_and(|one| one.outcome.is_ok()))
    });
    let is_any = Memo::new(move |_| {
        page.update.with(|update| update.as_deref().is_some_and(|update| !update.changes.is_empty()))
    });
    let step = move |_| {
        page.update_catalogue();
        focus::give("notices");
    };
    view! {
        <div class="earlier" data-testid="earlier-catalogue">
            <p>{move || read(|update| update.since())} " " {move || read(|update| update.effect().to_owned())}</p>
            <Show when=move || is_any.get()>
                <Disclosure summary=|| "What has changed">
                    <ul class="earlier-changes">{move || page.update.with(|update| {
                        let changes = update.iter().flat_map(|update| &update.changes).take(MOST_NAMED);
                        changes.map(|change| view! { <li>{change.to_string()}</li> }).collect_view()
                    })}</ul>
                    <p class="hint">{move || read(more)}</p>
                </Disclosure>
            </Show>
            <Show when=move || can_update.get()>
                <button type="button" class="link update-catalogue" on:click=step>
                    "Update to the present catalogue"
                </button>
            </Show>
        </div>
    }
}

/// How many changes are not named.
fn more(update: &Update) -> String {
    match update.changes.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!("and {more} more"),
    }
}
