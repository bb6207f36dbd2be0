//! Lead time: what serves until a strategy is ready, and what that costs (method §6).

use tunewise::domain::strategy::StrategyId;

use super::amounts::{Month, present_value};
use super::knowledge;
use super::ledger::{Question, of_way};
use super::months::Plain;
use super::people::{self, Part};
use super::ways::ways_from;

/// What serves until the cut-over.
pub struct Meanwhile {
    /// What serves.
    pub serves: StrategyId,
    /// First ledger month of the strategy's own operation.
    pub own_from: usize,
    /// What it costs, in the months before the cut-over; month 0 holds its one-offs.
    pub ledger: Vec<Month>,
}

/// Cut-over delay = max(0, lead(it) − lead(reference)), rounded to the nearest month; until then the reference's months
/// are paid, and its one-offs except the evaluation set, shared parts and what is sunk. `None` without a delay.
pub fn of(plain: &Plain, question: &Question) -> Result<Option<Meanwhile>, String> {
    let Some(reference) = question.reference.filter(|reference| *reference != question.id) else {
        return Ok(None);
    };
    let late = people::lead_weeks(plain, &question.knowledge, question.id)
        - people::lead_weeks(plain, &question.knowledge_of_reference, reference);
    let delay = Plain::months_between(late);
    if delay == 0 {
        return Ok(None);
    }
    let own_from = (delay + 1).min(plain.horizon() + 1);
    let serves = question.meanwhile.unwrap_or(reference);
    // What happens to it after that makes nothing unknown.
    let until_then = Plain { priced_until: own_from - 1, ..*plain };
    let ledger = months_before(&until_then, question, serves, own_from)?;
    Ok(Some(Meanwhile { serves, own_from, ledger }))
}

/// The cheapest way of what serves, over the months in which it does.
fn months_before(
    plain: &Plain,
    question: &Question,
    serves: StrategyId,
    own_from: usize,
) -> Result<Vec<Month>, String> {
    let knowledge = &question.knowledge_before;
    let retrieval = knowledge::retrieval(plain, knowledge)?;
    let one_offs = one_offs(plain, question, serves)?;
    let mut best: Option<(f64, Vec<Month>)> = None;
    // It serves as it would go on to: by offers whose prices are known all along, where it has any.
    let all_along = Plain { priced_until: plain.horizon(), ..*plain };
    let ways = ways_from(&all_along, knowledge, serves, &question.before, 1)
        .or_else(|_| ways_from(plain, knowledge, serves, &question.before, 1))?;
    for way in ways {
        let ledger = of_way(plain, knowledge, serves, &way, 1, one_offs);
        let value = present_value(plain, &ledger, 1..=own_from - 1);
        if best.as_ref().is_none_or(|(least, _)| value < *least) {
            best = Some((value, ledger));
        }
    }
    let (_, mut ledger) = best.ok_or("nothing can serve meanwhile")?;
    for month in 1..own_from {
        ledger[month].add(&retrieval[month]);
    }
    Ok(ledger)
}

/// Its one-offs that the strategy does not share and that do not exist yet. Labels are the same examples for both, so only
/// those are added that the strategy does not make itself.
fn one_offs(plain: &Plain, question: &Question, serves: StrategyId) -> Result<Month, String> {
    let (own, before) = (&question.knowledge, &question.knowledge_before);
    let shared = people::parts(question.id, own);
    let mut extra = people::parts(serves, before);
    extra.retain(|part| !shared.contains(part) && !people::is_sunk(plain, *part));
    let mut once = Month { build: people::build_usd(plain, &extra), ..Month::default() };
    if people::today(plain) != Some(serves) {
        let needed = people::labels_usd(plain, before, serves)?;
        let made_anyway = people::labels_usd(plain, own, question.id)?;
        once.labels = if extra.is_empty() { 0.0 } else { (needed - made_anyway).max(0.0) };
    }
    if extra.contains(&Part::Retrieval) {
        once.retrieval = knowledge::retrieval(plain, before)?[0].retrieval;
    }
    Ok(once)
}
