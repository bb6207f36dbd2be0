//! The address of the page: the scenario in its fragment, and the way back to former ones.
//!
//! Each entry of the browser's history that this program has seen carries a [`Stamp`]; one without it is a link that
//! was put into the address.

use leptos::ev::{self, EventDescriptor};
use leptos::prelude::{on_cleanup, window_event_listener};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::History;

use crate::codec::{LINK_PREFIX, parts};
use crate::domain::library::EntryId;

/// What every stamp begins with.
const STAMP: &str = "tunewise";
/// Stands for the entry of a scenario that is in none; no id has such a sign.
const OPENED: &str = "_";

/// What is written on an entry of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its place among those of this page.
    pub place: u32,
    /// The entry that the scenario is kept in; none where it was only opened.
    pub entry: Option<EntryId>,
    /// Key of the example that it came from; empty without one.
    pub preset: String,
}

impl Stamp {
    fn text(&self) -> String {
        let entry = self.entry.as_ref().map_or(OPENED, EntryId::as_str);
        format!("{STAMP} {} {entry} {}", self.place, self.preset)
    }

    fn read(text: &str) -> Option<Stamp> {
        let mut words = text.split(' ');
        let is_ours = words.next() == Some(STAMP);
        let place = words.next()?.parse().ok().filter(|_| is_ours)?;
        let entry = words.next().and_then(EntryId::new);
        Some(Stamp { place, entry, preset: words.next().unwrap_or_default().to_owned() })
    }
}

/// The stamp of the present entry, if it has one.
pub fn stamp() -> Option<Stamp> {
    Stamp::read(&history()?.state().ok()?.as_string()?)
}

/// All that a link in the present address carries: a scenario, and those that it is compared with.
pub fn link_text() -> Option<String> {
    fragment()?.strip_prefix(LINK_PREFIX).map(str::to_owned)
}

/// The scenario's text in the present address, if it carries one.
pub fn scenario_text() -> Option<String> {
    link_text().map(|text| parts(&text).present.to_owned())
}

/// The id in the present address, if it is that of a place and not a scenario.
pub fn place_id() -> Option<String> {
    let fragment = fragment()?;
    let id = fragment.strip_prefix('#').filter(|_| !fragment.starts_with(LINK_PREFIX))?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// The link to this page that carries the given text.
pub fn link(text: &str) -> String {
    format!("{}{LINK_PREFIX}{text}", address_without_fragment())
}

/// Write a stamp on the present entry and leave its address.
pub fn put_stamp(stamp: &Stamp) {
    // Refused in frames without an address of their own: then there is no way back.
    let _ = history().map(|history| history.replace_state(&state_of(stamp), ""));
}

/// Put the text into the address of the present entry, or take it out.
pub fn replace_scenario_text(text: Option<&str>, stamp: &Stamp) {
    let address = text.map_or_else(address_without_fragment, link);
    let _ = history().map(|history| history.replace_state_with_url(&state_of(stamp), "", Some(&address)));
}

/// Add an entry with the text in its address.
pub fn push_scenario_text(text: Option<&str>, stamp: &Stamp) {
    let address = text.map_or_else(address_without_fragment, link);
    let _ = history().map(|history| history.push_state_with_url(&state_of(stamp), "", Some(&address)));
}

/// Go to another entry: −1 is back.
pub fn go(steps: i32) {
    let _ = history().map(|history| history.go_with_delta(steps));
}

/// Call `action` with all that a link carries whenever one is put into the address, for as long as its owner lives.
pub fn on_scenario_text(action: impl Fn(String) + 'static) {
    on_window(ev::hashchange, move |_| {
        if stamp().is_none()
            && let Some(text) = link_text()
        {
            action(text);
        }
    });
}

/// Call `action` with the id whenever a place of the page is put into the address, for as long as its owner lives, and
/// with whether a scenario stood there before.
pub fn on_place(action: impl Fn(String, bool) + 'static) {
    on_window(ev::hashchange, move |change| {
        if stamp().is_none()
            && let Some(id) = place_id()
        {
            action(id, change.old_url().contains(LINK_PREFIX));
        }
    });
}

/// Whether the present address is one that somebody else has put there, and carries a scenario.
pub fn is_foreign() -> bool {
    stamp().is_none() && scenario_text().is_some()
}

/// The folder of the site on its origin, with a `/` at its end.
pub fn site_path() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    path.rfind('/').and_then(|end| path.get(..=end)).unwrap_or("/").to_owned()
}

/// Call `action` with the stamp whenever the reader has gone back or forward to an entry, for as long as its
/// owner lives.
pub fn on_return(action: impl Fn(Stamp) + 'static) {
    on_window(ev::popstate, move |_| {
        if let Some(stamp) = stamp() {
            action(stamp);
        }
    });
}

/// Call `action` when the page goes away, for as long as its owner lives.
pub fn on_leave(action: impl Fn() + 'static) {
    on_window(ev::pagehide, move |_| action());
}

/// Without an owner it listens for as long as the page lives.
pub(super) fn on_window<E: EventDescriptor + 'static>(event: E, action: impl Fn(E::EventType) + 'static)
where
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, action);
    on_cleanup(move || listener.remove());
}

fn state_of(stamp: &Stamp) -> JsValue {
    JsValue::from_str(&stamp.text())
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

fn fragment() -> Option<String> {
    web_sys::window()?.location().hash().ok()
}

fn address_without_fragment() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}
