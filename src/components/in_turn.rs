//! Parts of a page that are built one after the other, so that what is seen first does not wait for them.

use std::cell::Cell;
use std::rc::Rc;

use leptos::children::ViewFn;
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::nearness::Nearness;
use crate::browser::timing::{after_paint, next_turn, when_idle};

/// Parts that are built from the first to the last: each once nothing else waits, or at once where the reader is
/// near its place.
///
/// A part is put behind those that are there, so that it moves none of them. All are built before the page is
/// printed.
#[component]
pub fn InTurn(parts: Vec<ViewFn>) -> impl IntoView {
    let count = parts.len();
    let built = RwSignal::new(0_usize);
    let turn = Turn::provide();
    let end = NodeRef::<Div>::new();
    build(count, built, turn, end);
    let print = window_event_listener(ev::beforeprint, move |_| {
        let _ = built.try_set(count);
    });
    on_cleanup(move || print.remove());
    let part = |(place, part): (usize, ViewFn)| {
        view! { <Show when=move || { built.get() > place }>{part.run()}</Show> }
    };
    view! {
        {parts.into_iter().enumerate().map(part).collect_view()}
        <Show when=move || built.get() < count>
            <div node_ref=end></div>
        </Show>
    }
}

/// Build the parts after the next picture; `end` stands where the next one comes.
fn build(count: usize, built: RwSignal<usize>, turn: Turn, end: NodeRef<Div>) {
    let is_near = Rc::new(Cell::new(false));
    let seen = Rc::clone(&is_near);
    Effect::new(move |before: Option<Option<Nearness>>| {
        before.flatten().or_else(|| {
            let seen = Rc::clone(&seen);
            end.get().and_then(|end| Nearness::of(&end, move |is_near| seen.set(is_near)))
        })
    });
    after_paint(move || spawn_local(build_all(count, built, turn, is_near)));
}

async fn build_all(count: usize, built: RwSignal<usize>, turn: Turn, is_near: Rc<Cell<bool>>) {
    while built.try_get_untracked().is_some_and(|built| built < count) {
        match is_near.get() {
            true => next_turn().await,
            false => when_idle().await,
        }
        if turn.is_free() {
            let _ = built.try_update(|built| *built = (*built + 1).min(count));
        }
    }
}

/// The turn of a part: the next one is not built while it is held.
#[derive(Clone, Copy)]
pub struct Turn(StoredValue<bool>);

impl Turn {
    fn provide() -> Turn {
        let turn = Turn(StoredValue::new(false));
        provide_context(turn);
        turn
    }

    /// Hold the turn of the part that is being built, until it is passed on.
    pub fn hold() -> Turn {
        let turn = use_context::<Turn>().unwrap_or_else(|| Turn(StoredValue::new(false)));
        turn.0.set_value(true);
        turn
    }

    /// Let the next part be built.
    pub fn pass(self) {
        let _ = self.0.try_update_value(|is_held| *is_held = false);
    }

    fn is_free(self) -> bool {
        self.0.try_get_value() == Some(false)
    }
}
