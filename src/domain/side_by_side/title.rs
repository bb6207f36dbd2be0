//! The finding of a comparison, and what has to be known to read it.

use std::sync::Arc;

use super::side::{Leading, Side};
use super::sides::SideBySide;
use crate::domain::answer::Leads;
use crate::domain::units::words::{few, months, usd_apart, usd_short};

/// Totals that differ by less are the same, US dollars.
const HALF_A_CENT: f64 = 0.005;

/// Which scenario costs the least, as a headline.
pub fn title(sides: &SideBySide) -> String {
    let costs = costs(sides);
    let Some(costs) = costs.filter(|costs| costs.len() > 1) else {
        return format!("{} scenarios side by side", few(sides.sides().len()));
    };
    let mut ordered: Vec<&(&Side, f64)> = costs.iter().collect();
    ordered.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let (Some((least, low)), Some((_, next))) = (ordered.first(), ordered.get(1)) else {
        return String::new();
    };
    let over = match sides.has_one_horizon() {
        true => format!("over {}", months(least.horizon)),
        false => "per month of operation".to_owned(),
    };
    let would = if is_decided(sides) { "costs" } else { "would cost" };
    let cost = if is_decided(sides) { "cost" } else { "would cost" };
    if (next - low).abs() < HALF_A_CENT {
        return format!("The cheapest two {cost} the same {over}: {}", usd_short(*low));
    }
    let (low, next) = usd_apart(*low, *next);
    format!("“{}” {would} the least {over}: {low}, the next {next}", least.name)
}

/// What each costs in the same terms, if that is known of all: in total, or per month where horizons differ.
fn costs(sides: &SideBySide) -> Option<Vec<(&Side, f64)>> {
    let amount = |one: &Leading| {
        let total = sides.counted(one.total);
        let operation = one.months.len().saturating_sub(1).max(1);
        if sides.has_one_horizon() { total } else { total / operation as f64 }
    };
    let cost = |side: &'_ Arc<Side>| side.leading.as_ref().map(amount);
    let amounts: Option<Vec<f64>> = sides.sides().iter().map(cost).collect();
    Some(sides.sides().iter().map(|side| side.as_ref()).zip(amounts?).collect())
}

/// Whether what stands first is used in all.
fn is_decided(sides: &SideBySide) -> bool {
    let is_verdict = |side: &Arc<Side>| side.leading.as_ref().is_some_and(|one| one.is == Leads::Verdict);
    sides.sides().iter().all(is_verdict)
}

/// Sentences without which the numbers could be misread.
pub fn notes(sides: &SideBySide) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(first) = sides.sides().first() {
        notes.push(format!("Differences in brackets are to “{}”.", first.name));
    }
    if !sides.has_one_horizon() {
        let horizons: Vec<String> = sides.sides().iter().map(|side| months(side.horizon)).collect();
        notes.push(format!(
            "The horizons differ ({}), so the totals cannot be held against one another; costs per month can.",
            horizons.join(", ")
        ));
    }
    let knows = |side: &&Arc<Side>| side.leading.as_ref().is_some_and(|one| one.total.errors.is_some());
    if !sides.counts_errors() && sides.sides().iter().any(|side| knows(&side)) {
        notes.push(
            "Wrong answers are priced and known in some only: title, charts and years leave them out."
                .to_owned(),
        );
    }
    notes
}
