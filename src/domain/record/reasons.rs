//! The verdict, the chain that led to it, and the rules that fired.

use super::data::{RuleLine, StepLine, VerdictWords};
use super::text::said;
use crate::domain::answer::{Answer, VerdictConfidence};

/// What is decided, and how sure that is.
pub fn verdict(answer: &Answer) -> VerdictWords {
    let key = |id: Option<crate::domain::strategy::StrategyId>| id.map(|id| id.key().to_owned());
    let grade = answer.confidence.grade;
    let means =
        VerdictConfidence::GRADES.iter().find(|(one, _)| *one == grade).map_or("", |(_, words)| words);
    let lede: String = answer.verdict.lede.iter().map(|span| span.text.as_str()).collect();
    VerdictWords {
        headline: said(&answer.verdict.headline),
        lede: said(&lede),
        use_now: key(answer.decided.choice.use_now),
        later: key(answer.decided.choice.later),
        confidence: grade.label().to_owned(),
        confidence_means: said(means),
        confidence_reasons: answer.confidence.reasons.iter().map(|text| said(text)).collect(),
        relaxations: answer.relaxations.iter().map(|one| said(&one.text)).collect(),
    }
}

/// The chain of the choice.
pub fn steps(answer: &Answer) -> Vec<StepLine> {
    let line = |step: &crate::domain::answer::Step| StepLine {
        stage: said(step.stage),
        summary: said(&step.summary),
        text: said(&step.text),
        rules: step.rules.iter().map(|rule| said(rule)).collect(),
    };
    answer.trace.iter().map(line).collect()
}

/// The rules that fired, each sentence of each once, with the strategies of which it is said.
pub fn rules(answer: &Answer) -> Vec<RuleLine> {
    let mut rules: Vec<RuleLine> = Vec::new();
    for (one, told) in answer.strategies() {
        for finding in &told.findings {
            let (text, name) = (said(&finding.text), said(&one.name));
            match rules.iter_mut().find(|line| line.rule == finding.rule && line.text == text) {
                Some(known) => known.strategies.push(name),
                None => rules.push(RuleLine {
                    rule: said(&finding.rule),
                    effect: said(&finding.effect.words()),
                    text,
                    strategies: vec![name],
                    source: said(&finding.source),
                }),
            }
        }
    }
    rules
}
