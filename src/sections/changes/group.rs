//! Changes as sentences, each with a button that tries it.

use leptos::prelude::*;

use crate::domain::answer::{flip_sentence, tried};
use crate::domain::input::input;
use crate::state::{Change, Page};

/// A group of changes beside its name.
///
/// Each place in it keeps its button while what stands there is another: the focus stays.
#[component]
pub fn ChangeGroup(
    name: &'static str,
    about: &'static str,
    /// Begins the ids of its elements.
    key: &'static str,
    /// Places that are kept even while they are empty.
    slots: usize,
    changes: Memo<Vec<Change>>,
) -> impl IntoView {
    view! {
        <div class="change-group" data-changes=key>
            <h3>{name} " " <span>{about}</span></h3>
            <ChangeList key slots changes />
        </div>
    }
}

/// The changes alone.
#[component]
pub fn ChangeList(key: &'static str, slots: usize, changes: Memo<Vec<Change>>) -> impl IntoView {
    let places = Memo::new(move |_| changes.with(Vec::len).max(slots));
    view! {
        <ul>
            <For each=move || 0..places.get() key=|place| *place let:place>
                <ChangePlace key place changes />
            </For>
        </ul>
    }
}

/// One place: a sentence and its button, or nothing.
#[component]
fn ChangePlace(key: &'static str, place: usize, changes: Memo<Vec<Change>>) -> impl IntoView {
    let page = Page::get();
    let change = Memo::new(move |_| changes.with(|changes| changes.get(place).cloned()));
    let sentence =
        Memo::new(move |_| change.get().map(|change| sentence_of(page, &change)).unwrap_or_default());
    let (say, act) = (format!("say-{key}-{place}"), format!("try-{key}-{place}"));
    let named = format!("{act} {say}");
    let field = move || change.with(|change| change.as_ref().map(|(id, _)| *id));
    let go = move |_| {
        if let Some(change) = change.get_untracked() {
            try_change(page, &change);
        }
    };
    view! {
        <li class:is-empty=move || change.with(Option::is_none)>
            <span id=say prop:textContent=sentence />
            <button
                type="button"
                class="link try"
                id=act
                aria-labelledby=named
                data-flip=field
                hidden=move || change.with(Option::is_none)
                on:click=go
            >
                "Try it"
            </button>
        </li>
    }
}

/// The sentence of a change, for the answer that it was found for.
fn sentence_of(page: Page, (id, flip): &Change) -> String {
    let record = input(id);
    let sentence = |record| {
        page.case.with_untracked(|case| {
            page.answer.with_untracked(|answer| flip_sentence(flip, record, case, &answer.decided))
        })
    };
    record.map(sentence).unwrap_or_default()
}

/// Try the value of a change.
pub fn try_change(page: Page, (id, flip): &Change) {
    let Some(record) = input(id) else { return };
    let said = tried(record, &flip.to, &page.value_now(record));
    page.try_values(&[(record, flip.to.clone())], said);
}
