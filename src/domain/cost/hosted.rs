//! Models tuned and served by a provider: its open offers, each as a variant to price (method §4).

use std::sync::Arc;

use super::api::{Called, check_limits, token_flow};
use super::fixed::{TrainingRuns, training_costs};
use super::fleet::Fleet;
use super::ledger::{Line, Lines};
use super::model::{Origin, Variant};
use super::operation::{Offer, Operation, TunedOffer};
use super::own_gpus::fleet_of;
use super::prices::{PricePath, drift};
use super::rates::TokenPrices;
use super::setting::{Setting, Unpriced};
use crate::domain::catalog::{
    Availability, HostedMethod, HostedTuning, LicenceClass, OpenModel, ServingMode,
};
use crate::domain::effort::{WEEKS_PER_MONTH, labels_to_tune, lead_weeks};
use crate::domain::hardware::{PricedGpu, ServedModel, ServingQuestion, placed, training_tokens};
use crate::domain::input::{GpuBilling, Inputs};
use crate::domain::strategy::{ClosedOffer, Exclusion, OfferClosed, StrategyId};
use crate::domain::units::{Date, HOURS_PER_MONTH, YearMonth};
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
        let offer =
            TunedOffer { row, tokens, training_tokens: billed_tokens(row, training_tokens, setting.inputs) };
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
    let wanted_rows = catalog.hosted_tuning.iter().filter(|row| wanted == "auto" || row.id() == *wanted);
    let wanted_rows: Vec<&HostedTuning> = wanted_rows.collect();
    let may_see = |row: &&HostedTuning| setting.check_provider(&row.provider).is_ok();
    let candidates: Vec<&HostedTuning> = wanted_rows.iter().copied().filter(may_see).collect();
    let is_open = |row: &&HostedTuning| closed(setting, row, cut_over_month).is_none();
    if candidates.is_empty() {
        // The one to ask for is a provider with an offer that can be taken, of the base where there is one.
        let open = || wanted_rows.iter().copied().filter(is_open);
        let asked =
            open().find(|row| tunes(row, base)).or_else(|| open().next()).or(wanted_rows.first().copied());
        return Err(no_provider(setting, asked).into());
    }
    let open: Vec<&HostedTuning> = candidates.iter().copied().filter(is_open).collect();
    if open.is_empty() {
        let mut offers: Vec<(bool, ClosedOffer)> = candidates
            .iter()
            .filter_map(|row| {
                let why = closed(setting, row, cut_over_month)?;
                Some((!tunes(row, base), ClosedOffer { offer: row.name(), why }))
            })
            .collect();
        offers.sort_by_key(|(is_of_another_base, _)| *is_of_another_base);
        let offers = offers.into_iter().map(|(_, offer)| offer).collect();
        return Err(Exclusion::TuningOffersClosed { offers }.into());
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
pub fn tunes_base_by_lora(setting: &Setting) -> bool {
    let inputs = setting.inputs;
    let weeks = lead_weeks(StrategyId::HostedTune.strategy(), setting.workload.retrieval, inputs);
    let latest = libm::ceil(weeks / WEEKS_PER_MONTH) as usize + 1;
    let base = setting.case.catalog.open_model(&inputs.models.base_model);
    inputs.constraints.data_boundary.allows_providers()
        && offers(setting, latest.min(setting.months.horizon + 1))
            .is_ok_and(|rows| rows.into_iter().all(|row| is_lora_of(row, base)))
}

/// Why nobody who tunes models may see the data; `asked` is an offer that could be taken.
fn no_provider(setting: &Setting, asked: Option<&HostedTuning>) -> Exclusion {
    let constraints = &setting.inputs.constraints;
    let is_chosen = setting.inputs.models.hosted_tuning != "auto";
    match asked {
        Some(row) if is_chosen || constraints.lacks_vendors() => {
            let may_see = setting.check_provider(&row.provider);
            may_see.err().unwrap_or(Exclusion::NoTuningProvider { contracted: Vec::new() })
        }
        _ => Exclusion::NoTuningProvider { contracted: constraints.contracted_providers.clone() },
    }
}

/// Tokens that a training run is billed for: those of the training set, and of a validation set in each pass over it
/// unless the provider does not bill them.
fn billed_tokens(row: &HostedTuning, training_tokens: f64, inputs: &Inputs) -> f64 {
    let validation = if row.validation_billed == Some(false) { 0.0 } else { inputs.data.validation_share };
    training_tokens * (1.0 + validation)
}

/// Why an offer does not take new jobs at the cut-over and serve the result for a year after it; `None` if it does.
fn closed(setting: &Setting, row: &HostedTuning, cut_over_month: usize) -> Option<OfferClosed> {
    let cut_over = setting.months.calendar(cut_over_month);
    let until = cut_over.plus_months(MONTHS_SERVED_AFTER_CUT_OVER);
    let is_customer = setting.inputs.constraints.tuning_customer_of.contains(&row.provider);
    let too_early = |date: Option<Date>, least: YearMonth| date.filter(|date| date.year_month() < least);
    if row.availability == Availability::Closed {
        return Some(OfferClosed::Over);
    }
    let ends = too_early(row.no_new_jobs_after, cut_over).map(OfferClosed::NoNewJobsAfter);
    let ends = ends.or_else(|| too_early(row.serving_ends_on, until).map(OfferClosed::ServingEnds));
    let to_new = row.availability != Availability::Open && !is_customer;
    ends.or_else(|| to_new.then_some(OfferClosed::ToNewCustomers))
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
    check_base(setting, row, tokens)?;
    let mode =
        row.serving_mode.ok_or_else(|| Unpriced::Unknown(format!("how {} serves is not known", row.id())))?;
    let mut variant = Variant::per_token(Arc::default(), origin);
    if mode != ServingMode::DedicatedEndpoint {
        let prices = TokenPrices::of_tuned(row)
            .ok_or_else(|| Unpriced::Unknown(format!("the serving prices of {} are not known", row.id())))?;
        let months = (0..=setting.months.horizon).map(|month| prices.times(drift(month, setting.inputs)));
        let path = PricePath { months: months.collect(), migrations: Vec::new(), events: Vec::new() };
        variant.flows = Arc::new([token_flow(
            setting,
            &path,
            &Called { tokens, split: None },
            setting.calls_per_request,
        )]);
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

/// Whether the model that an offer tunes may be used and takes calls of this length; one that the catalogue does not
/// have is taken at its provider's word.
fn check_base(setting: &Setting, row: &HostedTuning, tokens: &CallTokens) -> Result<(), Exclusion> {
    let catalog = &setting.case.catalog;
    let open = match &row.open_model {
        Some(name) => catalog.open_model(name),
        None if tunes(row, setting.base_model().ok()) => setting.base_model().ok(),
        None => None,
    };
    match (open, catalog.api_model(&row.base_model)) {
        (Some(model), _) => check_open_base(setting, model, tokens),
        (None, Some(model)) => check_limits(model, tokens),
        (None, None) => Ok(()),
    }
}

fn check_open_base(setting: &Setting, model: &OpenModel, tokens: &CallTokens) -> Result<(), Exclusion> {
    let named = || model.model.clone();
    let is_known_not_permissive = model.licence_class.is_some_and(|class| class != LicenceClass::Permissive);
    if setting.inputs.constraints.permissive_licence_only && is_known_not_permissive {
        return Err(Exclusion::LicenceOut { model: named(), licence: model.licence.clone() });
    }
    let needed = tokens.longest_input() + tokens.output;
    match model.max_context.filter(|limit| needed > *limit) {
        Some(limit) => Err(Exclusion::CallTooLong { model: named(), limit, tokens: needed }),
        None => Ok(()),
    }
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
    // Adapters of one base share its GPUs; models of several tasks that are tuned as a whole do not.
    let copies = if row.method == Some(HostedMethod::Full) { inputs.work.tasks } else { 1.0 };
    let fleet = |option| Fleet {
        billing: GpuBilling::Autoscaled,
        usd_per_gpu_hour: usd,
        capital_usd_per_gpu_hour: 0.0,
        usd_per_busy_gpu_hour: 0.0,
        usd_per_month: 0.0,
        standing_gpus: 0.0,
        drift: Arc::clone(setting.no_drift()),
        usd_per_further_node: 0.0,
        gpu_multiple: 1.0,
        ..fleet_of(setting, option, 1.0).copied(copies)
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
