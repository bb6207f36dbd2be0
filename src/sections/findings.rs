//! Rules that fired, each to open.

use leptos::prelude::*;

use crate::components::disclosure::Disclosure;
use crate::domain::evaluation::{Finding, FindingEffect};

/// Rules in the order in which they weigh; one that stays keeps its place and stays open.
#[component]
pub fn FindingList(#[prop(into)] findings: Signal<Vec<Finding>>) -> impl IntoView {
    let ordered = move || {
        let mut findings = findings.get();
        crate::order::sort_by_key(&mut findings, |finding| weight(finding.effect));
        findings
    };
    view! {
        <ul class="findings">
            <For each=ordered key=|finding| format!("{}|{}", finding.rule, finding.text) let:finding>
                <FindingItem finding />
            </For>
        </ul>
    }
}

#[component]
fn FindingItem(finding: Finding) -> impl IntoView {
    let effect = effect_words(finding.effect);
    let text = finding.text.clone();
    let finding = StoredValue::new(finding);
    view! {
        <li>
            <Disclosure
                class="finding"
                summary=move || {
                    view! { <span class="effect">{effect.clone()}</span> " " {text.clone()} }
                }
            >
                <p>
                    "Rule " {finding.with_value(|finding| finding.rule.clone())} ". Condition: "
                    {finding.with_value(|finding| without_stop(&finding.condition))} "."
                </p>
                <p class="source">"Source: " {finding.with_value(|finding| without_stop(&finding.source))} "."</p>
            </Disclosure>
        </li>
    }
}

/// What a rule does, in words.
fn effect_words(effect: FindingEffect) -> String {
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

fn without_stop(text: &str) -> String {
    text.trim_end_matches('.').to_owned()
}
