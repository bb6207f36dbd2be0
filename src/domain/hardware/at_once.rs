//! A load stated as users at once: the memory that they take, and the GPUs for it (method §5).
//!
//! ```text
//! users a replica = ⌊ (usable − weights − runtime) / cache of one context ⌋
//! replicas        = ⌈ users / users a replica ⌉
//! ```
//!
//! Memory alone: how fast they are served is asked of the volume.

use crate::domain::input::Inputs;
use crate::domain::sizing::{Replica, ServingMemory, calls_held, serving_memory, usable_gib};
use crate::domain::workload::CallTokens;

/// Users that own GPUs hold in memory at the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UsersAtOnce {
    /// How many.
    pub users: f64,
    /// Prompt and output that each may fill, tokens.
    pub context_tokens: f64,
}

/// The users at once that are stated; without a context of their own each fills a call.
pub fn users_at_once(tokens: &CallTokens, inputs: &Inputs) -> Option<UsersAtOnce> {
    let users = inputs.work.users_at_once?;
    let call = tokens.input() + tokens.output;
    Some(UsersAtOnce { users, context_tokens: inputs.work.context_at_once.unwrap_or(call) })
}

/// GPUs of one kind that hold the users at once, and what of their memory that takes.
#[derive(Clone, Debug, PartialEq)]
pub struct AtOnce {
    /// The GPU.
    pub gpu: String,
    /// GPUs of one replica.
    pub gpus_per_replica: u32,
    /// Replicas.
    pub replicas: f64,
    /// Precision of the weights.
    pub precision: &'static str,
    /// Precision of the attention cache.
    pub kv_precision: &'static str,
    /// Weights on all cards, GiB.
    pub weights_gib: f64,
    /// Attention cache of all users, GiB.
    pub kv_gib: f64,
    /// Runtime of the engine on all cards, GiB.
    pub runtime_gib: f64,
    /// Memory that the engine may fill on all cards, GiB.
    pub usable_gib: f64,
    /// US dollars an hour for all of them, rent or capital with power and space, without overhead.
    pub usd_per_hour: f64,
}

impl AtOnce {
    /// So many replicas as hold the users; `None` where one cannot hold a single one.
    pub(super) fn on(
        replica: &Replica<'_>,
        users: f64,
        context_tokens: f64,
        usd_per_gpu_hour: f64,
    ) -> Option<AtOnce> {
        let held = calls_held(replica, context_tokens).ok()?;
        let replicas = (users / held).ceil().max(1.0);
        let cards = replicas * f64::from(replica.gpus);
        let memory = serving_memory(replica, users / replicas, context_tokens, true)?;
        let ServingMemory { weights_gib, kv_gib, runtime_gib, .. } = memory;
        // What was measured of each GPU holds weights and runtime.
        let (weights_gib, runtime_gib) =
            replica.measured_gib.map_or((weights_gib, runtime_gib), |measured| (measured, 0.0));
        Some(AtOnce {
            gpu: replica.gpu.name.clone(),
            gpus_per_replica: replica.gpus,
            replicas,
            precision: replica.weights.label(),
            kv_precision: replica.kv.label(),
            weights_gib: weights_gib * cards,
            kv_gib: kv_gib * cards,
            runtime_gib: runtime_gib * cards,
            usable_gib: usable_gib(replica) * replicas,
            usd_per_hour: usd_per_gpu_hour * cards,
        })
    }

    /// Cards in all.
    pub fn cards(&self) -> f64 {
        self.replicas * f64::from(self.gpus_per_replica)
    }

    /// What is taken of all cards, GiB.
    pub fn needed_gib(&self) -> f64 {
        self.weights_gib + self.kv_gib + self.runtime_gib
    }
}
