//! Tuning at a provider: which offers may be used, and what each costs to train and to serve (method §4).

use tunewise::domain::catalog::{Availability, HostedMethod, HostedTuning, LicenceClass, ServingMode};
use tunewise::domain::input::{DataBoundary, GpuBilling};
use tunewise::domain::strategy::StrategyId;

use super::amounts::Month;
use super::engine::{Hardware, Replica};
use super::hardware;
use super::knowledge::{self, Knowledge};
use super::months::{HOURS, Plain, count_of};
use super::people;
use super::prices;
use super::tokens::{Call, Called, Price, call_to, month_usd};
use super::ways::{Train, Way, has_contract};

/// Every offer that may be used from a cut-over on.
pub fn ways(
    plain: &Plain,
    knowledge: &Knowledge,
    found: &Hardware,
    own_from: usize,
) -> Result<Vec<Way>, String> {
    let ways: Vec<Way> =
        offers(plain, own_from).iter().flat_map(|offer| of_offer(plain, knowledge, found, offer)).collect();
    if ways.is_empty() { Err("no offer can be used".to_owned()) } else { Ok(ways) }
}

/// Of the offers that are open and priced those for the chosen base, LoRA first; others only if there are none. An offer
/// that is chosen by name stands alone.
fn offers<'a>(plain: &Plain<'a>, own_from: usize) -> Vec<&'a HostedTuning> {
    let wanted = &plain.inputs.models.hosted_tuning;
    let mut usable: Vec<&HostedTuning> = Vec::new();
    for offer in &plain.catalog.hosted_tuning {
        let is_wanted = wanted == "auto" || offer.id() == *wanted;
        if is_wanted
            && has_contract(plain, &offer.provider)
            && is_open(plain, offer, own_from)
            && has_prices(offer)
        {
            usable.push(offer);
        }
    }
    if wanted != "auto" {
        return usable;
    }
    let lora: Vec<&HostedTuning> = usable.iter().copied().filter(|offer| is_lora(plain, offer)).collect();
    let of_base: Vec<&HostedTuning> =
        usable.iter().copied().filter(|offer| tunes_base(plain, offer)).collect();
    if !lora.is_empty() {
        lora
    } else if !of_base.is_empty() {
        of_base
    } else {
        usable
    }
}

fn is_lora(plain: &Plain, offer: &HostedTuning) -> bool {
    tunes_base(plain, offer) && offer.method == Some(HostedMethod::Lora)
}

/// Whether tuning at a provider is LoRA of the base, as on own cards, whatever is the cut-over: then they are one
/// configuration (method §1).
pub fn is_lora_of_base(plain: &Plain) -> bool {
    let knowledge = knowledge::brought(plain, knowledge::is_too_much_for_prompt(plain));
    let mut weeks = 0.0_f64;
    for part in people::parts(StrategyId::HostedTune, &knowledge) {
        weeks = weeks.max(people::part_weeks(plain, part));
    }
    let latest = ((weeks * 168.0 / HOURS).ceil() as usize + 1).min(plain.horizon() + 1);
    let offers = offers(plain, latest);
    let boundary = plain.inputs.constraints.data_boundary;
    matches!(boundary, DataBoundary::AnyVendor | DataBoundary::Contract)
        && !offers.is_empty()
        && offers.iter().all(|offer| is_lora(plain, offer))
}

/// Open to new jobs at the cut-over, and served for twelve months after it (rule HT2).
fn is_open(plain: &Plain, offer: &HostedTuning, own_from: usize) -> bool {
    let cut_over = plain.calendar(own_from);
    let takes_jobs = offer.no_new_jobs_after.is_none_or(|day| count_of(day.year, day.month) >= cut_over);
    let is_served = offer.serving_ends_on.is_none_or(|day| count_of(day.year, day.month) >= cut_over + 12);
    // What is closed to new customers stays open to those who are some.
    let is_customer = plain.inputs.constraints.tuning_customer_of.contains(&offer.provider);
    let takes_user = match offer.availability {
        Availability::Open => true,
        Availability::Closed => false,
        _ => is_customer,
    };
    takes_user && takes_jobs && is_served
}

/// A price that is not known is never zero.
fn has_prices(offer: &HostedTuning) -> bool {
    let tokens = offer.tuned_input_usd_per_m.is_some() && offer.tuned_output_usd_per_m.is_some();
    let hour = offer.endpoint_usd_per_hour.is_some();
    let serving = match offer.serving_mode {
        Some(ServingMode::PerToken) => tokens,
        Some(ServingMode::DedicatedEndpoint) => hour && offer.endpoint_gpu.is_some(),
        Some(ServingMode::Both) => tokens && hour,
        None => false,
    };
    serving && offer.training_usd_per_m_tokens.is_some()
}

/// By name, or by a bracket of sizes.
fn tunes_base(plain: &Plain, offer: &HostedTuning) -> bool {
    let base = &plain.inputs.models.base_model;
    let Some(row) = plain.catalog.open_models.iter().find(|row| row.model == *base) else { return false };
    match &offer.open_model {
        Some(named) => named == base,
        None if offer.min_params_b.is_none() && offer.max_params_b.is_none() => false,
        None => {
            row.params_total_b > offer.min_params_b.unwrap_or(0.0)
                && row.params_total_b <= offer.max_params_b.unwrap_or(f64::INFINITY)
        }
    }
}

/// The ways to serve by one offer: of endpoints any number of cards that serves the base.
fn of_offer(plain: &Plain, knowledge: &Knowledge, found: &Hardware, offer: &HostedTuning) -> Vec<Way> {
    if offer.serving_mode != Some(ServingMode::DedicatedEndpoint) {
        return way(plain, knowledge, None, offer).into_iter().collect();
    }
    let endpoints = found.endpoints.iter().filter(|(id, _)| *id == offer.id());
    endpoints.filter_map(|(_, replica)| way(plain, knowledge, Some(replica), offer)).collect()
}

fn way(
    plain: &Plain,
    knowledge: &Knowledge,
    endpoint: Option<&Replica>,
    offer: &HostedTuning,
) -> Option<Way> {
    let call = call_to(plain, knowledge, Called::Tuned);
    if !may_use_base(plain, offer, &call) {
        return None;
    }
    let mut running = vec![Month::default(); plain.horizon() + 1];
    let mode = offer.serving_mode?;
    let tasks = plain.inputs.work.tasks;
    // Adapters of one base share its cards; other models of several tasks do not.
    let is_shared = offer.method != Some(HostedMethod::Full);
    let endpoint =
        endpoint.map(|replica| Replica { copies: if is_shared { 1.0 } else { tasks }, ..replica.clone() });
    for month in 1..=plain.horizon() {
        let calls = plain.requests(month) * plain.calls_per_request();
        let lines = &mut running[month];
        if mode != ServingMode::DedicatedEndpoint {
            let price = tuned_price(offer)?.times(prices::given_model(plain, month));
            lines.tokens = month_usd(plain, &call, &price, calls);
        }
        match mode {
            ServingMode::PerToken => {}
            // One deployment for each task, used or not.
            ServingMode::Both => lines.serving = offer.endpoint_usd_per_hour? * HOURS * tasks,
            // Replicas by the staircase of §5, billed while up; the provider's people run it.
            ServingMode::DedicatedEndpoint => {
                let used = hardware::used(plain, endpoint.as_ref()?, GpuBilling::Autoscaled, calls, 1.0);
                lines.serving = used.hours * offer.endpoint_usd_per_hour?;
            }
        }
    }
    // Tokens of a run: max(have, needed) examples as long as a call, × epochs (method §5); the validation set is read in
    // each of them, and billed unless the offer says otherwise.
    let examples = people::labels_needed(plain, StrategyId::HostedTune).max(plain.inputs.data.labels);
    let tokens = examples * (call.input() + call.output) * plain.inputs.team.epochs;
    let validation = match offer.validation_billed {
        Some(false) => 0.0,
        _ => plain.inputs.data.validation_share,
    };
    let tokens = tokens * (1.0 + validation);
    let usd = offer.training_usd_per_m_tokens? * tokens / 1e6;
    let usd = usd.max(offer.min_charge_usd.unwrap_or(0.0) * tasks);
    let training = Train::Runs { usd, first: plain.inputs.team.experiments, drift: false };
    Some(Way { running, migrations: Vec::new(), training })
}

/// Whether the licence of the weights that an offer tunes is not out, and calls fit their context or the limits of the
/// API model (method §2). A base that no table has is taken at its provider's word.
fn may_use_base(plain: &Plain, offer: &HostedTuning, call: &Call) -> bool {
    let open = match &offer.open_model {
        Some(named) => plain.catalog.open_models.iter().find(|row| row.model == *named),
        None if tunes_base(plain, offer) => {
            plain.catalog.open_models.iter().find(|row| row.model == plain.inputs.models.base_model)
        }
        None => None,
    };
    if let Some(row) = open {
        let is_permissive = row.licence_class.is_none_or(|class| class == LicenceClass::Permissive);
        let licence_allows = is_permissive || !plain.inputs.constraints.permissive_licence_only;
        return licence_allows && row.max_context.is_none_or(|most| call.longest() + call.output <= most);
    }
    let api = plain.catalog.api_models.iter().find(|row| row.model_id == offer.base_model);
    api.is_none_or(|row| {
        row.max_input_tokens.is_none_or(|most| call.longest() <= most)
            && row.max_output_tokens.is_none_or(|most| call.output <= most)
    })
}

fn tuned_price(offer: &HostedTuning) -> Option<Price> {
    Some(Price {
        input: offer.tuned_input_usd_per_m?,
        cached: offer.tuned_cached_input_usd_per_m,
        write: None,
        write_hour: None,
        output: offer.tuned_output_usd_per_m?,
        batch_discount: None,
        batch_cached: None,
        batch_stacks: false,
        flex: None,
        flex_cached: None,
        priority: None,
        least_cacheable: None,
        long_from: None,
        long_input: 1.0,
        long_output: 1.0,
    })
}
