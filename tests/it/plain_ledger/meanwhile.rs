//! Lead time: what serves until a strategy is ready, and what that costs (method §6).

use tunewise::domain::strategy::StrategyId;

use super::amounts::{Month, present_value};
use super::engine::Hardware;
use super::knowledge::Knowledge;
use super::ledger::{Question, of_way};
use super::months::Plain;
use super::people;
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
pub fn of(plain: &Plain, knowledge: &Knowledge, question: &Question) -> Result<Option<Meanwhile>, String> {
    let Some(serves) = question.reference.filter(|reference| *reference != question.id) else {
        return Ok(None);
    };
    let late =
        people::lead_weeks(plain, knowledge, question.id) - people::lead_weeks(plain, knowledge, serves);
    let delay = Plain::months_between(late);
    if delay == 0 {
        return Ok(None);
    }
    let own_from = (delay + 1).min(plain.horizon() + 1);
    let ledger = months_before(plain, knowledge, question, serves, own_from)?;
    Ok(Some(Meanwhile { serves, own_from, ledger }))
}

/// The cheapest way of what serves, over the months in which it does.
fn months_before(
    plain: &Plain,
    knowledge: &Knowledge,
    question: &Question,
    serves: StrategyId,
    own_from: usize,
) -> Result<Vec<Month>, String> {
    let hardware: &Hardware = question.before;
    let one_offs = one_offs(plain, knowledge, question.id, serves)?;
    let mut best: Option<(f64, Vec<Month>)> = None;
    for way in ways_from(plain, knowledge, serves, hardware, 1)? {
        let ledger = of_way(plain, knowledge, serves, &way, 1, one_offs);
        let value = present_value(plain, &ledger, 1..=own_from - 1);
        if best.as_ref().is_none_or(|(least, _)| value < *least) {
            best = Some((value, ledger));
        }
    }
    best.map(|(_, ledger)| ledger).ok_or("nothing can serve meanwhile".to_owned())
}

/// Its one-offs that the strategy does not share and that do not exist yet.
fn one_offs(
    plain: &Plain,
    knowledge: &Knowledge,
    id: StrategyId,
    serves: StrategyId,
) -> Result<Month, String> {
    let shared = people::parts(id, knowledge);
    let mut extra = people::parts(serves, knowledge);
    extra.retain(|part| !shared.contains(part) && !people::is_sunk(plain, knowledge, *part));
    let mut once = Month { build: people::build_usd(plain, &extra), ..Month::default() };
    if !extra.is_empty() {
        once.labels = people::labels_usd(plain, knowledge, serves)?;
    }
    Ok(once)
}
