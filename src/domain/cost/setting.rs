//! What all strategies are costed in: the case, its months and workload, and what several strategies share.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use super::prices::{PricePath, price_path_until};
use super::retrieval::{RetrievalCost, retrieval_cost};
use crate::domain::case::Case;
use crate::domain::catalog::{ApiModel, OpenModel};
use crate::domain::effort::Part;
use crate::domain::hardware::{
    HardwareMemory, ServedModel, ServingAsker, ServingOption, ServingQuestion, TrainingJob, TrainingQuestion,
    Tuning, placed,
};
use crate::domain::input::{DataBoundary, Inputs};
use crate::domain::sizing::TuningMethod;
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::domain::workload::{
    CallTokens, MeasuredSplit, Months, Workload, calls_per_request, knowledge_limit, split_retrieves,
};

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

/// One case, prepared for costing its strategies.
#[derive(Debug)]
pub struct Setting<'a> {
    /// What is asked, and the tables that it is answered by.
    pub case: &'a Case,
    /// The inputs.
    pub inputs: &'a Inputs,
    /// Growth, calendar and discounting.
    pub months: Arc<Months>,
    /// What one call carries; in the setting of a case, with knowledge in the prompt where it fits.
    pub workload: Workload,
    /// Model calls for one request.
    pub calls_per_request: f64,
    /// The last ledger month for which prices must be known.
    priced_until: usize,
    /// The last answers about GPUs.
    memory: Option<&'a HardwareMemory>,
    found: Found<'a>,
}

/// Bought cards that stand already, since what is in use today runs on them.
#[derive(Clone, Debug, PartialEq)]
pub struct StandingCards {
    /// The GPU that serves, by its name in the catalogue.
    pub gpu: String,
    /// GPUs of one replica.
    pub gpus_per_replica: u32,
    /// GPUs in all: what the present volume takes.
    pub gpus: f64,
}

/// GPU configurations that serve a model, or why none does.
type KnownOptions<'a> = Result<Vec<ServingOption<'a>>, Exclusion>;

/// A price path, or why it is not known.
type KnownPath = Result<Arc<PricePath>, String>;

/// The prices over time of one model.
#[derive(Debug)]
struct PathOfModel<'a> {
    row: &'a ApiModel,
    path: KnownPath,
}

/// What was found for one strategy and serves others too.
#[derive(Debug, Default)]
struct Found<'a> {
    open_options: OnceCell<KnownOptions<'a>>,
    tuned_options: OnceCell<KnownOptions<'a>>,
    retrieval: OnceCell<Result<Option<RetrievalCost<'a>>, String>>,
    lora_fits: OnceCell<Option<bool>>,
    hosted_is_lora_of_base: OnceCell<bool>,
    base_stands_in: OnceCell<bool>,
    paths: RefCell<Vec<PathOfModel<'a>>>,
    /// The same setting with knowledge brought in the other way.
    other_way: OnceCell<Box<Setting<'a>>>,
    parts_of_today: OnceCell<Vec<Part>>,
    standing: OnceCell<Option<StandingCards>>,
    rent_drift: OnceCell<Arc<[f64]>>,
    no_drift: OnceCell<Arc<[f64]>>,
}

impl<'a> Setting<'a> {
    /// Prepare to cost the strategies of a case.
    pub fn new(case: &'a Case) -> Setting<'a> {
        let inputs = &case.inputs;
        let months = Months::of(inputs);
        Setting {
            case,
            inputs,
            priced_until: months.horizon,
            months: Arc::new(months),
            workload: Workload::of(inputs, &case.catalog),
            calls_per_request: calls_per_request(inputs),
            memory: None,
            found: Found::default(),
        }
    }

    /// The same with the last answers about GPUs, which are asked first.
    #[must_use]
    pub fn remembering(self, memory: &'a HardwareMemory) -> Setting<'a> {
        Setting { memory: Some(memory), ..self }
    }

    /// The same with the memory of another setting, if that has one: for a case that differs in one thing.
    #[must_use]
    pub fn like<'b: 'a>(self, other: &Setting<'b>) -> Setting<'a> {
        Setting { memory: other.memory, ..self }
    }

    /// The same setting with knowledge brought in by retrieval, or in the prompt.
    pub fn with_retrieval(&self, retrieval: bool) -> &Setting<'a> {
        if self.workload.retrieval == retrieval {
            return self;
        }
        self.found.other_way.get_or_init(|| {
            Box::new(Setting {
                months: Arc::clone(&self.months),
                workload: Workload::with(self.inputs, retrieval),
                found: Found { standing: self.found.standing.clone(), ..Found::default() },
                ..*self
            })
        })
    }

    /// Whether knowledge can be brought in both ways: there is some, and it fits the prompt.
    pub fn knowledge_fits_prompt(&self) -> bool {
        self.inputs.data.knowledge_tokens > 0.0 && !self.needs_retrieval()
    }

    /// Whether there is more knowledge than fits the prompt (rule H5).
    pub fn needs_retrieval(&self) -> bool {
        self.inputs.data.knowledge_tokens > knowledge_limit(self.inputs, &self.case.catalog)
    }

    /// The parts of today's set-up, where it takes costing it to tell them: as found before, or found now.
    pub(super) fn parts_of_today(&self, find: impl FnOnce() -> Vec<Part>) -> Vec<Part> {
        self.found.parts_of_today.get_or_init(find).clone()
    }

    /// The same for what serves up to a ledger month only: prices after it need not be known.
    #[must_use]
    pub fn priced_until(&self, month: usize) -> Setting<'a> {
        Setting { priced_until: month.min(self.months.horizon), ..Setting::new(self.case).like(self) }
    }

    /// The same as if no bought cards stood already.
    #[must_use]
    pub fn without_standing_cards(&self) -> Setting<'a> {
        let found = Found { standing: OnceCell::from(None), ..Found::default() };
        Setting { found, ..Setting::new(self.case).like(self) }
    }

    /// The bought cards that stand already, found the first time that they are asked for.
    pub fn find_standing_cards(&self, find: impl FnOnce() -> Option<StandingCards>) {
        let found = self.found.standing.get_or_init(find);
        // They stand whichever way knowledge is brought in.
        let mut other = self.found.other_way.get();
        while let Some(way) = other {
            way.found.standing.get_or_init(|| found.clone());
            other = way.found.other_way.get();
        }
    }

    /// The bought cards that stand already; none before they are found.
    pub fn standing_cards(&self) -> Option<&StandingCards> {
        self.found.standing.get().and_then(Option::as_ref)
    }

    /// The chosen API model.
    ///
    /// # Errors
    /// That it is not in the catalogue.
    pub fn api_model(&self) -> Result<&'a ApiModel, Unpriced> {
        self.find_api(&self.inputs.models.api_model)
    }

    /// The chosen small API model.
    ///
    /// # Errors
    /// That it is not in the catalogue.
    pub fn small_api_model(&self) -> Result<&'a ApiModel, Unpriced> {
        self.find_api(&self.inputs.models.small_api_model)
    }

    /// The chosen open model.
    ///
    /// # Errors
    /// That it is not in the catalogue.
    pub fn open_model(&self) -> Result<&'a OpenModel, Exclusion> {
        self.find_open(&self.inputs.models.open_model)
    }

    /// The base to tune.
    ///
    /// # Errors
    /// That it is not in the catalogue.
    pub fn base_model(&self) -> Result<&'a OpenModel, Exclusion> {
        self.find_open(&self.inputs.models.base_model)
    }

    fn find_api(&self, id: &str) -> Result<&'a ApiModel, Unpriced> {
        let row = self.case.catalog.api_model(id);
        row.ok_or_else(|| Unpriced::Unknown(format!("{id} is not in the catalogue")))
    }

    fn find_open(&self, id: &str) -> Result<&'a OpenModel, Exclusion> {
        let row = self.case.catalog.open_model(id);
        row.ok_or_else(|| Exclusion::NotInCatalogue { model: id.to_owned() })
    }

    /// A call to the API model.
    pub fn api_tokens(&self) -> CallTokens {
        self.workload.prompted(self.inputs.models.reasoning_multiplier_api)
    }

    /// The measured split of a call to a model: it speaks for today's API model alone, with a prompt that brings
    /// knowledge in as the measured one does.
    pub fn measured_split(&self, row: &ApiModel) -> Option<MeasuredSplit> {
        let inputs = self.inputs;
        let is_alike =
            inputs.data.knowledge_tokens == 0.0 || self.workload.retrieval == split_retrieves(inputs);
        let split =
            MeasuredSplit::of(inputs).filter(|_| is_alike && row.model_id == inputs.models.api_model)?;
        Some(split.times(1.0 / self.calls_per_request))
    }

    /// A call to the small API model.
    pub fn small_tokens(&self) -> CallTokens {
        let models = &self.inputs.models;
        self.workload.prompted(models.reasoning_multiplier_small).times(models.tokenizer_ratio_small)
    }

    /// A call to the open model.
    pub fn open_tokens(&self) -> CallTokens {
        let models = &self.inputs.models;
        self.workload.prompted(models.reasoning_multiplier_open).times(models.tokenizer_ratio_open)
    }

    /// A call to the tuned base.
    pub fn tuned_tokens(&self) -> CallTokens {
        let models = &self.inputs.models;
        self.workload.tuned(models.reasoning_multiplier_open).times(models.tokenizer_ratio_open)
    }

    /// Whether the boundary lets this provider see the data.
    pub fn may_use(&self, provider: &str) -> bool {
        self.inputs.constraints.data_boundary.allows_providers() && self.check_provider(provider).is_ok()
    }

    /// As [`Setting::may_use`] among boundaries that allow providers at all.
    ///
    /// # Errors
    /// That there is no contract with the provider, or that no contract at all is named.
    pub fn check_provider(&self, provider: &str) -> Result<(), Exclusion> {
        let constraints = &self.inputs.constraints;
        match constraints.data_boundary {
            DataBoundary::Contract
                if !constraints.contracted_providers.iter().any(|name| name == provider) =>
            {
                let provider = provider.to_owned();
                Err(match constraints.lacks_vendors() {
                    true => Exclusion::NoVendorNamed { provider },
                    false => Exclusion::NoContract { provider },
                })
            }
            _ => Ok(()),
        }
    }

    /// Whether a model tuned at a provider and LoRA on own GPUs are one configuration: as found before, or found now.
    pub fn hosted_is_lora_of_base(&self, find: impl FnOnce() -> bool) -> bool {
        *self.found.hosted_is_lora_of_base.get_or_init(find)
    }

    /// Prices of a model through the horizon.
    ///
    /// # Errors
    /// Why they are not known.
    pub fn price_path(&self, row: &'a ApiModel) -> KnownPath {
        let known = |paths: &[PathOfModel]| {
            paths.iter().find(|known| std::ptr::eq(known.row, row)).map(|known| known.path.clone())
        };
        if let Some(path) = known(&self.found.paths.borrow()) {
            return path;
        }
        let path = price_path_until(row, &self.months, self.priced_until, self.case).map(Arc::new);
        self.found.paths.borrow_mut().push(PathOfModel { row, path: path.clone() });
        path
    }

    /// Whether the line of the API model retires within the horizon.
    pub fn api_line_retires(&self) -> bool {
        let path = self.api_model().ok().map(|row| self.price_path(row));
        matches!(path, Some(Ok(path)) if !path.migrations.is_empty())
    }

    /// What retrieval costs, if knowledge is retrieved here.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn retrieval(&self) -> Result<Option<&RetrievalCost<'a>>, &String> {
        let find = || match self.workload.retrieval {
            true => retrieval_cost(self.case, &self.months).map(Some),
            false => Ok(None),
        };
        self.found.retrieval.get_or_init(find).as_ref().map(Option::as_ref)
    }

    /// Factor on rents by ledger month.
    pub fn rent_drift(&self) -> &Arc<[f64]> {
        self.found.rent_drift.get_or_init(|| {
            let rate = self.inputs.economics.gpu_rent_drift;
            let years = |month: usize| (month.max(1) as f64 - 1.0) / 12.0;
            let factor = |month| if rate == 0.0 { 1.0 } else { libm::pow(1.0 + rate, years(month)) };
            (0..=self.months.horizon).map(factor).collect()
        })
    }

    /// The same for prices that stay.
    pub fn no_drift(&self) -> &Arc<[f64]> {
        self.found.no_drift.get_or_init(|| vec![1.0; self.months.horizon + 1].into())
    }

    /// GPU configurations that serve the open model, or the base in its place.
    ///
    /// # Errors
    /// Why none does.
    pub fn open_options(&self) -> KnownOptions<'a> {
        self.found.open_options.get_or_init(|| self.find_open_options()).clone()
    }

    /// GPU configurations that serve the tuned base.
    ///
    /// # Errors
    /// Why none does.
    pub fn tuned_options(&self) -> KnownOptions<'a> {
        let find = || {
            let served =
                ServedModel { model: self.base_model()?, is_tuned: true, tokens: self.tuned_tokens() };
            self.options(ServingAsker::Tuned, self.question(&served))
        };
        self.found.tuned_options.get_or_init(find).clone()
    }

    fn find_open_options(&self) -> KnownOptions<'a> {
        let open = self.options_of_open(ServingAsker::Open, self.open_model()?);
        if open.is_ok() || self.inputs.constraints.data_boundary.allows_providers() {
            return open;
        }
        if self.knowledge_fits_prompt() && self.other_way().serves_open_model() {
            return open;
        }
        // Behind a boundary the base, prompted as it is, stands in for an open model that does not fit either way.
        self.options_of_open(ServingAsker::StandIn, self.base_model()?).or(open)
    }

    fn options_of_open(&self, asker: ServingAsker, model: &OpenModel) -> KnownOptions<'a> {
        let served = ServedModel { model, is_tuned: false, tokens: self.open_tokens() };
        self.options(asker, self.question(&served))
    }

    fn question(&self, served: &ServedModel) -> ServingQuestion {
        let standing = self.standing_cards().map(|cards| cards.gpu.as_str());
        ServingQuestion::of(served, self.inputs, &self.case.catalog).with_standing(standing)
    }

    /// GPU configurations that answer a question: as remembered, or found now.
    ///
    /// # Errors
    /// Why there is none.
    pub fn options(&self, asker: ServingAsker, question: ServingQuestion) -> KnownOptions<'a> {
        let found = match self.memory {
            Some(memory) => memory.options((asker, self.workload.retrieval), question),
            None => question.options(),
        };
        Ok(placed(&found?, &self.case.catalog))
    }

    /// The training job that answers a question of a strategy: as remembered, or found now.
    pub fn job(&self, asker: StrategyId, question: TrainingQuestion) -> Option<TrainingJob<'a>> {
        let found = match self.memory {
            Some(memory) => memory.job((asker, self.workload.retrieval), question),
            None => question.job(),
        };
        found?.placed(&self.case.catalog)
    }

    /// Whether the base, prompted as it is, stands in for an open model that does not fit behind the boundary.
    pub fn base_stands_in(&self) -> bool {
        *self.found.base_stands_in.get_or_init(|| {
            let stands_in =
                |setting: &Setting| setting.open_options().is_ok() && !setting.serves_open_model();
            !self.inputs.constraints.data_boundary.allows_providers()
                && (stands_in(self) || self.knowledge_fits_prompt() && stands_in(self.other_way()))
        })
    }

    /// Whether GPUs can serve the open model itself with knowledge brought in this way.
    fn serves_open_model(&self) -> bool {
        self.open_model().is_ok_and(|model| self.options_of_open(ServingAsker::Open, model).is_ok())
    }

    /// Whether LoRA training of the base fits some allowed number of allowed GPUs, with knowledge brought in one way
    /// or the other; `None` without a base.
    pub fn lora_training_fits(&self) -> Option<bool> {
        let fits = self.lora_training_fits_this_way()?;
        Some(fits || self.knowledge_fits_prompt() && self.other_way().lora_training_fits_this_way()?)
    }

    fn other_way(&self) -> &Setting<'a> {
        self.with_retrieval(!self.workload.retrieval)
    }

    fn lora_training_fits_this_way(&self) -> Option<bool> {
        *self.found.lora_fits.get_or_init(|| {
            let method = TuningMethod::Lora { rank: self.inputs.models.lora_rank };
            let example = self.tuned_tokens();
            let tuning = Tuning { model: self.base_model().ok()?, method, example, labels: 0.0 };
            Some(TrainingQuestion::tuning(&tuning, self.inputs, &self.case.catalog).fits())
        })
    }
}
