//! Why: the chain of the decision, and the rules that fired for each strategy.

use super::findings::{finding_list, tally};
use crate::browser::dom::{El, el};
use crate::components::disclosure::disclosure;
use crate::domain::evaluation::Step;
use crate::domain::strategy::StrategyId;
use crate::state::store;

/// The reasons.
pub fn why() -> El {
    let store = store();
    let trace = move || store.read(|evaluation| evaluation.advice.trace.iter().map(trace_step).collect());
    el("section")
        .attrs(&[("class", "why"), ("aria-labelledby", "why-heading")])
        .child(el("h2").attr("id", "why-heading").text("Why"))
        .child(el("ol").attrs(&[("class", "trace"), ("data-testid", "trace")]).anew(trace))
        .child(el("h3").text("The rules that fired, by strategy"))
        .children(StrategyId::ALL.map(strategy_rules))
}

fn trace_step(step: &Step) -> El {
    let mut words = el("span").text(&step.text);
    if !step.rules.is_empty() {
        words = words.child(el("span").class("source").text(&format!(" {}", step.rules.join(", "))));
    }
    el("li").child(el("span").class("stage").text(step.stage)).child(words)
}

fn strategy_rules(id: StrategyId) -> El {
    let store = store();
    let name = move || store.strategy(id, |assessment, _| format!("{} ", assessment.name));
    let counts = move || store.strategy(id, |assessment, _| tally(&assessment.findings));
    let summary = el("summary").live(name).child(el("span").class("tally").live(counts));
    let findings = move || store.strategy(id, |assessment, _| assessment.findings.clone());
    disclosure("rules-of", summary, move || finding_list(findings))
}
