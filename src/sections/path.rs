//! The path: what each open measurement leads to, as a small tree whose states can be opened and tried.

mod pilots;
mod state;
mod tree;

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{Tree, tree};
use crate::components::anew::Anew;
use crate::components::behind::behind;
use crate::domain::answer::{Answer, Path, paths};
use crate::domain::case::Case;
use crate::state::Page;
use pilots::OtherTests;
use state::{HEADING, StateDetail};
use tree::PathList;

/// The states and their picture.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    paths: Vec<Path>,
    tree: Tree,
}

/// The section; where nothing leads on, its title says so.
#[component]
pub fn PathTree() -> impl IntoView {
    let page = Page::get();
    let drawn = follow(page);
    let opened = RwSignal::new(None::<usize>);
    // What was open belongs to the tree before.
    Effect::new(move |_| {
        drawn.track();
        opened.set(None);
    });
    let text = move |read: fn(&Tree) -> &String| {
        Memo::new(move |_| {
            drawn.with(|drawn| drawn.as_ref().map(|drawn| read(&drawn.tree).clone()).unwrap_or_default())
        })
    };
    let (deck, note) = (text(|tree| &tree.deck), text(|tree| &tree.note));
    let detail = move |place: usize, id: &'static str| {
        let path = drawn.with_untracked(|drawn| drawn.as_ref()?.paths.get(place).cloned())?;
        Some(view! { <StateDetail path id /> }.into_any())
    };
    let states =
        move || drawn.with(|drawn| drawn.as_ref().map(|drawn| drawn.paths.clone()).unwrap_or_default());
    view! {
        <section
            class="path"
            id="path"
            aria-labelledby=HEADING
            data-testid="paths"
            hidden=move || drawn.with(Option::is_none)
        >
            <h2 id=HEADING tabindex="-1" prop:textContent=text(|tree| &tree.title) />
            <p class="deck" prop:textContent=deck hidden=move || deck.with(String::is_empty) />
            <Anew of=move || drawn.get() let:drawn>
                {drawn.map(|drawn| view! { <PathList tree=drawn.tree.clone() opened detail /> })}
            </Anew>
            <div class="path-below">
                <Anew of=move || opened.get() let:place>
                    {place.and_then(|place| detail(place, "path-detail"))}
                </Anew>
            </div>
            <p class="path-note" prop:textContent=note hidden=move || note.with(String::is_empty) />
            <OtherTests states=Signal::derive(states) />
        </section>
    }
}

/// The tree of the page's case, a moment behind it.
fn follow(page: Page) -> RwSignal<Option<Arc<Drawn>>> {
    let source = move || (page.case.get(), page.answer.get());
    let draw = |(case, answer): &(Arc<Case>, Arc<Answer>)| {
        let paths = paths(case);
        tree(&paths, answer).map(|tree| Drawn { paths, tree })
    };
    behind(source, draw, || ())
}
