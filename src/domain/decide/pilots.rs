//! Pilots: cheap trials that would change the answer if they met the bar (method §11.5).

use super::assessment::Assessment;
use super::chance;
use super::choose::{Choice, margin, saves_enough};
use super::comparison::{Candidate, Comparison};
use crate::domain::catalog::{ApiKind, ApiModel};
use crate::domain::cost::{Built, Ledger, Line, Study, label_price_of_people, labels_missing, parts};
use crate::domain::evidence::{QualityState, as_bar};
use crate::domain::rules::{FindingEffect, Fired};
use crate::domain::strategy::{RuleRole, StrategyId};
use crate::domain::workload::api_model;
use crate::format::{count_exact, counted};

/// A cheap trial that could change the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Pilot {
    /// What to try.
    pub strategy: StrategyId,
    /// Its name, with the model where it is not the chosen one.
    pub name: String,
    /// Money spent before its quality is known, US dollars: the sum of its lines.
    pub cost: f64,
    /// What it is spent on, in words, and US dollars; none of them is zero.
    pub cost_lines: Vec<(String, f64)>,
    /// What it saves over the horizon if it meets the bar, US dollars; `None` without a present holder.
    pub saving: Option<f64>,
    /// The chance of meeting the bar at which the trial pays.
    pub break_even_chance: Option<f64>,
    /// Share right that the move takes where that is more than the bar: with wrong answers priced, a saving is
    /// gone before the bar is.
    pub needs_share: Option<f64>,
    /// What to do if it passes.
    pub if_passed: String,
    /// What to do if it fails.
    pub if_failed: String,
    /// What is known about its chance, with source.
    pub chance_note: String,
}

/// A finding against it of this strength keeps a strategy from being piloted, from these rules.
const STRONG: u8 = 3;

impl Pilot {
    /// What it has to show for its saving.
    pub fn condition(&self) -> String {
        match self.needs_share {
            Some(share) => format!("at least {} are right", crate::format::percent(share)),
            None => "it meets the bar".to_owned(),
        }
    }
}

/// Trials, by whether they pay at the chance that the user set.
#[derive(Debug, Default)]
pub struct Trials {
    /// Those worth proposing, in order.
    pub pilots: Vec<Pilot>,
    /// The others, each with the chance at which it would pay.
    pub declined: Vec<(StrategyId, f64)>,
}

/// The pilots worth proposing, and the trials that are not.
pub fn proposed(comparison: &Comparison, choice: &Choice) -> Trials {
    match choice.use_now {
        // What will replace the holder anyway is what a trial has to beat.
        Some(holder) => saving_pilots(comparison, choice.later.unwrap_or(holder)),
        None => Trials { pilots: proving_pilots(comparison, choice), declined: Vec::new() },
    }
}

/// Trials of strategies that would replace the holder if they met the bar.
fn saving_pilots(comparison: &Comparison, holder_id: StrategyId) -> Trials {
    let Some(holder) = comparison.get(holder_id).filter(|holder| holder.cost.is_ok()) else {
        return Trials::default();
    };
    let mut candidates: Vec<&Assessment> = comparison
        .assessments
        .iter()
        .filter(|candidate| candidate.id != holder_id && is_open_question(candidate))
        .filter(|candidate| !comparison.is_weaker_than_failing(candidate, holder))
        .filter(|candidate| saves_enough(comparison, candidate, holder))
        .collect();
    keep_cheapest_serving(&mut candidates);
    candidates.sort_by_key(|candidate| (-net_strength(&candidate.fired), candidate.rung, candidate.id));
    let mut trials = Trials::default();
    for candidate in candidates {
        let Some((own, its)) = comparison.costs(candidate, holder) else { continue };
        let lines = trial_lines(comparison, candidate, Some(holder_id));
        let (saving, cost) = (its - own, sum(&lines));
        let chance = cost / (saving + cost);
        if chance <= comparison.inputs.economics.pilot_threshold {
            let needs_share = needed_share(comparison, candidate, holder, saving);
            let pilot = pilot(comparison, candidate, lines, Some((saving, chance)), holder);
            trials.pilots.push(Pilot { needs_share, ..pilot });
        } else {
            trials.declined.push((candidate.id, chance));
        }
    }
    trials
}

/// The share right that a strategy needs to replace the holder, if that is more than the bar.
///
/// ```text
/// q = h − (S − what a move must save) / (discounted requests · cost of a wrong answer)
/// ```
/// `h` is the holder's share right; a move must save the margin of what the holder costs, its wrong answers
/// included, and survive its sizing band. Rounded up to a tenth of a percent. Source: method §7, price of quality.
fn needed_share(
    comparison: &Comparison,
    candidate: &Assessment,
    holder: &Assessment,
    saving: f64,
) -> Option<f64> {
    if candidate.quality.share().is_some() {
        // Its wrong answers are in the saving already.
        return None;
    }
    let per_error = comparison.inputs.quality.cost_per_error.filter(|usd| *usd > 0.0)?;
    let requests = comparison.inputs.work.requests_per_month * comparison.study.months.discounted_volume;
    let (own, its) = (candidate.cost.as_ref().ok()?, holder.cost.as_ref().ok()?);
    let wanted = margin(its.tco + its.errors.unwrap_or(0.0), comparison.inputs).max(own.tco_band.1 - own.tco);
    let needed = holder.quality.share()? - (saving - wanted) / (requests * per_error);
    as_bar(needed).filter(|needed| *needed > comparison.inputs.quality.required_quality)
}

/// Where nothing is proven: the strongest prompted model first, then what a quality rule speaks for, by cost.
fn proving_pilots(comparison: &Comparison, choice: &Choice) -> Vec<Pilot> {
    let mut pilots: Vec<Pilot> = stronger_prompt(comparison, choice).into_iter().collect();
    let mut candidates: Vec<&Assessment> = comparison
        .assessments
        .iter()
        .filter(|candidate| is_open_question(candidate))
        .filter(|candidate| {
            candidate.fired.iter().any(|finding| {
                matches!(finding.effect, FindingEffect::For(_))
                    && finding.role == Some(RuleRole::SpeaksForQuality)
            })
        })
        .collect();
    keep_cheapest_serving(&mut candidates);
    candidates.sort_by(|a, b| {
        let cost = |candidate: &Assessment| candidate.tco().unwrap_or(f64::MAX);
        cost(a).total_cmp(&cost(b)).then(a.rung.cmp(&b.rung)).then(a.id.cmp(&b.id))
    });
    for candidate in candidates {
        let lines = trial_lines(comparison, candidate, choice.reference);
        pilots.push(pilot(comparison, candidate, lines, None, candidate));
    }
    pilots
}

/// The strongest chat model of the catalogue, prompted, if the reference is an API model that is weaker.
fn stronger_prompt(comparison: &Comparison, choice: &Choice) -> Option<Pilot> {
    let reference = choice.reference?;
    if !matches!(reference, StrategyId::Prompt | StrategyId::Rag) || comparison.inputs.quality.no_base_covers
    {
        return None;
    }
    let present = api_model(comparison.study.case)?;
    let strongest = strongest_model(comparison, present)?;
    let team = &comparison.inputs.team;
    let cost = team.re_evaluation * team.hourly_rate;
    let line = format!("one re-evaluation, {}", counted(&count_exact(team.re_evaluation), "hour"));
    Some(Pilot {
        strategy: reference,
        name: format!("{} with {}", comparison.name(reference), strongest.model_id),
        cost,
        cost_lines: vec![(line, cost)],
        saving: None,
        break_even_chance: None,
        needs_share: None,
        if_passed: format!("choose {} as the API model", strongest.model_id),
        if_failed: "then tuning or a combination is the way forward".to_owned(),
        chance_note: chance::of_prompting().to_owned(),
    })
}

fn strongest_model<'a>(comparison: &Comparison<'a>, present: &ApiModel) -> Option<&'a ApiModel> {
    let start = comparison.study.months.start;
    comparison
        .study
        .case
        .catalog
        .api_models
        .iter()
        .filter(|row| {
            row.kind == ApiKind::Chat && row.retires_on.is_none_or(|date| date.year_month() > start)
        })
        .filter(|row| comparison.study.may_use(&row.provider))
        .filter(|row| row.tier_class > present.tier_class)
        .max_by(|a, b| {
            let price = |row: &ApiModel| row.output_usd_per_m.unwrap_or(f64::MAX);
            a.tier_class
                .cmp(&b.tier_class)
                .then(price(b).total_cmp(&price(a)))
                .then(b.model_id.cmp(&a.model_id))
        })
}

/// A survivor whose quality is open, whose cost is known and that nothing keeps from being tried.
pub fn is_open_question(candidate: &Assessment) -> bool {
    let open = matches!(
        candidate.quality,
        QualityState::Untested | QualityState::Stated(_) | QualityState::Unclear { .. }
    );
    candidate.survives() && open && candidate.cost.is_ok() && kept_from_trial(candidate).is_none()
}

/// What keeps a strategy from being tried: labels that are not there in time, or a reason that speaks strongly
/// against it.
pub fn kept_from_trial(candidate: &Assessment) -> Option<&Fired> {
    candidate.fired.iter().find(|finding| {
        let spoken_against = matches!(finding.effect, FindingEffect::Against(strength) if strength >= STRONG);
        spoken_against || finding.role == Some(RuleRole::LabelsLate)
    })
}

/// Managed and self-hosted open weights are one configuration: keep the cheaper serving.
fn keep_cheapest_serving(candidates: &mut Vec<&Assessment>) {
    let cost = |id: StrategyId, all: &[&Assessment]| {
        all.iter().find(|candidate| candidate.id == id).and_then(|c| c.tco())
    };
    let managed = cost(StrategyId::OpenManaged, candidates);
    let own = cost(StrategyId::OpenSelf, candidates);
    if let (Some(managed), Some(own)) = (managed, own) {
        let dearer = if own < managed { StrategyId::OpenManaged } else { StrategyId::OpenSelf };
        candidates.retain(|candidate| candidate.id != dearer);
    }
}

/// What a trial costs, line by line; for one that is measured but unclear, the further examples only.
pub fn trial_lines(
    comparison: &Comparison,
    candidate: &Assessment,
    holder: Option<StrategyId>,
) -> Vec<(String, f64)> {
    if let QualityState::Unclear { further_examples: Some(examples), .. } = candidate.quality {
        let examples = f64::from(examples);
        // People make them, whoever makes the labels to train on: a model cannot examine itself.
        let usd = examples * label_price_of_people(comparison.inputs);
        return vec![(counted(&count_exact(examples), "further example"), usd)];
    }
    comparison.candidate(candidate.id).map_or_else(Vec::new, |Candidate { built, .. }| {
        let ledger = candidate.cost.as_ref().ok().map(|cost| &cost.ledger);
        pilot_cost_lines(&comparison.study, built, ledger, holder)
    })
}

/// What the lines of a trial come to.
pub fn sum(lines: &[(String, f64)]) -> f64 {
    lines.iter().fold(0.0, |sum, (_, usd)| sum + usd)
}

fn pilot(
    comparison: &Comparison,
    candidate: &Assessment,
    cost_lines: Vec<(String, f64)>,
    gain: Option<(f64, f64)>,
    holder: &Assessment,
) -> Pilot {
    let labels = labels_missing(candidate.id.strategy(), comparison.inputs);
    let if_failed = if gain.is_some() {
        format!("stay with {}", holder.id.noun_for(&holder.name))
    } else {
        "try the next one of this list".to_owned()
    };
    let first = if labels > 0.0 { format!("after {}, ", more_labels(labels)) } else { String::new() };
    let launch = comparison.inputs.constraints.launch_weeks.filter(|_| !comparison.in_time(candidate));
    let late = launch.map_or_else(String::new, |weeks| format!("; your launch is in {weeks:.0}"));
    Pilot {
        strategy: candidate.id,
        name: candidate.name.clone(),
        cost: sum(&cost_lines),
        cost_lines,
        saving: gain.map(|(saving, _)| saving),
        break_even_chance: gain.map(|(_, chance)| chance),
        needs_share: None,
        if_passed: format!(
            "{first}move to {} (about {}{late})",
            candidate.id.noun_for(&candidate.name),
            counted(&format!("{:.0}", candidate.lead_weeks), "week"),
        ),
        if_failed,
        chance_note: chance::of(candidate.id.strategy(), comparison.inputs),
    }
}

/// So many labels that are still to be made.
pub fn more_labels(count: f64) -> String {
    format!("{} more label{}", count_exact(count), if count == 1.0 { "" } else { "s" })
}

/// For minus against.
fn net_strength(fired: &[Fired]) -> i32 {
    fired
        .iter()
        .map(|finding| match finding.effect {
            FindingEffect::For(strength) => i32::from(strength),
            FindingEffect::Against(strength) => -i32::from(strength),
            _ => 0,
        })
        .sum()
}

/// Money spent on a trial before its quality is known, by what it is spent on (method §11).
///
/// Labels + experiments + half the build of its own parts + one re-evaluation; nothing that the holder or what is in
/// use today has already.
/// Cards that only training needs count with their purchase.
pub fn pilot_cost_lines(
    study: &Study,
    built: &Built,
    ledger: Option<&Ledger>,
    holder: Option<StrategyId>,
) -> Vec<(String, f64)> {
    let (inputs, team) = (study.inputs, &study.inputs.team);
    let mut existing = study.sunk_parts();
    existing.extend(holder.into_iter().flat_map(|id| parts(id.strategy(), study.workload.retrieval)));
    let own = built.parts.iter().filter(|part| !existing.contains(part));
    let build: f64 = own.clone().map(|part| part.build_hours(inputs)).sum::<f64>() / 2.0;
    let runs: f64 = own.map(|part| part.run_hours(inputs)).sum::<f64>() * team.experiments;
    let missing = labels_missing(built.strategy, inputs);
    let training = ledger.and_then(|ledger| Some(ledger.months.first()?.get(Line::TrainingCompute)));
    let bought = built.model.as_ref().map_or(0.0, |model| {
        model.variants.iter().map(|variant| variant.training_purchase_usd).fold(f64::INFINITY, f64::min)
    });
    let is_bought = bought > 0.0;
    let compute = if is_bought { bought } else { training.unwrap_or(0.0) };
    let computing = if is_bought { "GPUs to train on, bought" } else { "computing for the experiments" };
    let rate = team.hourly_rate;
    let hours =
        |what: &str, hours: f64| (format!("{what}, {}", counted(&count_exact(hours), "hour")), hours * rate);
    let mut lines = vec![
        (counted(&count_exact(missing), "label"), built.labels_usd),
        (computing.to_owned(), compute),
        hours("people’s time in experiments", runs),
        hours("half the build of its own parts", build),
        hours("one re-evaluation", team.re_evaluation),
    ];
    lines.retain(|(_, usd)| *usd > 0.0);
    lines
}
