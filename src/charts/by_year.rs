//! What the verdict costs by year, as it is paid.

use super::cast::{Cast, brief};
use super::figure::ChartTable;
use super::money::Part;
use crate::domain::answer::Answer;
use crate::domain::units::Cell;
use crate::domain::units::words::{count_exact, usd_short};

/// Costs by year.
#[derive(Clone, Debug, PartialEq)]
pub struct YearTable {
    /// Rows: what is paid for, and the sum. Columns: before launch, each year, and the sum.
    pub table: ChartTable,
    /// What the sum is and is not.
    pub note: String,
}

/// Costs by year of the verdict, or of what stands for it; `None` if no cost is known. Wrong answers are not paid, so
/// they are left out.
pub fn by_year(answer: &Answer) -> Option<YearTable> {
    let one = Cast::of(answer)?.verdict;
    let cost = one.cost.as_ref().ok()?;
    let years = cost.ledger.by_year();
    if years.is_empty() {
        return None;
    }
    let names = (1..years.len()).map(|year| format!("Year {year}"));
    let head = [format!("{}, dollars as paid", brief(one.id)), "Before launch".to_owned()];
    let head = head.into_iter().chain(names).chain(["Sum".to_owned()]).collect();

    // Whole dollars are added up, so that the sums are those of what is read.
    let amounts =
        |part: Part| years.iter().map(|lines| libm::round(part.amount(lines))).collect::<Vec<f64>>();
    let mut sums = vec![0.0; years.len()];
    let mut rows = Vec::new();
    for part in Part::ALL.into_iter().filter(|part| *part != Part::Errors) {
        let amounts = amounts(part);
        if amounts.iter().any(|usd| *usd > 0.0) {
            for (sum, usd) in sums.iter_mut().zip(&amounts) {
                *sum += usd;
            }
            rows.push(row(part.label(), &amounts));
        }
    }
    rows.push(row("Sum", &sums));
    let is_bought = cost.ledger.capital.iter().any(|usd| *usd > 0.0);
    let cards = if is_bought { " Bought cards count over their life, not when they are paid." } else { "" };
    let note = format!("Not discounted; in today’s money the sum is {}.{cards}", usd_short(cost.tco));
    Some(YearTable { table: ChartTable { head, rows, word_columns: (1, 0) }, note })
}

fn row(name: &str, amounts: &[f64]) -> Vec<Cell> {
    let all = amounts.iter().copied().chain([amounts.iter().sum()]);
    [Cell::from(name)].into_iter().chain(all.map(|usd| Cell::number(usd, count_exact))).collect()
}
