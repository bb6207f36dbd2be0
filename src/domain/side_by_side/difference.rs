//! How an amount differs from that of the first side, in money and in percent.

use super::side::{Bill, Leading};
use crate::domain::units::Cell;
use crate::domain::units::words::{percent, usd_short};

/// Amounts that differ by less are the same, US dollars: nobody pays half a cent.
const HALF_A_CENT: f64 = 0.005;

/// What an amount is held against.
#[derive(Clone, Copy, Debug)]
pub struct Against {
    /// The amount of the first side, US dollars.
    pub first: f64,
    /// The amount of this side in the same terms, US dollars.
    pub own: f64,
    /// Whether both leave wrong answers out that one of them counts.
    pub is_apart: bool,
}

impl Against {
    /// Two amounts in the same terms.
    pub fn plain(first: f64, own: f64) -> Against {
        Against { first, own, is_apart: false }
    }

    /// The totals of two sides, each times a factor: wrong answers count only where both know them.
    pub fn totals(first: &Leading, own: &Leading, factor: fn(&Leading) -> f64) -> Against {
        let knows = |bill: Bill| bill.errors.is_some();
        let both = knows(first.total) && knows(own.total);
        let amount = |one: &Leading| one.total.counted(both) * factor(one);
        let is_apart = !both && (knows(first.total) || knows(own.total));
        Against { first: amount(first), own: amount(own), is_apart }
    }

    /// “−$3.2 k, −6 %”.
    fn words(self) -> String {
        let by = self.own - self.first;
        if by.abs() < HALF_A_CENT && !self.is_small() {
            return "the same".to_owned();
        }
        let sign = if by > 0.0 { "+" } else { "" };
        let share = by / self.first;
        let percent = if share.is_finite() { format!(", {sign}{}", percent(share)) } else { String::new() };
        let apart = if self.is_apart { ", wrong answers apart" } else { "" };
        format!("{sign}{}{percent}{apart}", usd_short(by))
    }

    /// Whether the amounts are so small that half a cent is a part of them.
    fn is_small(self) -> bool {
        let least = self.first.abs().min(self.own.abs());
        self.own != self.first && least < 100.0 * HALF_A_CENT
    }
}

/// An amount with what it differs by, if it is held against anything.
pub fn money(amount: Option<f64>, against: Option<Against>) -> Cell {
    held(Cell::known(amount, usd_short), against)
}

/// A written amount with what it differs by, if it is known and held against anything.
pub fn held(mut cell: Cell, against: Option<Against>) -> Cell {
    if let Some(against) = against.filter(|_| cell.number.is_some()) {
        cell.text = format!("{} ({})", cell.text, against.words());
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(first: f64, own: f64) -> String {
        Against::plain(first, own).words().replace('\u{a0}', " ")
    }

    #[test]
    fn a_difference_is_told_in_money_and_in_percent() {
        assert_eq!(words(50_000.0, 47_000.0), "−$3 k, −6 %");
        assert_eq!(words(100.0, 150.0), "+$50.00, +50 %");
        assert_eq!(words(0.0, 20.0), "+$20.00");
        assert_eq!(words(20.0, 20.001), "the same");
        assert_eq!(words(0.001, 0.002), "+$0.001, +100 %");
        assert_eq!(words(0.0, 0.0), "the same");
    }

    #[test]
    fn what_is_not_known_has_no_difference() {
        assert_eq!(money(None, Some(Against::plain(1.0, 2.0))), Cell::known(None, usd_short));
    }
}
