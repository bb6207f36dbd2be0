//! Own GPUs month by month: replicas, GPU-hours and their price (method §5).
//!
//! Replicas are a step function of the traffic of the hour, never smoothed.

use std::sync::Arc;

use crate::domain::input::{GpuBilling, TrafficShape};
use crate::domain::units::HOURS_PER_MONTH;
use crate::domain::workload::{Level, levels};

/// GPUs of one node: what one person-hour figure for upkeep counts.
const GPUS_PER_NODE: f64 = 8.0;
/// Load up to which deferrable work may fill a replica.
const DEFERRED_LOAD: f64 = 0.9;
const SECONDS_PER_HOUR: f64 = 3_600.0;
/// The levels of a traffic shape have mean 1 to within this (see the test of the shapes).
const LEAST_MEAN_WEIGHT: f64 = 0.998;
/// Slack before a replica is added, against rounding: 1e-16 must not become a GPU.
const ROUNDING: f64 = 1e-9;

/// Replicas of one configuration serving part of the requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// Calls to this fleet for each request.
    pub calls_per_request: f64,
    /// Calls per second that one replica completes.
    pub calls_per_second: f64,
    /// Part of the calls that cannot wait.
    pub interactive_share: f64,
    /// Traffic over the week.
    pub levels: &'static [Level],
    /// Peak within the hour against its mean.
    pub burst: f64,
    /// Highest planned load of a replica.
    pub planned_load: f64,
    /// Replicas that always run.
    pub min_replicas: f64,
    /// Replicas of a copy, in parts, that hold the users at once in the busiest hour; in other hours so much fewer as
    /// the traffic is. Zero where no such load is stated.
    pub replicas_for_users: f64,
    /// Fleets alike that the calls are spread over evenly: one for each task whose weights serve nothing else.
    pub copies: f64,
    /// GPUs of one replica.
    pub gpus_per_replica: f64,
    /// GPUs come in multiples of this.
    pub gpu_multiple: f64,
    /// How GPU time is paid.
    pub billing: GpuBilling,
    /// US dollars for a GPU-hour of month 1, overhead included.
    pub usd_per_gpu_hour: f64,
    /// The part of that which recovers the purchase of a bought GPU; zero where GPUs are rented.
    pub capital_usd_per_gpu_hour: f64,
    /// US dollars for a GPU-hour in which it works, on top: the power that it draws beyond idling. Zero where rented.
    pub usd_per_busy_gpu_hour: f64,
    /// US dollars a month however many GPUs there are: electricity by the meter.
    pub usd_per_month: f64,
    /// GPUs of this kind that stand already, so that nobody buys them.
    pub standing_gpus: f64,
    /// Factor on it by ledger month; index 0 is not used. Shared by all fleets that pay in the same way.
    pub drift: Arc<[f64]>,
    /// US dollars a month for each node after the first.
    pub usd_per_further_node: f64,
    /// Months for which it is bought at a time, for the busiest of them; 1 where it may change every month.
    pub committed_months: usize,
}

/// What a fleet uses in one month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FleetMonth {
    /// Replicas in the busiest hour.
    pub peak_replicas: f64,
    /// GPUs that must exist.
    pub peak_gpus: f64,
    /// GPU-hours paid.
    pub gpu_hours: f64,
    /// US dollars for them, idle: what they draw beyond that goes by requests ([`Fleet::busy_usd_per_request`]).
    pub compute_usd: f64,
    /// The part of it that recovers the purchase of GPUs, US dollars.
    pub capital_usd: f64,
    /// US dollars for people who tend the further nodes.
    pub people_usd: f64,
    /// Share of the paid GPU time that is busy.
    pub utilisation: f64,
}

impl Fleet {
    /// Capacity that is promised and billed by time, free of charge until a price is set: one that always runs, every hour
    /// of the week alike, so much of its price left in each month.
    pub fn promised(drift: Arc<[f64]>) -> Fleet {
        Fleet {
            calls_per_request: 1.0,
            calls_per_second: 1.0,
            interactive_share: 1.0,
            levels: levels(TrafficShape::Flat),
            burst: 1.0,
            planned_load: 1.0,
            min_replicas: 1.0,
            replicas_for_users: 0.0,
            copies: 1.0,
            gpus_per_replica: 1.0,
            gpu_multiple: 1.0,
            billing: GpuBilling::Reserved,
            usd_per_gpu_hour: 0.0,
            capital_usd_per_gpu_hour: 0.0,
            usd_per_busy_gpu_hour: 0.0,
            usd_per_month: 0.0,
            standing_gpus: 0.0,
            drift,
            usd_per_further_node: 0.0,
            committed_months: 1,
        }
    }

    /// US dollars for a GPU-hour of a month.
    pub fn usd_per_gpu_hour_in(&self, month: usize) -> f64 {
        self.usd_per_gpu_hour * self.drift[month]
    }

    /// The calls spread evenly over so many fleets alike.
    #[must_use]
    pub fn copied(self, copies: f64) -> Fleet {
        let calls_per_request = self.calls_per_request / copies;
        let replicas_for_users = self.replicas_for_users / copies;
        Fleet { calls_per_request, replicas_for_users, copies, ..self }
    }

    /// The same with replicas so many times as fast.
    #[must_use]
    pub fn at_speed(&self, factor: f64) -> Fleet {
        Fleet { calls_per_second: self.calls_per_second * factor, ..self.clone() }
    }

    /// What a month with so many requests uses.
    pub fn month(&self, month: usize, requests: f64) -> FleetMonth {
        let (peak_replicas, gpu_hours, peak_gpus) = self.sizes(requests);
        let busy_hours = requests * self.calls_per_request / (self.calls_per_second * SECONDS_PER_HOUR)
            * self.gpus_per_replica
            * self.copies;
        FleetMonth {
            peak_replicas,
            peak_gpus,
            gpu_hours,
            compute_usd: self.compute_usd(self.usd_per_gpu_hour_in(month), gpu_hours),
            capital_usd: gpu_hours * self.capital_usd_per_gpu_hour - self.paid_before_usd(gpu_hours),
            people_usd: further_nodes(peak_gpus) * self.usd_per_further_node,
            utilisation: if gpu_hours > 0.0 { (busy_hours / gpu_hours).min(1.0) } else { 0.0 },
        }
    }

    /// US dollars for so many GPU-hours of a month, idle: those of GPUs that stand already take power and space only.
    fn compute_usd(&self, usd_per_gpu_hour: f64, gpu_hours: f64) -> f64 {
        gpu_hours * usd_per_gpu_hour - self.paid_before_usd(gpu_hours) + self.usd_per_month
    }

    /// US dollars for each request that GPUs cost because they work: the power that they draw beyond idling.
    pub fn busy_usd_per_request(&self) -> f64 {
        self.calls_per_request / (self.calls_per_second * SECONDS_PER_HOUR)
            * self.gpus_per_replica
            * self.copies
            * self.usd_per_busy_gpu_hour
    }

    /// What of so many GPU-hours of a month was paid when the GPUs that stand already were bought, US dollars.
    fn paid_before_usd(&self, gpu_hours: f64) -> f64 {
        gpu_hours.min(self.standing_gpus * HOURS_PER_MONTH) * self.capital_usd_per_gpu_hour
    }

    /// Replicas at the peak, GPU-hours paid and GPUs that must exist in a month with so many requests.
    fn sizes(&self, requests: f64) -> (f64, f64, f64) {
        // Replica-hours of work if every replica were always full.
        let work = requests * self.calls_per_request / (self.calls_per_second * SECONDS_PER_HOUR);
        let (peak, interactive_hours) =
            self.interactive_replicas(work * self.interactive_share / HOURS_PER_MONTH);
        let deferred = self.interactive_share < 1.0;
        if self.billing == GpuBilling::Autoscaled {
            let for_all_work = if deferred { self.gpus_of(whole(work / DEFERRED_LOAD)) } else { 0.0 };
            let gpu_hours = interactive_hours.max(for_all_work);
            let peak_replicas = peak.max(if gpu_hours > 0.0 { 1.0 } else { 0.0 });
            return (peak_replicas * self.copies, gpu_hours, self.gpus_of(peak_replicas));
        }
        let needed = if deferred { whole(work / DEFERRED_LOAD / HOURS_PER_MONTH) } else { 0.0 };
        let replicas = peak.max(needed).max(1.0);
        let gpus = self.gpus_of(replicas);
        (replicas * self.copies, gpus * HOURS_PER_MONTH, gpus)
    }

    /// GPUs of so many replicas in each copy, as they can be had; or GPU-hours of so many replica-hours.
    fn gpus_of(&self, replicas: f64) -> f64 {
        let gpus = replicas * self.copies * self.gpus_per_replica;
        if self.gpu_multiple > 1.0 { whole(gpus / self.gpu_multiple) * self.gpu_multiple } else { gpus }
    }

    /// Compute and people of a month with so many requests, US dollars.
    pub fn cost(&self, month: usize, requests: f64) -> f64 {
        self.cost_at(self.usd_per_gpu_hour_in(month), requests) + self.busy_usd_per_request() * requests
    }

    /// As [`Fleet::cost`] without [`Fleet::busy_usd_per_request`], in a month in which a GPU-hour costs so many US
    /// dollars: a step function of the requests.
    pub fn cost_at(&self, usd_per_gpu_hour: f64, requests: f64) -> f64 {
        let (_, gpu_hours, peak_gpus) = self.sizes(requests);
        self.compute_usd(usd_per_gpu_hour, gpu_hours) + further_nodes(peak_gpus) * self.usd_per_further_node
    }

    /// Requests of a month up to which the fleet stays as small as it gets.
    ///
    /// Zero where every request can change its cost: with no replica always running.
    pub fn idle_up_to(&self) -> f64 {
        let always = match self.billing {
            GpuBilling::Autoscaled => self.min_replicas,
            GpuBilling::Reserved | GpuBilling::Owned => self.min_replicas.max(1.0),
        };
        let peak = self.busiest_weight();
        let replica_calls_per_month = self.calls_per_second * SECONDS_PER_HOUR * HOURS_PER_MONTH;
        let for_peak = always * self.planned_load / (self.burst * peak * self.interactive_share);
        // Autoscaled hours round up, so the last of them does not count as idle.
        let filled = (always - 1.0 / HOURS_PER_MONTH).max(0.0);
        let for_all_work = if self.interactive_share < 1.0 { filled * DEFERRED_LOAD } else { f64::INFINITY };
        for_peak.min(for_all_work) * replica_calls_per_month / self.calls_per_request
    }

    /// US dollars for each request of a month in which a GPU-hour costs so much, if replicas came in fractions, none
    /// stood idle and GPUs that stand already were enough: never more than [`Fleet::cost`] divided by requests.
    pub fn least_usd_per_request(&self, usd_per_gpu_hour: f64) -> f64 {
        let capital = if self.standing_gpus > 0.0 { self.capital_usd_per_gpu_hour } else { 0.0 };
        self.least_gpu_hours_per_request() * (usd_per_gpu_hour - capital).max(0.0)
    }

    fn least_gpu_hours_per_request(&self) -> f64 {
        let load = if self.interactive_share < 1.0 { DEFERRED_LOAD } else { self.planned_load / self.burst };
        // Deferred work fills replicas up to its own load; interactive work needs the headroom of its burst.
        let load = load.max(self.planned_load / self.burst);
        let replica_hours = self.calls_per_request / (self.calls_per_second * SECONDS_PER_HOUR * load);
        // Bought and reserved replicas stand through the quiet hours too, which only adds to this.
        replica_hours * self.gpus_per_replica * self.copies * LEAST_MEAN_WEIGHT
    }

    /// Traffic of the busiest hour against the mean.
    fn busiest_weight(&self) -> f64 {
        self.levels.iter().map(|level| level.weight).fold(0.0, f64::max)
    }

    /// Replicas of a copy at the peak, and GPU-hours of all copies if no more stands in any hour, for work that cannot
    /// wait and that keeps so many replicas full on average.
    fn interactive_replicas(&self, full_replicas: f64) -> (f64, f64) {
        let per_weight = full_replicas * self.burst / self.planned_load;
        // Asked for in every hour of every month: most loads are not stated in users.
        let per_weight = match self.replicas_for_users > 0.0 {
            true => per_weight.max(self.replicas_for_users / self.busiest_weight()),
            false => per_weight,
        };
        let mut peak = self.min_replicas;
        let mut hours = 0.0;
        for level in self.levels {
            let replicas = whole(per_weight * level.weight).max(self.min_replicas);
            peak = peak.max(replicas);
            hours += self.gpus_of(replicas) * level.hours_per_month();
        }
        (peak, hours)
    }
}

/// Nodes after the first.
fn further_nodes(gpus: f64) -> f64 {
    (whole(gpus / GPUS_PER_NODE) - 1.0).max(0.0)
}

/// The next whole number, forgiving rounding noise.
fn whole(number: f64) -> f64 {
    // Rounding up is exact on every platform, so the standard function gives the same bits everywhere.
    (number * (1.0 - ROUNDING)).ceil()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleet(billing: GpuBilling, shape: TrafficShape) -> Fleet {
        Fleet {
            levels: levels(shape),
            burst: 1.5,
            planned_load: 0.65,
            gpus_per_replica: 2.0,
            billing,
            usd_per_gpu_hour: 3.0,
            usd_per_further_node: 200.0,
            ..Fleet::promised(Arc::new([1.0; 25]))
        }
    }

    #[test]
    fn two_capacity_steps_cost_what_they_do_on_paper() {
        // 1 call/s at load 0.65 with burst 1.5 carries 0.4333 calls/s = 1,139,580 requests a month, evenly spread.
        let fleet = fleet(GpuBilling::Reserved, TrafficShape::Flat);
        let month = |requests: f64| fleet.month(1, requests).compute_usd;
        assert!((month(1_139_000.0) - 2.0 * 730.5 * 3.0).abs() < 1e-6);
        assert!((month(1_140_000.0) - 4.0 * 730.5 * 3.0).abs() < 1e-6);
        assert!((month(2_280_000.0) - 6.0 * 730.5 * 3.0).abs() < 1e-6);
    }

    #[test]
    fn users_at_once_are_held_in_the_busiest_hour_and_fewer_of_them_in_others() {
        let alone = fleet(GpuBilling::Autoscaled, TrafficShape::BusinessHours);
        let users = Fleet { replicas_for_users: 3.5, ..alone.clone() };
        // Weights 3.5, 0.4 and 0.136: 4, 1 and 1 replicas of two GPUs, however few the requests.
        let used = users.month(1, 10.0);
        assert_eq!((used.peak_replicas, used.peak_gpus), (4.0, 8.0));
        let hours = 2.0 * HOURS_PER_MONTH * (4.0 * 40.0 + 128.0) / 168.0;
        assert!((used.gpu_hours - hours).abs() < 1e-6, "{}", used.gpu_hours);
        assert_eq!(users.month(1, 1e9), alone.month(1, 1e9), "volume takes more");
    }

    #[test]
    fn autoscaled_hours_follow_the_levels() {
        // Business hours: 3.5 × 40 h, 0.4 × 40 h, 0.136 × 88 h; one million requests a month is 0.380 calls/s.
        let used = fleet(GpuBilling::Autoscaled, TrafficShape::BusinessHours).month(1, 1e6);
        let replicas = [4.0, 1.0, 1.0];
        let hours = [40.0, 40.0, 88.0].map(|hours| hours / 168.0 * 730.5);
        let expected: f64 = replicas.iter().zip(hours).map(|(replicas, hours)| replicas * hours * 2.0).sum();
        assert!((used.gpu_hours - expected).abs() < 1e-9, "{} {expected}", used.gpu_hours);
        assert_eq!(used.peak_replicas, 4.0);
    }

    #[test]
    fn gpus_that_are_rented_in_multiples_are_paid_in_multiples_in_every_hour() {
        // As above, four replicas of two GPUs for 40 hours of the week and one else: rented in threes, nine and three.
        let mut fleet = fleet(GpuBilling::Autoscaled, TrafficShape::BusinessHours);
        fleet.gpu_multiple = 3.0;
        let used = fleet.month(1, 1e6);
        let expected = (9.0 * 40.0 + 3.0 * 128.0) / 168.0 * 730.5;
        assert!((used.gpu_hours - expected).abs() < 1e-9, "{} {expected}", used.gpu_hours);
        assert_eq!(used.peak_gpus, 9.0);
        // In sixteens the least that can be had stands all month, however little there is to do.
        fleet.gpu_multiple = 16.0;
        assert_eq!(fleet.month(1, 1.0).gpu_hours, 16.0 * 730.5);
        // Work that can wait: one call a second fills 309 replica-hours with a million calls, 618 GPU-hours.
        (fleet.interactive_share, fleet.min_replicas) = (0.0, 0.0);
        assert_eq!(fleet.month(1, 1e6).gpu_hours, 624.0);
    }

    #[test]
    fn less_use_never_cheapens_reserved_gpus_below_their_replicas() {
        let fleet = fleet(GpuBilling::Reserved, TrafficShape::Flat);
        assert_eq!(fleet.month(1, 10.0).compute_usd, fleet.month(1, 1e6).compute_usd);
    }

    #[test]
    fn the_same_interactive_traffic_in_fewer_hours_never_needs_fewer_gpus_at_the_peak() {
        for requests in [1e4, 1e6, 1e7, 1e8] {
            let flat = fleet(GpuBilling::Reserved, TrafficShape::Flat).month(1, requests);
            for shape in TrafficShape::ALL {
                let used = fleet(GpuBilling::Reserved, *shape).month(1, requests);
                assert!(used.peak_gpus >= flat.peak_gpus, "{shape:?} {requests}");
            }
        }
    }

    #[test]
    fn work_that_can_wait_leaves_the_peak_but_not_the_bill() {
        let mut waiting = fleet(GpuBilling::Reserved, TrafficShape::BusinessHours);
        let peak = waiting.month(1, 1e7).peak_gpus;
        waiting.interactive_share = 0.0;
        waiting.min_replicas = 0.0;
        let deferred = waiting.month(1, 1e7);
        assert!(deferred.peak_gpus < peak);
        // 1e7 calls at 0.9 of 3,600 an hour are 3,086 replica-hours: five replicas all month.
        assert_eq!(deferred.peak_replicas, 5.0);
    }

    #[test]
    fn no_month_costs_less_than_its_bound() {
        for billing in [GpuBilling::Autoscaled, GpuBilling::Reserved, GpuBilling::Owned] {
            for shape in TrafficShape::ALL {
                for interactive in [0.0, 0.7, 1.0] {
                    let mut fleet = fleet(billing, *shape);
                    fleet.interactive_share = interactive;
                    for requests in [1e3, 1e5, 1e6, 3.3e6, 1e8] {
                        for (copies, standing) in [(1.0, 0.0), (3.0, 0.0), (1.0, 5.0), (2.0, 1e6)] {
                            fleet.copies = copies;
                            (fleet.capital_usd_per_gpu_hour, fleet.standing_gpus) = (2.0, standing);
                            let least = fleet.least_usd_per_request(fleet.usd_per_gpu_hour);
                            assert!(fleet.cost(1, requests) >= least * requests * (1.0 - 1e-9));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn cost_never_falls_with_volume() {
        for billing in [GpuBilling::Autoscaled, GpuBilling::Reserved, GpuBilling::Owned] {
            for interactive in [0.0, 0.5, 1.0] {
                let mut fleet = fleet(billing, TrafficShape::ConsumerEvenings);
                fleet.interactive_share = interactive;
                let mut before = 0.0;
                for step in 0..4_000 {
                    let cost = fleet.cost(1, f64::from(step) * 5_000.0);
                    assert!(cost >= before, "{billing:?} {interactive} {step}");
                    before = cost;
                }
            }
        }
    }
}
