//! Tokens at the list prices of the catalogue.

use super::split::SplitTokens;
use crate::domain::catalog::ApiModel;

const MILLION: f64 = 1e6;

/// A bill at list prices, or why there is none.
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

/// What tokens cost at the list prices of a row.
///
/// ```text
/// (plain·p_in + read·p_cached + written·max(p_in, p_write) + output·p_out) / 10⁶
/// ```
/// In a batch each price has its discount, the cached one as the provider stacks them. Where a cached price is not
/// known, reads cost what input does. Lengths of single calls are not in an export, so tiers by length do not count.
/// Source: method §4.
pub fn list_bill(tokens: &SplitTokens, is_batch: bool, row: &ApiModel) -> ListBill {
    let output = row.output_usd_per_m.ok_or(NoBill::NoOutputPrice)?;
    let input = row.input_usd_per_m;
    let kept = if is_batch { 1.0 - row.batch_discount.unwrap_or(0.0) } else { 1.0 };
    let read = match (row.cached_input_usd_per_m, row.batch_cached_input_usd_per_m) {
        (_, Some(in_batch)) if is_batch => in_batch,
        (Some(cached), _) if !is_batch || row.batch_stacks_with_cache == Some(true) => cached * kept,
        _ => input * kept,
    };
    let hour =
        if tokens.written_1h > 0.0 { written_1h_usd_per_m(row).ok_or(NoBill::NoOneHourPrice)? } else { 0.0 };
    let five = row.cache_write_usd_per_m.unwrap_or(input).max(input);
    let usd = tokens.read * read
        + kept
            * (tokens.plain * input
                + tokens.written_5m * five
                + tokens.written_1h * hour
                + tokens.output * output);
    Ok(usd / MILLION)
}

/// Price of input written to the cache for an hour; `None` where the catalogue has none.
fn written_1h_usd_per_m(row: &ApiModel) -> Option<f64> {
    row.cache_write_1h_usd_per_m.map(|usd| usd.max(row.input_usd_per_m))
}
