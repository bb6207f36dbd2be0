//! A slider beside a number's text.

use leptos::prelude::*;

use super::bound::{Bound, label_id};
use super::slider_scale::SliderScale;
use crate::domain::input::Value;

/// A slider for the sensible part of a number's range.
#[component]
pub fn Slider(field: Bound, scale: SliderScale) -> impl IntoView {
    let position = move || match field.value.get() {
        Value::Number(number) => scale.position(number),
        _ => 0,
    };
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
            max=scale.steps().to_string()
            step="1"
            aria-label=format!("{}, slider", field.record.label)
            aria-describedby=label_id(field.record)
            aria-valuetext=move || field.text.get()
            prop:value=move || position().to_string()
            on:input=slide
        />
    }
}
