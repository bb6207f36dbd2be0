//! What fits where: the memory of serving and of tuning, and every GPU that could carry this demand.

use super::costed::Costed;
use super::own_gpus::fleet_of;
use super::setting::Setting;
use crate::domain::case::Case;
use crate::domain::catalog::{Gpu, OpenModel};
use crate::domain::hardware::{
    AtOnce, COUNTS, PricedGpu, ServedModel, ServingOption, ServingQuestion, TrainingJob, Tuning, can_join,
    measured_memory, no_priced_gpu, placed, serving_options, training_job, training_run, usd_per_gpu_hour,
};
use crate::domain::sizing::{Band, SERVING_MEMORY_BAND, TRAINING_MEMORY_BAND, TrainingRun, TuningMethod};
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::domain::units::words::count_exact;

/// Where the memory of one GPU goes.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryUse {
    /// What runs, and on what.
    pub title: String,
    /// What takes memory, GiB, in the order in which it is shown.
    pub parts: Vec<(&'static str, f64)>,
    /// What the GPU can use, GiB.
    pub usable_gib: f64,
    /// How far off the sum of the parts may be.
    pub band: Band,
    /// The GPUs of the catalogue with the least memory in all that hold it, price aside.
    pub smallest: Option<String>,
}

impl MemoryUse {
    /// What is left, GiB.
    pub fn free_gib(&self) -> f64 {
        (self.usable_gib - self.used_gib()).max(0.0)
    }

    /// What is taken, GiB.
    pub fn used_gib(&self) -> f64 {
        self.parts.iter().map(|(_, gib)| gib).sum()
    }
}

/// A GPU of the catalogue under the demand of month 1.
#[derive(Clone, Debug, PartialEq)]
pub struct GpuCost {
    /// GPUs of a replica, and the format of the weights.
    pub replica: String,
    /// GPUs at the peak.
    pub peak_gpus: f64,
    /// Compute and the people who tend further nodes, US dollars in month 1.
    pub usd_per_month: f64,
    /// The same at the likely high and low end of its speed, US dollars.
    pub usd_band: (f64, f64),
    /// The same for a million tokens, input and output.
    pub usd_per_million_tokens: f64,
}

/// What fits where, under one set of inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The open model on the cheapest of the GPUs that are allowed, or why on none.
    pub serving: Result<MemoryUse, Exclusion>,
    /// The GPUs that hold the users at once with the open model, the cheapest first; none where no such load is
    /// stated.
    pub at_once: Vec<AtOnce>,
    /// Each way of tuning the base, on the cheapest GPUs that hold it, or why on none.
    pub training: Vec<Result<MemoryUse, String>>,
    /// All GPUs of the catalogue with a price here that can carry the demand, the cheapest first.
    pub gpus: Vec<GpuCost>,
    /// So many more have no price here, are of another kind (TPUs, no native bf16), or cannot.
    pub unfit: usize,
}

/// What fits where. Looks at every GPU of the catalogue, *auto*'s preferences aside.
pub fn fit(setting: &Setting) -> Fit {
    let all = &setting.case.catalog.gpus;
    let (setting, tuned) = (as_costed(setting, StrategyId::OpenSelf), as_costed(setting, StrategyId::Lora));
    let mut gpus: Vec<GpuCost> = match setting.open_model() {
        Ok(model) => all.iter().filter_map(|gpu| gpu_cost(setting, model, gpu)).collect(),
        Err(_) => Vec::new(),
    };
    gpus.sort_by(|a, b| a.usd_per_month.total_cmp(&b.usd_per_month));
    let methods = [
        ("LoRA", TuningMethod::Lora { rank: setting.inputs.models.lora_rank }),
        ("QLoRA", TuningMethod::QLora { rank: setting.inputs.models.lora_rank }),
        ("Full fine-tuning", TuningMethod::Full),
    ];
    Fit {
        serving: serving_use(setting),
        at_once: at_once(setting),
        training: methods.into_iter().map(|(name, method)| training_use(tuned, name, method)).collect(),
        unfit: all.len() - gpus.len(),
        gpus,
    }
}

/// The setting with knowledge brought in as a strategy does it.
fn as_costed<'s, 'a>(setting: &'s Setting<'a>, id: StrategyId) -> &'s Setting<'a> {
    setting.with_retrieval(Costed::of(setting, id.strategy(), None).retrieves())
}

/// The GPUs that hold the users at once with the open model, the cheapest first; none where no such load is stated or
/// the model is not known.
pub fn at_once(setting: &Setting) -> Vec<AtOnce> {
    let (Ok(model), Some(users)) = (setting.open_model(), setting.inputs.work.users_at_once) else {
        return Vec::new();
    };
    let served = ServedModel { model, is_tuned: false, tokens: setting.open_tokens() };
    ServingQuestion::of(&served, setting.inputs, &setting.case.catalog).at_once(users)
}

fn serving_use(setting: &Setting) -> Result<MemoryUse, Exclusion> {
    let model = setting.open_model()?;
    let served = ServedModel { model, is_tuned: false, tokens: setting.open_tokens() };
    let options = serving_options(&served, setting.inputs, &setting.case.catalog)?;
    let Some((option, _)) = cheapest(setting, options) else {
        return Err(no_priced_gpu(&setting.inputs.models.serving_gpu, setting.inputs));
    };
    let gpus = f64::from(option.gpus);
    let usable = option.gpu.mem_gib_usable_approx;
    let estimate = &option.estimate;
    let is_measured = setting.inputs.models.measured_memory_open.is_some();
    Ok(MemoryUse {
        title: format!(
            "Serving {} on {}, {} requests at once",
            model.model,
            option.label(),
            count_exact(libm::floor(estimate.batch))
        ),
        parts: [
            (
                if is_measured { "measured weights and runtime" } else { "weights" },
                estimate.weights_gib / gpus,
            ),
            ("attention cache", estimate.kv_gib_per_request * estimate.batch / gpus),
            ("activations and runtime", estimate.runtime_gib / gpus),
            ("not filled by the engine", usable - estimate.usable_gib / gpus),
        ]
        .into_iter()
        .filter(|(_, gib)| *gib > 0.0)
        .collect(),
        usable_gib: usable,
        band: SERVING_MEMORY_BAND,
        smallest: smallest(setting.case, |gpu| {
            options_on(gpu, 0.0, &served, setting).ok()?.iter().map(|option| option.gpus).min()
        }),
    })
}

fn training_use(setting: &Setting, name: &str, method: TuningMethod) -> Result<MemoryUse, String> {
    let model = setting.base_model().map_err(|exclusion| exclusion.to_string())?;
    let tokens = setting.tuned_tokens();
    let labels = setting.inputs.data.labels;
    let tuning = Tuning { model, method, example: tokens, labels };
    let job = training_job(&tuning, setting.inputs, &setting.case.catalog);
    let run = job.as_ref().map(|job: &TrainingJob| {
        let sequence = tokens.input() + tokens.output;
        training_run(TrainingRun::new(model, job.gpu, job.gpus, method, sequence), setting.inputs)
    });
    let measured = run.as_ref().and_then(|run| measured_memory(run, setting.inputs));
    let (Some(job), Some(memory)) = (job, run.and_then(|run| run.memory_per_gpu())) else {
        return Err(format!("{name} of {} fits none of the GPUs allowed for training.", model.model));
    };
    Ok(MemoryUse {
        title: format!("{name} of {} on {} × {}", model.model, job.gpus, job.gpu.name),
        parts: match measured {
            Some(gib) => vec![("measured peak", gib)],
            None => vec![
                ("weights", memory.weights_gib),
                ("gradients", memory.gradients_gib),
                ("optimizer", memory.optimizer_gib),
                ("activations and logits", memory.activations_gib + memory.logits_gib),
                ("overhead", memory.overhead_gib),
            ],
        },
        usable_gib: job.gpu.mem_gib_usable_approx,
        band: if measured.is_some() { Band::MEASURED } else { TRAINING_MEMORY_BAND },
        smallest: smallest(setting.case, |gpu| {
            let sequence = tokens.input() + tokens.output;
            let run = |gpus| TrainingRun::new(model, gpu, gpus, method, sequence);
            let fits = |gpus: &u32| training_run(run(*gpus), setting.inputs).fits();
            COUNTS.into_iter().filter(|gpus| can_join(gpu, *gpus)).find(fits)
        }),
    })
}

fn gpu_cost(setting: &Setting, model: &OpenModel, gpu: &Gpu) -> Option<GpuCost> {
    let usd = usd_per_gpu_hour(gpu, setting.inputs).filter(|_| is_general(gpu))?;
    let tokens = setting.open_tokens();
    let served = ServedModel { model, is_tuned: false, tokens };
    let options = options_on(gpu, usd, &served, setting).ok()?;
    let (option, usd_per_month) = cheapest(setting, options)?;
    let requests = setting.inputs.work.requests_per_month;
    let fleet = fleet_of(setting, &option, 1.0);
    let month = fleet.month(1, requests);
    let at_speed = |speed: f64| fleet.at_speed(speed).cost(1, requests);
    let band = option.estimate.band;
    let per_month = requests * setting.calls_per_request * (tokens.input() + tokens.output);
    Some(GpuCost {
        replica: option.label(),
        peak_gpus: month.peak_gpus,
        usd_per_month,
        usd_band: (at_speed(band.high), at_speed(band.low)),
        usd_per_million_tokens: usd_per_month / per_month * 1e6,
    })
}

/// The configuration that costs least in month 1, with its cost.
fn cheapest<'b>(setting: &Setting, options: Vec<ServingOption<'b>>) -> Option<(ServingOption<'b>, f64)> {
    let requests = setting.inputs.work.requests_per_month;
    let cost = |option: ServingOption<'b>| {
        let usd = fleet_of(setting, &option, 1.0).cost(1, requests);
        (option, usd)
    };
    options.into_iter().map(cost).min_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// The configurations of one GPU at a price that can serve a model, what was measured aside.
fn options_on<'a>(
    gpu: &Gpu,
    usd_per_hour: f64,
    served: &ServedModel,
    setting: &Setting<'a>,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    let catalog = &setting.case.catalog;
    let gpu = PricedGpu::named(&gpu.name, usd_per_hour, catalog);
    Ok(placed(&ServingQuestion::on(gpu, served, setting.inputs, catalog).options()?, catalog))
}

/// Whether the software for serving and tuning open models runs on it: the makers that *auto* considers.
fn is_general(gpu: &Gpu) -> bool {
    gpu.bf16_native && matches!(gpu.vendor.as_str(), "NVIDIA" | "AMD")
}

/// The GPUs with the least memory in all, where `count` says how many of a kind are needed.
fn smallest(case: &Case, count: impl Fn(&Gpu) -> Option<u32>) -> Option<String> {
    let gpus = case.catalog.gpus.iter().filter(|gpu| is_general(gpu));
    let sets = gpus.filter_map(|gpu| Some((gpu, count(gpu)?)));
    let memory = |(gpu, count): &(&Gpu, u32)| f64::from(*count) * gpu.mem_gib_usable_approx;
    let (gpu, count) = sets.min_by(|a, b| memory(a).total_cmp(&memory(b)))?;
    Some(format!("{count} × {}", gpu.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;
    use crate::domain::input::{DataBoundary, Inputs};

    fn fit(change: impl FnOnce(&mut Inputs)) -> Fit {
        let case = Case::default().edited(change);
        super::fit(&Setting::new(&case))
    }

    #[test]
    fn what_is_used_and_what_is_free_is_what_the_gpu_has() {
        let fit = fit(|_| ());
        for used in fit.training.iter().flatten().chain(fit.serving.iter()) {
            let sum: f64 = used.parts.iter().map(|(_, gib)| gib).sum();
            assert!((sum + used.free_gib() - used.usable_gib).abs() < 1e-9, "{}", used.title);
            assert!(used.parts.iter().all(|(_, gib)| *gib >= 0.0), "{}", used.title);
        }
        assert_eq!(fit.training.iter().flatten().count(), 3);
    }

    #[test]
    fn what_an_engine_leaves_free_is_not_called_runtime() {
        let serving = fit(|_| ()).serving.unwrap();
        let part = |name: &str| serving.parts.iter().find(|(part, _)| *part == name).unwrap().1;
        // vLLM fills nine tenths of a card.
        assert!((part("not filled by the engine") - 0.1 * serving.usable_gib).abs() < 1e-9);
        let filled = part("weights") + part("attention cache") + part("activations and runtime");
        assert!(filled <= 0.9 * serving.usable_gib, "{:?}", serving.parts);
        assert!((1.0..5.0).contains(&part("activations and runtime")), "{:?}", serving.parts);
    }

    #[test]
    fn the_smallest_gpus_that_hold_a_small_model_are_small() {
        let fit = fit(|inputs| inputs.models.open_model = "Llama-3.1-8B".to_owned());
        let smallest = fit.serving.unwrap().smallest.unwrap();
        let gpu = Catalog::builtin().gpu(smallest.strip_prefix("1 × ").unwrap()).unwrap();
        // 8 GB of weights in fp8, 16 in bf16.
        assert!(gpu.mem_gib_usable_approx <= 24.0, "{smallest}");
        // QLoRA is the one that needs least.
        let needs: Vec<&str> =
            fit.training.iter().flatten().filter_map(|used| used.smallest.as_deref()).collect();
        assert_eq!(needs.len(), 3);
        assert!(needs.iter().all(|gpus| !gpus.contains("TPU") && !gpus.contains("T4")), "{needs:?}");
    }

    #[test]
    fn the_list_of_gpus_is_by_cost_and_no_gpu_is_lost() {
        let fit = fit(|_| ());
        assert!(fit.gpus.len() > 5);
        assert!(
            fit.gpus
                .iter()
                .all(|gpu| gpu.usd_band.0 <= gpu.usd_per_month && gpu.usd_per_month <= gpu.usd_band.1)
        );
        assert!(fit.gpus.is_sorted_by(|a, b| a.usd_per_month <= b.usd_per_month));
        assert_eq!(fit.gpus.len() + fit.unfit, Catalog::builtin().gpus.len());
    }

    #[test]
    fn a_gpu_costs_what_the_ledger_pays_for_compute_each_month() {
        let mut case = Case::default();
        let inputs = &mut case.inputs;
        inputs.models.serving_gpu = "H100 SXM".to_owned();
        inputs.work.growth_per_month = 0.0;
        inputs.economics.gpu_rent_drift = 0.0;
        let fit = super::fit(&Setting::new(&case));
        let h100 = fit.gpus.iter().find(|gpu| gpu.replica.contains("H100 SXM")).unwrap();
        let evaluation = crate::domain::answer(&case);
        let own = evaluation.get(crate::domain::strategy::StrategyId::OpenSelf).unwrap();
        let last = own.cost.as_ref().unwrap().ledger.months.last().unwrap();
        let paid = last.get(crate::domain::cost::Line::ServingCompute);
        assert!((h100.usd_per_month - paid).abs() < 0.01 * paid, "{} {paid}", h100.usd_per_month);
    }

    #[test]
    fn a_boundary_without_a_price_leaves_a_reason() {
        let fit = fit(|inputs| {
            inputs.constraints.data_boundary = DataBoundary::OwnPremises;
            inputs.models.serving_gpu = "L4".to_owned();
        });
        assert!(fit.serving.is_err() || !fit.gpus.is_empty());
        assert!(fit.gpus.iter().all(|gpu| gpu.usd_per_month.is_finite()));
    }
}
