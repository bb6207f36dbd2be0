//! Does this number matter: where another answer wins, beside where the slider stands.

use leptos::prelude::*;

use super::frame::number_words;
use super::slider_scale::SliderScale;
use crate::domain::flips::{Flip, Flips};
use crate::domain::input::{Input, Kind, Unit};
use crate::format::{count_short, percent, usd_short};
use crate::state::store;

/// The part of a slider's range in which another answer wins; nothing where there is none.
#[component]
pub fn FlipStrip(record: &'static Input, scale: SliderScale) -> impl IntoView {
    let flips = store().flips().of(record.id);
    let zones = move |flips: &Flips| {
        let below = flips.below.as_ref().map(|flip| zone(0.0, scale.share(flip.value)));
        let above = flips.above.as_ref().map(|flip| zone(scale.share(flip.value), 1.0));
        view! {
            <svg class="flip-strip" aria-hidden="true" focusable="false">
                <line class="axis" x1="0" x2="100%" y1="3" y2="3" />
                {below}
                {above}
            </svg>
        }
    };
    move || flips.get().filter(matters).map(|flips| zones(&flips))
}

fn zone(from: f64, to: f64) -> impl IntoView {
    let width = ((to - from) * 100.0).max(0.5);
    view! { <rect class="zone" x=format!("{:.2}%", from * 100.0) width=format!("{width:.2}%") y="0" height="6" /> }
}

/// The same in words; where no value in range changes the answer, that.
#[component]
pub fn FlipHint(record: &'static Input) -> impl IntoView {
    let flips = store().flips().of(record.id);
    let side = move |word: &'static str, flip: Flip| {
        view! {
            <span class="flip-hint">
                {format!("{word} ")} <strong class="of-rival">{flip_value_text(flip.value, record)}</strong>
                {format!(": {}", flip.verdict)}
            </span>
        }
    };
    move || {
        flips.get().map(|flips| match matters(&flips) {
            true => (
                flips.below.map(|flip| side("at or below", flip)),
                flips.above.map(|flip| side("from", flip)),
            )
                .into_any(),
            false => view! { <span class="flip-hint">"does not change the answer"</span> }.into_any(),
        })
    }
}

fn matters(flips: &Flips) -> bool {
    flips.below.is_some() || flips.above.is_some()
}

/// A flip value as it is said: short, in the unit of its input.
pub fn flip_value_text(value: f64, record: &Input) -> String {
    match record.kind {
        Kind::Number { unit: Unit::Share(_), .. } => percent(value),
        Kind::Number { unit: Unit::Usd(_), .. } => usd_short(value),
        Kind::Number { .. } => count_short(value),
        _ => number_words(value, record),
    }
}
