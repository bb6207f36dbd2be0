//! The catalogue as tables, each row with its source, date and confidence. Every row can be changed here, those that a
//! policy brings too: the user's own row then lies over it.

mod draft;
mod editor;
mod model_files;
mod row_form;
mod row_tools;
mod tables;

use std::sync::Arc;

use leptos::html::Button;
use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::table::SearchableTable;
use crate::domain::catalog::own::Table;
use crate::state::Page;
use editor::Editor;
use model_files::ModelFiles;
use row_form::RowForm;
use row_tools::RowTools;
use tables::{EFFORTS, efforts, table_of};

/// All tables, each to open.
#[component]
pub fn Catalogue() -> impl IntoView {
    let rows = Page::get().rows;
    let efforts = Memo::new(move |_| rows.with(|rows| efforts(rows.catalog())));
    let of = |table: Table| {
        view! {
            <Disclosure class="catalogue" id=place_of(table) summary=move || table.label()>
                <EditableTable table />
            </Disclosure>
        }
    };
    view! {
        {Table::ALL.map(of).collect_view()}
        <Disclosure class="catalogue" id="table-efforts" summary=|| EFFORTS>
            <SearchableTable table=efforts />
        </Disclosure>
    }
}

/// The id by which sources lead to a table.
const fn place_of(table: Table) -> &'static str {
    match table {
        Table::ApiModels => "table-api-models",
        Table::HostedTuning => "table-hosted-tuning",
        Table::OpenModels => "table-open-models",
        Table::Gpus => "table-gpus",
    }
}

/// A table whose rows can be changed and added to.
#[component]
fn EditableTable(table: Table) -> impl IntoView {
    let page = Page::get();
    let editor = Editor::of(page, table);
    let rows = Memo::new(move |_| page.rows.with(|rows| table_of(table, rows)));
    let tools = Arc::new(move |key: &str| {
        let key = key.to_owned();
        view! { <RowTools editor key /> }.into_any()
    });
    let reads_files = table == Table::OpenModels;
    view! {
        <div>
            {reads_files.then(|| view! { <ModelFiles /> })}
            <p class="own-rows">
                <AddButton editor />
                <span role="status" prop:textContent=move || editor.said.get() />
            </p>
            <Anew of=move || editor.editing.get() let:editing>
                {editing.map(|key| view! { <RowForm editor key /> })}
            </Anew>
            <SearchableTable table=rows tools />
        </div>
    }
}

/// Opens the form on a new row. The focus comes here first when the form closes, in case its row is gone.
#[component]
fn AddButton(editor: Editor) -> impl IntoView {
    let button = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if editor.returning.with(Option::is_some)
            && let Some(button) = button.get()
        {
            // It throws for nothing that can be focused.
            let _ = button.focus();
        }
    });
    view! {
        <button type="button" class="link" node_ref=button on:click=move |_| editor.open(None)>
            "Add a row of your own"
        </button>
    }
}
