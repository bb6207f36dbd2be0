//! A flip to click, in a few words.

use leptos::prelude::*;

use super::group::try_change;
use crate::browser::focus;
use crate::components::fields::{flip_words, from_words, unit_words};
use crate::domain::answer::Flip;
use crate::domain::input::{Input, Kind, input};
use crate::domain::units::Unit;
use crate::state::Page;

/// A flip to click, and the verdict that it leads to; the focus goes to the element of the id `back`. Nothing where
/// there is no such input.
pub fn nearest_item(id: &str, flip: Flip, back: String) -> Option<AnyView> {
    let record = input(id)?;
    let (kind, verdict) = (flip.kind.label(), flip.verdict());
    let item = view! {
        <li>
            <FlipButton record flip back />
            <p class="flip-to">
                {format!("{verdict} ")} <span class="flip-kind">{kind}</span>
            </p>
        </li>
    };
    Some(item.into_any())
}

/// Sets the value when it is clicked.
#[component]
pub fn FlipButton(
    record: &'static Input,
    flip: Flip,
    /// Id of what then takes the focus: the button goes once other flips are found.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let page = Page::get();
    let (change, words) = ((record.id, flip.clone()), flip_words(&flip, record));
    let unit = counted_in(record).map(|unit| view! { <span class="unit">{format!("{unit} ")}</span> });
    let from = move || from_words(&flip, &page.value_of(record), record);
    let try_it = move |_| {
        try_change(page, &change);
        focus::give(&back);
    };
    view! {
        <button type="button" class="flip" data-flip=record.id on:click=try_it>
            {format!("{} ", record.label)} {unit} <span prop:textContent=from /> " → "
            <b>{words}</b>
        </button>
    }
}

/// The unit, where the value does not say it itself.
fn counted_in(record: &Input) -> Option<String> {
    let is_plain = matches!(record.kind, Kind::Number { unit: Unit::Plain(_), .. });
    unit_words(record).filter(|_| is_plain)
}
