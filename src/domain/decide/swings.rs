//! What each uncertain figure does to each total, by the same rules by which the totals are made.

use super::comparison::{Candidate, Comparison};
use super::range::{Range, Swing, Uncertain};
use crate::domain::cost::{AsServed, Curve, Line, Setting, Variant};
use crate::domain::effort::{HOUR_ITEMS, HourItem};
use crate::domain::hardware::{ServingOption, TrainingJob, billing};
use crate::domain::input::{GpuBilling, Inputs};

/// Add to each strategy with a known cost what its total may come to.
pub fn add_ranges(comparison: &mut Comparison) {
    let Comparison { setting, assessments, candidates, .. } = comparison;
    let hours = hours_at_stake(setting);
    for (assessment, candidate) in assessments.iter_mut().zip(candidates.iter()) {
        let Some(total) = assessment.total() else { continue };
        assessment.swings = swings(setting, candidates, candidate, &hours).unwrap_or_default();
        assessment.range = Some(Range::around(total, &assessment.swings));
    }
}

/// A figure of hours that has a range.
struct AtStake {
    item: &'static HourItem,
    value: f64,
    low: f64,
    high: f64,
    alone: Inputs,
}

fn hours_at_stake(setting: &Setting) -> Vec<AtStake> {
    let inputs = setting.inputs;
    let at_stake = |item: &'static HourItem| {
        let (low, high) = item.range(inputs, &setting.case.catalog)?;
        Some(AtStake { item, value: item.value(inputs), low, high, alone: item.alone(inputs) })
    };
    HOUR_ITEMS.iter().filter_map(at_stake).collect()
}

fn swings<'a>(
    setting: &Setting<'a>,
    candidates: &[Candidate<'a>],
    candidate: &Candidate<'a>,
    hours: &[AtStake],
) -> Option<Vec<Swing>> {
    let meanwhile = candidate.costed.until_ready.as_ref();
    let meanwhile =
        meanwhile.and_then(|until| candidates.iter().find(|one| one.costed.strategy.id == until.id));
    let mut swings = of_hours(setting, candidate, meanwhile, hours)?;
    swings.extend(of_speed(setting, candidates, candidate, meanwhile));
    swings.extend(of_training(setting, candidates, candidate, meanwhile));
    Some(swings)
}

fn of_hours<'a>(
    setting: &Setting<'a>,
    candidate: &Candidate<'a>,
    meanwhile: Option<&Candidate<'a>>,
    hours: &[AtStake],
) -> Option<Vec<Swing>> {
    let meanwhile = meanwhile.map(|one| (&one.costed, candidate.variant_before()));
    let served = AsServed::of(setting, &candidate.costed, candidate.variant()?, meanwhile)?;
    let nodes_usd = served.nodes_usd();
    let rate = setting.inputs.team.hourly_rate;
    let swing = |it: &AtStake| {
        let is_nodes = it.item.id == "self_host_upkeep_per_extra_node" && it.value > 0.0;
        let of_nodes = if is_nodes { nodes_usd / it.value } else { 0.0 };
        let usd_per_unit = served.people_usd(&it.alone) * rate + of_nodes;
        let at = |value: f64| usd_per_unit * (value - it.value);
        Swing { of: Uncertain::Hours(it.item.id), at_low: at(it.low), at_high: at(it.high) }
    };
    Some(hours.iter().map(swing).filter(|swing| swing.at_low != 0.0 || swing.at_high != 0.0).collect())
}

/// The GPU configurations that a candidate serves on, and that serves until it is ready.
fn option_of<'b, 'a>(
    candidate: &'b Candidate<'a>,
    variant: Option<&Variant>,
) -> Option<&'b ServingOption<'a>> {
    candidate.costed.operation.option_of(variant?)
}

/// What the speed of its GPUs does, and that of the GPUs that serve until it is ready.
fn of_speed<'a>(
    setting: &Setting<'a>,
    candidates: &[Candidate<'a>],
    candidate: &Candidate<'a>,
    meanwhile: Option<&Candidate<'a>>,
) -> Vec<Swing> {
    let own = option_of(candidate, candidate.variant());
    let before = meanwhile.and_then(|one| option_of(one, candidate.variant_before()));
    let Some(model) = candidate.model().filter(|_| own.is_some() || before.is_some()) else {
        return Vec::new();
    };
    let curve = Curve::new(model, &setting.months);
    let point = curve.point(setting.inputs.work.requests_per_month);
    let swing = |option: &ServingOption, at_speed: &dyn Fn(f64) -> f64| {
        let serves_on = |one: &&Candidate| option_of(one, one.variant()) == Some(option);
        let first = candidates.iter().find(serves_on).unwrap_or(candidate);
        // Against the same sum at its own speed, so that what changes nothing leaves no rounding behind.
        let likely = at_speed(1.0);
        let at = |speed| at_speed(speed) - likely;
        let (at_low, at_high) = (at(option.estimate.band.low), at(option.estimate.band.high));
        Swing { of: Uncertain::ServingSpeed(first.costed.strategy.id), at_low, at_high }
    };
    let own = own.map(|option| swing(option, &|speed| curve.at_speed(&point, speed)));
    let before = before.map(|option| swing(option, &|speed| curve.at_speed_before(&point, speed)));
    summed(own, before)
}

/// What the GPU-hours of its training do, and those of what serves until it is ready; bought cards cost what they cost,
/// however long a run.
fn of_training<'a>(
    setting: &Setting<'a>,
    candidates: &[Candidate<'a>],
    candidate: &Candidate<'a>,
    meanwhile: Option<&Candidate<'a>>,
) -> Vec<Swing> {
    let Some(model) = candidate.model().filter(|_| billing(setting.inputs) != GpuBilling::Owned) else {
        return Vec::new();
    };
    let swing = |job: &TrainingJob, variant: Option<&Variant>, span: std::ops::RangeInclusive<usize>| {
        let has_it = |one: &&Candidate| one.costed.operation.job.as_ref() == Some(job);
        let first = candidates.iter().find(has_it).unwrap_or(candidate);
        let usd = training_usd(setting, variant?, &span);
        let (at_low, at_high) = (usd * (job.band.low - 1.0), usd * (job.band.high - 1.0));
        Some(Swing { of: Uncertain::TrainingHours(first.costed.strategy.id), at_low, at_high })
    };
    let own = candidate.costed.operation.job.as_ref();
    let own = own.and_then(|job| swing(job, candidate.variant(), model.own_span(&setting.months)));
    let before = meanwhile.and_then(|one| one.costed.operation.job.as_ref());
    let before = before.and_then(|job| swing(job, candidate.variant_before(), model.before_span()));
    summed(own, before)
}

/// Training compute of a variant in month 0 and in a span, present value in US dollars.
fn training_usd(setting: &Setting, variant: &Variant, span: &std::ops::RangeInclusive<usize>) -> f64 {
    let months = variant.fixed.iter().zip(&setting.months.discount).enumerate();
    let paid = months.filter(|(month, _)| *month == 0 || span.contains(month));
    paid.map(|(_, (lines, factor))| lines.get(Line::TrainingCompute) * factor).sum()
}

/// Both swings, as one where they are of the same figure; none that does nothing.
fn summed(own: Option<Swing>, before: Option<Swing>) -> Vec<Swing> {
    let swings = match (own, before) {
        (Some(own), Some(before)) if own.of == before.of => {
            let (at_low, at_high) = (own.at_low + before.at_low, own.at_high + before.at_high);
            vec![Swing { at_low, at_high, ..own }]
        }
        (own, before) => own.into_iter().chain(before).collect(),
    };
    swings.into_iter().filter(|swing| swing.at_low != 0.0 || swing.at_high != 0.0).collect()
}
