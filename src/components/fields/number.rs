//! A number: a line of text for any value, a slider where its range makes sense.

use super::flip_strip::{flip_hint, flip_strip};
use super::frame::{Labelling, field_frame, usual_words};
use super::slider::slider;
use super::slider_scale::SliderScale;
use super::text::text_control;
use crate::browser::dom::El;
use crate::domain::input::Input;

/// A number.
pub fn number_field(record: &'static Input) -> El {
    let control = text_control(record, "not set").attr("inputmode", "decimal");
    let mut below = Vec::new();
    if let Some(scale) = SliderScale::of(record) {
        below.push(slider(record, scale));
        below.extend(flip_strip(record, scale));
    }
    let usual = usual_words(record).map_or(String::new(), |words| format!("Usually {words}. "));
    below.push(flip_hint(&usual, record));
    field_frame(record, Labelling::Control, Some(control), below)
}
