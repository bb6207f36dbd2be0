//! What evaluations may share whose inputs ask the same of GPUs: which ones serve and train, and how fast.
//!
//! That is a third of the work of an evaluation, and most inputs have no part in it.

use std::cell::{OnceCell, RefCell};

use super::training::{Job, TrainingJob};
use crate::domain::catalog::Gpu;
use crate::domain::hardware::{Configuration, ServingOption};
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::domain::workload::CallTokens;

/// Inputs that have a part, beside the tokens of a call, in what GPUs can do and what an hour of them costs; tests
/// hold that no other has.
const OF_HARDWARE: [&str; 42] = [
    "base_model",
    "cache_hit_share",
    "committed_use_discount",
    "complexity",
    "consumer_gpus",
    "custom_params",
    "custom_tokens_per_param",
    "data_boundary",
    "deferrable_share",
    "discount_rate",
    "electricity_price",
    "epochs",
    "gpu_billing",
    "hosting_price",
    "labels",
    "length_tail",
    "lora_rank",
    "maturity",
    "measured_hours_full",
    "measured_hours_lora",
    "measured_hours_qlora",
    "measured_memory_full",
    "measured_memory_lora",
    "measured_memory_open",
    "measured_memory_qlora",
    "measured_memory_tuned",
    "measured_mfu",
    "measured_speed_open",
    "measured_speed_tuned",
    "open_model",
    "owned_lifetime",
    "owned_network_share",
    "owned_residual",
    "power_usage_effectiveness",
    "serving_gpu",
    "serving_gpu_count",
    "serving_gpu_price",
    "time_per_output_token_ms",
    "time_to_first_token_s",
    "training_gpu",
    "training_gpu_count",
    "weight_precision",
];

/// GPU configurations and training runs of one set of inputs, found when they are first asked for.
///
/// They outlive the inputs that they were found for, so GPUs stand in it by their place in the catalogue. What is
/// found for calls of other tokens than the first is not kept: those are today's, asked for most.
#[derive(Clone, Debug, Default)]
pub struct SharedHardware {
    pub(super) open: Known,
    pub(super) tuned: Known,
    pub(super) custom: Known,
    jobs: RefCell<Vec<KnownJob>>,
}

/// The training run of a strategy with calls of so many tokens, if any GPU holds it.
type KnownJob = (StrategyId, CallTokens, Option<Job<usize>>);

/// Configurations that serve one model with calls of so many tokens, or why none does; empty until they are asked for.
pub(super) type Known = OnceCell<(CallTokens, Result<Vec<Configuration<usize>>, Exclusion>)>;

impl SharedHardware {
    /// Whether inputs that differ in this one only may share it.
    pub fn outlives(input: &str) -> bool {
        !OF_HARDWARE.contains(&input)
    }

    /// The training run of a strategy: the one that is known, or else the one that is found now.
    pub(super) fn job<'a, E>(
        &self,
        (id, tokens): (StrategyId, CallTokens),
        gpus: &'a [Gpu],
        find: impl FnOnce() -> Result<Option<TrainingJob<'a>>, E>,
    ) -> Result<Option<TrainingJob<'a>>, E> {
        let known = self.jobs.borrow().iter().find(|(other, ..)| *other == id).copied();
        match known {
            Some((_, of, None)) if of == tokens => return Ok(None),
            Some((_, of, Some(job))) if of == tokens => {
                if let Some(gpu) = gpus.get(job.gpu) {
                    return Ok(Some(job.on(gpu)));
                }
            }
            _ => {}
        }
        let job = find()?;
        let placed = job.map(|job| Some(job.on(place(job.gpu, gpus)?)));
        // A run that cannot be placed is not kept: none at all would mean that nothing is trained.
        if let (None, None | Some(Some(_))) = (known, placed) {
            self.jobs.borrow_mut().push((id, tokens, placed.flatten()));
        }
        Ok(job)
    }
}

/// The configurations that are known for calls of so many tokens, or else those that are found now.
pub(super) fn recalled<'a>(
    known: &Known,
    tokens: CallTokens,
    gpus: &'a [Gpu],
    find: impl FnOnce() -> Result<Vec<ServingOption<'a>>, Exclusion>,
) -> Result<Vec<ServingOption<'a>>, Exclusion> {
    if let Some((_, known)) = known.get().filter(|(of, _)| *of == tokens) {
        let options = known.as_ref().map_err(Clone::clone)?;
        return Ok(options.iter().filter_map(|option| Some(option.on(gpus.get(option.gpu)?))).collect());
    }
    let found = find();
    let by_place = |option: &ServingOption| Some(option.on(place(option.gpu, gpus)?));
    known.get_or_init(|| match &found {
        Ok(options) => (tokens, Ok(options.iter().filter_map(by_place).collect())),
        Err(reason) => (tokens, Err(reason.clone())),
    });
    found
}

/// Place of a GPU in the catalogue it is of.
fn place(gpu: &Gpu, gpus: &[Gpu]) -> Option<usize> {
    gpus.iter().position(|other| std::ptr::eq(other, gpu))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::input;

    #[test]
    fn what_has_a_part_in_hardware_is_an_input() {
        for id in OF_HARDWARE {
            assert!(input(id).is_some(), "{id}");
        }
    }
}
