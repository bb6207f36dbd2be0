//! The verdict as a picture: all twelve strategies on one dollar axis, and the table behind it.

use leptos::prelude::*;

use crate::sections::strategies::StrategyTable;

/// The picture and the table.
#[component]
pub fn Twelve() -> impl IntoView {
    view! {
        <section class="twelve" id="all">
            <StrategyTable />
        </section>
    }
}
