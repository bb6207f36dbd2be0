//! The scenario in the address: every edit replaces it there; a large step is an entry of the browser's history.

use leptos::prelude::*;

use super::Page;
use super::documents::Documents;
use crate::browser::location::{self, Stamp};
use crate::codec::{MOST_COMPARISON_BYTES, joined, parts};

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

/// Write the scenarios that are compared into the present entry, where it has others.
pub(super) fn carry_comparison(page: Page) {
    let carried = location::link_text().unwrap_or_default();
    if parts(&carried).others != page.compared_texts() {
        write(page);
    }
}

/// The present scenario, and those that it is compared with: nothing else has them.
fn text_of(page: Page) -> Option<String> {
    let others = page.compared_texts();
    let is_kept = page.documents.with_value(Documents::is_kept);
    let most = if is_kept && others.is_empty() { MOST_KEPT_BYTES } else { MOST_UNKEPT_BYTES };
    let present = Some(page.text()).filter(|text| text.len() <= most)?;
    let whole = joined(&present, others.iter().map(String::as_str));
    Some(if whole.len() <= MOST_COMPARISON_BYTES { whole } else { present })
}
