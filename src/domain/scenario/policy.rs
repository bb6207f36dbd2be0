//! An organisation's own rules, excluded strategies, prices and defaults, as a JSON file.
//!
//! ```json
//! {
//!   "policy": 1,
//!   "name": "Example Bank",
//!   "rules": [{"id": "BANK-1", "on": ["providers"], "when": [{"fact": "regulated", "is": true}],
//!              "effect": "excludes", "reason": "Regulated data stays inside.", "relax": "a waiver"}],
//!   "excluded": {"custom": "No model of our own before 2028."},
//!   "catalogue": [{"table": "api_models", "like": "gpt-6.1-sol", "set": {"input_usd_per_m": 1.5}}],
//!   "defaults": {"hourly_rate": 120, "data_boundary": "own-cloud"}
//! }
//! ```
//!
//! Rules have the form of the built-in table and are merged into it; what they find names the policy as
//! its source. Rows of the catalogue have the form of the user's own ([`own`](crate::domain::catalog::own)): they lie over
//! the built-in ones, and the user's over both. Defaults take the place of ours where nothing is answered, and may
//! choose such a row. A file is taken as a whole or not at all: what is wrong is reported row by row.

mod catalogue;

pub mod vocabulary;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

use crate::domain::catalog::own::{Below, Layer};
use crate::domain::catalog::{Catalog, Edition};
use crate::domain::input::{self, Entry, Input, Inputs, input};
use crate::domain::rules::analysis::{Issue, analyse};
use crate::domain::rules::{Effect, FACTS, Rule, Selection, builtin, rule};
use crate::domain::strategy::{RuleOrigin, StrategyId};
use crate::domain::units::words::capital;
use crate::domain::units::{is_plain, plain_text};

/// Version of the form.
const FORMAT: u64 = 1;
/// The longest file that is looked at, bytes.
pub const MOST_BYTES: usize = 64 * 1024;
/// Most rules of a file; with the built-in ones they stay within what the analysis looks at.
const MOST_RULES: usize = 200;
/// Most conditions of a rule.
const MOST_CONDITIONS: usize = 16;
/// The longest reason, name or other text, characters.
const MOST_CHARS: usize = 500;
/// The longest id or name of the file, characters.
const MOST_NAME_CHARS: usize = 80;
/// Wrong rows that are reported; a file with more is no policy at all.
const MOST_ERRORS: usize = 50;

/// An organisation's policy, valid as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    name: String,
    rules: Vec<Rule>,
    catalogue: Layer,
    defaults: Vec<(&'static str, input::Value)>,
    text: String,
}

/// What is wrong with one row of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Where: `rules 3`, `catalogue 2`, `defaults hourly_rate`, or the file.
    pub place: String,
    /// A sentence for whoever wrote it.
    pub message: String,
}

impl Policy {
    /// Read a file, its rows over the present tables.
    ///
    /// # Errors
    /// One [`PolicyError`] for each row that is wrong.
    pub fn read(text: &str) -> Result<Policy, Vec<PolicyError>> {
        Policy::read_over(Edition::current(), text)
    }

    /// Read a file, its rows over the tables of a version.
    ///
    /// # Errors
    /// One [`PolicyError`] for each row that is wrong.
    pub fn read_over(edition: &'static Edition, text: &str) -> Result<Policy, Vec<PolicyError>> {
        let mut faults = Faults::default();
        let policy = Policy::checked(edition, text, &mut faults);
        policy.filter(|_| faults.0.is_empty()).ok_or(faults.0)
    }

    fn checked(edition: &'static Edition, text: &str, faults: &mut Faults) -> Option<Policy> {
        if text.len() > MOST_BYTES {
            faults.add("the file", too_long());
            return None;
        }
        // Read as a whole first: this bounds how deep it is nested.
        let json = serde_json::from_str::<Value>(text);
        let written = json.and_then(|json| Ok((json, canonical(serde_json::from_str(text)?)?)));
        let Ok((json, canonical)) = written else {
            faults.add("the file", "It is not JSON, or is cut off.");
            return None;
        };
        Some(PolicyFile::read(&json, faults)?.policy(edition, canonical.get().to_owned(), faults))
    }

    /// Name of the organisation or of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its rules in the order in which they speak, excluded strategies among them.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rows of the catalogue that it changes or adds.
    pub fn catalogue(&self) -> &Layer {
        &self.catalogue
    }

    /// Its defaults, by input.
    pub fn defaults(&self) -> impl Iterator<Item = (&'static Input, &input::Value)> {
        self.defaults.iter().filter_map(|(id, value)| Some((input(id)?, value)))
    }

    /// The file as it travels with a scenario: JSON, keys in the order of the alphabet.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with its rules, by themselves and beside the built-in table: for whoever wrote them.
    ///
    /// That it makes a built-in rule moot is what a policy is for, and no issue.
    pub fn issues(&self) -> Vec<Issue> {
        let together: Vec<Rule> = self.rules.iter().chain(builtin()).cloned().collect();
        let mut issues = analyse(&together);
        issues.retain(|issue| {
            issue.rules.first().is_some_and(|id| self.rules.iter().any(|rule| rule.id == *id))
        });
        issues
    }
}

/// The file as it is written; rows are read one by one, so that all that is wrong with them is told at once.
#[derive(Deserialize)]
struct PolicyFile {
    #[serde(default)]
    policy: u64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    rules: Vec<Value>,
    #[serde(default)]
    excluded: Map<String, Value>,
    #[serde(default)]
    catalogue: Vec<Value>,
    #[serde(default)]
    defaults: Map<String, Value>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// What was found wrong so far.
#[derive(Default)]
struct Faults(Vec<PolicyError>);

impl Faults {
    fn add(&mut self, place: &str, message: impl Into<String>) {
        if self.0.len() < MOST_ERRORS {
            let place = plain_text(place, MOST_NAME_CHARS);
            self.0.push(PolicyError { place, message: shortened(&message.into()) });
        }
    }

    /// The rows of a list of the file with the place of each; none, where it is too long.
    fn rows<'a>(&mut self, key: &str, rows: &'a [Value], most: usize) -> Vec<(String, &'a Value)> {
        if rows.len() > most {
            self.add(key, format!("There are more than {most} of them."));
            return Vec::new();
        }
        rows.iter().enumerate().map(|(index, row)| (format!("{key} {}", index + 1), row)).collect()
    }
}

impl PolicyFile {
    /// Read the outline of a file.
    fn read(json: &Value, faults: &mut Faults) -> Option<PolicyFile> {
        if !json.is_object() {
            faults.add("the file", "It is no JSON object.");
            return None;
        }
        let file = serde_path_to_error::deserialize(json);
        file.map_err(|fault| {
            let path = fault.path().to_string();
            let place = if path == "." { "the file" } else { path.as_str() };
            faults.add(place, capital(&fault.inner().to_string()));
        })
        .ok()
    }

    /// The policy that it holds; only what has no faults holds.
    fn policy(&self, edition: &'static Edition, text: String, faults: &mut Faults) -> Policy {
        self.check_head(faults);
        if text.len() > MOST_BYTES {
            faults.add("the file", too_long());
        }
        let mut rules = self.excluded(faults);
        rules.extend(self.rules(faults));
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let catalogue = self.catalogue(edition, faults);
        let defaults = self.defaults(Below::Layer(&catalogue).catalog(), faults);
        Policy { name: self.name.clone(), rules, catalogue, defaults, text }
    }

    /// Version, keys and name.
    fn check_head(&self, faults: &mut Faults) {
        match self.policy {
            FORMAT => {}
            newer if newer > FORMAT => faults.add("policy", "It was made for a newer version of Tunewise."),
            _ => faults.add("policy", "It must say \"policy\": 1."),
        }
        for key in self.unknown.keys() {
            faults.add("the file", format!("“{key}” is not known."));
        }
        if self.name.trim().is_empty() || !is_short_and_plain(&self.name, MOST_NAME_CHARS) {
            faults.add("name", format!("A name of at most {MOST_NAME_CHARS} characters is needed."));
        }
    }

    /// Each excluded strategy as a rule that always fires.
    fn excluded(&self, faults: &mut Faults) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (key, reason) in &self.excluded {
            let place = format!("excluded {key}");
            let (Some(id), Some(reason)) = (StrategyId::from_key(key), reason.as_str()) else {
                faults.add(&place, "It must name a strategy and give the reason as a text.");
                continue;
            };
            if reason.trim().is_empty() || !is_short_and_plain(reason, MOST_CHARS) {
                faults.add(&place, format!("A reason of at most {MOST_CHARS} characters is needed."));
            }
            rules.push(exclusion(id, reason, &self.name));
        }
        rules
    }

    fn rules(&self, faults: &mut Faults) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for (place, row) in faults.rows("rules", &self.rules, MOST_RULES) {
            match rule(&with_source(row, &self.name)) {
                Ok(mut rule) => match refusal(&rule, &rules) {
                    None => {
                        rule.relax = rule.relax.or_else(|| Some(exception(&self.name)));
                        rule.origin = RuleOrigin::PolicyRule;
                        rules.push(rule);
                    }
                    Some(message) => faults.add(&place, message),
                },
                Err(message) => faults.add(&place, capital(&message)),
            }
        }
        rules
    }

    fn defaults(&self, catalog: &Catalog, faults: &mut Faults) -> Vec<(&'static str, input::Value)> {
        let mut defaults = Vec::new();
        let mut inputs = Inputs::default();
        for (id, written) in &self.defaults {
            match default(id, written, catalog) {
                Ok((record, value)) => {
                    (record.set)(&mut inputs, &value);
                    defaults.push((record.id, value));
                }
                Err(message) => faults.add(&format!("defaults {id}"), message),
            }
        }
        for id in inputs.models.without_place() {
            faults.add(&format!("defaults {id}"), "It needs the GPU and the number that it holds for.");
        }
        defaults
    }
}

/// One default: the input and its value, or why there is none.
fn default(id: &str, written: &Value, catalog: &Catalog) -> Result<(&'static Input, input::Value), String> {
    let record = input(id).ok_or("There is no such input.")?;
    let entry = Entry::deserialize(written).map_err(|error| error.to_string())?;
    Ok((record, entry.read(record, catalog)?))
}

/// The rule that an excluded strategy stands for.
fn exclusion(id: StrategyId, reason: &str, name: &str) -> Rule {
    Rule {
        id: exclusion_id(id),
        on: Selection::of(id),
        when: Vec::new(),
        effect: Effect::Excludes,
        // Braces name facts in rules; here they are only words.
        reason: format!("{name} excludes it: {reason}").replace(['{', '}'], ""),
        relax: Some(exception(name)),
        source: format!("Policy of {name}"),
        role: None,
        building: false,
        origin: RuleOrigin::PolicyExclusion,
    }
}

/// The same JSON without spaces, keys in the order of the alphabet, numbers as they are written.
fn canonical(json: &RawValue) -> serde_json::Result<Box<RawValue>> {
    match json.get().as_bytes() {
        [b'{', ..] => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(json.get())?;
            let members = members.into_iter().map(|(key, value)| Ok((key, canonical(value)?)));
            to_raw_value(&members.collect::<serde_json::Result<BTreeMap<_, _>>>()?)
        }
        [b'[', ..] => {
            let items: Vec<&RawValue> = serde_json::from_str(json.get())?;
            to_raw_value(&items.into_iter().map(canonical).collect::<serde_json::Result<Vec<_>>>()?)
        }
        [b'"', ..] => to_raw_value(&serde_json::from_str::<String>(json.get())?),
        _ => Ok(json.to_owned()),
    }
}

fn too_long() -> String {
    format!("It is longer than {} kB.", MOST_BYTES / 1024)
}

/// What would let in what a policy keeps out, where it does not say.
fn exception(name: &str) -> String {
    format!("an exception from the policy of {}", name.replace(['{', '}'], ""))
}

/// The id of the rule that excludes a strategy.
fn exclusion_id(id: StrategyId) -> String {
    format!("excluded-{}", id.key())
}

/// The row with a source that names the policy.
fn with_source(row: &Value, name: &str) -> Value {
    let mut row = row.clone();
    if let Value::Object(members) = &mut row {
        let source = match members.get("source").and_then(Value::as_str) {
            Some(source) => format!("Policy of {name}: {source}"),
            None => format!("Policy of {name}"),
        };
        members.insert("source".to_owned(), source.into());
    }
    row
}

/// Why a rule that can be read is not taken, if it is not.
fn refusal(rule: &Rule, before: &[Rule]) -> Option<String> {
    if rule.id.trim().is_empty() || !is_short_and_plain(&rule.id, MOST_NAME_CHARS) {
        return Some(format!("Its id must have 1 to {MOST_NAME_CHARS} characters."));
    }
    let taken = |other: &Rule| other.id == rule.id;
    let of_exclusion = StrategyId::ALL.into_iter().any(|id| exclusion_id(id) == rule.id);
    if builtin().iter().any(taken) || before.iter().any(taken) || of_exclusion {
        return Some(format!("The id “{}” is taken.", rule.id));
    }
    if rule.role.is_some() {
        return Some("Only built-in rules have a `role`.".to_owned());
    }
    if rule.when.len() > MOST_CONDITIONS {
        return Some(format!("It has more than {MOST_CONDITIONS} conditions."));
    }
    let texts = [Some(&rule.reason), rule.relax.as_ref(), Some(&rule.source)];
    if texts.iter().flatten().any(|text| text.trim().is_empty() || !is_short_and_plain(text, 2 * MOST_CHARS))
    {
        return Some(format!("Its texts must have 1 to {MOST_CHARS} characters."));
    }
    if let Some(name) = texts.iter().flatten().find_map(|text| unknown_fact(text)) {
        return Some(format!("It names “{name}”, which is no fact."));
    }
    match &rule.effect {
        Effect::Prefers(key) if StrategyId::from_key(key).is_none_or(|id| rule.speaks_of(id)) => {
            Some("It must prefer a strategy that it does not speak of.".to_owned())
        }
        _ => None,
    }
}

/// The first name in braces that is no fact.
fn unknown_fact(text: &str) -> Option<&str> {
    let mut names = text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name));
    names.find(|name| !FACTS.iter().any(|fact| fact.id == *name))
}

/// Whether a text is short, and none of its characters turns or hides the words around it.
fn is_short_and_plain(text: &str, most: usize) -> bool {
    text.chars().count() <= most && text.chars().all(is_plain)
}

/// A message of bounded length: it may quote the file.
fn shortened(message: &str) -> String {
    plain_text(message, MOST_CHARS)
}

#[cfg(test)]
mod tests;
