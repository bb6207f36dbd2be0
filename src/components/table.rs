//! A plain table of texts: the numbers behind a figure, or rows of the catalogue.

use leptos::prelude::*;

/// Head and rows; all cells are texts already written for people.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// What it holds, for those who cannot see it.
    pub caption: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Cells by row.
    pub rows: Vec<Vec<String>>,
    /// So many first and so many last columns hold words; the others hold numbers, aligned to the right.
    pub word_columns: (usize, usize),
}

/// A table that scrolls sideways in its own frame where it is too wide.
#[component]
pub fn PlainTable(table: Table) -> impl IntoView {
    let (first, last) = table.word_columns;
    let numbers = first..table.head.len().saturating_sub(last);
    let class_at = move |index: usize| if numbers.contains(&index) { "number" } else { "words" };
    let head = table.head.into_iter().enumerate().map(|(index, name)| {
        view! { <th scope="col" class=class_at(index)>{name}</th> }
    });
    let rows = table.rows.into_iter().map(|cells| {
        let cells = cells.into_iter().enumerate().map(|(index, text)| match index {
            0 => view! { <th scope="row" class=class_at(0)>{text}</th> }.into_any(),
            _ => view! { <td class=class_at(index)>{text}</td> }.into_any(),
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let label = table.caption.clone();
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=label>
            <table class="plain">
                <caption class="unseen">{table.caption}</caption>
                <thead>
                    <tr>{head.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
