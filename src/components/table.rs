//! A plain table of texts: the numbers behind a figure, or rows of the catalogue.

use std::cmp::Ordering;
use std::rc::Rc;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};

use crate::browser::dom::{El, button, el, follow};
use crate::state::Watched;

/// Head and rows; all cells are texts already written for people.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// What it holds, for those who cannot see it.
    pub caption: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Cells by row; one beyond the columns is not shown: it is the key of the row.
    pub rows: Vec<Vec<String>>,
    /// So many first and so many last columns hold words; the others hold numbers, aligned to the right.
    pub word_columns: (usize, usize),
}

/// A table that scrolls sideways in its own frame where it is too wide.
pub fn plain_table(table: &Table) -> El {
    let head = table.head.iter().enumerate();
    let head = head.map(|(index, name)| head_cell(table, index).text(name));
    let body = el("tbody").children(table.rows.iter().map(|cells| row(table, cells, &|_| Vec::new())));
    frame(table, el("tr").children(head), body)
}

/// What stands behind the name of the row of a key.
type Tools = Box<dyn Fn(&str) -> Vec<El>>;

/// The same with a field to search its rows and heads that order them; it follows what `table` reads.
pub fn searchable_table(
    table: impl Fn() -> Table + 'static,
    tools: impl Fn(&str) -> Vec<El> + 'static,
) -> El {
    searchable(Box::new(table), Box::new(tools))
}

fn searchable(table: Box<dyn Fn() -> Table>, tools: Tools) -> El {
    let query = RwSignal::new(String::new());
    // Column, and whether from the last to the first.
    let order = RwSignal::new(None::<(usize, bool)>);
    let rows = Watched::new(Rc::new(Table::default()));
    follow(move || rows.replace(Rc::new(table())));
    let table = rows.get_untracked();
    let head = table.head.iter().enumerate().map(|(index, name)| {
        let sorted = move || order.get().filter(|(column, _)| *column == index);
        let turn = move |_| order.set(Some((index, sorted_up(order.get_untracked(), index))));
        head_cell(&table, index)
            .live_attr("aria-sort", move || {
                sorted().map(|(_, down)| if down { "descending" } else { "ascending" }.to_owned())
            })
            .child(button("").text(name).on("click", turn))
    });
    let head = el("tr").children(head);
    let body = el("tbody").anew(move || {
        let table = rows.get();
        let shown = table.selected(&query.get(), order.get());
        shown.into_iter().map(|cells| row(&table, cells, &tools)).collect()
    });
    let count = move || {
        let table = rows.get();
        format!("{} of {} rows", table.selected(&query.get(), None).len(), table.rows.len())
    };
    let search = el("input")
        .attrs(&[("type", "search"), ("autocomplete", "off"), ("spellcheck", "false")])
        .on_value("input", move |text| query.set(text));
    let label = el("label").text("Search ").child(search);
    let line =
        el("div").class("table-search").child(label).child(el("span").attr("role", "status").live(count));
    el("div").child(line).child(frame(&table, head, body))
}

/// Whether a click on a column's head orders from the last to the first.
fn sorted_up(order: Option<(usize, bool)>, column: usize) -> bool {
    order == Some((column, false))
}

impl Table {
    /// The rows that hold all words of a query, by a column where one is given.
    fn selected(&self, query: &str, order: Option<(usize, bool)>) -> Vec<&Vec<String>> {
        let words: Vec<String> = query.split_whitespace().map(str::to_ascii_lowercase).collect();
        let holds = |cells: &&Vec<String>| {
            let text = cells.join(" ").to_ascii_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut rows: Vec<&Vec<String>> = self.rows.iter().filter(holds).collect();
        if let Some((column, down)) = order {
            rows.sort_by(|a, b| {
                let order = cell_order(a.get(column), b.get(column));
                if down { order.reverse() } else { order }
            });
        }
        rows
    }
}

/// Numbers by size, words by letter; numbers before words, and so unknowns last.
fn cell_order(a: Option<&String>, b: Option<&String>) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return b.is_none().cmp(&a.is_none()) };
    match (size(a), size(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

/// The number that a cell begins with, as the page writes it: "1,024", "8.2 M", "50 %".
fn size(cell: &str) -> Option<f64> {
    let plain = cell.replace([',', '$'], "");
    let end = plain.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(plain.len());
    let (number, rest) = plain.split_at(end);
    let unit = match rest.trim_start().chars().next() {
        None | Some('%') => 1.0,
        Some('k') => 1e3,
        Some('M') => 1e6,
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| number * unit)
}

fn head_cell(table: &Table, index: usize) -> El {
    el("th").attr("scope", "col").class(table.class_at(index))
}

fn row(table: &Table, cells: &[String], tools: &dyn Fn(&str) -> Vec<El>) -> El {
    let key = cells.get(table.head.len());
    let cell = |(index, text): (usize, &String)| {
        let cell = if index == 0 { el("th").attr("scope", "row") } else { el("td") };
        let cell = cell.class(table.class_at(index)).text(text);
        match key.filter(|_| index == 0) {
            Some(key) => cell.text(" ").children(tools(key)),
            None => cell,
        }
    };
    el("tr").children(cells.iter().take(table.head.len()).enumerate().map(cell))
}

fn frame(table: &Table, head: El, body: El) -> El {
    let content = el("table")
        .class("plain")
        .child(el("caption").class("unseen").text(&table.caption))
        .child(el("thead").child(head))
        .child(body);
    el("div")
        .attrs(&[("class", "table-frame"), ("role", "region"), ("tabindex", "0")])
        .attr("aria-label", &table.caption)
        .child(content)
}

impl Table {
    fn class_at(&self, index: usize) -> &'static str {
        let (first, last) = self.word_columns;
        let numbers = first..self.head.len().saturating_sub(last);
        if numbers.contains(&index) { "number" } else { "words" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let rows = [["b", "1,024"], ["a", "8.2 k"], ["c", "—"], ["d", "50 %"]];
        let rows = rows.map(|cells| cells.map(str::to_owned).into()).into();
        Table { rows, ..Table::default() }
    }

    fn names(query: &str, order: Option<(usize, bool)>) -> String {
        table().selected(query, order).iter().map(|cells| cells[0].as_str()).collect()
    }

    #[test]
    fn rows_are_ordered_by_size_and_unknowns_come_last() {
        assert_eq!(names("", None), "bacd");
        assert_eq!(names("", Some((0, false))), "abcd");
        assert_eq!(names("", Some((1, false))), "dbac");
        assert_eq!(names("", Some((1, true))), "cabd");
    }

    #[test]
    fn a_query_keeps_the_rows_that_hold_all_its_words() {
        assert_eq!(names("8.2 A", None), "a");
        assert_eq!(names("8.2 b", None), "");
    }
}
