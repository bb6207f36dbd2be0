//! One field for one record of the input registry, whatever its kind.

mod choice;
mod evidence;
mod flag;
mod flip_strip;
mod flip_value;
mod frame;
mod number;
mod providers;
mod row;
mod row_options;
mod slider;
mod slider_scale;
mod text;

pub use flip_value::FlipValue;
pub use frame::number_words;

use leptos::prelude::*;

use crate::domain::input::{Input, Kind};

/// Everything about one input: label, control, help, error and reset.
#[component]
pub fn InputField(record: &'static Input) -> impl IntoView {
    match record.kind {
        Kind::Number { .. } => view! { <number::NumberField record /> }.into_any(),
        Kind::Choice { options } => view! { <choice::ChoiceField record options /> }.into_any(),
        Kind::Flag => view! { <flag::FlagField record /> }.into_any(),
        Kind::Evidence => view! { <evidence::EvidenceField record /> }.into_any(),
        Kind::Month => view! { <text::MonthField record /> }.into_any(),
        Kind::Row(table) => view! { <row::RowField record table /> }.into_any(),
        Kind::Providers => view! { <providers::ProvidersField record /> }.into_any(),
    }
}
