//! The ledger of one strategy, put together (method §7).

use tunewise::domain::strategy::StrategyId;

use super::amounts::{Month, present_value};
use super::engine::Hardware;
use super::hardware;
use super::knowledge::{self, Knowledge};
use super::meanwhile::{self, Meanwhile};
use super::months::Plain;
use super::people::{self, Part};
use super::quality;
use super::ways::{Train, Way, ways_from};

/// What is to be costed.
pub struct Question {
    pub id: StrategyId,
    /// The reference; `None` if nothing survives the constraints.
    pub reference: Option<StrategyId>,
    /// What serves until it is ready: today's set-up if it may go on, else the reference (method §6).
    pub meanwhile: Option<StrategyId>,
    /// What the engine found for the strategy itself.
    pub own: Hardware,
    /// What it found for what serves meanwhile.
    pub before: Hardware,
    /// How the strategy brings knowledge in.
    pub knowledge: Knowledge,
    /// How what serves meanwhile does.
    pub knowledge_before: Knowledge,
    /// How the reference does.
    pub knowledge_of_reference: Knowledge,
    /// Whether it found that the base must serve in the place of the open model.
    pub base_stands_in: bool,
}

/// Every line of every month, or why it cannot be known.
pub fn ledger(plain: &Plain, question: &Question) -> Result<Vec<Month>, String> {
    let retrieval = knowledge::retrieval(plain, &question.knowledge)?;
    let meanwhile = meanwhile::of(plain, question)?;
    let own_from = meanwhile.as_ref().map_or(1, |it| it.own_from);
    let own = cheapest(plain, &question.knowledge, question, own_from)?;
    let mut ledger = own;
    if let Some(meanwhile) = &meanwhile {
        for month in 0..meanwhile.own_from {
            ledger[month].add(&meanwhile.ledger[month]);
        }
    }
    // The index is built before the first request; until the cut-over what serves pays its own.
    if !people::is_sunk(plain, Part::Retrieval) {
        ledger[0].add(&retrieval[0]);
    }
    for month in own_from..=plain.horizon() {
        ledger[month].add(&retrieval[month]);
    }
    add_errors(plain, question, meanwhile.as_ref(), &mut ledger);
    Ok(ledger)
}

/// One-offs, and the months from the cut-over on, of the cheapest way (method §2: auto takes the cheapest).
fn cheapest(
    plain: &Plain,
    knowledge: &Knowledge,
    question: &Question,
    own_from: usize,
) -> Result<Vec<Month>, String> {
    let id = question.id;
    let further =
        question.reference.is_some_and(|reference| reference != id) && people::today(plain) != Some(id);
    let one_offs = people::one_offs(plain, knowledge, id, further)?;
    let mut best: Option<(f64, Vec<Month>)> = None;
    for way in ways_from(plain, knowledge, id, &question.own, own_from)? {
        let ledger = of_way(plain, knowledge, id, &way, own_from, one_offs);
        let value = present_value(plain, &ledger, own_from..=plain.horizon());
        if best.as_ref().is_none_or(|(least, _)| value < *least) {
            best = Some((value, ledger));
        }
    }
    best.map(|(_, ledger)| ledger).ok_or("there is no way to serve".to_owned())
}

/// The ledger of one way from its cut-over on.
pub fn of_way(
    plain: &Plain,
    knowledge: &Knowledge,
    id: StrategyId,
    way: &Way,
    own_from: usize,
    one_offs: Month,
) -> Vec<Month> {
    let mut ledger = vec![Month::default(); plain.horizon() + 1];
    ledger[0] = one_offs;
    ledger[0].training += match way.training {
        Train::Nothing => 0.0,
        // What is in use is trained.
        _ if people::today(plain) == Some(id) => 0.0,
        Train::Runs { usd, first, .. } => usd * first,
        // Training comes before the cut-over, so the cards stand from the first month on.
        Train::Cards { usd_per_month } => usd_per_month * (own_from as f64 - 1.0),
    };
    for month in own_from..=plain.horizon() {
        let lines = &mut ledger[month];
        lines.add(&way.running[month]);
        lines.add(&people::running(plain, knowledge, id, own_from, month, &way.migrations));
        lines.training += match way.training {
            Train::Runs { usd, drift, .. }
                if people::is_tuned(id) && people::is_retrain(plain, own_from, month) =>
            {
                if drift {
                    usd * hardware::rent_drift(plain, month)
                } else {
                    usd
                }
            }
            Train::Cards { usd_per_month } => usd_per_month,
            _ => 0.0,
        };
    }
    ledger
}

/// Requests × (1 − quality) × cost per error, where it is known for all months (method §7).
fn add_errors(plain: &Plain, question: &Question, meanwhile: Option<&Meanwhile>, ledger: &mut [Month]) {
    let wrong = |id, knowledge| quality::wrong_usd(plain, knowledge, id, question.base_stands_in);
    let Some(own) = wrong(question.id, &question.knowledge) else { return };
    let before = meanwhile.map(|it| (it.own_from, wrong(it.serves, &question.knowledge_before)));
    if matches!(before, Some((_, None))) {
        return;
    }
    for month in 1..=plain.horizon() {
        let usd = match before {
            Some((own_from, Some(before))) if month < own_from => before,
            _ => own,
        };
        ledger[month].errors = plain.requests(month) * usd;
    }
}
