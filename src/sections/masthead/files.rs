//! Scenarios as files: handed out, chosen, dropped anywhere on the page, or pasted.

use leptos::ev::Event;
use leptos::html::Input;
use leptos::prelude::*;

use crate::browser::brought::{on_files_dropped, on_pasted};
use crate::browser::file::{self, ChosenFile, FileProblem, chosen, pasted, read_whole};
use crate::codec::MOST_BYTES;
use crate::state::{Brought, NoticeKind, Page};

/// More files at once are not looked at.
const MOST_FILES: usize = 20;

/// What is shown as a file, and files and texts to take.
#[component]
pub fn Files(
    /// Called once something was taken.
    after: Callback<()>,
) -> impl IntoView {
    let page = Page::get();
    let (control, field) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let choose = move |_| {
        if let Some(control) = control.get_untracked() {
            control.click();
        }
    };
    let taken = move |event: Event| {
        let files = chosen(&event);
        if !files.is_empty() {
            after.run(());
            take_files(page, files);
        }
    };
    let take = move |text: String| {
        if !text.trim().is_empty() {
            after.run(());
            take_text(page, &text);
        }
    };
    let paste = move |event: Event| {
        if let Some(text) = pasted(&event) {
            take(text);
        }
    };
    // What was taken does not stay in it.
    let typed = move |_| {
        if let Some(field) = field.get_untracked() {
            let text = field.value();
            field.set_value("");
            take(text);
        }
    };
    view! {
        <button
            type="button"
            class="menu-part"
            id="scenario-file"
            on:click=move |_| hand_out(page, vec![page.file_of_shown()])
        >
            "Scenario as a file"
            <kbd>".json"</kbd>
        </button>
        <button type="button" id="open-files" on:click=choose>
            "Open a file"
            <kbd>"or drop it"</kbd>
        </button>
        <input type="file" id="files-in" hidden multiple node_ref=control on:change=taken />
        <label class="author" for="paste-in">
            "Link or text of a scenario"
        </label>
        <input
            type="text"
            id="paste-in"
            node_ref=field
            autocomplete="off"
            placeholder="paste it here"
            on:paste=move |event| paste(event.into())
            on:change=typed
        />
    }
}

/// Take what is dropped or pasted where nothing else takes it, for as long as the owner lives.
pub fn listen(page: Page) {
    on_files_dropped(move |files| take_files(page, files));
    on_pasted(move |brought| match brought {
        Ok(text) => take_text(page, &text),
        Err(files) => take_files(page, files),
    });
}

/// Hand out files: name and text of each.
pub fn hand_out(page: Page, files: Vec<(String, String)>) {
    if !files.iter().all(|(name, text)| file::give(name, text)) {
        page.notices.tell(NoticeKind::Storage, "Your browser does not hand out files.");
    }
}

fn take_text(page: Page, text: &str) {
    page.take_in(vec![Brought::text(text)]);
}

fn take_files(page: Page, mut files: Vec<ChosenFile>) {
    let too_many = files.split_off(files.len().min(MOST_FILES));
    read_whole(files, MOST_BYTES, move |read| {
        let brought = |(file, bytes): (ChosenFile, Result<Vec<u8>, FileProblem>)| {
            let bytes = bytes.map_err(|problem| match problem {
                FileProblem::TooLong => Brought::too_large(file.bytes() as usize),
                FileProblem::Unreadable => problem.sentence().to_owned(),
            });
            Brought::file(file.name(), bytes)
        };
        let left = |file: ChosenFile| {
            let why = format!("At most {MOST_FILES} files are looked at together.");
            Brought::file(file.name(), Err(why))
        };
        page.take_in(read.into_iter().map(brought).chain(too_many.into_iter().map(left)).collect());
    });
}
