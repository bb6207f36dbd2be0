//! Rules that fired, each to open.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::source::SourceText;
use crate::domain::answer::{Finding, FindingEffect, strength_words};

/// Rules in the order in which they weigh; one that stays keeps its place and stays open.
#[component]
pub fn FindingList(
    /// The findings of one strategy.
    #[prop(into)]
    findings: Signal<Vec<Finding>>,
) -> impl IntoView {
    let ordered = Memo::new(move |_| {
        let mut findings = findings.get();
        findings.sort_by_key(|finding| weight(finding.effect));
        findings
    });
    let item = move |finding: Finding| {
        let key = key_of(&finding);
        let now = Memo::new(move |_| {
            let found = ordered.with(|all| all.iter().find(|other| key_of(other) == key).cloned());
            found.unwrap_or_else(|| finding.clone())
        });
        view! { <FindingItem finding=now /> }
    };
    view! {
        <ul class="findings">
            <For each=move || ordered.get() key=key_of children=item />
        </ul>
    }
}

/// What a reader takes for the same finding: what was compared may be another.
fn key_of(finding: &Finding) -> (String, String) {
    (finding.rule.clone(), finding.text.clone())
}

#[component]
fn FindingItem(finding: Memo<Finding>) -> impl IntoView {
    let summary = move || {
        let Finding { effect, text, .. } = finding.get_untracked();
        let (effect, text) = (effect.words(), format!(" {text}"));
        view! { <span class="effect">{effect}</span> {text} }
    };
    view! {
        <li>
            <Disclosure class="finding" summary>
                <div>
                    <Anew of=move || finding.get() let:finding>
                        {about(finding)}
                    </Anew>
                </div>
            </Disclosure>
        </li>
    }
}

/// The rule behind a finding: its condition, what it compares, and its source.
pub fn about(finding: Finding) -> AnyView {
    let rule = format!("Rule {}. Condition: {}.", finding.rule, without_stop(&finding.condition));
    let source = without_stop(&finding.source).to_owned();
    view! {
        <p>{rule}</p>
        {strength_line(finding.effect)}
        {values(finding.compared)}
        <p class="source">"Source: " <SourceText text=source /> "."</p>
    }
    .into_any()
}

/// How strongly it speaks, where it weighs.
fn strength_line(effect: FindingEffect) -> Option<AnyView> {
    let (FindingEffect::For(strength) | FindingEffect::Against(strength)) = effect else { return None };
    let words = format!("Strength: {}, {strength} of 3.", strength_words(strength));
    Some(view! { <p>{words}</p> }.into_any())
}

/// What was compared, with the user's own values.
fn values(compared: Vec<String>) -> Option<AnyView> {
    if compared.is_empty() {
        return None;
    }
    let items = compared.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    Some(view! { <div>"Here: " <ul class="compared">{items}</ul></div> }.into_any())
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
        assert!(words.contains(&FindingEffect::PrefersAnother.words()));
        assert_eq!(tally(&[FindingEffect::Warns, FindingEffect::Warns].map(finding)), "2 warnings");
    }
}
