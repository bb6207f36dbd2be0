//! Models tuned and served by a provider: its open offers, each as a variant to price (method §4).

use std::sync::Arc;

use super::api::token_flow;
use super::fixed::{TrainingRuns, training_costs};
use super::fleet::Fleet;
use super::ledger::{Line, Lines};
use super::model::{Origin, Variant};
use super::operation::{Offer, Operation, TunedOffer};
use super::own_gpus::fleet_of;
use super::prices::PricePath;
use super::setting::{Setting, Unpriced};
use super::tokens::TokenPrices;
use crate::domain::catalog::{Availability, HostedMethod, HostedTuning, OpenModel, ServingMode};
use crate::domain::effort::{WEEKS_PER_MONTH, labels_to_tune, lead_weeks};
use crate::domain::hardware::{PricedGpu, ServedModel, ServingQuestion, placed, training_tokens};
use crate::domain::input::{GpuBilling, Inputs};
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::domain::units::HOURS_PER_MONTH;
use crate::domain::workload::CallTokens;

/// A tuned model must be served this long after cut-over (rule HT2), months.
const MONTHS_SERVED_AFTER_CUT_OVER: i32 = 12;
const MILLION: f64 = 1e6;

/// Tuning at a provider: one variant for each offer.
///
/// # Errors
/// Why no offer can be used or priced.
pub fn hosted<'a>(setting: &Setting<'a>, own_from: usize) -> Result<Operation<'a>, Unpriced> {
    let rows = offers(setting, own_from)?;
    let labels = labels_to_tune(setting.inputs).max(setting.inputs.data.labels);
    let tokens = setting.tuned_tokens();
    let training_tokens = training_tokens(&tokens, labels, setting.inputs);
    let mut operation = Operation::default();
    let mut variants = Vec::with_capacity(rows.len());
    let mut refusal = None;
    for row in rows {
        let offer = TunedOffer { row, tokens, training_tokens };
        match variants_of(setting, &offer, Origin::Offer(operation.offers.len()), own_from) {
            Ok(of_offer) => {
                variants.extend(of_offer);
                operation.offers.push(Offer::Tuned(offer));
            }
            Err(reason) => refusal = Some(reason),
        }
    }
    match refusal {
        Some(reason) if variants.is_empty() => Err(reason),
        _ => Ok(Operation { variants: variants.into(), ..operation }),
    }
}

/// Offers to tune the base (or an API model) and serve the result, those that are open and priced.
fn offers<'a>(setting: &Setting<'a>, cut_over_month: usize) -> Result<Vec<&'a HostedTuning>, Unpriced> {
    let wanted = &setting.inputs.models.hosted_tuning;
    let catalog = &setting.case.catalog;
    let base = catalog.open_model(&setting.inputs.models.base_model);
    let candidates: Vec<&HostedTuning> = catalog
        .hosted_tuning
        .iter()
        .filter(|row| wanted == "auto" || row.id() == *wanted)
        .filter(|row| setting.check_provider(&row.provider).is_ok())
        .collect();
    let is_open = |row: &&HostedTuning| is_open_long_enough(setting, row, cut_over_month);
    let open: Vec<&HostedTuning> = candidates.iter().copied().filter(is_open).collect();
    if open.is_empty() {
        return Err(match candidates.first() {
            Some(_) => Exclusion::TuningOffersClosed.into(),
            None => Exclusion::NoTuningProvider.into(),
        });
    }
    let priced: Vec<&HostedTuning> = open.into_iter().filter(|row| is_priced(row)).collect();
    let chosen = if wanted == "auto" { of_one_kind(priced, base) } else { priced };
    if chosen.is_empty() {
        return Err(Unpriced::Unknown(
            "the prices of the hosted-tuning offers that are open are not known".to_owned(),
        ));
    }
    Ok(chosen)
}

/// Of several offers those that *auto* chooses among: LoRA of the base before other ways to tune it, and these before
/// other bases. So what is chosen by price is one configuration, to which a measurement can belong.
fn of_one_kind<'a>(priced: Vec<&'a HostedTuning>, base: Option<&OpenModel>) -> Vec<&'a HostedTuning> {
    let kept = |keeps: &dyn Fn(&HostedTuning) -> bool| -> Vec<&'a HostedTuning> {
        priced.iter().copied().filter(|row| keeps(row)).collect()
    };
    let lora = kept(&|row| is_lora_of(row, base));
    let of_base = kept(&|row| tunes(row, base));
    [lora, of_base].into_iter().find(|rows| !rows.is_empty()).unwrap_or(priced)
}

fn is_lora_of(row: &HostedTuning, base: Option<&OpenModel>) -> bool {
    tunes(row, base) && row.method == Some(HostedMethod::Lora)
}

/// Whether every offer that may be chosen tunes the base by LoRA, as own GPUs would, at the latest cut-over there is.
pub fn hosted_is_lora_of_base(setting: &Setting) -> bool {
    let inputs = setting.inputs;
    let weeks = lead_weeks(StrategyId::HostedTune.strategy(), setting.workload.retrieval, inputs);
    let latest = libm::ceil(weeks / WEEKS_PER_MONTH) as usize + 1;
    let base = setting.case.catalog.open_model(&inputs.models.base_model);
    inputs.constraints.data_boundary.allows_providers()
        && offers(setting, latest.min(setting.months.horizon + 1))
            .is_ok_and(|rows| rows.into_iter().all(|row| is_lora_of(row, base)))
}

/// Whether an offer takes new jobs at the cut-over and serves the result for a year after it.
fn is_open_long_enough(setting: &Setting, row: &HostedTuning, cut_over_month: usize) -> bool {
    let cut_over = setting.months.calendar(cut_over_month);
    let until = cut_over.plus_months(MONTHS_SERVED_AFTER_CUT_OVER);
    row.availability == Availability::Open
        && row.no_new_jobs_after.is_none_or(|date| date.year_month() >= cut_over)
        && row.serving_ends_on.is_none_or(|date| date.year_month() >= until)
}

/// The variants of one offer: serving by token, by endpoint or both, and training on top; an endpoint may have any
/// number of its GPUs that serves the base.
fn variants_of(
    setting: &Setting,
    offer: &TunedOffer,
    origin: Origin,
    own_from: usize,
) -> Result<Vec<Variant>, Unpriced> {
    let TunedOffer { row, tokens, .. } = offer;
    let mode =
        row.serving_mode.ok_or_else(|| Unpriced::Unknown(format!("how {} serves is not known", row.id())))?;
    let mut variant = Variant::per_token(Arc::default(), origin);
    if mode != ServingMode::DedicatedEndpoint {
        let prices = TokenPrices::of_tuned(row)
            .ok_or_else(|| Unpriced::Unknown(format!("the serving prices of {} are not known", row.id())))?;
        let months = vec![prices; setting.months.horizon + 1];
        let path = PricePath { months, migrations: Vec::new(), events: Vec::new() };
        variant.flows = Arc::new([token_flow(setting, &path, tokens, setting.calls_per_request)]);
    }
    let mut fees = Vec::new();
    let mut fleets = Vec::new();
    match mode {
        ServingMode::PerToken => {}
        ServingMode::Both => fees = endpoint_fees(setting, row)?,
        ServingMode::DedicatedEndpoint => fleets = endpoints(setting, row, *tokens)?,
    }
    let runs =
        TrainingRuns { usd_per_run: run_usd(offer, setting.inputs), first: setting.inputs.team.experiments };
    let training = training_costs(runs, own_from, &setting.months, setting.inputs);
    variant.fixed = added(&fees, training.all);
    variant.occasional = training.occasional.into();
    if fleets.is_empty() {
        return Ok(vec![variant]);
    }
    Ok(fleets.into_iter().map(|fleet| Variant { fleet: Some(fleet), ..variant.clone() }).collect())
}

/// What an endpoint costs beside the tokens, by ledger month from 0.
fn endpoint_fees(setting: &Setting, row: &HostedTuning) -> Result<Vec<Lines>, Unpriced> {
    let each = endpoint_usd_per_month(row)
        .ok_or_else(|| Unpriced::Unknown(format!("what the endpoint of {} costs is not known", row.id())))?;
    // Each task has a model of its own, and so an endpoint.
    let fee = each * setting.inputs.work.tasks;
    let mut fees = vec![Lines::default(); setting.months.horizon + 1];
    fees.iter_mut().skip(1).for_each(|lines| lines.add(Line::ServingCompute, fee));
    Ok(fees)
}

/// US dollars a month for an endpoint that always stands; `None` where its price is unknown.
pub fn endpoint_usd_per_month(row: &HostedTuning) -> Option<f64> {
    row.endpoint_usd_per_hour.map(|usd| usd * HOURS_PER_MONTH)
}

/// A dedicated endpoint, billed per hour: with each number of its GPUs that serves the base.
fn endpoints(setting: &Setting, row: &HostedTuning, tokens: CallTokens) -> Result<Vec<Fleet>, Unpriced> {
    let unknown = || Unpriced::Unknown(format!("the endpoint of {} is not known", row.id()));
    let (inputs, catalog) = (setting.inputs, &setting.case.catalog);
    let name = row.endpoint_gpu.as_deref().filter(|name| catalog.gpu(name).is_some()).ok_or_else(unknown)?;
    let usd = row.endpoint_usd_per_hour.ok_or_else(unknown)?;
    let model = catalog.open_model(&inputs.models.base_model).ok_or_else(unknown)?;
    let served = ServedModel { model, is_tuned: true, tokens };
    let gpu = PricedGpu::named(name, usd, catalog);
    let options = placed(&ServingQuestion::on(gpu, &served, inputs, catalog).options()?, catalog);
    let fleet = |option| Fleet {
        billing: GpuBilling::Autoscaled,
        usd_per_gpu_hour: usd,
        capital_usd_per_gpu_hour: 0.0,
        standing_gpus: 0.0,
        drift: Arc::clone(setting.no_drift()),
        usd_per_further_node: 0.0,
        gpu_multiple: 1.0,
        ..fleet_of(setting, option, 1.0)
    };
    let fleets: Vec<Fleet> = options.iter().map(fleet).collect();
    if fleets.is_empty() { Err(unknown()) } else { Ok(fleets) }
}

/// Whether training and serving prices are known.
fn is_priced(row: &HostedTuning) -> bool {
    let tokens = row.tuned_input_usd_per_m.is_some() && row.tuned_output_usd_per_m.is_some();
    let endpoint = row.endpoint_usd_per_hour.is_some();
    let serves = match row.serving_mode {
        Some(ServingMode::PerToken) => tokens,
        Some(ServingMode::Both) => tokens && endpoint,
        Some(ServingMode::DedicatedEndpoint) => endpoint && row.endpoint_gpu.is_some(),
        None => false,
    };
    row.training_usd_per_m_tokens.is_some() && serves
}

/// Whether an offer tunes this base: by name, or by its size bracket.
fn tunes(row: &HostedTuning, base: Option<&OpenModel>) -> bool {
    let Some(base) = base else { return false };
    if row.open_model.is_some() {
        return row.open_model.as_deref() == Some(base.model.as_str());
    }
    let size = base.params_total_b;
    match (row.min_params_b, row.max_params_b) {
        (None, None) => false,
        (min, max) => min.is_none_or(|min| size > min) && max.is_none_or(|max| size <= max),
    }
}

/// US dollars for one training run of each task at a provider; the examples are those of all tasks.
pub fn run_usd(offer: &TunedOffer, inputs: &Inputs) -> f64 {
    let usd = offer.row.training_usd_per_m_tokens.unwrap_or(0.0) * offer.training_tokens / MILLION;
    usd.max(offer.row.min_charge_usd.unwrap_or(0.0) * inputs.work.tasks)
}

/// Amounts, with others on top where there are any.
fn added(others: &[Lines], mut amounts: Vec<Lines>) -> Arc<[Lines]> {
    for (lines, others) in amounts.iter_mut().zip(others) {
        lines.add_scaled(others, 1.0);
    }
    amounts.into()
}
