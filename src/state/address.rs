//! The scenario in the address: every edit replaces it there; a large step is an entry of the browser's history.

use leptos::prelude::*;

use super::Page;
use crate::browser::location::{self, Stamp};

/// A longer text, of a large policy, does not go into the address; what is kept has it.
const MOST_TEXT_BYTES: usize = 48 * 1024;

/// Write the present scenario into the present entry.
pub(super) fn write(page: Page) {
    location::replace_scenario_text(text_of(page).as_deref(), &stamp_of(page));
}

/// Write the present scenario into a new entry.
pub(super) fn push(page: Page) {
    page.place.update_value(|place| *place += 1);
    location::push_scenario_text(text_of(page).as_deref(), &stamp_of(page));
}

/// Stamp the present entry, whose address stays.
pub(super) fn stamp(page: Page) {
    location::put_stamp(&stamp_of(page));
}

fn stamp_of(page: Page) -> Stamp {
    let preset = page.preset.get_untracked().unwrap_or_default().to_owned();
    Stamp { place: page.place.get_value(), is_own: page.is_own.get_value(), preset }
}

fn text_of(page: Page) -> Option<String> {
    Some(page.text()).filter(|text| text.len() <= MOST_TEXT_BYTES)
}
