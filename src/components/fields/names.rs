//! Names of the catalogue, any number of them.

use leptos::prelude::*;

use super::bound::{Bound, input_id, label_id};
use super::frame::{FieldFrame, Labelling};
use crate::domain::catalog::Catalog;
use crate::domain::catalog::choice::NameTable;
use crate::domain::input::Value;

/// A set of names.
#[component]
pub fn NamesField(field: Bound, table: NameTable) -> impl IntoView {
    let record = field.record;
    let names = Memo::new(move |_| by_words(table, field.rows().catalog()));
    view! {
        <FieldFrame field labelling=Labelling::Group>
            <div class="names" role="group" id=input_id(record) aria-labelledby=label_id(record)>
                <For each=move || names.get() key=|(name, _)| name.clone() let((name, words))>
                    <NameBox field name words />
                </For>
            </div>
        </FieldFrame>
    }
}

#[component]
fn NameBox(field: Bound, name: String, words: String) -> impl IntoView {
    let id = format!("{}-{}", input_id(field.record), name.replace(' ', "-"));
    let of_label = id.clone();
    let marked = name.clone();
    let is_marked = move || field.value.with(|value| names(value).contains(&marked));
    let mark = move |event| {
        let mut names = names(&field.value_now()).to_vec();
        names.retain(|other| *other != name);
        if event_target_checked(&event) {
            names.push(name.clone());
            names.sort();
        }
        field.put(&Value::Names(names));
    };
    view! {
        <label class="flag" for=of_label>
            <input type="checkbox" id=id prop:checked=is_marked on:change=mark />
            <span>{words}</span>
        </label>
    }
}

/// Names and what a reader calls them, in the order in which that is looked up.
fn by_words(table: NameTable, catalog: &Catalog) -> Vec<(String, String)> {
    let mut named: Vec<_> = table.names(catalog).into_iter().map(|name| (table.words(&name), name)).collect();
    if table == NameTable::Providers {
        named.sort_by_key(|(words, _)| words.to_lowercase());
    }
    named.into_iter().map(|(words, name)| (name, words)).collect()
}

fn names(value: &Value) -> &[String] {
    match value {
        Value::Names(names) => names,
        _ => &[],
    }
}
