//! The decision: screen → reference → use now → replace → pilots → verdict (method §11).
//!
//! Start with prompting and move only on clear evidence. Quality gates, cost decides among the proven, and
//! what is cheaper but unproven becomes a pilot. The order of strategies and rules changes nothing.

mod chance;
mod pilots;
mod plan;
mod relax;
mod rule_of_thumb;
mod sureness;
mod trace;
mod volumes;
mod why_not;
mod words;

pub use rule_of_thumb::BREAK_EVEN_RANGE;
pub use why_not::why_not;

use pilots::Trials;

use super::assess::{Depth, compares_errors, tier};
use super::breakeven::{BreakEven, Crossing};
use super::cost::{Built, Study};
use super::evaluation::{Advice, Assessment, Pilot, PlanStep, Step, Sureness};
use super::input::Inputs;
use super::rules::ReferenceFacts;
use super::strategy::StrategyId;

/// What the decision is made from.
pub(super) struct Assessed<'a, 'b> {
    pub study: &'a Study<'b>,
    pub builts: &'a [Built<'b>],
    pub assessments: &'a [Assessment],
    pub reference: Option<ReferenceFacts>,
    pub inputs: &'b Inputs,
}

/// What was decided, before it is put into words.
#[derive(Clone, Debug, Default)]
pub(super) struct Decision {
    pub reference: Option<StrategyId>,
    pub use_now: Option<StrategyId>,
    /// Strategies that were replaced on the way to `use_now`, in order.
    pub replaced: Vec<StrategyId>,
    /// What is measured to replace it once it is built, after the launch.
    pub later: Option<StrategyId>,
    /// The cheapest survivor that is not used now.
    pub rival: Option<StrategyId>,
}

/// The chain of the decision, and the plan: what is read after the answer.
pub(super) type Reasons = fn(&Assessed, &Decision, &[Pilot], &str) -> (Vec<Step>, Vec<PlanStep>);

/// The chain of the decision, and the plan.
pub(super) fn reasons(
    case: &Assessed,
    decision: &Decision,
    pilots: &[Pilot],
    verdict: &str,
) -> (Vec<Step>, Vec<PlanStep>) {
    (trace::steps(case, decision, pilots, verdict), plan::steps(case, decision, pilots))
}

/// Decide, and say it; with reasons where they are asked for.
pub(super) fn decide<'a>(
    study: &Study<'a>,
    builts: &[Built<'a>],
    reference: Option<ReferenceFacts>,
    assessments: &[Assessment],
    (depth, reasons): (Depth, Option<Reasons>),
) -> Advice {
    let case = Assessed { study, builts, assessments, reference, inputs: study.inputs };
    let mut decision = Decision { reference: reference.map(|reference| reference.id), ..Decision::default() };
    decision.use_now = first_holder(&case, &decision);
    if let Some(first) = decision.use_now {
        for next in climb(&case, first, true) {
            decision.replaced.extend(decision.use_now);
            decision.use_now = Some(next);
        }
    }
    decision.later = decision.use_now.and_then(|holder| climb(&case, holder, false).pop());
    let Trials { pilots, declined } = pilots::proposed(&case, &decision);
    decision.rival = rival(&case, &decision, pilots.first().map(|pilot| pilot.strategy));
    let (confidence, confidence_reasons) = sureness::judge(&case, &decision, &pilots);
    let full = depth == Depth::Full;
    let relaxations = match (decision.reference.and_then(|id| case.get(id)), decision.use_now) {
        (None, _) if full => relax::relaxations(assessments, study.case),
        (Some(failed), None) if pilots.is_empty() => relax::lower_bar(failed).into_iter().collect(),
        _ => Vec::new(),
    };
    let said = words::verdict(&case, &decision, &pilots, &relaxations);
    let (trace, plan) = reasons.map(|find| find(&case, &decision, &pilots, &said.short)).unwrap_or_default();
    Advice {
        reference: decision.reference,
        use_now: decision.use_now,
        later: decision.later,
        rival: decision.rival,
        builds: said.builds,
        headline: said.headline,
        lede: said.lede,
        short: said.short,
        confidence,
        confidence_reasons,
        trace,
        plan,
        relaxations,
        pilots,
        declined,
    }
}

impl<'b> Assessed<'_, 'b> {
    /// The assessment of a strategy.
    pub fn get(&self, id: StrategyId) -> Option<&Assessment> {
        self.assessments.iter().find(|assessment| assessment.id == id)
    }

    /// What was built of a strategy.
    pub fn built(&self, id: StrategyId) -> Option<&Built<'b>> {
        self.builts.iter().find(|built| built.strategy.id == id)
    }

    /// Its name here.
    pub fn name(&self, id: StrategyId) -> &str {
        self.get(id).map_or("", |assessment| assessment.name.as_str())
    }

    /// Whether it can be in use by the launch date.
    pub fn in_time(&self, assessment: &Assessment) -> bool {
        self.inputs.constraints.launch_weeks.is_none_or(|weeks| assessment.lead_weeks <= weeks)
    }

    /// Costs of two strategies in the same terms: wrong answers count only if both are known.
    pub fn costs(&self, a: &Assessment, b: &Assessment) -> Option<(f64, f64)> {
        let (cost_a, cost_b) = (a.cost.as_ref().ok()?, b.cost.as_ref().ok()?);
        let with_errors = match (self.built(a.id), self.built(b.id)) {
            (Some(a), Some(b)) => match (&a.model, &b.model) {
                (Ok(a), Ok(b)) => compares_errors(a, b),
                _ => false,
            },
            _ => false,
        };
        let errors = |errors: Option<f64>| if with_errors { errors.unwrap_or(0.0) } else { 0.0 };
        Some((cost_a.tco + errors(cost_a.errors), cost_b.tco + errors(cost_b.errors)))
    }

    /// What is in use today, if the constraints allow it, its cost is known and it is not clearly measured to fail.
    pub fn todays_holder(&self) -> Option<&Assessment> {
        let today = self.get(super::cost::today(self.inputs)?)?;
        (today.survives() && today.cost.is_ok() && !today.clearly_fails).then_some(today)
    }

    /// Whether a prompted model is weaker than that of a holder which fails so far, before a real attempt.
    pub fn is_weaker_than_failing(&self, candidate: &Assessment, holder: &Assessment) -> bool {
        let weaker = match (tier(candidate.id, self.study.case), tier(holder.id, self.study.case)) {
            (Some(own), Some(its)) => own < its,
            _ => false,
        };
        holder.quality.fails() && weaker && candidate.id.strategy().is_prompted()
    }

    /// Whether the reference serves now: it exists and is not clearly measured to fail.
    pub fn reference_holds(&self) -> bool {
        self.reference.is_some_and(|reference| !reference.fails)
    }
}

/// What is in use today, or else the reference, unless clearly measured to fail; then the cheapest one measured to
/// meet the bar.
///
/// Leaving what is in use is a move like any other: it takes evidence, whichever way on the ladder it leads.
fn first_holder(case: &Assessed, decision: &Decision) -> Option<StrategyId> {
    if let Some(today) = case.todays_holder() {
        return Some(today.id);
    }
    if case.reference_holds() {
        return decision.reference;
    }
    case.assessments
        .iter()
        .filter(|assessment| {
            assessment.survives() && assessment.quality.is_accepted() && case.in_time(assessment)
        })
        .filter_map(|assessment| Some((assessment, assessment.tco()?)))
        .min_by(|(a, cost_a), (b, cost_b)| {
            cost_a.total_cmp(cost_b).then(a.rung.cmp(&b.rung)).then(a.id.cmp(&b.id))
        })
        .map(|(assessment, _)| assessment.id)
}

/// The saving a move must bring: max(tie, min(margin, most)), and more than the floor.
///
/// Costs within the tie keep the lower rung. All four are inputs: how far the tool leans towards the
/// simple strategy is the user's to say.
pub(super) fn margin(holder_cost: f64, inputs: &Inputs) -> f64 {
    let lean = &inputs.economics;
    let wanted = (lean.replace_margin * holder_cost).min(lean.replace_most);
    wanted.max(lean.tie_share * holder_cost).max(lean.replace_floor)
}

/// Whether a strategy saves enough against the holder, its sizing band at the dear end included.
pub(super) fn saves_enough(case: &Assessed, candidate: &Assessment, holder: &Assessment) -> bool {
    let Some((own, its)) = case.costs(candidate, holder) else { return false };
    let dear = candidate.cost.as_ref().map_or(0.0, |cost| cost.tco_band.1 - cost.tco);
    its - own > margin(its, case.inputs) && own + dear < its
}

/// The holders that follow the first one, each replacing the one before; only those that are ready by the launch, or
/// all of them.
///
/// Wrong answers count only between strategies whose quality is known, so with one that is merely assumed to
/// meet the bar, three can each be cheaper than the next. Among the measured alone that cannot happen.
fn climb(case: &Assessed, first: StrategyId, in_time: bool) -> Vec<StrategyId> {
    let among = |measured_only| climb_among(case, first, (measured_only, in_time));
    among(false).or_else(|| among(true)).unwrap_or_default()
}

/// The same among the proven, or the measured only; `None` if that goes round in a circle.
fn climb_among(case: &Assessed, first: StrategyId, among: (bool, bool)) -> Option<Vec<StrategyId>> {
    let (mut holder, mut holders) = (first, Vec::new());
    while let Some(next) = replacement(case, holder, among) {
        if next == first || holders.contains(&next) {
            return None;
        }
        holders.push(next);
        holder = next;
    }
    Some(holders)
}

/// The next strategy up the ladder that is proven and saves enough.
fn replacement(
    case: &Assessed,
    holder: StrategyId,
    (measured_only, in_time): (bool, bool),
) -> Option<StrategyId> {
    let holder = case.get(holder)?;
    let proven = |candidate: &Assessment| {
        if measured_only { candidate.quality.meets() } else { candidate.quality.is_accepted() }
    };
    let mut candidates: Vec<&Assessment> = case
        .assessments
        .iter()
        .filter(|candidate| candidate.id != holder.id)
        .filter(|candidate| candidate.survives() && proven(candidate))
        .filter(|candidate| !in_time || case.in_time(candidate))
        .filter(|candidate| saves_enough(case, candidate, holder))
        .collect();
    candidates.sort_by_key(|candidate| (candidate.rung, candidate.id));
    candidates.first().map(|candidate| candidate.id)
}

/// What to hold the verdict against: the first pilot, else the cheapest other survivor.
fn rival(case: &Assessed, decision: &Decision, pilot: Option<StrategyId>) -> Option<StrategyId> {
    let others = case
        .assessments
        .iter()
        .filter(|assessment| assessment.survives() && Some(assessment.id) != decision.use_now)
        .filter_map(|assessment| Some((assessment, assessment.tco()?)));
    let cheapest = others
        .min_by(|(a, cost_a), (b, cost_b)| {
            cost_a.total_cmp(cost_b).then(a.rung.cmp(&b.rung)).then(a.id.cmp(&b.id))
        })
        .map(|(assessment, _)| assessment.id);
    pilot.filter(|pilot| Some(*pilot) != decision.use_now).or(cheapest)
}

/// The first crossing beyond the present volume at which a strategy becomes cheaper than the reference.
fn next_crossing(break_even: Option<&BreakEven>, today: f64) -> Option<&Crossing> {
    break_even?.crossings.iter().find(|crossing| crossing.cheaper_above && crossing.volume > today)
}

/// The volume of that crossing as it is said.
pub(super) fn cheaper_from(break_even: Option<&BreakEven>, today: f64) -> Option<f64> {
    next_crossing(break_even, today).map(Crossing::said)
}

/// The weakest of several grades.
pub(super) fn weakest(grades: &[Sureness]) -> Sureness {
    grades.iter().min().copied().unwrap_or(Sureness::Medium)
}
