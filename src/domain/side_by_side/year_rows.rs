//! What is paid before launch and in each year.

use super::difference::{Against, held};
use super::side::{Bill, Side};
use super::sides::{MONTHS_PER_YEAR, SideBySide};
use crate::domain::units::Cell;
use crate::domain::units::words::{months, usd_short};

/// What is paid before launch and in each year, undiscounted, each with a name before its cells.
pub fn year_rows(sides: &SideBySide) -> Vec<Vec<Cell>> {
    let years: Vec<Option<Vec<Bill>>> =
        sides.sides().iter().map(|side| side.leading.as_ref().map(|one| one.years())).collect();
    (0..=sides.longest().div_ceil(MONTHS_PER_YEAR)).map(|year| row(sides, &years, year)).collect()
}

/// The name of a period: before launch, or a year.
pub fn period(year: usize) -> String {
    if year == 0 { "Before launch".to_owned() } else { format!("Year {year}") }
}

fn row(sides: &SideBySide, years: &[Option<Vec<Bill>>], year: usize) -> Vec<Cell> {
    let amount = |place: usize| {
        let bill = years.get(place)?.as_ref()?.get(year)?;
        Some(sides.counted(*bill))
    };
    let counted = |side: &Side| months_in(side.horizon, year);
    let first = sides.sides().first().map(|side| counted(side));
    let cell = |place: usize, side: &Side| {
        let own = counted(side);
        if year > 0 && own == 0 {
            return Cell::from("beyond its horizon");
        }
        let against = amount(0).zip(amount(place)).filter(|_| place > 0 && first == Some(own));
        let mut cell = Cell::known(amount(place), usd_short);
        if year > 0 && own < MONTHS_PER_YEAR {
            cell.text = format!("{}, {} only", cell.text, months(own));
        }
        held(cell, against.map(|(first, own)| Against::plain(first, own)))
    };
    let cells = sides.sides().iter().enumerate().map(|(place, side)| cell(place, side));
    [Cell::from(period(year))].into_iter().chain(cells).collect()
}

/// Months of a horizon that lie in a year; none before launch.
fn months_in(horizon: usize, year: usize) -> usize {
    let before = year.saturating_sub(1) * MONTHS_PER_YEAR;
    if year == 0 { 0 } else { horizon.saturating_sub(before).min(MONTHS_PER_YEAR) }
}
