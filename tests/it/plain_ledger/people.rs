//! People: what is built and run, labels, evaluation, retrains, migrations and lead times (method §6).

use tunewise::domain::input::{Complexity, LabelMethod, Skill, Today};
use tunewise::domain::strategy::StrategyId;

use super::amounts::Month;
use super::knowledge::{self, Knowledge};
use super::months::Plain;
use super::prices;
use super::tokens::{Called, call_to, plain_call_usd};

/// Working hours of a year, for hiring and for person-years.
const YEAR: f64 = 2_080.0;

/// What people build and run once, whatever strategies share it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    Prompts,
    Retrieval,
    Routing,
    HostedTuning,
    OwnServing,
    Adapters,
    FullTuning,
    Scratch,
}

/// The parts of a strategy (method §2: adaptation, serving, routing, and retrieval where the scenario has it).
pub fn parts(id: StrategyId, knowledge: &Knowledge) -> Vec<Part> {
    let mut parts = match id {
        StrategyId::Prompt | StrategyId::PromptSmall | StrategyId::Rag | StrategyId::OpenManaged => vec![],
        StrategyId::Route => vec![Part::Routing],
        StrategyId::HostedTune => vec![Part::HostedTuning],
        StrategyId::OpenSelf => vec![Part::OwnServing],
        StrategyId::Qlora | StrategyId::Lora => vec![Part::OwnServing, Part::Adapters],
        StrategyId::Full => vec![Part::OwnServing, Part::FullTuning],
        StrategyId::LoraRoute => vec![Part::Routing, Part::OwnServing, Part::Adapters],
        StrategyId::Custom => vec![Part::OwnServing, Part::Scratch],
    };
    parts.push(Part::Prompts);
    if knowledge.retrieves || id == StrategyId::Rag {
        parts.push(Part::Retrieval);
    }
    parts
}

/// The strategy in use today, if there is one.
pub fn today(plain: &Plain) -> Option<StrategyId> {
    match plain.inputs.economics.today {
        Today::Nothing => None,
        Today::Prompt => Some(StrategyId::Prompt),
        Today::PromptSmall => Some(StrategyId::PromptSmall),
        Today::Rag => Some(StrategyId::Rag),
        Today::Route => Some(StrategyId::Route),
        Today::OpenManaged => Some(StrategyId::OpenManaged),
        Today::HostedTune => Some(StrategyId::HostedTune),
        Today::OpenSelf => Some(StrategyId::OpenSelf),
        Today::QLora => Some(StrategyId::Qlora),
        Today::Lora => Some(StrategyId::Lora),
        Today::Full => Some(StrategyId::Full),
        Today::LoraRoute => Some(StrategyId::LoraRoute),
        Today::Custom => Some(StrategyId::Custom),
    }
}

/// Parts that exist already: those of today's set-up are sunk (method §6).
pub fn is_sunk(plain: &Plain, part: Part) -> bool {
    let knowledge = knowledge::brought(plain, plain.retrieves_today);
    today(plain).is_some_and(|id| parts(id, &knowledge).contains(&part))
}

fn build_hours(plain: &Plain, part: Part) -> f64 {
    let team = &plain.inputs.team;
    match part {
        Part::Prompts => team.prompt_build * plain.inputs.work.tasks,
        Part::Retrieval => team.rag_build,
        Part::Routing => team.routing_build,
        Part::HostedTuning => team.hosted_tuning_build,
        // Hiring for a missing skill: a share of a year's loaded cost, once (method §15).
        Part::OwnServing if team.self_hosting_skill == Skill::None => {
            team.self_host_build + team.hiring_share * YEAR
        }
        Part::OwnServing => team.self_host_build,
        Part::Adapters => team.lora_build,
        Part::FullTuning => team.full_tuning_build,
        Part::Scratch => team.custom_team_years * YEAR,
    }
}

/// Hours of people around one training run of each task (method §4: several tasks multiply labels, runs, evaluations and
/// prompts).
fn run_hours(plain: &Plain, part: Part) -> f64 {
    let team = &plain.inputs.team;
    let of_task = match part {
        Part::HostedTuning => team.hosted_tuning_per_experiment,
        Part::Adapters => team.lora_per_experiment,
        Part::FullTuning => team.full_tuning_per_experiment,
        _ => 0.0,
    };
    of_task * plain.inputs.work.tasks
}

fn upkeep_hours(plain: &Plain, part: Part) -> f64 {
    let team = &plain.inputs.team;
    match part {
        Part::Prompts => team.prompt_upkeep * plain.inputs.work.tasks,
        Part::Retrieval => team.rag_upkeep,
        Part::Routing => team.routing_upkeep,
        Part::OwnServing => team.self_host_upkeep,
        _ => 0.0,
    }
}

/// Weeks until a part stands.
pub fn part_weeks(plain: &Plain, part: Part) -> f64 {
    let team = &plain.inputs.team;
    match part {
        Part::Prompts | Part::Routing => team.lead_time_prompt,
        Part::Retrieval => team.lead_time_rag,
        Part::HostedTuning => team.lead_time_hosted_tuning,
        Part::OwnServing | Part::Adapters => team.lead_time_self_hosted,
        Part::FullTuning => team.lead_time_full_tuning,
        Part::Scratch => team.lead_time_custom,
    }
}

/// Time to market, weeks: the longest part; none for what is in use (method §6).
pub fn lead_weeks(plain: &Plain, knowledge: &Knowledge, id: StrategyId) -> f64 {
    let mut longest = 0.0_f64;
    if today(plain) != Some(id) {
        for part in parts(id, knowledge) {
            longest = longest.max(part_weeks(plain, part));
        }
    }
    longest
}

/// Building some parts once, first training runs included, US dollars.
pub fn build_usd(plain: &Plain, parts: &[Part]) -> f64 {
    let mut hours = 0.0;
    for part in parts {
        hours += build_hours(plain, *part) + run_hours(plain, *part) * plain.inputs.team.experiments;
    }
    hours * plain.inputs.team.hourly_rate
}

/// Labels a strategy trains on at least: 100 or 1,000 (guide), 10,000 for full and from scratch (method §6).
pub fn labels_needed(plain: &Plain, id: StrategyId) -> f64 {
    let of_guide = if plain.inputs.work.complexity == Complexity::Simple { 100.0 } else { 1_000.0 };
    let of_task = match id {
        StrategyId::HostedTune | StrategyId::Qlora | StrategyId::Lora | StrategyId::LoraRoute => of_guide,
        StrategyId::Full if continues_pretraining(plain) => of_guide,
        StrategyId::Full | StrategyId::Custom => 10_000.0,
        _ => 0.0,
    };
    of_task * plain.inputs.work.tasks
}

/// Whether the base goes on pretraining with text before full tuning: no model covers the language or domain, and there
/// is text of some 100 books (rule M4). The text teaches it then, and labels only show the task.
pub fn continues_pretraining(plain: &Plain) -> bool {
    plain.inputs.quality.no_base_covers && plain.inputs.data.pretraining_tokens >= 1e8
}

/// `max(0, needed − have) · cost`, review included; made by people, or by the API model and reviewed (method §6).
pub fn labels_usd(plain: &Plain, knowledge: &Knowledge, id: StrategyId) -> Result<f64, String> {
    let (data, team) = (&plain.inputs.data, &plain.inputs.team);
    let missing = labels_needed(plain, id) - data.labels;
    if missing <= 0.0 {
        return Ok(0.0);
    }
    let usual = match plain.inputs.work.complexity {
        Complexity::Simple => team.label_cost_simple,
        Complexity::Complex => team.label_cost_complex,
    };
    let by_people = data.label_cost.unwrap_or(usual);
    let review = by_people * team.label_review_share;
    let one = match data.label_method {
        LabelMethod::People => by_people + review,
        LabelMethod::LargeModel => model_label_usd(plain, knowledge)? + review,
    };
    Ok(missing * one)
}

/// Tokens of one call to the API model, at once and without a cache, as the work begins.
fn model_label_usd(plain: &Plain, knowledge: &Knowledge) -> Result<f64, String> {
    let id = &plain.inputs.models.api_model;
    let row = plain.catalog.api_models.iter().find(|row| row.model_id == *id);
    let row = row.filter(|row| !prices::is_gone(plain, row)).ok_or("who makes the labels is gone")?;
    let price = prices::price_in(plain, row, plain.calendar(1)).ok_or("who makes the labels has no price")?;
    Ok(plain_call_usd(&call_to(plain, knowledge, Called::Large), &price))
}

/// The one-offs of people and data (method §6); `is_further_candidate`: beside the reference, with an evaluation of its own.
pub fn one_offs(
    plain: &Plain,
    knowledge: &Knowledge,
    id: StrategyId,
    is_further_candidate: bool,
) -> Result<Month, String> {
    let team = &plain.inputs.team;
    let is_today = today(plain) == Some(id);
    let mut to_build = parts(id, knowledge);
    to_build.retain(|part| !is_sunk(plain, *part));
    let mut once = Month { build: build_usd(plain, &to_build), ..Month::default() };
    if !is_today {
        once.labels = labels_usd(plain, knowledge, id)?;
    }
    let evaluations = plain.inputs.work.tasks;
    if today(plain).is_none() {
        once.evaluation += team.eval_set * evaluations * team.hourly_rate;
    }
    if is_further_candidate {
        once.evaluation += team.re_evaluation * evaluations * team.hourly_rate;
    }
    if today(plain).is_some() && !is_today {
        once.build += plain.inputs.economics.exit_cost;
    }
    Ok(once)
}

/// Whether a strategy is trained again in a month: every so many months after the cut-over, but not in the last one.
pub fn is_retrain(plain: &Plain, own_from: usize, month: usize) -> bool {
    let interval = plain.inputs.team.retrain_interval as usize;
    month > own_from && month < plain.horizon() && (month - own_from).is_multiple_of(interval)
}

/// Whether it trains on labels at all, and so again and again.
pub fn is_tuned(id: StrategyId) -> bool {
    labels_needed_by_kind(id) && id != StrategyId::Custom
}

fn labels_needed_by_kind(id: StrategyId) -> bool {
    matches!(
        id,
        StrategyId::HostedTune
            | StrategyId::Qlora
            | StrategyId::Lora
            | StrategyId::Full
            | StrategyId::LoraRoute
            | StrategyId::Custom
    )
}

/// People in one month of a strategy's own operation: upkeep, on call, retrain and migrations (method §6).
pub fn running(
    plain: &Plain,
    knowledge: &Knowledge,
    id: StrategyId,
    own_from: usize,
    month: usize,
    migrations: &[usize],
) -> Month {
    let team = &plain.inputs.team;
    let (rate, tasks) = (team.hourly_rate, plain.inputs.work.tasks);
    let parts = parts(id, knowledge);
    let mut lines = Month::default();
    for part in &parts {
        lines.run += upkeep_hours(plain, *part) * rate;
    }
    if parts.contains(&Part::OwnServing) && plain.inputs.constraints.round_the_clock {
        lines.run += team.on_call_usd;
    }
    if is_tuned(id) && is_retrain(plain, own_from, month) {
        for part in &parts {
            lines.run += run_hours(plain, *part) * rate;
        }
        lines.evaluation += team.re_evaluation * tasks * rate;
    }
    for _ in migrations.iter().filter(|at| **at == month) {
        lines.run += team.migration * tasks * rate;
        lines.evaluation += team.re_evaluation * tasks * rate;
    }
    lines
}
