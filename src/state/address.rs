//! The scenario in the address: every edit replaces it there; a large step is an entry of the browser's history.

use leptos::prelude::*;

use super::Page;
use super::documents::Documents;
use crate::browser::location::{self, Stamp};

/// A longer text, of a large policy, does not go into the address where the entry has it.
const MOST_KEPT_BYTES: usize = 48 * 1024;
/// The longest that goes there where nothing else has it: what a link may have.
const MOST_UNKEPT_BYTES: usize = 96 * 1024;

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
    Stamp { place: page.place.get_value(), entry: page.documents.with_value(Documents::entry), preset }
}

fn text_of(page: Page) -> Option<String> {
    let is_kept = page.documents.with_value(Documents::is_kept);
    let most = if is_kept { MOST_KEPT_BYTES } else { MOST_UNKEPT_BYTES };
    Some(page.text()).filter(|text| text.len() <= most)
}
