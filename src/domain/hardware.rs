//! Which GPUs may be used and at what price, which can serve a load, and which can train a model (method §2, §5).
//!
//! Each search is a function of one question, a plain value: what an answer depends on stands in its question, so
//! two equal questions have the same answer and a [`HardwareMemory`] may give the known one.

mod at_once;
mod configuration;
mod memory;
mod prices;
mod question;
mod serving;
mod training;

pub use at_once::{AtOnce, UsersAtOnce, users_at_once};
pub use configuration::{FoundOption, ServingOption};
pub use memory::{HardwareMemory, ServingAsker};
pub use prices::{
    PricedGpu, allowed_gpus, billing, can_join, capital_usd_per_month, load_power_usd_per_hour,
    metered_usd_per_month, no_priced_gpu, owned_usd_per_month, purchase_usd, usd_per_gpu_hour,
};
pub use serving::{ServedModel, ServingQuestion, placed, serving_options};
pub use training::{
    COUNTS, FoundJob, Pretraining, TrainingJob, TrainingQuestion, Tuning, fits_on, measured_memory,
    training_job, training_run, training_tokens, tuning_method,
};
