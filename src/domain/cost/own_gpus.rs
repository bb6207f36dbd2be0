//! Own GPUs: the fleet of each configuration, and training on GPUs of the strategy's own choice (method §5).

use std::sync::Arc;

use super::api::{PricedCalls, both, classifier_flow, priced_calls};
use super::fixed::{TrainingRuns, training_costs};
use super::fleet::Fleet;
use super::ledger::{Line, Lines};
use super::model::{Origin, PaidBy, Variant, sized_growth};
use super::operation::Operation;
use super::setting::{Setting, Unpriced};
use super::tokens::TokenFlow;
use crate::domain::case::Case;
use crate::domain::catalog::OpenModel;
use crate::domain::effort::{continues_pretraining, in_use, labels_needed, pretraining_tokens_per_param};
use crate::domain::hardware::{
    Pretraining, ServedModel, ServingAsker, ServingOption, ServingQuestion, TrainingJob, TrainingQuestion,
    Tuning, billing, capital_usd_per_month, fits_on, load_power_usd_per_hour, metered_usd_per_month,
    no_priced_gpu, owned_usd_per_month, training_run, tuning_method,
};
use crate::domain::input::{GpuBilling, Inputs, TrainingLoop};
use crate::domain::sizing::{TrainingRun, TuningMethod};
use crate::domain::strategy::{Adaptation, Exclusion, ModelRole, Routing, Strategy};
use crate::domain::units::HOURS_PER_MONTH;
use crate::domain::workload::levels;

/// Numbers of serving cards that are tried for training.
const SERVING_CARDS: [u32; 4] = [1, 2, 4, 8];
/// What failed and ablation runs make of a pretraining (method §5).
const FAILED_RUNS: f64 = 1.5;

/// Serve on own GPUs: one variant for each configuration.
///
/// # Errors
/// Why none can serve or train, or a price that is needed is not known.
pub fn on_own_gpus<'a>(
    setting: &Setting<'a>,
    strategy: &Strategy,
    own_from: usize,
) -> Result<Operation<'a>, Unpriced> {
    let is_today = in_use(setting.inputs) == Some(strategy.id);
    let mut options = options_of(setting, strategy)?;
    if is_today {
        keep_standing(&mut options, setting);
    }
    let share = own_share(strategy, setting.inputs);
    let mut operation = Operation::default();
    let mut flows: Arc<[TokenFlow]> = Arc::default();
    let large = match strategy.routing {
        Routing::TunedWithFallback => {
            Some(priced_calls(setting, setting.api_model()?, setting.api_tokens(), 1.0 - share))
        }
        _ => None,
    };
    let (large, job) = both(large.transpose(), training_of(setting, strategy))?;
    operation.job = job;
    if let Some(PricedCalls { calls, flow }) = large {
        operation.migrations.clone_from(&calls.prices.migrations);
        operation.calls.push(calls);
        operation.has_classifier = true;
        flows = Arc::new([flow, classifier_flow(setting)?]);
    }
    let training = operation.job.as_ref().map(|job| training_cost(setting, strategy, job, own_from));
    let training = training.unwrap_or_default();
    let is_owned = billing(setting.inputs) == GpuBilling::Owned;
    let options = within_cards(setting, strategy, options, operation.job.as_ref(), own_from)?;
    let variant = |(place, option): (usize, &ServingOption)| {
        let fleet = fleet_for(setting, strategy, option);
        let bought =
            operation.job.as_ref().filter(|_| must_buy_for_training(setting, strategy, option, &fleet));
        // Training is free on bought serving cards that hold the job.
        let is_free = is_owned && bought.is_none();
        let training = if is_free { Training::default() } else { training.clone() };
        let bought = bought.filter(|_| !is_today).and_then(|job| job.purchase_usd(setting.inputs));
        Variant {
            flows: Arc::clone(&flows),
            fleet: Some(fleet),
            fixed: training.all,
            occasional: training.occasional,
            migrations: Arc::default(),
            training_capital: training.capital,
            origin: Origin::Option(place),
            paid_by: PaidBy::Tokens,
            training_purchase_usd: bought.unwrap_or(0.0),
        }
    };
    operation.variants = options.iter().enumerate().map(variant).collect();
    operation.options = options;
    Ok(operation)
}

/// The configurations that take no more GPUs at the peak than there are.
///
/// # Errors
/// How many the fewest take, if all take more.
fn within_cards<'a>(
    setting: &Setting<'a>,
    strategy: &Strategy,
    mut options: Vec<ServingOption<'a>>,
    job: Option<&TrainingJob>,
    own_from: usize,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    let Some(most) = setting.inputs.models.gpus_at_most else { return Ok(options) };
    let mut fewest = f64::INFINITY;
    options.retain(|option| {
        let fleet = fleet_for(setting, strategy, option);
        let bought = job.filter(|_| must_buy_for_training(setting, strategy, option, &fleet));
        let cards = peak_gpus(setting, &fleet, own_from) + bought.map_or(0.0, TrainingJob::cards_bought);
        fewest = fewest.min(cards);
        cards <= most
    });
    match options.is_empty() {
        true => Err(Exclusion::TooFewGpus { needed: fewest, most }),
        false => Ok(options),
    }
}

/// GPUs of a fleet in the busiest month of its operation.
fn peak_gpus(setting: &Setting, fleet: &Fleet, own_from: usize) -> f64 {
    let months = setting.months.running().filter(|month| *month >= own_from);
    let growth = months.map(|month| sized_growth(fleet, &setting.months, month)).fold(0.0, f64::max);
    fleet.month(1, setting.inputs.work.requests_per_month * growth).peak_gpus
}

/// What is in use today runs on the cards that stand, whatever would be bought now.
fn keep_standing(options: &mut Vec<ServingOption>, setting: &Setting) {
    let Some(cards) = setting.standing_cards() else { return };
    let stands = |it: &ServingOption| it.gpu.name == cards.gpu && it.gpus == cards.gpus_per_replica;
    if options.iter().any(stands) {
        options.retain(stands);
    }
}

/// The fleet of one configuration, with as many copies as the tasks of a strategy need.
fn fleet_for(setting: &Setting, strategy: &Strategy, option: &ServingOption) -> Fleet {
    let copies = if shares_gpus(strategy) { 1.0 } else { setting.inputs.work.tasks };
    fleet_of(setting, option, own_share(strategy, setting.inputs)).copied(copies)
}

/// Whether its tasks share GPUs: weights that serve all of them do, and so do adapters of one base.
const fn shares_gpus(strategy: &Strategy) -> bool {
    !matches!(strategy.adaptation, Adaptation::Full)
}

/// Share of the calls that own GPUs serve.
pub fn own_share(strategy: &Strategy, inputs: &Inputs) -> f64 {
    match strategy.routing {
        Routing::TunedWithFallback => inputs.work.task_share.unwrap_or(1.0 - inputs.work.hard_share),
        _ => 1.0,
    }
}

/// The fleet of one configuration, `share` of all calls of a request.
pub fn fleet_of(setting: &Setting, option: &ServingOption, share: f64) -> Fleet {
    let inputs = setting.inputs;
    let is_owned = billing(inputs) == GpuBilling::Owned;
    let overhead = 1.0 + inputs.team.serving_overhead_share;
    let capital = capital_usd_per_month(option.gpu, inputs).filter(|_| is_owned);
    let load_power = load_power_usd_per_hour(option.gpu, inputs);
    let metered = metered_usd_per_month(inputs).filter(|_| is_owned).unwrap_or(0.0);
    let standing = setting.standing_cards().filter(|cards| is_owned && cards.gpu == option.gpu.name);
    Fleet {
        calls_per_request: setting.calls_per_request * share,
        calls_per_second: option.estimate.calls_per_second,
        interactive_share: 1.0 - inputs.work.deferrable_share,
        levels: levels(inputs.work.shape),
        burst: inputs.work.burst,
        planned_load: inputs.models.peak_utilisation,
        min_replicas: min_replicas(inputs),
        replicas_for_users: replicas_for_users(option, inputs) * share,
        copies: 1.0,
        gpus_per_replica: f64::from(option.gpus),
        gpu_multiple: option.gpu_multiple(inputs),
        billing: billing(inputs),
        usd_per_gpu_hour: (option.usd_per_gpu_hour - load_power) * overhead,
        capital_usd_per_gpu_hour: capital.unwrap_or(0.0) / HOURS_PER_MONTH,
        usd_per_busy_gpu_hour: load_power * overhead,
        usd_per_month: metered * overhead,
        standing_gpus: standing.map_or(0.0, |cards| cards.gpus),
        drift: Arc::clone(if is_owned { setting.no_drift() } else { setting.rent_drift() }),
        committed_months: 1,
        usd_per_further_node: inputs.team.self_host_upkeep_per_extra_node * inputs.team.hourly_rate,
    }
}

/// Replicas, in parts, that hold all users at once; zero where no such load is stated.
fn replicas_for_users(option: &ServingOption, inputs: &Inputs) -> f64 {
    let users = inputs.work.users_at_once.zip(option.users_held);
    users.map_or(0.0, |(users, held)| users / held)
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

fn options_of<'a>(setting: &Setting<'a>, strategy: &Strategy) -> Result<Vec<ServingOption<'a>>, Unpriced> {
    Ok(match strategy.model {
        ModelRole::Open => setting.open_options()?,
        ModelRole::Base => setting.tuned_options()?,
        _ => {
            let model = nearest_dense(setting.case)?;
            let served = ServedModel { model, is_tuned: true, tokens: setting.tuned_tokens() };
            let question = ServingQuestion::standing_in(&served, setting.inputs, &setting.case.catalog);
            setting.options(ServingAsker::Custom, question)?
        }
    })
}

/// The training job of a strategy, if it trains.
fn training_of<'a>(setting: &Setting<'a>, strategy: &Strategy) -> Result<Option<TrainingJob<'a>>, Unpriced> {
    let (inputs, catalog) = (setting.inputs, &setting.case.catalog);
    if strategy.adaptation == Adaptation::FromScratch {
        let params = inputs.models.custom_params;
        let tokens = params * pretraining_tokens_per_param(inputs);
        let pretraining = Pretraining { shape: nearest_dense(setting.case)?, params, tokens };
        let question = TrainingQuestion::pretraining(&pretraining, inputs, catalog);
        let has_gpu = question.has_priced_gpu();
        return setting.job(strategy.id, question).map(Some).ok_or_else(|| {
            let none_fits = Exclusion::PretrainingDoesNotFit { params };
            Unpriced::Impossible(if has_gpu {
                none_fits
            } else {
                no_priced_gpu(&inputs.models.training_gpu, inputs)
            })
        });
    }
    let Some(method) = tuning_method(strategy.adaptation, inputs) else { return Ok(None) };
    let labels = labels_needed(strategy, inputs).max(inputs.data.labels);
    let tuning = Tuning { model: setting.base_model()?, method, example: setting.tuned_tokens(), labels };
    let question = || TrainingQuestion::tuning(&tuning, inputs, catalog);
    let job = setting.job(strategy.id, question());
    job.map(Some).ok_or_else(|| Unpriced::Impossible(cannot_train(&tuning, &question(), inputs)))
}

/// Why no GPUs that are allowed hold a tuning.
fn cannot_train(tuning: &Tuning, question: &TrainingQuestion, inputs: &Inputs) -> Exclusion {
    if !question.has_priced_gpu() {
        return no_priced_gpu(&inputs.models.training_gpu, inputs);
    }
    let how = match (tuning.method, inputs.models.training_loop) {
        (TuningMethod::Full, TrainingLoop::Tuned) => "full fine-tuning",
        (TuningMethod::Full, TrainingLoop::Plain) => "full fine-tuning in a plain loop",
        (TuningMethod::Lora { .. }, TrainingLoop::Tuned) => "LoRA training",
        (TuningMethod::Lora { .. }, TrainingLoop::Plain) => "LoRA training in a plain loop",
        (TuningMethod::QLora { .. }, TrainingLoop::Tuned) => "QLoRA training",
        (TuningMethod::QLora { .. }, TrainingLoop::Plain) => "QLoRA training in a plain loop",
    };
    Exclusion::TrainingDoesNotFit { how, model: tuning.model.model.clone(), nearest: question.shortfall() }
}

/// Training compute by ledger month from 0.
#[derive(Clone, Debug, Default)]
struct Training {
    all: Arc<[Lines]>,
    /// What of it is paid once in a while: retrains.
    occasional: Arc<[Lines]>,
    /// What of it recovers the purchase of cards, US dollars.
    capital: Arc<[f64]>,
}

/// Training compute: on rented GPUs, or on cards bought for training alone.
fn training_cost(setting: &Setting, strategy: &Strategy, job: &TrainingJob, own_from: usize) -> Training {
    if billing(setting.inputs) == GpuBilling::Owned {
        return bought_training(setting, strategy, job, own_from);
    }
    let runs = TrainingRuns { usd_per_run: job.usd_per_run, first: first_runs(strategy, setting.inputs) };
    let mut costs = training_costs(runs, own_from, &setting.months, setting.inputs);
    // A retrain is rented at the price of its month.
    for lines in [&mut costs.all, &mut costs.occasional] {
        for (lines, factor) in lines.iter_mut().zip(setting.rent_drift().iter()) {
            let rent = *lines;
            lines.add_scaled(&rent, factor - 1.0);
        }
    }
    if let (Some(usd), Some(first)) =
        (continued_pretraining_usd(strategy, job, setting.inputs), costs.all.first_mut())
    {
        first.add(Line::TrainingCompute, usd);
    }
    if strategy.adaptation == Adaptation::FromScratch {
        for lines in [&mut costs.all, &mut costs.occasional] {
            lines.iter_mut().skip(1).for_each(|lines| *lines = Lines::default());
        }
    }
    Training { all: costs.all.into(), occasional: costs.occasional.into(), capital: Arc::default() }
}

/// US dollars for the text that the base goes on pretraining with before it is tuned, once; `None` where it does not.
///
/// ```text
/// usd a run · tokens of the text / tokens of a run · 1.5      for failed and ablation runs
/// ```
/// Source: method §5 and §10 (M4).
pub fn continued_pretraining_usd(strategy: &Strategy, job: &TrainingJob, inputs: &Inputs) -> Option<f64> {
    let goes_on =
        strategy.adaptation == Adaptation::Full && continues_pretraining(inputs) && job.tokens > 0.0;
    let share = inputs.data.pretraining_tokens / job.tokens;
    goes_on.then_some(job.usd_per_run * share * FAILED_RUNS)
}

/// Training runs of the first time: one from scratch, else the experiments.
pub fn first_runs(strategy: &Strategy, inputs: &Inputs) -> f64 {
    if strategy.adaptation == Adaptation::FromScratch { 1.0 } else { inputs.team.experiments }
}

/// Cards bought for training alone; those of what is in use today stand already.
fn bought_training(setting: &Setting, strategy: &Strategy, job: &TrainingJob, own_from: usize) -> Training {
    let inputs = setting.inputs;
    let of_cards = |usd: Option<f64>| usd.unwrap_or(0.0) * job.cards_bought();
    let capital = of_cards(capital_usd_per_month(job.gpu, inputs));
    let stand = in_use(inputs) == Some(strategy.id);
    let monthly = of_cards(owned_usd_per_month(job.gpu, inputs)) - if stand { capital } else { 0.0 };
    let capital = if stand { 0.0 } else { capital };
    // Training comes before the cut-over, so the cards stand from the first month on.
    let months_of = |month: usize| match month {
        0 => own_from as f64 - 1.0,
        month if month >= own_from => 1.0,
        _ => 0.0,
    };
    let months = 0..=setting.months.horizon;
    let line = |month: usize| {
        let mut lines = Lines::default();
        lines.add(Line::TrainingCompute, monthly * months_of(month));
        lines
    };
    Training {
        all: months.clone().map(line).collect(),
        occasional: Arc::default(),
        capital: months.map(|month| capital * months_of(month)).collect(),
    }
}

/// Whether bought serving cards are too few or too small to train on.
fn must_buy_for_training(
    setting: &Setting,
    strategy: &Strategy,
    option: &ServingOption,
    fleet: &Fleet,
) -> bool {
    let replicas = fleet.min_replicas.max(1.0) * fleet.gpus_per_replica * fleet.copies;
    let replicas = replicas.max(fleet.standing_gpus);
    let owned = (replicas / fleet.gpu_multiple).ceil() * fleet.gpu_multiple;
    billing(setting.inputs) == GpuBilling::Owned && !fits_serving_cards(setting, strategy, option, owned)
}

fn fits_serving_cards(setting: &Setting, strategy: &Strategy, option: &ServingOption, owned: f64) -> bool {
    let Some(method) = tuning_method(strategy.adaptation, setting.inputs) else { return false };
    let Ok(model) = setting.base_model() else { return false };
    let tokens = setting.tuned_tokens();
    let sequence = tokens.input() + tokens.output;
    SERVING_CARDS
        .into_iter()
        .filter(|count| f64::from(*count) <= owned)
        .map(|count| {
            training_run(TrainingRun::new(model, option.gpu, count, method, sequence), setting.inputs)
        })
        .any(|run| fits_on(&run, setting.inputs))
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
