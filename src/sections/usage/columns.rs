//! What the columns of an unknown CSV hold, for the user to say.

use leptos::prelude::*;

use super::reading::{Reading, Stage};
use crate::components::anew::Anew;
use crate::domain::usage::{Meaning, Problem, choices};

/// A choice of column for each meaning, while the columns of the export are not known.
#[component]
pub fn ColumnForm(reading: Reading) -> impl IntoView {
    let names = move || match reading.stage.get() {
        Stage::Wrong(Problem::UnknownColumns(names)) => names,
        _ => Vec::new(),
    };
    view! {
        <Anew of=names let:names>
            {(!names.is_empty()).then(|| form(&names, reading))}
        </Anew>
    }
}

fn form(names: &[String], reading: Reading) -> AnyView {
    let chosen = RwSignal::new([None::<usize>; choices().len()]);
    let fields = choices().into_iter().enumerate().map(|(place, (_, label))| {
        let choose = move |event| {
            let column = event_target_value(&event).parse().ok();
            chosen.update(|chosen| {
                if let Some(one) = chosen.get_mut(place) {
                    *one = column;
                }
            });
        };
        let option = |(column, name): (usize, &String)| {
            let name = if name.trim().is_empty() { format!("Column {}", column + 1) } else { name.clone() };
            view! { <option value=column.to_string()>{name}</option> }
        };
        let id = format!("usage-column-{place}");
        view! {
            <label for=id.clone()>{label}</label>
            <select id=id on:change=choose>
                <option value="">"none"</option>
                {names.iter().enumerate().map(option).collect_view()}
            </select>
        }
    });
    let fields = fields.collect_view();
    let said = move || {
        let columns = choices().into_iter().zip(chosen.get());
        columns.filter_map(|((meaning, _), column)| Some((meaning, column?))).collect::<Vec<_>>()
    };
    let can_read = move || {
        let has = |wanted: &[Meaning]| said().iter().any(|(meaning, _)| wanted.contains(meaning));
        has(&[Meaning::Input, Meaning::Plain]) && has(&[Meaning::Output])
    };
    view! {
        <fieldset class="usage-columns">
            <legend>"Which column holds what?"</legend>
            {fields}
            <p class="row-buttons">
                <button
                    type="button"
                    class="solid"
                    disabled=move || !can_read()
                    on:click=move |_| reading.again(untrack(said))
                >
                    "Read with these columns"
                </button>
            </p>
        </fieldset>
    }
    .into_any()
}
