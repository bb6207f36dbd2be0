//! The rows of one author as they lie over what is below them.

use std::fmt;
use std::sync::Arc;

use super::check::Kept;
use super::{OwnRow, Table, overlay};
use crate::domain::catalog::Catalog;

/// Who changed or added rows; ordered, the one whose rows lie above first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    /// The user of the scenario.
    User,
    /// The policy of this name.
    Policy(String),
}

impl Author {
    /// A word that marks a row in lists and tables.
    pub const fn mark(&self) -> &'static str {
        match self {
            Author::User => "yours",
            Author::Policy(_) => "policy",
        }
    }

    /// The word of the tables for how well the row is supported.
    pub(super) const fn support(&self) -> &'static str {
        match self {
            Author::User => "own",
            Author::Policy(_) => "policy",
        }
    }

    /// The row's source in words.
    pub(super) fn source(&self) -> String {
        match self {
            Author::User => "entered by you".to_owned(),
            // Braces name facts in sentences of rules.
            Author::Policy(name) => format!("policy of {}", name.replace(['{', '}'], "")),
        }
    }
}

/// The rows of one author, all of them valid, and the catalogue with them in it.
#[derive(Clone)]
pub struct Layer {
    author: Author,
    rows: Vec<OwnRow>,
    /// The key of each.
    ids: Vec<String>,
    /// None without rows: what is below holds then, and is not copied.
    catalog: Option<Arc<Catalog>>,
}

impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

impl PartialEq for Layer {
    fn eq(&self, other: &Self) -> bool {
        self.author == other.author && self.rows == other.rows
    }
}

impl Layer {
    /// Rows that passed, over the layer that they were checked against.
    pub fn of(kept: Kept) -> Layer {
        let Kept { author, below, rows, ids, .. } = kept;
        let catalog = (!rows.is_empty()).then(|| Arc::new(overlay::catalog(&author, &rows, &ids, below)));
        Layer { author, rows, ids, catalog }
    }

    /// Who entered them.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// The rows, in the order in which they were entered.
    pub fn rows(&self) -> &[OwnRow] {
        &self.rows
    }

    /// Each row with its key.
    pub fn rows_by_id(&self) -> impl Iterator<Item = (&str, &OwnRow)> {
        self.ids.iter().map(String::as_str).zip(&self.rows)
    }

    /// The catalogue with these rows in it, if there are any.
    pub fn catalog(&self) -> Option<&Arc<Catalog>> {
        self.catalog.as_ref()
    }

    /// The row of this key.
    pub fn get(&self, table: Table, id: &str) -> Option<&OwnRow> {
        self.place(table, id).and_then(|place| self.rows.get(place))
    }

    pub(super) fn place(&self, table: Table, id: &str) -> Option<usize> {
        self.rows_by_id().position(|(own, row)| row.table == table && own == id)
    }

    /// Whether the row of this key is a further one, not one that it changes.
    pub(super) fn adds(&self, table: Table, id: &str) -> bool {
        self.get(table, id).is_some_and(|row| row.like.as_deref() != Some(id))
    }
}
