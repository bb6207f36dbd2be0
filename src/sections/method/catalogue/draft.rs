//! A row of the user on its way from the form into the scenario.

use leptos::prelude::*;

use super::row_tools::{as_below, below};
use crate::domain::catalog::own::{CellError, Column, OwnRow, Table};
use crate::domain::scenario::OwnRows;
use crate::state::Page;

/// A row on its way.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The own row that is edited, by its key.
    was: Option<String>,
    /// The row so far.
    row: OwnRow,
    /// Cells of the row below.
    below: Vec<String>,
    /// What the form held at first, and holds now, by column.
    first: Vec<String>,
    typed: Vec<String>,
}

impl Draft {
    /// The row of this key, or a blank one.
    pub fn of(table: Table, key: Option<&str>, rows: &OwnRows) -> Draft {
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
            typed: first.clone(),
            first,
        }
    }

    /// The row with all that was typed; what cannot be read stays as it is, to be refused with its reason.
    fn row(&self) -> OwnRow {
        let (mut row, table) = (self.row.clone(), self.row.table);
        for ((column, typed), first) in table.columns().iter().zip(&self.typed).zip(&self.first) {
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

    /// What the form held at first in the column of this place.
    pub fn first(&self, place: usize) -> &str {
        self.first.get(place).map_or("", String::as_str)
    }

    /// Take what was typed into the column of this place.
    pub fn type_in(&mut self, place: usize, text: String) {
        if let Some(cell) = self.typed.get_mut(place) {
            *cell = text;
        }
    }

    /// Take the row into the scenario; in words what came of it.
    ///
    /// # Errors
    /// What is wrong with its cells; then nothing changes.
    pub fn save(&self, page: Page) -> Result<String, Vec<CellError>> {
        let row = self.row();
        if let (true, Some(like)) = (row.set.is_empty(), &row.like) {
            let below = page.rows.with_untracked(|rows| below(rows, row.table, like));
            if let Some(was) = &self.was {
                page.remove_row(row.table, was, as_below(was, below));
            }
            return Ok(format!("Nothing differs from {below}."));
        }
        page.put_row(self.was.as_deref(), row)?;
        Ok("Saved as a row of yours. It is marked in the table and in the lists of the form.".to_owned())
    }
}
