//! What figures are drawn with, and how the page looks.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::appearance::{DARK, NARROW, matches, on_change};
use crate::browser::echarts::{ChartProblem, load};
use crate::charts::Style;
use crate::components::printing::Printing;

/// What figures share: the bundle that draws, and the state of the page.
#[derive(Clone, Copy)]
pub struct Easel {
    /// What came of loading the bundle; `None` before that.
    pub bundle: RwSignal<Option<Result<(), ChartProblem>>>,
    /// Whether the page is being printed: what is not drawn by then shows its numbers instead.
    pub is_printing: Signal<bool>,
    dark: RwSignal<bool>,
    narrow: RwSignal<bool>,
}

impl Easel {
    /// An easel without the bundle.
    pub fn new() -> Easel {
        Easel {
            bundle: RwSignal::new(None),
            is_printing: Printing::state(),
            dark: follow_query(DARK),
            narrow: follow_query(NARROW),
        }
    }

    /// Load the bundle, unless it is there; where it did not arrive, try again.
    pub fn fetch(self) {
        if self.bundle.try_get_untracked().is_some_and(|bundle| bundle != Some(Ok(()))) {
            spawn_local(async move {
                let _ = self.bundle.try_set(Some(load().await));
            });
        }
    }

    /// How to draw; followed.
    pub fn style(self) -> Style {
        Style { dark: self.dark.get(), narrow: self.narrow.get() }
    }
}

impl Default for Easel {
    fn default() -> Self {
        Easel::new()
    }
}

fn follow_query(query: &str) -> RwSignal<bool> {
    let state = RwSignal::new(matches(query));
    on_change(query, move |now| {
        let _ = state.try_set(now);
    });
    state
}
