//! Between visits and between people: restore from link, storage or default; save what is edited.

use leptos::prelude::*;

use super::history::Moment;
use super::{NoticeKind, Page, address, preset_of};
use crate::browser::location::Stamp;
use crate::browser::timing::Debounce;
use crate::browser::{location, storage};
use crate::codec::{self, DecodeError, Decoded, Versions};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::presets::PRESETS;
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
    find_place(page);
    if let Some((kind, outcome)) = &decoded {
        tell_of(page, *kind, outcome, link_failed);
    }
    if let Some(problem) = storage_problem {
        page.notices.tell(NoticeKind::Storage, problem.to_string());
    }
    save_edits(page);
    open_links(page);
    follow_returns(page);
    page
}

/// Where in the browser's history this is: after a reload the entry has its stamp already.
fn find_place(page: Page) {
    let stamp = location::stamp();
    page.is_own.set_value(stamp.as_ref().map_or(location::scenario_text().is_none(), |stamp| stamp.is_own));
    if let Some(stamp) = stamp {
        page.place.set_value(stamp.place);
        page.preset.set(preset_in(&stamp).or(page.preset.get_untracked()));
    }
    address::stamp(page);
}

fn preset_in(stamp: &Stamp) -> Option<&'static str> {
    PRESETS.iter().find(|preset| preset.id == stamp.preset).map(|preset| preset.id)
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
    Effect::new(move |_| {
        if page.edits.get() > 0 {
            page.waits.set_value(true);
            debounce.run(move || save(page));
        }
    });
    location::on_leave(move || save(page));
}

/// Keep what waits, and say it in the address.
fn save(page: Page) {
    if keep(page) {
        page.notices.withdraw(NoticeKind::Link);
        address::write(page);
    }
}

/// Keep what waits; whether anything did.
fn keep(page: Page) -> bool {
    if page.waits.try_get_value() != Some(true) {
        return false;
    }
    page.waits.set_value(false);
    let json = page.scenario.with_untracked(|scenario| codec::to_json(scenario, &page.headline()));
    match storage::save(&json) {
        Ok(()) => page.notices.withdraw(NoticeKind::Storage),
        Err(problem) => page.notices.tell(NoticeKind::Storage, problem.to_string()),
    }
    true
}

/// Open links that are put into the address while the page is open: the browser has made an entry of each.
fn open_links(page: Page) {
    location::on_scenario_text(move |text| {
        keep(page);
        page.notices.withdraw(NoticeKind::Link);
        let outcome = codec::decode(&text);
        let scenario = outcome.as_ref().map(|decoded| decoded.scenario.clone()).unwrap_or_default();
        page.open(scenario);
        page.place.update_value(|place| *place += 1);
        address::stamp(page);
        tell_of(page, NoticeKind::Link, &outcome, true);
    });
}

/// Show what an entry held when the reader goes back or forward to it.
fn follow_returns(page: Page) {
    location::on_return(move |stamp| {
        keep(page);
        let former = page.place.get_value();
        page.place.set_value(stamp.place);
        page.notices.withdraw(NoticeKind::Link);
        let scenario = scenario_here();
        if page.scenario.with_untracked(|present| *present != scenario) {
            let preset = preset_in(&stamp).or_else(|| preset_of(&scenario));
            page.restore(Moment { scenario, preset, is_own: stamp.is_own, number: page.next_number() });
        } else if stamp.place > former {
            location::go(1);
        } else if stamp.place > 0 && stamp.place < former {
            // What was taken back by other means is not an entry to stop at.
            location::go(-1);
        }
    });
}

/// The scenario of the present entry: that of its address, else what is kept, else the default.
fn scenario_here() -> Scenario {
    let decoded = match location::scenario_text() {
        Some(text) => codec::decode(&text).ok(),
        None => storage::load().ok().flatten().and_then(|text| codec::from_json(&text).ok()),
    };
    decoded.map(|decoded| decoded.scenario).unwrap_or_default()
}
