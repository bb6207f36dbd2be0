//! The money of a decision as a workbook: sheets of cells, their totals as formulas with their results.
//!
//! What stands in it, not how a file of it is written: [`crate::xlsx`] does that. Amounts are unrounded and shown to the
//! cent, so that a formula computed again gives the totals of the answer.

mod assumptions;
mod cell;
mod costs;
mod front;

pub use cell::{Cell, Content, Look, Sheet, place};

use super::answer::{Answer, Assessment, Lead};
use super::catalog::CATALOG_DATE;
use super::record::{Basis, Cover};
use super::units::Date;
use costs::Costs;

/// A workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// The day it was made, if the cover says so in our form, else the day of the catalogue; `None` if neither is one.
    pub made: Option<Date>,
    /// From the first to the last.
    pub sheets: Vec<Sheet>,
}

/// The workbook of a decision: a summary, a sheet for each strategy whose cost is known, what they rest on, and what it was
/// made with.
pub fn workbook(basis: &Basis, cover: &Cover) -> Workbook {
    let strategies = costed(basis.answer);
    let costs: Vec<Costs> =
        strategies.iter().enumerate().filter_map(|(place, one)| Costs::of(place, one, basis)).collect();
    let mut sheets = vec![front::summary(basis, cover, &costs)];
    sheets.extend(costs.into_iter().map(|costs| costs.sheet));
    sheets.push(assumptions::inputs(basis));
    sheets.push(assumptions::catalogue(basis, &strategies));
    sheets.push(front::about(cover));
    Workbook { made: day(&cover.date).or_else(|| CATALOG_DATE.parse().ok()), sheets }
}

/// The strategies whose cost is known: what stands first, its rival, the others by their total.
fn costed(answer: &Answer) -> Vec<&Assessment> {
    let lead = answer.decided.lead();
    let first: Vec<&Assessment> =
        lead.into_iter().flat_map(|Lead { first, rival, .. }| [first].into_iter().chain(rival)).collect();
    let is_first = |one: &Assessment| first.iter().any(|lead| lead.id == one.id);
    let total = |one: &Assessment| one.total().unwrap_or(f64::MAX);
    let mut others: Vec<&Assessment> =
        answer.decided.assessments.iter().filter(|one| one.cost.is_ok() && !is_first(one)).collect();
    others.sort_by(|one, other| total(one).total_cmp(&total(other)));
    first.into_iter().chain(others).collect()
}

/// A day as we write it, `28 November 2026`.
fn day(words: &str) -> Option<Date> {
    let (day, rest) = words.split_once(' ')?;
    let (_, year) = rest.split_once(' ')?;
    let (day, year) = (day.parse().ok().filter(|day| (1..=31).contains(day))?, year.parse().ok()?);
    (1..=12).map(|month| Date { year, month, day }).find(|date| date.words() == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        assert_eq!(day("28 November 2026"), Some(Date { year: 2026, month: 11, day: 28 }));
        for wrong in ["", "28 November", "28 Nov 2026", "99 November 2026", "November 28 2026"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
