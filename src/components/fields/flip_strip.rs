//! Does this number matter: where another answer wins, beside where the slider stands.

use leptos::prelude::*;

use super::flip_value::FlipValue;
use super::slider_scale::SliderScale;
use crate::domain::flips::Flips;
use crate::domain::input::Input;
use crate::state::store;

/// The part of a slider's range in which another answer wins; nothing where there is none.
#[component]
pub fn FlipStrip(record: &'static Input, scale: SliderScale) -> impl IntoView {
    let flips = store().flips().of(record.id);
    let zones = move |flips: &Flips| {
        let below = flips.below.as_ref().map(|flip| zone(scale.share(flip.value), 0.0));
        let above = flips.above.as_ref().map(|flip| zone(scale.share(flip.value), 1.0));
        view! {
            <svg class="flip-strip" aria-hidden="true" focusable="false">
                <line class="axis" x1="0" x2="100%" y1="4" y2="4" />
                {below}
                {above}
            </svg>
        }
    };
    move || flips.get().filter(matters).map(|flips| zones(&flips))
}

/// The part between a flip value and the end of the range, with an edge at the value.
fn zone(edge: f64, end: f64) -> impl IntoView {
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    let x = percent(edge);
    view! {
        <rect class="zone" x=percent(edge.min(end)) width=percent((end - edge).abs()) y="0" height="8" />
        <line class="edge" x1=x.clone() x2=x y1="0" y2="8" />
    }
}

/// The same in words; where no value in range changes the answer, that.
#[component]
pub fn FlipHint(record: &'static Input) -> impl IntoView {
    let flips = store().flips().of(record.id);
    let value = |words: String| view! { <strong class="of-rival">{words}</strong> };
    let hint = move |flips: Flips| {
        let below = flips.below.map(|flip| value(FlipValue::below(&flip, record).words));
        let above = flips.above.map(|flip| value(FlipValue::above(&flip, record).words));
        match (below, above) {
            (None, None) => "Does not change the answer.".into_any(),
            (Some(below), None) => view! { "The answer changes from " {below} " down." }.into_any(),
            (None, Some(above)) => view! { "The answer changes from " {above} " up." }.into_any(),
            (Some(below), Some(above)) => {
                view! { "The answer changes from " {below} " down and from " {above} " up." }.into_any()
            }
        }
    };
    move || flips.get().map(hint)
}

fn matters(flips: &Flips) -> bool {
    flips.below.is_some() || flips.above.is_some()
}
