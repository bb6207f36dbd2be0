//! What becomes of an edit where another tab may have changed the entry meanwhile.

use super::entry::Entry;

/// Where an edit goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// The entry holds it already.
    Held,
    /// Into its entry, which nobody else has changed; a name or a note from elsewhere is in it.
    Into(Entry),
    /// The entry holds something that this tab has not shown: into an entry beside it.
    Beside,
    /// The entry is gone: into a new one.
    Anew,
}

/// Where a scenario edited at `now` goes: `seen` is the text that this tab read or wrote last, `found` what is there
/// now.
pub fn saving(seen: &str, found: Option<&str>, scenario: &str, now: u64) -> Saving {
    let Some(found) = found else { return Saving::Anew };
    let Ok(mut entry) = Entry::read(found) else { return Saving::Beside };
    if entry.scenario == scenario {
        return Saving::Held;
    }
    let is_seen = found == seen || Entry::read(seen).is_ok_and(|seen| seen.scenario == entry.scenario);
    if !is_seen {
        return Saving::Beside;
    }
    scenario.clone_into(&mut entry.scenario);
    entry.edited = now.max(entry.edited);
    Saving::Into(entry)
}
