//! Reasons with the user's numbers, and conditions in words.

use super::facts::{self, FactValue, Subject};
use super::{Condition, Test, Word};
use crate::domain::input::{Unit, format_number};

/// Replace each `{fact}` by its value.
pub fn filled(template: &str, subject: &Subject) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        text.push_str(&rest[..start]);
        let name = &rest[start + 1..start + length];
        match facts::read(name, subject) {
            Some(value) => text.push_str(&shown(name, value)),
            None => text.push_str(name),
        }
        rest = &rest[start + length + 1..];
    }
    text.push_str(rest);
    text
}

/// A value in words.
fn shown(name: &str, value: FactValue) -> String {
    match value {
        FactValue::Number(number) if name.ends_with("_share") || name.starts_with("knowledge_change") => {
            format_number(libm::round(number * 1_000.0) / 1_000.0, Unit::Share(""))
        }
        FactValue::Number(number) if name.ends_with("_usd") => {
            format!("${}", format_number(libm::round(number), Unit::Plain("")))
        }
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
    when.iter().map(condition).collect::<Vec<_>>().join(" and ")
}

fn condition(condition: &Condition) -> String {
    let label = condition.fact.fact().label;
    let number = |bound: f64| format_number(bound, Unit::Plain(""));
    match &condition.test {
        Test::Is(Word::Flag(true)) => label.to_owned(),
        Test::Is(Word::Flag(false)) => format!("not: {label}"),
        Test::Is(Word::Text(word)) => format!("{label} is {}", word.replace('-', " ")),
        Test::OneOf(words) => format!("{label} is {}", words.join(" or ").replace('-', " ")),
        Test::AtLeast(bound) => format!("{label} at least {}", number(*bound)),
        Test::AtMost(bound) => format!("{label} at most {}", number(*bound)),
        Test::Below(bound) => format!("{label} below {}", number(*bound)),
        Test::Above(bound) => format!("{label} above {}", number(*bound)),
        Test::Known(true) => format!("{label} is stated"),
        Test::Known(false) => format!("{label} is not stated"),
    }
}
