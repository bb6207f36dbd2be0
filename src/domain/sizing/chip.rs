//! What a GPU reaches of its data sheet when it serves, and what joins several of them.
//!
//! The factors stand for kinds of hardware, not for products: stacked or graphics memory, a
//! maker's kernels, a switched fabric, the host's bus, a network.

use super::{Arithmetic, Link, Precision};
use crate::domain::catalog::{Gpu, OpenModel};
use crate::domain::units::GB;

/// Share of the memory bandwidth that decoding reaches.
pub(super) const BANDWIDTH_SHARE: f64 = 0.85;
/// What kernels on AMD GPUs reach of that.
const AMD_BANDWIDTH: f64 = 0.70;
/// Launching a layer on AMD GPUs against others.
const AMD_LAUNCH: f64 = 1.25;
/// What fp8 products reach of their peak against bf16.
const FP8_SHARE: f64 = 0.73;
/// What products with weights that have to be unpacked reach against bf16.
const UNPACK_SHARE: f64 = 0.70;
/// Prefill of chips with graphics memory against large ones, which are harder to fill.
const SMALL_CHIP: f64 = 1.9;
/// No prefill reaches more of the attainable peak.
const MOST_PREFILL_SHARE: f64 = 0.95;
/// GPUs with stacked memory and no fabric start here, those with graphics memory end, 10⁹ bytes per second.
const STACKED_MEMORY_GB_S: f64 = 1900.0;

/// A GPU as decoding and prefill see it.
pub(super) struct Chip<'a>(&'a Gpu);

impl<'a> Chip<'a> {
    pub fn of(gpu: &'a Gpu) -> Self {
        Self(gpu)
    }

    /// Whether AMD makes it.
    fn is_amd(&self) -> bool {
        self.0.vendor == "AMD"
    }

    /// Whether its memory is that of a graphics card.
    fn has_graphics_memory(&self) -> bool {
        !self.0.has_fast_interconnect() && self.0.mem_bw_gb_s < STACKED_MEMORY_GB_S
    }

    /// Bytes read per second.
    pub fn bytes_per_second(&self) -> f64 {
        let of_maker = if self.is_amd() { AMD_BANDWIDTH } else { 1.0 };
        self.0.mem_bw_gb_s * GB * BANDWIDTH_SHARE * of_maker
    }

    /// Launching a layer against the engine's constant.
    pub fn launch_factor(&self) -> f64 {
        if self.is_amd() { AMD_LAUNCH } else { 1.0 }
    }

    /// The best product at bf16 that was measured, of the peak; the peak itself where none was.
    fn attained(&self) -> f64 {
        let measured = self.0.measured_best_bf16_matmul_tflops;
        measured.map_or(1.0, |best| (best / self.0.bf16_dense_tflops).clamp(0.01, 1.0))
    }

    /// Attainable operations per second at bf16.
    pub fn attainable_bf16_flops(&self) -> f64 {
        Arithmetic::Bf16.peak_flops(self.0) * self.attained()
    }

    /// Attainable operations per second with such weights.
    pub fn attainable_flops(&self, weights: Precision, arithmetic: Arithmetic) -> f64 {
        let narrow = arithmetic == Arithmetic::Fp8 && self.0.fp8_dense_tflops.is_some();
        let of_format = if narrow { FP8_SHARE } else { 1.0 };
        let unpacked = if weights.is_packed() { UNPACK_SHARE } else { 1.0 };
        arithmetic.peak_flops(self.0) * self.attained() * of_format * unpacked
    }

    /// Share of the attainable peak that prefill reaches, of an engine's on large chips.
    pub fn prefill_share(&self, of_engine: f64) -> f64 {
        let share = of_engine * if self.has_graphics_memory() { SMALL_CHIP } else { 1.0 };
        share.min(MOST_PREFILL_SHARE)
    }
}

/// What joins the GPUs of a replica: two sums over all of them in each layer.
pub(super) struct LinkCost {
    gpus: f64,
    latency_s: f64,
    bytes_per_second: f64,
}

impl LinkCost {
    /// Of the slowest link between so many of these GPUs.
    ///
    /// NVLink bridges cost what the bus does: most cards that have them are run without. The network's rate is that of
    /// its port, 400 Gbit/s a GPU, and was not measured; its latency is formulas.md §15.
    pub fn of(link: Link, gpu: &Gpu, gpus: u32) -> Self {
        let (latency_s, bytes_per_second) = match link {
            Link::Nodes => (290e-6, 50e9),
            Link::NvLink | Link::Single if gpu.has_fast_interconnect() => (15e-6, 370e9),
            Link::NvLink | Link::Single | Link::Pcie => (65e-6, 8e9),
        };
        Self { gpus: f64::from(gpus.max(1)), latency_s, bytes_per_second }
    }

    /// What it adds to one layer of a step, seconds.
    pub fn latency_s(&self) -> f64 {
        if self.gpus > 1.0 { self.latency_s } else { 0.0 }
    }

    /// What it adds to one token in all layers, seconds: each GPU sends and receives `2·(n−1)/n` of a hidden
    /// state in bf16, twice a layer.
    pub fn all_reduce_s(&self, model: &OpenModel) -> f64 {
        let bytes = 2.0 * 2.0 * (self.gpus - 1.0) / self.gpus * model.hidden * 2.0;
        model.layers * bytes / self.bytes_per_second
    }
}
