//! Tokens at the list prices of the catalogue.

use crate::domain::catalog::ApiModel;
use crate::domain::cost::{CallPrice, Hits, Service, TokenPrices};
use crate::domain::workload::MeasuredSplit;

/// Why there is no bill at list prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoBill {
    /// No row of the catalogue is this model, or several are.
    NotInCatalogue,
    /// The row has no output price.
    NoOutputPrice,
    /// The row has no price for writes that last an hour.
    NoOneHourPrice,
}

/// A bill at list prices, US dollars, or why there is none.
pub type ListBill = Result<f64, NoBill>;

impl std::fmt::Display for NoBill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NoBill::NotInCatalogue => "not in the catalogue",
            NoBill::NoOutputPrice => "its output price is not known",
            NoBill::NoOneHourPrice => "its price for one-hour writes is not known",
        })
    }
}

/// What tokens of so many calls cost at the list prices of a row, as the engine prices a measured split.
///
/// Calls are as long as their mean, which decides the tier by length; where they are not counted, the shortest tier
/// holds. Source: method §4.
pub fn list_bill(tokens: &MeasuredSplit, calls: Option<f64>, is_batch: bool, row: &ApiModel) -> ListBill {
    let prices = TokenPrices::of(row).ok_or(NoBill::NoOutputPrice)?;
    if tokens.written_hour > 0.0 && row.cache_write_1h_usd_per_m.is_none() {
        return Err(NoBill::NoOneHourPrice);
    }
    // No call is shorter than one token.
    let calls = calls.filter(|calls| *calls >= 1.0).unwrap_or(tokens.input() + 1.0);
    let service = if is_batch { Service::BATCH } else { Service::STANDARD };
    let price = CallPrice::of_split(&tokens.times(1.0 / calls), &prices, &service);
    Ok(price.at(Hits::default()) * calls)
}
