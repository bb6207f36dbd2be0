//! What the user said, and what it means: entries in, a valid case and one error per wrong field out.

pub mod policy;
pub mod presets;
mod rows;

pub use rows::{MOST_ROWS, OwnRows, Refused, left_out};

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::catalog::choice::find_row;
use super::catalog::own::{CellError, OwnRow, Table};
use super::catalog::{Catalog, Edition};
use super::input::{Entry, Input, Inputs, Kind, Value, effort_defaults, input, registry, value_text};
use policy::{Policy, PolicyError};

/// All that the user said, by input id; what is missing has its default.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scenario {
    /// Name given by the user, or empty.
    pub name: String,
    /// Entries that differ from the default.
    #[serde(rename = "answers")]
    pub entries: BTreeMap<String, Entry>,
    /// Rows of the catalogue that the user changed or added, over those of the organisation's policy; both travel
    /// by the codec only.
    #[serde(skip)]
    pub rows: OwnRows,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Id of the input.
    pub id: String,
    /// A sentence for the person who typed it.
    pub message: String,
}

/// What a scenario means.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The question for the engine.
    pub case: Case,
    /// What is wrong, one entry for each field.
    pub errors: Vec<FieldError>,
    /// The entries in force: those given, with the last valid one in place of one that is wrong.
    pub entries: BTreeMap<String, Entry>,
}

impl Scenario {
    /// The case, if every entry is valid.
    ///
    /// # Errors
    /// One [`FieldError`] for each field that is wrong, all of them.
    pub fn case(&self) -> Result<Case, Vec<FieldError>> {
        let Resolved { case, errors, .. } = self.resolve(&BTreeMap::new());
        if errors.is_empty() { Ok(case) } else { Err(errors) }
    }

    /// The case with each wrong entry replaced by the last valid one of its field, else by the default.
    ///
    /// `last_valid` are the entries that were in force before, by input id. A measurement that says not which GPU
    /// it holds for is as if it had not been given.
    pub fn resolve(&self, last_valid: &BTreeMap<String, Entry>) -> Resolved {
        let mut inputs = self.defaults();
        let mut errors = Vec::new();
        let mut entries = BTreeMap::new();
        for (id, entry) in &self.entries {
            let valid = match self.value_of(id, entry) {
                Ok((record, value)) => Some((record, value, entry)),
                Err(message) => {
                    errors.push(FieldError { id: id.clone(), message });
                    last_valid.get(id).and_then(|last| {
                        self.value_of(id, last).ok().map(|(record, value)| (record, value, last))
                    })
                }
            };
            if let Some((record, value, entry)) = valid {
                (record.set)(&mut inputs, &value);
                entries.insert(id.clone(), entry.clone());
            }
        }
        errors.extend(self.defaults_without_row(&inputs));
        for id in inputs.models.without_place() {
            if errors.iter().any(|error| error.id == id) {
                continue;
            }
            let message = "Choose the GPU and the number of GPUs that this holds for, not auto.".to_owned();
            errors.push(FieldError { id: id.to_owned(), message });
        }
        let case = Case::with(inputs, self.rows.shared_catalog(), self.rows.rules());
        Resolved { case, errors, entries }
    }

    /// The input of an id, and what an entry to it means.
    fn value_of(&self, id: &str, entry: &Entry) -> Result<(&'static Input, Value), String> {
        let record =
            input(id).ok_or_else(|| "This version does not know this input; it was left out.".to_owned())?;
        let value = entry.read(record, self.rows.catalog());
        Ok((record, value.map_err(|message| self.left_out_of(record, entry).unwrap_or(message))?))
    }

    /// Why a row that a field chooses is not there, if it is one of the user's that was left out.
    fn left_out_of(&self, record: &Input, entry: &Entry) -> Option<String> {
        let (Kind::Row(table), Entry::Text(id)) = (record.kind, entry) else { return None };
        let why = self.rows.why_left_out(Table::of(table), id)?;
        Some(format!("“{id}” is a row of yours that was left out. {why}"))
    }

    /// The organisation's policy, if one is in force.
    pub fn policy(&self) -> Option<&Arc<Policy>> {
        self.rows.policy()
    }

    /// Put a policy in force, or take the one that is out of it; the user's rows that no longer fit are left out.
    pub fn set_policy(&mut self, policy: Option<Arc<Policy>>) -> Vec<Refused> {
        let (rows, refused) = self.rows.with_policy(policy);
        self.rows = rows;
        refused
    }

    /// Fields without an entry whose default is a row that the user or the policy made into something else.
    fn defaults_without_row(&self, inputs: &Inputs) -> Vec<FieldError> {
        let catalog = self.rows.catalog();
        if std::ptr::eq(catalog, Catalog::builtin()) {
            return Vec::new();
        }
        let error = |record: &Input| {
            let (Kind::Row(table), Value::Row(id)) = (record.kind, (record.get)(inputs)) else { return None };
            let message = find_row(table, &id, catalog).err()?;
            Some(FieldError { id: record.id.to_owned(), message })
        };
        registry().filter(|record| !self.is_changed(record.id)).filter_map(error).collect()
    }

    /// What holds where nothing is entered: our defaults, those of the tables that it was made with, or those of the policy.
    pub fn defaults(&self) -> Inputs {
        let mut inputs = Inputs::default();
        if !self.rows.edition().is_current() {
            for (record, value) in effort_defaults(self.rows.edition().catalog()) {
                (record.set)(&mut inputs, &value);
            }
        }
        for (record, value) in self.policy().into_iter().flat_map(|policy| policy.defaults()) {
            (record.set)(&mut inputs, value);
        }
        inputs
    }

    /// What holds for an input where nothing is entered.
    pub fn default_of(&self, record: &Input) -> Value {
        (record.get)(&self.defaults())
    }

    /// Take what was typed into a field; an entry equal to the default is forgotten.
    pub fn type_in(&mut self, record: &Input, text: &str) {
        let entry = Entry::typed(record, text);
        match entry.read(record, self.rows.catalog()) {
            Ok(value) if value == self.default_of(record) => {
                self.entries.remove(record.id);
            }
            _ => {
                self.entries.insert(record.id.to_owned(), entry);
            }
        }
    }

    /// Take a value; one equal to the default is forgotten.
    pub fn put(&mut self, record: &Input, value: &Value) {
        if *value == self.default_of(record) {
            self.entries.remove(record.id);
        } else {
            self.entries.insert(record.id.to_owned(), Entry::of(value));
        }
    }

    /// Take an own row of the catalogue, in place of the one of the key `was`; what chose that one follows its name.
    ///
    /// # Errors
    /// What is wrong with its cells; then nothing changes.
    pub fn put_row(&mut self, was: Option<&str>, row: OwnRow) -> Result<(), Vec<CellError>> {
        let table = row.table;
        self.rows.put(was, row)?;
        let (Some(was), Some(now)) = (was, self.rows.newest()) else { return Ok(()) };
        for record in registry() {
            let Kind::Row(choice) = record.kind else { continue };
            let entry = self.entries.get_mut(record.id).filter(|_| Table::of(choice) == table);
            if let Some(Entry::Text(chosen)) = entry
                && chosen == was
                && find_row(choice, was, self.rows.catalog()).is_err()
            {
                now.clone_into(chosen);
            }
        }
        Ok(())
    }

    /// The same over the present tables of the catalogue, and which of the user's rows no longer fit.
    ///
    /// # Errors
    /// What is wrong with the policy over the present tables.
    pub fn updated(&self) -> Result<(Scenario, Vec<Refused>), Vec<PolicyError>> {
        self.over(Edition::current())
    }

    /// The same over the tables of a version, and which of the user's rows do not fit them.
    ///
    /// # Errors
    /// What is wrong with the policy over those tables.
    pub fn over(&self, edition: &'static Edition) -> Result<(Scenario, Vec<Refused>), Vec<PolicyError>> {
        let policy = self.policy().map(|policy| Policy::read_over(edition, policy.text())).transpose()?;
        let own = self.rows.rows().to_vec();
        let (rows, refused) = OwnRows::over_edition(edition, policy.map(Arc::new), own);
        Ok((Scenario { rows, ..self.clone() }, refused))
    }

    /// Go back to the default.
    pub fn reset(&mut self, id: &str) {
        self.entries.remove(id);
    }

    /// Whether an entry differs from the default.
    pub fn is_changed(&self, id: &str) -> bool {
        self.entries.contains_key(id)
    }

    /// The text that stands in the field: the entry, or the default.
    pub fn text(&self, record: &Input) -> String {
        match self.entries.get(record.id) {
            Some(Entry::Text(text)) if !matches!(record.kind, Kind::Evidence) => text.clone(),
            Some(entry @ Entry::Text(text)) => match entry.read(record, self.rows.catalog()) {
                Ok(value) => value_text(record, &value),
                Err(_) => text.clone(),
            },
            Some(entry) => match entry.read_in_any_range(record, self.rows.catalog()) {
                Ok(value) => value_text(record, &value),
                Err(_) => value_text(record, &self.default_of(record)),
            },
            None => value_text(record, &self.default_of(record)),
        }
    }
}

/// A scenario that holds exactly the given inputs, over rows of the catalogue.
pub fn scenario_of(inputs: &Inputs, rows: OwnRows) -> Scenario {
    let mut scenario = Scenario { rows, ..Scenario::default() };
    for record in registry() {
        scenario.put(record, &(record.get)(inputs));
    }
    scenario
}

#[cfg(test)]
mod tests;
