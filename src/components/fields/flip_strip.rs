//! Does this input matter: where another answer wins, beside where the slider stands.

use leptos::prelude::*;

use super::slider_scale::SliderScale;
use super::words::flip_words;
use crate::components::anew::Anew;
use crate::domain::answer::{Flip, Flips, Side};
use crate::domain::input::{Input, Value};

/// The part of a slider's range in which another answer wins; blank where there is none or as long as none
/// is found, so that nothing moves when one is.
#[component]
pub fn FlipStrip(flips: Memo<Option<Flips>>, scale: SliderScale) -> impl IntoView {
    let zones = move || {
        let flips = flips.get().filter(|flips| !flips.found.is_empty())?;
        Some(zones(&flips, scale))
    };
    view! {
        <svg class="flip-strip" aria-hidden="true" focusable="false">
            {zones}
        </svg>
    }
}

fn zones(flips: &Flips, scale: SliderScale) -> AnyView {
    let side = |side: Side, end: f64| match flips.on(side).map(|flip| &flip.to) {
        Some(Value::Number(at)) => Some(zone(scale.share(*at), end)),
        _ => None,
    };
    view! {
        <line class="axis" x1="0" x2="100%" y1="4" y2="4" />
        {side(Side::Below, 0.0)}
        {side(Side::Above, 1.0)}
    }
    .into_any()
}

/// The part between a flip value and the end of the range, with an edge at the value.
fn zone(edge: f64, end: f64) -> AnyView {
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    let (left, width, at) = (percent(edge.min(end)), percent((end - edge).abs()), percent(edge));
    let at_end = at.clone();
    view! {
        <rect class="zone" x=left width=width y="0" height="8" />
        <line class="edge" x1=at x2=at_end y1="0" y2="8" />
    }
    .into_any()
}

/// The same in words, after the usual values of a number.
#[component]
pub fn FlipHint(usual: String, record: &'static Input, flips: Memo<Option<Flips>>) -> impl IntoView {
    view! {
        <p class="hint flip-hint">
            {usual}
            <Anew of=move || flips.get() let:flips>
                {flips.map(|flips| words(&flips, record))}
            </Anew>
        </p>
    }
}

fn words(flips: &Flips, record: &Input) -> AnyView {
    let strong = |text: String| view! { <strong class="of-rival">{text}</strong> };
    // One value for each side, the one that the strip shows; every option.
    let is_said = |flip: &&Flip| flip.side == Side::At || flips.on(flip.side) == Some(*flip);
    let mut values = flips.found.iter().filter(is_said).map(|flip| strong(flip_words(flip, record)));
    let Some(first) = values.next() else {
        return view! { <span>"Does not change the answer."</span> }.into_any();
    };
    let others = values.map(|value| view! { ", " {value} }).collect_view();
    view! { <span>"Another answer with " {first} {others} "."</span> }.into_any()
}
