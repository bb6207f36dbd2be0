//! What would change the answer, what comes next, why not the others, evidence, policy, and the place to sign.

use super::parts::{Document, Run, Runs};
use super::words::{money_terms, sentence, versions};
use crate::domain::record::data::{
    Alternative, Changes, EvidenceLine, PathLine, PlanLine, PolicyLines, PolicyRule, Record, TestLine,
};
use crate::domain::units::words::{usd_exact, usd_short};

/// What is written into by hand.
const BLANK: &str = "…………………………";

/// What would change the answer.
pub fn changes(record: &Record, to: &mut Document) {
    let Changes { searched, changing, uses, tests, volumes } = &record.changes;
    to.heading(2, "What would change the answer");
    match (*searched, *changing) {
        (0, _) => to.says("Not searched when this record was made."),
        (searched, 0) => to.says(&format!("No single one of {searched} inputs changes the answer within its range.")),
        (searched, changing) => to.says(&format!(
            "Each input alone over its whole range, the others as they are: {changing} of {searched} would change the answer. The nearest:"
        )),
    }
    if !uses.is_empty() {
        to.heading(3, "What to use");
        to.texts(uses);
    }
    if !tests.is_empty() {
        to.heading(3, "What to test first; what to use stays");
        to.texts(tests);
    }
    if !volumes.is_empty() {
        to.heading(3, "Volumes at which a strategy and the verdict change places in cost");
        to.texts(volumes);
    }
}

/// Where open measurements lead.
pub fn path(record: &Record, to: &mut Document) {
    to.heading(2, "Path");
    let state = |(place, line): (usize, &PathLine)| {
        let note = if line.note.is_empty() { String::new() } else { sentence(&line.note) };
        let next: Vec<String> =
            line.next.iter().map(|(event, to)| format!("{event}: state {}", to + 1)).collect();
        let next = if next.is_empty() { "nothing is open".to_owned() } else { next.join("; ") };
        vec![
            (place + 1).to_string(),
            line.condition.clone(),
            line.verdict.clone(),
            sentence(&line.action),
            sentence(&line.reason),
            if note.is_empty() { "nothing".to_owned() } else { note },
            next,
            line.per_thousand_usd.map_or_else(|| "not known".to_owned(), usd_short),
        ]
    };
    let rows: Vec<_> = record.path.iter().enumerate().map(state).collect();
    if rows.is_empty() {
        to.says("No path was looked for.");
    }
    to.table(
        &["State", "When", "Verdict", "Do", "Why that verdict", "Takes", "Leads to", "1,000 requests"],
        1,
        rows,
    );
}

/// Now, next and later.
pub fn plan(record: &Record, to: &mut Document) {
    to.heading(2, "Plan");
    let row = |line: &PlanLine| vec![line.when.clone(), line.term.clone(), line.text.clone()];
    if record.plan.is_empty() {
        to.says("There is nothing to do.");
    }
    to.table(
        &["Step", "When", "What to do, or the trigger that reopens the decision"],
        0,
        record.plan.iter().map(row).collect(),
    );
}

/// Why not the others.
pub fn alternatives(record: &Record, to: &mut Document) {
    to.heading(2, "Why not the alternatives");
    let line = |one: &Alternative| {
        let excluded: Vec<String> = one
            .excluded
            .iter()
            .map(|(rule, text)| format!("{} (rule {})", text.trim_end_matches('.'), rule))
            .collect();
        let why = match excluded.is_empty() {
            true => sentence(&one.why_not),
            false => format!("Excluded: {}.", excluded.join("; ")),
        };
        let lets_in =
            one.lets_in.as_ref().map(|wish| format!(" Would let it in: {wish}.")).unwrap_or_default();
        vec![Run::strong(&one.name, ":"), Run::own(" "), Run::Said(format!("{why}{lets_in}"))]
    };
    to.list(record.alternatives.iter().map(line));
}

/// What is known of the quality, and the tests that are proposed.
pub fn evidence(record: &Record, to: &mut Document) {
    to.heading(2, "Evidence");
    to.says("Measured on the user’s own evaluation, as stated; intervals are 95 % intervals after Wilson. Nothing is known of what is not measured.");
    let row = |line: &EvidenceLine| {
        [&line.strategy, &line.known, &line.bar, &line.decides].map(String::clone).to_vec()
    };
    to.table(
        &["Strategy", "Known", "Bar", "What an evaluation has to come to"],
        0,
        record.evidence.iter().map(row).collect(),
    );
    to.heading(3, "Tests that are proposed");
    if record.tests.is_empty() {
        to.says("No test is proposed.");
    }
    to.list(record.tests.iter().map(test));
}

fn test(line: &TestLine) -> Runs {
    let cost: Vec<String> =
        line.cost.iter().map(|part| format!("{} {}", part.label, usd_exact(part.usd))).collect();
    let mut runs = vec![
        Run::strong(&line.name, ":"),
        Run::own(" "),
        Run::Said(sentence(&line.takes)),
        Run::own(" "),
        Run::Said(sentence(&line.gives)),
        Run::own(" If it passes: "),
        Run::said(line.if_passed.trim_end_matches('.')),
        Run::own(". If not: "),
        Run::said(line.if_failed.trim_end_matches('.')),
        Run::own("."),
    ];
    if !cost.is_empty() {
        runs.extend([Run::own(" Its cost: "), Run::Said(cost.join("; ")), Run::own(".")]);
    }
    if !line.chance.is_empty() {
        runs.extend([Run::own(" "), Run::Said(sentence(&line.chance))]);
    }
    runs
}

/// The policy in force.
pub fn policy(record: &Record, to: &mut Document) {
    to.heading(2, "Policy in force");
    let Some(PolicyLines { name, rules, defaults, rows }) = &record.policy else {
        to.says(
            "No organisation’s policy is in force: only the built-in rules, catalogue and defaults hold.",
        );
        return;
    };
    to.runs(vec![Run::strong(name, "")]);
    let row = |rule: &PolicyRule| {
        [&rule.rule, &rule.effect, &rule.condition, &rule.text].map(String::clone).to_vec()
    };
    to.table(&["Rule", "Effect", "When", "Reason"], 0, rules.iter().map(row).collect());
    if !defaults.is_empty() {
        to.says("Its defaults:");
        to.texts(defaults);
    }
    if !rows.is_empty() {
        to.says("Its rows of the catalogue:");
        to.texts(rows);
    }
}

/// The place to sign.
pub fn foot(record: &Record, to: &mut Document) {
    to.heading(2, "Signatures");
    let sign = |role: &str| [vec![role.to_owned()], vec![BLANK.to_owned(); 3]].concat();
    to.table(
        &["Role", "Name", "Date", "Signature"],
        0,
        ["Decided by", "Finance", "Security"].map(sign).to_vec(),
    );
    to.says(&format!("Look again on: {BLANK}"));
    to.says(&format!("{}. {}.", versions(record), money_terms(record)));
}
