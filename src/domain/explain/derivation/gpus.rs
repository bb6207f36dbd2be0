//! How the lines of own GPUs came about: serving, and training.

use super::line::{Derivation, provenance};
use super::people::{assumptions, rate};
use crate::domain::cost::{Costed, Fleet, Line, Operation, Variant, continued_pretraining_usd, first_runs};
use crate::domain::hardware::{
    ServingOption, TrainingJob, billing, load_power_usd_per_hour, owned_usd_per_month,
};
use crate::domain::input::{GpuBilling, Inputs, TrainingLoop};
use crate::domain::strategy::Adaptation;
use crate::domain::units::words::{GAP, count_exact, count_words, counted, share_exact, usd_exact, usd_rate};

const MILLION: f64 = 1e6;
/// The formula of own GPUs.
const FLEET: &str = "method §5, replicas and cost";
/// When a tuning run is made again.
const AGAIN: &str = ", one at each retrain";

/// How the line of training on GPUs of its own choice came about; nothing where it does not train there.
pub(super) fn of_training(costed: &Costed, variant: &Variant, inputs: &Inputs) -> Option<Derivation> {
    let job = costed.operation.job.as_ref()?;
    let adaptation = costed.strategy.adaptation;
    let words = |again: &str| {
        job_words(job, first_runs(costed.strategy, inputs)) + again + loop_words(adaptation, inputs)
    };
    let is_paid = variant.fixed.iter().any(|month| month.get(Line::TrainingCompute) > 0.0);
    Some(Derivation {
        line: Line::TrainingCompute,
        text: match adaptation {
            _ if billing(inputs) == GpuBilling::Owned && is_paid => {
                bought_words(job, inputs) + loop_words(adaptation, inputs)
            }
            _ if billing(inputs) == GpuBilling::Owned => {
                "the cards that serve hold it: nothing is bought to train on".to_owned()
                    + loop_words(adaptation, inputs)
            }
            Adaptation::FromScratch => words(""),
            Adaptation::Full => words(AGAIN) + &continued_words(costed, inputs),
            _ => words(AGAIN),
        },
        formula: "method §5, training",
        source: provenance(job.gpu),
    })
}

/// By which software a tuning run was sized.
const fn loop_words(adaptation: Adaptation, inputs: &Inputs) -> &'static str {
    match (adaptation, inputs.models.training_loop) {
        (Adaptation::FromScratch, _) => "",
        (_, TrainingLoop::Tuned) => "; by software that computes the loss in chunks and packs examples",
        (_, TrainingLoop::Plain) => "; by a plain loop that holds the logits in full and pads examples",
    }
}

/// What going on pretraining with text costs, where the base does.
fn continued_words(costed: &Costed, inputs: &Inputs) -> String {
    let job = costed.operation.job.as_ref();
    let usd = job.and_then(|job| continued_pretraining_usd(costed.strategy, job, inputs));
    usd.map_or_else(String::new, |usd| {
        let text = count_words(inputs.data.pretraining_tokens);
        format!("; before them the base goes on pretraining with {text} tokens of text at the same price a token, × 1.5 for failed runs: {}", usd_exact(usd))
    })
}

/// Cards bought for training alone.
fn bought_words(job: &TrainingJob, inputs: &Inputs) -> String {
    format!(
        "{} × {} bought to train on, as the GPUs that serve do not hold it: {} a month each for capital, power and space",
        count_exact(job.cards_bought()),
        job.gpu.name,
        usd_exact(owned_usd_per_month(job.gpu, inputs).unwrap_or(0.0)),
    )
}

/// A training run on rented GPUs: its tokens, GPU-hours and price.
fn job_words(job: &TrainingJob, runs: f64) -> String {
    // A pretraining is planned on whole nodes, whose memory is not asked.
    let each =
        if job.memory_gib > 0.0 { format!(" ({:.0} GiB each)", job.memory_gib) } else { String::new() };
    let hours = |factor: f64| count_exact(job.gpu_hours * factor);
    let price = match job.usd_per_run / job.gpu_hours {
        usd if usd.is_finite() => format!(" at {}", usd_rate(usd)),
        _ => String::new(),
    };
    let range = if job.band.is_measured() {
        "measured".to_owned()
    } else {
        format!("{} to {}", hours(job.band.low), hours(job.band.high))
    };
    format!(
        "{}{GAP}M tokens a run on {} × {}{each}: {} GPU-hours ({range}){price}, {} a run; {} at first",
        count_exact(job.tokens / MILLION),
        job.gpus,
        job.gpu.name,
        hours(1.0),
        usd_exact(job.usd_per_run),
        counted(&count_exact(runs), "run"),
    )
}

/// Replicas, GPU-hours, their price and what month 1 costs; `price` says what a GPU-hour is made of.
pub(super) fn fleet_words(fleet: &Fleet, replica: &str, price: &str, inputs: &Inputs) -> String {
    let month = fleet.month(1, inputs.work.requests_per_month);
    let hours = match fleet.billing {
        GpuBilling::Autoscaled => format!("{} GPU-hours", count_exact(month.gpu_hours)),
        _ => format!("{} × 730.5 hours", counted(&count_exact(month.peak_gpus), "GPU")),
    };
    format!(
        "{} of {replica} at the peak of month 1, {hours} at {}{price} = {} with the traffic of month 1",
        counted(&count_exact(month.peak_replicas), "replica"),
        usd_rate(fleet.usd_per_gpu_hour),
        usd_exact(month.compute_usd + fleet.busy_usd_per_request() * inputs.work.requests_per_month),
    )
}

/// How the lines of own GPUs came about; nothing where none serve.
pub(super) fn of_own_gpus(operation: &Operation, variant: &Variant, inputs: &Inputs) -> Vec<Derivation> {
    match (operation.option_of(variant), &variant.fleet) {
        (Some(option), Some(fleet)) => of_fleet(option, fleet, inputs),
        _ => Vec::new(),
    }
}

/// What an idle hour of a bought GPU draws less.
fn idle_words(option: &ServingOption, inputs: &Inputs) -> String {
    match load_power_usd_per_hour(option.gpu, inputs) {
        usd if usd > 0.0 => format!(" − {} while it idles", usd_rate(usd)),
        _ => String::new(),
    }
}

/// What power adds to the hours: by the work, or by the meter.
fn power_words(fleet: &Fleet, inputs: &Inputs) -> String {
    let economics = &inputs.economics;
    let usd = fleet.busy_usd_per_request() * inputs.work.requests_per_month;
    match economics.metered_kwh {
        Some(kwh) if billing(inputs) == GpuBilling::Owned => format!(
            " + {} kWh by the meter at {}, {} with the same addition",
            count_exact(kwh),
            usd_rate(economics.electricity_price),
            usd_exact(fleet.usd_per_month),
        ),
        _ if usd > 0.0 => format!(" + {} for the power that work draws beyond idling", usd_exact(usd)),
        _ => String::new(),
    }
}

fn of_fleet(option: &ServingOption, fleet: &Fleet, inputs: &Inputs) -> Vec<Derivation> {
    let economics = &inputs.economics;
    let (what, drift) = match billing(inputs) {
        GpuBilling::Owned => ("capital, power under load and space", 0.0),
        _ => ("rent", economics.gpu_rent_drift),
    };
    let price = format!(
        " a GPU-hour ({what} {}{} + {} for gateway, logging, staging and storage){}",
        usd_rate(option.usd_per_gpu_hour),
        idle_words(option, inputs),
        share_exact(inputs.team.serving_overhead_share),
        power_words(fleet, inputs),
    );
    let mut text = fleet_words(fleet, &option.label(), &price, inputs);
    if drift != 0.0 {
        text += &format!("; rents change by {} a year", share_exact(drift));
    }
    let source = option.source(inputs);
    let mut derivations = vec![Derivation { line: Line::ServingCompute, text, formula: FLEET, source }];
    let people_usd = fleet.month(1, inputs.work.requests_per_month).people_usd;
    if people_usd > 0.0 {
        derivations.push(Derivation {
            line: Line::PeopleRun,
            text: format!(
                "and {} of eight GPUs after the first × {} h a month at {} with the traffic of month 1",
                counted(&count_exact(people_usd / fleet.usd_per_further_node), "node"),
                count_exact(inputs.team.self_host_upkeep_per_extra_node),
                rate(inputs),
            ),
            formula: FLEET,
            source: assumptions(),
        });
    }
    derivations
}
