//! Between visits and between people: restore from link, storage or default; save what is edited.

use leptos::prelude::*;

use super::documents::{Document, Documents};
use super::history::Moment;
use super::keeping::{self, Opened};
use super::reservations::reservations;
use super::{NoticeKind, Page, address, comparison, preset_of};
use crate::browser::location::Stamp;
use crate::browser::storage::{self, StorageProblem};
use crate::browser::timing::Debounce;
use crate::browser::{location, places};
use crate::codec::{self, DecodeError, Decoded};
use crate::domain::scenario::Scenario;
use crate::domain::scenario::presets::PRESETS;

/// Quiet time before an edit is written down.
const SAVE_DELAY_MS: u32 = 250;

/// The page of this visit: of what the link carries, else of what was kept, else the default.
pub fn start_session() -> Page {
    let stamp = location::stamp();
    let link = location::link_text();
    let linked = link.as_deref().map(|text| codec::decode(codec::parts(text).present));
    let link_failed = matches!(linked, Some(Err(_)));
    let adopted = keeping::adopt_earlier();
    let (begun, storage_problem) = match linked {
        Some(outcome) => (linked_start(outcome, stamp.as_ref()), adopted.err()),
        None => match kept_start(stamp.as_ref()) {
            Ok(begun) => (begun, adopted.err()),
            Err(problem) => (Start::default(), Some(problem)),
        },
    };
    let page = Page::new(begun.scenario);
    page.documents.update_value(|documents| documents.change(|document| *document = begun.document));
    page.tell_entry();
    find_place(page, stamp);
    if let Some(text) = &link {
        comparison::open(page, text);
    }
    if let Some(outcome) = &begun.outcome {
        tell_of(page, begun.kind, outcome, link_failed);
    }
    if !begun.unread.is_empty() {
        page.notices.tell(NoticeKind::SetAside, set_aside(&begun.unread));
    }
    if let Some(problem) = storage_problem {
        page.notices.tell(NoticeKind::Storage, problem.to_string());
    }
    save_edits(page);
    keeping::follow_other_tabs(page);
    open_links(page);
    follow_places(page);
    follow_returns(page);
    page
}

/// What a visit begins with.
struct Start {
    scenario: Scenario,
    document: Document,
    kind: NoticeKind,
    outcome: Option<Result<Decoded, DecodeError>>,
    /// Why entries that may be newer are not shown.
    unread: Vec<String>,
}

impl Default for Start {
    fn default() -> Self {
        let (scenario, document) = (Scenario::default(), Document::default());
        Start { scenario, document, kind: NoticeKind::Storage, outcome: None, unread: Vec::new() }
    }
}

/// A link is a scenario of its own, unless it is the address of an entry that still holds the same: after a reload.
fn linked_start(outcome: Result<Decoded, DecodeError>, stamp: Option<&Stamp>) -> Start {
    let scenario = outcome.as_ref().map(|decoded| decoded.scenario.clone()).unwrap_or_default();
    let entry = stamp.and_then(|stamp| stamp.entry.as_ref()).filter(|_| outcome.is_ok());
    let held = entry.and_then(|id| keeping::holding(id, &scenario));
    let document = Document { held, ..opened_document(&scenario) };
    Start { scenario, document, kind: NoticeKind::Link, outcome: Some(outcome), ..Start::default() }
}

/// The entry that this place of the history had, else the one that was edited last.
fn kept_start(stamp: Option<&Stamp>) -> Result<Start, StorageProblem> {
    let here = stamp.and_then(|stamp| keeping::open(stamp.entry.as_ref()?));
    let (found, unread) = match here {
        Some(opened) => (Some(opened), Vec::new()),
        None => keeping::newest()?,
    };
    let Some(Opened { held, decoded }) = found else {
        return Ok(unadopted().unwrap_or(Start { unread, ..Start::default() }));
    };
    let document = Document { held: Some(held), ..Document::default() };
    let scenario = decoded.scenario.clone();
    Ok(Start { scenario, document, outcome: Some(Ok(decoded)), unread, ..Start::default() })
}

/// What an earlier version has kept, where there is no room to make an entry of it.
fn unadopted() -> Option<Start> {
    let decoded = codec::from_json(&storage::earlier()?).ok()?;
    let scenario = decoded.scenario.clone();
    Some(Start {
        document: opened_document(&scenario),
        scenario,
        outcome: Some(Ok(decoded)),
        ..Start::default()
    })
}

/// The document of a scenario from elsewhere: its entry, once there is one, has the name that came with it.
pub(super) fn opened_document(scenario: &Scenario) -> Document {
    let wanted = Some(scenario.name.as_str()).filter(|name| !name.is_empty()).map(keeping::blank);
    Document { wanted, ..Document::default() }
}

fn set_aside(unread: &[String]) -> String {
    let why = unread.first().map_or("", String::as_str);
    let what = match unread.len() {
        1 => "A scenario that is kept in this browser cannot be read and is set aside.".to_owned(),
        count => format!("{count} scenarios that are kept in this browser cannot be read and are set aside."),
    };
    format!("{what} {why} The menu beside the name lists what is kept.")
}

/// Where in the browser's history this is: after a reload the entry has its stamp already.
fn find_place(page: Page, stamp: Option<Stamp>) {
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
pub(super) fn tell_of(page: Page, kind: NoticeKind, outcome: &Result<Decoded, DecodeError>, is_link: bool) {
    match outcome {
        Ok(decoded) => {
            let said = reservations(decoded, &page.headline());
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

/// Keep the scenario after each edit, and at once when the page goes away.
fn save_edits(page: Page) {
    let debounce = Debounce::new(SAVE_DELAY_MS);
    Effect::new(move |_| {
        if page.edits.get() > 0 {
            debounce.run(move || save(page));
        }
    });
    location::on_leave(move || save(page));
}

/// Keep what waits, and say it in the address; not over a link that was put there meanwhile.
fn save(page: Page) {
    if keeping::keep(page) && !location::is_foreign() {
        page.notices.withdraw(NoticeKind::Link);
        address::write(page);
    }
}

/// Open links that are put into the address while the page is open: the browser has made an entry of each.
fn open_links(page: Page) {
    location::on_scenario_text(move |text| {
        keeping::keep(page);
        page.notices.withdraw(NoticeKind::Link);
        let outcome = codec::decode(codec::parts(&text).present);
        let scenario = outcome.as_ref().map(|decoded| decoded.scenario.clone()).unwrap_or_default();
        let document = opened_document(&scenario);
        page.open(scenario, document);
        comparison::open(page, &text);
        page.place.update_value(|place| *place += 1);
        address::stamp(page);
        tell_of(page, NoticeKind::Link, &outcome, true);
    });
}

/// A place of the page that is put into the address leaves the scenario there.
fn follow_places(page: Page) {
    location::on_place(move |id, had_scenario| {
        let waited = keeping::keep(page);
        if had_scenario || waited {
            // The entry that the browser has made of it has the same place as the one before.
            address::write(page);
        } else {
            address::stamp(page);
        }
        places::go_to_named(id);
    });
}

/// Show what an entry of the history held when the reader goes back or forward to it.
fn follow_returns(page: Page) {
    location::on_return(move |stamp| {
        keeping::keep(page);
        let former = page.place.get_value();
        page.place.set_value(stamp.place);
        page.notices.withdraw(NoticeKind::Link);
        if stamp.place == former && stamp.entry == page.documents.with_value(Documents::entry) {
            // Only the place on the page was another.
            return address::write(page);
        }
        let scenario = scenario_here(&stamp);
        if page.scenario.with_untracked(|present| !keeping::is_same(present, &scenario)) {
            let preset = preset_in(&stamp).or_else(|| preset_of(&scenario));
            let document = document_here(page, &stamp, &scenario);
            page.restore(Moment { scenario, preset, document, number: page.next_number() });
            address::carry_comparison(page);
        } else if stamp.place > former {
            location::go(1);
        } else if stamp.place > 0 && stamp.place < former {
            // What was taken back by other means is not an entry to stop at.
            location::go(-1);
        }
    });
}

/// The scenario of the present place of the history: that of its address, else of its entry, else the default.
fn scenario_here(stamp: &Stamp) -> Scenario {
    let decoded = match location::scenario_text() {
        Some(text) => codec::decode(&text).ok(),
        None => stamp.entry.as_ref().and_then(keeping::open).map(|opened| opened.decoded),
    };
    decoded.map(|decoded| decoded.scenario).unwrap_or_default()
}

/// The document of a place of the history: that of its entry, where this page knows what is in it or it holds the same.
fn document_here(page: Page, stamp: &Stamp, scenario: &Scenario) -> usize {
    let known =
        stamp.entry.as_ref().and_then(|id| page.documents.with_value(|documents| documents.known(id)));
    let held = stamp.entry.as_ref().and_then(|id| keeping::holding(id, scenario));
    let document = known
        .or_else(|| page.documents.try_update_value(|documents| Some(documents.of_entry(held?))).flatten());
    document.unwrap_or_else(|| page.begin(opened_document(scenario)))
}
