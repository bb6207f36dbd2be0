//! What is kept in this browser: open it, name it, put a note to it, copy it, delete it.

use leptos::prelude::*;

use super::comparing::COMPARISON;
use super::files::hand_out;
use crate::browser::{focus, places, window};
use crate::domain::library::{EntryId, MOST_NAME_CHARS, MOST_NOTE_CHARS};
use crate::state::{KeptLine, Page};

/// More than so many can be searched.
const MOST_UNSEARCHED: usize = 8;
/// Id of the region that says what was deleted and offers it again.
const NOTICES: &str = "notices";

/// The list, read from the storage.
#[component]
pub fn Kept(
    /// Closes what it stands in.
    close: Callback<()>,
) -> impl IntoView {
    let page = Page::get();
    let query = RwSignal::new(String::new());
    let lines = Memo::new(move |_| {
        page.kept_changes.track();
        page.replacements.track();
        // Where storage cannot be read a notice says so, and the list is empty.
        page.kept_lines().unwrap_or_default()
    });
    let shown = move || {
        let query = query.get().trim().to_lowercase();
        lines.with(|lines| {
            let found = lines.iter().filter(|line| is_found(line, &query));
            found.map(|line| line.id.clone()).collect::<Vec<_>>()
        })
    };
    let is_any = move || lines.with(|lines| !lines.is_empty());
    let is_many = move || lines.with(|lines| lines.len() > MOST_UNSEARCHED);
    let is_unkept = move || {
        page.kept_changes.track();
        page.entry_name.get().is_none()
    };
    let forget = move |_| {
        close.run(());
        page.forget_all();
        focus::give(NOTICES);
    };
    view! {
        <section class="kept" aria-label="Kept in this browser">
            <p class="hint">"Kept in this browser"</p>
            <Show when=is_many>
                <input
                    type="search"
                    class="kept-search"
                    aria-label="Search what is kept"
                    placeholder="Search"
                    prop:value=query
                    on:input=move |event| query.set(event_target_value(&event))
                />
            </Show>
            <ul>
                <For each=shown key=|id| id.as_str().to_owned() let(id)>
                    <Line id lines close />
                </For>
            </ul>
            <Show when=is_unkept>
                <button type="button" id="keep-now" on:click=move |_| page.keep_now()>
                    "Keep what is shown"
                </button>
            </Show>
            <Show when=is_any>
                <button type="button" id="all-file" on:click=move |_| hand_out(page, page.files_of_all())>
                    "All of them as a file"
                    <kbd>".json"</kbd>
                </button>
                <button type="button" id="forget-all" on:click=forget>
                    "Forget what is kept here"
                </button>
            </Show>
        </section>
    }
}

fn is_found(line: &KeptLine, query: &str) -> bool {
    query.is_empty() || line.name.to_lowercase().contains(query) || line.note.to_lowercase().contains(query)
}

#[component]
fn Line(id: EntryId, lines: Memo<Vec<KeptLine>>, close: Callback<()>) -> impl IntoView {
    let page = Page::get();
    let key = id.clone();
    let line = Memo::new(move |_| lines.with(|lines| lines.iter().find(|line| line.id == key).cloned()));
    let read =
        move |read: fn(&KeptLine) -> String| line.with(|line| line.as_ref().map(read).unwrap_or_default());
    let is_present = move || line.with(|line| line.as_ref().is_some_and(|line| line.is_present));
    let is_set_aside = move || line.with(|line| line.as_ref().is_some_and(|line| line.set_aside.is_some()));
    let delete = move |_| {
        if let Some(line) = line.get_untracked() {
            close.run(());
            page.forget(&line);
            focus::give(NOTICES);
        }
    };
    let id = StoredValue::new(id);
    let compare = move |_| {
        close.run(());
        id.with_value(|id| page.compare_kept(id));
        places::go(COMPARISON, None);
    };
    let open = move |_| {
        close.run(());
        id.with_value(|id| page.open_kept(id));
    };
    let when =
        move || read(|line| if line.edited == 0 { String::new() } else { window::moment(line.edited) });
    view! {
        <li>
            <button
                type="button"
                class="kept-open"
                aria-current=move || is_present().then_some("true")
                disabled=is_set_aside
                on:click=open
            >
                <span prop:textContent=move || read(|line| line.name.clone()) />
                <span class="kept-when" prop:textContent=when />
            </button>
            <p class="hint" hidden=move || read(|line| line.note.clone()).is_empty() prop:textContent=move || read(|line| line.note.clone()) />
            <details class="kept-more">
                <summary aria-label=move || format!("More for “{}”", read(|line| line.name.clone()))></summary>
                <div>
                    <Show when=is_set_aside fallback=move || view! { <Naming id line /> }>
                        <SetAside id line />
                    </Show>
                    <Show when=move || !is_set_aside()>
                        <button
                            type="button"
                            class="kept-compare"
                            disabled=move || !page.can_compare()
                            on:click=compare
                        >
                            "Compare with what is shown"
                        </button>
                    </Show>
                    <button type="button" class="kept-delete" on:click=delete>
                        "Delete"
                    </button>
                </div>
            </details>
        </li>
    }
}

#[component]
fn Naming(id: StoredValue<EntryId>, line: Memo<Option<KeptLine>>) -> impl IntoView {
    let page = Page::get();
    let name = move || line.with(|line| line.as_ref().map(|line| line.name.clone()).unwrap_or_default());
    let note = move || line.with(|line| line.as_ref().map(|line| line.note.clone()).unwrap_or_default());
    let rename = move |event| id.with_value(|id| page.rename(id, &event_target_value(&event)));
    let annotate = move |event| id.with_value(|id| page.annotate(id, &event_target_value(&event)));
    view! {
        <label>
            "Name"
            <input type="text" class="kept-name" maxlength=MOST_NAME_CHARS.to_string() prop:value=name on:change=rename />
        </label>
        <label>
            "Note"
            <textarea class="kept-note" rows="2" maxlength=MOST_NOTE_CHARS.to_string() prop:value=note on:change=annotate />
        </label>
        <button type="button" class="kept-copy" on:click=move |_| id.with_value(|id| page.duplicate(id))>
            "Duplicate"
        </button>
    }
}

/// Why an entry cannot be read, and its text, to be copied or taken away as a file.
#[component]
fn SetAside(id: StoredValue<EntryId>, line: Memo<Option<KeptLine>>) -> impl IntoView {
    let page = Page::get();
    let aside = line.get_untracked().and_then(|line| line.set_aside);
    let (why, text) = aside.unwrap_or_default();
    let name = id.with_value(|id| format!("set-aside-{}.txt", id.as_str()));
    let file = StoredValue::new(vec![(name, text.clone())]);
    let hand_out = move |_| hand_out(page, file.get_value());
    view! {
        <p class="hint">{why}</p>
        <label>
            "Its text, to be copied"
            <textarea class="kept-text" rows="3" readonly prop:value=text />
        </label>
        <button type="button" class="kept-file" on:click=hand_out>
            "Its text as a file"
        </button>
    }
}
