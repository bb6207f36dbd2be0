//! A number: a line of text for any value, a slider where its range makes sense.

use leptos::prelude::*;

use super::bound::Bound;
use super::flip_strip::{FlipHint, FlipStrip};
use super::frame::{FieldFrame, Labelling};
use super::slider::Slider;
use super::slider_scale::SliderScale;
use super::text::TextControl;
use super::words::usual_words;
use crate::state::FlipBook;

/// A number.
#[component]
pub fn NumberField(field: Bound) -> impl IntoView {
    let record = field.record;
    let beside = view! { <TextControl field placeholder="not set" keyboard="decimal" /> };
    // Where it stands beside a slider, room is kept for it.
    let shows_flips = FlipBook::stands_beside(record);
    let slider = SliderScale::of(record).map(|scale| {
        view! {
            <Slider field scale />
            {shows_flips.then(|| view! { <FlipStrip flips=field.flips scale /> })}
        }
    });
    let usual = usual_words(record).map_or(String::new(), |words| format!("Usually {words}. "));
    let hint = match shows_flips {
        true => view! { <FlipHint usual record flips=field.flips /> }.into_any(),
        false => view! { <p class="hint">{usual}</p> }.into_any(),
    };
    view! {
        <FieldFrame field labelling=Labelling::Control beside=beside.into_any()>
            {slider}
            {hint}
        </FieldFrame>
    }
}
