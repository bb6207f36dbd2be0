//! Training compute: which GPUs hold the job, how long it runs, what it costs (method §5).

use super::people::is_retrain;
use super::{CallTokens, Line, Lines};
use crate::domain::case::Case;
use crate::domain::catalog::{Gpu, OpenModel};
use crate::domain::demand::Months;
use crate::domain::hardware::{allowed_gpus, billing, can_join, purchase_usd};
use crate::domain::input::{GpuBilling, Inputs};
use crate::domain::sizing::{
    Band, CAMPAIGN_BAND, Checkpointing, TRAINING_HOURS_BAND, TrainingRun, TrainingStack, TuningMethod,
};
use crate::domain::strategy::Adaptation;
use crate::domain::units::words::{GAP, count_exact, counted, usd_exact, usd_rate};

/// GPUs tried for a training job.
pub(super) const COUNTS: [u32; 5] = [1, 2, 4, 8, 16];
/// Tokens of one sequence of a pretraining: 4,096 to 8,192 in the model cards that campaigns are fitted to.
const PRETRAINING_SEQUENCE: f64 = 8_192.0;
const MILLION: f64 = 1e6;
/// Keeps a bound below what it bounds, whatever the rounding.
const BOUND_SLACK: f64 = 1.0 - 1e-9;

/// One training run on the cheapest hardware that holds it.
pub type TrainingJob<'a> = Job<&'a Gpu>;

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

    /// The computation in words.
    pub fn text(&self, runs: f64) -> String {
        // A pretraining is planned on whole nodes, whose memory is not asked.
        let each =
            if self.memory_gib > 0.0 { format!(" ({:.0} GiB each)", self.memory_gib) } else { String::new() };
        let hours = |factor: f64| count_exact(self.gpu_hours * factor);
        let price = match self.usd_per_run / self.gpu_hours {
            usd if usd.is_finite() => format!(" at {}", usd_rate(usd)),
            _ => String::new(),
        };
        let range = if self.band.is_measured() {
            "measured".to_owned()
        } else {
            format!("{} to {}", hours(self.band.low), hours(self.band.high))
        };
        format!(
            "{}{GAP}M tokens a run on {} × {}{each}: {} GPU-hours ({range}){price}, {} a run; {} at first",
            count_exact(self.tokens / MILLION),
            self.gpus,
            self.gpu.name,
            hours(1.0),
            usd_exact(self.usd_per_run),
            counted(&count_exact(runs), "run"),
        )
    }
}

/// Tokens of one training run: max(have, needed) examples, each as long as a call, times the epochs.
pub fn training_tokens(tokens: &CallTokens, labels: f64, inputs: &Inputs) -> f64 {
    labels * (tokens.input() + tokens.output) * inputs.team.epochs
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

/// GPU-hours that the user measured for a run of this method on the GPUs chosen for training.
fn measured_hours(run: &TrainingRun<'_>, inputs: &Inputs) -> Option<f64> {
    let models = &inputs.models;
    let hours = match run.method {
        TuningMethod::Full => models.measured_hours_full,
        TuningMethod::Lora { .. } => models.measured_hours_lora,
        TuningMethod::QLora { .. } => models.measured_hours_qlora,
    };
    hours.filter(|_| is_measured_there(run, inputs))
}

/// GiB of each GPU that the user measured for a run of this method on the GPUs chosen for training.
pub fn measured_memory(run: &TrainingRun<'_>, inputs: &Inputs) -> Option<f64> {
    let models = &inputs.models;
    let memory = match run.method {
        TuningMethod::Full => models.measured_memory_full,
        TuningMethod::Lora { .. } => models.measured_memory_lora,
        TuningMethod::QLora { .. } => models.measured_memory_qlora,
    };
    memory.filter(|_| is_measured_there(run, inputs))
}

/// Whether a run is on the GPUs that measurements of training hold for.
fn is_measured_there(run: &TrainingRun<'_>, inputs: &Inputs) -> bool {
    let models = &inputs.models;
    models.training_gpu == run.gpu.name && models.training_gpu_count.pinned() == Some(run.gpus)
}

/// Memory of each GPU, GiB, if the run fits: because it ran, by its measured peak, or by its estimate.
fn memory_if_it_fits(run: &TrainingRun<'_>, inputs: &Inputs) -> Option<f64> {
    match measured_memory(run, inputs) {
        Some(gib) if gib <= run.gpu.mem_gib_usable_approx || measured_hours(run, inputs).is_some() => {
            Some(gib)
        }
        Some(_) => None,
        None if measured_hours(run, inputs).is_some() => {
            run.memory_per_gpu().map(|memory| memory.total_gib())
        }
        None => run.memory_if_it_fits().map(|memory| memory.total_gib()),
    }
}

/// Whether a run fits its GPUs: because it ran, by its measured peak, or by its estimate.
pub fn fits_on(run: &TrainingRun<'_>, inputs: &Inputs) -> bool {
    match measured_memory(run, inputs) {
        None => measured_hours(run, inputs).is_some() || run.fits(),
        Some(_) => memory_if_it_fits(run, inputs).is_some(),
    }
}

/// GPU-hours of a run and their band: measured, or by a measured utilisation, or estimated.
fn hours_of(run: &TrainingRun<'_>, tokens: f64, inputs: &Inputs) -> Option<(f64, Band)> {
    let gpus = f64::from(run.gpus);
    if let Some(hours) = measured_hours(run, inputs) {
        return Some((hours, Band::MEASURED));
    }
    match inputs.models.measured_mfu.filter(|_| is_measured_there(run, inputs)) {
        Some(mfu) => Some((run.hours_at(tokens, mfu)? * gpus, Band::MEASURED)),
        None => Some((run.hours(tokens)? * gpus, TRAINING_HOURS_BAND)),
    }
}

/// Whether a job fits some allowed number of allowed GPUs.
pub fn training_fits(model: &OpenModel, method: TuningMethod, sequence: f64, case: &Case) -> bool {
    let inputs = &case.inputs;
    allowed_gpus(&inputs.models.training_gpu, case).any(|(gpu, _)| {
        allowed_counts(gpu, inputs)
            .any(|gpus| fits_on(&TrainingRun::new(model, gpu, gpus, method, sequence), inputs))
    })
}

/// Numbers of a GPU that a training job may use.
fn allowed_counts<'a>(gpu: &'a Gpu, inputs: &Inputs) -> impl Iterator<Item = u32> + 'a {
    let pinned = inputs.models.training_gpu_count.pinned();
    let counts = COUNTS.into_iter().filter(move |count| pinned.is_none_or(|pinned| pinned == *count));
    counts.filter(|count| can_join(gpu, *count))
}

/// The cheapest job that fits, over the allowed GPUs and counts.
pub fn training_job<'a>(
    model: &OpenModel,
    method: TuningMethod,
    tokens: &CallTokens,
    labels: f64,
    case: &'a Case,
) -> Option<TrainingJob<'a>> {
    let inputs = &case.inputs;
    let sequence = tokens.input() + tokens.output;
    let total = training_tokens(tokens, labels, inputs);
    let owned = billing(inputs) == GpuBilling::Owned;
    let mut best: Option<TrainingJob> = None;
    let mut least = f64::INFINITY;
    for (gpu, usd_per_gpu_hour) in allowed_gpus(&inputs.models.training_gpu, case) {
        let run = |gpus| TrainingRun::new(model, gpu, gpus, method, sequence);
        // Most GPUs are too dear whatever their number: then neither memory nor hours need be known.
        if !owned && least_usd(&run(1), total, usd_per_gpu_hour, inputs) >= least {
            continue;
        }
        for gpus in allowed_counts(gpu, inputs) {
            // Bought cards cost what they cost, however long the run: what is too dear need not be timed.
            let bought = owned
                .then(|| purchase_usd(gpu, inputs).map_or(f64::MAX, |usd| usd * cards_bought(gpu, gpus)));
            if bought.is_some_and(|usd| usd >= least) {
                continue;
            }
            let run = run(gpus);
            let Some(memory_gib) = memory_if_it_fits(&run, inputs) else { continue };
            let Some((gpu_hours, band)) = hours_of(&run, total, inputs) else { continue };
            let usd_per_run = gpu_hours * usd_per_gpu_hour;
            let price = bought.unwrap_or(usd_per_run);
            if price < least {
                least = price;
                best =
                    Some(TrainingJob { gpu, gpus, gpu_hours, band, usd_per_run, tokens: total, memory_gib });
            }
        }
    }
    best
}

/// What a run costs at the very least on any number of its GPUs, US dollars; nothing where it may be measured.
fn least_usd(run: &TrainingRun<'_>, tokens: f64, usd_per_gpu_hour: f64, inputs: &Inputs) -> f64 {
    // Chosen GPUs are few, and only they can be measured.
    if inputs.models.training_gpu != "auto" {
        return 0.0;
    }
    run.least_gpu_hours(tokens).map_or(0.0, |hours| hours * usd_per_gpu_hour * BOUND_SLACK)
}

/// Cards to buy for so many, boards of eight where modules come so.
fn cards_bought(gpu: &Gpu, gpus: u32) -> f64 {
    let needed = f64::from(gpus);
    if gpu.is_bought_in_eights() { (needed / 8.0).ceil() * 8.0 } else { needed }
}

/// A pretraining campaign from scratch on the cheapest GPUs for it.
///
/// The campaign of the model whose `shape` is nearest, scaled by the number of parameters: sizing knows shapes.
pub fn pretraining_job<'a>(shape: &OpenModel, case: &'a Case) -> Option<TrainingJob<'a>> {
    let inputs = &case.inputs;
    let params = inputs.models.custom_params;
    let tokens = params * inputs.models.custom_tokens_per_param;
    let mut best: Option<TrainingJob> = None;
    for (gpu, usd_per_gpu_hour) in allowed_gpus(&inputs.models.training_gpu, case) {
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
        let usd_per_run = gpu_hours * usd_per_gpu_hour;
        if gpu_hours.is_finite() && best.as_ref().is_none_or(|best| usd_per_run < best.usd_per_run) {
            let band = CAMPAIGN_BAND;
            best = Some(TrainingJob { gpu, gpus: 8, gpu_hours, band, usd_per_run, tokens, memory_gib: 0.0 });
        }
    }
    best
}

/// Training compute by ledger month from 0: the experiments first, then one run at each retrain.
pub fn training_lines(
    usd_per_run: f64,
    first_runs: f64,
    own_from: usize,
    months: &Months,
    inputs: &Inputs,
) -> Vec<Lines> {
    let mut lines = vec![Lines::default(); months.horizon + 1];
    for (month, amounts) in lines.iter_mut().enumerate() {
        if month == 0 {
            amounts.add(Line::TrainingCompute, usd_per_run * first_runs);
        } else if is_retrain(month, own_from, months, inputs) {
            amounts.add(Line::TrainingCompute, usd_per_run);
        }
    }
    lines
}
