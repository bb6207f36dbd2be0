//! Which GPUs may be used under the boundary, what an hour of them costs, and which can serve a load (method §2, §5).

use super::case::Case;
use super::catalog::{Gpu, OpenModel, Provenance};
use super::cost::CallTokens;
use super::input::{DataBoundary, GpuBilling, Inputs, Maturity, WeightPrecision};
use super::sizing::{
    CannotServe, LatencyTargets, Load, Precision, Replica, ServingEstimate, serve, serve_as_run,
};
use super::strategy::{Exclusion, ServingRefusal};
use super::units::HOURS_PER_MONTH;

/// Numbers of GPUs tried for one replica.
const COUNTS: [u32; 4] = [1, 2, 4, 8];
/// Tried only where eight do not fit.
const LARGEST_COUNT: u32 = 16;
/// Above this many GPUs a replica needs a fast interconnect.
const LARGEST_WITHOUT_FAST_LINK: u32 = 2;
/// Bought modules come on boards of this many.
const BOARD: f64 = 8.0;

/// A GPU configuration that can serve a load, and its price.
pub type ServingOption<'a> = Configuration<&'a Gpu>;

/// A [`ServingOption`], by its GPU or by the place of that in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Configuration<Card> {
    /// The GPU.
    pub gpu: Card,
    /// GPUs of one replica.
    pub gpus: u32,
    /// Precision of the weights.
    pub precision: Precision,
    /// What one replica does.
    pub estimate: ServingEstimate,
    /// Rent, or capital, power and space, of one GPU-hour; US dollars of month 1, without overhead.
    pub usd_per_gpu_hour: f64,
}

impl<Card> Configuration<Card> {
    /// The same with its GPU named in another way.
    pub fn on<Other>(self, gpu: Other) -> Configuration<Other> {
        let Configuration { gpus, precision, estimate, usd_per_gpu_hour, .. } = self;
        Configuration { gpu, gpus, precision, estimate, usd_per_gpu_hour }
    }
}

impl ServingOption<'_> {
    /// GPUs come in multiples of this.
    pub fn gpu_multiple(&self, inputs: &Inputs) -> f64 {
        if billing(inputs) == GpuBilling::Owned && self.gpu.is_bought_in_eights() {
            BOARD
        } else {
            f64::from(self.gpu.min_rentable.unwrap_or(1).max(1))
        }
    }

    /// Words for tables.
    pub fn label(&self) -> String {
        format!("{} × {}, {}", self.gpus, self.gpu.name, self.precision.label())
    }

    /// Where price and specification come from.
    pub fn source(&self, inputs: &Inputs) -> String {
        let measured = if self.estimate.band.is_measured() { "speed: your measurement; " } else { "" };
        if own_price(inputs).is_some() {
            return format!("{measured}price: yours; {}", self.gpu.source());
        }
        let as_of = self.gpu.as_of().map_or_else(|| "undated".to_owned(), |month| month.to_string());
        format!("{measured}{}; prices {as_of}, {}", self.gpu.source(), self.gpu.confidence().label())
    }
}

/// How GPU time is paid under the boundary: own premises always buy.
pub fn billing(inputs: &Inputs) -> GpuBilling {
    if inputs.constraints.data_boundary.needs_owned_hardware() {
        GpuBilling::Owned
    } else {
        inputs.models.gpu_billing
    }
}

/// US dollars for one GPU-hour of month 1 in the boundary's tier; `None` where no such price is known.
pub fn usd_per_gpu_hour(gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
    match billing(inputs) {
        GpuBilling::Owned => owned_usd_per_month(gpu, inputs).map(|month| month / HOURS_PER_MONTH),
        GpuBilling::Autoscaled | GpuBilling::Reserved => {
            let rent = match inputs.constraints.data_boundary {
                DataBoundary::OwnCloud => gpu.usd_hr_hyperscaler,
                _ => gpu.usd_hr_neocloud,
            };
            rent.map(|usd| usd * (1.0 - inputs.economics.committed_use_discount))
        }
    }
}

/// Purchase of one GPU with its share of server, network and spares, US dollars.
pub fn purchase_usd(gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
    gpu.purchase_usd_per_gpu.map(|usd| usd * (1.0 + inputs.economics.owned_network_share))
}

/// Capital, power and space of a bought GPU for a month, US dollars.
///
/// ```text
/// capital = (C − residual·C·(1+i)^−n) · i / (1 − (1+i)^−n)    i = (1+r)^(1/12) − 1, n months of life
/// power   = kW · PUE · $/kWh · 730.5 + kW · hosting
/// ```
/// Source: method §15; capital recovery factor.
pub fn owned_usd_per_month(gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
    let economics = &inputs.economics;
    let purchase = purchase_usd(gpu, inputs)?;
    let kilowatts = gpu.tdp_w? / 1_000.0;
    let monthly_rate = libm::pow(1.0 + economics.discount_rate, 1.0 / 12.0) - 1.0;
    let life = economics.owned_lifetime;
    let capital = if monthly_rate > 0.0 {
        let kept = libm::pow(1.0 + monthly_rate, -life);
        (purchase - economics.owned_residual * purchase * kept) * monthly_rate / (1.0 - kept)
    } else {
        purchase * (1.0 - economics.owned_residual) / life
    };
    let power =
        kilowatts * economics.power_usage_effectiveness * economics.electricity_price * HOURS_PER_MONTH;
    Some(capital + power + kilowatts * economics.hosting_price)
}

/// Whether *auto* considers a GPU: data-centre cards with native bf16, consumer cards only if allowed.
fn auto_considers(gpu: &Gpu, inputs: &Inputs) -> bool {
    let vendor = gpu.vendor == "NVIDIA" || gpu.vendor == "AMD";
    vendor && gpu.bf16_native && (gpu.is_data_centre() || inputs.models.consumer_gpus)
}

/// The GPUs that a choice (*auto* or a name) allows, each with the price of an hour.
pub fn allowed_gpus<'a>(choice: &'a str, case: &'a Case) -> impl Iterator<Item = (&'a Gpu, f64)> + 'a {
    let inputs = &case.inputs;
    let gpus = case.catalog.gpus.iter();
    gpus.filter(move |gpu| if choice == "auto" { auto_considers(gpu, inputs) } else { gpu.name == choice })
        .filter_map(|gpu| usd_per_gpu_hour(gpu, inputs).map(|usd| (gpu, usd)))
}

/// Whether so many of these GPUs can work as one.
pub fn can_join(gpu: &Gpu, count: u32) -> bool {
    count <= LARGEST_WITHOUT_FAST_LINK || gpu.has_fast_interconnect()
}

/// Most GPUs that can work as one; asked once for each GPU, because the answer is searched for in words.
fn most_joined(gpu: &Gpu) -> u32 {
    if gpu.has_fast_interconnect() { u32::MAX } else { LARGEST_WITHOUT_FAST_LINK }
}

/// What the latency targets ask of a replica; none if all work can wait.
pub fn latency_targets(inputs: &Inputs) -> LatencyTargets {
    if inputs.work.deferrable_share >= 1.0 {
        return LatencyTargets::default();
    }
    LatencyTargets {
        time_to_first_token_s: inputs.constraints.time_to_first_token_s,
        time_per_output_token_s: Some(inputs.constraints.time_per_output_token_ms / 1_000.0),
    }
}

/// The load of one call on a replica. A busy replica keeps the shared prefix, so hits take their upper limit.
pub fn load_of(tokens: &CallTokens, inputs: &Inputs) -> Load {
    Load {
        prefix_tokens: tokens.prefix,
        prefix_hit: inputs.data.cache_hit_share,
        variable_tokens: tokens.variable,
        output_tokens: tokens.output,
        length_tail_factor: inputs.models.length_tail,
    }
}

/// Precisions to try for a model on a GPU.
fn precision(model: &OpenModel, gpu: &Gpu, inputs: &Inputs, tuned: bool) -> Precision {
    match inputs.models.weight_precision {
        WeightPrecision::Bf16 => Precision::Bf16,
        WeightPrecision::Fp8 => Precision::Fp8,
        WeightPrecision::Int4 => Precision::Int4,
        WeightPrecision::Auto if model.is_released_in_mxfp4() && !tuned => Precision::Mxfp4,
        WeightPrecision::Auto if gpu.fp8_dense_tflops.is_some() => Precision::Fp8,
        WeightPrecision::Auto => Precision::Bf16,
    }
}

/// What the user says that an hour of the chosen serving GPU costs, US dollars; bought ones have no such price.
fn own_price(inputs: &Inputs) -> Option<f64> {
    let chosen = inputs.models.serving_gpu != "auto" && billing(inputs) != GpuBilling::Owned;
    inputs.models.serving_gpu_price.filter(|_| chosen)
}

/// What the user measured on a replica.
#[derive(Clone, Copy, Debug, Default)]
struct Measured {
    /// Output tokens per second.
    speed: Option<f64>,
    /// GiB of each GPU for weights and runtime.
    memory: Option<f64>,
}

impl Measured {
    /// What was measured for a replica of this model, on the GPUs that are chosen for serving.
    fn of(model: &OpenModel, tuned: bool, inputs: &Inputs) -> Measured {
        let models = &inputs.models;
        let (name, speed, memory) = match tuned {
            true => (&models.base_model, models.measured_speed_tuned, models.measured_memory_tuned),
            false => (&models.open_model, models.measured_speed_open, models.measured_memory_open),
        };
        let holds = models.serving_is_chosen() && model.model == *name;
        if holds { Measured { speed, memory } } else { Measured::default() }
    }
}

/// Every configuration that can serve the load and that no other one beats on price, speed and size.
///
/// # Errors
/// The reason, if none can.
pub fn serving_options<'a>(
    model: &OpenModel,
    tuned: bool,
    tokens: &CallTokens,
    case: &'a Case,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    let measured = Measured::of(model, tuned, &case.inputs);
    sized_options(serving_gpus(case), model, tuned, tokens, &case.inputs, measured)
}

/// As [`serving_options`], for a model that stands in for another one: what was measured is not asked.
///
/// # Errors
/// The reason, if none can.
pub fn stand_in_options<'a>(
    model: &OpenModel,
    tokens: &CallTokens,
    case: &'a Case,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    options_on(serving_gpus(case), model, true, tokens, &case.inputs)
}

/// The GPUs that may serve, each with the price of an hour.
fn serving_gpus(case: &Case) -> Vec<(&Gpu, f64)> {
    let choice = case.inputs.models.serving_gpu.as_str();
    match (own_price(&case.inputs), case.catalog.gpu(choice)) {
        (Some(usd), Some(gpu)) => vec![(gpu, usd)],
        _ => allowed_gpus(choice, case).collect(),
    }
}

/// As [`serving_options`], on the given GPUs at the given prices.
///
/// # Errors
/// The reason, if none can.
pub fn options_on<'a>(
    gpus: Vec<(&'a Gpu, f64)>,
    model: &OpenModel,
    tuned: bool,
    tokens: &CallTokens,
    inputs: &Inputs,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    sized_options(gpus, model, tuned, tokens, inputs, Measured::default())
}

fn sized_options<'a>(
    gpus: Vec<(&'a Gpu, f64)>,
    model: &OpenModel,
    tuned: bool,
    tokens: &CallTokens,
    inputs: &Inputs,
    measured: Measured,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    let load = load_of(tokens, inputs);
    let targets = latency_targets(inputs);
    let pinned = inputs.models.serving_gpu_count.pinned();
    let mut options = Vec::new();
    let mut refusals = Vec::new();
    let no_gpu = gpus.is_empty();
    for (gpu, usd_per_gpu_hour) in gpus {
        let precision = precision(model, gpu, inputs, tuned);
        let mut try_count = |gpus: u32| {
            let replica = match inputs.models.maturity {
                Maturity::Plain => Replica::in_plain_loop(model, gpu, gpus, precision),
                engine => Replica::new(model, gpu, gpus, precision, engine.factor()),
            };
            let replica = Replica { measured_gib: measured.memory, ..replica };
            let sized = match (measured.speed, serve(&replica, &load, &targets)) {
                (None, sized) => sized,
                // What ran did fit, and it was measured within the latency that was wanted.
                (Some(_), Err(CannotServe::DoesNotFit { .. } | CannotServe::LatencyUnreachable { .. })) => {
                    serve_as_run(&replica, &load, f64::INFINITY)
                }
                (Some(_), sized) => sized,
            };
            match sized {
                Ok(estimate) => {
                    let estimate = measured.speed.map_or(estimate, |speed| estimate.measured_at(speed));
                    options.push(ServingOption { gpu, gpus, precision, estimate, usd_per_gpu_hour });
                    true
                }
                Err(refusal) => {
                    refusals.push((gpu, gpus, refusal));
                    false
                }
            }
        };
        match pinned {
            Some(count) => {
                try_count(count);
            }
            None => {
                let mut fits = false;
                let most = most_joined(gpu);
                for count in COUNTS.into_iter().filter(|count| *count <= most) {
                    fits = try_count(count);
                }
                if !fits && LARGEST_COUNT <= most {
                    try_count(LARGEST_COUNT);
                }
            }
        }
    }
    if options.is_empty() {
        return Err(refused(model, no_gpu, &refusals, inputs));
    }
    Ok(undominated(options, inputs))
}

/// Drop configurations that another one beats or equals on price, speed and size at any volume.
fn undominated<'a>(options: Vec<ServingOption<'a>>, inputs: &Inputs) -> Vec<ServingOption<'a>> {
    let measures = |option: &ServingOption| {
        let gpus = f64::from(option.gpus);
        [gpus * option.usd_per_gpu_hour, -option.estimate.calls_per_second, gpus, option.gpu_multiple(inputs)]
    };
    let measured: Vec<[f64; 4]> = options.iter().map(measures).collect();
    let beaten = |index: usize, own: &[f64; 4]| {
        measured.iter().enumerate().any(|(other_index, its)| {
            let no_worse = its.iter().zip(own).all(|(its, own)| its <= own);
            // What is no worse and not equal is better.
            no_worse && (its != own || other_index < index)
        })
    };
    let kept =
        |(index, _): &(usize, ServingOption)| measured.get(*index).is_some_and(|own| !beaten(*index, own));
    options.into_iter().enumerate().filter(kept).map(|(_, option)| option).collect()
}

/// The most telling of the refusals.
fn refused(
    model: &OpenModel,
    no_gpu: bool,
    refusals: &[(&Gpu, u32, CannotServe)],
    inputs: &Inputs,
) -> Exclusion {
    if no_gpu {
        return Exclusion::NoPricedGpu;
    }
    let rank = |refusal: &CannotServe| match refusal {
        CannotServe::UnknownModelData { .. } => 0,
        CannotServe::ContextTooLong { .. } => 1,
        CannotServe::LatencyUnreachable { .. } => 2,
        CannotServe::DoesNotFit { .. } => 3,
    };
    let telling = refusals.iter().min_by_key(|(_, gpus, refusal)| (rank(refusal), u32::MAX - gpus));
    let Some((gpu, gpus, why)) = telling else { return Exclusion::NoCountAllowed };
    Exclusion::CannotServe(ServingRefusal {
        model: model.model.clone(),
        gpu: gpu.name.clone(),
        gpus: *gpus,
        is_best_of_several: inputs.models.serving_gpu == "auto",
        why: *why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    fn h100() -> &'static Gpu {
        Catalog::builtin().gpu("H100 SXM").unwrap()
    }

    #[test]
    fn a_bought_gpu_costs_what_it_does_on_paper() {
        let mut inputs = Inputs::default();
        inputs.economics.discount_rate = 0.0;
        // 33,000 × 1.2 × 0.85 / 36 = 935.00; 0.7 kW × 1.4 × 0.12 × 730.5 = 85.91; 0.7 × 150 = 105.
        let month = owned_usd_per_month(h100(), &inputs).unwrap();
        assert!((month - (935.0 + 85.906_8 + 105.0)).abs() < 0.005, "{month}");
        inputs.economics.discount_rate = 0.1;
        assert!(owned_usd_per_month(h100(), &inputs).unwrap() > month);
    }

    #[test]
    fn the_tier_of_the_boundary_sets_the_rent() {
        let mut inputs = Inputs::default();
        assert_eq!(usd_per_gpu_hour(h100(), &inputs), Some(3.99));
        inputs.constraints.data_boundary = DataBoundary::OwnCloud;
        assert_eq!(usd_per_gpu_hour(h100(), &inputs), Some(10.98));
        let without_price = Catalog::builtin().gpu("H200 NVL (PCIe)").unwrap();
        assert_eq!(usd_per_gpu_hour(without_price, &inputs), None);
    }

    #[test]
    fn auto_leaves_out_consumer_and_desktop_cards_unless_allowed() {
        let mut case = Case::default();
        let names = |case: &Case| -> Vec<String> {
            allowed_gpus("auto", case).map(|(gpu, _)| gpu.name.clone()).collect()
        };
        assert!(names(&case).iter().all(|name| !name.starts_with("RTX") && name != "T4"));
        case.inputs.models.consumer_gpus = true;
        assert!(names(&case).contains(&"RTX 4090".to_owned()));
    }

    #[test]
    fn a_gpu_without_a_price_is_never_the_cheapest() {
        let case = Case::default();
        assert!(allowed_gpus("auto", &case).all(|(gpu, usd)| usd > 0.0 && gpu.usd_hr_neocloud.is_some()));
    }

    #[test]
    fn the_cheapest_configuration_is_among_the_options_left() {
        let case = Case::default();
        let model = Catalog::builtin().open_model("Llama-3.1-8B").unwrap();
        let tokens = CallTokens { prefix: 300.0, variable: 700.0, output: 200.0 };
        let options = serving_options(model, true, &tokens, &case).unwrap();
        assert!(!options.is_empty() && options.len() < 20, "{}", options.len());
        let cheapest = options
            .iter()
            .map(|option| f64::from(option.gpus) * option.usd_per_gpu_hour)
            .fold(f64::MAX, f64::min);
        assert!(cheapest < 1.0, "an L4 serves an 8B model: {cheapest}");
    }
}
