//! What the others are held against, and what serves meanwhile (method §11.2, §6).

use super::one_rung::retrieval_goes_first;
use super::screen::{Alone, best_way};
use crate::domain::cost::{Costed, Setting, quality_of};
use crate::domain::effort::in_use;
use crate::domain::strategy::{Exclusion, Strategy, StrategyId};

/// Why strategies are out by what was found against an earlier reference.
pub type RuledOut = Vec<(StrategyId, Exclusion)>;

/// Rung of a strategy under these inputs: retrieval takes the first where there is knowledge to look up.
pub fn rung(strategy: &Strategy, setting: &Setting) -> u8 {
    match strategy.id {
        StrategyId::Rag if setting.inputs.data.knowledge_tokens > 0.0 => 1,
        _ => strategy.rung,
    }
}

/// The lowest rung that the constraints allow, evidence disregarded; a tuned one only if no prompted one survives.
///
/// Where another one is preferred to it and survives too, that one is the reference, and so on.
pub fn find_reference<'a>(setting: &Setting<'a>, ruled_out: &RuledOut) -> Option<Costed<'a>> {
    let standing = setting.case.strategies.iter().filter(|id| !is_ruled_out(**id, ruled_out));
    let mut order: Vec<&'static Strategy> = standing.map(|id| id.strategy()).collect();
    order.sort_by_key(|strategy| (!strategy.is_prompted(), rung(strategy, setting), strategy.id));
    let survivor = |strategy: &'static Strategy| {
        let costed = best_way(setting, strategy, None);
        let alone = Alone::of(setting, &costed);
        alone.survives().then_some((costed, alone.preferred))
    };
    let (mut reference, mut preferred) = order.iter().copied().find_map(survivor)?;
    let rag = order.iter().copied().find(|strategy| strategy.id == StrategyId::Rag);
    if reference.strategy.id == StrategyId::Prompt
        && setting.knowledge_fits_prompt()
        && let Some((rag, preferred_to_rag)) = rag.and_then(survivor)
        && retrieval_goes_first(setting, &reference, &rag)
    {
        (reference, preferred) = (rag, preferred_to_rag);
    }
    let mut passed = vec![reference.strategy.id];
    let meets = |id: StrategyId| quality_of(setting, id).meets();
    let is_preferred = |own: StrategyId, other: StrategyId| {
        order.iter().any(|strategy| strategy.id == other) && (meets(other) || !meets(own))
    };
    while let Some((better, next)) = preferred
        .iter()
        .filter(|id| !passed.contains(id) && is_preferred(reference.strategy.id, **id))
        .find_map(|id| survivor(id.strategy()))
    {
        passed.push(better.strategy.id);
        (reference, preferred) = (better, next);
    }
    Some(reference)
}

/// What is in use today, if the constraints and what was found before let it go on.
pub fn today<'a>(setting: &Setting<'a>, ruled_out: &RuledOut) -> Option<Costed<'a>> {
    let id = in_use(setting.inputs).filter(|id| setting.case.strategies.contains(id))?;
    if is_ruled_out(id, ruled_out) {
        return None;
    }
    let costed = Costed::of(setting, id.strategy(), None);
    Alone::of(setting, &costed).survives().then_some(costed)
}

fn is_ruled_out(id: StrategyId, ruled_out: &RuledOut) -> bool {
    ruled_out.iter().any(|(out, _)| *out == id)
}
