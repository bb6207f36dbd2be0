//! What the page has to say beside the answer: one notice of each kind at a time.

use leptos::prelude::*;

/// What a notice is about; a newer one of the same kind takes the place of the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// A link that could not be opened, or opened with reservations.
    Link,
    /// Scenarios to compare with that could not be opened, or opened with reservations.
    Comparison,
    /// Nothing is saved.
    Storage,
    /// Another tab has changed what is edited here.
    Conflict,
    /// Something that was kept is set aside, since it cannot be read.
    SetAside,
    /// The scenario was replaced.
    Replaced,
    /// What became of files or texts that were brought to the page.
    Taken,
    /// Something that was kept is forgotten: it can be put back.
    Forgotten,
}

/// One notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The words.
    pub text: String,
    /// Whether it tells of a step that can be taken back.
    pub can_undo: bool,
}

/// All notices, in the order of their kinds.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Vec<Notice>>);

impl Default for Notices {
    fn default() -> Self {
        Notices(RwSignal::new(Vec::new()))
    }
}

impl Notices {
    /// What there is to say.
    pub fn all(&self) -> Signal<Vec<Notice>> {
        self.0.into()
    }

    /// Say it.
    pub fn say(&self, notice: Notice) {
        self.0.update(|notices| {
            notices.retain(|other| other.kind != notice.kind);
            notices.push(notice);
            notices.sort_by_key(|notice| notice.kind);
        });
    }

    /// Say a sentence with nothing to undo.
    pub fn tell(&self, kind: NoticeKind, text: impl Into<String>) {
        self.say(Notice { kind, text: text.into(), can_undo: false });
    }

    /// Stop saying it.
    pub fn withdraw(&self, kind: NoticeKind) {
        if self.0.with_untracked(|notices| notices.iter().any(|notice| notice.kind == kind)) {
            self.0.update(|notices| notices.retain(|notice| notice.kind != kind));
        }
    }
}
