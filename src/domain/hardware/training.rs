//! Which GPUs can train a model, how long a run takes there, and what it costs (method §5).

use std::sync::Arc;

use super::prices::{allowed_gpus, billing, can_join, most_gpus, purchase_usd};
use super::question::{PricedPlace, SharedCatalog};
use crate::domain::catalog::{Catalog, Gpu, OpenModel};
use crate::domain::input::{GpuBilling, Inputs, TrainingLoop};
use crate::domain::sizing::{
    Band, CAMPAIGN_BAND, Checkpointing, TRAINING_HOURS_BAND, TrainingRun, TrainingStack, TuningMethod,
};
use crate::domain::strategy::{Adaptation, MemoryShortfall};
use crate::domain::workload::CallTokens;

/// GPUs tried for a training job.
pub const COUNTS: [u32; 5] = [1, 2, 4, 8, 16];
/// Tokens of one sequence of a pretraining: 4,096 to 8,192 in the model cards that campaigns are fitted to.
const PRETRAINING_SEQUENCE: f64 = 8_192.0;
/// GPUs of a node, which pretraining fills.
const GPUS_OF_NODE: u32 = 8;
/// Keeps a number of GPUs within its type.
const MOST_NODES: f64 = 1e8;
const HOURS_PER_WEEK: f64 = 168.0;
/// Keeps a bound below what it bounds, whatever the rounding.
const BOUND_SLACK: f64 = 1.0 - 1e-9;

/// One training run on the cheapest hardware that holds it.
pub type TrainingJob<'a> = Job<&'a Gpu>;

/// A [`TrainingJob`] as it is found and remembered: its GPU by its place in the catalogue.
pub type FoundJob = Job<usize>;

/// A [`TrainingJob`], by its GPU or by the place of that in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job<Card> {
    /// The GPU.
    pub gpu: Card,
    /// How many of them.
    pub gpus: u32,
    /// GPU-hours of one run.
    pub gpu_hours: f64,
    /// Factors on the GPU-hours for their likely low and high end.
    pub band: Band,
    /// US dollars for one run.
    pub usd_per_run: f64,
    /// Tokens seen in one run, epochs included.
    pub tokens: f64,
    /// Memory needed on each GPU, GiB.
    pub memory_gib: f64,
}

impl<Card> Job<Card> {
    /// The same with its GPU named in another way.
    pub fn on<Other>(self, gpu: Other) -> Job<Other> {
        let Job { gpus, gpu_hours, band, usd_per_run, tokens, memory_gib, .. } = self;
        Job { gpu, gpus, gpu_hours, band, usd_per_run, tokens, memory_gib }
    }
}

impl TrainingJob<'_> {
    /// Cards to buy for it, boards of eight where modules come so.
    pub fn cards_bought(&self) -> f64 {
        cards_bought(self.gpu, self.gpus)
    }

    /// Purchase of those cards, US dollars; `None` where the price is unknown.
    pub fn purchase_usd(&self, inputs: &Inputs) -> Option<f64> {
        purchase_usd(self.gpu, inputs).map(|usd| usd * self.cards_bought())
    }
}

/// Tokens of one training run: max(have, needed) examples, each as long as a call, times the epochs.
pub fn training_tokens(tokens: &CallTokens, labels: f64, inputs: &Inputs) -> f64 {
    labels * (tokens.input() + tokens.output) * inputs.team.epochs
}

/// Factor on the computing of a run for the validation set: its forward passes, beside the 6 N operations a token of
/// full tuning and the 4 N of adapters (method §5).
fn validation_factor(method: TuningMethod, inputs: &Inputs) -> f64 {
    let forward = if method == TuningMethod::Full { 2.0 / 6.0 } else { 2.0 / 4.0 };
    1.0 + inputs.data.validation_share * forward
}

/// The method of sizing for an adaptation; `None` if it does not tune.
pub fn tuning_method(adaptation: Adaptation, inputs: &Inputs) -> Option<TuningMethod> {
    let rank = inputs.models.lora_rank;
    match adaptation {
        Adaptation::Full => Some(TuningMethod::Full),
        Adaptation::Lora => Some(TuningMethod::Lora { rank }),
        Adaptation::QLora => Some(TuningMethod::QLora { rank }),
        _ => None,
    }
}

/// What the user measured of training runs by one method, and on which GPUs.
#[derive(Clone, Debug, PartialEq)]
struct MeasuredTraining {
    gpu: String,
    gpus: u32,
    /// GPU-hours of a run.
    gpu_hours: Option<f64>,
    /// GiB of each GPU.
    memory_gib: Option<f64>,
    /// Utilisation of the peak throughput, such as 0.4.
    mfu: Option<f64>,
}

impl MeasuredTraining {
    /// What was measured of a method; `None` where nothing was, or on a number of GPUs that is not fixed.
    fn of(method: TuningMethod, inputs: &Inputs) -> Option<MeasuredTraining> {
        let models = &inputs.models;
        let (gpu_hours, memory_gib) = match method {
            TuningMethod::Full => (models.measured_hours_full, models.measured_memory_full),
            TuningMethod::Lora { .. } => (models.measured_hours_lora, models.measured_memory_lora),
            TuningMethod::QLora { .. } => (models.measured_hours_qlora, models.measured_memory_qlora),
        };
        let mfu = models.measured_mfu;
        if gpu_hours.is_none() && memory_gib.is_none() && mfu.is_none() {
            return None;
        }
        let gpus = models.training_gpu_count.pinned()?;
        Some(MeasuredTraining { gpu: models.training_gpu.clone(), gpus, gpu_hours, memory_gib, mfu })
    }

    /// Whether it was measured on the GPUs of a run.
    fn is_of(&self, run: &TrainingRun) -> bool {
        self.gpu == run.gpu.name && self.gpus == run.gpus
    }
}

/// What holds for one run: measurements on its GPUs, else estimates.
struct KnownRun<'a> {
    run: TrainingRun<'a>,
    measured: Option<&'a MeasuredTraining>,
}

impl<'a> KnownRun<'a> {
    fn new(run: TrainingRun<'a>, measured: Option<&'a MeasuredTraining>) -> KnownRun<'a> {
        KnownRun { measured: measured.filter(|measured| measured.is_of(&run)), run }
    }

    fn measured_hours(&self) -> Option<f64> {
        self.measured.and_then(|measured| measured.gpu_hours)
    }

    fn measured_memory(&self) -> Option<f64> {
        self.measured.and_then(|measured| measured.memory_gib)
    }

    /// Memory of each GPU, GiB, if the run fits: because it ran, by its measured peak, or by its estimate.
    fn memory_if_it_fits(&self) -> Option<f64> {
        let ran = self.measured_hours().is_some();
        match self.measured_memory() {
            Some(gib) if gib <= self.run.gpu.mem_gib_usable_approx || ran => Some(gib),
            Some(_) => None,
            None if ran => self.run.memory_per_gpu().map(|memory| memory.total_gib()),
            None => self.run.memory_if_it_fits().map(|memory| memory.total_gib()),
        }
    }

    /// Whether it fits its GPUs: because it ran, by its measured peak, or by its estimate.
    fn fits(&self) -> bool {
        match self.measured_memory() {
            None => self.measured_hours().is_some() || self.run.fits(),
            Some(_) => self.memory_if_it_fits().is_some(),
        }
    }

    /// GPU-hours and their band: measured, or by a measured utilisation, or estimated.
    fn hours(&self, tokens: f64) -> Option<(f64, Band)> {
        let gpus = f64::from(self.run.gpus);
        if let Some(hours) = self.measured_hours() {
            return Some((hours, Band::MEASURED));
        }
        match self.measured.and_then(|measured| measured.mfu) {
            Some(mfu) => Some((self.run.hours_at(tokens, mfu)? * gpus, Band::MEASURED)),
            None => Some((self.run.hours(tokens)? * gpus, TRAINING_HOURS_BAND)),
        }
    }
}

/// GiB of each GPU that the user measured for a run of this method on the GPUs chosen for training.
pub fn measured_memory(run: &TrainingRun<'_>, inputs: &Inputs) -> Option<f64> {
    KnownRun::new(*run, MeasuredTraining::of(run.method, inputs).as_ref()).measured_memory()
}

/// Whether a run fits its GPUs: because it ran, by its measured peak, or by its estimate.
pub fn fits_on(run: &TrainingRun<'_>, inputs: &Inputs) -> bool {
    KnownRun::new(*run, MeasuredTraining::of(run.method, inputs).as_ref()).fits()
}

/// A tuning run by the software that the user says: a plain loop holds the logits in full and pads.
pub fn training_run<'a>(run: TrainingRun<'a>, inputs: &Inputs) -> TrainingRun<'a> {
    with_loop(run, inputs.models.training_loop)
}

fn with_loop(run: TrainingRun<'_>, software: TrainingLoop) -> TrainingRun<'_> {
    match software {
        TrainingLoop::Tuned => run,
        TrainingLoop::Plain => TrainingRun { chunked_loss: false, stack: TrainingStack::Notebook, ..run },
    }
}

/// A tuning of an open model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning<'a> {
    /// The model that is tuned.
    pub model: &'a OpenModel,
    /// How.
    pub method: TuningMethod,
    /// One example: as long as a call.
    pub example: CallTokens,
    /// Labelled examples that it sees in an epoch.
    pub labels: f64,
}

/// A pretraining from scratch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pretraining<'a> {
    /// The model of the catalogue whose shape is nearest: sizing knows shapes.
    pub shape: &'a OpenModel,
    /// Parameters of the new model.
    pub params: f64,
    /// Tokens that it is trained on.
    pub tokens: f64,
}

/// Which GPUs can train a model: everything that the answer depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingQuestion {
    model: OpenModel,
    work: Work,
    catalog: SharedCatalog,
    gpus: Vec<PricedPlace>,
    /// Number of GPUs, where the user fixed it.
    pinned: Option<u32>,
    /// GPUs that there are, where the user says so.
    most: Option<u32>,
    measured: Option<MeasuredTraining>,
    /// The software of tuning.
    software: TrainingLoop,
    /// Whether GPUs were not chosen by name.
    is_auto: bool,
    /// Whether cards are bought: then they cost what they cost, however long a run.
    is_bought: bool,
}

/// What a run does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Work {
    /// Tune by a method: tokens of a sequence, and of the whole run.
    Tune { method: TuningMethod, sequence: f64, tokens: f64 },
    /// Pretrain so many parameters on so many tokens, on bought cards within so many hours.
    Pretrain { params: f64, tokens: f64, hours: f64 },
}

impl TrainingQuestion {
    /// Which GPUs tune a model.
    pub fn tuning(tuning: &Tuning, inputs: &Inputs, catalog: &Arc<Catalog>) -> TrainingQuestion {
        let work = Work::Tune {
            method: tuning.method,
            sequence: tuning.example.input() + tuning.example.output,
            tokens: training_tokens(&tuning.example, tuning.labels, inputs)
                * validation_factor(tuning.method, inputs),
        };
        let measured = MeasuredTraining::of(tuning.method, inputs);
        TrainingQuestion { measured, ..TrainingQuestion::of(tuning.model, work, inputs, catalog) }
    }

    /// Which GPUs pretrain a model: the campaign of the model whose shape is nearest, scaled by the parameters.
    pub fn pretraining(it: &Pretraining, inputs: &Inputs, catalog: &Arc<Catalog>) -> TrainingQuestion {
        let hours = inputs.team.lead_time_custom * HOURS_PER_WEEK;
        let work = Work::Pretrain { params: it.params, tokens: it.tokens, hours };
        TrainingQuestion::of(it.shape, work, inputs, catalog)
    }

    fn of(model: &OpenModel, work: Work, inputs: &Inputs, catalog: &Arc<Catalog>) -> TrainingQuestion {
        let choice = &inputs.models.training_gpu;
        TrainingQuestion {
            model: model.clone(),
            work,
            catalog: SharedCatalog(Arc::clone(catalog)),
            gpus: allowed_gpus(choice, inputs, catalog).map(PricedPlace::from).collect(),
            pinned: inputs.models.training_gpu_count.pinned(),
            most: most_gpus(inputs),
            measured: None,
            software: inputs.models.training_loop,
            is_auto: choice == "auto",
            is_bought: billing(inputs) == GpuBilling::Owned,
        }
    }

    /// The cheapest job that fits, over the allowed GPUs and counts.
    pub fn job(&self) -> Option<FoundJob> {
        match self.work {
            Work::Tune { method, sequence, tokens } => self.tuning_job(method, sequence, tokens),
            Work::Pretrain { params, tokens, hours } => self.pretraining_job(params, tokens, hours),
        }
    }

    /// Whether a tuning fits some allowed number of allowed GPUs, whatever it costs.
    pub fn fits(&self) -> bool {
        let Work::Tune { method, sequence, .. } = self.work else { return false };
        self.catalog.gpus(&self.gpus).any(|(gpu, _)| {
            let run = |gpus| self.run(gpu, gpus, method, sequence);
            self.allowed_counts(gpu).any(|gpus| self.known(run(gpus)).fits())
        })
    }

    fn run<'q>(&'q self, gpu: &'q Gpu, gpus: u32, method: TuningMethod, sequence: f64) -> TrainingRun<'q> {
        with_loop(TrainingRun::new(&self.model, gpu, gpus, method, sequence), self.software)
    }

    fn known<'q>(&'q self, run: TrainingRun<'q>) -> KnownRun<'q> {
        KnownRun::new(run, self.measured.as_ref())
    }

    /// Numbers of a GPU that a job may use.
    fn allowed_counts(&self, gpu: &Gpu) -> impl Iterator<Item = u32> {
        let counts = COUNTS.into_iter().filter(|count| self.pinned.is_none_or(|pinned| pinned == *count));
        counts.filter(|count| self.is_enough(*count) && can_join(gpu, *count))
    }

    /// Whether there are so many GPUs.
    fn is_enough(&self, gpus: u32) -> bool {
        self.most.is_none_or(|most| gpus <= most)
    }

    /// Whether any GPU that is allowed has a price.
    pub fn has_priced_gpu(&self) -> bool {
        !self.gpus.is_empty()
    }

    /// The allowed GPUs that come nearest to holding a tuning that fits none; `None` where the memory that it needs is
    /// not known.
    pub fn shortfall(&self) -> Option<MemoryShortfall> {
        let Work::Tune { method, sequence, .. } = self.work else { return None };
        let mut nearest: Option<(f64, MemoryShortfall)> = None;
        for (gpu, _) in self.catalog.gpus(&self.gpus) {
            for gpus in self.allowed_counts(gpu) {
                let run = self.run(gpu, gpus, method, sequence);
                let Some(memory) = run.memory_per_gpu() else { continue };
                let (needed_gib, usable_gib) = (memory.total_gib(), run.room_gib());
                let missing = needed_gib / usable_gib;
                if nearest.as_ref().is_none_or(|(least, _)| missing < *least) {
                    let gpu = gpu.name.clone();
                    nearest = Some((missing, MemoryShortfall { gpu, gpus, needed_gib, usable_gib }));
                }
            }
        }
        nearest.map(|(_, shortfall)| shortfall)
    }

    fn tuning_job(&self, method: TuningMethod, sequence: f64, tokens: f64) -> Option<FoundJob> {
        let mut best: Option<FoundJob> = None;
        let mut least = f64::INFINITY;
        for (gpu, PricedPlace { place, usd_per_hour }) in self.catalog.gpus(&self.gpus) {
            let run = |gpus| self.run(gpu, gpus, method, sequence);
            // Most GPUs are too dear whatever their number: then neither memory nor hours need be known.
            if !self.is_bought && self.least_usd(&run(1), tokens, usd_per_hour) >= least {
                continue;
            }
            for gpus in self.allowed_counts(gpu) {
                // Bought cards cost what they cost, however long the run: what is too dear need not be timed. Their
                // power and space are paid too, so the least purchase may not be the least cost.
                let bought = self.is_bought.then(|| usd_per_hour * cards_bought(gpu, gpus));
                if bought.is_some_and(|usd| usd >= least) {
                    continue;
                }
                let run = self.known(run(gpus));
                let Some(memory_gib) = run.memory_if_it_fits() else { continue };
                let Some((gpu_hours, band)) = run.hours(tokens) else { continue };
                let usd_per_run = gpu_hours * usd_per_hour;
                let price = bought.unwrap_or(usd_per_run);
                if price < least {
                    least = price;
                    best = Some(Job { gpu: place, gpus, gpu_hours, band, usd_per_run, tokens, memory_gib });
                }
            }
        }
        best
    }

    /// What a run costs at the very least on any number of its GPUs, US dollars; nothing where it may be measured.
    fn least_usd(&self, run: &TrainingRun<'_>, tokens: f64, usd_per_hour: f64) -> f64 {
        // Chosen GPUs are few, and only they can be measured.
        if !self.is_auto {
            return 0.0;
        }
        run.least_gpu_hours(tokens).map_or(0.0, |hours| hours * usd_per_hour * BOUND_SLACK)
    }

    fn pretraining_job(&self, params: f64, tokens: f64, hours: f64) -> Option<FoundJob> {
        let shape = &self.model;
        let mut best: Option<FoundJob> = None;
        let mut least = f64::INFINITY;
        for (gpu, PricedPlace { place, usd_per_hour }) in self.catalog.gpus(&self.gpus) {
            if !gpu.has_fast_interconnect() {
                continue;
            }
            // On one GPU, as the model cards are predicted: what nodes lose is within the campaign's factor.
            let run = TrainingRun {
                stack: TrainingStack::Expert,
                checkpointing: Checkpointing::Selective,
                accumulates: false,
                ..TrainingRun::new(shape, gpu, 1, TuningMethod::Full, PRETRAINING_SEQUENCE)
            };
            let Some(of_shape) = run.campaign_gpu_hours(tokens) else { continue };
            let gpu_hours = of_shape * params / (shape.params_total_b * 1e9);
            let usd_per_run = gpu_hours * usd_per_hour;
            // Bought cards are as many as end the run in the time that it has.
            let gpus = if self.is_bought { nodes_for(gpu_hours / hours) } else { GPUS_OF_NODE };
            let price = if self.is_bought { usd_per_hour * cards_bought(gpu, gpus) } else { usd_per_run };
            if gpu_hours.is_finite() && self.is_enough(gpus) && price < least {
                least = price;
                let (band, memory_gib) = (CAMPAIGN_BAND, 0.0);
                best = Some(Job { gpu: place, gpus, gpu_hours, band, usd_per_run, tokens, memory_gib });
            }
        }
        best
    }
}

/// The cheapest job that tunes a model: [`TrainingQuestion::job`] with the row of its GPU.
pub fn training_job<'a>(
    tuning: &Tuning,
    inputs: &Inputs,
    catalog: &'a Arc<Catalog>,
) -> Option<TrainingJob<'a>> {
    TrainingQuestion::tuning(tuning, inputs, catalog).job()?.placed(catalog)
}

impl FoundJob {
    /// The job with the row of its GPU; `None` if the catalogue has no such place.
    pub fn placed(self, catalog: &Catalog) -> Option<TrainingJob<'_>> {
        Some(self.on(catalog.gpus.get(self.gpu)?))
    }
}

/// GPUs in whole nodes of eight, at least one node.
fn nodes_for(gpus: f64) -> u32 {
    let nodes = (gpus / f64::from(GPUS_OF_NODE)).ceil().clamp(1.0, MOST_NODES);
    nodes as u32 * GPUS_OF_NODE
}

/// Cards to buy for so many, boards of eight where modules come so.
fn cards_bought(gpu: &Gpu, gpus: u32) -> f64 {
    let needed = f64::from(gpus);
    if gpu.is_bought_in_eights() { (needed / 8.0).ceil() * 8.0 } else { needed }
}
