//! The catalogue as tables, each row with its source, date and confidence. Every row can be changed here, those that a
//! policy brings too: the user's own row then lies over it.

mod row_form;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, Set, Track, Update};

use crate::browser::dom::{El, button, el, follow};
use crate::browser::timing::{days_since_month, later, soon};
use crate::components::disclosure::{disclosure, summary};
use crate::components::table::{Table, searchable_table};
use crate::domain::catalog::{Catalog, Effort, Provenance, own};
use crate::domain::catalog::own::Author;
use crate::domain::scenario::OwnRows;
use crate::domain::units::YearMonth;
use crate::domain::units::words::{NONE, count_exact};
use crate::state::{Watched, store};
use row_form::row_form;

/// Older prices and specifications are marked.
const STALE_DAYS: i64 = 90;
/// So many first columns of each table are words.
const WORD_COLUMNS: usize = 2;

/// All tables, each to open.
pub fn catalogue() -> Vec<El> {
    let of = |table: own::Table| {
        disclosure("catalogue", summary(table.label()), move || editable_table(table))
    };
    let efforts = || searchable_table(efforts, |_| Vec::new());
    let mut tables: Vec<El> = own::Table::ALL.map(of).into();
    tables.push(disclosure("", summary("People and process"), efforts));
    tables
}

/// The form of one table: which row is in it, and where the focus goes when it closes.
#[derive(Clone, Copy)]
struct Editor {
    table: own::Table,
    /// None, a new row, or the one of this key.
    editing: RwSignal<Option<Option<String>>>,
    /// Counts its closings.
    closed: RwSignal<u32>,
    /// The row whose button takes the focus when its table is next built.
    returning: Watched<Option<String>>,
    said: RwSignal<String>,
}

impl Editor {
    /// Open the form on the row of this key, or on a new one.
    fn open(self, key: Option<String>) {
        self.said.set(String::new());
        self.editing.set(Some(key));
    }

    /// Close the form and say so; the focus goes to the row, or where that is not there to the button above.
    fn close(self, key: Option<String>, words: String) {
        self.editing.set(None);
        self.said.set(words);
        self.returning.replace(key);
        self.closed.update(|count| *count += 1);
    }
}

/// A table whose rows can be changed and added to.
fn editable_table(table: own::Table) -> El {
    let editor = Editor {
        table,
        editing: RwSignal::new(None),
        closed: RwSignal::new(0),
        returning: Watched::new(None),
        said: RwSignal::new(String::new()),
    };
    let add = button("link").text("Add a row of your own").on("click", move |_| editor.open(None));
    let of_focus = add.clone();
    follow(move || {
        if editor.closed.get() > 0 {
            let add = of_focus.clone();
            soon(move || add.focus());
        }
    });
    let line = el("p")
        .class("own-rows")
        .child(add)
        .child(el("span").attr("role", "status").live(move || editor.said.get()));
    let form = move |key: &Option<Option<String>>| {
        let close = |key: &Option<String>| {
            let key = key.clone();
            move |words| editor.close(key.clone(), words)
        };
        key.iter().map(|key| row_form(table, key.as_deref(), close(key))).collect()
    };
    el("div")
        .child(line)
        .swap(move || editor.editing.get(), form)
        .child(searchable_table(move || table_of(table), move |key| tools(editor, key)))
}

/// What stands behind the name of a row.
fn tools(editor: Editor, key: &str) -> Vec<El> {
    let (store, table) = (store(), editor.table);
    let tool = |words: &str| button("link").attr("aria-label", &format!("{words}: {key}")).text(words);
    let of_edit = key.to_owned();
    let edit = tool("Edit").on("click", move |_| editor.open(Some(of_edit.clone())));
    editor.closed.track();
    if editor.returning.with_untracked(|returning| returning.as_deref() == Some(key)) {
        editor.returning.replace(None);
        let edit = edit.clone();
        // After the button above, which the focus falls back to.
        later(move || edit.focus());
    }
    let (author, goes_back) = store.rows().with_untracked(|rows| {
        let author = rows.author(table, key).cloned();
        let goes_back = rows.get(table, key).is_some_and(|row| row.like.as_deref() == Some(key));
        (author, (goes_back || rows.is_of_policy(table, key)).then(|| below(rows, table, key)))
    });
    let Some(author) = author else { return vec![edit] };
    let mark = el("span").class("mark").text(author.mark());
    if author != Author::User {
        return vec![mark, edit];
    }
    let (words, said) = match goes_back {
        Some(below) => (format!("Back to {below}"), as_below(key, below)),
        None => ("Remove".to_owned(), format!("Your row “{key}” is removed.")),
    };
    let of_remove = key.to_owned();
    let remove = tool(&words).on("click", move |_| {
        store.remove_row(table, &of_remove, said.clone());
        editor.close(Some(of_remove.clone()), String::new());
    });
    vec![mark, edit, remove]
}

/// What holds for a row of the user once it is gone.
fn below(rows: &OwnRows, table: own::Table, key: &str) -> &'static str {
    if rows.is_of_policy(table, key) { "the policy" } else { "the catalogue" }
}

/// What is said when it is gone.
fn as_below(key: &str, below: &str) -> String {
    format!("“{key}” is as in {below} again.")
}

/// The columns that are shown, then those that every row has; the user's rows first, then a policy's.
fn table_of(table: own::Table) -> Table {
    let rows = store().rows().get();
    let shown: Vec<_> = table.columns().iter().filter(|column| column.shown).collect();
    let (mut own, mut of_policy, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (index, cells) in rows.cells(table).into_iter().enumerate() {
        let key = table.id(&cells);
        let place = match rows.author(table, &key) {
            Some(Author::User) => &mut own,
            Some(Author::Policy(_)) => &mut of_policy,
            None => &mut others,
        };
        let mut texts: Vec<String> =
            shown.iter().map(|column| column.display(table.cell(&cells, column.name))).collect();
        texts.extend(table.provenance(rows.catalog(), index).map(provenance).into_iter().flatten());
        texts.push(key);
        place.push(texts);
    }
    own.extend(of_policy);
    own.extend(others);
    let head = shown.iter().map(|column| column.label);
    written(table.label(), head, own)
}

fn written<'a>(caption: &str, columns: impl Iterator<Item = &'a str>, rows: Vec<Vec<String>>) -> Table {
    Table {
        caption: caption.to_owned(),
        head: columns.chain(["As of", "Support", "Source"]).map(str::to_owned).collect(),
        rows,
        word_columns: (WORD_COLUMNS, 3),
    }
}

/// Date, support and source of a row. What somebody entered is theirs to keep up to date.
fn provenance(row: &dyn Provenance) -> [String; 3] {
    let dated = |month: YearMonth| match row.confidence().is_entered() {
        true => month.to_string(),
        false => aged(month),
    };
    let as_of = row.as_of().map_or_else(|| NONE.to_owned(), dated);
    [as_of, row.confidence().label().to_owned(), row.source().to_owned()]
}

/// A month with its age where it is stale. It may stand for its last day: no row is called older than it is.
fn aged(month: YearMonth) -> String {
    let age = days_since_month(month.year, month.month);
    if age > STALE_DAYS { format!("{month}, stale: {age} days old") } else { month.to_string() }
}

fn efforts() -> Table {
    let row = |row: &Effort| {
        let numbers = [row.low, row.likely, row.high].map(count_exact);
        let words = [row.part.clone(), row.unit.clone()];
        words.into_iter().chain(numbers).chain(provenance(row)).collect()
    };
    let rows = Catalog::builtin().efforts.iter().map(row).collect();
    written("People and process", ["Part", "Unit", "Low", "Likely", "High"].into_iter(), rows)
}
