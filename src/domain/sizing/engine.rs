//! Serving software as the closed form knows it: what it takes beyond reading and computing, and what it
//! leaves of the memory.
//!
//! The constants are fitted together on the steady rows of `tests/data/serving.csv` (engines of 2025–26) and the
//! vendor-tuned rows of `tests/data/measurements.csv`; each stands for something that takes time or memory,
//! and none for a row, a model or a source.

use super::{Band, CURRENT_SPEED_BAND, Precision, TUNED_SPEED_BAND};
use crate::domain::catalog::{Gpu, OpenModel};
use crate::domain::units::GIB;

/// A generation of serving software.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Engine {
    /// Pace against releases of 2025–26; all times are divided by it. Beyond 0.01 to 10 it counts as that.
    pub pace: f64,
    /// Launching one dense layer of a decode step, `τ`, seconds.
    pub launch_s: f64,
    /// What routing, gathering and scattering add to that in a mixture, seconds a layer.
    pub mixture_launch_s: f64,
    /// Scheduling, sampling and detokenising one sequence of a step, seconds.
    pub sequence_s: f64,
    /// Launching one dense layer of a prefill, which no recorded graph covers, seconds.
    pub prefill_launch_s: f64,
    /// The same of a mixture.
    pub mixture_prefill_launch_s: f64,
    /// Share of the attainable peak that prefill reaches on large chips with stacked memory.
    pub prefill_share: f64,
    /// Requests in flight at most.
    pub most_in_flight: f64,
    /// Share of a GPU's memory that the engine claims.
    pub utilisation: f64,
    /// Runtime on each GPU within that share, bytes.
    pub runtime_bytes: f64,
    /// Prompt tokens of one step that the engine sets activations aside for, on GPUs of 70 GB and more.
    pub reserved_tokens: f64,
    /// Factors on the speed for its likely low and high end.
    pub speed_band: Band,
}

/// Prompt tokens of a step on GPUs with less memory than [`LARGE_GIB`].
const SMALL_GPU_SHARE: f64 = 0.25;
/// From here on a GPU takes the large step, GiB.
const LARGE_GIB: f64 = 70.0;
/// Hidden-size copies of a token that a layer keeps while it computes, bytes.
const ACTIVATION_COPIES_BYTES: f64 = 48.0;
/// The same for each expert that a token is sent to, in and out.
const EXPERT_COPIES_BYTES: f64 = 8.0;

/// Launching a layer kernel by kernel from a generation loop, seconds.
///
/// litgpt on one A100: a 13B takes 40.3 ms a token in bf16, of which reading its weights is 18.5.
const PLAIN_LAUNCH_S: f64 = 600e-6;
/// What unpacking 4-bit weights adds to that, seconds: seven matrices, 130 µs each whatever their size.
///
/// The same loop takes 1.2 to 1.6 ms a layer from 7B to 70B.
const PLAIN_UNPACK_S: f64 = 900e-6;

impl Engine {
    /// vLLM, releases of 2025–26 (0.8 to 0.23), defaults: nine tenths of the memory, the prefill that it profiles
    /// at start-up set aside.
    pub const VLLM: Self = Self {
        pace: 1.0,
        launch_s: 52e-6,
        mixture_launch_s: 40e-6,
        sequence_s: 8e-6,
        prefill_launch_s: 0.6e-3,
        mixture_prefill_launch_s: 1.0e-3,
        prefill_share: 0.48,
        most_in_flight: 512.0,
        utilisation: 0.90,
        runtime_bytes: 1e9,
        reserved_tokens: 8192.0,
        speed_band: CURRENT_SPEED_BAND,
    };
    /// SGLang, releases of 2025–26: as fast, and little set aside beside weights and cache.
    pub const SGLANG: Self = Self { utilisation: 0.92, reserved_tokens: 0.0, ..Self::VLLM };
    /// Engines of 2024 (vLLM 0.6, LMDeploy 0.2, TGI 2): on the rows of that year slower by a seventh.
    pub const OF_2024: Self = Self { pace: 0.87, most_in_flight: 256.0, ..Self::VLLM };
    /// A vendor's engine, compiled for the model and tuned for the run: no scheduling between steps, prefill in
    /// recorded graphs, nearly the whole attainable peak.
    pub const TUNED: Self = Self {
        sequence_s: 0.0,
        prefill_launch_s: 52e-6,
        mixture_prefill_launch_s: 92e-6,
        prefill_share: 0.95,
        most_in_flight: 2048.0,
        speed_band: TUNED_SPEED_BAND,
        ..Self::SGLANG
    };

    /// A plain generation loop: it reads and computes as fast as engines, and waits for launches ten times as
    /// long, longer where weights are unpacked.
    ///
    /// It answers one call at a time: batching is what engines are for, and no loop was measured with it.
    pub const fn plain_loop(weights: Precision) -> Self {
        let unpacking = weights.is_packed();
        let launch_s = PLAIN_LAUNCH_S + if unpacking { PLAIN_UNPACK_S } else { 0.0 };
        Self {
            launch_s,
            mixture_launch_s: 0.0,
            most_in_flight: 1.0,
            speed_band: TUNED_SPEED_BAND,
            ..Self::TUNED
        }
    }

    /// Memory of one GPU that the engine claims, bytes.
    pub fn claimed_bytes(&self, gpu: &Gpu) -> f64 {
        gpu.mem_gib_usable_approx * GIB * self.utilisation
    }

    /// What it sets aside on each GPU beside weights and cache, bytes: runtime, and the activations of one step.
    pub fn reserve_bytes(&self, gpu: &Gpu, model: &OpenModel) -> f64 {
        let share = if gpu.mem_gib_usable_approx >= LARGE_GIB { 1.0 } else { SMALL_GPU_SHARE };
        let copies = ACTIVATION_COPIES_BYTES + EXPERT_COPIES_BYTES * model.top_k.unwrap_or(0.0);
        self.runtime_bytes + self.reserved_tokens * share * model.hidden * copies
    }
}
