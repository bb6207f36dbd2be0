//! Pilots: cheap trials that would change the answer if they met the bar (method §11.5).

use super::assessment::Assessment;
use super::choose::{Choice, margin, saves_enough};
use super::comparison::{Candidate, Comparison};
use super::pilot::{Declined, Pilot, Trials};
use super::trial_cost::{TrialCost, TrialItem, pilot_cost_lines};
use crate::domain::catalog::{ApiKind, ApiModel};
use crate::domain::cost::label_price_of_people;
use crate::domain::evidence::{QualityState, as_bar};
use crate::domain::rules::{FindingEffect, Fired};
use crate::domain::strategy::{RuleRole, StrategyId};
use crate::domain::workload::api_model;

/// A finding against it of this strength keeps a strategy from being piloted, from these rules.
const STRONG: u8 = 3;

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
        let Some((own, present)) = comparison.costs(candidate, holder) else { continue };
        let lines = trial_lines(comparison, candidate, Some(holder_id));
        let (saving, cost) = (present - own, sum(&lines));
        let chance = cost / (saving + cost);
        if chance <= comparison.inputs.economics.pilot_threshold {
            trials.pilots.push(Pilot {
                saving: Some(saving),
                break_even_chance: Some(chance),
                needs_share: needed_share(comparison, candidate, holder, saving),
                ..pilot(candidate.id, lines)
            });
        } else {
            trials.declined.push(Declined { strategy: candidate.id, pays_from: chance });
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
    let requests = comparison.inputs.work.requests_per_month * comparison.setting.months.discounted_volume;
    let (own, present) = (candidate.cost.as_ref().ok()?, holder.cost.as_ref().ok()?);
    let present_cost = present.tco + present.errors.unwrap_or(0.0);
    let wanted = margin(present_cost, comparison.inputs).max(own.tco_band.1 - own.tco);
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
        pilots.push(pilot(candidate.id, lines));
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
    let present = api_model(comparison.inputs, &comparison.setting.case.catalog)?;
    let strongest = strongest_model(comparison, present)?;
    let team = &comparison.inputs.team;
    let line = TrialCost {
        item: TrialItem::ReEvaluation { hours: team.re_evaluation },
        usd: team.re_evaluation * team.hourly_rate,
    };
    let cost = line.usd;
    let stronger_model = Some(strongest.model_id.clone());
    Some(Pilot { cost, stronger_model, ..pilot(reference, vec![line]) })
}

fn strongest_model<'a>(comparison: &Comparison<'a>, present: &ApiModel) -> Option<&'a ApiModel> {
    let start = comparison.setting.months.start;
    comparison
        .setting
        .case
        .catalog
        .api_models
        .iter()
        .filter(|row| {
            row.kind == ApiKind::Chat && row.retires_on.is_none_or(|date| date.year_month() > start)
        })
        .filter(|row| comparison.setting.may_use(&row.provider))
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
) -> Vec<TrialCost> {
    if let QualityState::Unclear { further_examples: Some(examples), .. } = candidate.quality {
        let examples = f64::from(examples);
        // People make them, whoever makes the labels to train on: a model cannot examine itself.
        let usd = examples * label_price_of_people(comparison.inputs);
        return vec![TrialCost { item: TrialItem::FurtherExamples(examples), usd }];
    }
    comparison.candidate(candidate.id).map_or_else(Vec::new, |Candidate { costed, .. }| {
        let ledger = candidate.cost.as_ref().ok().map(|cost| &cost.ledger);
        pilot_cost_lines(&comparison.setting, costed, ledger, holder)
    })
}

/// What the lines of a trial come to.
pub fn sum(lines: &[TrialCost]) -> f64 {
    lines.iter().fold(0.0, |sum, line| sum + line.usd)
}

/// A pilot of which no more is known than what it costs.
fn pilot(strategy: StrategyId, cost_lines: Vec<TrialCost>) -> Pilot {
    Pilot {
        strategy,
        stronger_model: None,
        cost: sum(&cost_lines),
        cost_lines,
        saving: None,
        break_even_chance: None,
        needs_share: None,
    }
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
