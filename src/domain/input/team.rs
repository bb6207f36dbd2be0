//! Team: people, their hours and their pay. All hours are assumptions with a range, and yours to change.

use super::{Skill, YOURS, choice, effort, effort_default as likely, flag, input_group, number};
use crate::domain::units::Unit;

const HOURS: Unit = Unit::Plain("hours");
const HOURS_A_MONTH: Unit = Unit::Plain("hours a month");
const HOURS_EACH: Unit = Unit::Plain("hours each");
const WEEKS: Unit = Unit::Plain("weeks");

input_group! {
    /// People, their time and their pay.
    Team (team) {
        self_hosting_skill: Skill = Skill::Some => choice("Experience in running models", Skill::OPTIONS).source(YOURS)
            .help("None: self-hosting then pays for hiring.");
        hiring_possible: bool = true => flag("A missing skill can be hired").source(YOURS)
            .help("If not, self-hosting is out where nobody has run models.");
        on_call: bool = false => flag("Somebody is on call").source(YOURS)
            .help("Matters where the service must run round the clock on own GPUs.");
        hourly_rate: f64 = likely("hourly_rate") => effort("Loaded hourly rate", "hourly_rate", 1.0, 1_000.0, Unit::Usd("an hour"))
            .help("Wage with benefits and overheads of the people who build and run it.");
        hiring_share: f64 = 0.25 => number("Hiring for a missing skill", 0.25, 0.0, 2.0, Unit::Share("of a year's pay, once")).between(0.15, 0.4)
            .help("Search, onboarding and the slow first months, as a share of 2,080 hours at the hourly rate.");
        prompt_build: f64 = likely("prompt_build") => effort("Build: prompts", "prompt_build", 0.0, 100_000.0, HOURS)
            .help("Prompt engineering and integration until the first version serves.");
        prompt_upkeep: f64 = likely("prompt_upkeep") => effort("Run: prompts", "prompt_upkeep", 0.0, 10_000.0, HOURS_A_MONTH)
            .help("Changes to prompts, monitoring of answers.");
        prompt_effort_before_evidence: f64 = likely("prompt_effort_before_evidence") => effort("A real attempt at prompting", "prompt_effort_before_evidence", 0.0, 10_000.0, HOURS)
            .help("Before this much prompt engineering, a failed measurement is not clear evidence against prompting.");
        eval_set: f64 = likely("eval_set") => effort("Build: evaluation set", "eval_set", 0.0, 100_000.0, HOURS)
            .help("Needed by every strategy alike.");
        re_evaluation: f64 = likely("re_evaluation") => effort("Re-evaluation", "re_evaluation", 0.0, 10_000.0, HOURS_EACH)
            .help("For each further candidate, retrain or migration.");
        rag_build: f64 = likely("rag_build") => effort("Build: retrieval", "rag_build", 0.0, 100_000.0, HOURS)
            .help("Ingestion, chunking, index, prompts and their evaluation.");
        rag_upkeep: f64 = likely("rag_upkeep") => effort("Run: retrieval", "rag_upkeep", 0.0, 10_000.0, HOURS_A_MONTH)
            .help("Keeping documents, index and access rights in order.");
        hosted_tuning_build: f64 = likely("hosted_tuning_build") => effort("Build: hosted tuning", "hosted_tuning_build", 0.0, 100_000.0, HOURS)
            .help("Data preparation, first runs, integration.");
        hosted_tuning_per_experiment: f64 = likely("hosted_tuning_per_experiment") => effort("Hosted tuning run", "hosted_tuning_per_experiment", 0.0, 10_000.0, HOURS_EACH)
            .help("People's time around one training run.");
        self_host_build: f64 = likely("self_host_build") => effort("Build: own serving", "self_host_build", 0.0, 100_000.0, HOURS)
            .help("Cluster, engine, gateway, monitoring, security review.");
        self_host_upkeep: f64 = likely("self_host_upkeep") => effort("Run: own serving", "self_host_upkeep", 0.0, 10_000.0, HOURS_A_MONTH)
            .help("Upgrades, incidents, capacity.");
        self_host_upkeep_per_extra_node: f64 = likely("self_host_upkeep_per_extra_node") => effort("Run: each further node", "self_host_upkeep_per_extra_node", 0.0, 1_000.0, Unit::Plain("hours a month, per node"))
            .help("Each node after the first.");
        on_call_usd: f64 = likely("on_call") => effort("On call", "on_call", 0.0, 1e6, Unit::Usd("a month"))
            .help("Only where the service must run round the clock on own GPUs.");
        serving_overhead_share: f64 = likely("serving_overhead_share") => effort("Serving overhead", "serving_overhead_share", 0.0, 2.0, Unit::Share("of serving compute"))
            .help("Gateway, logging, staging, storage.");
        lora_build: f64 = likely("lora_build") => effort("Build: LoRA or QLoRA", "lora_build", 0.0, 100_000.0, HOURS)
            .help("Data preparation, training code, first runs.");
        lora_per_experiment: f64 = likely("lora_per_experiment") => effort("LoRA run", "lora_per_experiment", 0.0, 10_000.0, HOURS_EACH)
            .help("People's time around one training run.");
        full_tuning_build: f64 = likely("full_tuning_build") => effort("Build: full fine-tuning", "full_tuning_build", 0.0, 100_000.0, HOURS)
            .help("Data preparation, distributed training, first runs.");
        full_tuning_per_experiment: f64 = likely("full_tuning_per_experiment") => effort("Full tuning run", "full_tuning_per_experiment", 0.0, 10_000.0, HOURS_EACH)
            .help("People's time around one training run.");
        custom_team_years: f64 = likely("custom_team") => effort("Team for a custom model", "custom_team", 1.0, 1_000.0, Unit::Plain("person-years"))
            .help("Five person-years are a floor.");
        routing_build: f64 = likely("routing_build") => effort("Build: routing", "routing_build", 0.0, 100_000.0, HOURS)
            .help("Classifier or verifier, thresholds, fallback.");
        routing_upkeep: f64 = likely("routing_upkeep") => effort("Run: routing", "routing_upkeep", 0.0, 10_000.0, HOURS_A_MONTH)
            .help("Watching the mix and the thresholds.");
        migration: f64 = likely("migration_per_retirement") => effort("Migration at a retirement", "migration_per_retirement", 0.0, 10_000.0, HOURS_EACH)
            .help("Moving prompts to the next model when theirs retires; the re-evaluation comes on top.");
        label_cost_simple: f64 = likely("label_cost_simple") => effort("Simple label", "label_cost_simple", 0.0, 1_000.0, Unit::Usd("per label"))
            .help("A class or an entity.");
        label_cost_complex: f64 = likely("label_cost_complex") => effort("Complex label", "label_cost_complex", 0.0, 1_000.0, Unit::Usd("per label"))
            .help("A judgement in several steps, or a written answer.");
        label_review_share: f64 = likely("label_review_share") => effort("Schema, pilot and review of labels", "label_review_share", 0.0, 1.0, Unit::Share("of label cost"))
            .help("On top of the labels themselves; for labels made by a model, the share that people make again.");
        experiments: f64 = likely("experiments") => effort("Training runs, first time", "experiments", 1.0, 200.0, Unit::Plain("runs")).counted()
            .help("Several runs find the settings; a retrain takes one.");
        epochs: f64 = likely("epochs") => effort("Epochs", "epochs", 1.0, 100.0, Unit::Plain("passes")).counted()
            .help("Passes over the training data in one run.");
        retrain_interval: f64 = likely("retrain_interval") => effort("Retrain every", "retrain_interval", 1.0, 120.0, Unit::Plain("months")).whole()
            .help("A tuned model ages with its data.");
        lead_time_prompt: f64 = likely("lead_time_prompt") => effort("Lead time: prompting", "lead_time_prompt", 0.0, 520.0, WEEKS)
            .help("From decision to production.");
        lead_time_rag: f64 = likely("lead_time_rag") => effort("Lead time: retrieval", "lead_time_rag", 0.0, 520.0, WEEKS)
            .help("From decision to production.");
        lead_time_hosted_tuning: f64 = likely("lead_time_hosted_tuning") => effort("Lead time: hosted tuning", "lead_time_hosted_tuning", 0.0, 520.0, WEEKS)
            .help("From decision to production.");
        lead_time_self_hosted: f64 = likely("lead_time_self_hosted") => effort("Lead time: self-hosting", "lead_time_self_hosted", 0.0, 520.0, WEEKS)
            .help("From decision to production, with or without LoRA.");
        lead_time_full_tuning: f64 = likely("lead_time_full_tuning") => effort("Lead time: full fine-tuning", "lead_time_full_tuning", 0.0, 520.0, WEEKS)
            .help("From decision to production.");
        lead_time_custom: f64 = likely("lead_time_custom") => effort("Lead time: custom model", "lead_time_custom", 0.0, 1_040.0, WEEKS)
            .help("From decision to production.");
    }
}
