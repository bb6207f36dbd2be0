//! One strategy under these inputs: its parts, its ways to serve, and the model of its cost.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use super::explain::{errors_derivation, people_derivations};
use super::ledger::{Line, Lines};
use super::operation::CostModel;
use super::people::{self, FixedTerms, Part, WEEKS_PER_MONTH};
use super::prices::PricePath;
use super::retrieval::{RetrievalCost, api_may_embed, retrieval_cost};
use super::shared::SharedHardware;
use super::training::{TrainingJob, training_fits};
use super::ways::Ways;
use crate::domain::case::Case;
use crate::domain::catalog::ApiModel;
use crate::domain::demand::{Months, calls_per_request};
use crate::domain::evidence::QualityState;
use crate::domain::explain::Derivation;
use crate::domain::hardware::{ServingOption, allowed_gpus, serving_options};
use crate::domain::input::{Inputs, Today};
use crate::domain::quantity::HOURS_PER_MONTH;
use crate::domain::sizing::TuningMethod;
use crate::domain::strategy::{Exclusion, Serving, Strategy, StrategyId};
use crate::domain::workload::Workload;

/// Why a strategy has no cost.
#[derive(Clone, Debug, PartialEq)]
pub enum Unpriced {
    /// A price it needs is not known.
    Unknown(String),
    /// It cannot be done at all.
    Impossible(Exclusion),
}

impl From<Exclusion> for Unpriced {
    fn from(exclusion: Exclusion) -> Unpriced {
        Unpriced::Impossible(exclusion)
    }
}

/// A strategy with everything that decides its cost.
#[derive(Clone, Debug)]
pub struct Built<'a> {
    /// Its row.
    pub strategy: &'static Strategy,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Time to market, weeks; zero for what is in use today.
    pub lead_weeks: f64,
    /// Its cost at any volume.
    pub model: Result<Arc<CostModel>, Unpriced>,
    /// GPU configurations that its variants refer to.
    pub options: Vec<ServingOption<'a>>,
    /// Its training run, if it trains on GPUs of its own choice.
    pub job: Option<TrainingJob<'a>>,
    /// How its lines came about, whichever way it serves.
    pub derivations: Vec<Derivation>,
    /// What serves until it is ready, and its one-offs that this strategy does not share.
    pub until_ready: Option<(&'static str, Lines)>,
    /// Money for labels still to be made; zero where its price is unknown, as then is the cost.
    pub labels_usd: f64,
}

/// The inputs, and what several strategies share.
#[derive(Debug)]
pub struct Study<'a> {
    /// What is asked, and the tables that it is answered by.
    pub case: &'a Case,
    /// The inputs.
    pub inputs: &'a Inputs,
    /// Growth, calendar and discounting.
    pub months: Months,
    /// What one call carries.
    pub workload: Workload,
    /// Model calls for one request.
    pub calls_per_request: f64,
    /// What evaluations of like inputs found before.
    pub(super) shared: Option<&'a SharedHardware>,
    /// Whether it is also put into words how the lines come about; a search for flip values leaves that out.
    is_explained: bool,
    pub(super) open_options: OnceCell<Result<Vec<ServingOption<'a>>, Exclusion>>,
    pub(super) tuned_options: OnceCell<Result<Vec<ServingOption<'a>>, Exclusion>>,
    retrieval: OnceCell<Result<Option<RetrievalCost>, String>>,
    lora_fits: OnceCell<Option<bool>>,
    /// Prices over time of the models that were asked for: several strategies call the same ones.
    price_paths: RefCell<Vec<(&'a ApiModel, KnownPath)>>,
    rent_drift: OnceCell<Arc<[f64]>>,
    no_drift: OnceCell<Arc<[f64]>>,
}

/// A price path, or why it is not known.
type KnownPath = Result<Arc<PricePath>, String>;

impl<'a> Study<'a> {
    /// Prepare to build strategies for these inputs.
    pub fn new(case: &'a Case) -> Study<'a> {
        let inputs = &case.inputs;
        Study {
            case,
            inputs,
            months: Months::of(inputs),
            workload: Workload::of(case),
            calls_per_request: calls_per_request(inputs),
            shared: None,
            is_explained: true,
            open_options: OnceCell::new(),
            tuned_options: OnceCell::new(),
            retrieval: OnceCell::new(),
            lora_fits: OnceCell::new(),
            price_paths: RefCell::default(),
            rent_drift: OnceCell::new(),
            no_drift: OnceCell::new(),
        }
    }

    /// The same without words on how its lines come about.
    pub fn unexplained(case: &'a Case) -> Study<'a> {
        Study { is_explained: false, ..Study::new(case) }
    }

    /// The same with what evaluations of inputs found that ask the same of GPUs.
    pub fn sharing(self, shared: Option<&'a SharedHardware>) -> Study<'a> {
        Study { shared, ..self }
    }

    /// What evaluations of like inputs may share with this one.
    pub const fn shared(&self) -> Option<&'a SharedHardware> {
        self.shared
    }

    /// How a line came about, if that is wanted.
    pub(super) fn explain(&self, derivation: impl FnOnce() -> Derivation) -> Option<Derivation> {
        self.is_explained.then(derivation)
    }

    /// Whether that is wanted.
    pub(super) const fn is_explained(&self) -> bool {
        self.is_explained
    }

    /// Whether LoRA training of the base fits some allowed number of allowed GPUs; `None` without a base.
    pub fn lora_training_fits(&self) -> Option<bool> {
        *self.lora_fits.get_or_init(|| {
            let tokens = self.tuned_tokens();
            let method = TuningMethod::Lora { rank: self.inputs.models.lora_rank };
            Some(training_fits(self.base_model().ok()?, method, tokens.input() + tokens.output, self.case))
        })
    }

    /// Whether the base, prompted as it is, stands in for an open model that does not fit behind the boundary.
    pub fn base_stands_in(&self) -> bool {
        let stands_alone = |model| serving_options(model, false, &self.open_tokens(), self.case).is_ok();
        !self.inputs.constraints.data_boundary.allows_providers()
            && self.open_options.get().is_some_and(Result::is_ok)
            && !self.open_model().is_ok_and(stands_alone)
    }

    /// Whether the line of the API model retires within the horizon.
    pub fn api_line_retires(&self) -> bool {
        let path = self.api_model().ok().map(|row| self.price_path(row));
        matches!(path, Some(Ok(path)) if !path.migrations.is_empty())
    }

    /// Prices of a model through the horizon.
    ///
    /// # Errors
    /// Why they are not known.
    pub(super) fn price_path(&self, row: &'a ApiModel) -> KnownPath {
        let known = |paths: &[(&'a ApiModel, KnownPath)]| {
            paths.iter().find(|(other, _)| std::ptr::eq(*other, row)).map(|(_, path)| path.clone())
        };
        if let Some(path) = known(&self.price_paths.borrow()) {
            return path;
        }
        let path = super::prices::price_path(row, &self.months, self.case).map(Arc::new);
        self.price_paths.borrow_mut().push((row, path.clone()));
        path
    }

    /// Factor on rents by ledger month.
    pub(super) fn rent_drift(&self) -> &Arc<[f64]> {
        self.rent_drift.get_or_init(|| {
            let rate = self.inputs.economics.gpu_rent_drift;
            let years = |month: usize| (month.max(1) as f64 - 1.0) / 12.0;
            let factor = |month| if rate == 0.0 { 1.0 } else { libm::pow(1.0 + rate, years(month)) };
            (0..=self.months.horizon).map(factor).collect()
        })
    }

    /// The same for prices that stay.
    pub(super) fn no_drift(&self) -> &Arc<[f64]> {
        self.no_drift.get_or_init(|| vec![1.0; self.months.horizon + 1].into())
    }

    /// Build a strategy; `reference` serves until it is ready, `None` builds the reference itself.
    pub fn build(&self, strategy: &'static Strategy, reference: Option<&Built>) -> Built<'a> {
        let parts = people::parts(strategy, self.workload.retrieval);
        let lead_weeks = self.lead_weeks(strategy);
        let delay = reference.map_or(0, |reference| delay_months(lead_weeks, reference.lead_weeks));
        let own_from = (delay + 1).min(self.months.horizon + 1);
        let labels_usd = self.labels_usd(strategy);
        let mut built = Built {
            strategy,
            parts,
            lead_weeks,
            model: Err(Unpriced::Unknown(String::new())),
            options: Vec::new(),
            job: None,
            derivations: Vec::new(),
            until_ready: None,
            labels_usd: labels_usd.as_ref().copied().unwrap_or(0.0),
        };
        built.model = labels_usd
            .map_err(Unpriced::Unknown)
            .and_then(|_| self.ways(strategy, own_from))
            .and_then(|ways| self.model(&mut built, ways, reference, own_from));
        built
    }

    /// What the missing labels of a strategy cost, US dollars.
    fn labels_usd(&self, strategy: &Strategy) -> Result<f64, String> {
        match people::labels_missing(strategy, self.inputs) {
            missing if missing > 0.0 => Ok(missing * self.label_price()?),
            _ => Ok(0.0),
        }
    }

    fn lead_weeks(&self, strategy: &Strategy) -> f64 {
        if today(self.inputs) == Some(strategy.id) {
            return 0.0;
        }
        people::lead_weeks(strategy, self.workload.retrieval, self.inputs)
    }

    /// Parts that exist already.
    pub fn sunk_parts(&self) -> Vec<Part> {
        today(self.inputs).map_or_else(Vec::new, |id| people::parts(id.strategy(), self.workload.retrieval))
    }

    fn model(
        &self,
        built: &mut Built<'a>,
        ways: Ways<'a>,
        reference: Option<&Built>,
        own_from: usize,
    ) -> Result<Arc<CostModel>, Unpriced> {
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
        if self.is_explained {
            built.derivations.extend(people_derivations(&terms, built, &self.months, self.inputs));
        }
        let retrieval = self.retrieval().clone().map_err(Unpriced::Unknown)?;
        let mut retrieval_per_request = 0.0;
        if let Some(cost) = &retrieval {
            for (lines, amounts) in fixed.iter_mut().zip(&cost.fixed) {
                lines.add_scaled(amounts, 1.0);
            }
            retrieval_per_request = cost.per_request;
            built.derivations.extend(self.explain(|| Derivation {
                line: Line::Retrieval,
                text: cost.text.clone(),
                formula: "method §4, retrieval",
                source: cost.source.clone(),
            }));
        }
        if let (Some(today), Some(first)) = (today(self.inputs), fixed.first_mut())
            && today != strategy.id
        {
            first.add(Line::PeopleBuild, self.inputs.economics.exit_cost);
        }
        let before = reference.filter(|_| own_from > 1);
        if let Some(reference) = before {
            let one_offs = self.add_reference_until(reference, &built.parts, &sunk, own_from, &mut fixed)?;
            built.until_ready = Some((reference.strategy.name, one_offs));
        }
        built.options = ways.options;
        built.job = ways.job;
        let before_model = before.and_then(|reference| reference.model.as_ref().ok());
        // Wrong answers are reckoned for all months or for none: while an unmeasured reference serves, they
        // are unknown, not zero.
        let errors_before = before_model.and_then(|model| model.errors_per_request);
        let is_known = before_model.is_none() || errors_before.is_some();
        let errors_per_request = self.errors_per_request(strategy).filter(|_| is_known);
        let errors_before = errors_per_request.and(errors_before);
        if errors_per_request.is_some() {
            built.derivations.extend(self.explain(|| errors_derivation(strategy, self.inputs)));
        }
        let before = before_model.map_or_else(Arc::default, |model| Arc::clone(&model.variants));
        Ok(Arc::new(CostModel {
            fixed,
            variants: ways.variants.into(),
            before,
            own_from,
            retrieval_per_request,
            errors_per_request,
            errors_before,
        }))
    }

    /// Until the cut-over the reference's running costs, and its one-offs that this strategy does not share, which
    /// are returned.
    fn add_reference_until(
        &self,
        reference: &Built,
        own_parts: &[Part],
        sunk: &[Part],
        own_from: usize,
        fixed: &mut [Lines],
    ) -> Result<Lines, Unpriced> {
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
        let mut one_offs = Lines::default();
        one_offs.add(Line::PeopleBuild, (hours + experiments) * self.inputs.team.hourly_rate);
        if !extra.is_empty() {
            one_offs.add(Line::Labels, reference.labels_usd);
        }
        if let Some(first) = fixed.first_mut() {
            first.add_scaled(&one_offs, 1.0);
        }
        Ok(one_offs)
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
                    allowed_gpus("auto", self.case).map(|(_, usd)| usd).fold(f64::INFINITY, f64::min);
                if !cheapest.is_finite() {
                    return Err("no GPU with a known price can run the embedding model".to_owned());
                }
                Some(cheapest * HOURS_PER_MONTH)
            };
            retrieval_cost(self.case, &self.months, own_embedding).map(Some)
        })
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
