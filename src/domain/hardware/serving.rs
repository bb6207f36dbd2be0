//! Which GPUs can serve a model, how fast, and at what price (method §5).

use std::sync::Arc;

use super::at_once::{AtOnce, users_at_once};
use super::configuration::{Configuration, FoundOption, ServingOption, multiple};
use super::prices::{
    PricedGpu, allowed_gpus, billing, idle_saves_usd_per_kw, most_gpus, most_joined, no_priced_gpu, own_price,
};
use super::question::{PricedPlace, SharedCatalog};
use crate::domain::catalog::{Catalog, Gpu, OpenModel};
use crate::domain::input::{CachePrecision, GpuBilling, Inputs, Maturity, WeightPrecision};
use crate::domain::sizing::{
    CannotServe, Engine, KvPrecision, LatencyTargets, Load, Precision, Replica, ServingEstimate, calls_held,
    serve, serve_as_run,
};
use crate::domain::strategy::{Exclusion, ServingRefusal};
use crate::domain::workload::{Caching, CallTokens};

/// Numbers of GPUs tried for one replica.
const COUNTS: [u32; 4] = [1, 2, 4, 8];
/// Tried only where eight do not fit.
const LARGEST_COUNT: u32 = 16;
/// What the latency targets ask of a replica; none if all work can wait.
fn latency_targets(inputs: &Inputs) -> LatencyTargets {
    if inputs.work.deferrable_share >= 1.0 {
        return LatencyTargets::default();
    }
    LatencyTargets {
        time_to_first_token_s: inputs.constraints.time_to_first_token_s,
        time_per_output_token_s: Some(inputs.constraints.time_per_output_token_ms / 1_000.0),
    }
}

/// The format of the attention cache that is asked for.
const fn kv_precision(choice: CachePrecision) -> KvPrecision {
    match choice {
        CachePrecision::Bf16 => KvPrecision::Bf16,
        CachePrecision::Fp8 => KvPrecision::Fp8,
    }
}

/// The load of one call on a replica. A busy replica keeps the shared prefix, so hits take their upper limit.
fn load_of(tokens: &CallTokens, inputs: &Inputs) -> Load {
    Load {
        prefix_tokens: tokens.prefix + tokens.history.mean(),
        prefix_hit: Caching::of(inputs).most,
        variable_tokens: tokens.variable,
        output_tokens: tokens.output,
        length_tail_factor: inputs.models.length_tail,
    }
}

/// What the user measured on a replica.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct MeasuredServing {
    /// Output tokens per second.
    speed: Option<f64>,
    /// GiB of each GPU for weights and runtime.
    memory: Option<f64>,
}

impl MeasuredServing {
    /// What was measured for a replica of this model, on the GPUs that are chosen for serving.
    fn of(served: &ServedModel, inputs: &Inputs) -> MeasuredServing {
        let models = &inputs.models;
        let (name, speed, memory) = match served.is_tuned {
            true => (&models.base_model, models.measured_speed_tuned, models.measured_memory_tuned),
            false => (&models.open_model, models.measured_speed_open, models.measured_memory_open),
        };
        let holds = models.serving_is_chosen() && served.model.model == *name;
        if holds { MeasuredServing { speed, memory } } else { MeasuredServing::default() }
    }
}

/// What is to be served: a model, and the tokens of one call to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServedModel<'a> {
    /// Its row.
    pub model: &'a OpenModel,
    /// Whether it is tuned, so that its released quantisation is gone.
    pub is_tuned: bool,
    /// What one call carries.
    pub tokens: CallTokens,
}

/// Which GPUs can serve a model: everything that the answer depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct ServingQuestion {
    model: OpenModel,
    is_tuned: bool,
    load: Load,
    targets: LatencyTargets,
    catalog: SharedCatalog,
    gpus: Vec<PricedPlace>,
    /// GPUs of a replica, where the user fixed them.
    pinned: Option<u32>,
    /// GPUs that there are, where the user says so.
    most: Option<u32>,
    /// What is said where no GPU has a price.
    unpriced: Exclusion,
    precision: WeightPrecision,
    kv: KvPrecision,
    /// Tokens that each of the users at once may fill, where such a load is stated.
    context: Option<f64>,
    maturity: Maturity,
    measured: MeasuredServing,
    /// Whether GPUs are bought, modules in boards of eight.
    is_bought: bool,
    /// What a kilowatt of a bought GPU costs less in an idle hour, US dollars.
    idle_saves_usd_per_kw: f64,
    /// Whether GPUs were not chosen by name.
    is_auto: bool,
    /// The place of GPUs that stand already: they cost less than their price says, and are never left out for it.
    standing: Option<usize>,
}

impl ServingQuestion {
    /// Whether the allowed GPUs can serve a model, by what the user measured where something is measured.
    pub fn of(served: &ServedModel, inputs: &Inputs, catalog: &Arc<Catalog>) -> ServingQuestion {
        let measured = MeasuredServing::of(served, inputs);
        ServingQuestion { measured, ..ServingQuestion::standing_in(served, inputs, catalog) }
    }

    /// As [`ServingQuestion::of`], for a model that stands in for another one: what was measured is not asked.
    pub fn standing_in(served: &ServedModel, inputs: &Inputs, catalog: &Arc<Catalog>) -> ServingQuestion {
        let most = most_gpus(inputs);
        ServingQuestion {
            most,
            ..ServingQuestion::on(serving_gpus(inputs, catalog), served, inputs, catalog)
        }
    }

    /// As [`ServingQuestion::standing_in`], on the given GPUs at the given prices, however many there are.
    pub fn on<'a>(
        gpus: impl IntoIterator<Item = PricedGpu<'a>>,
        served: &ServedModel,
        inputs: &Inputs,
        catalog: &Arc<Catalog>,
    ) -> ServingQuestion {
        let models = &inputs.models;
        ServingQuestion {
            model: served.model.clone(),
            is_tuned: served.is_tuned,
            load: load_of(&served.tokens, inputs),
            targets: latency_targets(inputs),
            catalog: SharedCatalog(Arc::clone(catalog)),
            gpus: gpus.into_iter().map(PricedPlace::from).collect(),
            pinned: models.serving_gpu_count.pinned(),
            most: None,
            unpriced: no_priced_gpu(&models.serving_gpu, inputs),
            precision: models.weight_precision,
            kv: kv_precision(models.kv_precision),
            context: users_at_once(&served.tokens, inputs).map(|users| users.context_tokens),
            maturity: models.maturity,
            measured: MeasuredServing::default(),
            is_bought: billing(inputs) == GpuBilling::Owned,
            idle_saves_usd_per_kw: idle_saves_usd_per_kw(inputs),
            is_auto: models.serving_gpu == "auto",
            standing: None,
        }
    }

    /// The same where GPUs of this name stand already.
    #[must_use]
    pub fn with_standing(self, gpu: Option<&str>) -> ServingQuestion {
        let mut gpus = self.catalog.gpus(&self.gpus);
        let standing = gpu.and_then(|name| gpus.find(|(gpu, _)| gpu.name == name));
        let standing = standing.map(|(_, priced)| priced.place);
        drop(gpus);
        ServingQuestion { standing, ..self }
    }

    /// Every configuration that can serve the load and that no other one beats on price, speed and size.
    ///
    /// # Errors
    /// The reason, if none can.
    pub fn options(&self) -> Result<Vec<FoundOption>, Exclusion> {
        let mut tried = Tried::default();
        for (gpu, priced) in self.catalog.gpus(&self.gpus) {
            self.try_gpu(gpu, priced, &mut tried);
        }
        if tried.options.is_empty() {
            return Err(self.refused(&tried.refusals));
        }
        Ok(self.undominated(tried.options))
    }

    /// Try the numbers of one GPU that a replica may have.
    fn try_gpu<'q>(&'q self, gpu: &'q Gpu, priced: PricedPlace, tried: &mut Tried<'q>) {
        let card = Placed { gpu, place: priced.place };
        let mut try_count = |gpus: u32| {
            let found = self.sized(gpu, gpus).map(|Sized { estimate, users_held }| Configuration {
                gpu: card,
                gpus,
                precision: self.precision_on(gpu),
                estimate,
                users_held,
                usd_per_gpu_hour: priced.usd_per_hour,
            });
            let fits = found.is_ok();
            match found {
                Ok(option) => tried.options.push(option),
                Err(why) => tried.refusals.push(Refusal { gpu, gpus, why }),
            }
            fits
        };
        if let Some(count) = self.pinned {
            try_count(count);
            return;
        }
        let mut fits = false;
        let most = most_joined(gpu).min(self.most.unwrap_or(u32::MAX));
        for count in COUNTS.into_iter().filter(|count| *count <= most) {
            fits = try_count(count);
        }
        if !fits && LARGEST_COUNT <= most {
            try_count(LARGEST_COUNT);
        }
    }

    /// What a replica of so many GPUs does.
    fn sized(&self, gpu: &Gpu, gpus: u32) -> Result<Sized, CannotServe> {
        let replica = self.replica(gpu, gpus);
        let users_held = match (self.measured.speed, self.context.map(|tokens| calls_held(&replica, tokens)))
        {
            (_, None) => None,
            (None, Some(held)) => Some(held?),
            // What ran held one at least.
            (Some(_), Some(held)) => Some(held.unwrap_or(1.0)),
        };
        let estimate = match (self.measured.speed, serve(&replica, &self.load, &self.targets)) {
            (None, sized) => sized,
            // What ran did fit, and it was measured within the latency that was wanted.
            (Some(_), Err(CannotServe::DoesNotFit { .. } | CannotServe::LatencyUnreachable { .. })) => {
                serve_as_run(&replica, &self.load, f64::INFINITY)
            }
            (Some(_), sized) => sized,
        }?;
        let estimate = self.measured.speed.map_or(estimate, |speed| estimate.measured_at(speed));
        Ok(Sized { estimate, users_held })
    }

    /// The GPUs that hold the users at once, each kind in the number that takes the fewest cards; the cheapest first,
    /// none where no such load is stated.
    pub fn at_once(&self, users: f64) -> Vec<AtOnce> {
        let Some(context) = self.context else { return Vec::new() };
        let of_gpu = |(gpu, priced): (&Gpu, PricedPlace)| {
            let counts = COUNTS.into_iter().chain([LARGEST_COUNT]);
            let counts = counts.filter(|count| *count <= most_joined(gpu) && self.pinned.is_none());
            let counts = counts.chain(self.pinned);
            let sets = counts.filter_map(|count| {
                AtOnce::on(&self.replica(gpu, count), users, context, priced.usd_per_hour)
            });
            // As many cards in fewer replicas hold the weights fewer times.
            sets.min_by(|a, b| (a.cards().total_cmp(&b.cards())).then(a.replicas.total_cmp(&b.replicas)))
        };
        let mut sets: Vec<AtOnce> = self.catalog.gpus(&self.gpus).filter_map(of_gpu).collect();
        sets.sort_by(|a, b| a.usd_per_hour.total_cmp(&b.usd_per_hour));
        sets
    }

    /// A replica of so many GPUs.
    fn replica<'q>(&'q self, gpu: &'q Gpu, gpus: u32) -> Replica<'q> {
        let precision = self.precision_on(gpu);
        let engine = match self.maturity {
            Maturity::Plain => Engine::plain_loop(precision),
            Maturity::Tuned => Engine::TUNED,
            Maturity::Vllm => Engine::VLLM,
            Maturity::Sglang => Engine::SGLANG,
            Maturity::Of2024 => Engine::OF_2024,
        };
        let replica = Replica::new(&self.model, gpu, gpus, precision, engine);
        Replica { kv: self.kv, measured_gib: self.measured.memory, ..replica }
    }

    /// The precision of the weights on a GPU.
    fn precision_on(&self, gpu: &Gpu) -> Precision {
        match self.precision {
            WeightPrecision::Bf16 => Precision::Bf16,
            WeightPrecision::Fp8 => Precision::Fp8,
            WeightPrecision::Int4 => Precision::Int4,
            WeightPrecision::Mxfp4 => Precision::Mxfp4,
            WeightPrecision::Nvfp4 => Precision::Nvfp4,
            WeightPrecision::Nf4 => Precision::Nf4,
            WeightPrecision::Q4KM => Precision::Q4KM,
            WeightPrecision::Q5KM => Precision::Q5KM,
            WeightPrecision::Q6K => Precision::Q6K,
            WeightPrecision::Q80 => Precision::Q80,
            WeightPrecision::Auto => match self.model.released_in().filter(|_| !self.is_tuned) {
                Some(format) => Precision::from(format),
                None if gpu.fp8_dense_tflops.is_some() => Precision::Fp8,
                None => Precision::Bf16,
            },
        }
    }

    /// Drop configurations that another one beats or equals on price, speed and size at any volume.
    fn undominated(&self, options: Vec<Configuration<Placed>>) -> Vec<FoundOption> {
        let measured: Vec<Measures> = options.iter().map(|option| self.measures(option)).collect();
        let beaten = |index: usize, own: &Measures| {
            measured.iter().enumerate().any(|(other_index, its)| {
                let no_worse = its.iter().zip(own).all(|(its, own)| its <= own);
                // What is no worse and not equal is better.
                no_worse && (its != own || other_index < index)
            })
        };
        let stands = |option: &Configuration<Placed>| self.standing == Some(option.gpu.place);
        let kept = |index: usize| measured.get(index).is_some_and(|own| !beaten(index, own));
        let options = options.into_iter().enumerate().filter(|(index, it)| kept(*index) || stands(it));
        options.map(|(_, option)| option.on(option.gpu.place)).collect()
    }

    /// What one configuration is compared with another by; less is better.
    fn measures(&self, option: &Configuration<Placed>) -> Measures {
        let gpus = f64::from(option.gpus);
        let multiple = multiple(option.gpu.gpu, self.is_bought);
        let serving = [gpus * option.usd_per_gpu_hour, -option.estimate.calls_per_second, gpus, multiple];
        // Bought cards that serve a tuned model may have to train it too: then more of them, and larger ones, are
        // worth something.
        let trains = self.is_bought && self.is_tuned;
        let training = [gpus, multiple, option.gpu.gpu.mem_gib_usable_approx];
        let room = -option.users_held.unwrap_or(0.0);
        let [more, larger_board, memory] = if trains { training.map(|amount| -amount) } else { [0.0; 3] };
        let [price, speed, gpus, multiple] = serving;
        // At full load and idle: what is no dearer in both is no dearer in between.
        let idles = gpus * option.gpu.gpu.tdp_w.unwrap_or(0.0) / 1_000.0 * self.idle_saves_usd_per_kw;
        [price, price - idles, speed, gpus, multiple, room, more, larger_board, memory]
    }

    /// The most telling of the refusals.
    fn refused(&self, refusals: &[Refusal]) -> Exclusion {
        if self.gpus.is_empty() {
            return self.unpriced.clone();
        }
        let telling = refusals.iter().min_by_key(|it| (rank(&it.why), u32::MAX - it.gpus));
        let Some(Refusal { gpu, gpus, why }) = telling else { return Exclusion::NoCountAllowed };
        Exclusion::CannotServe(ServingRefusal {
            model: self.model.model.clone(),
            gpu: gpu.name.clone(),
            gpus: *gpus,
            is_best_of_several: self.is_auto,
            would_do: self.would_do(gpu, *gpus),
            why: *why,
        })
    }

    /// The fewest of the same GPUs, more than were tried, that would hold what these do not.
    fn would_do(&self, gpu: &Gpu, tried: u32) -> Option<u32> {
        let more = COUNTS.into_iter().chain([LARGEST_COUNT]);
        let mut more = more.filter(|count| *count > tried && *count <= most_joined(gpu));
        more.find(|count| !matches!(self.sized(gpu, *count), Err(CannotServe::DoesNotFit { .. })))
    }
}

/// What a replica does, and the users at once that it holds, if they are stated.
struct Sized {
    estimate: ServingEstimate,
    users_held: Option<f64>,
}

/// What configurations are compared by.
type Measures = [f64; 9];

/// What was tried: what can serve, and what cannot.
#[derive(Default)]
struct Tried<'q> {
    options: Vec<Configuration<Placed<'q>>>,
    refusals: Vec<Refusal<'q>>,
}

/// A number of GPUs that cannot serve, and why.
struct Refusal<'q> {
    gpu: &'q Gpu,
    gpus: u32,
    why: CannotServe,
}

/// A GPU with its place in the catalogue.
#[derive(Clone, Copy)]
struct Placed<'q> {
    gpu: &'q Gpu,
    place: usize,
}

/// How telling a refusal is; the lowest says most.
const fn rank(refusal: &CannotServe) -> u8 {
    match refusal {
        CannotServe::UnknownModelData { .. } => 0,
        CannotServe::ContextTooLong { .. } => 1,
        CannotServe::LatencyUnreachable { .. } => 2,
        CannotServe::DoesNotFit { .. } => 3,
    }
}

/// Which of the allowed GPUs can serve a model: [`ServingQuestion::options`] with their rows.
///
/// # Errors
/// The reason, if none can.
pub fn serving_options<'a>(
    served: &ServedModel,
    inputs: &Inputs,
    catalog: &'a Arc<Catalog>,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    Ok(placed(&ServingQuestion::of(served, inputs, catalog).options()?, catalog))
}

/// The configurations with the rows of their GPUs.
pub fn placed<'a>(found: &[FoundOption], catalog: &'a Catalog) -> Vec<ServingOption<'a>> {
    found.iter().filter_map(|option| Some(option.on(catalog.gpus.get(option.gpu)?))).collect()
}

/// The GPUs that may serve, each with the price of an hour.
fn serving_gpus<'a>(inputs: &'a Inputs, catalog: &'a Catalog) -> Vec<PricedGpu<'a>> {
    let choice = inputs.models.serving_gpu.as_str();
    let at_own_price = own_price(inputs).and_then(|usd| PricedGpu::named(choice, usd, catalog));
    match at_own_price {
        Some(gpu) => vec![gpu],
        None => allowed_gpus(choice, inputs, catalog).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Case;

    #[test]
    fn the_cheapest_configuration_is_among_the_options_left() {
        let case = Case::default();
        let model = Catalog::builtin().open_model("Llama-3.1-8B").unwrap();
        let tokens = CallTokens { prefix: 300.0, variable: 700.0, output: 200.0, ..CallTokens::default() };
        let served = ServedModel { model, is_tuned: true, tokens };
        let options = serving_options(&served, &case.inputs, &case.catalog).unwrap();
        assert!(!options.is_empty() && options.len() < 25, "{}", options.len());
        let cheapest = options
            .iter()
            .map(|option| f64::from(option.gpus) * option.usd_per_gpu_hour)
            .fold(f64::MAX, f64::min);
        assert!(cheapest < 1.0, "an L4 serves an 8B model: {cheapest}");
    }
}
