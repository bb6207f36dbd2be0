//! What an hour of a GPU costs under the boundary, rented or bought, and which GPUs are allowed (method §2, §15).

use crate::domain::catalog::{Catalog, Gpu};
use crate::domain::input::{DataBoundary, GpuBilling, Inputs};
use crate::domain::strategy::{Exclusion, GpuPrice};
use crate::domain::units::HOURS_PER_MONTH;

/// GPUs on the bus of one host; beyond it they need a fast interconnect.
const LARGEST_WITHOUT_FAST_LINK: u32 = 8;

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
    HourPrice::of(inputs).of_gpu(gpu, inputs)
}

/// How an hour is priced under the boundary.
#[derive(Clone, Copy, Debug)]
enum HourPrice {
    Bought(Capital),
    RentedOfHyperscaler,
    RentedOfNeocloud,
}

impl HourPrice {
    fn of(inputs: &Inputs) -> HourPrice {
        match (billing(inputs), inputs.constraints.data_boundary) {
            (GpuBilling::Owned, _) => HourPrice::Bought(Capital::of(inputs)),
            (_, DataBoundary::OwnCloud) => HourPrice::RentedOfHyperscaler,
            _ => HourPrice::RentedOfNeocloud,
        }
    }

    fn of_gpu(&self, gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
        let rented = |usd: f64| usd * (1.0 - inputs.economics.committed_use_discount);
        match self {
            HourPrice::Bought(capital) => {
                capital.usd_per_month(gpu, inputs).map(|month| month / HOURS_PER_MONTH)
            }
            HourPrice::RentedOfHyperscaler => gpu.usd_hr_hyperscaler.map(rented),
            HourPrice::RentedOfNeocloud => gpu.usd_hr_neocloud.map(rented),
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
/// power   = kW · PUE · $/kWh · 730.5 + kW · hosting           at full load; with a meter, no power here
/// ```
/// Source: method §15; capital recovery factor.
pub fn owned_usd_per_month(gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
    Capital::of(inputs).usd_per_month(gpu, inputs)
}

/// What a bought GPU draws under load beyond what it draws idle, US dollars an hour: part of an hour at full load, and
/// due only for hours of work. Zero where GPUs are rented, or the meter says what is drawn.
///
/// ```text
/// kW · (1 − idle share) · PUE · $/kWh
/// ```
/// Source: method §5, power.
pub fn load_power_usd_per_hour(gpu: &Gpu, inputs: &Inputs) -> f64 {
    gpu.tdp_w.unwrap_or(0.0) / 1_000.0 * idle_saves_usd_per_kw(inputs)
}

/// What a kilowatt under load costs beyond one that idles, US dollars an hour: zero where GPUs are rented or metered.
pub fn idle_saves_usd_per_kw(inputs: &Inputs) -> f64 {
    let draws = billing(inputs) == GpuBilling::Owned && inputs.economics.metered_kwh.is_none();
    if draws { usd_per_kw_hour(inputs) * (1.0 - inputs.economics.idle_power_share) } else { 0.0 }
}

/// A kilowatt of machines for an hour, US dollars.
fn usd_per_kw_hour(inputs: &Inputs) -> f64 {
    inputs.economics.power_usage_effectiveness * inputs.economics.electricity_price
}

/// Electricity of bought GPUs by the meter, US dollars a month: cooling is on it, so that it takes no PUE.
pub fn metered_usd_per_month(inputs: &Inputs) -> Option<f64> {
    inputs.economics.metered_kwh.map(|kwh| kwh * inputs.economics.electricity_price)
}

/// Power of a bought GPU at full load, US dollars an hour; nothing where the meter says what is drawn.
fn power_usd_per_hour(gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
    let usd = gpu.tdp_w? / 1_000.0 * usd_per_kw_hour(inputs);
    Some(if inputs.economics.metered_kwh.is_some() { 0.0 } else { usd })
}

/// The part of that which recovers the purchase: zero for cards that stand already.
pub fn capital_usd_per_month(gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
    Capital::of(inputs).recovery_per_month(gpu, inputs)
}

/// What capital costs, the same for all GPUs.
#[derive(Clone, Copy, Debug)]
struct Capital {
    /// Rate of a month.
    monthly_rate: f64,
    /// Worth of a dollar at the end of life: (1+i)^−n.
    kept: f64,
}

impl Capital {
    fn of(inputs: &Inputs) -> Capital {
        let economics = &inputs.economics;
        let monthly_rate = libm::pow(1.0 + economics.discount_rate, 1.0 / 12.0) - 1.0;
        Capital { monthly_rate, kept: libm::pow(1.0 + monthly_rate, -economics.owned_lifetime) }
    }

    /// What recovers the purchase of a GPU over its life, US dollars a month.
    fn recovery_per_month(&self, gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
        let economics = &inputs.economics;
        let purchase = purchase_usd(gpu, inputs)?;
        let Capital { monthly_rate, kept } = *self;
        Some(if monthly_rate > 0.0 {
            (purchase - economics.owned_residual * purchase * kept) * monthly_rate / (1.0 - kept)
        } else {
            purchase * (1.0 - economics.owned_residual) / economics.owned_lifetime
        })
    }

    fn usd_per_month(&self, gpu: &Gpu, inputs: &Inputs) -> Option<f64> {
        let economics = &inputs.economics;
        let capital = self.recovery_per_month(gpu, inputs)?;
        let power = power_usd_per_hour(gpu, inputs)? * HOURS_PER_MONTH;
        Some(capital + power + gpu.tdp_w? / 1_000.0 * economics.hosting_price)
    }
}

/// Whether *auto* considers a GPU: data-centre cards with native bf16, consumer cards only if allowed.
fn auto_considers(gpu: &Gpu, inputs: &Inputs) -> bool {
    let vendor = gpu.vendor == "NVIDIA" || gpu.vendor == "AMD";
    vendor && gpu.bf16_native && (gpu.is_data_centre() || inputs.models.consumer_gpus)
}

/// A GPU of the catalogue with the price of an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PricedGpu<'a> {
    /// Its row.
    pub gpu: &'a Gpu,
    /// Its place among the GPUs of the catalogue.
    pub place: usize,
    /// US dollars for one GPU-hour of month 1, without overhead.
    pub usd_per_hour: f64,
}

impl<'a> PricedGpu<'a> {
    /// A GPU of the catalogue, by its name, at a price; `None` if there is no such GPU.
    pub fn named(name: &str, usd_per_hour: f64, catalog: &'a Catalog) -> Option<PricedGpu<'a>> {
        let (place, gpu) = catalog.gpus.iter().enumerate().find(|(_, gpu)| gpu.name == name)?;
        Some(PricedGpu { gpu, place, usd_per_hour })
    }
}

/// The GPUs that a choice (*auto* or a name) allows, each with the price of an hour.
pub fn allowed_gpus<'a>(
    choice: &'a str,
    inputs: &'a Inputs,
    catalog: &'a Catalog,
) -> impl Iterator<Item = PricedGpu<'a>> + 'a {
    let price = HourPrice::of(inputs);
    let listed = &inputs.models.allowed_gpus;
    let is_allowed = move |gpu: &Gpu| match (choice, listed.as_slice()) {
        ("auto", []) => auto_considers(gpu, inputs),
        ("auto", listed) => listed.contains(&gpu.name),
        (chosen, _) => gpu.name == chosen,
    };
    catalog.gpus.iter().enumerate().filter(move |(_, gpu)| is_allowed(gpu)).filter_map(move |(place, gpu)| {
        Some(PricedGpu { gpu, place, usd_per_hour: price.of_gpu(gpu, inputs)? })
    })
}

/// That a choice (*auto* or a name) allows no GPU with a known price.
pub fn no_priced_gpu(choice: &str, inputs: &Inputs) -> Exclusion {
    let gpus = if choice == "auto" { inputs.models.allowed_gpus.clone() } else { vec![choice.to_owned()] };
    let price = match HourPrice::of(inputs) {
        HourPrice::Bought(_) => GpuPrice::Purchase,
        HourPrice::RentedOfHyperscaler => GpuPrice::HyperscalerRent,
        HourPrice::RentedOfNeocloud => GpuPrice::NeocloudRent,
    };
    Exclusion::NoPricedGpu { gpus, price }
}

/// How many GPUs may work as one, where the user says how many there are.
pub fn most_gpus(inputs: &Inputs) -> Option<u32> {
    inputs.models.gpus_at_most.map(|most| most as u32)
}

/// Whether so many of these GPUs can work as one.
pub fn can_join(gpu: &Gpu, count: u32) -> bool {
    count <= LARGEST_WITHOUT_FAST_LINK || gpu.has_fast_interconnect()
}

/// Most GPUs that can work as one; asked once for each GPU, because the answer is searched for in words.
pub fn most_joined(gpu: &Gpu) -> u32 {
    if gpu.has_fast_interconnect() { u32::MAX } else { LARGEST_WITHOUT_FAST_LINK }
}

/// What the user says that an hour of the chosen serving GPU costs, US dollars; bought ones have no such price.
pub fn own_price(inputs: &Inputs) -> Option<f64> {
    let chosen = inputs.models.serving_gpu != "auto" && billing(inputs) != GpuBilling::Owned;
    inputs.models.serving_gpu_price.filter(|_| chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Case;
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
            allowed_gpus("auto", &case.inputs, &case.catalog).map(|it| it.gpu.name.clone()).collect()
        };
        assert!(names(&case).iter().all(|name| !name.starts_with("RTX") && name != "T4"));
        case.inputs.models.consumer_gpus = true;
        assert!(names(&case).contains(&"RTX 4090".to_owned()));
    }

    #[test]
    fn a_gpu_without_a_price_is_never_the_cheapest() {
        let case = Case::default();
        let mut allowed = allowed_gpus("auto", &case.inputs, &case.catalog);
        assert!(allowed.all(|it| it.usd_per_hour > 0.0 && it.gpu.usd_hr_neocloud.is_some()));
    }
}
