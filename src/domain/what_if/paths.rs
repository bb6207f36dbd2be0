//! Where each open measurement leads: a small tree of decisions (method §11.7).

use std::collections::VecDeque;

use super::reopenings::reopenings;
use crate::domain::case::Case;
use crate::domain::catalog::model_name;
use crate::domain::cost::{Setting, label_price_of_people};
use crate::domain::decide::{
    Assessment, Comparison, Decision, NamedOutcome, Pilot, StrongerModel, change_model,
};
use crate::domain::evidence::{
    Evidence, FIRST_EVALUATION, QualityState, fewest_right_that_meets, most_right_that_fails,
    smallest_perfect_set,
};
use crate::domain::hardware::HardwareMemory;
use crate::domain::input::{Inputs, Value, evidence_input, input, registry};
use crate::domain::strategy::StrategyId;

/// States of the tree: the present one, and at most seven that may come of it.
pub const MOST_STATES: usize = 8;
/// What may happen one after another.
const DEPTH: usize = 2;
/// Rounds of trials that are taken to fail before a volume is looked for.
const MOST_ROUNDS: usize = 4;

/// One state of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct PathState {
    /// What is decided there.
    pub outcome: NamedOutcome,
    /// What is used there, or else follows, if anything does.
    pub held: Option<Held>,
    /// The measurement that is open there and followed, if one is.
    pub question: Option<Question>,
    /// The trial that is followed there, if that is what is open.
    pub trial: Option<Pilot>,
    /// Names of the trials that are open there too, and not followed.
    pub others: Vec<String>,
    /// What leads on from there.
    pub branches: Vec<Branch>,
    /// Requests in a month there.
    pub requests_per_month: f64,
    /// The inputs that lead there from the present state, each with its value; empty for the present one.
    pub edits: Vec<(&'static str, Value)>,
}

/// What is used, or follows, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Its key.
    pub strategy: StrategyId,
    /// The model that answers, by its name, where one does.
    pub model: Option<String>,
    /// Total over the horizon, wrong answers included where they are known, US dollars; `None` where it is unknown.
    pub total: Option<f64>,
    /// The same for 1,000 requests.
    pub per_thousand: Option<f64>,
    /// What of that is for wrong answers, where they are priced and known, US dollars.
    pub errors: Option<f64>,
    /// One-offs before it serves, US dollars.
    pub upfront: Option<f64>,
    /// Weeks until it serves.
    pub lead_weeks: f64,
    /// What is known of its quality.
    pub quality: QualityState,
    /// What it saves against what it took the place of, and the name of that.
    pub saves: Option<(f64, String)>,
}

impl Held {
    /// What another saves against it in the same terms, US dollars: wrong answers count only if both are known; `None`
    /// where it saves nothing.
    pub fn saving(&self, next: &Held) -> Option<f64> {
        let apart = |held: &Held| Some(held.total? - held.errors.unwrap_or(0.0));
        let (present, own) = match (self.errors, next.errors) {
            (Some(_), Some(_)) => (self.total?, next.total?),
            _ => (apart(self)?, apart(next)?),
        };
        (present > own).then_some(present - own)
    }
}

/// A measurement that is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Whether what is used meets the bar.
    Measure {
        /// What is measured.
        name: String,
        /// Examples that it takes.
        examples: u32,
        /// What they cost, US dollars.
        cost: f64,
    },
    /// Whether a trial passes.
    Test {
        /// What is tried.
        name: String,
        /// Its key.
        strategy: StrategyId,
        /// The model that answers, by its name, where one does.
        model: Option<String>,
        /// Whether the trial is of that model: a stronger one than what fails.
        is_stronger: bool,
        /// What it costs, US dollars.
        cost: f64,
        /// What it takes: people's hours alone, or weeks where something is to be built or bought.
        takes: TestTime,
        /// What it would cost to use if it just passes, for 1,000 requests, wrong answers included, US dollars.
        per_thousand: Option<f64>,
    },
}

/// How long a test takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TestTime {
    /// Hours of people, and nothing else.
    Hours(f64),
    /// Weeks until it could serve.
    Weeks(f64),
}

/// What leads from one state to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// What happens.
    pub event: Event,
    /// The place of the state that it leads to.
    pub to: usize,
}

/// What may happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// The measurement proves what it has to: so many right of so many.
    Passes {
        /// Just enough right answers.
        correct: u32,
        /// Of so many examples.
        total: u32,
    },
    /// The measurement rules it out.
    Fails {
        /// Just few enough right answers.
        correct: u32,
        /// Of so many examples.
        total: u32,
        /// Hours of prompt engineering after which that is evidence, where fewer are spent.
        after_hours: Option<f64>,
    },
    /// So many requests a month are reached, and by then every trial that was open has failed.
    Volume {
        /// Requests a month.
        requests: f64,
        /// Trials that have failed by then.
        failed: u32,
    },
}

/// The tree: the present state first. Each state names by its branches what follows from it; of more than
/// [`MOST_STATES`] those are left out that lie farthest, the ones after a success first.
pub fn paths(original: &Case) -> Vec<PathState> {
    let memory = HardwareMemory::default();
    let mut states: Vec<PathState> = Vec::new();
    let mut waiting = VecDeque::from([Waiting { case: original.clone(), parent: None, depth: 0 }]);
    while let Some(Waiting { case, parent, depth }) = waiting.pop_front() {
        if states.len() == MOST_STATES {
            break;
        }
        let decision = Decision::remembering(&case, &memory);
        let place = states.len();
        if let Some((event, from)) = parent
            && let Some(from) = states.get_mut(from)
        {
            from.branches.push(Branch { event, to: place });
        }
        let asked = asked(&decision);
        let mut ways = asked.as_ref().map_or_else(Vec::new, |asked| asked.ways(&case));
        if parent.is_none() {
            // What follows a failure is looked at first.
            ways.reverse();
        }
        if is_settled(asked.as_ref(), parent) {
            ways.extend(next_volume(&case, &memory));
        }
        let edits = edits(&original.inputs, &case.inputs);
        states.push(PathState { edits, ..state(&decision, asked.as_ref()) });
        drop(decision);
        let ways = ways.into_iter().filter(|_| depth < DEPTH);
        waiting.extend(ways.map(|(event, case)| Waiting {
            case,
            parent: Some((event, place)),
            depth: depth + 1,
        }));
    }
    for state in &mut states {
        state.branches.sort_by_key(|branch| match branch.event {
            Event::Passes { .. } => 0,
            Event::Fails { .. } => 1,
            Event::Volume { .. } => 2,
        });
    }
    states
}

/// Whether growth is what is left to wait for: nothing is to be measured of what is used, now or once it is proven.
fn is_settled(asked: Option<&Asked>, parent: Option<(Event, usize)>) -> bool {
    let measures = asked.is_some_and(|asked| matches!(asked.question, Question::Measure { .. }));
    match parent {
        None => !measures,
        // The first state asks one thing only, and this is its success.
        Some((Event::Passes { .. }, 0)) => !measures,
        Some(_) => false,
    }
}

/// The next volume at which something else is decided, every open trial having failed by then.
fn next_volume(case: &Case, memory: &HardwareMemory) -> Option<(Event, Case)> {
    let mut case = case.clone();
    let mut failed = 0;
    for _ in 0..MOST_ROUNDS {
        let decision = Decision::remembering(&case, memory);
        let open: Vec<(Asked, u32)> = decision
            .trials
            .pilots
            .iter()
            .filter(|pilot| pilot.stronger_model.is_none())
            .map(|pilot| asked_of(&decision.comparison, pilot))
            .filter_map(|asked| {
                Some((most_right_that_fails(asked.total, case.inputs.quality.required_quality)?, asked))
            })
            .map(|(correct, asked)| (asked, correct))
            .collect();
        if open.is_empty() {
            let requests = reopenings(&decision.with_figures()).first()?.volume;
            let there = case.edited(|inputs| inputs.work.requests_per_month = requests);
            return Some((Event::Volume { requests, failed }, there));
        }
        failed += u32::try_from(open.len()).unwrap_or(u32::MAX);
        let after = open.iter().fold(case.clone(), |case, (asked, correct)| asked.after(&case, *correct));
        drop(open);
        drop(decision);
        case = after;
    }
    None
}

/// A state that is still to be looked at.
struct Waiting {
    case: Case,
    parent: Option<(Event, usize)>,
    /// What had to happen before it.
    depth: usize,
}

/// What is asked in a state: of which strategy, and with which model where that is another one.
struct Asked {
    strategy: StrategyId,
    stronger: Option<StrongerModel>,
    /// Share right that has to be shown.
    bar: f64,
    /// Hours of prompt engineering after which a failure is evidence, where fewer are spent.
    after_hours: Option<f64>,
    total: u32,
    question: Question,
}

/// The measurement that is open and comes first: of what is used, or else of the first trial.
fn asked(decision: &Decision) -> Option<Asked> {
    let Decision { comparison, choice, trials } = decision;
    let inputs = comparison.inputs;
    let bar = inputs.quality.required_quality;
    let enough = inputs.team.prompt_effort_before_evidence;
    let spent = inputs.quality.prompt_hours_spent.unwrap_or(enough);
    if let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)).filter(|one| is_open(one.quality))
    {
        let total = examples(comparison, holder.id).max(least_total(bar));
        let there =
            if let QualityState::Unclear { measured, .. } = holder.quality { measured.total } else { 0 };
        let further = total.saturating_sub(there);
        return Some(Asked {
            strategy: holder.id,
            stronger: None,
            bar,
            after_hours: (holder.id.strategy().is_prompted() && spent < enough).then_some(enough),
            total,
            question: Question::Measure {
                name: holder.id.noun_for(&holder.name),
                examples: further,
                cost: f64::from(further) * label_price_of_people(inputs),
            },
        });
    }
    trials.pilots.first().map(|pilot| asked_of(comparison, pilot))
}

/// What a trial asks.
fn asked_of(comparison: &Comparison, pilot: &Pilot) -> Asked {
    let bar = comparison.inputs.quality.required_quality;
    let bar = pilot.needs_share.map_or(bar, |share| share.max(bar));
    Asked {
        strategy: pilot.strategy,
        stronger: pilot.stronger_model.clone(),
        bar,
        after_hours: None,
        total: examples(comparison, pilot.strategy).max(least_total(bar)),
        question: test(comparison, pilot),
    }
}

/// Examples of the measurement of a strategy: those of an unclear one with what it lacks, or else the usual ones.
fn examples(comparison: &Comparison, id: StrategyId) -> u32 {
    match comparison.get(id).map(|one| one.quality) {
        Some(QualityState::Unclear { measured, further_examples }) => {
            measured.total.saturating_add(further_examples.unwrap_or(0))
        }
        _ => FIRST_EVALUATION,
    }
}

fn test(comparison: &Comparison, pilot: &Pilot) -> Question {
    let hours: Option<f64> = pilot.cost_lines.iter().map(|line| line.item.hours_of_testing()).sum();
    let weeks = comparison.get(pilot.strategy).map_or(0.0, |one| one.lead_weeks);
    let stronger = pilot.stronger_model.as_ref().map(|stronger| model_name(&stronger.model).to_owned());
    let quality = &comparison.inputs.quality;
    let bar = pilot.needs_share.map_or(quality.required_quality, |share| share.max(quality.required_quality));
    let wrong = (1.0 - bar) * quality.cost_per_error.unwrap_or(0.0) * 1_000.0;
    Question::Test {
        name: pilot.strategy.noun_for(&comparison.pilot_name(pilot)),
        strategy: pilot.strategy,
        is_stronger: stronger.is_some(),
        model: stronger.or_else(|| comparison.model_name(pilot.strategy)),
        cost: pilot.cost,
        takes: hours.map_or(TestTime::Weeks(weeks), TestTime::Hours),
        per_thousand: comparison.per_thousand(pilot.tco).map(|usd| usd + wrong),
    }
}

fn is_open(quality: QualityState) -> bool {
    !matches!(quality, QualityState::Meets(_) | QualityState::Fails(_))
}

/// The fewest examples that can prove a bar; as many as any where none can.
fn least_total(bar: f64) -> u32 {
    smallest_perfect_set(bar).map_or(0, |least| least as u32)
}

impl Asked {
    /// What comes of it if it passes and if it fails, each with the case as it is then.
    fn ways(&self, case: &Case) -> Vec<(Event, Case)> {
        let total = self.total;
        let passes = fewest_right_that_meets(total, self.bar)
            .map(|correct| (Event::Passes { correct, total }, self.after(case, correct)));
        let fails = most_right_that_fails(total, case.inputs.quality.required_quality).map(|correct| {
            let after_hours = self.after_hours;
            (Event::Fails { correct, total, after_hours }, self.after(case, correct))
        });
        passes.into_iter().chain(fails).collect()
    }

    /// The case once so many were right.
    fn after(&self, case: &Case, correct: u32) -> Case {
        let is_stand_in = self.strategy == StrategyId::OpenSelf && Setting::new(case).base_stands_in();
        case.edited(|inputs| {
            if let Some(StrongerModel { input, model }) = &self.stronger {
                change_model(inputs, self.strategy, input, model);
            }
            if is_stand_in {
                // Measured itself, it is the open model that is chosen.
                inputs.models.open_model.clone_from(&inputs.models.base_model);
            }
            if let Some(hours) = self.after_hours {
                inputs.quality.prompt_hours_spent = Some(hours);
            }
            let evidence = Evidence::Counted { correct, total: self.total };
            if let Some(record) = input(evidence_input(self.strategy)) {
                (record.set)(inputs, &Value::Evidence(evidence));
            }
        })
    }
}

fn state(decision: &Decision, asked: Option<&Asked>) -> PathState {
    let Decision { comparison, choice, trials } = decision;
    let followed = asked.filter(|asked| matches!(asked.question, Question::Test { .. }));
    let trial = followed.and(trials.pilots.first()).cloned();
    let others = trials.pilots.iter().skip(usize::from(followed.is_some()));
    PathState {
        outcome: decision.named_outcome(),
        held: choice.use_now.or(choice.later).and_then(|id| held(decision, comparison.get(id)?)),
        question: asked.map(|asked| asked.question.clone()),
        trial,
        others: others.map(|pilot| comparison.pilot_name(pilot)).collect(),
        branches: Vec::new(),
        requests_per_month: comparison.inputs.work.requests_per_month,
        edits: Vec::new(),
    }
}

/// The inputs in which two cases differ, with the value of the second.
fn edits(from: &Inputs, to: &Inputs) -> Vec<(&'static str, Value)> {
    let changed = registry().filter(|record| (record.get)(from) != (record.get)(to));
    changed.map(|record| (record.id, (record.get)(to))).collect()
}

fn held(Decision { comparison, choice, .. }: &Decision, held: &Assessment) -> Option<Held> {
    let before = choice.replaced.last().and_then(|id| comparison.get(*id));
    let saves = before.and_then(|before| {
        let (present, own) = comparison.costs(before, held)?;
        (present > own).then(|| (present - own, before.id.noun_for(&before.name)))
    });
    let cost = held.cost.as_ref().ok();
    Some(Held {
        strategy: held.id,
        model: comparison.model_name(held.id),
        total: cost.map(|cost| cost.total()),
        errors: cost.and_then(|cost| cost.errors),
        per_thousand: cost.and_then(|cost| comparison.per_thousand(cost.total())),
        upfront: cost.map(|cost| cost.upfront),
        lead_weeks: held.lead_weeks,
        quality: held.quality,
        saves,
    })
}
