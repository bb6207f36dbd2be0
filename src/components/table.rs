//! A plain table of texts: the numbers behind a figure, or rows of the catalogue.

use crate::browser::dom::{El, el};

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
pub fn plain_table(table: &Table) -> El {
    let (first, last) = table.word_columns;
    let numbers = first..table.head.len().saturating_sub(last);
    let class_at = move |index: usize| if numbers.contains(&index) { "number" } else { "words" };
    let head = table.head.iter().enumerate();
    let head = head.map(|(index, name)| el("th").attr("scope", "col").class(class_at(index)).text(name));
    let cell = |(index, text): (usize, &String)| {
        let cell = if index == 0 { el("th").attr("scope", "row") } else { el("td") };
        cell.class(class_at(index)).text(text)
    };
    let rows = table.rows.iter().map(|cells| el("tr").children(cells.iter().enumerate().map(cell)));
    let content = el("table")
        .class("plain")
        .child(el("caption").class("unseen").text(&table.caption))
        .child(el("thead").child(el("tr").children(head)))
        .child(el("tbody").children(rows));
    el("div")
        .attrs(&[("class", "table-frame"), ("role", "region"), ("tabindex", "0")])
        .attr("aria-label", &table.caption)
        .child(content)
}
