//! One of a few options: side by side where they are few and short, else in a list.

use super::frame::{Labelling, error_id, field_frame, input_id, label_id};
use crate::browser::dom::{El, el};
use crate::domain::input::Input;
use crate::state::store;

type Options = &'static [(&'static str, &'static str)];

/// More options than this stand in a list.
const MOST_SEGMENTS: usize = 5;
/// Options longer than this stand in a list.
const LONGEST_SEGMENT: usize = 24;

/// A choice.
pub fn choice_field(record: &'static Input, options: Options) -> El {
    let is_short = options.iter().all(|(_, label)| label.chars().count() <= LONGEST_SEGMENT);
    if options.len() <= MOST_SEGMENTS && is_short {
        field_frame(record, Labelling::Group, None, vec![segments(record, options)])
    } else {
        let list = select(record).children(options.iter().map(|(id, label)| option(record, id, label)));
        field_frame(record, Labelling::Control, None, vec![list])
    }
}

fn segments(record: &'static Input, options: Options) -> El {
    let store = store();
    let segment = |(id, label): &(&'static str, &'static str)| {
        let id = *id;
        let control = el("input")
            .attrs(&[
                ("type", "radio"),
                ("name", record.id),
                ("id", &format!("{}-{id}", input_id(record))),
                ("value", id),
            ])
            .live_state("checked", move || store.text_of(record) == id)
            .on("change", move |_| store.type_in(record, id));
        el("label").class("segment").child(control).child(el("span").text(label))
    };
    el("div")
        .attrs(&[
            ("class", "segments"),
            ("role", "radiogroup"),
            ("id", &input_id(record)),
            ("aria-labelledby", &label_id(record)),
        ])
        .live_attr("aria-describedby", move || store.is_wrong(record.id).then(|| error_id(record)))
        .children(options.iter().map(segment))
}

/// A list to choose from; its options come after.
pub fn select(record: &'static Input) -> El {
    let store = store();
    el("select")
        .attr("id", &input_id(record))
        .live_attr("aria-describedby", move || store.is_wrong(record.id).then(|| error_id(record)))
        .on_value("change", move |chosen| store.type_in(record, &chosen))
}

/// An option of such a list.
pub fn option(record: &'static Input, id: &str, label: &str) -> El {
    let store = store();
    let value = id.to_owned();
    el("option").attr("value", id).text(label).live_state("selected", move || store.text_of(record) == value)
}
