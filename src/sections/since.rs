//! What has changed since a record that was brought to the page; nothing of it is there unless it is asked for.

use std::sync::Arc;

use leptos::prelude::*;

use super::record_sheet::block;
use crate::browser::timing::after_paint;
use crate::browser::{file, focus, places};
use crate::components::anew::Anew;
use crate::components::behind::behind;
use crate::domain::record::{Block, file_stem, written};
use crate::domain::side_by_side::Asked;
use crate::domain::since::{Since, document, since};
use crate::state::{HeldRecord, NoticeKind, Page};

/// Id of the section.
const ID: &str = "since";

/// What has changed, while there is a record to hold what is shown against.
#[component]
pub fn SinceRecord() -> impl IntoView {
    let page = Page::get();
    view! {
        <Anew of=move || page.since.get() let:held>
            {held.map(|held| view! { <Account held /> })}
        </Anew>
    }
}

#[component]
fn Account(held: Arc<HeldRecord>) -> impl IntoView {
    let page = Page::get();
    let account = account(page, held);
    let blocks = Memo::new(move |_| account.with(|one| one.as_ref().map(|one| document(one))));
    let heading = move || {
        blocks.with(|blocks| match blocks.as_ref().and_then(|blocks| blocks.first()) {
            Some(Block::Heading(_, title)) => title.clone(),
            _ => "Reading the record…".to_owned(),
        })
    };
    let save = move |_| {
        let Some(blocks) = blocks.get_untracked() else { return };
        let name = page.name().get_untracked();
        if !file::give(&format!("since-{}.md", file_stem(&name)), &written(&blocks)) {
            page.notices.tell(NoticeKind::Storage, "Your browser does not hand out files.");
        }
    };
    let close = move |_| {
        page.close_since();
        focus::give("notices");
    };
    view! {
        <section class="since" id=ID aria-labelledby="since-title">
            <h2 id="since-title" tabindex="-1" prop:textContent=heading />
            <p class="since-tools">
                <button type="button" class="link" id="close-since" on:click=close>
                    "Close"
                </button>
                <button type="button" class="link" id="open-recorded" on:click=move |_| page.open_recorded()>
                    "Open the recorded scenario"
                </button>
                <Show when=move || page.can_compare()>
                    <button
                        type="button"
                        class="link"
                        id="compare-recorded"
                        on:click=move |_| page.compare_recorded()
                    >
                        "Compare side by side"
                    </button>
                </Show>
                <button type="button" class="link" id="save-since" on:click=save>
                    "Save as Markdown"
                </button>
            </p>
            <Anew of=move || blocks.get() let:blocks>
                {blocks.iter().flatten().skip(1).map(lower).collect_view()}
            </Anew>
        </section>
    }
}

/// What has changed, a moment behind the answer; the reader is led to it once it is there.
fn account(page: Page, held: Arc<HeldRecord>) -> RwSignal<Option<Arc<Since>>> {
    let is_new = StoredValue::new(true);
    let held = StoredValue::new(held);
    let source =
        move || (page.name_in_comparison(), page.answer.get(), page.case.get(), page.errors.with(Vec::len));
    let compute = move |(name, answer, case, wrong): &(String, Arc<_>, Arc<_>, usize)| {
        let held = held.try_get_value()?;
        page.scenario.try_with_untracked(|scenario| {
            since(
                &held.replayed,
                &Asked { name, scenario, case, answer, volume_flips: None, wrong_fields: *wrong },
            )
        })
    };
    let arrived = move || {
        if is_new.try_get_value() == Some(true) {
            is_new.set_value(false);
            after_paint(|| places::go(ID, None));
        }
    };
    behind(source, compute, arrived)
}

/// A block below the heading of the section.
fn lower(part: &Block) -> AnyView {
    match part {
        Block::Heading(level, text) => block(&Block::Heading(level + 1, text.clone())),
        part => block(part),
    }
}
