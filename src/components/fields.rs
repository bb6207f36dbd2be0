//! One field for one record of the input registry, whatever its kind.

mod bound;
mod choice;
mod evidence;
mod flag;
mod frame;
mod help;
mod names;
mod number;
mod question;
mod row;
mod row_options;
mod slider;
mod slider_scale;
mod strip;
mod text;

pub use crate::domain::answer::input_words::{flip_words, from_words, unit_words, value_words};
pub use question::{Asked, QuestionField};

use leptos::prelude::*;

use crate::domain::input::{Input, Kind};
use crate::state::Page;
use bound::Bound;
use choice::ChoiceField;
use evidence::EvidenceField;
use flag::FlagField;
use names::NamesField;
use number::NumberField;
use row::RowField;
use text::MonthField;

/// Everything about one input: label, control, help, error and reset.
#[component]
pub fn InputField(record: &'static Input) -> impl IntoView {
    let field = Bound::to(Page::get(), record);
    match record.kind {
        Kind::Number { .. } => view! { <NumberField field /> }.into_any(),
        Kind::Choice { options } => view! { <ChoiceField field options /> }.into_any(),
        Kind::Flag => view! { <FlagField field /> }.into_any(),
        Kind::Evidence => view! { <EvidenceField field /> }.into_any(),
        Kind::Month => view! { <MonthField field /> }.into_any(),
        Kind::Row(table) => view! { <RowField field table /> }.into_any(),
        Kind::Names(table) => view! { <NamesField field table /> }.into_any(),
    }
}
