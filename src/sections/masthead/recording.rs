//! The record of the decision, as a file to be signed.

use leptos::prelude::*;

use crate::browser::{file, window};
use crate::domain::answer::paths;
use crate::domain::record::{Basis, Cover, Record, file_stem, markdown, record};
use crate::state::{NoticeKind, Page, Progress};

/// The longest name of an author, characters.
const MOST_OF_AUTHOR: &str = "120";

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Markdown,
    Json,
}

impl Form {
    const fn ending(self) -> &'static str {
        match self {
            Form::Markdown => "md",
            Form::Json => "json",
        }
    }

    fn write(self, record: &Record) -> String {
        match self {
            Form::Markdown => markdown(record),
            // Nothing in it can fail to be written.
            Form::Json => serde_json::to_string_pretty(record).unwrap_or_default(),
        }
    }
}

/// Hands out the record as a file, with the name of its author where one is given; that name is kept nowhere.
#[component]
pub fn Recording(
    /// Called once it was asked for.
    after: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let page = Page::get();
    let author = RwSignal::new(String::new());
    let wanted = RwSignal::new(None::<Form>);
    let progress = page.flips.progress();
    // What would change the answer belongs to it: it waits until every input is searched.
    Effect::new(move |_| {
        let Some(form) = wanted.get().filter(|_| progress.get() == Progress::Done) else { return };
        wanted.set(None);
        hand_out(page, form, &author.get_untracked());
    });
    let ask = move |form| {
        move |_| {
            wanted.set(Some(form));
            after();
        }
    };
    view! {
        <label class="author" for="record-author">
            "Author of the record"
        </label>
        <input
            type="text"
            id="record-author"
            autocomplete="off"
            maxlength=MOST_OF_AUTHOR
            placeholder="optional, not kept"
            on:input=move |event| author.set(event_target_value(&event))
        />
        <button type="button" id="record" on:click=ask(Form::Markdown)>
            "Decision record"
            <kbd>".md"</kbd>
        </button>
        <button type="button" id="record-json" on:click=ask(Form::Json)>
            "The same as data"
            <kbd>".json"</kbd>
        </button>
    }
}

fn hand_out(page: Page, form: Form, author: &str) {
    if page.errors.with_untracked(|errors| !errors.is_empty()) {
        let text = "There is no record while a field is wrong: mend it, then ask again.";
        return page.notices.tell(NoticeKind::Link, text);
    }
    let cover = Cover {
        name: page.name().get_untracked().to_owned(),
        author: author.to_owned(),
        date: window::today(),
        link: page.link(),
    };
    let (case, answer) = (page.case.get_untracked(), page.answer.get_untracked());
    let (scenario, paths, found) = (page.scenario.get_untracked(), paths(&case), page.flips.found());
    let basis = Basis { scenario: &scenario, case: &case, answer: &answer, paths: &paths, found: &found };
    let record = record(&basis, &cover);
    let name = format!("{}.{}", file_stem(&record.name), form.ending());
    if !file::give(&name, &form.write(&record)) {
        page.notices.tell(NoticeKind::Storage, "Your browser does not hand out files.");
    }
}
