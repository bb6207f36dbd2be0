//! A number: a line of text for any value, and a strip to drag it along where its range makes sense.

use leptos::prelude::*;

use super::bound::Bound;
use super::frame::{FieldFrame, Labelling};
use super::slider_scale::SliderScale;
use super::strip::Strip;
use super::text::TextControl;
use crate::state::FlipBook;

/// A number.
#[component]
pub fn NumberField(field: Bound) -> impl IntoView {
    let beside = view! { <TextControl field placeholder="not set" keyboard="decimal" /> };
    view! {
        <FieldFrame field labelling=Labelling::Control beside=beside.into_any()>
            <Along field />
        </FieldFrame>
    }
}

/// What stands under a number: its strip, and in words where another answer begins.
#[component]
pub fn Along(field: Bound) -> impl IntoView {
    let record = field.record;
    let strip = SliderScale::of(record).map(|scale| view! { <Strip field scale /> });
    // Where it stands, room is kept for it.
    let hint = (strip.is_some() && FlipBook::stands_beside(record)).then(|| {
        let words = move || field.flip_sentence().unwrap_or_default();
        view! { <p class="hint flip-hint" prop:textContent=words /> }
    });
    view! {
        {strip}
        {hint}
    }
}
