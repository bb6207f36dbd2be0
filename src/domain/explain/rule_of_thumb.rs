//! The guide's break-even range beside what this scenario says, and what the range depends on (method §8).

use super::verdict::{count, money};
use crate::domain::catalog::model_name;
use crate::domain::cost::Crossing;
use crate::domain::decide::{Assessment, Comparison};
use crate::domain::strategy::{Serving, Strategy};
use crate::domain::units::words::capital;
use crate::domain::workload::api_model;

/// From so many requests a month tuning typically pays, and to so many (guide, cost considerations).
pub const BREAK_EVEN_RANGE: (f64, f64) = (100_000.0, 1_000_000.0);

/// The break-even here, then the range and what it assumes; nothing where no API model is the reference.
pub fn sentence(comparison: &Comparison) -> Option<(String, String)> {
    let reference = comparison.reference.and_then(|reference| comparison.get(reference.id))?;
    let model = api_model(comparison.inputs, &comparison.setting.case.catalog)
        .filter(|_| reference.id.strategy().uses_api_model())?;
    let models = &comparison.inputs.models;
    let prices = (
        models.api_input_price.unwrap_or(model.input_usd_per_m),
        models.api_output_price.or(model.output_usd_per_m)?,
    );
    let base =
        comparison.setting.case.catalog.open_model(&models.base_model).map_or_else(String::new, |base| {
            format!(" and the base to tune has {} billion parameters", count(base.params_total_b))
        });
    let text = format!(
        "The guide’s rule of thumb is {} to {} requests a month; it fits models near $4 and $20 a million input and output tokens and two GPUs, and moves up with a cheaper API and a larger base. Here {} costs {} and {}{base}.",
        count(BREAK_EVEN_RANGE.0),
        count(BREAK_EVEN_RANGE.1),
        model_name(&model.model_id),
        money(prices.0),
        money(prices.1),
    );
    Some((capital(&here(comparison)), text))
}

/// The lowest volume at which a tuned model on own GPUs becomes cheaper than the reference.
fn here(comparison: &Comparison) -> String {
    let first = |assessment: &Assessment| {
        let crossings = &assessment.break_even.as_ref()?.crossings;
        crossings.iter().find(|crossing| crossing.cheaper_above).map(Crossing::said)
    };
    let tuned_here =
        |strategy: &Strategy| strategy.adaptation.is_tuned() && strategy.serving == Serving::OwnGpus;
    let candidates: Vec<&Assessment> = comparison
        .assessments
        .iter()
        .filter(|found| found.survives() && tuned_here(found.id.strategy()))
        .collect();
    if candidates.is_empty() {
        return "no tuned model on own GPUs fits.".to_owned();
    }
    if let Some(always) = candidates.iter().find(|found| is_always_cheaper(found)) {
        return format!("{} is cheaper at any volume.", always.id.noun_for(&always.name));
    }
    let found = candidates
        .into_iter()
        .filter_map(|found| Some((found, first(found)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.id.cmp(&b.0.id)));
    match found {
        Some((found, volume)) => format!(
            "{} becomes cheaper at {} requests a month.",
            found.id.noun_for(&found.name),
            count(volume)
        ),
        None => "no tuned model on own GPUs becomes cheaper at any volume.".to_owned(),
    }
}

fn is_always_cheaper(found: &Assessment) -> bool {
    found.break_even.as_ref().is_some_and(|it| it.cheaper_at_start && it.crossings.is_empty())
}
