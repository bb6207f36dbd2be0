//! Why: the chain of the decision, and the rules that fired for each strategy.

use super::findings::{finding_list, tally};
use super::rules::rule_list;
use crate::browser::dom::{Build, El, el};
use crate::components::disclosure::{disclosure, summary};
use crate::components::table::{Table, plain_table};
use crate::domain::evaluation::Step;
use crate::domain::strategy::StrategyId;
use crate::state::store;

/// The reasons.
pub fn why() -> El {
    let store = store();
    let steps = move || {
        let stages: Vec<_> =
            store.reasons().with(|reasons| reasons.trace.iter().map(|step| step.stage).collect());
        let item = |stage: &'static str| (stage.to_owned(), Box::new(move || trace_step(stage)) as Build);
        stages.into_iter().map(item).collect()
    };
    el("section")
        .attrs(&[("class", "why"), ("aria-labelledby", "why-heading")])
        .child(el("h2").attr("id", "why-heading").text("Why"))
        .child(el("ol").attrs(&[("class", "trace"), ("data-testid", "trace")]).keyed(steps))
        .child(el("h3").text("The rules that fired, by strategy"))
        .children(StrategyId::ALL.map(strategy_rules))
        .child(disclosure("rule-table", summary("All rules, and which of them fired"), rule_list))
}

/// One step of the chain: what came of it, the rules that decided, and what was compared.
fn trace_step(stage: &'static str) -> El {
    let text = move || of_step(stage, |step| step.text.clone());
    let rules = move || of_step(stage, |step| step.rules.join(", "));
    let compared = move || of_step(stage, |step| step.compared.clone());
    let words = el("p").live(text).text(" ").child(el("span").class("source").live(rules));
    let table = move || el("div").swap(compared, move |rows| vec![compared_table(stage, rows)]);
    let has_rows = move || of_step(stage, |step| !step.compared.is_empty());
    let below = move || disclosure("compared", summary("What was compared"), table);
    el("li").child(el("span").class("stage").text(stage)).child(el("div").child(words).show(has_rows, below))
}

/// Something of one step, followed; its default where there is no such step.
fn of_step<T: Default>(stage: &str, read: impl FnOnce(&Step) -> T) -> T {
    store()
        .reasons()
        .with(|reasons| reasons.trace.iter().find(|step| step.stage == stage).map(read).unwrap_or_default())
}

fn compared_table(stage: &str, rows: &[(String, String)]) -> El {
    plain_table(&Table {
        caption: format!("{stage}: what was compared"),
        head: vec!["Compared".to_owned(), "Found".to_owned()],
        rows: rows.iter().map(|(name, found)| vec![name.clone(), found.clone()]).collect(),
        word_columns: (2, 0),
    })
}

fn strategy_rules(id: StrategyId) -> El {
    let store = store();
    let name = move || store.strategy(id, |assessment, _| format!("{} ", assessment.name));
    let counts = move || store.strategy(id, |assessment, _| tally(&assessment.findings));
    let summary = el("summary").live(name).child(el("span").class("tally").live(counts));
    let findings = move || store.strategy(id, |assessment, _| assessment.findings.clone());
    disclosure("rules-of", summary, move || finding_list(findings))
}
