//! One strategy under these inputs: its parts, its ways to serve, and the model of its cost.

use std::cell::OnceCell;

use super::fleet::Fleet;
use super::ledger::{Line, Lines};
use super::operation::{CostModel, Variant};
use super::people::{self, FixedTerms, Part, WEEKS_PER_MONTH};
use super::retrieval::{RetrievalCost, api_may_embed, retrieval_cost};
use super::serving::{grouped, per_token_variant};
use super::tokens::{CallPrice, CallTokens, TokenFlow};
use super::training::{
    TrainingJob, pretraining_job, training_fits, training_job, training_lines, tuning_method,
};
use crate::domain::catalog::{ApiModel, Catalog, HostedTuning, OpenModel};
use crate::domain::demand::{Months, calls_per_request};
use crate::domain::evaluation::{Derivation, Reason};
use crate::domain::evidence::QualityState;
use crate::domain::hardware::{ServingOption, allowed_gpus, billing, owned_usd_per_month, serving_options};
use crate::domain::input::{GpuBilling, Inputs, RoutingKind, Today};
use crate::domain::quantity::HOURS_PER_MONTH;
use crate::domain::sizing::{TrainingRun, TuningMethod};
use crate::domain::strategy::{Adaptation, ModelRole, Routing, Serving, Strategy, StrategyId};
use crate::domain::workload::{Workload, labels_needed};

const MILLION: f64 = 1e6;

/// Why a strategy has no cost.
#[derive(Clone, Debug, PartialEq)]
pub enum Unpriced {
    /// A price it needs is not known.
    Unknown(String),
    /// It cannot be done at all.
    Impossible(Reason),
}

/// A strategy with everything that decides its cost.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its row.
    pub strategy: &'static Strategy,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Time to market, weeks; zero for what is in use today.
    pub lead_weeks: f64,
    /// Its cost at any volume.
    pub model: Result<CostModel, Unpriced>,
    /// GPU configurations that its variants refer to.
    pub options: Vec<ServingOption>,
    /// Its training run, if it trains on GPUs of its own choice.
    pub job: Option<TrainingJob>,
    /// How its lines came about.
    pub derivations: Vec<Derivation>,
    /// Money for labels still to be made.
    pub labels_usd: f64,
    /// Training compute of the first experiments; the cheapest variant's is in the ledger.
    pub first_training_usd: f64,
}

/// The inputs, and what several strategies share.
#[derive(Debug)]
pub struct Study<'a> {
    /// The inputs.
    pub inputs: &'a Inputs,
    /// Growth, calendar and discounting.
    pub months: Months,
    /// What one call carries.
    pub workload: Workload,
    /// Model calls for one request.
    pub calls_per_request: f64,
    open_options: OnceCell<Result<Vec<ServingOption>, Reason>>,
    tuned_options: OnceCell<Result<Vec<ServingOption>, Reason>>,
    retrieval: OnceCell<Result<Option<RetrievalCost>, String>>,
    lora_fits: OnceCell<Option<bool>>,
    line_retires: OnceCell<bool>,
}

/// What the ways to serve amount to.
#[derive(Default)]
pub(super) struct Ways {
    pub variants: Vec<Variant>,
    pub migrations: Vec<usize>,
    pub derivations: Vec<Derivation>,
    options: Vec<ServingOption>,
    job: Option<TrainingJob>,
    first_training_usd: f64,
}

impl<'a> Study<'a> {
    /// Prepare to build strategies for these inputs.
    pub fn new(inputs: &'a Inputs) -> Study<'a> {
        Study {
            inputs,
            months: Months::of(inputs),
            workload: Workload::of(inputs),
            calls_per_request: calls_per_request(inputs),
            open_options: OnceCell::new(),
            tuned_options: OnceCell::new(),
            retrieval: OnceCell::new(),
            lora_fits: OnceCell::new(),
            line_retires: OnceCell::new(),
        }
    }

    /// Whether LoRA training of the base fits some allowed number of allowed GPUs; `None` without a base.
    pub fn lora_training_fits(&self) -> Option<bool> {
        *self.lora_fits.get_or_init(|| {
            let tokens = self.tuned_tokens();
            let method = TuningMethod::Lora { rank: self.inputs.models.lora_rank };
            Some(training_fits(self.base_model().ok()?, method, tokens.input() + tokens.output, self.inputs))
        })
    }

    /// Whether the line of the API model retires within the horizon.
    pub fn api_line_retires(&self) -> bool {
        *self.line_retires.get_or_init(|| {
            let path = self
                .api_model()
                .ok()
                .map(|row| super::prices::price_path(row, &self.months, &self.inputs.economics));
            matches!(path, Some(Ok(path)) if !path.migrations.is_empty())
        })
    }

    /// Build a strategy; `reference` serves until it is ready, `None` builds the reference itself.
    pub fn build(&self, strategy: &'static Strategy, reference: Option<&Built>) -> Built {
        let parts = people::parts(strategy, self.workload.retrieval);
        let lead_weeks = self.lead_weeks(strategy);
        let delay = reference.map_or(0, |reference| delay_months(lead_weeks, reference.lead_weeks));
        let own_from = (delay + 1).min(self.months.horizon + 1);
        let labels_usd =
            people::labels_missing(strategy, self.inputs) * people::label_price(self.inputs, &self.workload);
        let mut built = Built {
            strategy,
            parts,
            lead_weeks,
            model: Err(Unpriced::Unknown(String::new())),
            options: Vec::new(),
            job: None,
            derivations: Vec::new(),
            labels_usd,
            first_training_usd: 0.0,
        };
        built.model =
            self.ways(strategy, own_from).and_then(|ways| self.model(&mut built, ways, reference, own_from));
        built
    }

    fn lead_weeks(&self, strategy: &Strategy) -> f64 {
        if today(self.inputs) == Some(strategy.id) {
            return 0.0;
        }
        people::lead_weeks(strategy, self.workload.retrieval, self.inputs)
    }

    /// Parts that exist already.
    fn sunk_parts(&self) -> Vec<Part> {
        today(self.inputs).map_or_else(Vec::new, |id| people::parts(id.strategy(), self.workload.retrieval))
    }

    fn model(
        &self,
        built: &mut Built,
        ways: Ways,
        reference: Option<&Built>,
        own_from: usize,
    ) -> Result<CostModel, Unpriced> {
        let strategy = built.strategy;
        let sunk = self.sunk_parts();
        let is_today = today(self.inputs) == Some(strategy.id);
        let terms = FixedTerms {
            parts: &built.parts,
            sunk: &sunk,
            evaluation_sunk: today(self.inputs).is_some(),
            labels_usd: if is_today { 0.0 } else { built.labels_usd },
            own_from,
            migrations: &ways.migrations,
            retrains: strategy.adaptation.is_tuned(),
            on_own_gpus: strategy.serving == Serving::OwnGpus,
            further_candidate: reference.is_some() && !is_today,
        };
        let mut fixed = people::fixed_costs(&terms, &self.months, self.inputs);
        built.derivations.extend(ways.derivations);
        built.derivations.extend(people_derivations(&terms, built, self.inputs));
        let retrieval = self.retrieval().clone().map_err(Unpriced::Unknown)?;
        let mut retrieval_per_request = 0.0;
        if let Some(cost) = &retrieval {
            for (lines, amounts) in fixed.iter_mut().zip(&cost.fixed) {
                lines.add_scaled(amounts, 1.0);
            }
            retrieval_per_request = cost.per_request;
            built.derivations.push(Derivation {
                line: Line::Retrieval,
                text: cost.text.clone(),
                formula: "method §4, retrieval",
                source: "formulas.md §8; embedding price of the catalogue, 2026-11".to_owned(),
            });
        }
        if let (Some(today), Some(first)) = (today(self.inputs), fixed.first_mut())
            && today != strategy.id
        {
            first.add(Line::PeopleBuild, self.inputs.economics.exit_cost);
        }
        let before = reference.filter(|_| own_from > 1);
        if let Some(reference) = before {
            self.add_reference_until(reference, &built.parts, &sunk, own_from, &mut fixed)?;
        }
        built.options = ways.options;
        built.job = ways.job;
        built.first_training_usd = ways.first_training_usd;
        let before = before
            .and_then(|reference| reference.model.as_ref().ok())
            .map_or_else(Vec::new, |model| model.variants.clone());
        Ok(CostModel {
            fixed,
            variants: ways.variants,
            before,
            own_from,
            retrieval_per_request,
            errors_per_request: self.errors_per_request(strategy),
        })
    }

    /// Until the cut-over the reference's running costs, and its one-offs that this strategy does not share.
    fn add_reference_until(
        &self,
        reference: &Built,
        own_parts: &[Part],
        sunk: &[Part],
        own_from: usize,
        fixed: &mut [Lines],
    ) -> Result<(), Unpriced> {
        let model = reference.model.as_ref().map_err(|_| {
            Unpriced::Unknown("the cost of what serves until it is ready is not known".to_owned())
        })?;
        let own_retrieval = self.retrieval().as_ref().ok().and_then(Option::as_ref);
        for month in 1..own_from.min(fixed.len()) {
            if let Some(lines) = model.fixed.get(month) {
                fixed[month].add_scaled(lines, 1.0);
            }
            // Retrieval is shared: the reference's fixed lines hold it already.
            if let Some(shared) = own_retrieval.and_then(|cost| cost.fixed.get(month)) {
                fixed[month].add_scaled(shared, -1.0);
            }
        }
        let extra: Vec<Part> = reference
            .parts
            .iter()
            .filter(|part| !own_parts.contains(part) && !sunk.contains(part))
            .copied()
            .collect();
        let hours: f64 = extra.iter().map(|part| part.build_hours(self.inputs)).sum();
        let experiments = people::experiment_hours(&extra, self.inputs);
        if let Some(first) = fixed.first_mut() {
            first.add(Line::PeopleBuild, (hours + experiments) * self.inputs.team.hourly_rate);
            if !extra.is_empty() {
                first.add(Line::Labels, reference.labels_usd);
            }
        }
        Ok(())
    }

    /// Expected cost of wrong answers for a request, where quality and cost per error are known.
    fn errors_per_request(&self, strategy: &Strategy) -> Option<f64> {
        let quality = &self.inputs.quality;
        let state = QualityState::of(strategy.evidence(self.inputs), quality.required_quality);
        Some((1.0 - state.share()?) * quality.cost_per_error?)
    }

    /// What retrieval costs, if the task needs it.
    pub fn retrieval(&self) -> &Result<Option<RetrievalCost>, String> {
        self.retrieval.get_or_init(|| {
            if !self.workload.retrieval {
                return Ok(None);
            }
            let own_embedding = if api_may_embed(self.inputs.constraints.data_boundary) {
                None
            } else {
                let cheapest =
                    allowed_gpus("auto", self.inputs).map(|(_, usd)| usd).fold(f64::INFINITY, f64::min);
                if !cheapest.is_finite() {
                    return Err("no GPU with a known price can run the embedding model".to_owned());
                }
                Some(cheapest * HOURS_PER_MONTH)
            };
            retrieval_cost(self.inputs, &self.months, own_embedding).map(Some)
        })
    }

    /// The ways a strategy can serve from `own_from` on.
    fn ways(&self, strategy: &'static Strategy, own_from: usize) -> Result<Ways, Unpriced> {
        match (strategy.serving, strategy.routing) {
            (Serving::ProviderApi, Routing::ByDifficulty) => self.routed(),
            (Serving::ProviderApi, _) => self.single_api(strategy),
            (Serving::ManagedOpen, _) => self.managed_ways(self.open_tokens()),
            (Serving::TunedAtProvider, _) => self.hosted(own_from),
            (Serving::OwnGpus, _) => self.on_own_gpus(strategy, own_from),
        }
    }

    fn single_api(&self, strategy: &Strategy) -> Result<Ways, Unpriced> {
        let (row, tokens) = match strategy.model {
            ModelRole::SmallApi => (self.small_api_model()?, self.small_tokens()),
            _ => (self.api_model()?, self.api_tokens()),
        };
        let priced = self.api_flow(row, tokens, 1.0)?;
        Ok(Ways {
            variants: vec![per_token_variant(&row.model_id, vec![priced.flow])],
            migrations: priced.migrations,
            derivations: vec![priced.derivation],
            ..Ways::default()
        })
    }

    /// Routing between the large and the small API model (method §4).
    fn routed(&self) -> Result<Ways, Unpriced> {
        let hard = self.inputs.work.hard_share;
        let small_share = match self.inputs.work.routing {
            RoutingKind::Predictive => 1.0 - hard,
            RoutingKind::Cascade => 1.0,
        };
        let large = self.api_flow(self.api_model()?, self.api_tokens(), hard)?;
        let small = self.api_flow(self.small_api_model()?, self.small_tokens(), small_share)?;
        let classifier = self.classifier_flow()?;
        let mut migrations = large.migrations;
        migrations.extend(small.migrations);
        Ok(Ways {
            variants: vec![per_token_variant("large and small", vec![large.flow, small.flow, classifier])],
            migrations,
            derivations: vec![large.derivation, small.derivation, self.classifier_derivation()],
            ..Ways::default()
        })
    }

    /// The classifier or verifier: its tokens at the small model's input price, once for each request.
    fn classifier_flow(&self) -> Result<TokenFlow, Unpriced> {
        let row = self.small_api_model()?;
        let path = super::prices::price_path(row, &self.months, &self.inputs.economics)
            .map_err(Unpriced::Unknown)?;
        let tokens = self.inputs.work.classifier_tokens;
        let price =
            path.months.iter().map(|prices| CallPrice::flat(tokens * prices.input / MILLION)).collect();
        Ok(TokenFlow::new(1.0, price, 0.0))
    }

    fn classifier_derivation(&self) -> Derivation {
        Derivation {
            line: Line::Tokens,
            text: format!(
                "classifier or verifier: {} tokens a request at the input price of {}",
                grouped(self.inputs.work.classifier_tokens),
                self.inputs.models.small_api_model
            ),
            formula: "method §4, routing",
            source: "assumption of this tool, 2026-11".to_owned(),
        }
    }

    fn hosted(&self, own_from: usize) -> Result<Ways, Unpriced> {
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
                    add_all(
                        &mut variant.fixed,
                        training_lines(usd_per_run, runs, own_from, &self.months, self.inputs),
                    );
                    ways.derivations.push(Derivation {
                        line: Line::TrainingCompute,
                        text: format!(
                            "{}: {:.1} M training tokens a run = ${usd_per_run:.2}, {runs:.0} runs at first",
                            variant.label,
                            training_tokens / MILLION
                        ),
                        formula: "method §4, hosted tuning",
                        source: super::serving::provenance(row),
                    });
                    ways.first_training_usd = ways.first_training_usd.max(usd_per_run * runs);
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

    fn on_own_gpus(&self, strategy: &'static Strategy, own_from: usize) -> Result<Ways, Unpriced> {
        let options = self.options_for(strategy)?;
        let share = match strategy.routing {
            Routing::TunedWithFallback => {
                self.inputs.work.task_share.unwrap_or(1.0 - self.inputs.work.hard_share)
            }
            _ => 1.0,
        };
        let mut ways = Ways::default();
        let mut shared_flows = Vec::new();
        if strategy.routing == Routing::TunedWithFallback {
            let large = self.api_flow(self.api_model()?, self.api_tokens(), 1.0 - share)?;
            shared_flows = vec![large.flow, self.classifier_flow()?];
            ways.migrations = large.migrations;
            ways.derivations = vec![large.derivation, self.classifier_derivation()];
        }
        ways.job = self.job(strategy)?;
        for (index, option) in options.iter().enumerate() {
            let fleet = self.fleet(option, share, 1.0);
            let fixed = match &ways.job {
                Some(job) => self.own_training_lines(strategy, job, option, &fleet, own_from),
                None => Vec::new(),
            };
            ways.variants.push(Variant {
                label: option.label(),
                flows: shared_flows.clone(),
                fleet: Some(fleet),
                fixed,
                hardware: Some(index),
            });
        }
        if let Some(job) = &ways.job {
            let runs = first_runs(strategy, self.inputs);
            ways.first_training_usd = job.usd_per_run * runs;
            ways.derivations.push(Derivation {
                line: Line::TrainingCompute,
                text: job.text(runs),
                formula: "method §5, training",
                source: super::serving::provenance(job.gpu),
            });
        }
        ways.options = options;
        Ok(ways)
    }

    fn options_for(&self, strategy: &Strategy) -> Result<Vec<ServingOption>, Unpriced> {
        let options = match strategy.model {
            ModelRole::Open => self.open_options.get_or_init(|| {
                let model = self.open_model()?;
                serving_options(model, false, &self.open_tokens(), self.inputs)
            }),
            ModelRole::Base => self.tuned_options.get_or_init(|| {
                let model = self.base_model()?;
                serving_options(model, true, &self.tuned_tokens(), self.inputs)
            }),
            _ => {
                return self.own_options(
                    nearest_dense(self.inputs.models.custom_params)?,
                    true,
                    self.tuned_tokens(),
                );
            }
        };
        options.clone().map_err(Unpriced::Impossible)
    }

    /// The training job of a strategy on own GPUs.
    fn job(&self, strategy: &Strategy) -> Result<Option<TrainingJob>, Unpriced> {
        let no_fit = |what: &str| {
            Unpriced::out(
                "capacity",
                format!("{what} does not fit the GPUs allowed for training"),
                "more or larger GPUs",
            )
        };
        if strategy.adaptation == Adaptation::FromScratch {
            return pretraining_job(self.inputs).map(Some).ok_or_else(|| no_fit("pretraining"));
        }
        let Some(method) = tuning_method(strategy.adaptation, self.inputs) else { return Ok(None) };
        let model = self.base_model().map_err(Unpriced::Impossible)?;
        let labels = people::labels_for(strategy, self.inputs).max(self.inputs.data.labels);
        training_job(model, method, &self.tuned_tokens(), labels, self.inputs)
            .map(Some)
            .ok_or_else(|| no_fit("training"))
    }

    /// Training compute of a GPU variant: free on owned serving cards that hold the job, else rented or bought for it.
    fn own_training_lines(
        &self,
        strategy: &Strategy,
        job: &TrainingJob,
        option: &ServingOption,
        fleet: &Fleet,
        own_from: usize,
    ) -> Vec<Lines> {
        let runs = first_runs(strategy, self.inputs);
        if billing(self.inputs) != GpuBilling::Owned {
            let retrained = strategy.adaptation != Adaptation::FromScratch;
            let mut lines = training_lines(job.usd_per_run, runs, own_from, &self.months, self.inputs);
            if !retrained {
                lines.iter_mut().skip(1).for_each(|lines| *lines = Lines::default());
            }
            return lines;
        }
        let mut lines = vec![Lines::default(); self.months.horizon + 1];
        let owned = libm::ceil(fleet.min_replicas.max(1.0) * fleet.gpus_per_replica / fleet.gpu_multiple)
            * fleet.gpu_multiple;
        let on_serving_cards = self.fits_serving_cards(strategy, option, owned);
        if !on_serving_cards {
            let bought = if job.gpu.is_bought_in_eights() {
                libm::ceil(f64::from(job.gpus) / 8.0) * 8.0
            } else {
                f64::from(job.gpus)
            };
            let monthly = owned_usd_per_month(job.gpu, self.inputs).unwrap_or(0.0) * bought;
            for lines in lines.iter_mut().skip(1) {
                lines.add(Line::TrainingCompute, monthly);
            }
        }
        lines
    }

    fn fits_serving_cards(&self, strategy: &Strategy, option: &ServingOption, owned: f64) -> bool {
        let Some(method) = tuning_method(strategy.adaptation, self.inputs) else { return false };
        let Ok(model) = self.base_model() else { return false };
        let tokens = self.tuned_tokens();
        [1_u32, 2, 4, 8].into_iter().filter(|count| f64::from(*count) <= owned).any(|count| {
            TrainingRun::new(model, option.gpu, count, method, tokens.input() + tokens.output).fits()
        })
    }

    fn api_model(&self) -> Result<&'static ApiModel, Unpriced> {
        find_api(&self.inputs.models.api_model)
    }

    fn small_api_model(&self) -> Result<&'static ApiModel, Unpriced> {
        find_api(&self.inputs.models.small_api_model)
    }

    fn open_model(&self) -> Result<&'static OpenModel, Reason> {
        find_open(&self.inputs.models.open_model)
    }

    fn base_model(&self) -> Result<&'static OpenModel, Reason> {
        find_open(&self.inputs.models.base_model)
    }

    fn api_tokens(&self) -> CallTokens {
        self.workload.prompted(self.inputs.models.reasoning_multiplier_api)
    }

    fn small_tokens(&self) -> CallTokens {
        self.workload
            .prompted(self.inputs.models.reasoning_multiplier_small)
            .times(self.inputs.models.tokenizer_ratio_small)
    }

    fn open_tokens(&self) -> CallTokens {
        self.workload
            .prompted(self.inputs.models.reasoning_multiplier_open)
            .times(self.inputs.models.tokenizer_ratio_open)
    }

    fn tuned_tokens(&self) -> CallTokens {
        self.workload
            .tuned(self.inputs.models.reasoning_multiplier_open)
            .times(self.inputs.models.tokenizer_ratio_open)
    }
}

/// The strategy in use today.
pub fn today(inputs: &Inputs) -> Option<StrategyId> {
    match inputs.economics.today {
        Today::Nothing => None,
        other => StrategyId::from_key(other.id()),
    }
}

/// Months from one cut-over to the other, rounded to the nearest month.
fn delay_months(lead_weeks: f64, reference_weeks: f64) -> usize {
    libm::round((lead_weeks - reference_weeks).max(0.0) / WEEKS_PER_MONTH) as usize
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

fn add_all(into: &mut Vec<Lines>, amounts: Vec<Lines>) {
    if into.is_empty() {
        *into = amounts;
        return;
    }
    for (lines, amounts) in into.iter_mut().zip(&amounts) {
        lines.add_scaled(amounts, 1.0);
    }
}

fn find_api(id: &str) -> Result<&'static ApiModel, Unpriced> {
    Catalog::builtin().api_model(id).ok_or_else(|| Unpriced::Unknown(format!("{id} is not in the catalogue")))
}

fn find_open(id: &str) -> Result<&'static OpenModel, Reason> {
    Catalog::builtin().open_model(id).ok_or_else(|| Reason {
        rule: "capacity".to_owned(),
        text: format!("{id} is not in the catalogue"),
        relax: Some("a model of the catalogue".to_owned()),
    })
}

/// The dense model of the catalogue nearest in size: its shape stands in for a custom one.
fn nearest_dense(params: f64) -> Result<&'static OpenModel, Unpriced> {
    let distance = |model: &OpenModel| libm::fabs(libm::log(model.params_total_b * 1e9 / params));
    Catalog::builtin()
        .open_models
        .iter()
        .filter(|model| model.picker && model.experts.is_none())
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .ok_or_else(|| Unpriced::Unknown("no shape for a custom model".to_owned()))
}

/// How the lines of people, labels and evaluation came about.
fn people_derivations(terms: &FixedTerms, built: &Built, inputs: &Inputs) -> Vec<Derivation> {
    let rate = inputs.team.hourly_rate;
    let source = "effort_defaults.csv (assumptions with ranges), 2026-11".to_owned();
    let formula = "method §6, people";
    let mut derivations = Vec::new();
    let build: Vec<String> = terms
        .parts
        .iter()
        .map(|part| {
            let existing = if terms.sunk.contains(part) { ", exists already" } else { "" };
            format!("{} {} h{existing}", part.label(), grouped(part.build_hours(inputs)))
        })
        .collect();
    let runs = people::experiment_hours(terms.parts, inputs);
    let experiments = if runs > 0.0 { format!("; training runs {} h", grouped(runs)) } else { String::new() };
    derivations.push(Derivation {
        line: Line::PeopleBuild,
        text: format!("{}{experiments}; at ${rate} an hour", build.join(", ")),
        formula,
        source: source.clone(),
    });
    derivations.push(Derivation {
        line: Line::PeopleRun,
        text: format!(
            "{} h a month at ${rate} an hour{}",
            grouped(people::monthly_hours(terms.parts, inputs)),
            if terms.retrains {
                format!("; a retrain every {} months", inputs.team.retrain_interval)
            } else {
                String::new()
            }
        ),
        formula,
        source: source.clone(),
    });
    derivations.push(Derivation {
        line: Line::Evaluation,
        text: format!(
            "evaluation set {} h{}; {} h for each further candidate, retrain or migration",
            grouped(inputs.team.eval_set),
            if terms.evaluation_sunk { ", exists already" } else { "" },
            grouped(inputs.team.re_evaluation)
        ),
        formula,
        source: source.clone(),
    });
    let needed = people::labels_for(built.strategy, inputs);
    if needed > 0.0 {
        derivations.push(Derivation {
            line: Line::Labels,
            text: format!(
                "{} labels needed, {} there: {} to make for ${:.2}",
                grouped(needed),
                grouped(inputs.data.labels),
                grouped(people::labels_missing(built.strategy, inputs)),
                built.labels_usd
            ),
            formula: "method §6, labels",
            source,
        });
    }
    derivations
}
