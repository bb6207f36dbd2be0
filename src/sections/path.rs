//! What each open measurement and the next volume lead to, as a list.

mod pilots;

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::answer::{Path, paths};
use crate::state::Page;
use pilots::PilotList;

/// Opened on demand: it decides once for each state.
#[component]
pub fn PathTree() -> impl IntoView {
    view! {
        <section class="path" id="path" aria-labelledby="paths-heading" data-testid="paths">
            <h2 id="paths-heading">"Where each answer leads"</h2>
            <PilotList />
            <Disclosure summary=|| "What is decided if a measurement passes or fails, or the volume grows">
                <PathList />
            </Disclosure>
        </section>
    }
}

#[component]
fn PathList() -> impl IntoView {
    let page = Page::get();
    view! {
        <div>
            <Anew of=move || page.case.with(|case| paths(case)) let:paths>
                <ul class="path-states">{state(&paths, 0, "Now".to_owned())}</ul>
            </Anew>
        </div>
    }
}

/// A state, and below it those that its branches lead to; a state leads to later ones only.
fn state(paths: &[Path], place: usize, event: String) -> Option<AnyView> {
    let path = paths.get(place)?;
    let branches = path.state.branches.iter().zip(&path.events);
    let below: Vec<AnyView> = branches
        .filter(|(branch, _)| branch.to > place)
        .filter_map(|(branch, event)| state(paths, branch.to, event.clone()))
        .collect();
    let said = |before: &str, text: &str| {
        (!text.is_empty()).then(|| view! { <p class="path-detail">{format!("{before}{text}.")}</p> })
    };
    let others = path.state.others.join("; ");
    let item = view! {
        <li>
            <p>
                <span class="path-event">{format!("{event}: ")}</span>
                <b>{path.verdict.clone()}</b>
            </p>
            {said("It takes ", &path.takes)}
            {said("Why: ", &path.reason)}
            {said("Next: ", &path.question)}
            {said("Also open: ", &others)}
            {(!below.is_empty()).then(|| view! { <ul>{below}</ul> })}
        </li>
    };
    Some(item.into_any())
}
