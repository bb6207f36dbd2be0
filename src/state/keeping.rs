//! Each edit goes into the entry of its document, and nowhere else.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::documents::{Document, Documents, Held};
use super::{NoticeKind, Page, address};
use crate::browser::storage::{self, StorageProblem};
use crate::browser::timing::{drawn, since_1970_ms};
use crate::codec::{self, Decoded};
use crate::domain::library::{Entry, EntryId, FIRST_NAME, Saving, free_name, saving, this_tab};
use crate::domain::scenario::Scenario;

/// Keep what waits; whether anything did.
pub(super) fn keep(page: Page) -> bool {
    if page.waits.try_get_value() != Some(true) {
        return false;
    }
    page.waits.set_value(false);
    let outcome = save(page);
    page.documents
        .update_value(|documents| documents.change(|document| document.is_unkept = outcome.is_err()));
    match outcome {
        Ok(()) => page.notices.withdraw(NoticeKind::Storage),
        Err(problem) => page.notices.tell(NoticeKind::Storage, problem.to_string()),
    }
    page.tell_kept();
    true
}

fn save(page: Page) -> Result<(), StorageProblem> {
    let scenario = codec::to_json(&page.named(), &page.headline());
    let Some(Held { id, seen }) = page.documents.with_value(|documents| documents.get()?.held.clone()) else {
        let wanted = page.documents.with_value(|documents| documents.get()?.wanted.clone());
        return create(page, wanted.unwrap_or_else(|| blank(FIRST_NAME)), scenario);
    };
    let found = storage::read(&id)?;
    match saving(&seen, found.as_deref(), &scenario, since_1970_ms()) {
        Saving::Held => hold(page, Held { id, seen: found.unwrap_or(seen) }),
        Saving::Into(entry) => {
            let text = entry.text();
            storage::write(&id, &text)?;
            hold(page, Held { id, seen: text });
        }
        Saving::Beside => {
            let mut mine = entry_in(&seen);
            let name = mine.name.clone();
            mine.name = this_tab(&name, has_name);
            create(page, mine, scenario)?;
            tell_both(page, &name);
        }
        Saving::Anew => create(page, entry_in(&seen), scenario)?,
    }
    Ok(())
}

/// Keep the scenario on the page in an entry of its own.
fn create(page: Page, wanted: Entry, scenario: String) -> Result<(), StorageProblem> {
    let held = add(wanted, scenario)?;
    hold(page, held);
    Ok(())
}

/// Keep a scenario in an entry of its own, with the note of the wanted one and its name, if that is free.
pub(super) fn add(wanted: Entry, scenario: String) -> Result<Held, StorageProblem> {
    let names = names()?;
    let now = since_1970_ms();
    let mut entry = wanted;
    entry.name = free_name(&entry.name, |name| names.contains(name));
    (entry.edited, entry.scenario) = (now, scenario);
    let seen = entry.text();
    let id = EntryId::made(now, drawn());
    storage::write(&id, &seen)?;
    Ok(Held { id, seen })
}

/// The entry of the document on the page is this one.
fn hold(page: Page, held: Held) {
    page.documents.update_value(|documents| documents.change(|document| document.held = Some(held)));
    page.tell_entry();
}

fn names() -> Result<BTreeSet<String>, StorageProblem> {
    let read = |(_, text): (EntryId, String)| Entry::read(&text).ok().map(|entry| entry.name);
    Ok(storage::entries()?.into_iter().filter_map(read).collect())
}

fn has_name(name: &str) -> bool {
    names().is_ok_and(|names| names.contains(name))
}

/// An entry of this name, and nothing in it yet.
pub(super) fn blank(name: &str) -> Entry {
    Entry::new(name, 0, String::new())
}

fn entry_in(text: &str) -> Entry {
    Entry::read(text).unwrap_or_else(|_| blank(FIRST_NAME))
}

fn tell_both(page: Page, name: &str) {
    let mine = page.entry_name.get_untracked().unwrap_or_default();
    page.notices.tell(
        NoticeKind::Conflict,
        format!(
            "“{name}” was changed in another tab too. Both versions are kept: this page goes on in “{mine}”."
        ),
    );
}

/// Follow what other tabs do to the entry that is on the page.
pub(super) fn follow_other_tabs(page: Page) {
    storage::on_change(move |changed| {
        let present = page.documents.with_value(Documents::entry);
        if let Some(id) = present
            && changed.is_none_or(|changed| changed == id)
        {
            meet(page, &id);
        }
        page.tell_kept();
    });
}

/// The entry on the page may have been changed by another tab.
fn meet(page: Page, id: &EntryId) {
    let Some(Document { held: Some(Held { seen, .. }), is_edited, .. }) =
        page.documents.with_value(|documents| documents.get().cloned())
    else {
        return;
    };
    let Ok(found) = storage::read(id) else { return };
    let mut entry = entry_in(&seen);
    let name = entry.name.clone();
    match found {
        Some(found) if found == seen => {}
        Some(found) if is_renamed(&seen, &found) => hold(page, Held { id: id.clone(), seen: found }),
        Some(_) if is_edited => {
            // Saved at once, so that both versions are there whatever becomes of this tab.
            page.waits.set_value(true);
            if keep(page) {
                address::write(page);
            }
        }
        Some(_) => {
            entry.name = this_tab(&name, has_name);
            let_go(page, entry);
            let said = format!(
                "“{name}” was changed in another tab. This page still shows it as it was before; if you go on here, both are kept."
            );
            page.notices.tell(NoticeKind::Conflict, said);
        }
        None => {
            let_go(page, entry);
            let said =
                format!("“{name}” was deleted in another tab. The next change on this page keeps it again.");
            page.notices.tell(NoticeKind::Conflict, said);
        }
    }
}

fn is_renamed(seen: &str, found: &str) -> bool {
    let scenario = |text: &str| Entry::read(text).ok().map(|entry| entry.scenario);
    scenario(found).is_some_and(|found| scenario(seen) == Some(found))
}

/// The document on the page goes on without its entry.
fn let_go(page: Page, wanted: Entry) {
    page.documents.update_value(|documents| {
        documents.change(|document| *document = Document { wanted: Some(wanted), ..Document::default() });
    });
    page.tell_entry();
    address::stamp(page);
}

/// What a kept entry holds.
pub(super) struct Opened {
    /// Its id, and its text.
    pub held: Held,
    /// The scenario in it.
    pub decoded: Decoded,
}

/// The entry of an id, if it is there and can be read.
pub(super) fn open(id: &EntryId) -> Option<Opened> {
    opened(id.clone(), storage::read(id).ok().flatten()?).ok()
}

/// What the text of an entry holds.
///
/// # Errors
/// A sentence that says why it cannot be read.
pub(super) fn opened(id: EntryId, text: String) -> Result<Opened, String> {
    let entry = Entry::read(&text).map_err(|why| why.to_string())?;
    let decoded = codec::from_json(&entry.scenario).map_err(|why| why.to_string())?;
    Ok(Opened { held: Held { id, seen: text }, decoded })
}

/// The entry of an id, if it holds this scenario: then edits may go on in it.
pub(super) fn holding(id: &EntryId, scenario: &Scenario) -> Option<Held> {
    open(id).filter(|opened| is_same(&opened.decoded.scenario, scenario)).map(|opened| opened.held)
}

/// Whether two scenarios say the same, whatever they are called: a name is given to the entry.
pub(super) fn is_same(one: &Scenario, other: &Scenario) -> bool {
    Scenario { name: other.name.clone(), ..one.clone() } == *other
}

/// The entry that was edited last, of those that can be read, and how many newer or broken ones cannot.
///
/// # Errors
/// [`StorageProblem`] where storage cannot be read.
pub(super) fn newest() -> Result<(Option<Opened>, Vec<String>), StorageProblem> {
    let mut entries: Vec<(u64, EntryId, String)> = storage::entries()?
        .into_iter()
        // One that does not say when it was edited may be the newest.
        .map(|(id, text)| (Entry::read(&text).map_or(u64::MAX, |entry| entry.edited), id, text))
        .collect();
    entries.sort_by(|(a, id_a, _), (b, id_b, _)| b.cmp(a).then(id_b.cmp(id_a)));
    let mut unread = Vec::new();
    for (_, id, text) in entries {
        match opened(id, text) {
            Ok(opened) => return Ok((Some(opened), unread)),
            Err(why) => unread.push(why),
        }
    }
    Ok((None, unread))
}

/// Make an entry of the scenario that an earlier version of the page has kept.
///
/// # Errors
/// [`StorageProblem`] where it cannot be kept; then it stays where it is, and is read the next time.
pub(super) fn adopt_earlier() -> Result<(), StorageProblem> {
    if let Some(scenario) = storage::earlier() {
        let name = codec::from_json(&scenario).map(|decoded| decoded.scenario.name).unwrap_or_default();
        add(blank(&name), scenario)?;
        storage::adopted()?;
    }
    Ok(())
}
