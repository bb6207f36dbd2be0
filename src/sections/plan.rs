//! The plan: now, next, later.

use crate::browser::dom::{El, el};
use crate::domain::evaluation::Evaluation;
use crate::state::store;

/// Texts under the time at which they are due.
type Stages = Vec<(&'static str, Vec<String>)>;

/// Steps and the triggers to watch.
pub fn plan() -> El {
    let store = store();
    let stage = |(when, texts): (&'static str, Vec<String>)| {
        let items = texts.iter().map(|text| el("li").text(text));
        [el("dt").text(when), el("dd").child(el("ul").children(items))]
    };
    el("section")
        .attrs(&[("class", "plan"), ("aria-labelledby", "plan-heading")])
        .child(el("h2").attr("id", "plan-heading").text("Plan"))
        .child(
            el("dl")
                .attr("data-testid", "plan")
                .anew(move || store.read(stages).into_iter().flat_map(stage).collect()),
        )
}

fn stages(evaluation: &Evaluation) -> Stages {
    let mut stages: Stages = Vec::new();
    for step in &evaluation.advice.plan {
        match stages.iter_mut().find(|(when, _)| *when == step.when) {
            Some((_, texts)) => texts.push(step.text.clone()),
            None => stages.push((step.when, vec![step.text.clone()])),
        }
    }
    stages
}
