//! Rules that fired, each to open.

use std::rc::Rc;

use crate::browser::dom::{Build, El, el};
use crate::components::disclosure::disclosure;
use crate::domain::evaluation::{Finding, FindingEffect};

/// Rules in the order in which they weigh; one that stays keeps its place and stays open.
pub fn finding_list(findings: impl Fn() -> Vec<Finding> + 'static) -> El {
    let items = move || {
        let mut findings = findings();
        crate::order::sort_by_key(&mut findings, |finding| weight(finding.effect));
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
        (
            count(|effect| matches!(effect, FindingEffect::Excludes | FindingEffect::PrefersAnother)),
            "exclude it",
        ),
        (count(|effect| matches!(effect, FindingEffect::For(_))), "for"),
        (count(|effect| matches!(effect, FindingEffect::Against(_))), "against"),
        (count(|effect| matches!(effect, FindingEffect::Needs)), "needs"),
        (count(|effect| matches!(effect, FindingEffect::Warns)), "warnings"),
        (count(|effect| matches!(effect, FindingEffect::Notes)), "notes"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| match count {
            1 if words != "exclude it" => format!("1 {}", words.trim_end_matches('s')),
            1 => "1 excludes it".to_owned(),
            _ => format!("{count} {words}"),
        })
        .collect();
    if parts.is_empty() { "no rule fired".to_owned() } else { parts.join(", ") }
}

fn without_stop(text: &str) -> &str {
    text.trim_end_matches('.')
}
