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
//! its source. Rows of the catalogue have the form of the user's own ([`own_rows`](super::own_rows)): they lie over
//! the built-in ones, and the user's over both. Defaults take the place of ours where nothing is answered, and may
//! choose such a row. A file is taken as a whole or not at all: what is wrong is reported row by row.

mod catalogue;

pub mod vocabulary;

use super::catalog::Catalog;
use super::input::{Inputs, Value, input};
use super::own_rows::Layer;
use super::rules::analysis::{Issue, analyse};
use super::rules::{Effect, FACTS, Rule, Selection, builtin, rule};
use super::scenario::{self, Answer};
use super::strategy::{RuleOrigin, StrategyId};
use crate::json::Json;

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
/// Keys of the file.
const KEYS: [&str; 6] = ["policy", "name", "rules", "excluded", "catalogue", "defaults"];

/// An organisation's policy, valid as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    name: String,
    rules: Vec<Rule>,
    catalogue: Layer,
    defaults: Vec<(&'static str, Value)>,
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
    /// Read a file.
    ///
    /// # Errors
    /// One [`PolicyError`] for each row that is wrong.
    pub fn read(text: &str) -> Result<Policy, Vec<PolicyError>> {
        if text.len() > MOST_BYTES {
            let message = format!("It is longer than {} kB.", MOST_BYTES / 1024);
            return Err(vec![PolicyError { place: "the file".to_owned(), message }]);
        }
        match Json::read(text) {
            Some(json) => Policy::from_json(&json),
            None => {
                let message = "It is not JSON, or is cut off.".to_owned();
                Err(vec![PolicyError { place: "the file".to_owned(), message }])
            }
        }
    }

    /// Read a file that is JSON already.
    ///
    /// # Errors
    /// One [`PolicyError`] for each row that is wrong.
    pub fn from_json(json: &Json) -> Result<Policy, Vec<PolicyError>> {
        let mut reader = Reader::default();
        let policy = reader.file(json);
        match policy {
            Some(policy) if reader.errors.is_empty() => Ok(policy),
            _ => Err(reader.errors),
        }
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
    pub fn defaults(&self) -> impl Iterator<Item = (&'static super::input::Input, &Value)> {
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

/// What was found wrong so far.
#[derive(Default)]
struct Reader {
    errors: Vec<PolicyError>,
}

impl Reader {
    fn wrong(&mut self, place: &str, message: impl Into<String>) {
        if self.errors.len() < MOST_ERRORS {
            let place = place.chars().filter(|c| !c.is_control()).take(MOST_NAME_CHARS).collect();
            self.errors.push(PolicyError { place, message: shortened(&message.into()) });
        }
    }

    fn file(&mut self, json: &Json) -> Option<Policy> {
        let Json::Object(members) = json else {
            self.wrong("the file", "It is no JSON object.");
            return None;
        };
        match json.get("policy").and_then(Json::whole) {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => {
                self.wrong("policy", "It was made for a newer version of Tunewise.");
            }
            _ => self.wrong("policy", "It must say \"policy\": 1."),
        }
        for key in members.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            self.wrong("the file", format!("“{key}” is not known."));
        }
        let name = json.get("name").and_then(Json::text).unwrap_or_default();
        if name.trim().is_empty() || !is_plain(name, MOST_NAME_CHARS) {
            self.wrong("name", format!("A name of at most {MOST_NAME_CHARS} characters is needed."));
        }
        let mut rules = self.excluded(json.get("excluded"), name);
        rules.extend(self.rules(json.get("rules"), name));
        crate::order::sort_by(&mut rules, |a, b| a.id.cmp(&b.id));
        let catalogue = self.catalogue(json.get("catalogue"), name);
        let catalog = catalogue.catalog().unwrap_or_else(|| Catalog::builtin());
        let defaults = self.defaults(json.get("defaults"), catalog);
        let text = json.write();
        if text.len() > MOST_BYTES {
            self.wrong("the file", format!("It is longer than {} kB.", MOST_BYTES / 1024));
        }
        Some(Policy { name: name.to_owned(), rules, catalogue, defaults, text })
    }

    /// Each excluded strategy as a rule that always fires.
    fn excluded(&mut self, json: Option<&Json>, name: &str) -> Vec<Rule> {
        let members = match json {
            None => return Vec::new(),
            Some(Json::Object(members)) => members,
            Some(_) => {
                self.wrong("excluded", "It must be an object: strategy and reason.");
                return Vec::new();
            }
        };
        let mut rules = Vec::new();
        for (key, reason) in members {
            let place = format!("excluded {key}");
            let (Some(id), Some(reason)) = (StrategyId::from_key(key), reason.text()) else {
                self.wrong(&place, "It must name a strategy and give the reason as a text.");
                continue;
            };
            if reason.trim().is_empty() || !is_plain(reason, MOST_CHARS) {
                self.wrong(&place, format!("A reason of at most {MOST_CHARS} characters is needed."));
            }
            rules.push(Rule {
                id: exclusion_id(id),
                on: Selection::of(id),
                when: Vec::new(),
                effect: Effect::Excludes,
                // Braces name facts in rules; here they are only words.
                reason: format!("{name} excludes it: {reason}").replace(['{', '}'], ""),
                relax: Some(exception(name)),
                source: format!("Policy of {name}"),
                role: None,
                origin: RuleOrigin::PolicyExclusion,
            });
        }
        rules
    }

    /// The rows of a list of the file; none, where it is no list or too long.
    fn list<'json, 'text>(
        &mut self,
        key: &str,
        json: Option<&'json Json<'text>>,
        most: usize,
    ) -> &'json [Json<'text>] {
        match json {
            None => return &[],
            Some(Json::List(rows)) if rows.len() <= most => return rows,
            Some(Json::List(_)) => self.wrong(key, format!("There are more than {most} of them.")),
            Some(_) => self.wrong(key, "It must be a list."),
        }
        &[]
    }

    fn rules(&mut self, json: Option<&Json>, name: &str) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for (index, row) in self.list("rules", json, MOST_RULES).iter().enumerate() {
            let place = format!("rules {}", index + 1);
            match rule(&with_source(row, name)) {
                Ok(mut rule) => match refusal(&rule, &rules) {
                    None => {
                        rule.relax = rule.relax.or_else(|| Some(exception(name)));
                        rule.origin = RuleOrigin::PolicyRule;
                        rules.push(rule);
                    }
                    Some(message) => self.wrong(&place, message),
                },
                Err(message) => self.wrong(&place, crate::format::capital(&message)),
            }
        }
        rules
    }

    fn defaults(&mut self, json: Option<&Json>, catalog: &Catalog) -> Vec<(&'static str, Value)> {
        let members = match json {
            None => return Vec::new(),
            Some(Json::Object(members)) => members,
            Some(_) => {
                self.wrong("defaults", "It must be an object: input and value.");
                return Vec::new();
            }
        };
        let mut defaults = Vec::new();
        let mut inputs = Inputs::default();
        for (id, value) in members {
            let place = format!("defaults {id}");
            let Some(record) = input(id) else {
                self.wrong(&place, "There is no such input.");
                continue;
            };
            let answer = match value {
                Json::Flag(flag) => Answer::Flag(*flag),
                Json::Number(_) => Answer::Number(value.number().unwrap_or(f64::NAN)),
                Json::Text(text) => Answer::Text(text.clone()),
                _ => {
                    self.wrong(&place, "It must be a number, a text, true or false.");
                    continue;
                }
            };
            match scenario::read(record, &answer, catalog) {
                Ok(value) => {
                    (record.set)(&mut inputs, &value);
                    defaults.push((record.id, value));
                }
                Err(message) => self.wrong(&place, message),
            }
        }
        for id in inputs.models.without_place() {
            self.wrong(&format!("defaults {id}"), "It needs the GPU and the number that it holds for.");
        }
        defaults
    }
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
fn with_source<'a>(row: &Json<'a>, name: &str) -> Json<'a> {
    let mut row = row.clone();
    if let Json::Object(members) = &mut row {
        let source = match members.get("source").and_then(Json::text) {
            Some(source) => format!("Policy of {name}: {source}"),
            None => format!("Policy of {name}"),
        };
        members.insert("source".to_owned(), Json::Text(source));
    }
    row
}

/// Why a rule that can be read is not taken, if it is not.
fn refusal(rule: &Rule, before: &[Rule]) -> Option<String> {
    if rule.id.trim().is_empty() || !is_plain(&rule.id, MOST_NAME_CHARS) {
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
    if texts.iter().flatten().any(|text| text.trim().is_empty() || !is_plain(text, 2 * MOST_CHARS)) {
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

/// Whether a text is short and has no control characters.
fn is_plain(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

/// A message of bounded length: it may quote the file.
fn shortened(message: &str) -> String {
    message.chars().filter(|c| !c.is_control()).take(MOST_CHARS).collect()
}

#[cfg(test)]
mod tests;
