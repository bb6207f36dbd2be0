//! What the present scenario can be compared with, of that which is not kept: itself as it is now, and the examples.

use leptos::prelude::*;

use crate::browser::places;
use crate::domain::scenario::presets::{DEFAULT_NAME, PRESETS};
use crate::state::Page;

/// Id of the section that compares.
pub const COMPARISON: &str = "comparison";
/// Key of the option that stands for what is shown.
const PRESENT: &str = "present";
/// Key of the option that stands for the default.
const DEFAULT: &str = "default";

/// A choice that puts what is chosen beside what is shown, and goes there.
#[component]
pub fn CompareWith(
    /// Called once something was chosen.
    after: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let page = Page::get();
    let choose = move |event| {
        let id = event_target_value(&event);
        match PRESETS.iter().find(|preset| preset.id == id) {
            Some(preset) => page.compare_example(Some(preset)),
            None if id == DEFAULT => page.compare_example(None),
            None if id == PRESENT => page.compare_present(),
            None => return,
        }
        after();
        places::go(COMPARISON, None);
    };
    let examples = PRESETS.iter().map(|preset| view! { <option value=preset.id>{preset.name}</option> });
    view! {
        <label class="author" for="compare-with">
            "Compare what is shown with"
        </label>
        // The first option stands again once something was chosen: a change is a choice.
        <select
            id="compare-with"
            disabled=move || !page.can_compare()
            prop:value=move || {
                page.compared.track();
                String::new()
            }
            on:change=choose
        >
            <option value="">"Choose"</option>
            <option value=PRESENT>"Itself, as it is now"</option>
            <option value=DEFAULT>{DEFAULT_NAME}</option>
            {examples.collect_view()}
        </select>
    }
}
