//! A plain table: the numbers behind a figure, or rows of the catalogue.

use std::cmp::Ordering;

use leptos::prelude::*;

use super::search_bar::SearchBar;
use super::source::SourceText;
use crate::browser::file;
use crate::domain::units::{Cell, file_stem, sheet};

/// Head and rows; all cells are already written for people.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// What it holds, for those who cannot see it.
    pub caption: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Cells by row; one beyond the columns is not shown: it is the key of the row.
    pub rows: Vec<Vec<Cell>>,
    /// So many first and so many last columns hold words; the others hold numbers, aligned to the right.
    pub word_columns: (usize, usize),
}

/// The order of a column, chosen by a click on its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    column: usize,
    is_down: bool,
}

impl Order {
    /// A second click on the same head turns the order around.
    fn clicked(before: Option<Order>, column: usize) -> Order {
        Order { column, is_down: before == Some(Order { column, is_down: false }) }
    }

    fn aria(self) -> &'static str {
        if self.is_down { "descending" } else { "ascending" }
    }
}

/// What stands behind the name of the row of a key.
pub type RowTools = std::sync::Arc<dyn Fn(&str) -> AnyView + Send + Sync>;

/// What stands behind the name of the column at a place.
pub type HeadTools = std::sync::Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// A table that scrolls sideways in its own frame where it is too wide.
#[component]
pub fn PlainTable(
    table: Table,
    /// What stands behind the names of its columns.
    #[prop(optional)]
    heads: Option<HeadTools>,
) -> impl IntoView {
    let layout = Layout::of(&table);
    let head = table.head.iter().enumerate().map(|(index, name)| {
        let tools = heads.as_ref().map(|tools| tools(index));
        view! { <th scope="col" class=layout.class_at(index)>{name.clone()} {tools}</th> }
    });
    let head = head.collect_view().into_any();
    let rows = table.rows.iter().map(|cells| row(layout, texts(cells), None)).collect_view();
    let caption = table.caption.clone();
    frame(caption, head, rows.into_any(), Signal::stored(table))
}

/// The same with a field to search its rows and heads that order them.
#[component]
pub fn SearchableTable(
    /// Caption and head stay as they are; the rows are followed.
    #[prop(into)]
    table: Signal<Table>,
    /// What stands behind the name of each row that has a key.
    #[prop(optional)]
    tools: Option<RowTools>,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let order = RwSignal::new(None::<Order>);
    let Table { caption, head, word_columns, .. } = table.get_untracked();
    let layout = Layout { columns: head.len(), word_columns };
    let head = head.into_iter().enumerate();
    let head = head.map(|(column, name)| sorting_head(layout.class_at(column), column, name, order));
    let head = head.collect_view().into_any();
    let shown = Memo::new(move |_| table.with(|table| table.selected(&query.read(), order.get())));
    let tools = StoredValue::new(tools);
    let body = view! {
        <For each=move || shown.get() key=Clone::clone let:cells>
            {row(layout, cells.text, tools.get_value())}
        </For>
    };
    let count = Signal::derive(move || format!("{} of {} rows", shown.read().len(), table.read().rows.len()));
    view! {
        <div>
            <SearchBar query=query count=count />
            {frame(caption, head, body.into_any(), table)}
        </div>
    }
}

/// The head of a column that orders the rows by it.
fn sorting_head(class: &'static str, column: usize, name: String, order: RwSignal<Option<Order>>) -> AnyView {
    let sorted = move || order.get().filter(|order| order.column == column).map(Order::aria);
    let turn = move |_| order.update(|order| *order = Some(Order::clicked(*order, column)));
    view! {
        <th scope="col" class=class aria-sort=sorted>
            <button type="button" on:click=turn>
                {name}
            </button>
        </th>
    }
    .into_any()
}

/// A row as it is shown: another place or another cell makes it another row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct ShownRow {
    /// Only where the row has no key: two such rows may hold the same cells.
    place: Option<usize>,
    text: Vec<String>,
}

impl Table {
    /// Give the reader all rows as a file for a spreadsheet.
    fn save(&self) {
        // Where the browser refuses, nothing is lost: the table stands there.
        file::give(&format!("{}.csv", file_stem(&self.caption)), &sheet::csv(&self.head, &self.rows));
    }

    /// The rows that hold all words of a query, by a column where one is given.
    fn selected(&self, query: &str, order: Option<Order>) -> Vec<ShownRow> {
        let words: Vec<String> = query.split_whitespace().map(str::to_ascii_lowercase).collect();
        let holds = |cells: &Vec<Cell>| {
            let text = texts(cells).join(" ").to_ascii_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut rows: Vec<(usize, &Vec<Cell>)> =
            self.rows.iter().enumerate().filter(|(_, cells)| holds(cells)).collect();
        if let Some(Order { column, is_down }) = order {
            rows.sort_by(|(_, a), (_, b)| {
                let order = cell_order(a.get(column), b.get(column));
                if is_down { order.reverse() } else { order }
            });
        }
        let shown = |(place, cells): (usize, &Vec<Cell>)| ShownRow {
            place: (cells.len() <= self.head.len()).then_some(place),
            text: texts(cells),
        };
        rows.into_iter().map(shown).collect()
    }
}

fn texts(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(|cell| cell.text.clone()).collect()
}

/// Numbers by size, words by letter; numbers before words, and so unknowns last.
fn cell_order(a: Option<&Cell>, b: Option<&Cell>) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return b.is_none().cmp(&a.is_none()) };
    match (a.number, b.number) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.text.cmp(&b.text),
    }
}

/// Which columns hold numbers.
#[derive(Clone, Copy)]
struct Layout {
    columns: usize,
    word_columns: (usize, usize),
}

impl Layout {
    fn of(table: &Table) -> Layout {
        Layout { columns: table.head.len(), word_columns: table.word_columns }
    }

    /// Whether a column is among the last that hold words: there stand sources.
    fn is_source(self, index: usize) -> bool {
        index >= self.columns.saturating_sub(self.word_columns.1)
    }

    fn class_at(self, index: usize) -> &'static str {
        let (first, last) = self.word_columns;
        let numbers = first..self.columns.saturating_sub(last);
        if numbers.contains(&index) { "number" } else { "words" }
    }
}

fn row(layout: Layout, mut cells: Vec<String>, tools: Option<RowTools>) -> AnyView {
    let key = cells.drain(layout.columns.min(cells.len())..).next();
    let mut tools = key.zip(tools).map(|(key, tools)| view! { " " {tools(&key)} });
    let cell = |(index, text): (usize, String)| {
        let class = layout.class_at(index);
        match index {
            0 => view! { <th scope="row" class=class>{text} {tools.take()}</th> }.into_any(),
            _ if layout.is_source(index) => view! { <td class=class><SourceText text /></td> }.into_any(),
            _ => view! { <td class=class>{text}</td> }.into_any(),
        }
    };
    view! { <tr>{cells.into_iter().enumerate().map(cell).collect_view()}</tr> }.into_any()
}

fn frame(caption: String, head: AnyView, body: AnyView, table: Signal<Table>) -> AnyView {
    let label = caption.clone();
    let save = move |_| table.with_untracked(|table| table.save());
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=label>
            <table class="plain">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <button type="button" class="link save-table" on:click=save>
            "Save as CSV"
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::words::count_short;

    fn table() -> Table {
        let number = |name: &str, number| vec![name.into(), Cell::number(number, count_short)];
        let rows = vec![
            number("b", 1_024.0),
            number("a", 1_021.0),
            number("c", f64::NAN),
            number("d", 50.0),
            number("e", 1e12),
            number("g", 2e9),
            number("f", -5.0),
        ];
        Table { rows, ..Table::default() }
    }

    fn names(query: &str, order: Option<Order>) -> String {
        table().selected(query, order).iter().map(|row| row.text[0].as_str()).collect()
    }

    fn by(column: usize, is_down: bool) -> Option<Order> {
        Some(Order { column, is_down })
    }

    #[test]
    fn rows_are_ordered_by_size_and_unknowns_come_last() {
        assert_eq!(names("", None), "bacdegf");
        assert_eq!(names("", by(0, false)), "abcdefg");
        assert_eq!(names("", by(1, false)), "fdabgec");
        assert_eq!(names("", by(1, true)), "cegbadf");
    }

    #[test]
    fn a_query_keeps_the_rows_that_hold_all_its_words() {
        assert_eq!(names("1 K A", None), "a");
        assert_eq!(names("5 b", None), "");
    }
}
