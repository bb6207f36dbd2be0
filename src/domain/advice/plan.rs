//! Now, next and later, with the events that should reopen the decision (method §11.7).

use super::pilots::more_labels;
use super::words::{count, is_yet_to_be_built, money};
use super::{Assessed, Decision, cheaper_from, volumes};
use crate::domain::assess::{Depth, evaluate_to};
use crate::domain::breakeven::month_reached;
use crate::domain::cost::{labels_missing, price_path};
use crate::domain::evaluation::{Assessment, Pilot, PlanStep, Trigger};
use crate::domain::evidence::{QualityState, most_right_that_fails};
use crate::domain::input::{FailureMode, input};
use crate::domain::strategy::{ModelRole, Routing, StrategyId};
use crate::domain::units::words::{count_exact, counted};
use crate::domain::workload::{api_model, knowledge_limit};

/// Rule H1d: more of the knowledge changes between two retrains than a tuned model can follow.
const MOST_CHANGE_PER_RETRAIN: f64 = 0.5;

/// Examples of a first evaluation, where none is stated.
const FIRST_EVALUATION: u32 = 200;

/// Adds a step: when, what, and the event that it waits for.
type Add<'a> = &'a mut dyn FnMut(&'static str, String, Option<Trigger>);

/// The plan.
pub fn steps(case: &Assessed, decision: &Decision, pilots: &[Pilot]) -> Vec<PlanStep> {
    let mut steps = Vec::new();
    let add: Add = &mut |when, text, trigger| steps.push(PlanStep { when, text, trigger });
    now(case, decision, add);
    if let Some(later) = decision.later.and_then(|id| case.get(id)) {
        let noun = later.id.noun_for(&later.name);
        let weeks = counted(&format!("{:.0}", later.lead_weeks), "week");
        let why = match later.quality.meets() {
            true => "it is proven and saves enough",
            false => "it saves enough, if it is as good as you assume",
        };
        add("Next", format!("Build {noun} ({weeks}) and move to it: {why}."), None);
    }
    for pilot in pilots.iter().take(3) {
        let worth = pilot
            .saving
            .map_or_else(String::new, |saving| format!(", saves {} if {}", money(saving), pilot.condition()));
        let text = format!(
            "Test {} ({}{worth}). If it passes: {}. If not: {}.",
            pilot.strategy.noun_for(&pilot.name),
            money(pilot.cost),
            pilot.if_passed,
            pilot.if_failed
        );
        add("Next", text, None);
    }
    volume_triggers(case, decision, pilots, add);
    retirement_trigger(case, decision, pilots, add);
    quality_trigger(case, decision, add);
    knowledge_trigger(case, decision, add);
    add("Later", combination(case, decision), None);
    steps
}

fn now(case: &Assessed, decision: &Decision, add: Add) {
    let text = match decision.use_now.and_then(|id| case.get(id)) {
        None if decision.reference.is_none() => {
            "Nothing fits: decide which constraint to relax before you build anything.".to_owned()
        }
        None => "Nothing is proven: measure the first pilot on your own examples before you build anything."
            .to_owned(),
        Some(holder) if is_yet_to_be_built(case, holder) => build(case, decision, holder),
        Some(holder) => {
            let noun = holder.id.noun_for(&holder.name);
            match holder.quality {
                QualityState::Fails(_) => keep_trying(case, &noun),
                QualityState::Untested | QualityState::Stated(_) => {
                    format!(
                        "Use {noun} and measure it first, on {FIRST_EVALUATION} or more of your own examples."
                    )
                }
                QualityState::Unclear { further_examples: Some(n), .. } => {
                    format!("Use {noun} and extend the evaluation by about {n} examples.")
                }
                _ => format!("Use {noun}."),
            }
        }
    };
    add("Now", text, None);
}

/// What is to be built, what it needs, and what serves until then.
fn build(case: &Assessed, decision: &Decision, holder: &Assessment) -> String {
    let noun = holder.id.noun_for(&holder.name);
    let weeks = counted(&format!("{:.0}", holder.lead_weeks), "week");
    let labels = match labels_missing(holder.id.strategy(), case.inputs) {
        missing if missing > 0.0 => format!(", after {}", more_labels(missing)),
        _ => String::new(),
    };
    let until = match decision.reference.filter(|id| *id != holder.id).and_then(|id| case.get(id)) {
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
fn keep_trying(case: &Assessed, noun: &str) -> String {
    let enough = case.inputs.team.prompt_effort_before_evidence;
    let spent = case.inputs.quality.prompt_hours_spent.unwrap_or(0.0);
    format!(
        "Use {noun} and go on with the prompt: {} of the {} of a real attempt are spent, and it fails so far.",
        count_exact(spent),
        counted(&count_exact(enough), "hour")
    )
}

fn volume_triggers(case: &Assessed, decision: &Decision, pilots: &[Pilot], add: Add) {
    let noun = |id: StrategyId| id.noun_for(case.name(id));
    let reopenings = volumes::reopenings(case, decision, pilots);
    for one in &reopenings {
        let what = match one.is_used {
            true => format!("{} saves enough to be used instead", noun(one.strategy)),
            false => format!("a test of {} pays", noun(one.strategy)),
        };
        let text =
            format!("From {} requests a month {what} ({}).", count(one.volume), reached(one.volume, case));
        add("Later", text, Some(Trigger::Reaches { input: "requests_per_month", to: one.volume }));
    }
    let is_named = |id: StrategyId| {
        reopenings.iter().any(|one| one.strategy == id) || pilots.iter().any(|pilot| pilot.strategy == id)
    };
    let today = case.inputs.work.requests_per_month;
    // A break-even is with the reference.
    let mut cheaper: Vec<(f64, StrategyId)> = case
        .assessments
        .iter()
        .filter(|found| decision.use_now == decision.reference && found.survives() && !is_named(found.id))
        .filter_map(|found| Some((cheaper_from(found.break_even.as_ref(), today)?, found.id)))
        .collect();
    cheaper.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (volume, id) in cheaper.into_iter().take(volumes::MOST_NAMED - reopenings.len()) {
        let text = format!(
            "From {} requests a month {} costs less ({}), which alone is no reason to move or to test it.",
            count(volume),
            noun(id),
            reached(volume, case)
        );
        add("Later", text, None);
    }
}

/// When growth reaches a volume, in words.
fn reached(volume: f64, case: &Assessed) -> String {
    let months = &case.study.months;
    match month_reached(volume, case.inputs.work.requests_per_month, months) {
        Some(month) => format!("reached in month {month}, {}, at this growth", months.calendar(month)),
        None => "not reached within the horizon at this growth".to_owned(),
    }
}

fn retirement_trigger(case: &Assessed, decision: &Decision, pilots: &[Pilot], add: Add) {
    let holder = decision.use_now.map(StrategyId::strategy).filter(|holder| holder.uses_api_model());
    let Some(holder) = holder else { return };
    let row = match holder.model {
        ModelRole::SmallApi => case.study.case.catalog.api_model(&case.inputs.models.small_api_model),
        _ => api_model(case.study.case),
    };
    let Some(row) = row else { return };
    let Ok(path) = price_path(row, &case.study.months, case.study.case) else { return };
    if let Some(month) = path.migrations.first() {
        let calendar = case.study.months.calendar(*month);
        let is_announced = row.retires_on.is_some();
        let known = if is_announced { "retires" } else { "is taken to retire" };
        let text =
            format!("{} {known} in {calendar}: budget the migration and look at prices again.", row.model_id);
        // A later first month meets a retirement that nobody announced as far away as the present one.
        let trigger = Trigger::Date(calendar);
        let is_one = is_announced && changes_answer(trigger, case, decision, pilots);
        add("Later", text, is_one.then_some(trigger));
    }
}

/// Whether another strategy is used, held against or tested once an event has happened.
fn changes_answer(trigger: Trigger, case: &Assessed, decision: &Decision, pilots: &[Pilot]) -> bool {
    let (id, value) = trigger.trial();
    let Some(record) = input(id) else { return false };
    let there = case.study.case.edited(|inputs| (record.set)(inputs, &value));
    let there = evaluate_to(&there, Depth::Decision).advice;
    let tested = |pilots: &[Pilot]| pilots.iter().map(|pilot| pilot.strategy).collect::<Vec<_>>();
    (there.use_now, there.reference) != (decision.use_now, decision.reference)
        || tested(&there.pilots) != tested(pilots)
}

fn quality_trigger(case: &Assessed, decision: &Decision, add: Add) {
    let Some(holder) = decision.use_now.and_then(|id| case.get(id)) else { return };
    let bar = case.inputs.quality.required_quality;
    let (total, known) = match holder.quality {
        QualityState::Fails(_) => {
            let hours = case.inputs.team.prompt_effort_before_evidence;
            let text = format!(
                "Reopen this when {} of prompt engineering are spent and it still fails: that is evidence then.",
                counted(&count_exact(hours), "hour")
            );
            return add("Later", text, Some(Trigger::Reaches { input: "prompt_hours_spent", to: hours }));
        }
        QualityState::Meets(measured) | QualityState::Unclear { measured, .. } => {
            (measured.total, format!("measured now: {:.1} %", measured.share * 100.0))
        }
        _ => (FIRST_EVALUATION, "not measured now".to_owned()),
    };
    let Some(correct) = most_right_that_fails(total, bar) else { return };
    let text = format!(
        "Reopen this if quality falls clearly below {}: {} or fewer right of {} examples from production ({known}).",
        crate::domain::units::words::percent(bar),
        count_exact(f64::from(correct)),
        count_exact(f64::from(total)),
    );
    // Before a real attempt at prompting a failure is no evidence yet, and alone changes nothing.
    let effort = case.inputs.team.prompt_effort_before_evidence;
    let is_tried = case.inputs.quality.prompt_hours_spent.is_none_or(|hours| hours >= effort);
    let is_evidence = is_tried || !holder.id.strategy().is_prompted();
    add("Later", text, is_evidence.then_some(Trigger::Fails { strategy: holder.id, correct, total }));
}

/// What is to be known may outgrow the prompt, shrink into it, or change faster than a model is retrained.
fn knowledge_trigger(case: &Assessed, decision: &Decision, add: Add) {
    let Some(holder) = decision.use_now.and_then(|id| case.get(id)) else { return };
    let data = &case.inputs.data;
    let limit = knowledge_limit(case.study.case);
    if case.study.workload.retrieval {
        let text = format!(
            "Reopen this if {} tokens of knowledge are enough: they fit the prompt, without retrieval.",
            count(limit)
        );
        add("Later", text, Some(Trigger::Falls { input: "knowledge_tokens", to: limit }));
    } else if data.knowledge_tokens > 0.0 {
        let text = format!(
            "Reopen this when knowledge passes {} tokens: it no longer fits the prompt and takes retrieval.",
            count(limit)
        );
        add("Later", text, Some(Trigger::Rises { input: "knowledge_tokens", to: limit }));
    } else if holder.id.strategy().adaptation.is_tuned()
        && case.inputs.work.failure_mode == FailureMode::Knowledge
    {
        let share = MOST_CHANGE_PER_RETRAIN / case.inputs.team.retrain_interval;
        let text = format!(
            "Reopen this when more than {} of the knowledge changes in a month: faster than you retrain.",
            crate::domain::units::words::percent(share)
        );
        add("Later", text, Some(Trigger::Rises { input: "knowledge_change_per_month", to: share }));
    }
}

/// Most systems end as a combination (guide, conclusion): which one it would be here.
fn combination(case: &Assessed, decision: &Decision) -> String {
    let survives = |id: StrategyId| case.get(id).is_some_and(|assessment| assessment.survives());
    let is_one = |id: StrategyId| {
        id == StrategyId::Rag || id.strategy().routing != Routing::None || case.study.workload.retrieval
    };
    let work = &case.inputs.work;
    let here = if decision.use_now.is_some_and(is_one) {
        "This is one already".to_owned()
    } else if case.study.workload.retrieval {
        "Whatever passes here will be one: there is knowledge to look up".to_owned()
    } else if work.task_share.is_some() && survives(StrategyId::LoraRoute) {
        "Here it would be a tuned model for this task with the API model behind it for the rest".to_owned()
    } else if work.mixed_difficulty && survives(StrategyId::Route) {
        format!(
            "Here it would be the smaller API model for easy requests and the larger one for the {} that are hard",
            crate::domain::units::words::percent(work.hard_share)
        )
    } else {
        "Nothing here calls for one yet: it takes requests whose difficulty can be told, a task within broader traffic, or knowledge to look up"
            .to_owned()
    };
    format!("Most production systems end as a combination. {here}.")
}
