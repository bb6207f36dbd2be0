//! A row of the catalogue, chosen from a list with its price.

use leptos::prelude::*;

use super::bound::Bound;
use super::choice::{Select, choice};
use super::frame::{FieldFrame, Labelling};
use super::row_options::{RowOption, grouped_options};
use crate::domain::catalog::choice::RowTable;
use crate::domain::scenario::OwnRows;

/// A catalogue row.
#[component]
pub fn RowField(field: Bound, table: RowTable) -> impl IntoView {
    // A row that was removed stays in the list as long as it is chosen: nothing else must seem to be.
    let missing = Memo::new(move |_| field.is_wrong().then(|| field.text.get()));
    view! {
        <FieldFrame field labelling=Labelling::Control>
            <Select field>
                {move || missing.get().map(|id| choice(field, id.clone(), format!("{id} · not in the catalogue")))}
                {move || options(field, table, &field.rows())}
            </Select>
        </FieldFrame>
    }
}

fn options(field: Bound, table: RowTable, rows: &OwnRows) -> AnyView {
    let group = |(group, options): (Option<String>, Vec<RowOption>)| {
        let options = options.into_iter().map(|row| choice(field, row.id, row.label)).collect_view();
        match group {
            Some(name) => view! { <optgroup label=name>{options}</optgroup> }.into_any(),
            None => options.into_any(),
        }
    };
    grouped_options(table, rows).into_iter().map(group).collect_view().into_any()
}
