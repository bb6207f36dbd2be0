//! Reasons with the user's numbers, and conditions in words.

use super::facts::{self, FACTS, Fact, FactValue, Range};
use super::{Condition, Subject, Test, Word};
use crate::domain::units::words::{count_words, percent};
use crate::domain::units::{Unit, format_number};

/// Replace each `{fact}` by its value.
pub fn filled(template: &str, subject: &Subject) -> String {
    filled_with(template, subject, libm::round)
}

/// The same for what would let a strategy in: dollars are rounded up, so that what is written is enough.
pub fn wish(template: &str, subject: &Subject) -> String {
    filled_with(template, subject, libm::ceil)
}

fn filled_with(template: &str, subject: &Subject, dollars: fn(f64) -> f64) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        text.push_str(&rest[..start]);
        let name = &rest[start + 1..start + length];
        match facts::read(name, subject) {
            Some(value) => text.push_str(&shown(name, value, dollars)),
            None => text.push_str(name),
        }
        rest = &rest[start + length + 1..];
    }
    text.push_str(rest);
    text
}

/// A value in words.
fn shown(name: &str, value: FactValue, dollars: fn(f64) -> f64) -> String {
    match value {
        FactValue::Number(number) if is_share(name) => percent(libm::round(number * 1_000.0) / 1_000.0),
        FactValue::Number(number) if name.ends_with("_usd") => {
            format!("${}", format_number(dollars(number), Unit::Plain("")))
        }
        FactValue::Number(number) if is_large(name) => count_words(number),
        FactValue::Number(number) => format_number(libm::round(number * 10.0) / 10.0, Unit::Plain("")),
        FactValue::Text(text) => text.replace('-', " "),
        FactValue::Flag(true) => "yes".to_owned(),
        FactValue::Flag(false) => "no".to_owned(),
        FactValue::Unknown => "not stated".to_owned(),
    }
}

/// All conditions as one sentence.
pub fn conditions(when: &[Condition]) -> String {
    if when.is_empty() {
        return "always".to_owned();
    }
    let one = |condition: &Condition| {
        let label = condition.fact.fact().label;
        match &condition.test {
            Test::Is(Word::Flag(true)) => label.to_owned(),
            Test::Is(Word::Flag(false)) => format!("“{label}” is no"),
            test @ (Test::AtLeast(_) | Test::AtMost(_) | Test::Below(_) | Test::Above(_)) => {
                format!("{label} {}", bound(condition.fact.fact(), test))
            }
            test => format!("{label} is {}", bound(condition.fact.fact(), test)),
        }
    };
    when.iter().map(one).collect::<Vec<_>>().join(" and ")
}

/// What each condition compares: the fact, the user's value, and what it is held against.
pub fn compared(when: &[Condition], subject: &Subject) -> Vec<String> {
    let one = |condition: &Condition| {
        let fact = condition.fact.fact();
        let value = match (fact.read)(subject) {
            FactValue::Text(id) => option_words(fact, id),
            value => shown(fact.id, value, libm::round),
        };
        match &condition.test {
            Test::Is(Word::Flag(_)) => format!("{}: {value}", fact.label),
            test => format!("{}: {value} ({})", fact.label, bound(fact, test)),
        }
    };
    when.iter().map(one).collect()
}

/// What a fact is held against, in words.
fn bound(fact: &Fact, test: &Test) -> String {
    let number = |bound: f64| match fact.id {
        id if is_share(id) => percent(bound),
        id if id.ends_with("_usd") => format!("${}", format_number(bound, Unit::Plain(""))),
        _ => format_number(bound, Unit::Plain("")),
    };
    match test {
        Test::Is(Word::Flag(flag)) => shown(fact.id, FactValue::Flag(*flag), libm::round),
        Test::Is(Word::Text(word)) => option_words(fact, word),
        Test::OneOf(words) => {
            words.iter().map(|word| option_words(fact, word)).collect::<Vec<_>>().join(" or ")
        }
        Test::AtLeast(bound) => format!("at least {}", number(*bound)),
        Test::AtMost(bound) => format!("at most {}", number(*bound)),
        Test::Below(bound) => format!("below {}", number(*bound)),
        Test::Above(bound) => format!("above {}", number(*bound)),
        Test::Known(true) => "stated".to_owned(),
        Test::Known(false) => "not stated".to_owned(),
    }
}

/// An option as the form says it.
fn option_words(fact: &Fact, id: &str) -> String {
    match fact.range {
        Range::Words(options) => match options.iter().find(|(option, _)| *option == id) {
            Some((_, label)) => format!("“{label}”"),
            None => id.to_owned(),
        },
        _ => id.to_owned(),
    }
}

/// Whether the number of a fact is told in words: texts and models are counted in millions and billions.
fn is_large(name: &str) -> bool {
    name == "knowledge" || name.starts_with("pretraining_") || name.starts_with("custom_params")
}

/// Whether the number of a fact is a share of one.
fn is_share(name: &str) -> bool {
    name.ends_with("_share") || name.starts_with("knowledge_change")
}

/// A sentence of a rule as it is before it has values: the facts by their names in words.
pub fn unfilled(template: &str) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    for (place, part) in template.split(['{', '}']).enumerate() {
        match FACTS.iter().find(|fact| fact.id == part).filter(|_| place % 2 == 1) {
            Some(fact) => text.extend(["[", fact.label, "]"]),
            None => text.push_str(part),
        }
    }
    text
}
