//! Which entry of what is kept the scenario on the page belongs to.
//!
//! A document is one scenario with all its edits. It has no entry until the first of them is kept; a link, an example
//! and a fresh start begin another document, so that no edit of theirs goes into the entry of what was shown before.

use crate::domain::library::{Entry, EntryId};

/// The entry of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    /// Its id.
    pub id: EntryId,
    /// The text that this page read or wrote last.
    pub seen: String,
}

/// One scenario with all its edits.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    /// Its entry, once there is one.
    pub held: Option<Held>,
    /// What its entry is to be made of, but for the scenario: name and note.
    pub wanted: Option<Entry>,
    /// Whether it was edited on this page since it was read.
    pub is_edited: bool,
    /// Whether the last edit could not be kept.
    pub is_unkept: bool,
}

/// All documents of this visit, and which of them is on the page.
#[derive(Clone, Debug)]
pub struct Documents {
    all: Vec<Document>,
    present: usize,
}

impl Default for Documents {
    fn default() -> Self {
        Documents { all: vec![Document::default()], present: 0 }
    }
}

impl Documents {
    /// Put another document beside those that are there; returned is which one it is. It is not shown yet.
    pub(super) fn add(&mut self, document: Document) -> usize {
        self.all.push(document);
        self.all.len() - 1
    }

    /// The document of an entry, if it has been on this page.
    pub(super) fn known(&self, id: &EntryId) -> Option<usize> {
        self.all.iter().position(|one| one.held.as_ref().is_some_and(|held| held.id == *id))
    }

    /// The document of an entry as it is now; the one that was there before, where it was shown already.
    pub(super) fn of_entry(&mut self, held: Held) -> usize {
        match self.known(&held.id).and_then(|place| Some((place, self.all.get_mut(place)?))) {
            Some((place, document)) => {
                document.held = Some(held);
                place
            }
            None => self.add(Document { held: Some(held), ..Document::default() }),
        }
    }

    /// Which document is on the page.
    pub(super) fn present(&self) -> usize {
        self.present
    }

    /// Put a document on the page.
    pub(super) fn show(&mut self, document: usize) {
        self.present = document;
    }

    /// The document on the page.
    pub(super) fn get(&self) -> Option<&Document> {
        self.all.get(self.present)
    }

    /// Change the document on the page.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Document)) {
        if let Some(document) = self.all.get_mut(self.present) {
            change(document);
        }
    }

    /// The entry of the document on the page.
    pub(super) fn entry(&self) -> Option<EntryId> {
        self.get()?.held.as_ref().map(|held| held.id.clone())
    }

    /// Whether what is on the page is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.get().is_some_and(|document| document.held.is_some() && !document.is_unkept)
    }

    /// Forget the entries that are gone: their documents go on without one.
    pub(super) fn let_go(&mut self, is_gone: impl Fn(&EntryId) -> bool) {
        for document in &mut self.all {
            document.held.take_if(|held| is_gone(&held.id));
        }
    }
}

/// One scenario that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptLine {
    /// Its id.
    pub id: EntryId,
    /// Its name.
    pub name: String,
    /// The reader's note to it.
    pub note: String,
    /// When it was edited last, in milliseconds since 1970; zero where that cannot be read.
    pub edited: u64,
    /// Whether it is the one on the page.
    pub is_present: bool,
    /// Why it cannot be read, and the text that is kept of it.
    pub set_aside: Option<(String, String)>,
}

/// What was forgotten last, as it stood in the storage.
#[derive(Clone, Debug, Default)]
pub(super) struct Forgotten {
    /// The entries.
    pub entries: Vec<(EntryId, String)>,
    /// What an earlier version had kept.
    pub earlier: Option<String>,
    /// The document that was on the page, if its entry is among them.
    pub present: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(id: &str, seen: &str) -> Held {
        Held { id: EntryId::new(id).unwrap(), seen: seen.to_owned() }
    }

    #[test]
    fn a_document_has_no_entry_until_it_is_given_one_and_keeps_it_when_another_is_shown() {
        let mut documents = Documents::default();
        assert_eq!((documents.entry(), documents.is_kept()), (None, false));
        documents.change(|document| document.held = Some(held("a", "1")));
        let link = documents.add(Document::default());
        assert_eq!(documents.entry(), EntryId::new("a"), "it is not shown yet");
        documents.show(link);
        assert_eq!((documents.entry(), documents.is_kept()), (None, false));
        documents.show(0);
        assert!(documents.is_kept());
    }

    #[test]
    fn an_entry_has_one_document_with_what_was_seen_of_it_last() {
        let mut documents = Documents::default();
        let first = documents.of_entry(held("a", "1"));
        let other = documents.of_entry(held("b", "1"));
        assert_eq!(documents.of_entry(held("a", "2")), first);
        assert_ne!(first, other);
        documents.show(first);
        assert_eq!(documents.get().and_then(|document| document.held.clone()), Some(held("a", "2")));
        documents.let_go(|id| id.as_str() == "a");
        assert_eq!((documents.entry(), documents.known(&held("b", "").id)), (None, Some(other)));
    }
}
