//! What the user said, and what it means: answers in, valid inputs or one error per field out.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::catalog::{ApiKind, Catalog};
use super::evidence::Evidence;
use super::input::{Input, Inputs, Kind, RowTable, Value, input, registry};
use super::own_rows::{CellError, OwnRow, OwnRows, Refused, Table};
use super::policy::Policy;
use super::units::{NumberError, Unit, YearMonth, format_number, parse_number};

/// One answer as it was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "It must be a number, a text, true or false.")]
pub enum Answer {
    /// Yes or no.
    Flag(bool),
    /// A number in the unit of the input; shares are fractions of one.
    Number(f64),
    /// An option, a row, a month, a measurement, or a text still to be mended.
    Text(String),
}

/// All that the user said: answers keyed by input id; what is missing has its default.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scenario {
    /// Name given by the user, or empty.
    pub name: String,
    /// Answers that differ from the default.
    pub answers: BTreeMap<String, Answer>,
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
    /// The answers in force: those given, with the last valid one in place of one that is wrong.
    pub answers: BTreeMap<String, Answer>,
}

impl Scenario {
    /// The case, if every answer is valid.
    ///
    /// # Errors
    /// One [`FieldError`] for each field that is wrong, all of them.
    pub fn case(&self) -> Result<Case, Vec<FieldError>> {
        let Resolved { case, errors, .. } = self.resolve(&BTreeMap::new());
        if errors.is_empty() { Ok(case) } else { Err(errors) }
    }

    /// The case with each wrong answer replaced by the last valid one of its field, else by the default.
    ///
    /// `last_valid` are the answers that were in force before, by input id. A measurement that says not which GPU
    /// it holds for is as if it had not been given.
    pub fn resolve(&self, last_valid: &BTreeMap<String, Answer>) -> Resolved {
        let mut inputs = self.defaults();
        let mut errors = Vec::new();
        let mut answers = BTreeMap::new();
        for (id, answer) in &self.answers {
            let valid = match self.value_of(id, answer) {
                Ok((record, value)) => Some((record, value, answer)),
                Err(message) => {
                    errors.push(FieldError { id: id.clone(), message });
                    last_valid.get(id).and_then(|last| {
                        self.value_of(id, last).ok().map(|(record, value)| (record, value, last))
                    })
                }
            };
            if let Some((record, value, answer)) = valid {
                (record.set)(&mut inputs, &value);
                answers.insert(id.clone(), answer.clone());
            }
        }
        errors.extend(self.defaults_without_row(&inputs));
        for id in inputs.models.without_place() {
            let message = "Choose the GPU and the number of GPUs that this holds for, not auto.".to_owned();
            errors.push(FieldError { id: id.to_owned(), message });
        }
        let case = Case::with(inputs, self.rows.shared_catalog(), self.rows.rules());
        Resolved { case, errors, answers }
    }

    /// The input of an id, and what an answer to it means.
    fn value_of(&self, id: &str, answer: &Answer) -> Result<(&'static Input, Value), String> {
        let record =
            input(id).ok_or_else(|| "This version does not know this input; it was left out.".to_owned())?;
        Ok((record, read(record, answer, self.rows.catalog())?))
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

    /// What nothing was answered to and whose default is a row that the user or the policy made into something else.
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

    /// What holds where nothing is answered: our defaults, or those of the policy.
    pub fn defaults(&self) -> Inputs {
        let mut inputs = Inputs::default();
        for (record, value) in self.policy().into_iter().flat_map(|policy| policy.defaults()) {
            (record.set)(&mut inputs, value);
        }
        inputs
    }

    /// What holds for an input where nothing is answered.
    pub fn default_of(&self, record: &Input) -> Value {
        (record.get)(&self.defaults())
    }

    /// Take what was typed into a field; an answer equal to the default is forgotten.
    pub fn type_in(&mut self, record: &Input, text: &str) {
        let answer = typed(record, text);
        match read(record, &answer, self.rows.catalog()) {
            Ok(value) if value == self.default_of(record) => {
                self.answers.remove(record.id);
            }
            _ => {
                self.answers.insert(record.id.to_owned(), answer);
            }
        }
    }

    /// Take a value; one equal to the default is forgotten.
    pub fn put(&mut self, record: &Input, value: &Value) {
        if *value == self.default_of(record) {
            self.answers.remove(record.id);
        } else {
            self.answers.insert(record.id.to_owned(), answer_of(value));
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
            let answer = self.answers.get_mut(record.id).filter(|_| Table::of(choice) == table);
            if let Some(Answer::Text(chosen)) = answer
                && chosen == was
                && find_row(choice, was, self.rows.catalog()).is_err()
            {
                now.clone_into(chosen);
            }
        }
        Ok(())
    }

    /// Go back to the default.
    pub fn reset(&mut self, id: &str) {
        self.answers.remove(id);
    }

    /// Whether an answer differs from the default.
    pub fn is_changed(&self, id: &str) -> bool {
        self.answers.contains_key(id)
    }

    /// The text that stands in the field: the answer, or the default.
    pub fn text(&self, record: &Input) -> String {
        match self.answers.get(record.id) {
            Some(Answer::Text(text)) => text.clone(),
            Some(answer) => match read_kind(record, answer, self.rows.catalog()) {
                Ok(value) => value_text(record, &value),
                Err(_) => value_text(record, &self.default_of(record)),
            },
            None => value_text(record, &self.default_of(record)),
        }
    }
}

/// A value as it is written in a field; numbers with separators, choices by id.
pub fn value_text(record: &Input, value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => format_number(*number, unit_of(record)),
        Value::Choice(id) => (*id).to_owned(),
        Value::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Value::Evidence(evidence) => evidence.format(),
        Value::Month(month) => month.to_string(),
        Value::Row(id) => id.clone(),
        Value::Names(names) => names.join(", "),
    }
}

/// A value as it is kept in a scenario.
fn answer_of(value: &Value) -> Answer {
    match value {
        Value::Number(number) => Answer::Number(*number),
        Value::Flag(flag) => Answer::Flag(*flag),
        Value::Blank => Answer::Text(String::new()),
        Value::Choice(id) => Answer::Text((*id).to_owned()),
        Value::Evidence(evidence) => Answer::Text(evidence.format()),
        Value::Month(month) => Answer::Text(month.to_string()),
        Value::Row(id) => Answer::Text(id.clone()),
        Value::Names(names) => Answer::Text(names.join(", ")),
    }
}

fn unit_of(record: &Input) -> Unit {
    match record.kind {
        Kind::Number { unit, .. } => unit,
        _ => Unit::Plain(""),
    }
}

/// A typed text as an answer: a readable number becomes one, all else stays a text.
fn typed(record: &Input, text: &str) -> Answer {
    match record.kind {
        Kind::Number { unit, .. } => match parse_number(text, unit) {
            Ok(number) => Answer::Number(number),
            Err(_) => Answer::Text(text.to_owned()),
        },
        Kind::Flag => match text {
            "yes" => Answer::Flag(true),
            "no" => Answer::Flag(false),
            other => Answer::Text(other.to_owned()),
        },
        _ => Answer::Text(text.to_owned()),
    }
}

/// The value of an answer, checked against kind and range.
pub(super) fn read(record: &Input, answer: &Answer, catalog: &Catalog) -> Result<Value, String> {
    let value = read_kind(record, answer, catalog)?;
    check_range(record, &value)?;
    Ok(value)
}

fn read_kind(record: &Input, answer: &Answer, catalog: &Catalog) -> Result<Value, String> {
    match (record.kind, answer) {
        (Kind::Number { .. }, Answer::Number(number)) => Ok(Value::Number(*number)),
        (Kind::Number { unit, optional, .. }, Answer::Text(text)) => match parse_number(text, unit) {
            Ok(number) => Ok(Value::Number(number)),
            Err(NumberError::Empty) if optional => Ok(Value::Blank),
            Err(NumberError::Empty) => Err("A number is needed here.".to_owned()),
            Err(NumberError::Unreadable) => {
                Err(format!("“{}” is not a number. Write 60000, 60k, 1.2M or 8 %.", shortened(text)))
            }
        },
        (Kind::Flag, Answer::Flag(flag)) => Ok(Value::Flag(*flag)),
        (Kind::Choice { options }, Answer::Text(text)) => options
            .iter()
            .find(|(id, _)| id == text)
            .map(|(id, _)| Value::Choice(id))
            .ok_or_else(|| format!("“{}” is not one of the options.", shortened(text))),
        (Kind::Evidence, Answer::Text(text)) => Evidence::parse(text).map(Value::Evidence),
        (Kind::Evidence, Answer::Number(share)) => Evidence::parse(&share.to_string()).map(Value::Evidence),
        (Kind::Month, Answer::Text(text)) => {
            text.parse::<YearMonth>().map(Value::Month).map_err(|_| "Write a month as 2026-12.".to_owned())
        }
        (Kind::Row(table), Answer::Text(text)) => find_row(table, text, catalog).map(Value::Row),
        (Kind::Providers, Answer::Text(text)) => find_providers(text, catalog).map(Value::Names),
        _ => Err("This kind of value does not belong here.".to_owned()),
    }
}

fn check_range(record: &Input, value: &Value) -> Result<(), String> {
    match (record.kind, value) {
        (Kind::Number { unit, min, max, whole, .. }, Value::Number(number)) => {
            if !(*number >= min && *number <= max) {
                return Err(format!(
                    "Must lie between {} and {}.",
                    format_number(min, unit),
                    format_number(max, unit)
                ));
            }
            if whole && libm::floor(*number) != *number {
                return Err("Must be a whole number.".to_owned());
            }
            Ok(())
        }
        (Kind::Month, Value::Month(month)) if !(2026..=2040).contains(&month.year) => {
            Err("Must lie between 2026-01 and 2040-12.".to_owned())
        }
        _ => Ok(()),
    }
}

/// Enough of a text to recognise it by.
fn shortened(text: &str) -> String {
    text.chars().take(24).collect()
}

fn find_row(table: RowTable, id: &str, catalog: &Catalog) -> Result<String, String> {
    if row_options(table, catalog).iter().any(|option| option == id) {
        Ok(id.to_owned())
    } else {
        Err(format!("“{}” is not in the catalogue, nor among your rows or a policy’s.", shortened(id)))
    }
}

/// The ids that a row input may hold.
pub fn row_options(table: RowTable, catalog: &Catalog) -> Vec<String> {
    let auto = || vec!["auto".to_owned()];
    let api = |kind: ApiKind| {
        catalog.api_models.iter().filter(move |row| row.kind == kind).map(|row| row.model_id.clone())
    };
    match table {
        RowTable::ApiChat => api(ApiKind::Chat).collect(),
        RowTable::Embedding => api(ApiKind::Embedding).collect(),
        RowTable::OpenModel => {
            catalog.open_models.iter().filter(|row| row.picker).map(|row| row.model.clone()).collect()
        }
        RowTable::ManagedOffer => {
            let offers = catalog.api_models.iter().filter(|row| row.open_model.is_some());
            auto().into_iter().chain(offers.map(|row| row.model_id.clone())).collect()
        }
        RowTable::HostedTuning => {
            auto().into_iter().chain(catalog.hosted_tuning.iter().map(|row| row.id())).collect()
        }
        RowTable::Gpu => auto().into_iter().chain(catalog.gpus.iter().map(|row| row.name.clone())).collect(),
    }
}

/// Every provider name of the catalogue, sorted.
pub fn providers(catalog: &Catalog) -> Vec<String> {
    let mut names: Vec<String> = catalog.api_models.iter().map(|row| row.provider.clone()).collect();
    names.extend(catalog.hosted_tuning.iter().map(|row| row.provider.clone()));
    names.sort();
    names.dedup();
    names
}

fn find_providers(text: &str, catalog: &Catalog) -> Result<Vec<String>, String> {
    let known = providers(catalog);
    let mut names: Vec<String> =
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    match names.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(format!(
            "“{}” is not a provider of the catalogue, nor of your rows or a policy’s.",
            shortened(name)
        )),
        None => Ok(names),
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
mod tests {
    use super::*;
    use crate::domain::input::help_of;

    fn said(pairs: &[(&str, Answer)]) -> Scenario {
        let answers = pairs.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
        Scenario { answers, ..Scenario::default() }
    }

    #[test]
    fn every_wrong_field_is_reported_at_once_and_loses_nothing() {
        let scenario = said(&[
            ("requests_per_month", Answer::Text("lots".to_owned())),
            ("growth_per_month", Answer::Number(7.0)),
            ("evidence_prompt", Answer::Text("201/200".to_owned())),
            ("input_tokens", Answer::Number(900.0)),
        ]);
        let errors = scenario.case().unwrap_err();
        let ids: Vec<&str> = errors.iter().map(|error| error.id.as_str()).collect();
        assert_eq!(ids, ["evidence_prompt", "growth_per_month", "requests_per_month"]);
        assert_eq!(scenario.resolve(&BTreeMap::new()).case.inputs.work.input_tokens, 900.0);
        assert_eq!(scenario.text(input("requests_per_month").unwrap()), "lots");
    }

    #[test]
    fn every_default_is_within_its_own_range_and_survives_the_round_trip() {
        let defaults = Inputs::default();
        for record in registry() {
            let value = (record.get)(&defaults);
            let read = |answer: &Answer| read(record, answer, Catalog::builtin());
            assert_eq!(read(&answer_of(&value)), Ok(value.clone()), "{}", record.id);
            assert_eq!(read(&typed(record, &value_text(record, &value))), Ok(value), "{}", record.id);
        }
        assert_eq!(scenario_of(&defaults, OwnRows::default()), Scenario::default());
    }

    #[test]
    fn what_is_typed_equal_to_the_default_is_forgotten() {
        let record = input("requests_per_month").unwrap();
        let mut scenario = Scenario::default();
        scenario.type_in(record, "70k");
        assert!(scenario.is_changed(record.id));
        assert_eq!(scenario.case().unwrap().inputs.work.requests_per_month, 70_000.0);
        scenario.type_in(record, "150,000");
        assert!(!scenario.is_changed(record.id));
    }

    #[test]
    fn an_unknown_input_is_named_and_left_out() {
        let errors = said(&[("from_the_future", Answer::Number(1.0))]).case().unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].id, "from_the_future");
    }

    #[test]
    fn every_input_is_explained_and_its_id_is_unique() {
        let mut ids: Vec<&str> = registry().map(|record| record.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for record in registry() {
            assert!(!help_of(record).is_empty() && !record.label.is_empty(), "{}", record.id);
            assert!(!record.source_line().is_empty(), "{}", record.id);
        }
        assert_eq!(registry().filter(|record| record.basic).count(), 10);
    }
}
