//! Pilots: cheap trials that would change the answer if they met the bar (method §11.5).

use super::{Assessed, Decision, chance, margin, saves_enough};
use crate::domain::assess::pilot_cost_lines;
use crate::domain::catalog::{ApiKind, ApiModel};
use crate::domain::cost::{label_price_of_people, labels_missing};
use crate::domain::evaluation::{Assessment, Pilot};
use crate::domain::evidence::{QualityState, as_bar};
use crate::domain::rules::{Finding, FindingEffect};
use crate::domain::strategy::{RuleRole, StrategyId};
use crate::domain::units::words::{count_exact, counted};
use crate::domain::workload::api_model;

/// A finding against it of this strength keeps a strategy from being piloted, from these rules.
const STRONG: u8 = 3;

impl Pilot {
    /// What it has to show for its saving.
    pub fn condition(&self) -> String {
        match self.needs_share {
            Some(share) => format!("at least {} are right", crate::domain::units::words::percent(share)),
            None => "it meets the bar".to_owned(),
        }
    }
}

/// Trials, by whether they pay at the chance that the user set.
#[derive(Default)]
pub struct Trials {
    /// Those worth proposing, in order.
    pub pilots: Vec<Pilot>,
    /// The others, each with the chance at which it would pay.
    pub declined: Vec<(StrategyId, f64)>,
}

/// The pilots worth proposing, and the trials that are not.
pub fn proposed(case: &Assessed, decision: &Decision) -> Trials {
    match decision.use_now {
        // What will replace the holder anyway is what a trial has to beat.
        Some(holder) => saving_pilots(case, decision.later.unwrap_or(holder)),
        None => Trials { pilots: proving_pilots(case, decision), declined: Vec::new() },
    }
}

/// Trials of strategies that would replace the holder if they met the bar.
fn saving_pilots(case: &Assessed, holder_id: StrategyId) -> Trials {
    let Some(holder) = case.get(holder_id).filter(|holder| holder.cost.is_ok()) else {
        return Trials::default();
    };
    let mut candidates: Vec<&Assessment> = case
        .assessments
        .iter()
        .filter(|candidate| candidate.id != holder_id && is_open_question(candidate))
        .filter(|candidate| !case.is_weaker_than_failing(candidate, holder))
        .filter(|candidate| saves_enough(case, candidate, holder))
        .collect();
    keep_cheapest_serving(&mut candidates);
    candidates.sort_by_key(|candidate| (-net_strength(&candidate.findings), candidate.rung, candidate.id));
    let mut trials = Trials::default();
    for candidate in candidates {
        let Some((own, its)) = case.costs(candidate, holder) else { continue };
        let lines = trial_lines(case, candidate, Some(holder_id));
        let (saving, cost) = (its - own, sum(&lines));
        let chance = cost / (saving + cost);
        if chance <= case.inputs.economics.pilot_threshold {
            let needs_share = needed_share(case, candidate, holder, saving);
            let pilot = pilot(case, candidate, lines, Some((saving, chance)), holder);
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
fn needed_share(case: &Assessed, candidate: &Assessment, holder: &Assessment, saving: f64) -> Option<f64> {
    if candidate.quality.share().is_some() {
        // Its wrong answers are in the saving already.
        return None;
    }
    let per_error = case.inputs.quality.cost_per_error.filter(|usd| *usd > 0.0)?;
    let requests = case.inputs.work.requests_per_month * case.study.months.discounted_volume;
    let (own, its) = (candidate.cost.as_ref().ok()?, holder.cost.as_ref().ok()?);
    let wanted = margin(its.tco + its.errors.unwrap_or(0.0), case.inputs).max(own.tco_band.1 - own.tco);
    let needed = holder.quality.share()? - (saving - wanted) / (requests * per_error);
    as_bar(needed).filter(|needed| *needed > case.inputs.quality.required_quality)
}

/// Where nothing is proven: the strongest prompted model first, then what a quality rule speaks for, by cost.
fn proving_pilots(case: &Assessed, decision: &Decision) -> Vec<Pilot> {
    let mut pilots: Vec<Pilot> = stronger_prompt(case, decision).into_iter().collect();
    let mut candidates: Vec<&Assessment> = case
        .assessments
        .iter()
        .filter(|candidate| is_open_question(candidate))
        .filter(|candidate| {
            candidate.findings.iter().any(|finding| {
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
        let lines = trial_lines(case, candidate, decision.reference);
        pilots.push(pilot(case, candidate, lines, None, candidate));
    }
    pilots
}

/// The strongest chat model of the catalogue, prompted, if the reference is an API model that is weaker.
fn stronger_prompt(case: &Assessed, decision: &Decision) -> Option<Pilot> {
    let reference = decision.reference?;
    if !matches!(reference, StrategyId::Prompt | StrategyId::Rag) || case.inputs.quality.no_base_covers {
        return None;
    }
    let present = api_model(case.study.case)?;
    let strongest = strongest_model(case, present)?;
    let team = &case.inputs.team;
    let cost = team.re_evaluation * team.hourly_rate;
    let line = format!("one re-evaluation, {}", counted(&count_exact(team.re_evaluation), "hour"));
    Some(Pilot {
        strategy: reference,
        name: format!("{} with {}", case.name(reference), strongest.model_id),
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

fn strongest_model<'a>(case: &Assessed<'_, 'a>, present: &ApiModel) -> Option<&'a ApiModel> {
    let start = case.study.months.start;
    case.study
        .case
        .catalog
        .api_models
        .iter()
        .filter(|row| {
            row.kind == ApiKind::Chat && row.retires_on.is_none_or(|date| date.year_month() > start)
        })
        .filter(|row| case.study.may_use(&row.provider))
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
pub(super) fn kept_from_trial(candidate: &Assessment) -> Option<&Finding> {
    candidate.findings.iter().find(|finding| {
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
    case: &Assessed,
    candidate: &Assessment,
    holder: Option<StrategyId>,
) -> Vec<(String, f64)> {
    if let QualityState::Unclear { further_examples: Some(examples), .. } = candidate.quality {
        let examples = f64::from(examples);
        // People make them, whoever makes the labels to train on: a model cannot examine itself.
        let usd = examples * label_price_of_people(case.inputs);
        return vec![(counted(&count_exact(examples), "further example"), usd)];
    }
    case.built(candidate.id).map_or_else(Vec::new, |built| {
        let ledger = candidate.cost.as_ref().ok().map(|cost| &cost.ledger);
        pilot_cost_lines(case.study, built, ledger, holder)
    })
}

/// What the lines of a trial come to.
pub fn sum(lines: &[(String, f64)]) -> f64 {
    lines.iter().fold(0.0, |sum, (_, usd)| sum + usd)
}

fn pilot(
    case: &Assessed,
    candidate: &Assessment,
    cost_lines: Vec<(String, f64)>,
    gain: Option<(f64, f64)>,
    holder: &Assessment,
) -> Pilot {
    let labels = labels_missing(candidate.id.strategy(), case.inputs);
    let if_failed = if gain.is_some() {
        format!("stay with {}", holder.id.noun_for(&holder.name))
    } else {
        "try the next one of this list".to_owned()
    };
    let first = if labels > 0.0 { format!("after {}, ", more_labels(labels)) } else { String::new() };
    let launch = case.inputs.constraints.launch_weeks.filter(|_| !case.in_time(candidate));
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
        chance_note: chance::of(candidate.id.strategy(), case.inputs),
    }
}

/// So many labels that are still to be made.
pub(super) fn more_labels(count: f64) -> String {
    format!("{} more label{}", count_exact(count), if count == 1.0 { "" } else { "s" })
}

/// For minus against.
fn net_strength(findings: &[Finding]) -> i32 {
    findings
        .iter()
        .map(|finding| match finding.effect {
            FindingEffect::For(strength) => i32::from(strength),
            FindingEffect::Against(strength) => -i32::from(strength),
            _ => 0,
        })
        .sum()
}
