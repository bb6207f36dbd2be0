//! The record of the decision, as a file or on paper, to be signed; and its money as a workbook.

use leptos::prelude::*;

use crate::browser::{file, window};
use crate::domain::answer::{Found, Path, paths};
use crate::domain::record::{Basis, Cover, Record, document, file_stem, markdown, record};
use crate::domain::units;
use crate::domain::workbook::workbook;
use crate::sections::record_sheet::Shown;
use crate::state::{NoticeKind, Page, Progress};
use crate::xlsx::xlsx;

/// The longest name of an author, characters.
const MOST_OF_AUTHOR: &str = "120";

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Markdown,
    Json,
    Paper,
}

/// Hands out the record, with the name of its author where one is given; that name is kept nowhere.
#[component]
pub fn Recording(
    /// Called once it was asked for.
    after: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let page = Page::get();
    let shown = Shown::get();
    let author = RwSignal::new(String::new());
    let wanted = RwSignal::new(None::<Form>);
    let progress = page.flips.progress();
    // What would change the answer belongs to it: it waits until every input is searched.
    Effect::new(move |_| {
        let Some(form) = wanted.get().filter(|_| progress.get() == Progress::Done) else { return };
        wanted.set(None);
        if let Some(record) = recorded(page, &author.get_untracked()) {
            hand_out(page, shown, form, &record);
        }
    });
    let ask = move |form| {
        move |_| {
            wanted.set(Some(form));
            after();
        }
    };
    let costs = move |_| {
        after();
        hand_out_costs(page);
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
        <button type="button" id="record-paper" on:click=ask(Form::Paper)>
            "The same on paper"
            <kbd>"A4"</kbd>
        </button>
        <button type="button" id="workbook" on:click=costs>
            "Costs by month"
            <kbd>".xlsx"</kbd>
        </button>
    }
}

/// Whether all fields are right; the page says where they are not.
fn is_right(page: Page) -> bool {
    let is_right = page.errors.with_untracked(Vec::is_empty);
    if !is_right {
        let text = "There is no record while a field is wrong: mend it, then ask again.";
        page.notices.tell(NoticeKind::Link, text);
    }
    is_right
}

fn cover(page: Page, author: &str) -> Cover {
    Cover {
        name: page.name().get_untracked().to_owned(),
        author: author.to_owned(),
        date: window::today(),
        link: page.link(),
    }
}

fn with_basis<T>(page: Page, paths: &[Path], found: &Found, read: impl FnOnce(&Basis) -> T) -> T {
    let (case, answer) = (page.case.get_untracked(), page.answer.get_untracked());
    let scenario = page.scenario.get_untracked();
    read(&Basis { scenario: &scenario, case: &case, answer: &answer, paths, found })
}

fn recorded(page: Page, author: &str) -> Option<Record> {
    let paths = is_right(page).then(|| page.case.with_untracked(|case| paths(case)))?;
    let found = page.flips.found();
    Some(with_basis(page, &paths, &found, |basis| record(basis, &cover(page, author))))
}

fn hand_out(page: Page, shown: Shown, form: Form, record: &Record) {
    let stem = file_stem(&record.name);
    let given = match form {
        Form::Paper => {
            shown.show(document(record));
            true
        }
        Form::Markdown => file::give(&format!("{stem}.md"), &markdown(record)),
        // Nothing in it can fail to be written.
        Form::Json => {
            file::give(&format!("{stem}.json"), &serde_json::to_string_pretty(record).unwrap_or_default())
        }
    };
    told(page, given);
}

fn hand_out_costs(page: Page) {
    if !is_right(page) {
        return;
    }
    let cover = cover(page, "");
    let book = with_basis(page, &[], &Found::default(), |basis| workbook(basis, &cover));
    let stem = units::file_stem(&cover.name);
    let name = if stem.is_empty() { "costs.xlsx".to_owned() } else { format!("costs-{stem}.xlsx") };
    // No sheet of ours is refused.
    told(page, xlsx(&book).is_ok_and(|bytes| file::give_bytes(&name, &bytes)));
}

fn told(page: Page, given: bool) {
    if !given {
        page.notices.tell(NoticeKind::Storage, "Your browser does not hand out files.");
    }
}
