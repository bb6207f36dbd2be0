//! The ways a strategy can serve: API calls, routing, hosted tuning, own GPUs with their training.

use std::sync::Arc;

use super::build::{Study, Unpriced};
use super::fleet::Fleet;
use super::ledger::{Line, Lines};
use super::operation::Variant;
use super::people;
use super::serving::{grouped, per_token_variant, provenance};
use super::shared::{Known, SharedHardware, recalled};
use super::tokens::{CallPrice, CallTokens, TokenFlow};
use super::training::{TrainingJob, fits_on, pretraining_job, training_job, training_lines, tuning_method};
use crate::domain::case::Case;
use crate::domain::catalog::{ApiModel, HostedTuning, OpenModel};
use crate::domain::explain::Derivation;
use crate::domain::hardware::{
    ServingOption, billing, owned_usd_per_month, serving_options, stand_in_options,
};
use crate::domain::input::{GpuBilling, Inputs, RoutingKind};
use crate::domain::sizing::TrainingRun;
use crate::domain::strategy::{Adaptation, Exclusion, ModelRole, Routing, Serving, Strategy};
use crate::domain::workload::labels_needed;
use crate::format::{count_exact, counted, usd_exact, usd_rate};

const MILLION: f64 = 1e6;

/// What the ways to serve amount to.
#[derive(Default)]
pub(super) struct Ways<'a> {
    pub variants: Vec<Variant>,
    pub migrations: Vec<usize>,
    pub derivations: Vec<Derivation>,
    pub options: Vec<ServingOption<'a>>,
    pub job: Option<TrainingJob<'a>>,
}

impl<'a> Study<'a> {
    /// The ways a strategy can serve from `own_from` on.
    pub(super) fn ways(&self, strategy: &'static Strategy, own_from: usize) -> Result<Ways<'a>, Unpriced> {
        match (strategy.serving, strategy.routing) {
            (Serving::ProviderApi, Routing::ByDifficulty) => self.routed(),
            (Serving::ProviderApi, _) => self.single_api(strategy),
            (Serving::ManagedOpen, _) => self.managed_ways(self.open_tokens()),
            (Serving::TunedAtProvider, _) => self.hosted(own_from),
            (Serving::OwnGpus, _) => self.on_own_gpus(strategy, own_from),
        }
    }

    fn single_api(&self, strategy: &Strategy) -> Result<Ways<'a>, Unpriced> {
        let (row, tokens) = match strategy.model {
            ModelRole::SmallApi => (self.small_api_model()?, self.small_tokens()),
            _ => (self.api_model()?, self.api_tokens()),
        };
        let priced = self.api_flow(row, tokens, 1.0)?;
        Ok(Ways {
            variants: vec![per_token_variant(Arc::new([priced.flow]))],
            migrations: priced.migrations,
            derivations: priced.derivation.into_iter().collect(),
            ..Ways::default()
        })
    }

    /// Routing between the large and the small API model (method §4).
    fn routed(&self) -> Result<Ways<'a>, Unpriced> {
        let hard = self.inputs.work.hard_share;
        let small_share = match self.inputs.work.routing {
            RoutingKind::Predictive => 1.0 - hard,
            RoutingKind::Cascade => 1.0,
        };
        let large = self.api_flow(self.api_model()?, self.api_tokens(), hard)?;
        let small = self.api_flow(self.small_api_model()?, self.small_tokens(), small_share)?;
        let classifier = self.classifier_flow()?;
        let judging = self.explain(|| self.classifier_derivation(&classifier));
        let mut migrations = large.migrations;
        migrations.extend(small.migrations);
        Ok(Ways {
            variants: vec![per_token_variant(Arc::new([large.flow, small.flow, classifier]))],
            migrations,
            derivations: [large.derivation, small.derivation, judging].into_iter().flatten().collect(),
            ..Ways::default()
        })
    }

    /// The classifier or verifier: its tokens at the small model's input price, once for each request.
    fn classifier_flow(&self) -> Result<TokenFlow, Unpriced> {
        let row = self.small_api_model()?;
        let path = self.price_path(row).map_err(Unpriced::Unknown)?;
        let tokens = self.inputs.work.classifier_tokens;
        let price =
            path.months.iter().map(|prices| CallPrice::flat(tokens * prices.input / MILLION)).collect();
        Ok(TokenFlow::new(1.0, price, 0.0))
    }

    fn classifier_derivation(&self, flow: &TokenFlow) -> Derivation {
        let inputs = self.inputs;
        Derivation {
            line: Line::Tokens,
            text: format!(
                "classifier or verifier: {} requests a month × {} tokens at the input price of {}, {} per million = {} in month 1",
                count_exact(inputs.work.requests_per_month),
                count_exact(inputs.work.classifier_tokens),
                inputs.models.small_api_model,
                usd_rate(flow.usd_per_request(1) / inputs.work.classifier_tokens * MILLION),
                usd_exact(flow.cost(1, inputs.work.requests_per_month)),
            ),
            formula: "method §4, routing",
            source: match self.small_api_model() {
                Ok(row) => format!("number of tokens: assumption of this tool, 2026-11; {}", provenance(row)),
                Err(_) => String::new(),
            },
        }
    }

    fn hosted(&self, own_from: usize) -> Result<Ways<'a>, Unpriced> {
        let offers = self.hosted_offers(own_from)?;
        let labels = labels_needed(self.inputs).max(self.inputs.data.labels);
        let tokens = self.tuned_tokens();
        let training_tokens = super::training::training_tokens(&tokens, labels, self.inputs);
        let mut ways = Ways::default();
        let mut refusal = None;
        for row in offers {
            match self.hosted_variant(row, tokens) {
                Ok(mut variant) => {
                    let usd_per_run = hosted_run_usd(row, training_tokens);
                    let runs = self.inputs.team.experiments;
                    let training = training_lines(usd_per_run, runs, own_from, &self.months, self.inputs);
                    variant.fixed = added(&variant.fixed, training);
                    variant.derivations.extend(self.explain(|| Derivation {
                        line: Line::TrainingCompute,
                        text: hosted_run_words(row, training_tokens, runs),
                        formula: "method §4, hosted tuning",
                        source: provenance(row),
                    }));
                    ways.variants.push(variant);
                }
                Err(reason) => refusal = Some(reason),
            }
        }
        match refusal {
            Some(reason) if ways.variants.is_empty() => Err(reason),
            _ => Ok(ways),
        }
    }

    fn on_own_gpus(&self, strategy: &'static Strategy, own_from: usize) -> Result<Ways<'a>, Unpriced> {
        let options = self.options_for(strategy)?;
        let share = match strategy.routing {
            Routing::TunedWithFallback => {
                self.inputs.work.task_share.unwrap_or(1.0 - self.inputs.work.hard_share)
            }
            _ => 1.0,
        };
        let mut ways = Ways::default();
        let mut shared_flows: Arc<[TokenFlow]> = Arc::default();
        if strategy.routing == Routing::TunedWithFallback {
            let large = self.api_flow(self.api_model()?, self.api_tokens(), 1.0 - share)?;
            let classifier = self.classifier_flow()?;
            ways.migrations = large.migrations;
            ways.derivations.extend(large.derivation);
            ways.derivations.extend(self.explain(|| self.classifier_derivation(&classifier)));
            shared_flows = Arc::new([large.flow, classifier]);
        }
        ways.job = self.job(strategy)?;
        let owned = billing(self.inputs) == GpuBilling::Owned;
        let training: Arc<[Lines]> = match &ways.job {
            None => Arc::default(),
            Some(job) if owned => self.bought_training_lines(job, own_from).into(),
            Some(job) => self.rented_training_lines(strategy, job, own_from).into(),
        };
        for (index, option) in options.iter().enumerate() {
            let fleet = self.fleet(option, share, 1.0);
            let bought = ways.job.as_ref().filter(|_| self.must_buy_for_training(strategy, option, &fleet));
            // Training is free on bought serving cards that hold the job.
            let fixed = if owned && bought.is_none() { Arc::default() } else { Arc::clone(&training) };
            let training_purchase_usd = bought.and_then(|job| job.purchase_usd(self.inputs)).unwrap_or(0.0);
            ways.variants.push(Variant {
                flows: Arc::clone(&shared_flows),
                fleet: Some(fleet),
                fixed,
                hardware: Some(index),
                training_purchase_usd,
                derivations: Vec::new(),
            });
        }
        if let Some(job) = &ways.job {
            let runs = first_runs(strategy, self.inputs);
            ways.derivations.extend(self.explain(|| Derivation {
                line: Line::TrainingCompute,
                text: match strategy.adaptation {
                    _ if owned => self.bought_words(job),
                    Adaptation::FromScratch => job.text(runs),
                    _ => job.text(runs) + ", one at each retrain",
                },
                formula: "method §5, training",
                source: provenance(job.gpu),
            }));
        }
        ways.options = options;
        Ok(ways)
    }

    fn options_for(&self, strategy: &Strategy) -> Result<Vec<ServingOption<'a>>, Unpriced> {
        let options = match strategy.model {
            ModelRole::Open => self.open_options.get_or_init(|| {
                let find = || self.open_options_anew();
                self.options_known(|it| &it.open, self.open_tokens(), find)
            }),
            ModelRole::Base => self.tuned_options.get_or_init(|| {
                let find = || serving_options(self.base_model()?, true, &self.tuned_tokens(), self.case);
                self.options_known(|it| &it.tuned, self.tuned_tokens(), find)
            }),
            _ => {
                let shape = nearest_dense(self.case)?;
                let find = || stand_in_options(shape, &self.tuned_tokens(), self.case);
                return Ok(self.options_known(|it| &it.custom, self.tuned_tokens(), find)?);
            }
        };
        Ok(options.clone()?)
    }

    fn open_options_anew(&self) -> Result<Vec<ServingOption<'a>>, Exclusion> {
        let open = serving_options(self.open_model()?, false, &self.open_tokens(), self.case);
        if open.is_ok() || self.inputs.constraints.data_boundary.allows_providers() {
            return open;
        }
        // Behind a boundary the base, prompted as it is, stands in for an open model that does not fit.
        serving_options(self.base_model()?, false, &self.open_tokens(), self.case).or(open)
    }

    /// What is known already of the options of one model, or else what is found now.
    fn options_known(
        &self,
        which: impl FnOnce(&SharedHardware) -> &Known,
        tokens: CallTokens,
        find: impl FnOnce() -> Result<Vec<ServingOption<'a>>, Exclusion>,
    ) -> Result<Vec<ServingOption<'a>>, Exclusion> {
        match self.shared {
            Some(shared) => recalled(which(shared), tokens, &self.case.catalog.gpus, find),
            None => find(),
        }
    }

    /// The training job of a strategy on own GPUs.
    fn job(&self, strategy: &Strategy) -> Result<Option<TrainingJob<'a>>, Unpriced> {
        match self.shared {
            Some(shared) => {
                let run = (strategy.id, self.tuned_tokens());
                shared.job(run, &self.case.catalog.gpus, || self.job_anew(strategy))
            }
            None => self.job_anew(strategy),
        }
    }

    fn job_anew(&self, strategy: &Strategy) -> Result<Option<TrainingJob<'a>>, Unpriced> {
        if strategy.adaptation == Adaptation::FromScratch {
            let shape = nearest_dense(self.case)?;
            let job = pretraining_job(shape, self.case);
            return job.map(Some).ok_or(Unpriced::Impossible(Exclusion::PretrainingDoesNotFit));
        }
        let Some(method) = tuning_method(strategy.adaptation, self.inputs) else { return Ok(None) };
        let model = self.base_model()?;
        let labels = people::labels_for(strategy, self.inputs).max(self.inputs.data.labels);
        training_job(model, method, &self.tuned_tokens(), labels, self.case)
            .map(Some)
            .ok_or(Unpriced::Impossible(Exclusion::TrainingDoesNotFit))
    }

    /// Training compute on rented GPUs.
    fn rented_training_lines(&self, strategy: &Strategy, job: &TrainingJob, own_from: usize) -> Vec<Lines> {
        let runs = first_runs(strategy, self.inputs);
        let mut lines = training_lines(job.usd_per_run, runs, own_from, &self.months, self.inputs);
        if strategy.adaptation == Adaptation::FromScratch {
            lines.iter_mut().skip(1).for_each(|lines| *lines = Lines::default());
        }
        lines
    }

    /// Cards bought for training alone.
    fn bought_training_lines(&self, job: &TrainingJob, own_from: usize) -> Vec<Lines> {
        let mut lines = vec![Lines::default(); self.months.horizon + 1];
        let monthly = owned_usd_per_month(job.gpu, self.inputs).unwrap_or(0.0) * job.cards_bought();
        for lines in lines.iter_mut().skip(own_from) {
            lines.add(Line::TrainingCompute, monthly);
        }
        // Training comes before the cut-over, so the cards stand from the first month on.
        if let Some(first) = lines.first_mut() {
            first.add(Line::TrainingCompute, monthly * (own_from as f64 - 1.0));
        }
        lines
    }

    /// The same in words.
    fn bought_words(&self, job: &TrainingJob) -> String {
        format!(
            "{} × {} bought to train on, as the GPUs that serve do not hold it: {} a month each for capital, power and space",
            count_exact(job.cards_bought()),
            job.gpu.name,
            usd_exact(owned_usd_per_month(job.gpu, self.inputs).unwrap_or(0.0)),
        )
    }

    /// Whether bought serving cards are too few or too small to train on.
    fn must_buy_for_training(&self, strategy: &Strategy, option: &ServingOption, fleet: &Fleet) -> bool {
        let replicas = fleet.min_replicas.max(1.0) * fleet.gpus_per_replica;
        let owned = (replicas / fleet.gpu_multiple).ceil() * fleet.gpu_multiple;
        billing(self.inputs) == GpuBilling::Owned && !self.fits_serving_cards(strategy, option, owned)
    }

    fn fits_serving_cards(&self, strategy: &Strategy, option: &ServingOption, owned: f64) -> bool {
        let Some(method) = tuning_method(strategy.adaptation, self.inputs) else { return false };
        let Ok(model) = self.base_model() else { return false };
        let tokens = self.tuned_tokens();
        let sequence = tokens.input() + tokens.output;
        [1_u32, 2, 4, 8]
            .into_iter()
            .filter(|count| f64::from(*count) <= owned)
            .any(|count| fits_on(&TrainingRun::new(model, option.gpu, count, method, sequence), self.inputs))
    }

    /// The chosen API model.
    ///
    /// # Errors
    /// That it is not in the catalogue.
    pub fn api_model(&self) -> Result<&'a ApiModel, Unpriced> {
        find_api(self.case, &self.inputs.models.api_model)
    }

    fn small_api_model(&self) -> Result<&'a ApiModel, Unpriced> {
        find_api(self.case, &self.inputs.models.small_api_model)
    }

    pub(super) fn open_model(&self) -> Result<&'a OpenModel, Exclusion> {
        find_open(self.case, &self.inputs.models.open_model)
    }

    pub(super) fn base_model(&self) -> Result<&'a OpenModel, Exclusion> {
        find_open(self.case, &self.inputs.models.base_model)
    }

    fn api_tokens(&self) -> CallTokens {
        self.workload.prompted(self.inputs.models.reasoning_multiplier_api)
    }

    fn small_tokens(&self) -> CallTokens {
        self.workload
            .prompted(self.inputs.models.reasoning_multiplier_small)
            .times(self.inputs.models.tokenizer_ratio_small)
    }

    pub(super) fn open_tokens(&self) -> CallTokens {
        self.workload
            .prompted(self.inputs.models.reasoning_multiplier_open)
            .times(self.inputs.models.tokenizer_ratio_open)
    }

    pub(super) fn tuned_tokens(&self) -> CallTokens {
        self.workload
            .tuned(self.inputs.models.reasoning_multiplier_open)
            .times(self.inputs.models.tokenizer_ratio_open)
    }
}

/// Training runs of the first time.
fn first_runs(strategy: &Strategy, inputs: &Inputs) -> f64 {
    if strategy.adaptation == Adaptation::FromScratch { 1.0 } else { inputs.team.experiments }
}

/// US dollars for one hosted training run.
fn hosted_run_usd(row: &HostedTuning, training_tokens: f64) -> f64 {
    let usd = row.training_usd_per_m_tokens.unwrap_or(0.0) * training_tokens / MILLION;
    usd.max(row.min_charge_usd.unwrap_or(0.0))
}

/// The same in words.
fn hosted_run_words(row: &HostedTuning, training_tokens: f64, runs: f64) -> String {
    let least = row.min_charge_usd.filter(|usd| *usd > 0.0);
    let least = least.map_or(String::new(), |usd| format!(", at least {}", usd_exact(usd)));
    format!(
        "{}: {} training tokens a run at {} per million{least} = {}; {} at first, one at each retrain",
        row.id(),
        grouped(training_tokens),
        usd_rate(row.training_usd_per_m_tokens.unwrap_or(0.0)),
        usd_exact(hosted_run_usd(row, training_tokens)),
        counted(&count_exact(runs), "run"),
    )
}

/// Amounts, with others on top where there are any.
fn added(others: &[Lines], mut amounts: Vec<Lines>) -> Arc<[Lines]> {
    for (lines, others) in amounts.iter_mut().zip(others) {
        lines.add_scaled(others, 1.0);
    }
    amounts.into()
}

fn find_api<'a>(case: &'a Case, id: &str) -> Result<&'a ApiModel, Unpriced> {
    let row = case.catalog.api_model(id);
    row.ok_or_else(|| Unpriced::Unknown(format!("{id} is not in the catalogue")))
}

fn find_open<'a>(case: &'a Case, id: &str) -> Result<&'a OpenModel, Exclusion> {
    case.catalog.open_model(id).ok_or_else(|| Exclusion::NotInCatalogue { model: id.to_owned() })
}

/// The dense model of the catalogue nearest in size: its shape stands in for a custom one.
fn nearest_dense(case: &Case) -> Result<&OpenModel, Unpriced> {
    let params = case.inputs.models.custom_params;
    let distance = |model: &OpenModel| libm::fabs(libm::log(model.params_total_b * 1e9 / params));
    case.catalog
        .open_models
        .iter()
        .filter(|model| model.picker && model.experts.is_none())
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .ok_or_else(|| Unpriced::Unknown("no shape for a custom model".to_owned()))
}
