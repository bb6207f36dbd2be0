//! Now, next and later, with the events that should reopen the decision (method §11.7).

use super::pilot::{PilotWords, more_labels};
use super::verdict::{count, money};
use crate::domain::cost::month_reached;
use crate::domain::decide::{Assessment, Choice, Comparison, Decision};
use crate::domain::effort::{in_use, labels_missing};
use crate::domain::evidence::{FIRST_EVALUATION, QualityState, most_right_that_fails};
use crate::domain::input::FailureMode;
use crate::domain::strategy::{Routing, StrategyId};
use crate::domain::units::words::{count_exact, counted, percent, weeks};
use crate::domain::what_if::{KnowledgeTurn, MOST_NAMED, Reopening, Retirement, Trigger, WhatIf};

/// One step of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// Now, next or later.
    pub when: &'static str,
    /// When that is: "Weeks 1 and 2", "Week 3", "Look again".
    pub term: String,
    /// What to do, or the trigger to watch.
    pub text: String,
    /// The event that the step waits for, if it is one that an input can tell.
    pub trigger: Option<Trigger>,
}

/// Rule H1d: more of the knowledge changes between two retrains than a tuned model can follow.
const MOST_CHANGE_PER_RETRAIN: f64 = 0.5;

/// Adds a step: when, what, and the event that it waits for.
type Add<'a> = &'a mut dyn FnMut(&'static str, String, Option<Trigger>);

/// The plan.
pub fn steps(decision: &Decision, pilots: &[PilotWords], what_if: &WhatIf) -> Vec<PlanStep> {
    let Decision { comparison, choice, trials } = decision;
    let mut steps = Vec::new();
    let mut terms = Terms::of(decision);
    let add: Add =
        &mut |when, text, trigger| steps.push(PlanStep { when, term: terms.next(when), text, trigger });
    now(comparison, choice, !trials.pilots.is_empty(), add);
    if let Some(later) = choice.later.and_then(|id| comparison.get(id)) {
        let noun = later.id.noun_for(&later.name);
        let why = match (later.quality.meets(), choice.use_now) {
            (true, Some(_)) => "it is proven and saves enough",
            (false, Some(_)) => "it saves enough, if it is as good as you assume",
            (true, None) => "it is measured to meet the bar",
            (false, None) => "it meets the bar, if it is as good as you assume",
        };
        add("Next", format!("Build {noun}, {}, and move to it: {why}.", weeks(later.lead_weeks)), None);
    }
    for (pilot, words) in trials.pilots.iter().zip(pilots).take(3) {
        let text = format!(
            "Test {}: {}. If it passes: {}. If not: {}.",
            pilot.strategy.noun_for(&words.name),
            words.takes,
            words.if_passed,
            words.if_failed
        );
        add("Next", text, None);
    }
    volume_triggers(decision, &what_if.reopenings, add);
    what_if.retirement.iter().for_each(|retirement| retirement_trigger(retirement, add));
    quality_trigger(comparison, choice, add);
    knowledge_trigger(comparison, choice, what_if.knowledge, add);
    add("Later", combination(comparison, choice), None);
    steps
}

fn now(comparison: &Comparison, choice: &Choice, has_trials: bool, add: Add) {
    let text = match choice.use_now.and_then(|id| comparison.get(id)) {
        None if choice.reference.is_none() => {
            "Nothing fits: decide which constraint to relax before you build anything.".to_owned()
        }
        None if choice.later.is_some() => {
            "Nothing proven is ready by the launch: launch later, or let people check every answer until then.".to_owned()
        }
        None if !has_trials => {
            "Nothing is proven and nothing is left to try: look at the failures, the bar and the data.".to_owned()
        }
        None => "Nothing is proven: measure the first pilot on your own examples before you build anything."
            .to_owned(),
        Some(holder) if comparison.is_yet_to_be_built(holder) => build(comparison, choice, holder),
        Some(holder) => {
            let noun = holder.id.noun_for(&holder.name);
            match holder.quality {
                QualityState::Fails(_) => keep_trying(comparison, &noun),
                QualityState::Untested | QualityState::Stated(_) => {
                    let paid = paid(comparison, holder);
                    format!("Use {noun}{paid}. Measure it on {FIRST_EVALUATION} of your own examples first.")
                }
                QualityState::Unclear { further_examples: Some(n), .. } => {
                    let more = count_exact(f64::from(n));
                    format!("Use {noun}{}. Measure it on about {more} more examples.", paid(comparison, holder))
                }
                _ => format!("Use {noun}{}.", paid(comparison, holder)),
            }
        }
    };
    add("Now", text, None);
}

/// What is paid before it serves; nothing where it serves already.
fn paid(comparison: &Comparison, holder: &Assessment) -> String {
    let is_today = in_use(comparison.inputs) == Some(holder.id);
    let upfront = holder.cost.as_ref().ok().map(|cost| cost.upfront).filter(|usd| *usd >= 0.5 && !is_today);
    upfront.map_or_else(String::new, |usd| format!(": {} before it serves", money(usd)))
}

/// The terms of the steps, one after another.
struct Terms {
    /// Whole weeks until what is used serves.
    weeks: u32,
    has_test: bool,
}

impl Terms {
    fn of(Decision { comparison, choice, .. }: &Decision) -> Terms {
        let holder = choice.use_now.and_then(|id| comparison.get(id));
        let is_today = choice.use_now.is_some() && choice.use_now == in_use(comparison.inputs);
        let weeks = holder.filter(|_| !is_today).map_or(0.0, |holder| libm::round(holder.lead_weeks));
        Terms { weeks: weeks.clamp(0.0, 1_000.0) as u32, has_test: false }
    }

    fn next(&mut self, when: &str) -> String {
        match (when, self.weeks) {
            ("Now", 0) => "Now".to_owned(),
            ("Now", 1) => "Week 1".to_owned(),
            ("Now", 2) => "Weeks 1 and 2".to_owned(),
            ("Now", n) => format!("Weeks 1 to {n}"),
            ("Next", n) if !self.has_test => {
                self.has_test = true;
                format!("Week {}", n + 1)
            }
            ("Next", _) => "Then".to_owned(),
            _ => "Look again".to_owned(),
        }
    }
}

/// What is to be built, what it needs, and what serves until then.
fn build(comparison: &Comparison, choice: &Choice, holder: &Assessment) -> String {
    let noun = holder.id.noun_for(&holder.name);
    let weeks = weeks(holder.lead_weeks);
    let labels = match labels_missing(holder.id.strategy(), comparison.inputs) {
        missing if missing > 0.0 => format!(", after {}", more_labels(missing)),
        _ => String::new(),
    };
    let until = match choice.reference.filter(|id| *id != holder.id).and_then(|id| comparison.get(id)) {
        Some(reference) => {
            format!(
                " Until it is measured to meet the bar, {} serves.",
                reference.id.noun_for(&reference.name)
            )
        }
        None => " Measure it before anybody relies on it.".to_owned(),
    };
    format!("Build {noun} ({weeks}{labels}).{until}")
}

/// A model that fails before a real attempt at prompting deserves the rest of it.
fn keep_trying(comparison: &Comparison, noun: &str) -> String {
    let enough = comparison.inputs.team.prompt_effort_before_evidence;
    let spent = comparison.inputs.quality.prompt_hours_spent.unwrap_or(0.0);
    format!(
        "Use {noun} and go on with the prompt: {} of the {} of a real attempt are spent, and it fails so far.",
        count_exact(spent),
        counted(&count_exact(enough), "hour")
    )
}

fn volume_triggers(decision: &Decision, reopenings: &[Reopening], add: Add) {
    let Decision { comparison, choice, trials } = decision;
    let noun = |id: StrategyId| id.noun_for(comparison.name(id));
    let is_proven = |id: StrategyId| comparison.get(id).is_some_and(|found| found.quality.is_accepted());
    for one in reopenings {
        let what = match one.is_used {
            true if is_proven(one.strategy) => {
                format!("{} saves enough to be used instead", noun(one.strategy))
            }
            true => format!("{} takes the place of what is used now, unmeasured", noun(one.strategy)),
            false => format!("a test of {} pays", noun(one.strategy)),
        };
        let text = format!(
            "At {} requests a month {what} ({}).",
            count(one.volume),
            reached(one.volume, comparison)
        );
        add("Later", text, Some(Trigger::Reaches { input: "requests_per_month", to: one.volume }));
    }
    let is_named = |id: StrategyId| {
        reopenings.iter().any(|one| one.strategy == id)
            || trials.pilots.iter().any(|pilot| pilot.strategy == id)
    };
    let today = comparison.inputs.work.requests_per_month;
    // A break-even is with the reference.
    let mut cheaper: Vec<(f64, StrategyId)> = comparison
        .assessments
        .iter()
        .filter(|found| choice.use_now == choice.reference && found.survives() && !is_named(found.id))
        .filter_map(|found| Some((found.cheaper_from(today)?, found.id)))
        // What reads like the present volume is not one to come.
        .filter(|(volume, _)| count(*volume) != count(today))
        .collect();
    cheaper.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (volume, id) in cheaper.into_iter().take(MOST_NAMED - reopenings.len()) {
        let text = format!(
            "At {} requests a month {} costs less ({}).",
            count(volume),
            noun(id),
            reached(volume, comparison)
        );
        add("Later", text, None);
    }
}

/// When growth reaches a volume, in words.
fn reached(volume: f64, comparison: &Comparison) -> String {
    let months = &comparison.setting.months;
    match month_reached(volume, comparison.inputs.work.requests_per_month, months) {
        Some(month) => format!("reached in month {month}, {}", months.calendar(month).words()),
        None => "not reached within the horizon".to_owned(),
    }
}

fn retirement_trigger(Retirement { model, month, is_announced, changes_decision }: &Retirement, add: Add) {
    let known = if *is_announced { "retires" } else { "is taken to retire" };
    let text = format!("In {}, when {model} {known}.", month.words());
    add("Later", text, changes_decision.then_some(Trigger::Date(*month)));
}

fn quality_trigger(comparison: &Comparison, choice: &Choice, add: Add) {
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else { return };
    let bar = comparison.inputs.quality.bar_of(holder.id);
    let (total, known) = match holder.quality {
        QualityState::Fails(_) => {
            let hours = comparison.inputs.team.prompt_effort_before_evidence;
            let text = format!(
                "When {} of prompt engineering are spent and it still fails: that is evidence then.",
                counted(&count_exact(hours), "hour")
            );
            return add("Later", text, Some(Trigger::Reaches { input: "prompt_hours_spent", to: hours }));
        }
        QualityState::Meets(measured) | QualityState::Unclear { measured, .. } => {
            // What is watched in production has to be enough to tell.
            (measured.total.max(FIRST_EVALUATION), format!("measured now: {}", percent(measured.share)))
        }
        _ => (FIRST_EVALUATION, "not measured now".to_owned()),
    };
    let Some(correct) = most_right_that_fails(total, bar) else { return };
    let text = format!(
        "At {} or fewer right of {} from production: clearly below {} ({known}).",
        count_exact(f64::from(correct)),
        count_exact(f64::from(total)),
        percent(bar),
    );
    // Before a real attempt at prompting a failure is no evidence yet, and alone changes nothing.
    let effort = comparison.inputs.team.prompt_effort_before_evidence;
    let is_tried = comparison.inputs.quality.prompt_hours_spent.is_none_or(|hours| hours >= effort);
    let is_evidence = (is_tried || !holder.id.strategy().is_prompted()) && !comparison.stands_in(holder.id);
    add("Later", text, is_evidence.then_some(Trigger::Fails { strategy: holder.id, correct, total }));
}

/// What is to be known may outgrow the prompt, shrink into it, or change faster than a model is retrained.
fn knowledge_trigger(comparison: &Comparison, choice: &Choice, turn: Option<KnowledgeTurn>, add: Add) {
    let Some(holder) = choice.use_now.and_then(|id| comparison.get(id)) else { return };
    let data = &comparison.inputs.data;
    if let Some(turn) = turn {
        add("Later", turn_words(turn), Some(turn.trigger));
    } else if data.knowledge_tokens <= 0.0
        && holder.id.strategy().adaptation.is_tuned()
        && comparison.inputs.work.failure_mode == FailureMode::Knowledge
    {
        let share = MOST_CHANGE_PER_RETRAIN / comparison.inputs.team.retrain_interval;
        let text = format!(
            "When more than {} of the knowledge changes in a month: faster than you retrain.",
            percent(share)
        );
        add("Later", text, Some(Trigger::Rises { input: "knowledge_change_per_month", to: share }));
    }
}

/// When the other way to bring knowledge in is taken.
fn turn_words(turn: KnowledgeTurn) -> String {
    let tokens = count(turn.tokens);
    match (turn.trigger, turn.is_limit) {
        (Trigger::Falls { .. }, true) => {
            format!("If {tokens} tokens of knowledge are enough: they fit the prompt, without retrieval.")
        }
        (Trigger::Falls { .. }, false) => format!(
            "If {tokens} tokens of knowledge are enough: in the prompt they cost less than retrieval."
        ),
        (_, true) => format!(
            "When knowledge passes {tokens} tokens: it no longer fits the prompt and takes retrieval."
        ),
        (_, false) => format!(
            "When knowledge passes {tokens} tokens: retrieval costs less than all of it in the prompt."
        ),
    }
}

/// Most systems end as a combination (guide, conclusion): which one it would be here.
fn combination(comparison: &Comparison, choice: &Choice) -> String {
    let survives = |id: StrategyId| comparison.get(id).is_some_and(|assessment| assessment.survives());
    let is_one = |id: StrategyId| {
        id == StrategyId::Rag || id.strategy().routing != Routing::None || comparison.retrieves(id)
    };
    let work = &comparison.inputs.work;
    let here = if choice.use_now.is_some_and(is_one) {
        "This is one already".to_owned()
    } else if comparison.setting.needs_retrieval() {
        "Whatever passes here will be one: there is knowledge to look up".to_owned()
    } else if work.task_share.is_some() && survives(StrategyId::LoraRoute) {
        "Here it would be a tuned model for this task with the API model behind it for the rest".to_owned()
    } else if work.mixed_difficulty && survives(StrategyId::Route) {
        format!(
            "Here it would be the smaller API model for easy requests and the larger one for the {} that are hard",
            percent(work.hard_share)
        )
    } else {
        "Nothing here calls for one yet: it takes requests whose difficulty can be told, a task within broader traffic, or knowledge to look up"
            .to_owned()
    };
    format!("Most production systems end as a combination. {here}.")
}
