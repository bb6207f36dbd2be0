//! Own GPUs: replicas, hours and their price (method §5, §15). Speed, memory and training time are the engine's.

use tunewise::domain::catalog::Gpu;
use tunewise::domain::input::{DataBoundary, GpuBilling, TrafficShape};

use super::amounts::Month;
use super::engine::{Replica, Training};
use super::months::{HOURS, Plain};

/// Own premises and air gap always buy (method §2).
pub fn billing(plain: &Plain) -> GpuBilling {
    match plain.inputs.constraints.data_boundary {
        DataBoundary::OwnPremises | DataBoundary::AirGap => GpuBilling::Owned,
        _ => plain.inputs.models.gpu_billing,
    }
}

pub fn gpu<'a>(plain: &Plain<'a>, name: &str) -> &'a Gpu {
    plain.catalog.gpus.iter().find(|row| row.name == name).unwrap()
}

/// Capital recovery, power and space of a bought card in a month, US dollars (method §5, §15).
///
/// The price with network and spares, less the residual at the end of life, as an annuity at the discount rate;
/// board power × PUE × price of a kWh, as if under load all month; hosting per kW. With a meter no power is in it.
pub fn owned_month_usd(plain: &Plain, gpu: &Gpu) -> Option<f64> {
    let economics = &plain.inputs.economics;
    let kilowatts = gpu.tdp_w? / 1_000.0;
    let power = power_hour_usd(plain, gpu)? * HOURS;
    Some(capital_month_usd(plain, gpu)? + power + kilowatts * economics.hosting_price)
}

/// Power of a card under load for an hour, US dollars; none where the meter says it.
fn power_hour_usd(plain: &Plain, gpu: &Gpu) -> Option<f64> {
    let economics = &plain.inputs.economics;
    let watts = if economics.metered_kwh.is_some() { gpu.tdp_w? * 0.0 } else { gpu.tdp_w? };
    Some(watts / 1_000.0 * economics.power_usage_effectiveness * economics.electricity_price)
}

/// The part of it that recovers the purchase, which cards that stand already do not cost.
fn capital_month_usd(plain: &Plain, gpu: &Gpu) -> Option<f64> {
    let economics = &plain.inputs.economics;
    let price = gpu.purchase_usd_per_gpu? * (1.0 + economics.owned_network_share);
    let life = economics.owned_lifetime;
    let rate = (1.0 + economics.discount_rate).powf(1.0 / 12.0) - 1.0;
    Some(if rate > 0.0 {
        let at_the_end = (1.0 + rate).powf(-life);
        price * (1.0 - economics.owned_residual * at_the_end) * rate / (1.0 - at_the_end)
    } else {
        price * (1.0 - economics.owned_residual) / life
    })
}

/// US dollars for one hour of a card in the boundary's tier, without overhead (method §15).
pub fn hour_usd(plain: &Plain, gpu: &Gpu) -> Option<f64> {
    let kept = 1.0 - plain.inputs.economics.committed_use_discount;
    match (billing(plain), plain.inputs.constraints.data_boundary) {
        (GpuBilling::Owned, _) => Some(owned_month_usd(plain, gpu)? / HOURS),
        (_, DataBoundary::OwnCloud) => Some(gpu.usd_hr_hyperscaler? * kept),
        _ => Some(gpu.usd_hr_neocloud? * kept),
    }
}

/// The cheapest hour of the cards that auto considers: those that the user lists, else NVIDIA or AMD, native bf16, no
/// consumer cards unless allowed (method §2).
pub fn cheapest_hour_of_auto(plain: &Plain) -> Option<f64> {
    let mut cheapest: Option<f64> = None;
    for gpu in &plain.catalog.gpus {
        let is_maker = gpu.vendor == "NVIDIA" || gpu.vendor == "AMD";
        let is_allowed = gpu.is_data_centre() || plain.inputs.models.consumer_gpus;
        let listed = &plain.inputs.models.allowed_gpus;
        let is_considered = match listed.is_empty() {
            true => is_maker && gpu.bf16_native && is_allowed,
            false => listed.contains(&gpu.name),
        };
        if let Some(usd) = hour_usd(plain, gpu).filter(|_| is_considered) {
            cheapest = Some(cheapest.map_or(usd, |least: f64| least.min(usd)));
        }
    }
    cheapest
}

/// Cards of one kind come in so many: SXM and OAM boards in eights where bought, else what can be rented (method §2).
fn come_in(plain: &Plain, gpu: &Gpu) -> f64 {
    let is_module = gpu.form.contains("SXM") || gpu.form == "OAM";
    match billing(plain) {
        GpuBilling::Owned if is_module => 8.0,
        _ => f64::from(gpu.min_rentable.unwrap_or(1).max(1)),
    }
}

/// `(weight, hours of the week)` of each traffic preset (method §15).
pub fn levels(shape: TrafficShape) -> &'static [(f64, f64)] {
    match shape {
        TrafficShape::Flat => &[(1.0, 168.0)],
        TrafficShape::BusinessHours => &[(3.5, 40.0), (0.4, 40.0), (0.136, 88.0)],
        TrafficShape::ConsumerEvenings => &[(2.0, 42.0), (0.9, 70.0), (0.375, 56.0)],
        TrafficShape::Spiky => &[(6.0, 4.0), (0.878, 164.0)],
        TrafficShape::Nightly => &[(3.0, 56.0), (0.0, 112.0)],
    }
}

/// The next whole number; a billionth more than one is rounding, not a replica.
pub fn up(number: f64) -> f64 {
    (number - number * 1e-9).ceil()
}

/// Cards that must stand and GPU-hours that are paid in a month.
pub struct Used {
    pub cards: f64,
    pub hours: f64,
}

/// Replicas by the hour of the week (method §5).
///
/// ```text
/// replicas(h) = max(minimum, ⌈ interactive calls/s · w_h · burst / (capacity · planned load) ⌉)
/// ```
/// Autoscaled: the sum over the hours, in each of which cards come as they can be rented; bought or reserved: the peak, all month. Work that can wait fills the rest to
/// 0.9 of what stands.
pub fn used(plain: &Plain, replica: &Replica, billing: GpuBilling, calls: f64, come_in: f64) -> Used {
    let (work, models, rules) = (&plain.inputs.work, &plain.inputs.models, &plain.inputs.constraints);
    // Each copy has its part of the calls.
    let (calls, gpus) = (calls / replica.copies, replica.gpus * replica.copies);
    let waiting = work.deferrable_share;
    let minimum = if waiting >= 1.0 || rules.cold_starts_accepted {
        0.0
    } else if rules.downtime_accepted {
        1.0
    } else {
        2.0
    };
    let interactive_per_second = calls * (1.0 - waiting) / HOURS / 3_600.0;
    let carries = replica.calls_per_second * models.peak_utilisation;
    let (mut peak, mut card_hours) = (0.0_f64, 0.0_f64);
    let busiest = levels(work.shape).iter().map(|(weight, _)| *weight).fold(0.0, f64::max);
    for (weight, hours_of_week) in levels(work.shape) {
        let for_volume = up(interactive_per_second * weight * work.burst / carries);
        let replicas = for_volume.max(up(replica.for_users * weight / busiest)).max(minimum);
        peak = peak.max(replicas);
        card_hours += up(replicas * gpus / come_in) * come_in * hours_of_week / 168.0 * HOURS;
    }
    let busy_hours = calls / replica.calls_per_second / 3_600.0;
    if billing == GpuBilling::Autoscaled {
        if waiting > 0.0 {
            card_hours = card_hours.max(up(up(busy_hours / 0.9) * gpus / come_in) * come_in);
        }
        if card_hours > 0.0 {
            peak = peak.max(1.0);
        }
        return Used { cards: up(peak * gpus / come_in) * come_in, hours: card_hours };
    }
    if waiting > 0.0 {
        peak = peak.max(up(busy_hours / 0.9 / HOURS));
    }
    let cards = up(peak.max(1.0) * gpus / come_in) * come_in;
    Used { cards, hours: cards * HOURS }
}

/// What a yearly drift makes of a rent in a month: `(1+δ)^((m−1)/12)` (method §5).
pub fn rent_drift(plain: &Plain, month: usize) -> f64 {
    (1.0 + plain.inputs.economics.gpu_rent_drift).powf((month as f64 - 1.0) / 12.0)
}

/// What serves a share of the calls of a month.
pub fn used_in(plain: &Plain, replica: &Replica, share: f64, month: usize) -> Used {
    let billing = billing(plain);
    // Bought cards do not go away when traffic falls.
    let requests = match billing {
        GpuBilling::Owned => plain.most_requests_up_to(month),
        _ => plain.requests(month),
    };
    let calls = requests * plain.calls_per_request() * share;
    used(plain, replica, billing, calls, come_in(plain, gpu(plain, &replica.gpu)))
}

/// Serving compute and the people who tend further nodes in a month (method §5, §6).
pub fn month(plain: &Plain, replica: &Replica, share: f64, month: usize) -> Month {
    let team = &plain.inputs.team;
    let card = gpu(plain, &replica.gpu);
    let billing = billing(plain);
    let used = used_in(plain, replica, share, month);
    // What the user pays for the card he chose, if he says so.
    let own = plain.inputs.models.serving_gpu_price.filter(|_| billing != GpuBilling::Owned);
    let usd = own.or_else(|| hour_usd(plain, card)).unwrap();
    let drift = match billing {
        GpuBilling::Owned => 1.0,
        _ => rent_drift(plain, month),
    };
    let overhead = 1.0 + team.serving_overhead_share;
    // Cards of today's set-up are paid; so far as they do, the month takes their power and space alone.
    let paid_before = match plain.standing {
        Some((name, cards)) if billing == GpuBilling::Owned && name == card.name => {
            used.hours.min(cards * HOURS) * capital_month_usd(plain, card).unwrap() / HOURS
        }
        _ => 0.0,
    };
    // A bought card draws its power while it works and a share of it while it idles, or what the meter says (method §5).
    let (mut not_drawn, mut metered) = (0.0, 0.0);
    if billing == GpuBilling::Owned {
        let economics = &plain.inputs.economics;
        let calls = plain.requests(month) * plain.calls_per_request() * share;
        let busy = calls / replica.calls_per_second / 3_600.0 * replica.gpus;
        not_drawn =
            (used.hours - busy) * power_hour_usd(plain, card).unwrap() * (1.0 - economics.idle_power_share);
        metered = economics.metered_kwh.unwrap_or(0.0) * economics.electricity_price;
    }
    let further_nodes = (up(used.cards / 8.0) - 1.0).max(0.0);
    Month {
        serving: (used.hours * usd * drift - not_drawn + metered) * overhead - paid_before,
        run: further_nodes * team.self_host_upkeep_per_extra_node * team.hourly_rate,
        ..Month::default()
    }
}

/// Cards bought for training alone: all month, in eights where they come so.
pub fn bought_for_training_usd(plain: &Plain, training: &Training, they_stand: bool) -> f64 {
    let card = gpu(plain, &training.gpu);
    let paid_before = if they_stand { capital_month_usd(plain, card).unwrap() } else { 0.0 };
    bought_for_training(plain, training) * (owned_month_usd(plain, card).unwrap() - paid_before)
}

/// How many they are.
pub fn bought_for_training(plain: &Plain, training: &Training) -> f64 {
    let card = gpu(plain, &training.gpu);
    let is_module = card.form.contains("SXM") || card.form == "OAM";
    if is_module { (training.gpus / 8.0).ceil() * 8.0 } else { training.gpus }
}
