//! How the lines of a model that is tuned and served by a provider came about.

use super::gpus::fleet_words;
use super::line::{Derivation, grouped, provenance};
use super::tokens::bill_words;
use crate::domain::catalog::{HostedTuning, ServingMode};
use crate::domain::cost::{Line, TokenPrices, TunedOffer, Variant, endpoint_usd_per_month, run_usd};
use crate::domain::input::Inputs;
use crate::domain::units::words::{count_exact, counted, usd_exact, usd_rate};

/// Tokens, endpoint and training of one offer.
pub(super) fn of_offer(offer: &TunedOffer, variant: &Variant, inputs: &Inputs) -> Vec<Derivation> {
    let row = offer.row;
    let line = |line, formula, text| Derivation { line, text, formula, source: provenance(row) };
    let mut derivations = Vec::new();
    if let (Some(prices), Some(flow)) = (TokenPrices::of_tuned(row), variant.flows.first()) {
        let text = bill_words(&row.name(), &offer.tokens, &prices, flow, inputs);
        derivations.push(line(Line::Tokens, "method §4, token bill at tuned prices", text));
    }
    if row.serving_mode == Some(ServingMode::Both) {
        derivations
            .extend(fee_words(row).map(|text| line(Line::ServingCompute, "method §4, hosted tuning", text)));
    }
    if let Some(fleet) = &variant.fleet {
        let gpu = row.endpoint_gpu.as_deref().unwrap_or("GPU");
        let replica = format!("{} × {gpu}", count_exact(fleet.gpus_per_replica));
        let text = format!("endpoint of {}: {}", row.name(), fleet_words(fleet, &replica, "", inputs));
        derivations.push(line(Line::ServingCompute, "method §5, replicas and cost", text));
    }
    let training = training_words(offer, inputs);
    derivations.push(line(Line::TrainingCompute, "method §4, hosted tuning", training));
    derivations
}

/// What an endpoint costs beside the tokens.
fn fee_words(row: &HostedTuning) -> Option<String> {
    let hourly = usd_rate(row.endpoint_usd_per_hour?);
    let monthly = usd_exact(endpoint_usd_per_month(row)?);
    Some(format!("endpoint of {}: {hourly} an hour × 730.5 hours = {monthly} a month", row.name()))
}

/// What the training runs cost.
fn training_words(offer: &TunedOffer, inputs: &Inputs) -> String {
    let runs = inputs.team.experiments;
    let row = offer.row;
    let least = row.min_charge_usd.filter(|usd| *usd > 0.0);
    let least = least.map_or(String::new(), |usd| format!(", at least {}", usd_exact(usd)));
    format!(
        "{}: {} training tokens a run at {} per million{least} = {}; {} at first, one at each retrain",
        row.name(),
        grouped(offer.training_tokens),
        usd_rate(row.training_usd_per_m_tokens.unwrap_or(0.0)),
        usd_exact(run_usd(offer, inputs)),
        counted(&count_exact(runs), "run"),
    )
}
