//! Rules that fired, each to open.

use std::rc::Rc;

use crate::browser::dom::{Build, El, el};
use crate::components::disclosure::disclosure;
use crate::domain::rules::{Finding, FindingEffect};

/// Rules in the order in which they weigh; one that stays keeps its place and stays open.
pub fn finding_list(findings: impl Fn() -> Vec<Finding> + 'static) -> El {
    let items = move || {
        let mut findings = findings();
        findings.sort_by_key(|finding| weight(finding.effect));
        let item = |finding: Finding| {
            let key = format!("{}|{}", finding.rule, finding.text);
            (key, Box::new(move || finding_item(finding)) as Build)
        };
        findings.into_iter().map(item).collect()
    };
    el("ul").class("findings").keyed(items)
}

fn finding_item(finding: Finding) -> El {
    let finding = Rc::new(finding);
    let effect = el("span").class("effect").text(&effect_words(finding.effect));
    let summary = el("summary").child(effect).text(&format!(" {}", finding.text));
    let content = move || {
        let condition = without_stop(&finding.condition);
        let source = without_stop(&finding.source);
        el("div")
            .child(el("p").text(&format!("Rule {}. Condition: {condition}.", finding.rule)))
            .children(strength_line(finding.effect))
            .children(values(&finding.compared))
            .child(el("p").class("source").text(&format!("Source: {source}.")))
    };
    el("li").child(disclosure("finding", summary, content))
}

/// How strongly it speaks, where it weighs.
fn strength_line(effect: FindingEffect) -> Option<El> {
    let (FindingEffect::For(strength) | FindingEffect::Against(strength)) = effect else { return None };
    Some(el("p").text(&format!("Strength: {}, {strength} of 3.", strength_words(strength))))
}

/// What was compared, with the user's own values.
fn values(compared: &[String]) -> Option<El> {
    let items = compared.iter().map(|line| el("li").text(line));
    (!compared.is_empty()).then(|| el("div").text("Here: ").child(el("ul").class("compared").children(items)))
}

/// What a rule does, in words.
pub fn effect_words(effect: FindingEffect) -> String {
    match effect {
        FindingEffect::Excludes => "excludes it".to_owned(),
        FindingEffect::PrefersAnother => "prefers another".to_owned(),
        FindingEffect::Needs => "needs".to_owned(),
        FindingEffect::For(strength) => format!("for, {}", strength_words(strength)),
        FindingEffect::Against(strength) => format!("against, {}", strength_words(strength)),
        FindingEffect::Warns => "warning".to_owned(),
        FindingEffect::Notes => "note".to_owned(),
    }
}

const fn strength_words(strength: u8) -> &'static str {
    match strength {
        0 | 1 => "weak",
        2 => "clear",
        _ => "strong",
    }
}

const fn weight(effect: FindingEffect) -> u8 {
    match effect {
        FindingEffect::Excludes => 0,
        FindingEffect::PrefersAnother => 1,
        FindingEffect::Needs => 2,
        FindingEffect::For(strength) => 9 - strength,
        FindingEffect::Against(strength) => 13 - strength,
        FindingEffect::Warns => 14,
        FindingEffect::Notes => 15,
    }
}

/// How many rules of each kind, in words.
pub fn tally(findings: &[Finding]) -> String {
    let count = |matches: fn(FindingEffect) -> bool| {
        findings.iter().filter(|finding| matches(finding.effect)).count()
    };
    let parts = [
        (count(|effect| effect == FindingEffect::Excludes), "excludes it", "exclude it"),
        (count(|effect| effect == FindingEffect::PrefersAnother), "prefers another", "prefer another"),
        (count(|effect| matches!(effect, FindingEffect::For(_))), "for", "for"),
        (count(|effect| matches!(effect, FindingEffect::Against(_))), "against", "against"),
        (count(|effect| effect == FindingEffect::Needs), "need", "needs"),
        (count(|effect| effect == FindingEffect::Warns), "warning", "warnings"),
        (count(|effect| effect == FindingEffect::Notes), "note", "notes"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }))
        .collect();
    if parts.is_empty() { "no rule fired".to_owned() } else { parts.join(", ") }
}

fn without_stop(text: &str) -> &str {
    text.trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_counts_each_rule_under_the_word_that_its_finding_says() {
        let finding = |effect| Finding {
            rule: String::new(),
            role: None,
            effect,
            text: String::new(),
            condition: String::new(),
            compared: Vec::new(),
            source: String::new(),
        };
        let words = tally(&[FindingEffect::Excludes, FindingEffect::PrefersAnother].map(finding));
        assert_eq!(words, "1 excludes it, 1 prefers another");
        assert!(words.contains(&effect_words(FindingEffect::PrefersAnother)));
        assert_eq!(tally(&[FindingEffect::Warns, FindingEffect::Warns].map(finding)), "2 warnings");
    }
}
