//! A model's price over the calendar: dated changes, retirements and migrations (method §4).

use tunewise::domain::catalog::ApiModel;
use tunewise::domain::units::Date;

use super::months::{Plain, count_of};
use super::tokens::Price;

/// Prices of a model line month by month.
pub struct Path {
    /// By ledger month from 1; index 0 is the price of month 1.
    pub price: Vec<Price>,
    /// Ledger months in which the model retires, and its users migrate.
    pub migrations: Vec<usize>,
    /// What the declines leave of the list price; as `price`.
    pub left: Vec<f64>,
    /// Whether another model takes over.
    pub hands_over: bool,
}

impl Path {
    /// With a price for index 0, and the last known one for months in which nobody calls it any more.
    fn filled_up(mut self, plain: &Plain) -> Path {
        self.price.insert(0, self.price[0].clone());
        let last = self.price[self.price.len() - 1].clone();
        self.price.resize(plain.horizon() + 1, last);
        self.left.insert(0, self.left[0]);
        self.left.resize(plain.horizon() + 1, self.left[self.left.len() - 1]);
        self
    }
}

fn month_of(date: Date) -> i32 {
    count_of(date.year, date.month)
}

/// The list price in a calendar month: the row, or the newest dated change in force (method §4, `price_changes.csv`).
fn list_price(plain: &Plain, row: &ApiModel, calendar: i32) -> Option<Price> {
    let mut price = Price {
        input: row.input_usd_per_m,
        cached: row.cached_input_usd_per_m,
        write: row.cache_write_usd_per_m,
        write_hour: row.cache_write_1h_usd_per_m,
        output: row.output_usd_per_m?,
        batch_discount: row.batch_discount,
        batch_cached: row.batch_cached_input_usd_per_m,
        batch_stacks: row.batch_stacks_with_cache == Some(true),
        flex: row.flex_multiplier,
        flex_cached: row.flex_cached_input_usd_per_m,
        priority: row.priority_multiplier,
        least_cacheable: row.min_cacheable_tokens,
        long_from: row.long_context_threshold_tokens,
        long_input: row.long_context_input_multiplier.unwrap_or(1.0),
        long_output: row.long_context_output_multiplier.unwrap_or(1.0),
    };
    let mut newest: Option<Date> = None;
    for change in &plain.catalog.price_changes {
        let Some(from) = change.valid_from else { continue };
        let is_newer = newest.is_none_or(|other| from >= other);
        if change.model_id != row.model_id || month_of(from) > calendar || !is_newer {
            continue;
        }
        newest = Some(from);
        // What a change does not name keeps its ratio to the input price.
        let factor =
            if row.input_usd_per_m > 0.0 { change.input_usd_per_m / row.input_usd_per_m } else { 1.0 };
        price.input = change.input_usd_per_m;
        price.cached = change.cached_input_usd_per_m.or(row.cached_input_usd_per_m);
        price.write = row.cache_write_usd_per_m.map(|usd| usd * factor);
        price.write_hour = row.cache_write_1h_usd_per_m.map(|usd| usd * factor);
        price.batch_cached = row.batch_cached_input_usd_per_m.map(|usd| usd * factor);
        price.flex_cached = row.flex_cached_input_usd_per_m.map(|usd| usd * factor);
        price.output = change.output_usd_per_m;
    }
    Some(price)
}

/// The list price, or what the user's contract says for the API model; other input prices keep their ratio to it.
pub fn price_in(plain: &Plain, row: &ApiModel, calendar: i32) -> Option<Price> {
    let models = &plain.inputs.models;
    let listed = list_price(plain, row, calendar);
    if row.model_id != models.api_model {
        return listed;
    }
    // A model whose list names no output price has the user's.
    let mut price = match listed {
        Some(listed) => listed,
        None => list_price(
            plain,
            &ApiModel { output_usd_per_m: models.api_output_price, ..row.clone() },
            calendar,
        )?,
    };
    if let Some(input) = models.api_input_price {
        let output = price.output;
        price = price.times(if price.input > 0.0 { input / price.input } else { 1.0 });
        price.input = input;
        price.output = output;
    }
    if let Some(output) = models.api_output_price {
        price.output = output;
    }
    Some(price)
}

/// Follow a model through the horizon (method §4, §15).
///
/// An announced retirement hands over to the named successor at its list price, or makes the cost unknown. A model
/// without one is taken to retire every so many months; its users then pay the price after the yearly decline.
/// Nobody migrates in the very last month for a retirement that is only assumed. What is not known of months in which it
/// serves no more makes nothing unknown (method §6).
pub fn path(plain: &Plain, first: &ApiModel) -> Result<Path, String> {
    let economics = &plain.inputs.economics;
    let interval = economics.migration_interval as usize;
    let mut model = first;
    let mut factor = 1.0;
    let mut assumed = interval;
    let mut path = Path { price: Vec::new(), migrations: Vec::new(), left: Vec::new(), hands_over: false };
    for month in 1..=plain.horizon() {
        let calendar = plain.calendar(month);
        let mut handed_over = 0;
        while model.retires_on.is_some_and(|day| month_of(day) <= calendar) {
            let named = model.successor_model_id.as_ref();
            let next = named.and_then(|id| plain.catalog.api_models.iter().find(|row| row.model_id == *id));
            if next.is_none() && month > plain.priced_until {
                return Ok(path.filled_up(plain));
            }
            path.hands_over = true;
            model = next.ok_or(format!("{} retires and no successor is named", model.model_id))?;
            if !path.migrations.contains(&month) {
                path.migrations.push(month);
            }
            assumed = month + interval;
            // Rows of one's own may name each other in a circle.
            handed_over += 1;
            if handed_over > plain.catalog.api_models.len() {
                return Err(format!("the successors of {} have all retired", first.model_id));
            }
        }
        if model.retires_on.is_none() && month == assumed && month < plain.horizon() {
            factor = (1.0 - economics.api_price_decline).powf(month as f64 / 12.0);
            path.migrations.push(month);
            assumed = month + interval;
        }
        match price_in(plain, model, calendar) {
            Some(price) => {
                path.left.push(factor * given_model(plain, month));
                path.price.push(price.times(factor * given_model(plain, month)));
            }
            None if month > plain.priced_until => return Ok(path.filled_up(plain)),
            None => return Err(format!("{} has no price", model.model_id)),
        }
    }
    Ok(path.filled_up(plain))
}

/// What a yearly decline of a given model leaves of its price, month by month (method §4).
pub fn given_model(plain: &Plain, month: usize) -> f64 {
    (1.0 - plain.inputs.economics.api_price_drift).powf((month as f64 - 1.0) / 12.0)
}

/// Whether a model is gone before the first month.
pub fn is_gone(plain: &Plain, row: &ApiModel) -> bool {
    row.retires_on.is_some_and(|day| month_of(day) < plain.calendar(1))
}
