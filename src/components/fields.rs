//! One field for one record of the input registry, whatever its kind.

mod choice;
mod evidence;
mod flag;
mod flip_strip;
mod flip_words;
mod frame;
mod help;
mod number;
mod providers;
mod row;
mod row_options;
mod slider;
mod slider_scale;
mod text;

pub use flip_words::{flip_words, from_words, value_words};
pub use frame::unit_words;
pub use help::explain_fields;

use crate::browser::dom::El;
use crate::domain::input::{Input, Kind};

/// Everything about one input: label, control, help, error and reset.
pub fn input_field(record: &'static Input) -> El {
    match record.kind {
        Kind::Number { .. } => number::number_field(record),
        Kind::Choice { options } => choice::choice_field(record, options),
        Kind::Flag => flag::flag_field(record),
        Kind::Evidence => evidence::evidence_field(record),
        Kind::Month => text::month_field(record),
        Kind::Row(table) => row::row_field(record, table),
        Kind::Providers => providers::providers_field(record),
    }
}
