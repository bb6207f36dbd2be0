//! A number: a line of text for any value, a slider where its range makes sense.

use leptos::prelude::*;

use super::flip_strip::{FlipHint, FlipStrip};
use super::frame::{FieldFrame, usual_words};
use super::slider::Slider;
use super::slider_scale::SliderScale;
use super::text::TextControl;
use crate::domain::input::Input;

/// A number.
#[component]
pub fn NumberField(record: &'static Input) -> impl IntoView {
    let control =
        move || view! { <TextControl record class="entry" keyboard="decimal" placeholder="not set" /> };
    let slider = SliderScale::of(record).map(|scale| {
        view! {
            <Slider record scale />
            <FlipStrip record scale />
        }
    });
    view! {
        <FieldFrame record beside=control>
            {slider}
            <p class="hint">
                {usual_words(record).map(|words| format!("Usually {words}. "))} <FlipHint record />
            </p>
        </FieldFrame>
    }
}
