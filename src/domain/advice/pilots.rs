//! Pilots: cheap trials that would change the answer if they met the bar (method §11.5).

use super::{Case, Decision, chance, saves_enough};
use crate::domain::assess::pilot_cost_lines;
use crate::domain::catalog::{ApiKind, ApiModel};
use crate::domain::cost::{label_price_of_people, labels_missing};
use crate::domain::evaluation::{Assessment, Finding, FindingEffect, Pilot};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;
use crate::domain::workload::api_model;
use crate::format::{count_exact, counted};

/// Rules that make a strategy a pilot where the reference fails (method §10).
const QUALITY_RULES: [&str; 6] = ["F1", "F2", "F7", "H4", "M1", "M4"];
/// A finding against it of this strength keeps a strategy from being piloted, from these rules.
const STRONG: u8 = 3;

/// The pilots worth proposing, in order.
pub fn proposed(case: &Case, decision: &Decision) -> Vec<Pilot> {
    match decision.use_now {
        Some(holder) => saving_pilots(case, holder),
        None => proving_pilots(case, decision),
    }
}

/// Trials of strategies that would replace the holder if they met the bar.
fn saving_pilots(case: &Case, holder_id: StrategyId) -> Vec<Pilot> {
    let Some(holder) = case.get(holder_id) else { return Vec::new() };
    if holder.cost.is_err() {
        return Vec::new();
    }
    let mut candidates: Vec<&Assessment> = case
        .assessments
        .iter()
        .filter(|candidate| candidate.id != holder_id && is_open_question(case, candidate))
        .filter(|candidate| saves_enough(case, candidate, holder))
        .collect();
    keep_cheapest_serving(&mut candidates);
    let mut pilots: Vec<(&Assessment, Pilot)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let (own, its) = case.costs(candidate, holder)?;
            let lines = trial_lines(case, candidate, Some(holder_id));
            let (saving, cost) = (its - own, sum(&lines));
            let break_even_chance = cost / (saving + cost);
            let worth_it = break_even_chance <= case.inputs.economics.pilot_threshold;
            worth_it.then(|| {
                (candidate, pilot(case, candidate, lines, Some((saving, break_even_chance)), holder))
            })
        })
        .collect();
    crate::order::sort_by_key(&mut pilots, |(candidate, _)| {
        (-net_strength(&candidate.findings), candidate.rung, candidate.id)
    });
    pilots.into_iter().map(|(_, pilot)| pilot).collect()
}

/// Where nothing is proven: the strongest prompted model first, then what a quality rule speaks for, by cost.
fn proving_pilots(case: &Case, decision: &Decision) -> Vec<Pilot> {
    let mut pilots: Vec<Pilot> = stronger_prompt(case, decision).into_iter().collect();
    let mut candidates: Vec<&Assessment> = case
        .assessments
        .iter()
        .filter(|candidate| is_open_question(case, candidate))
        .filter(|candidate| {
            candidate.findings.iter().any(|finding| {
                matches!(finding.effect, FindingEffect::For(_))
                    && QUALITY_RULES.contains(&finding.rule.as_str())
            })
        })
        .collect();
    keep_cheapest_serving(&mut candidates);
    crate::order::sort_by(&mut candidates, |a, b| {
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
fn stronger_prompt(case: &Case, decision: &Decision) -> Option<Pilot> {
    let reference = decision.reference?;
    if !matches!(reference, StrategyId::Prompt | StrategyId::Rag) || case.inputs.quality.no_base_covers {
        return None;
    }
    let present = api_model(case.inputs)?;
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
        if_passed: format!("choose {} as the API model", strongest.model_id),
        if_failed: "then tuning or a combination is the way forward".to_owned(),
        chance_note: chance::of_prompting().to_owned(),
    })
}

fn strongest_model<'a>(case: &Case<'_, 'a>, present: &ApiModel) -> Option<&'a ApiModel> {
    let start = case.study.months.start;
    case.inputs
        .catalog()
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

/// A survivor whose quality is open, that can be tried in time and that nothing speaks strongly against.
pub fn is_open_question(case: &Case, candidate: &Assessment) -> bool {
    let open = matches!(
        candidate.quality,
        QualityState::Untested | QualityState::Stated(_) | QualityState::Unclear { .. }
    ) || (candidate.quality.is_accepted() && !case.in_time(candidate));
    let labels_late = candidate.findings.iter().any(|finding| finding.rule == "P4c");
    let spoken_against = candidate
        .findings
        .iter()
        .any(|finding| matches!(finding.effect, FindingEffect::Against(strength) if strength >= STRONG));
    candidate.survives() && open && candidate.cost.is_ok() && !labels_late && !spoken_against
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
pub fn trial_lines(case: &Case, candidate: &Assessment, holder: Option<StrategyId>) -> Vec<(String, f64)> {
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
    case: &Case,
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
    let first = if labels > 0.0 { format!("after {labels:.0} more labels, ") } else { String::new() };
    Pilot {
        strategy: candidate.id,
        name: candidate.name.clone(),
        cost: sum(&cost_lines),
        cost_lines,
        saving: gain.map(|(saving, _)| saving),
        break_even_chance: gain.map(|(_, chance)| chance),
        if_passed: format!(
            "{first}move to {} (about {:.0} weeks)",
            candidate.id.noun_for(&candidate.name),
            candidate.lead_weeks
        ),
        if_failed,
        chance_note: chance::of(candidate.id.strategy(), case.inputs),
    }
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
