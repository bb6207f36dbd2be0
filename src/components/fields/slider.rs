//! The thumb under a number's text.

use leptos::prelude::*;

use super::bound::{Bound, label_id};
use super::slider_scale::SliderScale;
use crate::domain::answer::input_words::spoken_words;
use crate::domain::input::Value;

/// The step at which the thumb of a number stands; followed.
pub fn thumb(field: Bound, scale: &SliderScale) -> u32 {
    match field.value.get() {
        Value::Number(number) => scale.position(number),
        _ => 0,
    }
}

/// A slider for the sensible part of a number's range.
#[component]
pub fn Slider(field: Bound, scale: SliderScale) -> impl IntoView {
    let (last, of_thumb) = (scale.steps().to_string(), scale.clone());
    let slide = move |event| {
        if let Ok(position) = event_target_value(&event).parse::<u32>() {
            field.put(&Value::Number(scale.value(position)));
        }
    };
    view! {
        <input
            type="range"
            class="slider"
            min="0"
            max=last
            step="1"
            aria-label=format!("{}, slider", field.record.label)
            aria-describedby=label_id(field.record)
            aria-valuetext=move || spoken_words(&field.value.get(), field.record)
            prop:value=move || thumb(field, &of_thumb).to_string()
            on:input=slide
        />
    }
}
