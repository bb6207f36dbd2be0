//! Between visits and between people: restore from link, storage or default; save what is edited.

use leptos::prelude::*;

use super::{NoticeKind, Page};
use crate::browser::timing::Debounce;
use crate::browser::{location, storage};
use crate::codec::{self, DecodeError, Decoded, Versions};
use crate::domain::scenario::Scenario;
use crate::domain::units::words::usd_short;

/// Quiet time before an edit is written down.
const SAVE_DELAY_MS: u32 = 250;

/// The page of this visit: of what the link carries, else what was kept, else the default.
pub fn start_session() -> Page {
    let linked = location::scenario_text().map(|text| codec::decode(&text));
    let link_failed = matches!(linked, Some(Err(_)));
    let kept = storage::load();
    let (decoded, storage_problem) = match (linked, kept) {
        (Some(linked), kept) => (Some((NoticeKind::Link, linked)), kept.err()),
        (None, Ok(kept)) => (kept.map(|text| (NoticeKind::Storage, codec::from_json(&text))), None),
        (None, Err(problem)) => (None, Some(problem)),
    };
    let scenario = match &decoded {
        Some((_, Ok(decoded))) => decoded.scenario.clone(),
        _ => Scenario::default(),
    };
    let page = Page::new(scenario);
    if let Some((kind, outcome)) = &decoded {
        tell_of(page, *kind, outcome, link_failed);
    }
    if let Some(problem) = storage_problem {
        page.notices.tell(NoticeKind::Storage, problem.to_string());
    }
    save_edits(page);
    open_links(page);
    page
}

/// Say what is worth saying about a scenario that was read.
fn tell_of(page: Page, kind: NoticeKind, outcome: &Result<Decoded, DecodeError>, is_link: bool) {
    match outcome {
        Ok(decoded) => {
            let said = reservations(decoded);
            if !said.is_empty() {
                page.notices.tell(kind, said);
            }
        }
        Err(error) if is_link => page.notices.tell(
            kind,
            format!("The link could not be opened. {error} Shown is the default; what was kept in this browser stays."),
        ),
        Err(error) => page.notices.tell(kind, format!("What was kept in this browser could not be read. {error}")),
    }
}

/// What was left out or may differ, and the result as it was then.
fn reservations(decoded: &Decoded) -> String {
    let mut said = decoded.notices.clone();
    if decoded.versions != Versions::CURRENT
        && let Some(headline) = &decoded.headline
    {
        let cost = headline.tco_usd.map(|tco| format!(" at {}", usd_short(tco))).unwrap_or_default();
        said.push(format!("The answer then: “{}”{cost}.", headline.verdict));
    }
    said.join(" ")
}

/// Keep the scenario after each edit, and at once when the page goes away.
fn save_edits(page: Page) {
    let debounce = Debounce::new(SAVE_DELAY_MS);
    let waiting = StoredValue::new(false);
    Effect::new(move |_| {
        if page.edits.get() > 0 {
            waiting.set_value(true);
            debounce.run(move || save(page, waiting));
        }
    });
    location::on_leave(move || save(page, waiting));
}

fn save(page: Page, waiting: StoredValue<bool>) {
    if waiting.try_get_value() != Some(true) {
        return;
    }
    waiting.set_value(false);
    let json = page.scenario.with_untracked(|scenario| codec::to_json(scenario, &page.headline()));
    match storage::save(&json) {
        Ok(()) => page.notices.withdraw(NoticeKind::Storage),
        Err(problem) => page.notices.tell(NoticeKind::Storage, problem.to_string()),
    }
    // The link in the address no longer says what the page shows; a reload shall bring back the edits.
    if location::scenario_text().is_some() {
        page.notices.withdraw(NoticeKind::Link);
        location::replace_scenario_text(None);
    }
}

/// Open links that are followed while the page is open.
fn open_links(page: Page) {
    location::on_scenario_text(move |text| {
        page.notices.withdraw(NoticeKind::Link);
        let outcome = codec::decode(&text);
        let scenario = outcome.as_ref().map(|decoded| decoded.scenario.clone()).unwrap_or_default();
        page.open(scenario);
        tell_of(page, NoticeKind::Link, &outcome, true);
    });
}
