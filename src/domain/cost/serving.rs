//! The ways a strategy can serve: offers of providers and GPU configurations, each as a variant to price.

use std::sync::Arc;

use super::bill_words::bill_words;
use super::build::{Study, Unpriced};
use super::explain::fleet_words;
use super::fleet::Fleet;
use super::ledger::Lines;
use super::operation::Variant;
use super::prices::{PricePath, has_own_price, retired_before};
use super::tokens::{CallPrice, CallTokens, TokenFlow, TokenPrices};
use super::ways::Ways;
use crate::domain::catalog::{ApiModel, Availability, HostedTuning, OpenModel, Provenance, ServingMode};
use crate::domain::demand::levels;
use crate::domain::explain::Derivation;
use crate::domain::hardware::{ServingOption, billing, options_on};
use crate::domain::input::{DataBoundary, GpuBilling, Inputs};
use crate::domain::quantity::HOURS_PER_MONTH;
use crate::domain::strategy::Exclusion;
use crate::format::{count_exact, usd_exact, usd_rate};

use super::ledger::Line;

/// A tuned model must be served this long after cut-over (rule HT2), months.
const MONTHS_SERVED_AFTER_CUT_OVER: i32 = 12;

/// An API model as it is called: its prices over time and how it explains them.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced {
    /// Calls billed per token.
    pub flow: TokenFlow,
    /// Months in which its model retires.
    pub migrations: Vec<usize>,
    /// How the line came about.
    pub derivation: Option<Derivation>,
}

impl<'a> Study<'a> {
    /// Calls to a chat model, `share` of all calls of a request.
    ///
    /// # Errors
    /// Why it cannot be used or priced.
    pub(super) fn api_flow(
        &self,
        row: &'a ApiModel,
        tokens: CallTokens,
        share: f64,
    ) -> Result<Priced, Unpriced> {
        check_limits(row, &tokens)?;
        self.check_provider(&row.provider)?;
        if let Some(date) = retired_before(row, &self.months) {
            return Err(Exclusion::Retired { model: row.model_id.clone(), date }.into());
        }
        let path = self.price_path(row).map_err(Unpriced::Unknown)?;
        let calls = self.calls_per_request * share;
        let flow = self.flow(&path, &tokens, calls);
        let derivation = self.explain(|| self.token_derivation(row, &tokens, &path, &flow));
        Ok(Priced { flow, migrations: path.migrations.clone(), derivation })
    }

    fn flow(&self, path: &PricePath, tokens: &CallTokens, calls_per_request: f64) -> TokenFlow {
        let batch_share = self.inputs.work.deferrable_share;
        let mut price: Vec<CallPrice> = Vec::with_capacity(path.months.len());
        for (month, prices) in path.months.iter().enumerate() {
            let same = month > 0 && path.months.get(month - 1) == Some(prices);
            match price.last().copied().filter(|_| same) {
                Some(before) => price.push(before),
                None => price.push(CallPrice::of(tokens, prices, batch_share)),
            }
        }
        TokenFlow::new(calls_per_request, price, self.inputs.data.cache_hit_share)
    }

    fn token_derivation(
        &self,
        row: &ApiModel,
        tokens: &CallTokens,
        path: &PricePath,
        flow: &TokenFlow,
    ) -> Derivation {
        let mut text = bill_words(&row.model_id, tokens, &path.months[0], flow, self.inputs);
        for note in &path.notes {
            text.extend(["; ", note]);
        }
        Derivation {
            line: Line::Tokens,
            text,
            formula: "method §4, token bill",
            source: if has_own_price(row, self.inputs) {
                format!("your prices; {}", provenance(row))
            } else {
                provenance(row)
            },
        }
    }

    /// Offers of exactly these open weights at inference providers, per token.
    pub(super) fn managed_ways(&self, tokens: CallTokens) -> Result<Ways<'a>, Unpriced> {
        let wanted = &self.inputs.models.managed_offer;
        let open = self.inputs.models.open_model.as_str();
        let offers: Vec<&ApiModel> = self
            .case
            .catalog
            .api_models
            .iter()
            .filter(|row| row.open_model.as_deref() == Some(open))
            .filter(|row| wanted == "auto" || row.model_id == *wanted)
            .collect();
        if offers.is_empty() {
            return Err(Exclusion::NoOfferPerToken { model: open.to_owned() }.into());
        }
        let mut ways = Ways::default();
        let mut refusal = None;
        for row in offers {
            match self.api_flow(row, tokens, 1.0) {
                Ok(priced) => {
                    ways.migrations = priced.migrations;
                    let derivations = priced.derivation.into_iter().collect();
                    ways.variants.push(Variant { derivations, ..per_token_variant(Arc::new([priced.flow])) });
                }
                Err(reason) => refusal = Some(reason),
            }
        }
        match refusal {
            Some(reason) if ways.variants.is_empty() => Err(reason),
            _ => Ok(ways),
        }
    }

    /// The fleet of one configuration, `share` of all calls of a request; `speed` scales its capacity.
    pub(super) fn fleet(&self, option: &ServingOption, share: f64, speed: f64) -> Fleet {
        let inputs = self.inputs;
        let owned = billing(inputs) == GpuBilling::Owned;
        let overhead = 1.0 + inputs.team.serving_overhead_share;
        Fleet {
            calls_per_request: self.calls_per_request * share,
            calls_per_second: option.estimate.calls_per_second * speed,
            interactive_share: 1.0 - inputs.work.deferrable_share,
            levels: levels(inputs.work.shape),
            burst: inputs.work.burst,
            planned_load: inputs.models.peak_utilisation,
            min_replicas: min_replicas(inputs),
            gpus_per_replica: f64::from(option.gpus),
            gpu_multiple: option.gpu_multiple(inputs),
            billing: billing(inputs),
            usd_per_gpu_hour: option.usd_per_gpu_hour * overhead,
            drift: Arc::clone(if owned { self.no_drift() } else { self.rent_drift() }),
            usd_per_further_node: inputs.team.self_host_upkeep_per_extra_node * inputs.team.hourly_rate,
        }
    }

    /// Offers to tune the base (or an API model) and serve the result, those that are open and priced.
    pub(super) fn hosted_offers(&self, cut_over_month: usize) -> Result<Vec<&'a HostedTuning>, Unpriced> {
        let wanted = &self.inputs.models.hosted_tuning;
        let catalog = &self.case.catalog;
        let base = catalog.open_model(&self.inputs.models.base_model);
        let candidates: Vec<&HostedTuning> = catalog
            .hosted_tuning
            .iter()
            .filter(|row| wanted == "auto" || row.id() == *wanted)
            .filter(|row| self.check_provider(&row.provider).is_ok())
            .collect();
        let open: Vec<&HostedTuning> =
            candidates.iter().copied().filter(|row| self.is_open_long_enough(row, cut_over_month)).collect();
        if open.is_empty() {
            return Err(match candidates.first() {
                Some(_) => Exclusion::TuningOffersClosed.into(),
                None => Exclusion::NoTuningProvider.into(),
            });
        }
        let priced: Vec<&HostedTuning> = open.into_iter().filter(|row| is_priced(row)).collect();
        let of_base: Vec<&HostedTuning> = priced.iter().copied().filter(|row| tunes(row, base)).collect();
        let chosen = if of_base.is_empty() || wanted != "auto" { priced } else { of_base };
        if chosen.is_empty() {
            return Err(Unpriced::Unknown(
                "the prices of the hosted-tuning offers that are open are not known".to_owned(),
            ));
        }
        Ok(chosen)
    }

    /// Whether an offer takes new jobs at the cut-over and serves the result for a year after it.
    fn is_open_long_enough(&self, row: &HostedTuning, cut_over_month: usize) -> bool {
        let cut_over = self.months.calendar(cut_over_month);
        let until = cut_over.plus_months(MONTHS_SERVED_AFTER_CUT_OVER);
        row.availability == Availability::Open
            && row.no_new_jobs_after.is_none_or(|date| date.year_month() >= cut_over)
            && row.serving_ends_on.is_none_or(|date| date.year_month() >= until)
    }

    /// The variant of one hosted-tuning offer.
    pub(super) fn hosted_variant(&self, row: &HostedTuning, tokens: CallTokens) -> Result<Variant, Unpriced> {
        let explain =
            |line, formula, text: String| Derivation { line, text, formula, source: provenance(row) };
        let mut variant = per_token_variant(Arc::default());
        let mode = row
            .serving_mode
            .ok_or_else(|| Unpriced::Unknown(format!("how {} serves is not known", row.id())))?;
        if mode != ServingMode::DedicatedEndpoint {
            let prices = TokenPrices::of_tuned(row).ok_or_else(|| {
                Unpriced::Unknown(format!("the serving prices of {} are not known", row.id()))
            })?;
            let path = PricePath {
                months: vec![prices; self.months.horizon + 1],
                migrations: Vec::new(),
                notes: Vec::new(),
            };
            let flow = self.flow(&path, &tokens, self.calls_per_request);
            variant.derivations.extend(self.explain(|| {
                let text = bill_words(&row.id(), &tokens, &path.months[0], &flow, self.inputs);
                explain(Line::Tokens, "method §4, token bill at tuned prices", text)
            }));
            variant.flows = Arc::new([flow]);
        }
        match mode {
            ServingMode::PerToken => {}
            ServingMode::Both => {
                let usd_per_hour = row.endpoint_usd_per_hour.ok_or_else(|| {
                    Unpriced::Unknown(format!("what the endpoint of {} costs is not known", row.id()))
                })?;
                let fee = usd_per_hour * HOURS_PER_MONTH;
                let mut fees = vec![Lines::default(); self.months.horizon + 1];
                fees.iter_mut().skip(1).for_each(|lines| lines.add(Line::ServingCompute, fee));
                variant.fixed = fees.into();
                variant.derivations.extend(self.explain(|| {
                    let (hourly, monthly) = (usd_rate(usd_per_hour), usd_exact(fee));
                    let text = format!(
                        "endpoint of {}: {hourly} an hour × 730.5 hours = {monthly} a month",
                        row.id()
                    );
                    explain(Line::ServingCompute, "method §4, hosted tuning", text)
                }));
            }
            ServingMode::DedicatedEndpoint => {
                let fleet = self.endpoint(row, tokens)?;
                variant.derivations.extend(self.explain(|| {
                    let gpu = row.endpoint_gpu.as_deref().unwrap_or("GPU");
                    let replica = format!("{} × {gpu}", count_exact(fleet.gpus_per_replica));
                    let text = format!(
                        "endpoint of {}: {}",
                        row.id(),
                        fleet_words(&fleet, &replica, "", self.inputs)
                    );
                    explain(Line::ServingCompute, "method §5, replicas and cost", text)
                }));
                variant.fleet = Some(fleet);
            }
        }
        Ok(variant)
    }

    /// A dedicated endpoint: the cheapest number of its GPUs that serves the base, billed per hour.
    fn endpoint(&self, row: &HostedTuning, tokens: CallTokens) -> Result<Fleet, Unpriced> {
        let unknown = || Unpriced::Unknown(format!("the endpoint of {} is not known", row.id()));
        let catalog = &self.case.catalog;
        let gpu = row.endpoint_gpu.as_deref().and_then(|name| catalog.gpu(name)).ok_or_else(unknown)?;
        let usd = row.endpoint_usd_per_hour.ok_or_else(unknown)?;
        let model = catalog.open_model(&self.inputs.models.base_model).ok_or_else(unknown)?;
        let options = options_on(vec![(gpu, usd)], model, true, &tokens, self.inputs)?;
        let option = options.iter().min_by_key(|option| option.gpus).ok_or_else(unknown)?;
        let mut fleet = self.fleet(option, 1.0, 1.0);
        fleet.billing = GpuBilling::Autoscaled;
        fleet.usd_per_gpu_hour = usd;
        fleet.drift = Arc::clone(self.no_drift());
        fleet.usd_per_further_node = 0.0;
        fleet.gpu_multiple = 1.0;
        Ok(fleet)
    }

    /// Whether the boundary lets this provider see the data.
    pub fn may_use(&self, provider: &str) -> bool {
        self.inputs.constraints.data_boundary.allows_providers() && self.check_provider(provider).is_ok()
    }

    /// As [`Study::may_use`] among boundaries that allow providers at all, with the reason.
    pub(super) fn check_provider(&self, provider: &str) -> Result<(), Exclusion> {
        let constraints = &self.inputs.constraints;
        match constraints.data_boundary {
            DataBoundary::Contract
                if !constraints.contracted_providers.iter().any(|name| name == provider) =>
            {
                Err(Exclusion::NoContract { provider: provider.to_owned() })
            }
            _ => Ok(()),
        }
    }
}

/// A variant that is billed per token only.
pub fn per_token_variant(flows: Arc<[TokenFlow]>) -> Variant {
    Variant {
        flows,
        fleet: None,
        fixed: Arc::default(),
        hardware: None,
        training_purchase_usd: 0.0,
        derivations: Vec::new(),
    }
}

/// Whether a call fits the limits of an API model.
fn check_limits(row: &ApiModel, tokens: &CallTokens) -> Result<(), Exclusion> {
    let model = || row.model_id.clone();
    if let Some(limit) = row.max_input_tokens.filter(|limit| tokens.input() > *limit) {
        return Err(Exclusion::InputTooLong { model: model(), limit, tokens: tokens.input() });
    }
    if let Some(limit) = row.max_output_tokens.filter(|limit| tokens.output > *limit) {
        return Err(Exclusion::OutputTooLong { model: model(), limit, tokens: tokens.output });
    }
    Ok(())
}

/// Replicas that always run (method §5).
fn min_replicas(inputs: &Inputs) -> f64 {
    let constraints = &inputs.constraints;
    if inputs.work.deferrable_share >= 1.0 || constraints.cold_starts_accepted {
        0.0
    } else if constraints.downtime_accepted {
        1.0
    } else {
        2.0
    }
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

/// Title, date and confidence of a row.
pub fn provenance(row: &impl Provenance) -> String {
    let as_of = row.as_of().map_or_else(|| "undated".to_owned(), |month| month.to_string());
    format!("{}, {as_of}, {}", row.source(), row.confidence().label())
}

/// A count with thousands separators and no decimals.
pub fn grouped(number: f64) -> String {
    crate::domain::input::format_number(libm::round(number), crate::domain::input::Unit::Plain(""))
}
