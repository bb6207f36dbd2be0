//! What stands behind the name of a row: who entered it, and what can be done with it.

use leptos::html::Button;
use leptos::prelude::*;

use super::editor::{Editor, Returning};
use crate::components::anew::Anew;
use crate::domain::catalog::own::{Author, Table};
use crate::domain::scenario::OwnRows;

/// Who entered a row, and what holds once it is gone.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    author: Option<Author>,
    /// Nothing, where the row is removed rather than taken back.
    below: Option<&'static str>,
}

impl Standing {
    fn of(rows: &OwnRows, table: Table, key: &str) -> Standing {
        let goes_back = rows.get(table, key).is_some_and(|row| row.like.as_deref() == Some(key));
        let has_below = goes_back || rows.is_of_policy(table, key);
        let author = rows.author(table, key).cloned();
        Standing { author, below: has_below.then(|| below(rows, table, key)) }
    }
}

/// The tools of the row of a key.
#[component]
pub fn RowTools(editor: Editor, key: String) -> impl IntoView {
    let of_key = key.clone();
    let standing =
        Memo::new(move |_| editor.page.rows.with(|rows| Standing::of(rows, editor.table, &of_key)));
    let mark =
        move || standing.with(|standing| standing.author.as_ref().map(|author| author.mark().to_owned()));
    let is_own = move || standing.with(|standing| standing.author == Some(Author::User));
    let way_back = move || is_own().then(|| standing.with(|standing| standing.below));
    let of_remove = key.clone();
    view! {
        <Anew of=mark let:mark>
            {mark.map(|mark| view! { <span class="mark">{mark}</span> })}
        </Anew>
        <EditButton editor key />
        <Anew of=way_back let:below>
            {below.map(|below| view! { <RemoveButton editor key=of_remove.clone() below /> })}
        </Anew>
    }
}

/// Opens the form on the row; takes the focus when it closes.
#[component]
fn EditButton(editor: Editor, key: String) -> impl IntoView {
    let button = NodeRef::<Button>::new();
    let here = Some(Returning(Some(key.clone())));
    Effect::new(move |_| {
        let is_asked = editor.returning.with(|returning| *returning == here);
        if is_asked && button.get().is_some_and(|button| button.focus().is_ok()) {
            editor.returning.set(None);
        }
    });
    let label = format!("Edit: {key}");
    view! {
        <button
            type="button"
            class="link"
            aria-label=label
            node_ref=button
            on:click=move |_| editor.open(Some(key.clone()))
        >
            "Edit"
        </button>
    }
}

/// Takes the row of the user out again.
#[component]
fn RemoveButton(editor: Editor, key: String, below: Option<&'static str>) -> impl IntoView {
    let (words, said) = match below {
        Some(below) => (format!("Back to {below}"), as_below(&key, below)),
        None => ("Remove".to_owned(), format!("Your row “{key}” is removed.")),
    };
    let label = format!("{words}: {key}");
    let remove = move |_| {
        editor.page.remove_row(editor.table, &key, said.clone());
        editor.close(Some(key.clone()), String::new());
    };
    view! {
        <button type="button" class="link" aria-label=label on:click=remove>
            {words}
        </button>
    }
}

/// What holds for a row of the user once it is gone.
pub fn below(rows: &OwnRows, table: Table, key: &str) -> &'static str {
    if rows.is_of_policy(table, key) { "the policy" } else { "the catalogue" }
}

/// What is said when it is gone.
pub fn as_below(key: &str, below: &str) -> String {
    format!("“{key}” is as in {below} again.")
}
