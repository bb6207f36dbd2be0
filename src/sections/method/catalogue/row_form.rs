//! The form for one row of the user: a row of the catalogue with other cells, or a further one.

use std::cell::RefCell;
use std::rc::Rc;

use super::{as_below, below};
use crate::browser::dom::{El, button, el};
use crate::browser::timing::soon;
use crate::domain::catalog::own::{CellError, CellKind, Column, NumberKind, OwnRow, Table};
use crate::domain::scenario::OwnRows;
use crate::state::{Watched, store};

const CHANGING: &str = "Holds in this scenario and its links only. Keep the name to change this row; with another name it is added to the table. An emptied field is unknown.";
const ADDING: &str = "Holds in this scenario and its links only. To start from a row that is there, edit that one and give it another name.";

/// A row on its way.
struct Draft {
    /// The own row that is edited, by its key.
    was: Option<String>,
    /// The row so far.
    row: OwnRow,
    /// Cells of the row below.
    below: Vec<String>,
    /// What the form held at first, and holds now, by column.
    first: Vec<String>,
    typed: RefCell<Vec<String>>,
}

impl Draft {
    /// The row of this key, or a blank one.
    fn of(table: Table, key: Option<&str>, rows: &OwnRows) -> Draft {
        let own = key.and_then(|key| rows.get(table, key));
        let like = match own {
            Some(row) => row.like.clone(),
            None => key.map(str::to_owned),
        };
        let below = rows.unfilled(table, like.as_deref());
        let now = |column: &Column| match own.and_then(|row| row.get(column.name)) {
            Some(text) => column.typed(text),
            None => column.typed(table.cell(&below, column.name)),
        };
        let first: Vec<String> = table.columns().iter().map(now).collect();
        Draft {
            was: own.and(key).map(str::to_owned),
            row: OwnRow { table, like, set: own.map(|row| row.set.clone()).unwrap_or_default() },
            below,
            typed: RefCell::new(first.clone()),
            first,
        }
    }

    /// The row with all that was typed; what cannot be read stays as it is, to be refused with its reason.
    fn row(&self) -> OwnRow {
        let (mut row, table) = (self.row.clone(), self.row.table);
        for ((column, typed), first) in table.columns().iter().zip(&*self.typed.borrow()).zip(&self.first) {
            if typed == first {
                continue;
            }
            let text = column.read_typed(typed).unwrap_or_else(|_| typed.clone());
            if column.typed(&text) == column.typed(table.cell(&self.below, column.name)) {
                row.clear(column.name);
            } else {
                row.fill(column.name, text);
            }
        }
        row
    }

    /// Take the row into the scenario; in words what came of it.
    fn save(&self) -> Result<String, Vec<CellError>> {
        let row = self.row();
        if let (true, Some(like)) = (row.set.is_empty(), &row.like) {
            let below = store().rows().with_untracked(|rows| below(rows, row.table, like));
            if let Some(was) = &self.was {
                store().remove_row(row.table, was, as_below(was, below));
            }
            return Ok(format!("Nothing differs from {below}."));
        }
        store().put_row(self.was.as_deref(), row)?;
        Ok("Saved as a row of yours. It is marked in the table and in the lists of the form.".to_owned())
    }
}

/// The form; `close` is called with what is to be said.
pub(super) fn row_form(table: Table, key: Option<&str>, close: impl Fn(String) + Clone + 'static) -> El {
    let rows = store().rows().get_untracked();
    let draft = Rc::new(Draft::of(table, key, &rows));
    let errors = Watched::new(Vec::<CellError>::new());
    let fields = table.columns().iter().enumerate();
    let fields: Vec<El> = fields.map(|(place, column)| field(&draft, place, column, errors, &rows)).collect();
    let (title, words) = match key {
        Some(key) => (format!("Edit “{key}”"), CHANGING),
        None => (format!("A row of your own: {}", table.label()), ADDING),
    };
    let heading = el("h3").attr("tabindex", "-1").text(&title);
    let focus = heading.clone();
    soon(move || focus.focus());
    let cancel = close.clone();
    let save = move || match draft.save() {
        Ok(said) => close(said),
        Err(wrong) => errors.replace(wrong),
    };
    let summary = move || {
        let count = errors.with(Vec::len);
        let whole = errors.with(|errors| errors.iter().find(|error| error.column.is_empty()).cloned());
        match (whole, count) {
            (_, 0) => String::new(),
            (Some(error), _) => error.message,
            (None, 1) => "One field is not right yet.".to_owned(),
            (None, count) => format!("{count} fields are not right yet."),
        }
    };
    el("form")
        .attrs(&[("class", "row-form"), ("novalidate", ""), ("aria-label", &title)])
        .on("submit", move |event| {
            event.prevent_default();
            save();
        })
        .child(heading)
        .child(el("p").text(words).text(" Fields with * are needed."))
        .child(el("div").class("row-fields").children(fields))
        .child(el("p").attrs(&[("class", "error"), ("role", "alert")]).live(summary))
        .child(
            el("p")
                .class("row-buttons")
                .child(el("button").attr("type", "submit").text("Save the row"))
                .child(button("link").text("Cancel").on("click", move |_| cancel(String::new()))),
        )
}

/// One cell: label, control, what is wrong with it, and help.
fn field(
    draft: &Rc<Draft>,
    place: usize,
    column: &'static Column,
    errors: Watched<Vec<CellError>>,
    rows: &OwnRows,
) -> El {
    let id = format!("cell-{}-{}", draft.row.table.key(), column.name);
    let (error_id, help_id) = (format!("{id}-error"), format!("{id}-help"));
    let error = move || {
        errors.with(|errors| {
            errors.iter().find(|error| error.column == column.name).map(|error| error.message.clone())
        })
    };
    let described = format!("{error_id} {help_id}");
    let typed = Rc::clone(draft);
    let control = control(column, &draft.first[place], rows)
        .attrs(&[("id", &id), ("aria-describedby", &described)])
        .attr("aria-required", if column.needed { "true" } else { "false" })
        .live_attr("aria-invalid", move || error().map(|_| "true".to_owned()))
        .on_value("input", move |text| {
            if let Some(cell) = typed.typed.borrow_mut().get_mut(place) {
                *cell = text;
            }
        });
    let star = if column.needed { " *" } else { "" };
    el("div")
        .class("field")
        .live_class("is-wrong", move || error().is_some())
        .child(el("label").attr("for", &id).text(column.label).text(star))
        .child(control)
        .child(
            el("p").attrs(&[("class", "error"), ("id", &error_id)]).live(move || error().unwrap_or_default()),
        )
        .child(el("p").attrs(&[("class", "source"), ("id", &help_id)]).text(column.help))
}

/// A line of text, or a list where only a few words will do.
fn control(column: &Column, first: &str, rows: &OwnRows) -> El {
    let option = |value: &str, words: &str| {
        let option = el("option").attr("value", value).text(words);
        if value == first { option.attr("selected", "") } else { option }
    };
    let blank = || option("", "—");
    match column.kind {
        CellKind::Words(words) => {
            let first = (!column.needed).then(blank);
            el("select").children(first).children(words.iter().map(|word| option(word, &in_words(word))))
        }
        CellKind::Row(table) => {
            let ids = rows.cells(table).into_iter().map(|cells| table.id(&cells));
            el("select").child(blank()).children(ids.map(|id| option(&id, &id)))
        }
        kind => {
            let number = matches!(kind, CellKind::Number(kind, ..) if kind != NumberKind::Share);
            let mode = if number { "decimal" } else { "text" };
            el("input")
                .attrs(&[("type", "text"), ("class", "entry"), ("inputmode", mode), ("autocomplete", "off")])
                .attrs(&[("spellcheck", "false"), ("value", first)])
        }
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
