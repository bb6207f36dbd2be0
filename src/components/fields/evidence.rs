//! A measured quality, with what it says about the bar.

use leptos::prelude::*;

use super::bound::Bound;
use super::frame::{FieldFrame, Labelling};
use super::text::TextControl;
use crate::domain::evidence::{Evidence, QualityState};
use crate::domain::input::Value;

/// Evidence for one configuration.
#[component]
pub fn EvidenceField(field: Bound) -> impl IntoView {
    let sentence = move || {
        let bar = field.required_quality();
        match field.value.get() {
            Value::Evidence(Evidence::Untested) => String::new(),
            Value::Evidence(evidence) => QualityState::of(evidence, bar).sentence(bar),
            _ => String::new(),
        }
    };
    let beside = view! { <TextControl field placeholder="correct/total" /> };
    view! {
        <FieldFrame field labelling=Labelling::Control beside=beside.into_any()>
            <p class="hint" prop:textContent=sentence />
        </FieldFrame>
    }
}
