//! The whole answer to a case: what the page, the charts and the command line show.

use super::case::Case;
use super::cost::{self, Setting};
use super::explain::{explain, shared_findings, told_paths};
use super::hardware::HardwareMemory;
use super::strategy::StrategyId;
use super::what_if::{self, WhatIf};

pub use super::cost::{Fit, GpuCost, MemoryUse};
pub use super::decide::{
    Assessment, BudgetFigures, Choice, Cost, Decided, Deciding, Hardware, Lead, Leads, NamedOutcome, Outcome,
    Pilot, PriceOfQuality, Range, ReplicaMemory, Swing, TrialCost, TrialItem, Uncertain,
};
pub use super::explain::{
    BREAK_EVEN, BREAK_EVEN_RANGE, CrossingWords, Derivation, Explanation, Finding, Grade, ModelFact, OneLine,
    Path, PathTest, PilotWords, PlanStep, Role, SharedFinding, Span, Step, TestWords, Verdict,
    VerdictConfidence, flip_sentence, hardware_line, input_words, key_value, model_facts, plan_line,
    strength_words, strip_sentence, tried, why_line,
};
pub use super::hardware::AtOnce;
pub use super::rules::{FindingEffect, Fired};
pub use super::what_if::{
    Branch, Change, Event, Flip, FlipKind, FlipSearch, Flips, Found, Held, InForce, Lines, MOST_ROWS,
    Nearest, PathState, Question, Relaxation, Side, Strip, StripSearch, TestTime, Today, Trigger, flips_of,
    in_force, nearer,
};

/// Version of the method: formulas and rules of one version never change.
pub const METHOD_VERSION: u32 = 3;

/// What a version of the method corrected, each with the version that did.
pub const METHOD_CORRECTIONS: [(u32, &str); 2] = [
    (
        2,
        "knowledge that fits the prompt is priced in the prompt and retrieved, and the cheaper way is taken; a budget holds an ordinary month and, unless you say otherwise, invoices only; what is in use today serves until the new is ready and keeps its cards; a measurement counts for the configuration that was measured and no other; fewer than twenty examples decide nothing; trials stand in the order of the chance at which they pay; the latency that you state is that of the API model alone; several tasks multiply prompts, labels and evaluations",
    ),
    (
        3,
        "serving is sized by what engines of 2025 and later reach: launches, links between cards and the experts that are touched count, and a call's own prefill no longer stands between its tokens; the attention cache is kept in bf16 unless you say otherwise, and weights weigh what published checkpoints do; more than two cards without a fast link may work together; power follows load instead of full power around the clock; a stated latency is that of the model it was measured on",
    ),
];

/// Everything that was computed for one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was decided, with every figure.
    pub decided: Decided,
    /// What to do, in words.
    pub verdict: Verdict,
    /// How sure that is, and why.
    pub confidence: VerdictConfidence,
    /// Each strategy in words, in the order of the assessments.
    pub explanations: Vec<Explanation>,
    /// Each pilot in words, in the order of the pilots.
    pub pilots: Vec<PilotWords>,
    /// If nothing fits: what to relax, each with the strategy it lets in.
    pub relaxations: Vec<Relaxation>,
    /// The chain screen → reference → use now → replace → pilots.
    pub trace: Vec<Step>,
    /// Now, next and later.
    pub plan: Vec<PlanStep>,
    /// Where each surviving strategy and the verdict change places over volume, by volume.
    pub crossings: Vec<CrossingWords>,
}

impl Answer {
    /// What is to be used now, or what everything is compared with where nothing is: its cost is the verdict's total.
    pub fn chosen(&self) -> Option<&Assessment> {
        let choice = &self.decided.choice;
        choice.use_now.or(choice.reference).and_then(|id| self.get(id))
    }

    /// The assessment of one strategy.
    pub fn get(&self, id: StrategyId) -> Option<&Assessment> {
        self.decided.get(id)
    }

    /// One strategy in words.
    pub fn explanation(&self, id: StrategyId) -> Option<&Explanation> {
        self.explanations.iter().find(|explanation| explanation.id == id)
    }

    /// Warnings and notes that hold for several strategies, each once.
    pub fn shared_findings(&self) -> Vec<SharedFinding> {
        shared_findings(self.explanations.iter().map(|one| (one.id, one.findings.as_slice())))
    }

    /// The findings of one strategy without those that it shares.
    pub fn own_findings(&self, id: StrategyId) -> Vec<Finding> {
        let shared = self.shared_findings();
        let is_own = |finding: &&Finding| !shared.iter().any(|one| one.tells(finding));
        let own = self.explanation(id).map_or(&[][..], |explanation| &explanation.findings);
        own.iter().filter(is_own).cloned().collect()
    }

    /// Each strategy with its words, by rung.
    pub fn strategies(&self) -> impl Iterator<Item = (&Assessment, &Explanation)> {
        self.decided.assessments.iter().zip(&self.explanations)
    }

    /// Each pilot with its words, in order.
    pub fn pilots(&self) -> impl Iterator<Item = (&Pilot, &PilotWords)> {
        self.decided.pilots.iter().zip(&self.pilots)
    }

    /// Where the saving of the second strategy against the first is likely to lie, US dollars: total of `from` less total
    /// of `to`, with every uncertain figure moved in both at once, so that shared hours cancel.
    pub fn saving_range(&self, from: StrategyId, to: StrategyId) -> Option<Range> {
        self.decided.saving_range(from, to)
    }

    /// The whole in one line.
    pub fn one_line(&self) -> OneLine {
        OneLine::of(&self.verdict, &self.decided, self.pilots.first())
    }

    /// Total cost of ownership of some strategies at some volumes, US dollars; `None` where a cost is unknown.
    pub fn tco_over_volume(&self, ids: &[StrategyId], volumes: &[f64]) -> Vec<Vec<Option<f64>>> {
        self.decided.tco_over_volume(ids, volumes)
    }
}

/// Answer a case: decide once, ask again around it, and put it into words. Pure and deterministic; a few milliseconds.
pub fn answer(case: &Case) -> Answer {
    // For the volumes that are asked again.
    let memory = HardwareMemory::default();
    let decision = super::decide::Decision::of(Setting::new(case).remembering(&memory)).with_figures();
    let what_if = WhatIf::of(&decision);
    let explained = explain(&decision, &what_if);
    Answer {
        decided: decision.into(),
        verdict: explained.verdict,
        confidence: explained.confidence,
        explanations: explained.explanations,
        pilots: explained.pilots,
        relaxations: what_if.relaxations,
        trace: explained.trace,
        plan: explained.plan,
        crossings: explained.crossings,
    }
}

/// Where each open measurement and the next volume lead: the present state first, and at most seven that may follow.
///
/// Several decisions, so not part of an answer: some ten milliseconds.
pub fn paths(case: &Case) -> Vec<Path> {
    told_paths(&what_if::paths(case), &case.inputs)
}

/// What fits where: memory of serving and tuning, and every GPU that could carry the demand of a case.
pub fn fit(case: &Case) -> Fit {
    cost::fit(&Setting::new(case))
}

/// The GPUs that hold the users at once with the open model, the cheapest first; none where no such load is stated.
pub fn at_once(case: &Case) -> Vec<AtOnce> {
    cost::at_once(&Setting::new(case))
}
