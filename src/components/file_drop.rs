//! A place for files: dropped on it, or chosen by keyboard.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;

use crate::browser::file::{ChosenFile, chosen, dropped};

/// A framed place that takes files both ways; what was taken is told elsewhere.
#[component]
pub fn FileDrop(
    /// Id of the control.
    id: &'static str,
    /// What may be dropped or chosen here.
    label: &'static str,
    /// The kinds of files that the browser offers, as the attribute has them.
    accept: &'static str,
    /// Whether several belong together.
    #[prop(optional)]
    multiple: bool,
    /// Id of what says what is wrong with them.
    problem: &'static str,
    /// Called with what was dropped or chosen; there may be nothing.
    taken: impl Fn(Vec<ChosenFile>) + Copy + 'static,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let over = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        taken(dropped(&event));
    };
    view! {
        <p
            class="drop"
            class:is-over=is_over
            on:dragover=over
            on:dragleave=move |_| is_over.set(false)
            on:drop=drop
        >
            <label for=id>{label}</label>
            <input
                type="file"
                id=id
                multiple=multiple
                accept=accept
                aria-describedby=problem
                on:change=move |event: Event| taken(chosen(&event))
            />
        </p>
    }
}
