//! The last rows of the page, folded: why, plan, hardware, sources and method.

use leptos::prelude::*;

use super::fit::Hardware;
use super::method::Method;
use super::plan::Plan;
use super::why::Why;

/// All four.
#[component]
pub fn Folds() -> impl IntoView {
    view! {
        <section class="folds" aria-label="More">
            <Why />
            <Plan />
            <Hardware />
            <Method />
        </section>
    }
}
