//! The form for one row of the user: a row of the catalogue with other cells, or a further one.

use leptos::html::H3;
use leptos::prelude::*;

use super::draft::Draft;
use super::editor::Editor;
use crate::domain::catalog::own::{CellError, CellKind, Column, NumberKind, Table};
use crate::domain::scenario::OwnRows;

const CHANGING: &str = "Holds in this scenario and its links only. Keep the name to change this row; with another name it is added to the table. An emptied field is unknown.";
const ADDING: &str = "Holds in this scenario and its links only. To start from a row that is there, edit that one and give it another name.";

/// The form for the row of a key, or for a new one.
#[component]
pub fn RowForm(editor: Editor, key: Option<String>) -> impl IntoView {
    let (page, table) = (editor.page, editor.table);
    let rows = page.rows.get_untracked();
    let draft = StoredValue::new(Draft::of(table, key.as_deref(), &rows));
    let errors = RwSignal::new(Vec::<CellError>::new());
    let fields = table.columns().iter().enumerate().map(|(place, column)| {
        let (draft, rows) = (draft, rows.clone());
        view! { <CellField draft table place column errors rows /> }
    });
    let fields = fields.collect_view();
    let (title, words) = match &key {
        Some(key) => (format!("Edit “{key}”"), CHANGING),
        None => (format!("A row of your own: {}", table.label()), ADDING),
    };
    let of_cancel = key.clone();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match draft.with_value(|draft| draft.save(page)) {
            Ok(said) => editor.close(key.clone(), said),
            Err(wrong) => errors.set(wrong),
        }
    };
    view! {
        <form class="row-form" novalidate aria-label=title on:submit=save>
            <Heading title=title.clone() />
            <p>{words} " Fields with * are needed."</p>
            <div class="row-fields">{fields}</div>
            <p class="error" role="alert" prop:textContent=move || errors.with(|errors| summary(errors)) />
            <p class="row-buttons">
                <button type="submit">"Save the row"</button>
                <button
                    type="button"
                    class="link"
                    on:click=move |_| editor.close(of_cancel.clone(), String::new())
                >
                    "Cancel"
                </button>
            </p>
        </form>
    }
}

/// The heading; it takes the focus when the form opens.
#[component]
fn Heading(title: String) -> impl IntoView {
    let heading = NodeRef::<H3>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // It throws for nothing that can be focused.
            let _ = heading.focus();
        }
    });
    view! {
        <h3 tabindex="-1" node_ref=heading>
            {title}
        </h3>
    }
}

/// What is wrong in all, in a sentence.
fn summary(errors: &[CellError]) -> String {
    let of_row = errors.iter().find(|error| error.column.is_empty());
    match (of_row, errors.len()) {
        (_, 0) => String::new(),
        (Some(error), _) => error.message.clone(),
        (None, 1) => "One field is not right yet.".to_owned(),
        (None, count) => format!("{count} fields are not right yet."),
    }
}

/// One cell: label, control, what is wrong with it, and help.
#[component]
fn CellField(
    draft: StoredValue<Draft>,
    table: Table,
    place: usize,
    column: &'static Column,
    errors: RwSignal<Vec<CellError>>,
    rows: OwnRows,
) -> impl IntoView {
    let id = format!("cell-{}-{}", table.key(), column.name);
    let (error_id, help_id) = (format!("{id}-error"), format!("{id}-help"));
    let error = Memo::new(move |_| {
        let of_column = |error: &&CellError| error.column == column.name;
        errors.with(|errors| errors.iter().find(of_column).map(|error| error.message.clone()))
    });
    let is_wrong = Memo::new(move |_| error.with(Option::is_some));
    let take = move |text| {
        let _ = draft.try_update_value(|draft| draft.type_in(place, text));
    };
    let first = draft.with_value(|draft| draft.first(place).to_owned());
    let described_by = format!("{error_id} {help_id}");
    let star = if column.needed { " *" } else { "" };
    view! {
        <div class="field" class:is-wrong=is_wrong>
            <label for=id.clone()>{column.label} {star}</label>
            <CellControl id column first choices=choices(column, &rows) described_by is_wrong take />
            <p class="error" id=error_id prop:textContent=move || error.get().unwrap_or_default() />
            <p class="source" id=help_id>
                {column.help}
            </p>
        </div>
    }
}

/// A line of text, or a list where only a few words will do.
#[component]
fn CellControl(
    id: String,
    column: &'static Column,
    /// What it holds at first.
    first: String,
    /// The words that will do.
    choices: Option<Vec<Choice>>,
    described_by: String,
    is_wrong: Memo<bool>,
    /// Called with what it holds, at each change.
    take: impl Fn(String) + 'static,
) -> impl IntoView {
    let required = if column.needed { "true" } else { "false" };
    let invalid = move || is_wrong.get().then_some("true");
    let take = move |event| take(event_target_value(&event));
    let Some(choices) = choices else {
        return view! {
            <input
                type="text"
                class="entry"
                inputmode=keyboard(column)
                autocomplete="off"
                spellcheck="false"
                value=first
                id=id
                aria-describedby=described_by
                aria-required=required
                aria-invalid=invalid
                on:input=take
            />
        }
        .into_any();
    };
    let option = |Choice { value, words }| {
        let is_first = value == first;
        view! { <option value=value selected=is_first>{words}</option> }
    };
    view! {
        <select
            id=id
            aria-describedby=described_by
            aria-required=required
            aria-invalid=invalid
            on:input=take
        >
            {choices.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// Which keyboard a phone shows.
fn keyboard(column: &Column) -> &'static str {
    match column.kind {
        CellKind::Number(kind, ..) if kind != NumberKind::Share => "decimal",
        _ => "text",
    }
}

/// A word to choose.
struct Choice {
    value: String,
    words: String,
}

impl Choice {
    fn blank() -> Choice {
        Choice { value: String::new(), words: "—".to_owned() }
    }
}

/// The words that a cell takes, if they are few.
fn choices(column: &Column, rows: &OwnRows) -> Option<Vec<Choice>> {
    match column.kind {
        CellKind::Words(words) => {
            let first = (!column.needed).then(Choice::blank);
            let word = |word: &&str| Choice { value: (*word).to_owned(), words: in_words(word) };
            Some(first.into_iter().chain(words.iter().map(word)).collect())
        }
        CellKind::Row(table) => {
            let ids = rows.cells(table).into_iter().map(|cells| table.id(&cells));
            let row = |id: String| Choice { value: id.clone(), words: id };
            Some([Choice::blank()].into_iter().chain(ids.map(row)).collect())
        }
        _ => None,
    }
}

/// A word of the table as people say it.
fn in_words(word: &str) -> String {
    match word {
        "1" | "true" => "yes".to_owned(),
        "0" | "false" => "no".to_owned(),
        other => other.replace('_', " "),
    }
}
