//! What is edited in one table, and where the focus goes when its form closes.

use leptos::prelude::*;

use crate::browser::timing::later;
use crate::domain::catalog::own::Table;
use crate::state::Page;

/// The row whose button takes the focus; without a key, or where that row is gone, the button above the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Returning(pub Option<String>);

/// The form of one table: which row is in it, and what came of it.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The page that takes the rows.
    pub page: Page,
    /// The table.
    pub table: Table,
    /// None, a new row, or the one of this key.
    pub editing: RwSignal<Option<Option<String>>>,
    /// What came of it, in words.
    pub said: RwSignal<String>,
    /// Where the focus goes, while it is on its way.
    pub returning: RwSignal<Option<Returning>>,
}

impl Editor {
    /// The editor of a table; no row is in it.
    pub fn of(page: Page, table: Table) -> Editor {
        Editor {
            page,
            table,
            editing: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            returning: RwSignal::new(None),
        }
    }

    /// Open the form on the row of this key, or on a new one.
    pub fn open(self, key: Option<String>) {
        self.said.set(String::new());
        self.editing.set(Some(key));
    }

    /// Close the form and say so; the focus goes to the row, or where that is not there to the button above.
    pub fn close(self, key: Option<String>, words: String) {
        self.editing.set(None);
        self.said.set(words);
        // Once the table holds what was saved: a row that is about to be replaced shall not take the focus.
        later(move || drop(self.returning.try_set(Some(Returning(key)))));
    }
}
