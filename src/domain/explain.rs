//! The decision in words: verdict, reasons, chain and plan.
//!
//! Made from what was decided and what was found by asking again; nothing is decided here.

mod chance;
mod confidence;
mod crossings;
mod derivation;
mod finding;
mod flips;
mod key_value;
mod one_line;
mod fold_lines;
pub mod input_words;
mod model_facts;
mod paths;
mod phrases;
mod pilot;
mod plan;
mod rule_of_thumb;
mod shared;
mod spans;
mod test_words;
mod trace;
mod verdict;
mod why_not;

pub use confidence::{Grade, VerdictConfidence};
pub use crossings::CrossingWords;
pub use derivation::Derivation;
use derivation::{Chosen, derivations};
pub use finding::{Finding, strength_words};
pub use flips::{flip_sentence, strip_sentence, tried};
pub use fold_lines::{BREAK_EVEN, hardware_line, plan_line, why_line};
pub use key_value::key_value;
pub use model_facts::{ModelFact, model_facts};
pub use one_line::OneLine;
pub use paths::{Path, PathTest, told as told_paths};
pub use pilot::PilotWords;
pub use plan::PlanStep;
pub use rule_of_thumb::BREAK_EVEN_RANGE;
pub use shared::{SharedFinding, shared_findings};
pub use test_words::TestWords;
pub use trace::Step;
pub use verdict::{Role, Span, Verdict};

use super::decide::{Assessment, Candidate, Comparison, Decision};
use super::strategy::StrategyId;
use super::what_if::WhatIf;

/// One strategy in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Its key.
    pub id: StrategyId,
    /// One line: the rule or difference that decided, and from where on it is another.
    pub why_not: String,
    /// What would let it in where it is out, if anything would.
    pub lets_in: Option<String>,
    /// What to do about it, in a word or two; empty where nothing.
    pub standing: &'static str,
    /// Findings for, against, and warnings.
    pub findings: Vec<Finding>,
    /// How each line of its ledger came about; empty where its cost is unknown.
    pub derivations: Vec<Derivation>,
}

impl Explanation {
    /// The line with what would let the strategy in, where it is out.
    pub fn in_full(&self) -> String {
        match &self.lets_in {
            Some(wish) => format!("{} Would let it in: {wish}.", self.why_not),
            None => self.why_not.clone(),
        }
    }
}

/// A decision in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// What to do.
    pub verdict: Verdict,
    /// How sure that is.
    pub confidence: VerdictConfidence,
    /// Each strategy in words, in the order of the assessments.
    pub explanations: Vec<Explanation>,
    /// Each pilot in words, in the order of the pilots.
    pub pilots: Vec<PilotWords>,
    /// The chain screen → reference → use now → replace → pilots, each a short statement that opens.
    pub trace: Vec<Step>,
    /// Now, next and later.
    pub plan: Vec<PlanStep>,
    /// Where each surviving strategy and the verdict change places, by volume.
    pub crossings: Vec<CrossingWords>,
}

/// Put a decision into words.
pub fn explain(decision: &Decision, what_if: &WhatIf) -> Explained {
    let verdict = verdict::verdict(decision, &what_if.relaxations);
    let pilots: Vec<PilotWords> =
        decision.trials.pilots.iter().map(|pilot| PilotWords::of(pilot, decision)).collect();
    let Comparison { assessments, candidates, .. } = &decision.comparison;
    Explained {
        confidence: confidence::confidence(decision),
        explanations: assessments
            .iter()
            .zip(candidates)
            .map(|(assessment, candidate)| explanation(assessment, candidate, decision, what_if))
            .collect(),
        trace: trace::steps(decision),
        plan: plan::steps(decision, &pilots, what_if),
        crossings: crossings::crossings(decision),
        pilots,
        verdict,
    }
}

fn explanation<'a>(
    assessment: &Assessment,
    candidate: &Candidate<'a>,
    decision: &Decision<'a>,
    what_if: &WhatIf,
) -> Explanation {
    let subject = decision.comparison.subject(candidate);
    let findings: Vec<Finding> = candidate.rules.iter().map(|rule| Finding::of(rule, &subject)).collect();
    Explanation {
        id: assessment.id,
        why_not: why_not::why_not(assessment, &findings, decision),
        lets_in: why_not::lets_in(assessment, what_if),
        standing: standing(assessment, decision),
        derivations: derivations_of(assessment, candidate, &decision.comparison).unwrap_or_default(),
        findings,
    }
}

/// What to do about a strategy: "use now", "test first", "excluded".
fn standing(assessment: &Assessment, Decision { choice, trials, .. }: &Decision) -> &'static str {
    let id = Some(assessment.id);
    let place = trials.pilots.iter().position(|pilot| Some(pilot.strategy) == id);
    match place {
        _ if choice.use_now == id && choice.must_be_built => "build it",
        _ if choice.use_now == id => "use now",
        _ if choice.later == id => "move to it",
        _ if !assessment.survives() => "excluded",
        Some(0) => "test first",
        Some(_) => "test next",
        None => "",
    }
}

fn derivations_of(
    assessment: &Assessment,
    candidate: &Candidate,
    comparison: &Comparison,
) -> Option<Vec<Derivation>> {
    let chosen = Chosen { own: candidate.variant()?, before: candidate.variant_before() };
    let ledger = &assessment.cost.as_ref().ok()?.ledger;
    Some(derivations(&comparison.setting, &candidate.costed, chosen, ledger))
}
