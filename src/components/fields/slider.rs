//! A slider beside a number's text.

use leptos::prelude::*;

use super::frame::label_id;
use super::slider_scale::SliderScale;
use crate::domain::input::{Input, Value};
use crate::state::store;

/// A slider for the sensible part of a number's range.
#[component]
pub fn Slider(record: &'static Input, scale: SliderScale) -> impl IntoView {
    let store = store();
    let text = store.text_of(record);
    let inputs = store.inputs();
    let position = Memo::new(move |_| match inputs.with(|inputs| (record.get)(inputs)) {
        Value::Number(number) => scale.position(number),
        _ => 0,
    });
    view! {
        <input
            type="range"
            class="slider"
            min="0"
            max=scale.steps().to_string()
            step="1"
            aria-label=format!("{}, slider", record.label)
            aria-describedby=label_id(record)
            aria-valuetext=move || text.get()
            prop:value=move || position.get().to_string()
            on:input=move |event| {
                if let Ok(position) = event_target_value(&event).parse::<u32>() {
                    store.put(record, &Value::Number(scale.value(position)));
                }
            }
        />
    }
}
