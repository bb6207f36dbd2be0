//! The user's rows of the catalogue over those of the organisation's policy: both belong to one scenario and travel
//! with it.
//!
//! A policy's rows lie over the built-in ones, the user's over both: [`OwnRows`] holds policy and rows together, so
//! that its catalogue is always the one that follows from them.

use std::fmt;
use std::sync::Arc;

use super::policy::Policy;
use crate::domain::catalog::own::{
    Author, Below, CellError, CheckedRows, Layer, OwnRow, Table, key_of, name_of,
};
use crate::domain::catalog::{Catalog, Edition};
use crate::domain::rules::Rule;

/// Most rows of the user in a scenario.
pub const MOST_ROWS: usize = 40;
/// So many rows that were left out are told one by one, the rest counted.
const MOST_TOLD: usize = 5;

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Its table and key, where it has one: what chose it can then say why it is not there.
    pub row: Option<(Table, String)>,
    /// The table and what is known of the key.
    pub name: String,
    /// What is wrong with it, the most telling first.
    pub message: String,
}

/// What to tell of rows that were left out.
pub fn left_out(refused: &[Refused]) -> Vec<String> {
    let told = refused.iter().take(MOST_TOLD);
    let mut said: Vec<String> = told
        .map(|refused| format!("A row of yours was left out. {}: {}", refused.name, refused.message))
        .collect();
    if refused.len() > MOST_TOLD {
        said.push(format!("{} more rows of yours were left out.", refused.len() - MOST_TOLD));
    }
    said
}

/// The user's rows of a scenario over those of its policy, all of them valid, and the catalogue with both in it.
///
/// At the bottom are the built-in tables of a version: the present ones, or those that a scenario was made with.
#[derive(Clone, Default)]
pub struct OwnRows(Option<Arc<Stacked>>);

struct Stacked {
    edition: &'static Edition,
    policy: Option<Arc<Policy>>,
    own: Arc<Layer>,
    /// Rows of the user that were not valid.
    refused: Vec<Refused>,
}

impl fmt::Debug for OwnRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let policy = self.policy().map(|policy| policy.name());
        f.debug_struct("OwnRows")
            .field("edition", &self.edition().version)
            .field("policy", &policy)
            .field("rows", &self.rows())
            .finish()
    }
}

impl PartialEq for OwnRows {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<Stacked>, &Arc<Stacked>)| Arc::ptr_eq(a, b);
        self.0.as_ref().zip(other.0.as_ref()).is_some_and(same)
            || self.edition() == other.edition()
                && self.rows() == other.rows()
                && self.policy() == other.policy()
    }
}

impl OwnRows {
    /// The valid ones of these rows over those of a policy, and why the others are not. Without a policy they lie over
    /// the present tables.
    pub fn over(policy: Option<Arc<Policy>>, rows: Vec<OwnRow>) -> (OwnRows, Vec<Refused>) {
        OwnRows::over_edition(Edition::current(), policy, rows)
    }

    /// The same over the tables of a version; those of a policy, where there is one, are the tables that it was read over.
    pub fn over_edition(
        edition: &'static Edition,
        policy: Option<Arc<Policy>>,
        rows: Vec<OwnRow>,
    ) -> (OwnRows, Vec<Refused>) {
        let mut refused = Vec::new();
        let below = below(edition, policy.as_ref());
        let mut kept = CheckedRows::new(Author::User, below);
        for row in rows {
            if kept.count() >= MOST_ROWS {
                let message = format!("a scenario takes {MOST_ROWS} rows at most.");
                refused.push(Refused { row: None, name: "The rest".to_owned(), message });
                break;
            }
            let (name, key) = (name_of(&row), (row.table, key_of(&row)));
            if let Err(errors) = kept.add(row) {
                let message = errors.first().map_or(String::new(), CellError::in_words);
                refused.push(Refused { row: Some(key), name, message });
            }
        }
        let own = kept.into_layer();
        (OwnRows::stacked(policy, own, refused.clone()), refused)
    }

    /// The same rows over those of another policy or of none, and which of them no longer fit.
    pub fn with_policy(&self, policy: Option<Arc<Policy>>) -> (OwnRows, Vec<Refused>) {
        OwnRows::over_edition(self.edition(), policy, self.rows().to_vec())
    }

    fn stacked(policy: Option<Arc<Policy>>, own: Layer, refused: Vec<Refused>) -> OwnRows {
        let edition = own.edition();
        let is_plain =
            edition.is_current() && policy.is_none() && own.rows().is_empty() && refused.is_empty();
        let stacked = || Arc::new(Stacked { edition, policy, own: Arc::new(own), refused });
        OwnRows((!is_plain).then(stacked))
    }

    /// The built-in tables at the bottom.
    pub fn edition(&self) -> &'static Edition {
        self.0.as_ref().map_or_else(Edition::current, |stacked| stacked.edition)
    }

    /// The policy whose rows are below, if there is one.
    pub fn policy(&self) -> Option<&Arc<Policy>> {
        self.0.as_ref()?.policy.as_ref()
    }

    /// The rules of the policy.
    pub fn rules(&self) -> &[Rule] {
        self.policy().map_or(&[], |policy| policy.rules())
    }

    /// Why the user's row of this key is not among the others, if it was left out.
    pub fn why_left_out(&self, table: Table, id: &str) -> Option<&str> {
        let of_key = |one: &&Refused| one.row.as_ref().is_some_and(|(of, key)| *of == table && key == id);
        self.refused().iter().find(of_key).map(|one| one.message.as_str())
    }

    fn refused(&self) -> &[Refused] {
        self.0.as_ref().map_or(&[], |stacked| &stacked.refused)
    }

    fn own(&self) -> Option<&Layer> {
        self.0.as_ref().map(|stacked| &*stacked.own)
    }

    /// The user's rows, in the order in which they were entered.
    pub fn rows(&self) -> &[OwnRow] {
        self.own().map_or(&[], Layer::rows)
    }

    /// The catalogue with the rows of both in it.
    pub fn catalog(&self) -> &Catalog {
        self.layered()
    }

    /// The same, to be held beside others.
    pub fn shared_catalog(&self) -> Arc<Catalog> {
        Arc::clone(self.layered())
    }

    /// The catalogue of the uppermost layer that has rows.
    fn layered(&self) -> &Arc<Catalog> {
        self.own().and_then(Layer::catalog).unwrap_or_else(|| self.below().catalog())
    }

    /// What the user's rows lie over.
    fn below(&self) -> Below<'_> {
        below(self.edition(), self.policy())
    }

    /// The key of the user's row that was taken last.
    pub fn newest(&self) -> Option<&str> {
        self.own()?.rows_by_id().last().map(|(id, _)| id)
    }

    /// The row of this key, if it is one of the user's.
    pub fn get(&self, table: Table, id: &str) -> Option<&OwnRow> {
        self.own()?.get(table, id)
    }

    /// Whether the policy has a row of this key, be it under one of the user.
    pub fn is_of_policy(&self, table: Table, id: &str) -> bool {
        layer_of(self.policy()).is_some_and(|layer| layer.get(table, id).is_some())
    }

    /// Who entered the row of this key; nobody, if it is the catalogue's.
    pub fn author(&self, table: Table, id: &str) -> Option<&Author> {
        let layers = [self.own(), layer_of(self.policy())];
        layers.into_iter().flatten().find(|layer| layer.get(table, id).is_some()).map(Layer::author)
    }

    /// The cells of every row of a table, in the order of the catalogue.
    pub fn cells(&self, table: Table) -> Vec<Vec<String>> {
        let below = self.below().cells(table);
        match self.own() {
            Some(own) => own.cells(table, below),
            None => below,
        }
    }

    /// The cells of a row of the user before anything is filled in, over the row of this key or over none.
    pub fn unfilled(&self, table: Table, like: Option<&str>) -> Vec<String> {
        self.below().unfilled(table, like)
    }

    /// Take a row, in place of the one of the key `was` if there is such a one.
    ///
    /// # Errors
    /// What is wrong with its cells, all of it; then nothing changes.
    pub fn put(&mut self, was: Option<&str>, row: OwnRow) -> Result<(), Vec<CellError>> {
        let before = was.and_then(|id| self.own()?.place(row.table, id));
        let policy = self.policy().cloned();
        let mut kept = CheckedRows::new(Author::User, below(self.edition(), policy.as_ref()));
        for (place, other) in self.rows().iter().enumerate() {
            if Some(place) != before {
                kept.add(other.clone())?;
            }
        }
        if kept.count() >= MOST_ROWS {
            return Err(vec![CellError::of_row(format!(
                "A scenario takes {MOST_ROWS} rows of yours at most."
            ))]);
        }
        kept.add(row)?;
        let own = kept.into_layer();
        *self = OwnRows::stacked(policy, own, self.refused().to_vec());
        Ok(())
    }

    /// Drop the user's row of this key.
    pub fn remove(&mut self, table: Table, id: &str) {
        let gone = self.own().and_then(|own| own.place(table, id));
        let rows = self.rows().iter().enumerate().filter(|(place, _)| Some(*place) != gone);
        let rows = rows.map(|(_, row)| row.clone()).collect();
        *self = OwnRows::over_edition(self.edition(), self.policy().cloned(), rows).0;
    }
}

/// What rows over a policy, or without one over the tables of a version, lie over.
fn below<'a>(edition: &'static Edition, policy: Option<&'a Arc<Policy>>) -> Below<'a> {
    layer_of(policy).map_or(Below::Builtin(edition), Below::Layer)
}

/// The rows of a policy.
fn layer_of(policy: Option<&Arc<Policy>>) -> Option<&Layer> {
    policy.map(|policy| policy.catalogue())
}

#[cfg(test)]
mod tests;
