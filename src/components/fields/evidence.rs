//! A measured quality, with what it says about the bar.

use leptos::prelude::*;

use super::frame::FieldFrame;
use super::text::TextControl;
use crate::domain::evidence::QualityState;
use crate::domain::input::{Input, Value};
use crate::state::store;

/// Evidence for one configuration.
#[component]
pub fn EvidenceField(record: &'static Input) -> impl IntoView {
    let inputs = store().inputs();
    let sentence = Memo::new(move |_| {
        inputs.with(|inputs| match (record.get)(inputs) {
            Value::Evidence(evidence) => {
                let bar = inputs.quality.required_quality;
                QualityState::of(evidence, bar).sentence(bar)
            }
            _ => String::new(),
        })
    });
    view! {
        <FieldFrame record beside=move || view! { <TextControl record class="entry" placeholder="correct/total" /> }>
            <p class="hint">{move || sentence.get()}</p>
        </FieldFrame>
    }
}
