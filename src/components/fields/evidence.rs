//! A measured quality, with what it says about the bar.

use super::frame::{Labelling, field_frame};
use super::text::text_control;
use crate::browser::dom::{El, el};
use crate::domain::evidence::QualityState;
use crate::domain::input::{Input, Value};
use crate::state::store;

/// Evidence for one configuration.
pub fn evidence_field(record: &'static Input) -> El {
    let store = store();
    let sentence = move || {
        let bar = store.inputs().with(|inputs| inputs.quality.required_quality);
        match store.value_of(record) {
            Value::Evidence(evidence) => QualityState::of(evidence, bar).sentence(bar),
            _ => String::new(),
        }
    };
    let control = text_control(record, "correct/total");
    field_frame(record, Labelling::Control, Some(control), vec![el("p").class("hint").live(sentence)])
}
