//! Reading a table of rules: every word must be known, or the whole table is refused.

use super::{Condition, Effect, FACTS, FactRef, Rule, Selection, Test, Word, members};
use crate::domain::strategy::{RuleOrigin, RuleRole};
use crate::json::Json;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

/// Keys of a rule.
const KEYS: [&str; 8] = ["id", "role", "on", "when", "effect", "reason", "relax", "source"];

/// Read a table: a JSON list of rules.
///
/// # Errors
/// A sentence about the first rule that cannot be read.
pub fn parse(text: &str) -> Result<Vec<Rule>, String> {
    match Json::read(text) {
        Some(Json::List(rules)) => rules.iter().map(rule).collect(),
        _ => Err("this is no list of rules".to_owned()),
    }
}

/// Read one rule.
///
/// # Errors
/// A sentence about the first thing in it that cannot be read.
pub fn rule(json: &Json) -> Result<Rule, String> {
    let id = text(json, "id")?;
    let refused = |what: &str| Err(format!("rule {id}: {what}"));
    let Json::Object(members) = json else { return refused("it is no object") };
    if let Some(key) = members.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return refused(&format!("“{key}” is not known"));
    }
    Ok(Rule {
        on: selection(json.get("on"))?,
        when: match json.get("when") {
            None => Vec::new(),
            Some(Json::List(conditions)) => conditions.iter().map(condition).collect::<Result<_, _>>()?,
            Some(_) => return refused("`when` is no list"),
        },
        effect: match json.get("effect").and_then(effect) {
            Some(effect) => effect,
            None => return refused("its effect is not known"),
        },
        reason: text(json, "reason")?,
        relax: json.get("relax").map(|_| text(json, "relax")).transpose()?,
        source: text(json, "source")?,
        role: match json.get("role").map(role) {
            Some(None) => return refused("its role is not known"),
            role => role.flatten(),
        },
        origin: RuleOrigin::Table,
        id,
    })
}

/// A member that must be a text.
fn text(json: &Json, key: &str) -> Result<String, String> {
    let text = json.get(key).and_then(Json::text).map(str::to_owned);
    text.ok_or_else(|| format!("a rule or condition has no `{key}`"))
}

/// The word of a role.
fn role(json: &Json) -> Option<RuleRole> {
    let word: StrDeserializer<Error> = json.text()?.into_deserializer();
    RuleRole::deserialize(word).ok()
}

/// A list of texts.
fn texts(json: &Json) -> Option<Vec<String>> {
    match json {
        Json::List(items) => items.iter().map(|item| item.text().map(str::to_owned)).collect(),
        _ => None,
    }
}

fn selection(json: Option<&Json>) -> Result<Selection, String> {
    let names = json.and_then(texts).ok_or("a rule names no strategies")?;
    match names.iter().find(|name| members(name).is_empty()) {
        Some(name) => Err(format!("there is no strategy or set “{name}”")),
        None => Ok(Selection { members: names.iter().flat_map(|name| members(name)).collect() }),
    }
}

/// `{"fact": name, test: bound}`.
fn condition(json: &Json) -> Result<Condition, String> {
    let name = text(json, "fact")?;
    let fact = FACTS.iter().find(|fact| fact.id == name);
    let fact = fact.map(FactRef).ok_or_else(|| format!("there is no fact “{name}”"))?;
    let test = match json {
        Json::Object(members) if members.len() == 2 => {
            members.iter().find_map(|(key, bound)| test(key, bound))
        }
        _ => None,
    };
    Ok(Condition { fact, test: test.ok_or_else(|| format!("the test of “{name}” is not known"))? })
}

fn test(key: &str, bound: &Json) -> Option<Test> {
    Some(match (key, bound) {
        ("is", Json::Flag(flag)) => Test::Is(Word::Flag(*flag)),
        ("is", Json::Text(word)) => Test::Is(Word::Text(word.clone())),
        ("known", Json::Flag(flag)) => Test::Known(*flag),
        ("one_of", words) => Test::OneOf(texts(words)?),
        ("at_least", bound) => Test::AtLeast(bound.number()?),
        ("at_most", bound) => Test::AtMost(bound.number()?),
        ("below", bound) => Test::Below(bound.number()?),
        ("above", bound) => Test::Above(bound.number()?),
        _ => return None,
    })
}

/// A word, or `{word: what it takes}`.
fn effect(json: &Json) -> Option<Effect> {
    let strength =
        |json: &Json| u8::try_from(json.whole()?).ok().filter(|strength| (1..=3).contains(strength));
    match json {
        Json::Text(word) => Some(match word.as_str() {
            "excludes" => Effect::Excludes,
            "needs" => Effect::Needs,
            "warns" => Effect::Warns,
            "notes" => Effect::Notes,
            _ => return None,
        }),
        Json::Object(members) if members.len() == 1 => {
            let (word, taken) = members.first_key_value()?;
            Some(match word.as_str() {
                "prefers" => Effect::Prefers(taken.text()?.to_owned()),
                "for" => Effect::For(strength(taken)?),
                "against" => Effect::Against(strength(taken)?),
                _ => return None,
            })
        }
        _ => None,
    }
}
