//! How to find out: what is measured, the accuracy that the costs ask for, and how many examples prove a bar.

mod calculator;
mod measured;
mod sizes;

use leptos::prelude::*;

use calculator::Calculator;
use measured::Measured;
use sizes::Sizes;

/// Evidence, the bar from its economics, and sizes of evaluations.
#[component]
pub fn FindOut() -> impl IntoView {
    view! {
        <section class="find-out" aria-labelledby="find-out-heading" data-testid="find-out">
            <h2 id="find-out-heading">"How to find out"</h2>
            <p class="hint">
                "No quality is guessed here. What counts is your own evaluation: right answers of so many examples, \
                 with the range that the true rate lies in with 95\u{a0}% confidence (Wilson 1927)."
            </p>
            <h3>"What is measured"</h3>
            <Measured />
            <h3>"The accuracy that your costs ask for"</h3>
            <Calculator />
            <h3>"How many examples it takes"</h3>
            <Sizes />
        </section>
    }
}
