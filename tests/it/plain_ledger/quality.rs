//! What is known of quality, and what wrong answers cost (method §1, §7).

use tunewise::domain::evidence::Evidence;
use tunewise::domain::strategy::StrategyId;

use super::hosted;
use super::knowledge::Knowledge;
use super::months::Plain;

/// What a request is expected to cost in wrong answers, where the quality is measured or stated: (1 − quality) × cost
/// per error (method §7). `stands_in`: the base serves in the place of an open model that does not fit.
pub fn wrong_usd(plain: &Plain, knowledge: &Knowledge, id: StrategyId, stands_in: bool) -> Option<f64> {
    let share = right_share(plain, knowledge, id, stands_in)?;
    Some((1.0 - share) * plain.inputs.quality.cost_per_error?)
}

/// Share of right answers over all requests. Of a tuned model with fallback that is measured on its task alone: its own
/// on the task, and on the rest what the API model reaches with knowledge brought in as here (method §10, H3).
fn right_share(plain: &Plain, knowledge: &Knowledge, id: StrategyId, stands_in: bool) -> Option<f64> {
    let (quality, work) = (&plain.inputs.quality, &plain.inputs.work);
    let own = evidence(plain, id, stands_in);
    if id != StrategyId::LoraRoute || own != Evidence::Untested || quality.evidence_task == Evidence::Untested
    {
        return share(own);
    }
    let rest = if knowledge.retrieves { quality.evidence_rag } else { quality.evidence_prompt };
    let of_task = work.task_share.unwrap_or(1.0 - work.hard_share);
    Some(of_task * share(quality.evidence_task)? + (1.0 - of_task) * share(rest)?)
}

fn share(evidence: Evidence) -> Option<f64> {
    match evidence {
        Evidence::Counted { correct, total } => Some(f64::from(correct) / f64::from(total)),
        Evidence::Stated(share) => Some(share),
        Evidence::Untested | Evidence::AssumedEqual => None,
    }
}

/// Evidence belongs to a configuration: LoRA of one base is one wherever it is served, and a model that stands in for
/// another one has none (method §1).
fn evidence(plain: &Plain, id: StrategyId, stands_in: bool) -> Evidence {
    let quality = &plain.inputs.quality;
    let (own, same) = match id {
        StrategyId::OpenSelf if stands_in => (Evidence::Untested, Evidence::Untested),
        StrategyId::Prompt => (quality.evidence_prompt, Evidence::Untested),
        StrategyId::PromptSmall => (quality.evidence_small, Evidence::Untested),
        StrategyId::Rag => (quality.evidence_rag, Evidence::Untested),
        StrategyId::Route => (quality.evidence_route, Evidence::Untested),
        StrategyId::OpenManaged | StrategyId::OpenSelf => (quality.evidence_open, Evidence::Untested),
        StrategyId::HostedTune => (quality.evidence_hosted, quality.evidence_lora),
        StrategyId::Lora => (quality.evidence_lora, quality.evidence_hosted),
        StrategyId::Qlora => (quality.evidence_qlora, Evidence::Untested),
        StrategyId::Full => (quality.evidence_full, Evidence::Untested),
        StrategyId::LoraRoute => (quality.evidence_lora_route, Evidence::Untested),
        StrategyId::Custom => (quality.evidence_custom, Evidence::Untested),
    };
    if own == Evidence::Untested && hosted::is_lora_of_base(plain) { same } else { own }
}
