//! Between visits and between people: restore from link, storage or default; save what is edited.

use std::cell::Cell;
use std::rc::Rc;

use super::{NoticeKind, STORE, Store};
use crate::browser::dom::follow;
use crate::browser::timing::Debounce;
use crate::browser::{location, storage};
use crate::codec::{self, DecodeError, Decoded, Versions};
use crate::domain::scenario::Scenario;
use crate::format::usd_short;

/// Quiet time before an edit is written down.
const SAVE_DELAY_MS: i32 = 250;

/// Fill the page's store: with what the link carries, else what was kept, else the default.
pub fn start_session() {
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
    let store = Store::new(scenario);
    STORE.set(Some(store));
    if let Some((kind, outcome)) = &decoded {
        tell_of(store, *kind, outcome, link_failed);
    }
    if let Some(problem) = storage_problem {
        store.notices().tell(NoticeKind::Storage, problem.to_string());
    }
    save_edits(store);
    open_links(store);
}

/// Say what is worth saying about a scenario that was read.
fn tell_of(store: Store, kind: NoticeKind, outcome: &Result<Decoded, DecodeError>, is_link: bool) {
    match outcome {
        Ok(decoded) => {
            let said = reservations(decoded);
            if !said.is_empty() {
                store.notices().tell(kind, said);
            }
        }
        Err(error) if is_link => store.notices().tell(
            kind,
            format!("The link could not be opened. {error} Shown is the default; what was kept in this browser stays."),
        ),
        Err(error) => store.notices().tell(kind, format!("What was kept in this browser could not be read. {error}")),
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
fn save_edits(store: Store) {
    let debounce = Debounce::new(SAVE_DELAY_MS);
    let waiting = Rc::new(Cell::new(false));
    let is_waiting = Rc::clone(&waiting);
    follow(move || {
        if store.edits().get() > 0 {
            is_waiting.set(true);
            let waiting = Rc::clone(&is_waiting);
            debounce.run(move || save(store, &waiting));
        }
    });
    location::on_leave(move || save(store, &waiting));
}

fn save(store: Store, waiting: &Cell<bool>) {
    if !waiting.replace(false) {
        return;
    }
    let json =
        store.scenario().with_untracked(|scenario| codec::to_json(scenario, &store.headline_untracked()));
    match storage::save(&json) {
        Ok(()) => store.notices().withdraw(NoticeKind::Storage),
        Err(problem) => store.notices().tell(NoticeKind::Storage, problem.to_string()),
    }
    // The link in the address no longer says what the page shows; a reload shall bring back the edits.
    if location::scenario_text().is_some() {
        store.notices().withdraw(NoticeKind::Link);
        location::replace_scenario_text(None);
    }
}

/// Open links that are followed while the page is open.
fn open_links(store: Store) {
    location::on_scenario_text(move |text| {
        store.notices().withdraw(NoticeKind::Link);
        let outcome = codec::decode(&text);
        let scenario = outcome.as_ref().map(|decoded| decoded.scenario.clone()).unwrap_or_default();
        store.open(scenario);
        tell_of(store, NoticeKind::Link, &outcome, true);
    });
}
