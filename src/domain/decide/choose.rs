//! The choice: what to use now, what follows it, and what to hold it against.

use super::assessment::Assessment;
use super::comparison::Comparison;
use super::pilot::Pilot;
use crate::domain::input::Inputs;
use crate::domain::strategy::StrategyId;

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The lowest rung that survives the constraints, evidence disregarded.
    pub reference: Option<StrategyId>,
    /// What to use now; `None`: nothing proven, or nothing fits.
    pub use_now: Option<StrategyId>,
    /// Whether that is yet to be built, so that the headline says to build it, not to use it.
    pub must_be_built: bool,
    /// Strategies that were replaced on the way to `use_now`, in order.
    pub replaced: Vec<StrategyId>,
    /// What is proven and follows once it is built, after the launch: in place of what is used now, or of nothing.
    pub later: Option<StrategyId>,
    /// The best other strategy: the first pilot, or else the cheapest survivor that is not used now.
    pub rival: Option<StrategyId>,
}

/// Choose; the rival is found once the pilots are known.
pub fn choose(comparison: &Comparison) -> Choice {
    let mut choice =
        Choice { reference: comparison.reference.map(|reference| reference.id), ..Choice::default() };
    choice.use_now = first_holder(comparison, choice.reference);
    if let Some(first) = choice.use_now {
        for next in climb(comparison, first, Readiness::ByLaunch) {
            choice.replaced.extend(choice.use_now);
            choice.use_now = Some(next);
        }
    }
    choice.later = match choice.use_now {
        Some(holder) => climb(comparison, holder, Readiness::AnyTime).pop(),
        // Proven but late is not unproven: it is what follows.
        None => cheapest_proven(comparison, Readiness::AnyTime)
            .map(|first| climb(comparison, first, Readiness::AnyTime).pop().unwrap_or(first)),
    };
    let holder = choice.use_now.and_then(|id| comparison.get(id));
    choice.must_be_built = holder.is_some_and(|holder| {
        // A custom model is trained in any case: its headline says so.
        holder.id != StrategyId::Custom && comparison.is_yet_to_be_built(holder)
    });
    choice
}

/// How much more a strategy that is measured to meet the bar may cost than a holder that constraints forced and
/// nobody measured (method §11.3, assumption).
const PROOF_IS_WORTH: f64 = 0.2;

/// What is in use today, or else the reference, unless clearly measured to fail; then the cheapest one measured to
/// meet the bar, which also comes before a reference that is merely what the constraints left.
///
/// Leaving what is in use is a move like any other: it takes evidence, whichever way on the ladder it leads.
fn first_holder(comparison: &Comparison, reference: Option<StrategyId>) -> Option<StrategyId> {
    if let Some(today) = comparison.todays_holder() {
        return Some(today.id);
    }
    if comparison.reference_holds() {
        let holder = reference.and_then(|id| comparison.get(id));
        return holder.and_then(|holder| proven_instead(comparison, holder)).or(reference);
    }
    cheapest_proven(comparison, Readiness::ByLaunch)
}

/// What is measured to meet the bar, in time, and costs little more than a holder that is unmeasured and forced; at
/// any cost where that holder is weaker than the model asked for: quality gates before cost decides.
fn proven_instead(comparison: &Comparison, holder: &Assessment) -> Option<StrategyId> {
    let is_weaker = comparison.is_forced_and_weaker(holder);
    let within = |candidate: &Assessment| {
        let costs = comparison.costs(candidate, holder);
        costs.is_some_and(|(own, present)| is_weaker || own <= present * (1.0 + PROOF_IS_WORTH))
    };
    let is_measured = |candidate: &Assessment| candidate.quality.meets() && within(candidate);
    comparison
        .is_forced(holder)
        .then(|| cheapest(proven(comparison, Readiness::ByLaunch).filter(|one| is_measured(one))))?
}

/// The cheapest strategy that is measured, or assumed, to meet the bar.
fn cheapest_proven(comparison: &Comparison, readiness: Readiness) -> Option<StrategyId> {
    cheapest(proven(comparison, readiness))
}

/// The survivors that are measured, or assumed, to meet the bar.
fn proven<'a>(comparison: &'a Comparison, readiness: Readiness) -> impl Iterator<Item = &'a Assessment> {
    comparison.assessments.iter().filter(move |assessment| {
        let is_ready = readiness == Readiness::AnyTime || comparison.in_time(assessment);
        assessment.survives() && assessment.quality.is_accepted() && is_ready
    })
}

/// The one with the least known cost, wrong answers included where they are known; the lower rung where two cost
/// the same.
fn cheapest<'a>(among: impl Iterator<Item = &'a Assessment>) -> Option<StrategyId> {
    let all: Vec<&Assessment> = among.filter(|one| one.cost.is_ok()).collect();
    // Wrong answers are reckoned for all or for none.
    let with_errors = all.iter().all(|one| one.cost.as_ref().is_ok_and(|cost| cost.errors.is_some()));
    let cost = |one: &Assessment| {
        let cost = one.cost.as_ref().ok();
        let errors = cost.and_then(|cost| cost.errors).filter(|_| with_errors);
        cost.map_or(f64::INFINITY, |cost| cost.tco + errors.unwrap_or(0.0))
    };
    let first = all
        .into_iter()
        .min_by(|a, b| cost(a).total_cmp(&cost(b)).then(a.rung.cmp(&b.rung)).then(a.id.cmp(&b.id)));
    first.map(|one| one.id)
}

/// The saving a move must bring: max(tie, min(margin, most)), and more than the floor.
///
/// Costs within the tie keep the lower rung. All four are inputs: how far the tool leans towards the
/// simple strategy is the user's to say.
pub fn margin(holder_cost: f64, inputs: &Inputs) -> f64 {
    margin_of(holder_cost, inputs).0
}

/// That saving, and which of the inputs sets it.
pub fn margin_of(holder_cost: f64, inputs: &Inputs) -> (f64, MarginFrom) {
    let lean = &inputs.economics;
    let wanted = lean.replace_margin * holder_cost;
    let capped = if lean.replace_most < wanted {
        (lean.replace_most, MarginFrom::Most)
    } else {
        (wanted, MarginFrom::Share)
    };
    let tie = lean.tie_share * holder_cost;
    let told = if tie > capped.0 { (tie, MarginFrom::Tie) } else { capped };
    if lean.replace_floor > told.0 { (lean.replace_floor, MarginFrom::Floor) } else { told }
}

/// What sets the saving that a move takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarginFrom {
    /// The share of the holder's cost.
    Share,
    /// The most that is asked, whatever the share comes to.
    Most,
    /// The share within which costs are a tie.
    Tie,
    /// The least that is asked, whatever the share comes to.
    Floor,
}

/// Whether a strategy saves enough against the holder, its sizing band at the dear end included.
pub fn saves_enough(comparison: &Comparison, candidate: &Assessment, holder: &Assessment) -> bool {
    let Some((own, reference_cost)) = comparison.costs(candidate, holder) else { return false };
    let dear = candidate.cost.as_ref().map_or(0.0, |cost| cost.tco_band.1 - cost.tco);
    reference_cost - own > margin(reference_cost, comparison.inputs) && own + dear < reference_cost
}

/// When a strategy has to be ready to replace another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readiness {
    /// By the launch.
    ByLaunch,
    /// At any time.
    AnyTime,
}

/// What may replace a holder.
#[derive(Clone, Copy, Debug)]
struct Among {
    readiness: Readiness,
    /// Whether only what is measured to meet the bar, not what is assumed to.
    measured_only: bool,
}

/// The holders that follow the first one, each replacing the one before.
///
/// Wrong answers count only between strategies whose quality is known, so with one that is merely assumed to
/// meet the bar, three can each be cheaper than the next. Among the measured alone that cannot happen.
fn climb(comparison: &Comparison, first: StrategyId, readiness: Readiness) -> Vec<StrategyId> {
    let among = |measured_only| climb_among(comparison, first, Among { readiness, measured_only });
    among(false).or_else(|| among(true)).unwrap_or_default()
}

/// The same among the proven, or the measured only; `None` if that goes round in a circle.
fn climb_among(comparison: &Comparison, first: StrategyId, among: Among) -> Option<Vec<StrategyId>> {
    let (mut holder, mut holders) = (first, Vec::new());
    while let Some(next) = replacement(comparison, holder, among) {
        if next == first || holders.contains(&next) {
            return None;
        }
        holders.push(next);
        holder = next;
    }
    Some(holders)
}

/// The next strategy up the ladder that is proven and saves enough.
fn replacement(comparison: &Comparison, holder: StrategyId, among: Among) -> Option<StrategyId> {
    let holder = comparison.get(holder)?;
    let proven = |candidate: &Assessment| {
        if among.measured_only { candidate.quality.meets() } else { candidate.quality.is_accepted() }
    };
    let is_ready =
        |candidate: &Assessment| among.readiness == Readiness::AnyTime || comparison.in_time(candidate);
    comparison
        .assessments
        .iter()
        .filter(|candidate| candidate.id != holder.id)
        .filter(|candidate| candidate.survives() && proven(candidate))
        .filter(|candidate| is_ready(candidate))
        .filter(|candidate| saves_enough(comparison, candidate, holder))
        .min_by_key(|candidate| (candidate.rung, candidate.id))
        .map(|candidate| candidate.id)
}

/// What to hold the verdict against: the first pilot, else the cheapest other survivor.
pub fn rival(comparison: &Comparison, choice: &Choice, pilot: Option<&Pilot>) -> Option<StrategyId> {
    let is_other = |one: &&Assessment| one.survives() && Some(one.id) != choice.use_now;
    let others = comparison.assessments.iter().filter(is_other);
    pilot
        .map(|pilot| pilot.strategy)
        .filter(|pilot| Some(*pilot) != choice.use_now)
        .or_else(|| cheapest(others))
}
